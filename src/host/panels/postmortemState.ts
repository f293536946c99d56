import { wallTimeOf } from "../../core/calendar/localTime";
import type { Desk } from "../../core/model/desk";
import type { Issue } from "../../core/model/issue";
import { formatRef, type IssueRef, refIndex } from "../../core/model/issueRef";
import { type ActionState, actionState } from "../../core/postmortem/actionState";
import { type Postmortem, type PostmortemInstant, postmortemInstants } from "../../core/postmortem/postmortem";
import type { IssueChip, PostmortemView, ShownTime } from "../../protocol/postmortem";

/** What the page shows besides the save state. */
interface PostmortemInput {
  readonly postmortem: Postmortem;
  readonly desk: Desk;
  readonly issues: readonly Issue[];
  readonly newEvents: number;
  readonly accepting: ReadonlySet<string>;
}

type Shown = Pick<PostmortemView, "postmortem" | "timezone" | "incident" | "times" | "instants" | "people" | "priorities" | "newEvents" | "issues" | "accepting">;

/** The post-mortem with times in the desk's time zone and the current state of its issues. */
export function shownPostmortem({ postmortem, desk, issues, newEvents, accepting }: PostmortemInput): Shown {
  const shown = (at: string): ShownTime => ({ local: wallTimeOf(at, desk.timezone), utc: at });
  const instants: Partial<Record<PostmortemInstant, ShownTime>> = {};
  for (const name of postmortemInstants) {
    const at = postmortem.instants[name];
    if (at !== undefined) instants[name] = shown(at);
  }
  const find = refIndex(issues, ({ ref }) => ref);
  return {
    postmortem,
    timezone: desk.timezone,
    ...(postmortem.issue === undefined ? {} : { incident: chip(postmortem.issue, find, "") }),
    times: Object.fromEntries(postmortem.timeline.flatMap(({ id, time }) => (time.kind === "instant" ? [[id, shown(time.at)]] : []))),
    instants,
    people: desk.people.map(({ login, name }) => ({ login, name: name ?? "" })),
    priorities: desk.priorities.map(({ name }) => name),
    newEvents,
    issues: Object.fromEntries(postmortem.actions.flatMap(({ id, issue }) => (issue === undefined ? [] : [[id, chip(issue, find, postmortem.issue?.repository ?? "")]]))),
    accepting: [...accepting],
  };
}

function chip(ref: IssueRef, find: (ref: IssueRef) => Issue | undefined, home: string): IssueChip {
  const issue = find(ref);
  return { ref, reference: formatRef(ref, home), title: issue?.title ?? "", state: issue?.state ?? "unknown" };
}

/** Edits that update accepted action items to the state of their issues. */
export function stateChanges(postmortem: Postmortem, find: (ref: IssueRef) => Issue | undefined): readonly { readonly id: string; readonly state: ActionState }[] {
  return postmortem.actions.flatMap((action) => {
    const state = actionState(action, find);
    return state === action.state ? [] : [{ id: action.id, state }];
  });
}
