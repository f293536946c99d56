import { addDays } from "temporal-polyfill/fns/PlainDate";
import { dateOf, dateTextOf } from "../calendar/localTime";
import { draftIssue } from "../issue/draftIssue";
import { type IssueFacts, issueFacts } from "../issue/issueFacts";
import { renderHandoff } from "../markup/handoffRegion";
import { inertText } from "../markup/inertText";
import { normalField } from "../markup/textLines";
import { dateText } from "../model/calendarDate";
import type { Desk } from "../model/desk";
import type { Handoff, HandoffItem, HandoffTexts } from "../model/handoff";
import { millisecondsOf } from "../model/instant";
import { handoffKind, type Instant, type Issue, type IssueDraft, isWork } from "../model/issue";
import { formatRef, type IssueRef, refIndex, type Repository } from "../model/issueRef";
import { sameLogin } from "../model/names";
import type { Result } from "../model/result";
import type { HandoffShift } from "./handoffDue";

/** An open issue that can be handed over. */
export interface OpenItem extends HandoffItem {
  /** Whether it is handed over by default. */
  readonly taken: boolean;
  /** Who filed it. */
  readonly reporter: string;
}

/** The initial content of a handoff. */
interface HandoffStart {
  /** The issues to hand over first; of the others, the most recent ones. */
  readonly items: readonly OpenItem[];
  /** Number of further open issues. */
  readonly more: number;
  readonly texts: HandoffTexts;
}

interface Known {
  readonly issue: Issue;
  readonly facts: IssueFacts;
}

/** Maximum number of listed open issues that belong to other people. */
const maxOthers = 50;

const daysAhead = 14;

/**
 * Drafts the handoff of a shift from the desk's issues. Issues of the outgoing person and unassigned ones are selected; other
 * open issues can be added.
 */
export function draftHandoff(desk: Desk, issues: readonly Issue[], shift: HandoffShift): HandoffStart {
  const work = issues.map((issue): Known => ({ issue, facts: issueFacts(issue, desk) })).filter(({ facts }) => isWork(facts.kind));
  const open = work.filter(({ issue }) => issue.state === "open").toSorted((a, b) => rank(desk, a) - rank(desk, b) || latestFirst(a, b));
  const taken = open.filter(({ issue, facts }) => isLeft(issue, facts, shift.outgoing));
  const others = open.filter((each) => !taken.includes(each) && (each.facts.kind === "incident" || each.facts.kind === "request"));
  return {
    items: [...taken.map((each) => openItem(each, true)), ...others.slice(0, maxOthers).map((each) => openItem(each, false))],
    more: Math.max(others.length - maxOthers, 0),
    texts: draftTexts(desk, work, taken, shift),
  };
}

/** An item for the issue, without a next action. */
export function handoffItem(issue: Issue, desk: Desk): HandoffItem {
  return itemOf({ issue, facts: issueFacts(issue, desk) });
}

/** The complete draft of the handoff issue. */
export function handoffDraft(desk: Desk, handoff: Handoff): Result<IssueDraft> {
  const title = `Handoff from ${handoff.outgoing} to ${handoff.incoming} · ${dateTextOf(handoff.to, desk.timezone)}`;
  const draft = draftIssue(desk, { kind: handoffKind, title, details: "", assignees: [handoff.incoming] });
  if (draft.kind === "failed") return draft;
  const body = `${renderHandoff(handoff, { home: draft.value.repository, timezone: desk.timezone })}\n`;
  return { kind: "ok", value: { ...draft.value, body } };
}

/** Whether the issue belongs to the outgoing person, or is an unassigned incident or request. */
function isLeft(issue: Issue, { kind }: IssueFacts, outgoing: string): boolean {
  if (issue.assignees.length === 0) return kind === "incident" || kind === "request";
  return issue.assignees.some((login) => sameLogin(login, outgoing));
}

function itemOf({ issue, facts }: Known): HandoffItem {
  return { ref: issue.ref, title: normalField(issue.title), status: facts.stage, owners: issue.assignees, updated: issue.updatedAt, next: "" };
}

function openItem(known: Known, taken: boolean): OpenItem {
  return { ...itemOf(known), taken, reporter: known.issue.author };
}

function draftTexts(desk: Desk, work: readonly Known[], taken: readonly Known[], shift: HandoffShift): HandoffTexts {
  const home = desk.kinds[0]?.repositories[0] ?? "";
  const urgent = desk.priorities.length < 2 ? [] : taken.filter(({ facts }) => facts.priority === desk.priorities[0]?.name);
  const knownOf = refIndex(work, ({ issue }) => issue.ref);
  const find = (ref: IssueRef): readonly Known[] => {
    const known = knownOf(ref);
    return known === undefined ? [] : [known];
  };
  const blocked = taken.filter(({ facts }) => facts.blockedBy.flatMap(find).some(({ issue }) => issue.state === "open"));
  const [from, to] = [millisecondsOf(shift.from), millisecondsOf(shift.to)];
  const within = (at: Instant | undefined): boolean => at !== undefined && from <= millisecondsOf(at) && millisecondsOf(at) <= to;
  const linked = taken.flatMap(({ facts }) => [...facts.children, ...facts.related, ...facts.blockedBy].flatMap(find));
  const known = [...new Set(linked)].filter(({ issue }) => issue.state === "open" && !taken.some((each) => each.issue === issue));
  return {
    timeCritical: lines(urgent, home),
    toWatch: lines(blocked, home),
    resolved: lines(work.filter(({ issue }) => issue.state === "closed" && within(issue.closedAt)).toSorted(latestFirst), home),
    changes: "",
    known: lines(known, home),
    comingUp: awayLines(desk, shift.to),
  };
}

function lines(issues: readonly Known[], home: Repository): string {
  return issues.map(({ issue }) => `- ${formatRef(issue.ref, home)} ${inertText(normalField(issue.title))}`).join("\n");
}

/** Absences and holidays in the two weeks after the handoff. */
function awayLines(desk: Desk, from: Instant): string {
  const first = dateOf(from, desk.timezone);
  const [start, end] = [dateText(first), dateText(addDays(first, daysAhead))];
  const overlaps = (interval: string): boolean => interval.slice(0, 10) <= end && interval.slice(-10) >= start;
  const away = desk.people.flatMap(({ login, away: intervals }) => intervals.filter(overlaps).map((interval) => `- ${login} is away, ${interval.replace("/", " to ")}`));
  const holidays = desk.holidays.flatMap((holiday) => (holiday.kind === "date" && start <= holiday.date && holiday.date <= end ? [`- Holiday, ${holiday.date}`] : []));
  return [...away, ...holidays].join("\n");
}

function rank(desk: Desk, { facts }: Known): number {
  const index = desk.priorities.findIndex(({ name }) => name === facts.priority);
  return index < 0 ? desk.priorities.length : index;
}

function latestFirst(a: Known, b: Known): number {
  return a.issue.updatedAt < b.issue.updatedAt ? 1 : a.issue.updatedAt > b.issue.updatedAt ? -1 : 0;
}
