import * as vscode from "vscode";
import { handoffDue } from "../../core/handoff/handoffDue";
import { findKind } from "../../core/model/desk";
import type { Failure } from "../../core/model/failure";
import { millisecondsOf } from "../../core/model/instant";
import { isLowHanging, type IssueSnapshot } from "../../core/model/issue";
import type { IssueRef } from "../../core/model/issueRef";
import { assertNever } from "../../core/model/result";
import { ownOverdueActions } from "../../core/postmortem/library/reminders";
import { deskChecklists } from "../../core/runbook/procedure";
import { concerns, urgencyOf } from "../../core/response/urgency";
import type { DeskSession } from "../app/session";
import { describeFailure } from "../ui/failureMessages";
import { formatAgo, formatDate, hostOf, timeFormat } from "../ui/format";
import { plainLabel } from "../ui/safeText";
import { describeUrgency, formatUrgency } from "../ui/urgencyLabels";
import { brokenNodes, type IssueContext, issueNodes, issueRows, leftOpen } from "./issueNodes";
import type { LinkLabels, ReadLinks } from "./linkedNodes";
import type { DeskNode, ViewName } from "./node";
import { onCallNodes } from "./oncallNodes";
import { isFiltered, type IssueFilter, type OutlineChoice } from "./outlineChoice";
import { visibleChanges } from "./pendingNodes";
import { buildDeliveries, buildPending, buildUnreadable, pendingBadge, pendingCount } from "./pendingView";
import { statusLabel } from "./postmortemItem";
import { actionNodes, postmortemNodes } from "./postmortemNodes";
import { runbookNodes } from "./runbookNodes";

export { toTreeItem } from "./toTreeItem";

/** What a view shows: its tree, and the message, title and badge around it. */
export interface BuiltView {
  /** Replaces the title of the manifest, as on a desk without requests. */
  readonly title?: string;
  readonly nodes: readonly DeskNode[];
  readonly message?: string;
  readonly description?: string;
  readonly badge?: { readonly value: number; readonly tooltip: string };
}

/** Builds a view from the current state of the session. */
export async function buildView(view: ViewName, session: DeskSession, choice: OutlineChoice): Promise<BuiltView> {
  switch (view) {
    case "onCall":
      return buildOnCall(session, choice);
    case "pending":
      return pending(session);
    case "runbooks":
      return { nodes: runbookNodes(await session.runbooks.all(), session.desk.folder(), deskChecklists(session.desk.config(), session.desk.folder())) };
    case "postmortems":
      return postmortems(session, choice);
    case "incidents":
    case "requests":
    case "records":
      return issues(view, session, choice);
    default:
      return assertNever(view);
  }
}

/** Empty until the post-mortems were read, as for the reminder. */
function ownActions(session: DeskSession, me: string): readonly DeskNode[] {
  const today = session.postmortems.today();
  const own = ownOverdueActions(session.postmortems.known()?.postmortems ?? [], session.desk.config(), me, today);
  return actionNodes({ today, formatDate: (date) => formatDate(date, today, vscode.env.language) }, "own", own);
}

async function postmortems(session: DeskSession, { postmortems: by }: OutlineChoice): Promise<BuiltView> {
  const t = vscode.l10n.t;
  const files = await session.postmortems.read();
  const today = session.postmortems.today();
  const nodes = postmortemNodes({
    ...files,
    by,
    today,
    formatDate: (date) => formatDate(date, today, vscode.env.language),
    titles: {
      overdue: t("Overdue action items"),
      open: t("Open action items"),
      unreadable: t("Unreadable files"),
      group: ({ name, postmortems: [first] }) => (by === "status" && first !== undefined ? statusLabel(first.status) : (name ?? (by === "service" ? t("No service") : t("No contributing factor")))),
    },
  });
  return {
    nodes,
    ...(nodes.length === 0 ? {} : { description: { service: t("by service"), factor: t("by factor"), status: t("by status") }[by] }),
    ...(files.failure === undefined ? {} : { message: describeFailure(files.failure).message }),
  };
}

function pending(session: DeskSession): BuiltView {
  const pendingChanges = visibleChanges(session.pending.waiting(), session.clock.now());
  const badge = pendingBadge(pendingCount(session));
  return { nodes: [...buildPending(session, pendingChanges), ...buildDeliveries(session), ...buildUnreadable(session)], ...(badge === undefined ? {} : { badge }) };
}

async function buildOnCall(session: DeskSession, choice: OutlineChoice): Promise<BuiltView> {
  const t = vscode.l10n.t;
  const { desk, path, problems, stale } = session.desk.now();
  const now = session.clock.now();
  const me = session.account.knownMe();
  const snapshot = session.issues.snapshot();
  const context = snapshot === undefined ? undefined : issueContext("onCall", session, snapshot, choice);
  const onCall = Object.values(session.clocks.holders());
  const needed = context === undefined || me === undefined ? [] : issueRows(context, "needed", ({ issue, urgency }) => urgency !== undefined && urgency.state !== "later" && concerns(issue, me, onCall));
  const lowHanging = context === undefined ? [] : issueRows(context, "lowHanging", ({ issue }) => isLowHanging(issue));
  const due = me === undefined ? undefined : handoffDue(desk, session.clocks.time(), me, snapshot?.issues ?? [], session.pending.operations(), now);
  const nodes = onCallNodes({
    desk,
    problems,
    stale,
    ...(path === undefined ? {} : { path }),
    issues: snapshot?.issues ?? [],
    runbooks: await session.runbooks.roleChecklists(),
    ...(me === undefined ? {} : { me }),
    store: session.store.now(),
    now,
    pending: pendingCount(session),
    time: session.clocks.time(),
    formatInstant: timeFormat(now, desk.timezone, vscode.env.language).full,
    checklistsTitle: t("Checklists"),
    calendarProblems: session.clocks.calendarProblems(),
    scheduleTitles: { own: t("My next shifts"), flaws: t("Gaps in the next 8 weeks"), away: t("Away in the next 2 weeks") },
    needed: { title: t("Needs you now"), children: needed },
    ownActions: { title: t("Your overdue action items"), children: me === undefined ? [] : ownActions(session, me) },
    leftOpen: { title: t("Earlier checklists with open steps"), children: context === undefined ? [] : issueRows(context, "leftOpen", (known) => leftOpen(known, desk, now)) },
    lowHanging: { title: t("Low-hanging fruit"), children: lowHanging },
    ...(due === undefined || millisecondsOf(due.at) > millisecondsOf(now) ? {} : { ending: due.shift }),
  });
  return {
    nodes: snapshot === undefined ? nodes : [...brokenNodes(snapshot, desk, "onCall"), ...nodes],
    ...((vscode.workspace.workspaceFolders ?? []).length > 1 ? { description: plainLabel(session.folder.name) } : {}),
    ...(needed.length === 0 ? {} : { badge: { value: needed.length, tooltip: needed.length === 1 ? t("1 issue needs you now") : t("{0} issues need you now", needed.length) } }),
  };
}

function issues(view: ViewName, session: DeskSession, choice: OutlineChoice): BuiltView {
  const snapshot = session.issues.snapshot();
  const t = vscode.l10n.t;
  const state = storeMessage(session);
  if (snapshot === undefined) return { nodes: [], ...(state === "" ? {} : { message: state }) };
  const outline = issueNodes({
    ...issueContext(view, session, snapshot, choice),
    ...(session.store.now().kind === "github" ? { links: (ref) => readLinks(session, ref) } : {}),
  });
  const filter = isFiltered(choice.filter) ? describeFilter(choice.filter) : "";
  const hidden = outline.hidden === 0 ? "" : t("{0} open hidden", outline.hidden);
  const only = filter === "" || outline.nodes.length === 0 ? "" : t("Filter: {0}", [filter, hidden].filter((part) => part !== "").join(" · "));
  const message = [state, only].filter((part) => part !== "").join(" · ");
  const grouped = { none: "", stage: t("by stage"), priority: t("by priority"), assignee: t("by assignee"), kind: t("by kind") }[choice.group];
  const title = findKind(session.desk.config(), "request") === undefined ? t("Issues") : t("Requests");
  return {
    ...(view === "requests" ? { title } : {}),
    nodes: outline.nodes,
    ...(message === "" ? {} : { message }),
    ...(grouped === "" ? {} : { description: grouped }),
  };
}

function issueContext(view: ViewName, session: DeskSession, snapshot: IssueSnapshot, choice: OutlineChoice): IssueContext {
  const t = vscode.l10n.t;
  const me = session.account.knownMe();
  const now = session.clock.now();
  const desk = session.desk.config();
  const times = timeFormat(now, desk.timezone, vscode.env.language);
  return {
    view,
    snapshot,
    desk,
    facts: session.issues.factsOf,
    choice,
    ...(me === undefined ? {} : { me }),
    now,
    urgency: (issue) => urgencyOf(session.clocks.clockOf(issue), session.clocks.time(), now),
    isAcknowledged: (issue) => {
      const { goal, acknowledged } = session.clocks.clockOf(issue);
      return goal === undefined && acknowledged === undefined ? undefined : acknowledged !== undefined;
    },
    formatUrgency: (urgency) => formatUrgency(t, urgency, times),
    describeUrgency: (urgency) => describeUrgency(t, urgency, times),
    labels: { ...linkLabels(), noPriority: t("No priority"), nobody: t("Unassigned"), noKind: t("No kind"), test: t("test") },
  };
}

function readLinks({ links }: Pick<DeskSession, "links">, ref: IssueRef): ReadLinks | undefined {
  const known = links.known(ref);
  if (known === undefined) return undefined;
  const { failure, ...rest } = known;
  return failure === undefined ? rest : { ...rest, failure: vscode.l10n.t("Links and pull requests could not be loaded. {0}", describeFailure(failure).message) };
}

function linkLabels(): LinkLabels {
  const t = vscode.l10n.t;
  return {
    parent: t("raised from"),
    ofRecord: t("belongs to"),
    ofOpportunity: t("funded by"),
    child: t("child"),
    blockedBy: t("blocked by"),
    blocks: t("blocks"),
    related: t("related"),
    duplicateOf: t("duplicate of"),
    hasDuplicate: t("duplicate"),
    open: t("Open"),
    closed: t("Closed"),
    merged: t("Merged"),
    draft: t("Draft"),
    blocked: t("blocked"),
    notHere: t("not on this desk"),
    nothingLinked: t("No linked issues or pull requests"),
  };
}

function describeFilter(filter: IssueFilter): string {
  const t = vscode.l10n.t;
  const assignee = filter.assignee === "@me" ? t("assigned to me") : filter.assignee === "@nobody" ? t("assigned to nobody") : filter.assignee === undefined ? "" : t("assigned to {0}", filter.assignee);
  const state = { open: "", closed: t("closed"), all: t("open and closed") }[filter.state];
  return [state, filter.text === undefined ? "" : `“${filter.text}”`, assignee, filter.priority ?? "", filter.stage ?? "", filter.service ?? ""]
    .filter((part) => part !== "")
    .map(plainLabel)
    .join(" · ");
}

/** The message above issues that are not up to date with their server, and why. Empty when they are, or when they are stored in files. */
function storeMessage(session: DeskSession): string {
  if (session.store.now().kind === "files") return "";
  const t = vscode.l10n.t;
  const failure = session.store.failure();
  const asOf = session.issues.asOf();
  if (failure === undefined && asOf === undefined) return session.issues.snapshot() === undefined ? t("Loading issues…") : "";
  // An empty view with no message shows the button to sign in.
  if (failure?.failure.kind === "signedOut" && (session.issues.snapshot()?.issues ?? []).length === 0) return "";
  const age = asOf === undefined ? "" : t("As of {0}", formatAgo(asOf, session.clock.now(), vscode.env.language));
  return [age, failure === undefined ? t("checking for changes…") : describeStoreFailure(failure.failure)].filter((part) => part !== "").join(" · ");
}

/** Why the issues are not up to date. What happens to pending changes is shown in their own view. */
function describeStoreFailure(failure: Failure): string {
  const t = vscode.l10n.t;
  switch (failure.kind) {
    case "offline":
      return failure.answeredBy === undefined ? t("{0} is not responding.", hostOf(failure.server)) : t("{0} is not responding. Another server answered instead.", hostOf(failure.server));
    case "serverError":
      return failure.status < 300 ? t("{0} sent a response that could not be read.", hostOf(failure.server)) : t("{0} reported a server error (status {1}).", hostOf(failure.server), failure.status);
    case "limited":
      return t("{0} is rate-limiting requests until {1}.", hostOf(failure.server), new Date(failure.until).toLocaleTimeString(vscode.env.language, { hour: "2-digit", minute: "2-digit" }));
    default:
      return describeFailure(failure).message;
  }
}
