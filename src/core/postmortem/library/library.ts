import { compareTexts } from "../../model/sorting";
import { dateTextOf } from "../../calendar/localTime";
import { normalField } from "../../markup/textLines";
import type { BrokenReason, Issue } from "../../model/issue";
import type { IssueRef } from "../../model/issueRef";
import { distinctNames, hasName } from "../../model/names";
import { type ActionState, actionState, lastOriginal, type LostIssue } from "./actionState";
import { type PostmortemWords, postmortemWords, spacedWords } from "./libraryWords";
import { type Postmortem, type PostmortemAction, postmortemInstants, type PostmortemStatus, postmortemStatuses } from "../postmortem";
import { readDate } from "../postmortemTime";

/** What lists and searches need of a post-mortem. */
export interface PostmortemSummary {
  readonly path: string;
  readonly title: string;
  readonly issue?: IssueRef;
  /** ISO date of the incident, or of the file's name. */
  readonly date?: string;
  readonly status: PostmortemStatus;
  readonly severity?: string;
  readonly services: readonly string[];
  readonly factors: readonly string[];
  readonly owner?: string;
  /** Login of the incident lead. */
  readonly lead?: string;
  readonly reviewers: readonly string[];
  /** ISO dates of the review meeting, and of the end of the review. */
  readonly review?: string;
  readonly reviewed?: string;
  readonly actions: readonly LibraryAction[];
  /** The first paragraph of its summary, on one line. */
  readonly summary: string;
  readonly words: PostmortemWords;
  /** Why its fields, such as status and services, cannot be read. */
  readonly problem?: BrokenReason;
}

/** An action item of a post-mortem in the library. */
export interface LibraryAction extends Pick<PostmortemAction, "id" | "type" | "priority" | "due" | "issue" | "state"> {
  /** The first line of its text. */
  readonly action: string;
  /** A login without `@`, or a name, or several. Those who are assigned to its issue if nobody is named. */
  readonly owner: string;
  /** ISO date on which its issue was closed, if it is known and closed. */
  readonly closed?: string;
  readonly lost?: LostIssue;
}

/** An action item and the post-mortem that it belongs to. */
export interface OwnedAction {
  readonly postmortem: PostmortemSummary;
  readonly action: LibraryAction;
}

export type LibraryGrouping = "service" | "factor" | "status";

/** Post-mortems with the same service, factor or status. Without a name, those that have none. */
export interface LibraryGroup {
  readonly name?: string;
  readonly postmortems: readonly PostmortemSummary[];
}

/** Summarizes the post-mortem of a file. Dates are in the desk's time zone. */
export function summarizePostmortem(path: string, postmortem: Postmortem, timezone: string): PostmortemSummary {
  const { issue, title, status, severity, services, factors, owner, lead, reviewers, review, reviewed, actions, texts } = postmortem;
  const date = incidentDate(path, postmortem, timezone);
  const named = title === "" ? (path.split("/").at(-1) ?? path).replace(/\.[^.]*$/, "") : title;
  return {
    path,
    title: named,
    ...(issue === undefined ? {} : { issue }),
    ...(date === undefined ? {} : { date }),
    status,
    ...(severity === undefined ? {} : { severity }),
    services: distinctNames(services),
    factors: distinctNames(factors),
    ...(owner === undefined ? {} : { owner: loginOf(owner) }),
    ...(lead === undefined ? {} : { lead: loginOf(lead) }),
    reviewers: reviewers.map(loginOf),
    ...(review === undefined ? {} : { review }),
    ...(reviewed === undefined ? {} : { reviewed }),
    actions: actions.map(libraryAction),
    summary: normalField(texts.summary.split(/\n[ \t]*\n/)[0] ?? ""),
    words: postmortemWords(named, postmortem),
  };
}

function libraryAction({ id, action, owner, priority, type, due, issue, state }: PostmortemAction): LibraryAction {
  return {
    id,
    action: normalField(action.trim().split("\n")[0] ?? ""),
    owner: loginOf(owner),
    priority,
    state,
    ...(type === undefined ? {} : { type }),
    ...(due === undefined ? {} : { due }),
    ...(issue === undefined ? {} : { issue }),
  };
}

function loginOf(text: string): string {
  return text.trim().replace(/^@/, "");
}

function incidentDate(path: string, { instants, timeline }: Postmortem, timezone: string): string | undefined {
  const row = timeline.find(({ time }) => time.kind === "instant")?.time;
  const at = postmortemInstants.map((name) => instants[name]).find((instant) => instant !== undefined) ?? (row?.kind === "instant" ? row.at : undefined);
  return at === undefined ? readDate(/(?:^|\/)(\d{4}-\d\d-\d\d)[^/]*$/.exec(path)?.[1] ?? "") : dateTextOf(at, timezone);
}

/** What the desk knows about the issues that post-mortems name. */
export interface LibraryIssues {
  readonly find: (ref: IssueRef) => Issue | undefined;
  readonly servicesOf: (issue: Issue) => readonly string[];
  readonly lost: (ref: IssueRef) => LostIssue | undefined;
}

/**
 * The summary with the current state of the action items that have a known issue, and with the services of its incident's issue if it
 * names none. Returns the same object if nothing differs.
 */
export function withIssues(summary: PostmortemSummary, issues: LibraryIssues, timezone: string): PostmortemSummary {
  const actions = summary.actions.map((action) => withIssue(action, issues, timezone));
  const incident = summary.services.length > 0 || summary.issue === undefined ? undefined : issues.find(summary.issue);
  const services = incident === undefined ? summary.services : issues.servicesOf(incident);
  const same = services.length === summary.services.length && actions.every((action, index) => action === summary.actions[index]);
  return same ? summary : { ...summary, services, actions };
}

function withIssue(action: LibraryAction, { find, lost: lostOf }: LibraryIssues, timezone: string): LibraryAction {
  if (action.issue === undefined) return action;
  const lost = lostOf(action.issue);
  const ref = lost?.kind === "transferred" ? lost.to : action.issue;
  const issue = find(ref);
  const state = actionState({ ...action, issue: ref }, find);
  const closedAt = issue === undefined || state !== "done" ? undefined : lastOriginal(issue, find).closedAt;
  const closed = closedAt === undefined ? undefined : dateTextOf(closedAt, timezone);
  const owner = action.owner === "" && issue !== undefined ? issue.assignees.join(", ") : action.owner;
  return state === action.state && owner === action.owner && closed === undefined && lost === undefined ? action : { ...action, state, owner, ...(closed === undefined ? {} : { closed }), ...(lost === undefined ? {} : { lost }) };
}

/** The post-mortems in groups: services and factors in alphabetical order, statuses in the order of a review. A post-mortem with several services is in several groups. The latest comes first. */
export function groupPostmortems(library: readonly PostmortemSummary[], by: LibraryGrouping): readonly LibraryGroup[] {
  const namesOf = (one: PostmortemSummary): readonly string[] => (by === "service" ? one.services : by === "factor" ? one.factors : [one.status]);
  const names = by === "status" ? postmortemStatuses : distinctNames(library.flatMap(namesOf)).toSorted((a, b) => a.localeCompare(b));
  const sorted = latestFirst(library);
  const groups = names.map((name) => ({ name, postmortems: sorted.filter((one) => hasName(namesOf(one), name)) }));
  const rest = sorted.filter((one) => namesOf(one).length === 0);
  return [...groups.filter(({ postmortems }) => postmortems.length > 0), ...(rest.length === 0 ? [] : [{ postmortems: rest }])];
}

/** The post-mortems by date, the latest first. Those without a date come last. */
function latestFirst(library: readonly PostmortemSummary[]): readonly PostmortemSummary[] {
  return library.toSorted((a, b) => compareTexts(b.date ?? "", a.date ?? "") || compareTexts(a.title, b.title) || compareTexts(a.path, b.path));
}


/** Whether somebody still has to do it: it is proposed or accepted. */
export function isOpenAction({ state }: { readonly state: ActionState }): boolean {
  return state === "proposed" || state === "accepted";
}

/** Whether one of these names is an owner: a login, or the name of a person. */
export function isOwnedBy({ owner }: Pick<LibraryAction, "owner">, names: readonly string[]): boolean {
  return owner.split(/[,;/&]| and /).some((one) => hasName(names, loginOf(one)));
}

/** Whether it is open and was due before this ISO date. */
export function isOverdue(action: Pick<LibraryAction, "state" | "due">, today: string): boolean {
  return isOpenAction(action) && action.due !== undefined && action.due < today;
}

/** All open action items, the earliest due first. Those without a due date come last. */
export function openActions(library: readonly PostmortemSummary[]): readonly OwnedAction[] {
  const all = library.flatMap((postmortem) => postmortem.actions.filter(isOpenAction).map((action): OwnedAction => ({ postmortem, action })));
  return all.toSorted((a, b) => compareTexts(a.action.due ?? "9", b.action.due ?? "9") || compareTexts(a.postmortem.path, b.postmortem.path));
}

/** The action items that are overdue on this ISO date, the earliest due first. */
export function overdueActions(library: readonly PostmortemSummary[], today: string): readonly OwnedAction[] {
  return openActions(library).filter(({ action }) => isOverdue(action, today));
}

/** How the action items of an earlier post-mortem ended. Each is in one list. */
export interface PreviousActions {
  readonly postmortem: PostmortemSummary;
  /** Done, and not known to be after their due date. */
  readonly inTime: readonly LibraryAction[];
  readonly late: readonly LibraryAction[];
  readonly open: readonly LibraryAction[];
  /** Declined, or closed without being done. */
  readonly notDone: readonly LibraryAction[];
}

/** The action items of the last reviewed post-mortem that has a service in common with this one and is not later. */
export function previousActions(library: readonly PostmortemSummary[], postmortem: Pick<PostmortemSummary, "path" | "date" | "services">): PreviousActions | undefined {
  const { path, date, services } = postmortem;
  const earlier = library.filter(
    (one) => one.path !== path && (one.status === "Reviewed" || one.status === "Closed") && one.services.some((name) => hasName(services, name)) && (date === undefined || (one.date ?? "") <= date),
  );
  const [last] = latestFirst(earlier);
  if (last === undefined) return undefined;
  const done = last.actions.filter(({ state }) => state === "done");
  const isLate = ({ due, closed }: LibraryAction): boolean => due !== undefined && closed !== undefined && closed > due;
  return {
    postmortem: last,
    inTime: done.filter((action) => !isLate(action)),
    late: done.filter(isLate),
    open: last.actions.filter(isOpenAction),
    notDone: last.actions.filter((action) => action.state !== "done" && !isOpenAction(action)),
  };
}

/** The post-mortems that contain every word or word prefix of the text: in titles first, then with services and factors, then anywhere. All of them for an empty text. */
export function searchLibrary(library: readonly PostmortemSummary[], text: string): readonly PostmortemSummary[] {
  const wanted = spacedWords(text);
  const ranks: readonly PostmortemSummary[][] = [[], [], []];
  for (const one of latestFirst(library)) {
    const title = spacedWords(one.title).join("");
    const names = title + spacedWords([...one.services, ...one.factors, one.severity ?? ""].join("\n")).join("");
    const rank = [title, names, names + one.words.all].findIndex((words) => wanted.every((term) => words.includes(term)));
    ranks[rank]?.push(one);
  }
  return ranks.flat();
}
