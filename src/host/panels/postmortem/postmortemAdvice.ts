import { offsetOf, wallTimeOf } from "../../../core/calendar/localTime";
import { incidentState, milestoneTime } from "../../../core/incident/incidentState";
import type { TimelineEntry } from "../../../core/incident/timeline";
import { type Desk, deskRoles, type Duration } from "../../../core/model/desk";
import type { Instant, Issue } from "../../../core/model/issue";
import { refIndex } from "../../../core/model/issueRef";
import { assertNever } from "../../../core/model/result";
import { blamelessTexts, type NamedPerson, namesIn } from "../../../core/postmortem/advice/blame";
import { checkPostmortem, type PostmortemProblem } from "../../../core/postmortem/advice/consistency";
import type { ProblemTarget } from "../../../core/postmortem/advice/findProblems";
import { type IncidentInterval, incidentIntervals, type IntervalName, type MilestonePoint, type Stretch, type TimelineGap } from "../../../core/postmortem/advice/intervals";
import { lateUpdates } from "../../../core/postmortem/advice/lateUpdates";
import type { Postmortem, PostmortemAction, PostmortemInstant, SectionName } from "../../../core/postmortem/postmortem";
import type { PostmortemEdit } from "../../../core/postmortem/postmortemEdit";
import { type EarlierIncident, postmortemQuestions, type PostmortemQuestion } from "../../../core/postmortem/advice/questions";
import type { DeskSession } from "../../app/session";
import type { Translate } from "../../ui/operationLabels";
import { plainLabel, withoutMarkup } from "../../ui/safeText";

/** What the page of a post-mortem shows beside its fields and rows. Nothing of it is written to the file. */
export interface PostmortemAdvice {
  readonly problems: readonly ShownProblem[];
  readonly questions: readonly ShownQuestion[];
  readonly points: readonly MilestonePoint[];
  readonly intervals: readonly ShownInterval[];
  readonly gaps: readonly ShownGap[];
  /** How often the incident was reopened, and what counts then. */
  readonly reopened?: string;
  readonly hints: readonly NameHint[];
}

interface ShownProblem {
  /** What it is shown beside. */
  readonly place: ProblemTarget;
  readonly text: string;
  /** An edit that resolves exactly this problem. */
  readonly fix?: { readonly label: string; readonly edit: PostmortemEdit };
}

interface ShownQuestion {
  readonly section: SectionName;
  readonly text: string;
}

interface ShownInterval extends Stretch {
  readonly name: IntervalName;
  /** `Time to detect: 40 min`. */
  readonly text: string;
}

interface ShownGap extends TimelineGap {
  readonly text: string;
}

/** People whom a text names, by their positions in it. */
interface NameHint {
  readonly section: (typeof blamelessTexts)[number];
  readonly names: readonly NamedPerson[];
  readonly text: string;
}

/** What advice depends on besides the post-mortem. */
export interface AdviceInput {
  readonly postmortem: Postmortem;
  readonly desk: Desk;
  readonly now: Instant;
  readonly time?: DeskTime;
  /** The issue of the incident, if it was found, and its response goal. */
  readonly issue?: Issue;
  readonly goal?: Duration;
  /** The timeline of the incident. Empty if it was not read. */
  readonly entries?: readonly TimelineEntry[];
  readonly updateRules?: Parameters<typeof lateUpdates>[0];
  /** Other post-mortems, and the path of this one. */
  readonly earlier?: readonly EarlierIncident[];
  readonly path?: string;
  /** All issues, to find whom action items are assigned to. */
  readonly issues?: readonly Issue[];
}

type DeskTime = NonNullable<Parameters<typeof incidentIntervals>[1]>;

/** Collects what advice depends on. `entries` is the timeline of the incident as it was last read. */
export function adviceInput(session: Pick<DeskSession, "desk" | "clock" | "clocks" | "issues" | "postmortems">, postmortem: Postmortem, path: string, entries: readonly TimelineEntry[]): AdviceInput {
  const issue = postmortem.issue === undefined ? undefined : session.issues.find(postmortem.issue);
  const goal = issue === undefined ? undefined : session.clocks.clockOf(issue).goal;
  return {
    postmortem,
    desk: session.desk.config(),
    now: session.clock.now(),
    time: session.clocks.time(),
    ...(issue === undefined ? {} : { issue, updateRules: session.clocks.updateRules(issue) }),
    ...(goal === undefined ? {} : { goal }),
    entries,
    earlier: session.postmortems.known()?.postmortems ?? [],
    path,
    issues: session.issues.snapshot()?.issues ?? [],
  };
}

/** Everything that the page shows beside a post-mortem, in the user's language. */
export function postmortemAdvice(input: AdviceInput, t: Translate): PostmortemAdvice {
  const { postmortem, desk, now, time, issue, goal, entries = [], updateRules, earlier = [], path } = input;
  const texts = createTexts(postmortem, desk.timezone, t);
  const { points, intervals, gaps, reopened } = incidentIntervals(postmortem, time);
  const problems = checkPostmortem(postmortem, { now, timezone: desk.timezone, ...incidentContext(input), assignees: assigneesOf(input) });
  const missed = issue === undefined || updateRules === undefined ? [] : lateUpdates(updateRules, issue, entries, now);
  const questions = postmortemQuestions(postmortem, {
    desk, missed, earlier,
    ...(time === undefined ? {} : { time }), ...(goal === undefined ? {} : { goal }), ...(path === undefined ? {} : { path }), ...(issue === undefined ? {} : { isOpen: issue.state === "open" }),
  });
  return {
    problems: problems.map((problem) => shownProblem(problem, texts)),
    questions: questions.map((question) => ({ section: question.section, text: questionText(question, texts) })),
    points,
    intervals: intervals.map((interval) => ({ ...interval, text: intervalText(interval, texts) })),
    gaps: gaps.map((gap) => ({ ...gap, text: gapText(gap, texts) })),
    ...(reopened === 0 ? {} : { reopened: reopenedText(reopened, t) }),
    hints: nameHints(postmortem, desk, t),
  };
}

/** What the issue says about milestones. An incident that was closed without an acknowledgement never had one. */
function incidentContext({ issue, desk }: AdviceInput): { readonly isOpen?: boolean; readonly lacks?: readonly PostmortemInstant[] } {
  if (issue === undefined) return {};
  const isOpen = issue.state === "open";
  return { isOpen, ...(isOpen || milestoneTime(incidentState(desk, issue), "acknowledged") !== undefined ? {} : { lacks: ["acknowledged"] }) };
}

function assigneesOf({ postmortem, issues = [] }: AdviceInput): Readonly<Record<string, string>> {
  const find = refIndex(issues, ({ ref }) => ref);
  return Object.fromEntries(postmortem.actions.flatMap(({ id, issue }) => {
    const login = issue === undefined ? undefined : find(issue)?.assignees[0];
    return login === undefined ? [] : [[id, login]];
  }));
}

interface AdviceTexts {
  readonly t: Translate;
  /** A time with its date, and with its offset if that changes within the post-mortem. */
  at(at: Instant): string;
  /** The number of a row, counted from 1. */
  row(id: string): number;
}

function createTexts({ instants, timeline }: Postmortem, timezone: string, t: Translate): AdviceTexts {
  let hasOffsets: boolean | undefined;
  const changes = (): boolean => {
    const times = [...Object.values(instants), ...timeline.flatMap(({ time }) => (time.kind === "instant" ? [time.at] : []))];
    // Offsets never change within ten minutes, and finding one takes long.
    const some = new Map(times.map((at) => [at.slice(0, 15), at])).values();
    return new Set([...some].map((at) => offsetOf(at, timezone))).size > 1;
  };
  return {
    t,
    at: (at) => `${wallTimeOf(at, timezone).slice(0, 16).replace("T", " ")}${(hasOffsets ??= changes()) ? ` ${offsetOf(at, timezone)}` : ""}`,
    row: (id) => timeline.findIndex((row) => row.id === id) + 1,
  };
}

/** The name of a milestone. */
function milestoneLabel(milestone: PostmortemInstant, t: Translate): string {
  switch (milestone) {
    case "started":
      return t("Started");
    case "detected":
      return t("Detected");
    case "acknowledged":
      return t("Acknowledged");
    case "mitigated":
      return t("Mitigated");
    case "resolved":
      return t("Resolved");
    default:
      return assertNever(milestone);
  }
}

function shownProblem(problem: PostmortemProblem, texts: AdviceTexts): ShownProblem {
  const { place, fix } = problem;
  return { place, text: problemText(problem, texts), ...(fix === undefined ? {} : { fix: { label: fixLabel(problem, fix, texts), edit: fix } }) };
}

function problemText(problem: PostmortemProblem, { t, at, row }: AdviceTexts): string {
  switch (problem.code) {
    case "beforeStart":
      return t("“{0}” ({1}) is before the start of the incident ({2}).", milestoneLabel(problem.milestone, t), at(problem.at), at(problem.start));
    case "endBeforeStart":
      return t("The incident ends ({0}) before it starts ({1}).", at(problem.at), at(problem.start));
    case "missingMilestone":
      return t("“{0}” has no time.", milestoneLabel(problem.milestone, t));
    case "future":
      return t("{0} is in the future.", at(problem.at));
    case "reviewedInFuture":
      return t("The review was completed on {0}, which is in the future.", problem.date);
    case "outOfOrder":
      return t("This row is not in chronological order.");
    case "unsorted":
      return t("The timeline is not in chronological order.");
    case "unreadTime":
      return t("“{0}” is not a complete time such as 2026-11-20 16:02, so it is treated as text.", plainLabel(problem.words));
    case "unreadTimes":
      return t("{0} rows have times such as “{1}” instead of complete ones such as 2026-11-20 16:02, so they are treated as text.", problem.rows, plainLabel(problem.words));
    case "contradictsRow":
      return t("“{0}” is at {1} in the timeline (row {2}).", milestoneLabel(problem.milestone, t), at(problem.rowAt), row(problem.row));
    case "actionWithoutOwner":
      return t("This action item has no owner.");
    case "actionWithoutDue":
      return t("This action item has no due date.");
    case "dueBeforeIncident":
      return t("The due date {0} is before the incident ({1}).", problem.due, problem.incident);
    default:
      return assertNever(problem);
  }
}

function fixLabel({ place }: PostmortemProblem, fix: PostmortemEdit, { t, at, row }: AdviceTexts): string {
  switch (fix.kind) {
    case "instant":
      if (fix.value === "") return t("Remove Time");
      return place.kind === "instant" && place.instant === fix.instant ? t("Set to {0}", at(fix.value)) : t("Set “{0}” to {1}", milestoneLabel(fix.instant, t), at(fix.value));
    case "entry":
      return place.kind === "entry" && place.id === fix.id ? t("Set to {0}", at(fix.value)) : t("Set Row {0} to {1}", row(fix.id), at(fix.value));
    case "moveEntry":
      return t("Move Row");
    case "sortEntries":
      return t("Sort by Time");
    case "action":
      return fix.value === "" ? t("Remove Due Date") : fix.column === "owner" ? t("Set Owner to {0}", plainLabel(fix.value)) : t("Set to {0}", fix.value);
    default:
      return t("Set to Today");
  }
}

function questionText(question: PostmortemQuestion, texts: AdviceTexts): string {
  const { t, at } = texts;
  switch (question.code) {
    case "slowDetection":
      return t("The incident was detected {0} after it started. What would have alerted us sooner?", lengthText(question.milliseconds, t));
    case "lateAcknowledgement": {
      const length = question.isBusiness ? t("{0} in business hours", hoursText(question.milliseconds, t)) : lengthText(question.milliseconds, t);
      return t("The incident was acknowledged {0} after it was detected; the goal is {1}. What would have reached somebody sooner?", length, goalText(question.goal, t));
    }
    case "notAcknowledged":
      return t("Nobody acknowledged the incident. How did people know who was working on it?");
    case "slowMitigation":
      return t("It took {0} from acknowledgement to mitigation. What took most of this time?", lengthText(question.milliseconds, t));
    case "lateUpdates":
      return lateUpdatesText(question, t);
    case "skippedSteps": {
      const [first] = question.steps;
      const step = plainLabel(withoutMarkup(first?.step ?? ""));
      return question.steps.length === 1
        ? t("“{0}” was skipped. Is the step needed, and was it possible?", step)
        : t("{0} steps were skipped, such as “{1}”. Are they needed, and were they possible?", question.steps.length, step);
    }
    case "rejectedGate":
      return question.times === 1
        ? t("“{0}” was rejected. What would have shown the problem sooner?", plainLabel(withoutMarkup(question.gate)))
        : t("“{0}” was rejected {1} times. What would have shown the problems sooner?", plainLabel(withoutMarkup(question.gate)), question.times);
    case "reopened":
      return question.times === 1
        ? t("The incident was reopened. What made us believe that it was resolved?")
        : t("The incident was reopened {0} times. What made us believe that it was resolved?", question.times);
    case "repeated": {
      const { service, incidents } = question;
      const [last] = incidents;
      const [name, title, date] = [plainLabel(service), plainLabel(last?.title ?? ""), last?.date ?? ""];
      return incidents.length === 1
        ? t("{0} had another incident on {1}: “{2}”. What do they have in common?", name, date, title)
        : t("{0} had {1} other incidents in the 90 days before, the last one on {2}: “{3}”. What do they have in common?", name, incidents.length, date, title);
    }
    case "gap":
      return t("Nothing is recorded from {0} to {1} ({2}). What happened during this time?", at(question.from), at(question.to), lengthText(question.milliseconds, t));
    case "noDetectAction":
      return t("Detection took a long time, but no action item has the type “Detect”. What would have alerted us sooner?");
    case "oneType":
      return t("All action items have the type “{0}”. Which other types of action would help?", typeLabel(question.type, t));
    case "nothingWentWell":
      return t("What helped and should be kept?");
    default:
      return assertNever(question);
  }
}

function lateUpdatesText({ audience, count, delay }: Extract<PostmortemQuestion, { readonly code: "lateUpdates" }>, t: Translate): string {
  const name = plainLabel(audience);
  if (delay === undefined) return count === 1 ? t("An update that was promised to “{0}” was not sent. What would make updates easier to send?", name) : t("{0} updates that were promised to “{1}” were not sent. What would make updates easier to send?", count, name);
  const length = lengthText(delay, t);
  return count === 1 ? t("An update for “{0}” was {1} late. What would make updates easier to send?", name, length) : t("{0} updates for “{1}” were late, by up to {2}. What would make updates easier to send?", count, name, length);
}

function typeLabel(type: NonNullable<PostmortemAction["type"]>, t: Translate): string {
  switch (type) {
    case "prevent":
      return t("Prevent");
    case "mitigate":
      return t("Mitigate");
    case "detect":
      return t("Detect");
    case "process":
      return t("Process");
    default:
      return assertNever(type);
  }
}

function intervalText({ name, milliseconds, business }: IncidentInterval, { t }: AdviceTexts): string {
  const length = lengthText(milliseconds, t);
  const shown = business === undefined ? length : t("{0} ({1} in business hours)", length, hoursText(business, t));
  switch (name) {
    case "detect":
      return t("Time to detect: {0}", shown);
    case "acknowledge":
      return t("Time to acknowledge: {0}", shown);
    case "mitigate":
      return t("Time to mitigate: {0}", shown);
    case "resolve":
      return t("Time to resolve: {0}", shown);
    default:
      return assertNever(name);
  }
}

function gapText({ from, to, milliseconds }: TimelineGap, { t, at }: AdviceTexts): string {
  return t("Nothing recorded for {0}, from {1} to {2}", lengthText(milliseconds, t), at(from), at(to));
}

function reopenedText(times: number, t: Translate): string {
  return times === 1
    ? t("Reopened once. Times count from the first start to the last mitigation and resolution.")
    : t("Reopened {0} times. Times count from the first start to the last mitigation and resolution.", times);
}

/** A length of time in its two largest units, such as `40 min`, `1 h 5 min` or `2 d 3 h`. */
export function lengthText(milliseconds: number, t: Translate): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return t("less than 1 min");
  const [days, hours] = [Math.floor(minutes / (24 * 60)), Math.floor(minutes / 60) % 24];
  if (days > 0) return hours === 0 ? t("{0} d", days) : t("{0} d {1} h", days, hours);
  return hoursText(milliseconds, t);
}

/** A length of time in hours and minutes, however long it is. A day of business hours is not 24 hours. */
function hoursText(milliseconds: number, t: Translate): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return t("less than 1 min");
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return t("{0} min", rest);
  return rest === 0 ? t("{0} h", hours) : t("{0} h {1} min", hours, rest);
}

/** A goal in its own unit, which may be a day of business hours. */
function goalText({ amount, unit }: Duration, t: Translate): string {
  switch (unit) {
    case "m":
      return t("{0} min", amount);
    case "h":
      return t("{0} h", amount);
    case "d":
      return t("{0} d", amount);
    case "w":
      return t("{0} weeks", amount);
    default:
      return assertNever(unit);
  }
}

function nameHints({ texts }: Postmortem, desk: Desk, t: Translate): readonly NameHint[] {
  const roles = deskRoles(desk);
  return blamelessTexts.flatMap((section) => {
    const names = namesIn(texts[section], desk.people, roles);
    if (names.length === 0) return [];
    const shown = [...new Set(names.map(({ name }) => plainLabel(name)))].slice(0, 3).map((name) => `“${name}”`).join(", ");
    return [{ section, names, text: t("Names a person: {0}. Name the role or the system instead, such as “the on-call engineer” or “the deployment”.", shown) }];
  });
}
