import * as vscode from "vscode";
import { formatRef } from "../../core/model/issueRef";
import type { ActionState } from "../../core/postmortem/library/actionState";
import { isOpenAction } from "../../core/postmortem/library/library";
import type { PostmortemStatus } from "../../core/postmortem/postmortem";
import { assertNever } from "../../core/model/result";
import { brokenReason } from "../ui/failureMessages";
import { safeTooltip } from "../ui/safeMarkdown";
import { plainLabel, withoutMarkup } from "../ui/safeText";
import { decorate, icon } from "./icons";
import type { ActionNode, LibraryNode, PostmortemNode } from "./postmortemNode";

/** The label of a row about a post-mortem. */
export function libraryLabel(node: LibraryNode): string {
  switch (node.kind) {
    case "postmortem":
      return withoutMarkup(node.title);
    case "action": {
      const title = withoutMarkup(node.title === "" ? vscode.l10n.t("Action item without a text") : node.title);
      return node.overdue && node.due !== undefined ? `${node.due} · ${title}` : title;
    }
    case "unreadablePostmortem":
      return node.path.split("/").at(-1) ?? node.path;
    default:
      return assertNever(node);
  }
}

/** Renders a row about a post-mortem. */
export function decorateLibrary(item: vscode.TreeItem, node: LibraryNode): vscode.TreeItem {
  const t = vscode.l10n.t;
  switch (node.kind) {
    case "postmortem":
      return decoratePostmortem(item, node);
    case "action":
      return decorateAction(item, node);
    case "unreadablePostmortem":
      return decorate(item, {
        description: t("cannot be read"),
        icon: icon("warning", "list.warningForeground"),
        context: "unreadablePostmortem",
        tooltip: safeTooltip(node.path, [t("The post-mortem cannot be read, because {0}.", brokenReason(node.reason)), t("Click to open the file and fix it.")]),
        click: ["responseDesk._postmortem.openFile", { path: node.path }],
      });
    default:
      return assertNever(node);
  }
}

function decoratePostmortem(item: vscode.TreeItem, node: PostmortemNode): vscode.TreeItem {
  const t = vscode.l10n.t;
  const overdue = node.overdue === 0 ? [] : [node.overdue === 1 ? t("1 overdue action item") : t("{0} overdue action items", node.overdue)];
  const lines = [
    node.path,
    t("Status: {0}", statusLabel(node.status)),
    ...(node.review === undefined ? [] : [t("Review: {0}", node.review)]),
    ...(node.ref === undefined ? [] : [t("Incident: {0}", formatRef(node.ref, ""))]),
    ...(node.severity === undefined ? [] : [t("Severity: {0}", node.severity)]),
    ...(node.services.length === 0 ? [] : [t("Services: {0}", node.services.join(", "))]),
    ...(node.factors.length === 0 ? [] : [t("Contributing factors: {0}", node.factors.join(", "))]),
    ...(node.owner === undefined ? [] : [t("Owner: {0}", node.owner)]),
    ...(node.open === 0 ? [] : [node.open === 1 ? t("1 open action item") : t("{0} open action items", node.open)]),
    ...overdue,
    ...(node.problem === undefined ? [] : [t("Its fields, such as status and services, cannot be read, because {0}.", brokenReason(node.problem))]),
  ];
  return decorate(item, {
    description: [node.date, node.problem === undefined ? statusLabel(node.status) : t("fields cannot be read"), ...(node.overdue === 0 ? [] : [t("{0} overdue", node.overdue)])].filter((part) => part !== undefined).join(" · "),
    icon: node.problem !== undefined ? icon("warning", "list.warningForeground") : node.overdue > 0 ? icon("notebook", "list.warningForeground") : icon("notebook"),
    context: ["postmortem", statusWords[node.status], ...(node.ref === undefined ? [] : ["onIssue"])].join(" "),
    tooltip: safeTooltip(node.title, lines),
    ariaLabel: [node.title, ...(node.date === undefined ? [] : [node.date]), ...lines.slice(1)].map(plainLabel).join(", "),
    click: ["responseDesk._postmortem.openBuilder", { path: node.path, ...(node.ref === undefined ? {} : { incident: node.ref }) }],
  });
}

function decorateAction(item: vscode.TreeItem, node: ActionNode): vscode.TreeItem {
  const t = vscode.l10n.t;
  const { ref, lost, incident, due } = node;
  const at = lost?.kind === "transferred" ? lost.to : ref;
  const where = lost === undefined ? (at === undefined ? undefined : formatRef(at, incident?.repository ?? "")) : lost.kind === "gone" ? t("issue not found") : t("moved to {0}", formatRef(lost.to, ""));
  const state = actionStateLabel(node.state);
  const isOpen = isOpenAction(node);
  const dueText = due === undefined ? [] : [node.overdue ? t("overdue since {0}", due) : t("due {0}", due)];
  return decorate(item, {
    description: [...(isOpen ? [] : [state]), ...(isOpen && !node.overdue ? dueText : []), node.owner, where].filter((part) => part !== undefined && part !== "").map((part) => plainLabel(part ?? "")).join(" · "),
    icon: node.overdue ? icon("watch", "list.warningForeground") : lost !== undefined ? icon("warning", "list.warningForeground") : actionIcon(node.state),
    context: ["action", ...(at === undefined || lost?.kind === "gone" ? [] : ["onIssue"])].join(" "),
    tooltip: safeTooltip(node.title, [
      t("State: {0}", state),
      ...dueText,
      ...(node.owner === "" ? [t("No owner")] : [t("Owner: {0}", node.owner)]),
      ...(ref === undefined ? [] : [t("Issue: {0}", formatRef(ref, ""))]),
      ...(lost === undefined || ref === undefined ? [] : [lost.kind === "gone" ? t("The issue was not found. It may have been deleted. The post-mortem keeps its reference.") : t("The issue was transferred to {0}. The post-mortem still names {1}.", formatRef(lost.to, ""), formatRef(ref, ""))]),
      t("Post-mortem: {0}", node.postmortem),
    ]),
    ariaLabel: [node.title, state, ...dueText, node.owner, where ?? "", node.postmortem].filter((part) => part !== "").map(plainLabel).join(", "),
    click:
      at === undefined || lost?.kind === "gone"
        ? ["responseDesk._postmortem.openBuilder", { path: node.path, ...(incident === undefined ? {} : { incident }) }]
        : ["responseDesk.issue.open", { ref: at }],
  });
}

function actionIcon(state: ActionState): vscode.ThemeIcon {
  switch (state) {
    case "done":
      return icon("pass-filled", "charts.green");
    case "not planned":
    case "declined":
      return icon("circle-slash", "disabledForeground");
    case "accepted":
      return icon("issues");
    case "proposed":
      return icon("lightbulb");
    default:
      return assertNever(state);
  }
}

/** The state of an action item in the display language. */
function actionStateLabel(state: ActionState): string {
  const t = vscode.l10n.t;
  return { proposed: t("proposed"), accepted: t("accepted"), done: t("done"), "not planned": t("not planned"), declined: t("declined") }[state];
}

/** The status of a post-mortem in the display language. */
export function statusLabel(status: PostmortemStatus): string {
  const t = vscode.l10n.t;
  return { Draft: t("Draft"), "In review": t("In review"), Reviewed: t("Reviewed"), Closed: t("Closed") }[status];
}

/** One word for each status, for the conditions of menus. */
const statusWords: Readonly<Record<PostmortemStatus, string>> = { Draft: "draft", "In review": "inReview", Reviewed: "reviewed", Closed: "closed" };
