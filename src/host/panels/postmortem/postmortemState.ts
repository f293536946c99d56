import type { Desk } from "../../../core/model/desk";
import { compareInstants } from "../../../core/model/instant";
import type { Issue } from "../../../core/model/issue";
import type { IssueRef } from "../../../core/model/issueRef";
import { type ActionState, actionState } from "../../../core/postmortem/library/actionState";
import { changedEntries, goneEntries, hiddenEntries, newEntries, toSecond } from "../../../core/postmortem/timeline/eventRows";
import { readEvidence } from "../../../core/postmortem/timeline/evidence";
import { sectionOrder } from "../../../core/postmortem/document/layout";
import { isOverdue } from "../../../core/postmortem/library/library";
import type { IncidentEvent } from "../../../core/postmortem/timeline/origins";
import type { PostmortemDocument } from "../../../core/postmortem/document/parsePostmortem";
import type { Postmortem, PostmortemText } from "../../../core/postmortem/postmortem";
import { formatTimelineEntry } from "../../../core/postmortem/timeline/timelineText";
import type { IntervalsView, PostmortemView } from "../../../protocol/postmortem";
import type { Translate } from "../../ui/operationLabels";
import { issueFinder, linkChip } from "../shared/links";
import { lengthText, type PostmortemAdvice } from "./postmortemAdvice";
import { reviewView } from "./postmortemReview";

/** What the page shows besides the save state, and besides what other post-mortems say. */
interface PostmortemInput {
  readonly postmortem: Postmortem;
  readonly layout: PostmortemDocument["layout"];
  readonly desk: Desk;
  readonly issues: readonly Issue[];
  /** The events of the incident, once they were read. */
  readonly events?: readonly IncidentEvent[] | undefined;
  readonly accepting: ReadonlySet<string>;
  /** The ISO date in the desk's time zone. */
  readonly today: string;
  /** What is shown beside rows, fields and sections. */
  readonly advice: PostmortemAdvice;
  /** The address of a picture that evidence names, if it is in the workspace. */
  readonly pictureAddress: (target: string) => string | undefined;
  readonly t: Translate;
  /** Formats an ISO date. */
  readonly formatDate: (date: string) => string;
}

type Shown = Pick<
  PostmortemView,
  "postmortem" | "timezone" | "pictures" | "people" | "priorities" | "newEvents" | "hiddenEvents" | "changedEvents" | "issues" | "overdue" | "accepting" | "review" | "order" | "problems" | "questions" | "blameless"
> & Partial<Pick<PostmortemView, "incident" | "intervals">>;

/** The post-mortem with the current state of its issues and events. */
export function shownPostmortem({ postmortem, layout, desk, issues, events, accepting, today, advice, pictureAddress, t, formatDate }: PostmortemInput): Shown {
  const find = issueFinder(issues);
  return {
    postmortem,
    timezone: desk.timezone,
    ...(postmortem.issue === undefined ? {} : { incident: linkChip(postmortem.issue, "", find) }),
    pictures: picturesOf(postmortem, pictureAddress),
    people: desk.people.map(({ login, name }) => ({ login, name: name ?? "" })),
    priorities: desk.priorities.map(({ name }) => name),
    ...(events === undefined ? { newEvents: 0, hiddenEvents: [], changedEvents: {} } : eventsBeside(postmortem, events)),
    issues: Object.fromEntries(postmortem.actions.flatMap(({ id, issue }) => (issue === undefined ? [] : [[id, linkChip(issue, postmortem.issue?.repository ?? "", find)]]))),
    overdue: postmortem.actions.filter((action) => isOverdue(action, today)).map(({ id }) => id),
    accepting: [...accepting],
    ...advisedView(advice, t),
    review: reviewView(postmortem, t, formatDate),
    order: sectionOrder(layout).map((key) => (key.kind === "own" ? `own ${key.id}` : key.name)),
  };
}

type Advised = Pick<PostmortemView, "problems" | "questions" | "blameless"> & Partial<Pick<PostmortemView, "intervals">>;

/** Advice as the page shows it: problems, questions, hints about names, and the intervals and gaps on one line. */
export function advisedView({ problems, questions, hints, ...measured }: PostmortemAdvice, t: Translate): Advised {
  const blameless: Partial<Record<PostmortemText, string>> = {};
  for (const { section, text } of hints) blameless[section] = text;
  return { problems, questions, blameless, ...intervalsView(measured, t) };
}

/** The line reaches from the first to the last of milestones and gaps. Absent as long as there is nothing to measure. */
function intervalsView({ points, intervals, gaps, reopened }: Pick<PostmortemAdvice, "points" | "intervals" | "gaps" | "reopened">, t: Translate): { readonly intervals?: IntervalsView } {
  if (intervals.length === 0 && gaps.length === 0) return {};
  const ends = [...points.map(({ at }) => at), ...gaps.flatMap(({ from, to }) => [from, to])].toSorted(compareInstants);
  return {
    intervals: {
      from: ends[0] ?? "",
      to: ends.at(-1) ?? "",
      points: points.map(({ milestone, at }) => ({ name: milestone, at })),
      intervals: intervals.map(({ name, from, to, text, milliseconds }) => ({ name, from, to, text, length: lengthText(milliseconds, t) })),
      gaps: gaps.map(({ from, to, text, milliseconds, before, after }) => ({
        from, to, text, length: lengthText(milliseconds, t), ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }),
      })),
      ...(reopened === undefined ? {} : { reopened }),
    },
  };
}

/** The events that are not in the timeline, and those that changed since they were added. */
function eventsBeside(postmortem: Postmortem, events: readonly IncidentEvent[]): Pick<PostmortemView, "newEvents" | "hiddenEvents" | "changedEvents"> {
  const gone = goneEntries(postmortem, events).map((row) => [row.id, { hash: row.origin?.hash ?? "" }]);
  const changed = changedEntries(postmortem, events).map(({ row, event }) => [row.id, { hash: event.origin.hash, event: formatTimelineEntry(event.entry) }]);
  return {
    newEvents: newEntries(postmortem, events).length,
    hiddenEvents: hiddenEntries(postmortem, events).map(({ entry, origin }) => ({ key: origin.key, at: toSecond(entry.at), event: formatTimelineEntry(entry) })),
    changedEvents: Object.fromEntries([...gone, ...changed]),
  };
}

function picturesOf({ timeline }: Postmortem, pictureAddress: PostmortemInput["pictureAddress"]): PostmortemView["pictures"] {
  const targets = new Set(timeline.flatMap(({ evidence }) => (evidence === "" ? [] : readEvidence(evidence).flatMap(({ kind, target }) => (kind === "picture" ? [target] : [])))));
  return Object.fromEntries([...targets].flatMap((target) => {
    const address = pictureAddress(target);
    return address === undefined ? [] : [[target, address]];
  }));
}

/** Edits that update accepted action items to the state of their issues. */
export function stateChanges(postmortem: Postmortem, find: (ref: IssueRef) => Issue | undefined): readonly { readonly id: string; readonly state: ActionState }[] {
  return postmortem.actions.flatMap((action) => {
    const state = actionState(action, find);
    return state === action.state ? [] : [{ id: action.id, state }];
  });
}
