import { groupPostmortems, isOpenAction, isOverdue, type LibraryGroup, type LibraryGrouping, openActions, type OwnedAction, type PostmortemSummary } from "../../core/postmortem/library/library";
import type { PostmortemFiles } from "../app/postmortemCache";
import type { DeskNode, GroupNode } from "./node";
import type { ActionNode, PostmortemNode } from "./postmortemNode";

interface LibraryContext extends PostmortemFiles {
  readonly by: LibraryGrouping;
  /** Today's ISO date in the desk's time zone. */
  readonly today: string;
  /** Formats an ISO date. */
  readonly formatDate: (date: string) => string;
  readonly titles: LibraryTitles;
}

interface LibraryTitles {
  readonly overdue: string;
  readonly open: string;
  readonly unreadable: string;
  /** The title of a group of post-mortems. */
  readonly group: (group: LibraryGroup) => string;
}

/** Groups of more post-mortems than this are collapsed at first. */
const maxExpanded = 20;

/** The Post-mortems view: overdue action items first, then the other open ones, the post-mortems in groups, and files that cannot be read. */
export function postmortemNodes(context: LibraryContext): readonly DeskNode[] {
  const { postmortems, unreadable, by, today, titles } = context;
  const open = openActions(postmortems);
  const overdue = open.filter(({ action }) => isOverdue(action, today));
  const groups = groupPostmortems(postmortems, by).map((group): GroupNode => {
    const id = `${by}:${group.name?.toLowerCase() ?? ""}`;
    return { ...groupNode(id, titles.group(group), group.postmortems.map((one) => postmortemNode(context, id, one))), ...(postmortems.length > maxExpanded ? { collapsed: true } : {}) };
  });
  return [
    groupNode("overdue", titles.overdue, actionNodes(context, "overdue", overdue)),
    { ...groupNode("open", titles.open, actionNodes(context, "open", open.filter((owned) => !overdue.includes(owned)))), collapsed: true },
    ...groups,
    groupNode("unreadable", titles.unreadable, unreadable.map(({ path, reason }) => ({ kind: "unreadablePostmortem" as const, id: `unreadable:${path}`, path, reason }))),
  ].filter(({ count }) => count > 0);
}

/** Rows of action items whose ids start with the id of their group. */
export function actionNodes(context: Pick<LibraryContext, "today" | "formatDate">, group: string, actions: readonly OwnedAction[]): readonly ActionNode[] {
  return actions.map((owned) => actionNode(context, group, owned));
}

function groupNode(id: string, title: string, children: readonly DeskNode[]): GroupNode {
  return { kind: "group", id, title, count: children.length, children };
}

function postmortemNode(context: LibraryContext, group: string, one: PostmortemSummary): PostmortemNode {
  const { path, title, issue, date, status, severity, services, factors, owner, review, actions, problem } = one;
  const id = `${group}:${path}`;
  return {
    kind: "postmortem",
    id,
    path,
    title,
    ...(issue === undefined ? {} : { ref: issue }),
    ...(date === undefined ? {} : { date: context.formatDate(date) }),
    status,
    ...(severity === undefined ? {} : { severity }),
    services,
    factors,
    ...(owner === undefined ? {} : { owner }),
    ...(review === undefined || status === "Reviewed" || status === "Closed" ? {} : { review: context.formatDate(review) }),
    ...(problem === undefined ? {} : { problem }),
    open: actions.filter(isOpenAction).length,
    overdue: actions.filter((action) => isOverdue(action, context.today)).length,
    children: actions.map((action) => actionNode(context, id, { postmortem: one, action })),
  };
}

function actionNode({ today, formatDate }: Pick<LibraryContext, "today" | "formatDate">, group: string, { postmortem, action }: OwnedAction): ActionNode {
  const { id, action: title, state, due, owner, issue, lost } = action;
  return {
    kind: "action",
    id: `${group}:${postmortem.path}#${id}`,
    path: postmortem.path,
    postmortem: postmortem.title,
    ...(postmortem.issue === undefined ? {} : { incident: postmortem.issue }),
    title,
    state,
    ...(due === undefined ? {} : { due: formatDate(due) }),
    overdue: isOverdue(action, today),
    owner,
    ...(issue === undefined ? {} : { ref: issue }),
    ...(lost === undefined ? {} : { lost }),
  };
}
