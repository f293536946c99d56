import * as vscode from "vscode";
import { findKind } from "../../core/desk/kindOf";
import { concerns, urgencyOf } from "../../core/duty/urgency";
import { handoffDue } from "../../core/handoff/handoffDue";
import { millisecondsOf } from "../../core/instantTime";
import type { IssueSnapshot } from "../../core/issue/issue";
import { isLowHanging } from "../../core/issue/lowHanging";
import type { IssueRef } from "../../core/issue/issueRef";
import { assertNever } from "../../core/result";
import { wordFailure } from "../commands/failureWords";
import type { DeskSession } from "../app/session";
import { buildPending, buildUnreadable } from "./buildPending";
import { dutyNodes } from "./dutyNodes";
import { brokenNodes, issueNodes, issueRows, type IssueScene } from "./issueNodes";
import { lastingChanges } from "./lastingChanges";
import { leftOpen } from "./leftOpen";
import type { LinkWords, ReadLinks } from "./linkedNodes";
import type { DeskNode, ViewName } from "./node";
import { isFiltered, type IssueFilter, type OutlineChoice } from "./outlineChoice";
import { pendingBadge } from "./pendingBadge";
import { plainLabel } from "./plainLabel";
import { runbookNodes } from "./runbookNodes";
import { sayInstant } from "./sayInstant";
import { sayUrgency } from "./sayUrgency";
import { storeMessage } from "./storeMessage";
export { toTreeItem } from "./toTreeItem";

/** What a view shows: its tree, and what stands above and beside it. */
export interface BuiltView {
  /** In place of the manifest's, as on a desk that knows no requests. */
  readonly title?: string;
  readonly nodes: readonly DeskNode[];
  readonly message?: string;
  readonly description?: string;
  readonly badge?: { readonly value: number; readonly tooltip: string };
}

/** Builds a view from what the session knows now. */
export async function buildView(view: ViewName, session: DeskSession, choice: OutlineChoice): Promise<BuiltView> {
  switch (view) {
    case "onDuty":
      return duty(session, choice);
    case "pending":
      return pending(session);
    case "runbooks":
      return { nodes: runbookNodes(await session.runbooks.all(), session.desk.folder()) };
    case "incidents":
    case "requests":
    case "records":
      return issues(view, session, choice);
    default:
      return assertNever(view);
  }
}

function pending(session: DeskSession): BuiltView {
  const waiting = lastingChanges(session.pending.waiting(), session.clock.now());
  const unreadable = buildUnreadable(session);
  const badge = pendingBadge(waiting.length + unreadable.length);
  return { nodes: [...buildPending(session, waiting), ...unreadable], ...(badge === undefined ? {} : { badge }) };
}

async function duty(session: DeskSession, choice: OutlineChoice): Promise<BuiltView> {
  const t = vscode.l10n.t;
  const { desk, path, problems, stale } = session.desk.now();
  const now = session.clock.now();
  const me = session.account.knownMe();
  const snapshot = session.issues.snapshot();
  const scene = snapshot === undefined ? undefined : issueScene("onDuty", session, snapshot, choice);
  const onDuty = Object.values(session.clocks.holders());
  const needed = scene === undefined || me === undefined ? [] : issueRows(scene, "needed", ({ issue, urgency }) => urgency !== undefined && urgency.state !== "later" && concerns(issue, me, onDuty));
  const lowHanging = scene === undefined ? [] : issueRows(scene, "lowHanging", ({ issue }) => isLowHanging(issue));
  const due = me === undefined ? undefined : handoffDue(desk, session.clocks.time(), me, snapshot?.issues ?? [], session.pending.operations(), now);
  const nodes = dutyNodes({
    desk,
    problems,
    stale,
    ...(path === undefined ? {} : { path }),
    issues: snapshot?.issues ?? [],
    runbooks: await session.runbooks.all(),
    ...(me === undefined ? {} : { me }),
    store: session.store.now(),
    now,
    pending: lastingChanges(session.pending.waiting(), now).length + session.pending.unreadable().length,
    time: session.clocks.time(),
    say: (at) => sayInstant(at, now, desk.timezone, vscode.env.language),
    checklistsTitle: t("Checklists"),
    calendarProblems: session.clocks.calendarProblems(),
    rotaTitles: { own: t("My next turns"), flaws: t("Nobody there in the next 8 weeks"), away: t("Away now or soon") },
    needed: { title: t("Needs you now"), children: needed },
    leftOpen: { title: t("Left open earlier"), children: scene === undefined ? [] : issueRows(scene, "leftOpen", (known) => leftOpen(known, desk, now)) },
    lowHanging: { title: t("Low-hanging fruit"), children: lowHanging },
    ...(due === undefined || millisecondsOf(due.at) > millisecondsOf(now) ? {} : { ending: due.turn }),
  });
  return {
    nodes: snapshot === undefined ? nodes : [...brokenNodes(snapshot, desk, "onDuty"), ...nodes],
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
    ...issueScene(view, session, snapshot, choice),
    ...(session.store.now().kind === "github" ? { links: (ref) => readLinks(session, ref) } : {}),
  });
  const filter = isFiltered(choice.filter) ? sayFilter(choice.filter) : "";
  const hidden = outline.hidden === 0 ? "" : t("{0} open hidden", outline.hidden);
  const only = filter === "" || outline.nodes.length === 0 ? "" : t("Only: {0}", [filter, hidden].filter((part) => part !== "").join(" · "));
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

function issueScene(view: ViewName, session: DeskSession, snapshot: IssueSnapshot, choice: OutlineChoice): IssueScene {
  const t = vscode.l10n.t;
  const me = session.account.knownMe();
  const now = session.clock.now();
  return {
    view,
    snapshot,
    desk: session.desk.config(),
    facts: session.issues.factsOf,
    choice,
    ...(me === undefined ? {} : { me }),
    now,
    urgency: (issue) => urgencyOf(session.clocks.clockOf(issue), session.clocks.time(), now),
    isAcknowledged: (issue) => {
      const { goal, acknowledged } = session.clocks.clockOf(issue);
      return goal === undefined && acknowledged === undefined ? undefined : acknowledged !== undefined;
    },
    sayUrgency,
    words: { ...linkWords(), noPriority: t("No priority"), nobody: t("Nobody assigned"), noKind: t("No kind") },
  };
}

function readLinks({ links }: Pick<DeskSession, "links">, ref: IssueRef): ReadLinks | undefined {
  const known = links.known(ref);
  if (known === undefined) return undefined;
  const { failure, ...rest } = known;
  return failure === undefined ? rest : { ...rest, failure: vscode.l10n.t("Links and pull requests could not be read. {0}", wordFailure(failure).message) };
}

function linkWords(): LinkWords {
  const t = vscode.l10n.t;
  return {
    parent: t("raised from"),
    child: t("child"),
    blockedBy: t("blocked by"),
    blocks: t("blocks"),
    related: t("related"),
    open: t("Open"),
    closed: t("Closed"),
    merged: t("Merged"),
    draft: t("Draft"),
    blocked: t("blocked"),
    notHere: t("not on this desk"),
    nothingLinked: t("No linked issues or pull requests"),
  };
}

function sayFilter(filter: IssueFilter): string {
  const t = vscode.l10n.t;
  const assignee = filter.assignee === "@me" ? t("assigned to me") : filter.assignee === "@nobody" ? t("assigned to nobody") : filter.assignee === undefined ? "" : t("assigned to {0}", filter.assignee);
  const state = { open: "", closed: t("closed"), all: t("open and closed") }[filter.state];
  return [state, filter.text === undefined ? "" : `“${filter.text}”`, assignee, filter.priority ?? "", filter.stage ?? "", filter.service ?? ""]
    .filter((part) => part !== "")
    .map(plainLabel)
    .join(" · ");
}
