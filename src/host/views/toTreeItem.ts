import * as vscode from "vscode";
import { type IgnoredMarks, opportunityKind, recordKind } from "../../core/model/issue";
import { formatRef, type IssueRef } from "../../core/model/issueRef";
import { assertNever } from "../../core/model/result";
import type { ChecklistTime } from "../../core/model/runbook";
import { brokenReason } from "../ui/failureMessages";
import { safeTooltip } from "../ui/safeMarkdown";
import { plainLabel } from "../ui/safeText";
import { decorate, icon } from "./icons";
import { type ChecklistNode, childrenOf, type DeskNode, type IssueNode, type OnCallNode, type PullNode, type RunbookNode, type SectionNode } from "./node";
import { decorateDelivery, deliveryLabel } from "./deliveryItem";
import { decorateLibrary, libraryLabel } from "./postmortemItem";
import { decoratePending, decorateUnreadable, pendingLabel, unreadableLabel } from "./pendingItem";
import { decorateMe, decorateSchedule, meLabel, scheduleLabel } from "./scheduleItem";

/** Renders a node: label, description, icon, tooltip and the command of a click. */
export function toTreeItem(node: DeskNode): vscode.TreeItem {
  const t = vscode.l10n.t;
  const item = new vscode.TreeItem(plainLabel(titleOf(node)), collapsibility(node));
  item.id = node.id;
  switch (node.kind) {
    case "group":
      return decorate(item, { description: String(node.count), context: "group", ariaLabel: `${plainLabel(node.title)}, ${node.count}` });
    case "issue":
      return decorateIssue(item, node);
    case "unknown":
      return decorate(item, {
        description: node.description,
        icon: node.state === "closed" ? closedIcon() : icon(linkIcons[node.relation] ?? (node.state === undefined ? "link-external" : "issues")),
        context: "unknown",
        click: ["responseDesk.issue.open", target(node.ref)],
      });
    case "pull":
      return decorate(item, { description: node.description, icon: pullIcon(node.state), context: "pull", click: ["vscode.open", vscode.Uri.parse(node.url)] });
    case "note":
      return decorate(item, { icon: icon("info"), context: "note" });
    case "broken":
      return decorate(item, {
        description: t("cannot be read"),
        icon: icon("warning", "list.warningForeground"),
        context: "broken",
        tooltip: safeTooltip(node.path, [t("The issue cannot be read, because {0}. The file is not overwritten.", brokenReason(node.reason)), t("Click to open the file and fix it.")]),
        click: ["responseDesk.issue.open", node],
      });
    case "onCall":
      return decorateOnCall(item, node);
    case "nextShift":
      return decorate(item, {
        description: plainLabel(node.holders.map(({ login }) => login).join(", ")),
        icon: icon("arrow-right"),
        context: "shift",
        tooltip: safeTooltip(titleOf(node), node.holders.map(({ role, login }) => `${role}: ${login}`)),
        ariaLabel: [titleOf(node), ...node.holders.map(({ role, login }) => `${role} ${login}`)].map(plainLabel).join(", "),
      });
    case "handoff":
      return decorate(item, {
        description: node.isMine ? t("click to accept") : t("not accepted yet"),
        icon: icon("arrow-swap", node.isMine ? "list.warningForeground" : undefined),
        context: node.isMine ? "handoff mine" : "handoff",
        tooltip: safeTooltip(titleOf(node), [node.count === 1 ? t("1 open issue is handed off") : t("{0} open issues are handed off", node.count), t("The handoff is complete when it is accepted.")]),
        click: [node.isMine ? "responseDesk.handoff.accept" : "responseDesk.issue.open", target(node.ref)],
      });
    case "handoffDue":
      return decorate(item, {
        description: t("shift ends {0}", node.until),
        icon: icon("arrow-swap", "list.warningForeground"),
        context: "handoffDue",
        click: ["responseDesk.handoff.start"],
      });
    case "calendar":
    case "flaw":
    case "absence":
    case "ownShift":
      return decorateSchedule(item, node);
    case "noRotation":
      return decorate(item, {
        description: node.hasDesk ? t("click to add a rotation") : t("click to create a desk"),
        icon: icon("info"),
        context: "desk",
        tooltip: safeTooltip(t("No one is on call"), [t("A rotation in desk.yml defines who is primary and backup in each shift. New incidents are assigned to the primary.")]),
        click: [node.hasDesk ? "responseDesk.desk.open" : "responseDesk.desk.create"],
      });
    case "hours":
      return decorate(item, {
        description: node.until === undefined ? "" : t("until {0}", node.until),
        icon: node.open ? icon("circle-filled", "charts.green") : icon("circle-outline", "disabledForeground"),
        context: "hours",
      });
    case "me":
      return decorateMe(item, node);
    case "checklist":
      return decorateChecklist(item, node);
    case "problem":
      return decorate(item, {
        description: node.stale ? t("last valid version in use") : problemCount(node.count),
        icon: icon(node.stale ? "error" : "warning", node.stale ? "list.errorForeground" : "list.warningForeground"),
        context: "desk",
        tooltip: safeTooltip(node.path, [node.stale ? t("desk.yml has errors, so the last valid version is in use. Click to open the file.") : t("Some settings in desk.yml are not valid and are ignored. Click to open the file.")]),
        click: ["responseDesk.desk.open", { line: node.line }],
      });
    case "pending":
      return decorate(item, { icon: icon("sync"), context: "pending", tooltip: safeTooltip(t("Stored on this machine"), [t("These changes are retried until they are written. Click to show them.")]), click: ["responseDesk.pending.show"] });
    case "pendingChange":
      return decoratePending(item, node);
    case "unreadable":
      return decorateUnreadable(item, node);
    case "delivery":
      return decorateDelivery(item, node);
    case "folder":
      return decorate(item, { icon: vscode.ThemeIcon.Folder, context: "folder" });
    case "runbook":
      return decorateRunbook(item, node);
    case "section":
      return decorateSection(item, node);
    case "step":
      return decorate(item, {
        ...(node.section === undefined ? {} : { description: plainLabel(node.section) }),
        icon: icon(node.part === "decision" ? "question" : node.part === "option" ? "arrow-small-right" : "circle-outline"),
        context: "step",
        click: ["responseDesk.runbook.open", { path: node.path, line: node.line }],
      });
    case "postmortem":
    case "action":
    case "unreadablePostmortem":
      return decorateLibrary(item, node);
    default:
      return assertNever(node);
  }
}

function titleOf(node: DeskNode): string {
  const t = vscode.l10n.t;
  switch (node.kind) {
    case "issue":
      return node.label;
    case "group":
    case "unknown":
    case "pull":
    case "note":
    case "checklist":
    case "folder":
    case "runbook":
    case "section":
    case "step":
      return node.title;
    case "broken":
      return node.path.split("/").at(-1) ?? node.path;
    case "onCall":
      return node.role;
    case "nextShift":
      return t("Next, {0}", node.from);
    case "handoff":
      return node.isMine ? t("Handoff from {0}", node.outgoing) : t("Handoff from {0} to {1}", node.outgoing, node.incoming);
    case "handoffDue":
      return node.incoming === undefined ? t("Hand off") : t("Hand off to {0}", node.incoming);
    case "calendar":
    case "flaw":
    case "absence":
    case "ownShift":
      return scheduleLabel(node);
    case "noRotation":
      return t("No one is on call");
    case "hours":
      return node.open ? t("Open") : t("Closed");
    case "me":
      return meLabel(node);
    case "problem":
      return node.stale ? t("desk.yml has errors") : t("desk.yml has problems");
    case "pending":
      return node.count === 1 ? t("1 pending change") : t("{0} pending changes", node.count);
    case "pendingChange":
      return pendingLabel(node);
    case "unreadable":
      return unreadableLabel(node);
    case "delivery":
      return deliveryLabel(node);
    case "postmortem":
    case "action":
    case "unreadablePostmortem":
      return libraryLabel(node);
    default:
      return assertNever(node);
  }
}

function decorateOnCall(item: vscode.TreeItem, node: OnCallNode): vscode.TreeItem {
  const t = vscode.l10n.t;
  const { login, name = login, email, phone, isMine: mine } = node;
  if (login === undefined) {
    return decorate(item, {
      description: t("no one · until {0}", node.until),
      icon: icon("warning", "list.warningForeground"),
      context: "onCall",
      tooltip: safeTooltip(node.role, [t("No one is available for this role in this shift. Click to find someone to cover it."), t("until {0}", node.until)]),
      click: ["responseDesk.schedule.cover", { role: node.role }],
    });
  }
  const contact = [...(name === login ? [] : [`@${login}`]), ...(email === undefined ? [] : [t("Email: {0}", email)]), ...(phone === undefined ? [] : [t("Phone: {0}", phone)])];
  return decorate(item, {
    description: `${mine ? t("you") : plainLabel(name ?? login)} · ${t("until {0}", node.until)}`,
    icon: icon(mine ? "account" : "person", mine ? "charts.green" : undefined),
    context: ["onCall", "held", ...(mine ? [] : ["other"]), ...(email === undefined ? [] : ["mail"])].join(" "),
    tooltip: safeTooltip(node.role, [name ?? login, ...contact, t("until {0}", node.until)]),
    click: ["responseDesk.schedule.show"],
  });
}

function decorateIssue(item: vscode.TreeItem, node: IssueNode): vscode.TreeItem {
  const t = vscode.l10n.t;
  const name = formatRef(node.ref, "");
  const linked = node.children.filter(({ kind }) => kind === "issue" || kind === "unknown").length;
  const lines = [
    name,
    node.state === "closed" ? t("Closed") : t("Stage: {0}", node.stage),
    ...(node.priority === undefined ? [] : [t("Priority: {0}", node.priority)]),
    node.assignees.length === 0 ? t("No one is assigned") : t("Assigned to {0}", node.assignees.join(", ")),
    ...(node.services.length === 0 ? [] : [t("Services: {0}", node.services.join(", "))]),
    ...(node.repositories.length === 0 ? [] : [t("Repositories: {0}", node.repositories.join(", "))]),
    ...(node.progress === undefined ? [] : [t("Checklist: {0} of {1} steps", node.progress.done, node.progress.total)]),
    ...(node.type === undefined ? [] : [t("Type: {0}", node.type)]),
    ...(node.due === undefined ? [] : [node.due.words]),
    ...(node.blocked ? [t("Blocked by an open issue")] : []),
    ...(node.isTest ? [t("Test: nothing is due, and nobody is reminded")] : []),
    ...(linked === 0 ? [] : [t("Linked issues: {0}", linked)]),
    ...(node.ignoredMarks ?? []).map(describeIgnored),
  ];
  return decorate(item, {
    description: node.description,
    icon: issueIcon(node),
    context: ["issue", node.state, node.progress === undefined ? "noChecklist" : "hasChecklist", ...(node.unacknowledged ? ["unacknowledged"] : []), ...(node.acknowledged ? ["acknowledged"] : []), ...(node.lowHanging ? ["fruit"] : []), ...(node.isTest ? ["test"] : []), ...(node.issueKind === recordKind || node.issueKind === opportunityKind ? [node.issueKind] : [])].join(" "),
    tooltip: safeTooltip(node.title, lines),
    ariaLabel: [node.title, ...lines].map(plainLabel).join(", "),
    click: ["responseDesk.issue.open", target(node.ref)],
  });
}

/** Why marks in an issue's text are ignored, and which. */
function describeIgnored({ by, marks }: IgnoredMarks): string {
  const t = vscode.l10n.t;
  const kinds = [
    ...(marks.includes("clock") ? [t("response clock")] : []),
    ...(marks.some((mark) => ["run", "step", "section", "moved"].includes(mark)) ? [t("checklist")] : []),
    ...(marks.includes("links") ? [t("links")] : []),
    ...(marks.some((mark) => ["handoff", "item", "part", "felt", "accepted"].includes(mark)) ? [t("handoff")] : []),
  ];
  const reason = t("This issue contains marks that are ignored because {0} has no write access and is not one of the desk's people.", by);
  return kinds.length === 0 ? reason : `${reason} ${t("Ignored: {0}.", kinds.join(", "))}`;
}

function closedIcon(): vscode.ThemeIcon {
  return icon("issue-closed", "disabledForeground");
}

/** An icon shows the relation because a narrow sidebar cuts off descriptions. */
const linkIcons: Readonly<Record<string, string>> = { parent: "type-hierarchy-super", blockedBy: "circle-slash", duplicateOf: "copy" };

function pullIcon(state: PullNode["state"]): vscode.ThemeIcon {
  if (state === "merged") return icon("git-merge", "charts.purple");
  if (state === "open") return icon("git-pull-request", "charts.green");
  return icon(`git-pull-request-${state}`, state === "draft" ? "disabledForeground" : "charts.red");
}

function issueIcon(node: IssueNode): vscode.ThemeIcon {
  if (node.state === "closed") return closedIcon();
  const linkIcon = linkIcons[node.relation];
  if (linkIcon !== undefined) return icon(linkIcon);
  if (node.due?.state === "past") return icon("watch", "list.errorForeground");
  if (node.due?.state === "near") return icon("watch", "list.warningForeground");
  if (node.blocked) return icon("circle-slash", "list.warningForeground");
  if (node.priorityRank === 0) return icon("flame", "list.errorForeground");
  return icon(node.issueKind === "incident" ? "flame" : node.issueKind === "request" ? "inbox" : "issues");
}

function decorateChecklist(item: vscode.TreeItem, node: ChecklistNode): vscode.TreeItem {
  const t = vscode.l10n.t;
  const { progress } = node;
  const done = progress !== undefined && progress.done === progress.total;
  const state = progress === undefined ? t("not started") : done ? t("done") : `${progress.done}/${progress.total}`;
  return decorate(item, {
    description: plainLabel([state, ...(node.role === undefined ? [] : [node.role])].join(" · ")),
    icon: progress === undefined ? icon("circle-large-outline") : done ? icon("pass-filled", "charts.green") : icon("checklist"),
    context: "checklist",
    tooltip: safeTooltip(node.title, [formatWhen(node.when), ...(node.role === undefined ? [] : [t("Role: {0}", node.role)]), state]),
    click: ["responseDesk.checklist.start", { path: node.path }],
  });
}

function decorateRunbook(item: vscode.TreeItem, node: RunbookNode): vscode.TreeItem {
  const t = vscode.l10n.t;
  const steps = stepCount(node.steps);
  const procedures = node.procedures === undefined ? undefined : node.procedures === 1 ? t("1 procedure") : t("{0} procedures", node.procedures);
  const details = [node.path, ...(node.issueKind === undefined ? [] : [t("Kind: {0}", node.issueKind)]), ...(node.when === undefined ? [] : [formatWhen(node.when)]), ...(procedures === undefined ? [] : [procedures]), steps];
  return decorate(item, {
    description: procedures ?? steps,
    icon: node.problems > 0 ? icon("warning", "list.warningForeground") : icon(node.when === undefined ? "book" : "checklist"),
    context: node.when === undefined ? "runbook" : "runbook checklist",
    tooltip: safeTooltip(node.title, [...details, ...(node.problems === 0 ? [] : [problemCount(node.problems)])]),
    click: ["responseDesk.runbook.open", { path: node.path }],
  });
}

function decorateSection(item: vscode.TreeItem, node: SectionNode): vscode.TreeItem {
  const t = vscode.l10n.t;
  const steps = stepCount(node.steps);
  return decorate(item, {
    description: steps,
    icon: icon(node.gate ? "lock" : node.when === undefined ? "list-unordered" : "checklist"),
    context: ["section", ...(node.gate ? ["gate"] : ["startable"]), ...(node.when === undefined ? [] : ["checklist"])].join(" "),
    tooltip: safeTooltip(node.title, [...node.above, ...(node.when === undefined ? [] : [formatWhen(node.when)]), ...(node.role === undefined ? [] : [t("Role: {0}", node.role)]), steps]),
    click: ["responseDesk.runbook.open", { path: node.path }],
  });
}

function stepCount(count: number): string {
  return count === 1 ? vscode.l10n.t("1 step") : vscode.l10n.t("{0} steps", count);
}

function formatWhen(when: ChecklistTime): string {
  const t = vscode.l10n.t;
  switch (when) {
    case "start-of-day":
      return t("start of day");
    case "during-day":
      return t("during the day");
    case "end-of-day":
      return t("end of day");
    case "start-of-shift":
      return t("start of shift");
    case "end-of-shift":
      return t("end of shift");
    default:
      return assertNever(when);
  }
}

function collapsibility(node: DeskNode): vscode.TreeItemCollapsibleState {
  if (childrenOf(node).length === 0 && !("asks" in node)) return vscode.TreeItemCollapsibleState.None;
  return (node.kind === "group" && node.schedule !== true && node.collapsed !== true) || node.kind === "folder" ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}

function target(ref: IssueRef): { readonly ref: IssueRef } {
  return { ref };
}

function problemCount(count: number): string {
  return count === 1 ? vscode.l10n.t("1 problem") : vscode.l10n.t("{0} problems", count);
}
