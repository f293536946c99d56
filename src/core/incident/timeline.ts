import { compareTexts } from "../model/sorting";
import { notChosen } from "../checklist/marks";
import { passesOf } from "../checklist/passes";
import { readableMarkdown } from "../checklist/values";
import { type MilestoneComment, type MilestoneDetails, readMilestone } from "../markup/milestone";
import type { Checklist, ChecklistStep, Evidence, LoggedMark } from "../model/checklist";
import { compareInstants } from "../model/instant";
import type { ClockMark, Instant, Issue } from "../model/issue";
import type { ChangeStamp, IssueChange } from "../model/issueChange";
import type { IssueField } from "../model/issueField";
import { refKey } from "../model/issueRef";
import { replaceComments } from "../model/markdownText";
import { assertNever } from "../model/result";
import type { Milestone, TimelineEvent } from "../model/timelineEvent";
import { isCommandComment } from "../shell/commandReport";

/** An entry of an issue's timeline as data. `host` formats it. Texts are Markdown without hidden marks. */
export type TimelineEntry =
  | Exclude<TimelineEvent, { readonly kind: "commented" }>
  | ({
      readonly at: Instant;
      readonly by: string;
    } & (
      | ({ readonly kind: "commented"; readonly text: string; /** It reports a command that was run. */ readonly command?: true } & OnWeb)
      | ({ readonly kind: "milestone"; readonly milestone: Milestone; readonly text: string; /** When it was recorded, if it happened earlier. */ readonly recorded?: Instant } & OnWeb & Omit<MilestoneDetails, "at">)
      | ({ readonly kind: "runStarted"; readonly title: string } & OfChecklist)
      | ({ readonly kind: "stepDone"; readonly text: string } & OfChecklist)
      | ({ readonly kind: "stepSkipped"; readonly text: string; readonly reason: string } & OfChecklist)
      | ({ readonly kind: "decided"; readonly text: string; readonly option: string } & OfChecklist)
    ));

interface OnWeb {
  /** The page of the comment on the web. */
  readonly url?: string;
}

interface OfChecklist {
  /** Identifies the checklist, or a step of it, even if its text or the runbook changes. */
  readonly subject?: string;
  /** The evidence of the step, if this is its current mark. */
  readonly evidence?: readonly Evidence[];
}

/**
 * Builds the timeline of an issue in chronological order from its events, comments and checklist steps, without duplicates. It
 * does not depend on the order of the events: of the same second, what causes something comes before what it causes. Steps
 * without a known time, such as those ticked by hand, are omitted.
 */
export function timeline(issue: Issue, events: readonly TimelineEvent[], checklists: readonly Checklist[]): readonly TimelineEntry[] {
  const opened: readonly TimelineEntry[] = events.some((event) => event.kind === "opened") ? [] : [{ kind: "opened", at: issue.createdAt, by: issue.author }];
  const all = [...opened, ...events.flatMap((event) => fromEvent(event, events)), ...checklists.flatMap(fromChecklist)];
  const seen = new Set<string>();
  return all.toSorted(compareEntries).filter((entry) => {
    const name = nameOf(entry);
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}

/** The order of entries of the same second, which storages report in different orders. A command comments before it changes fields. */
const ranks: Readonly<Record<TimelineEntry["kind"], number>> = {
  opened: 0, reopened: 1, runStarted: 2, decided: 3, stepDone: 4, stepSkipped: 5, commented: 6, milestone: 7, retitled: 8, unlabeled: 9,
  labeled: 10, unassigned: 11, assigned: 12, linked: 13, mentioned: 14, referenced: 15, closed: 16,
};

function compareEntries(a: TimelineEntry, b: TimelineEntry): number {
  return compareInstants(a.at, b.at) || ranks[a.kind] - ranks[b.kind] || compareInstants(recorded(a), recorded(b)) || compareTexts(contentOfEntry(a), contentOfEntry(b));
}

function recorded(entry: TimelineEntry): Instant | undefined {
  return entry.kind === "milestone" ? entry.recorded : undefined;
}


/** All that an entry says, as a text that does not depend on the order of its keys. */
export function contentOfEntry(entry: TimelineEntry): string {
  return JSON.stringify(Object.entries(entry).toSorted(([a], [b]) => compareTexts(a, b)));
}

/** A key that is equal for two entries with the same meaning. A link, a commit or an issue is listed once, however often it is reported. */
function nameOf(entry: TimelineEntry): string {
  if (entry.kind === "linked") return JSON.stringify([entry.kind, entry.link.kind, entry.link.kind === "postmortem" ? entry.link.path : refKey(entry.link.other)]);
  if (entry.kind === "referenced") return JSON.stringify([entry.kind, entry.sha]);
  if (entry.kind === "mentioned") return JSON.stringify([entry.kind, refKey(entry.ref)]);
  if (entry.kind === "opened") return entry.kind;
  return contentOfEntry(entry);
}

function fromEvent(event: TimelineEvent, events: readonly TimelineEvent[]): readonly TimelineEntry[] {
  switch (event.kind) {
    case "commented": {
      const milestone = readMilestone(event.markdown);
      const text = replaceComments(milestone?.markdown ?? event.markdown).trim();
      const page = event.url === undefined ? {} : { url: event.url };
      if (milestone === undefined) return text === "" ? [] : [{ kind: "commented", at: event.at, by: event.by, text, ...(isCommandComment(event.markdown) ? { command: true } : {}), ...page }];
      const { markdown: _markdown, at, ...details } = milestone;
      return [{ kind: "milestone", ...details, at: at ?? event.at, by: event.by, text, ...(at === undefined ? {} : { recorded: event.at }), ...page }];
    }
    case "unlabeled":
      return isReplaced(event, event.label, events) ? [] : [event];
    case "opened":
    case "closed":
    case "reopened":
    case "labeled":
    case "assigned":
    case "unassigned":
    case "retitled":
    case "linked":
    case "referenced":
    case "mentioned":
      return [event];
    default:
      return assertNever(event);
  }
}

/** Whether the label was replaced by another of the same family, such as `stage: To do` by `stage: In progress`. */
function isReplaced(event: TimelineEvent, label: string, events: readonly TimelineEvent[]): boolean {
  const family = /^[^:]+:/.exec(label)?.[0];
  return family !== undefined && events.some((other) => other.kind === "labeled" && other.at === event.at && other.label.startsWith(family));
}

function fromChecklist(checklist: Checklist): readonly TimelineEntry[] {
  const steps = checklist.items.filter((item) => item.kind === "step");
  const started: readonly TimelineEntry[] = checklist.startedAt === "" ? [] : [{ kind: "runStarted", at: checklist.startedAt, by: checklist.by, title: checklist.title, subject: checklist.id }];
  const passes = passesOf(checklist);
  // What was done by hand in an earlier pass has no author, and only the time at which the pass ended.
  const earlierOf = ({ id }: ChecklistStep): readonly LoggedMark[] => (passes.get(id)?.earlier ?? []).filter(({ mark }) => mark.by !== undefined);
  return [...started, ...steps.flatMap((step) => [...earlierOf(step), step].flatMap((marked) => fromMark(step, marked, { steps, subject: subjectOf(checklist, step), readable: (text) => readableMarkdown(text, checklist) })))];
}

/** The first id that the step had, because it gets another one when the runbook changes. */
function subjectOf({ id }: Checklist, step: ChecklistStep): string {
  return `${id}/${step.formerly?.[0] ?? step.id}`;
}

interface MarkContext {
  readonly steps: readonly ChecklistStep[];
  readonly subject: string;
  readonly readable: (text: string) => string;
}

function fromMark(step: ChecklistStep, { mark, chosen }: LoggedMark, { steps, subject, readable }: MarkContext): readonly TimelineEntry[] {
  if (mark.at === undefined || step.part === "option") return [];
  const common = { at: mark.at, by: mark.by ?? "", subject, ...(mark !== step.mark || step.evidence === undefined || step.evidence.length === 0 ? {} : { evidence: step.evidence }) };
  switch (mark.kind) {
    case "open":
      return [];
    case "skipped":
      return mark.reason === notChosen ? [] : [{ kind: "stepSkipped", ...common, text: readable(step.text), reason: mark.reason }];
    case "done": {
      const option = step.part === "decision" ? steps.find((other) => other.id === chosen) : undefined;
      return [option === undefined ? { kind: "stepDone", ...common, text: readable(step.text) } : { kind: "decided", ...common, text: readable(step.text), option: readable(option.text) }];
    }
    default:
      return assertNever(mark);
  }
}

/** What a comment with a milestone changes in the text of its issue, so that lists show it without its comments. */
export function changeOfMilestone(markdown: string, stamp: ChangeStamp): IssueChange | undefined {
  const comment = readMilestone(markdown);
  if (comment === undefined) return undefined;
  const { fields, clock } = milestoneEffects(comment, stamp);
  if (fields.length > 0) return { kind: "setFields", fields, ...(clock === undefined ? {} : { clock }) };
  return clock === undefined ? undefined : { kind: "noteClock", marks: clock };
}

/** A milestone with its details. */
type DetailedMilestone = MilestoneDetails & Pick<MilestoneComment, "milestone">;

/** The fields of the issue and the marks of its clock that a milestone sets. */
export function milestoneEffects(milestone: DetailedMilestone, { at, by }: ChangeStamp): { readonly fields: readonly IssueField[]; readonly clock: ClockMark | undefined } {
  return { fields: fieldsOf(milestone, at).map((field) => ({ ...field, at, by })), clock: clockOf(milestone, { at, by }) };
}

function clockOf({ milestone, at: happened }: DetailedMilestone, { at, by }: ChangeStamp): ClockMark | undefined {
  switch (milestone) {
    case "acknowledged":
      return { acknowledged: happened ?? at, by };
    case "unacknowledged":
      return { withdrawn: at };
    case "update":
      return { updated: at };
    case "resolved":
      return { resolved: happened ?? at };
    case "started":
    case "detected":
    case "mitigated":
    case "cancelled":
    case "lead":
    case "role":
    case "handoff":
    case "escalation":
    case "note":
      return undefined;
    default:
      return assertNever(milestone);
  }
}

function fieldsOf(comment: DetailedMilestone, at: Instant): readonly Pick<IssueField, "name" | "value">[] {
  const { milestone, audience, next, role, login } = comment;
  switch (milestone) {
    case "update":
      return audience === undefined ? [] : [{ name: `update.${audience}`, value: next ?? "" }];
    case "lead":
    case "role":
      return login === undefined ? [] : [{ name: `role.${role ?? "lead"}`, value: login }];
    case "started":
    case "detected":
    case "mitigated":
    case "cancelled":
    case "resolved":
      return [{ name: milestone, value: comment.at ?? at }];
    case "acknowledged":
    case "unacknowledged":
    case "handoff":
    case "escalation":
    case "note":
      return [];
    default:
      return assertNever(milestone);
  }
}
