import * as vscode from "vscode";
import type { Issue } from "../../core/model/issue";
import { formatRef } from "../../core/model/issueRef";
import { debounce } from "../../core/model/queues";
import { concerns, nextChangeAt, type Urgency, urgencyOf } from "../../core/response/urgency";
import type { DeskSession } from "../app/session";
import { followEvents } from "../platform/followEvents";
import { systemTimer } from "../platform/ports";
import { timeFormat } from "../ui/format";
import { safeTooltip } from "../ui/safeMarkdown";
import { plainLabel } from "../ui/safeText";
import { describeUrgency, formatUrgency } from "../ui/urgencyLabels";

/** The services that the status bar depends on. */
type StatusServices = Pick<DeskSession, "issues" | "desk" | "clocks" | "account" | "store" | "ticker" | "clock">;

/** The status bar item: who is on call, and what is due first. It is colored if that is due soon or overdue and concerns the user. */
export function onCallStatus(session: StatusServices): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("responseDesk.onCallStatus", vscode.StatusBarAlignment.Left, 10);
  item.name = vscode.l10n.t("Response Desk: On Call");

  function show(): void {
    const desk = session.desk.config();
    const now = session.clock.now();
    const [role] = Object.keys(session.clocks.holders());
    const holder = role === undefined ? undefined : session.clocks.holders()[role];
    const first = firstDue(session);
    // A length does not change on the full minute.
    session.ticker.request("on-call status", first === undefined ? undefined : nextChangeAt(first.urgency, session.clocks.time(), now, desk.timezone));
    if (holder === undefined && first === undefined) return item.hide();

    const t = vscode.l10n.t;
    const times = timeFormat(now, desk.timezone, vscode.env.language);
    const due = first === undefined ? undefined : `${formatRef(first.issue.ref, first.issue.ref.repository)} ${formatUrgency(t, first.urgency, times)}`;
    item.text = [holder === undefined ? `$(watch)` : `$(organization) ${plainLabel(holder)}`, ...(due === undefined ? [] : [plainLabel(due)])].join(holder === undefined ? " " : " · ");
    const lines = [
      ...(holder === undefined || role === undefined ? [] : [t("{0}: {1}", role, holder)]),
      ...(first === undefined ? [t("Nothing is due.")] : [first.issue.title, describeUrgency(t, first.urgency, times)]),
    ];
    item.tooltip = safeTooltip(t("Response Desk"), lines);
    item.accessibilityInformation = { label: [t("Response Desk"), ...lines].map(plainLabel).join(", "), role: "button" };
    item.command = first === undefined ? "responseDesk.onCall.focus" : { command: "responseDesk.issue.open", title: "", arguments: [{ ref: first.issue.ref }] };
    item.backgroundColor = background(first, session);
    item.show();
  }

  const showSoon = debounce(systemTimer, 100, show);
  show();
  return vscode.Disposable.from(
    item,
    showSoon,
    followEvents(show, session.ticker.onDidTick),
    followEvents(showSoon, session.issues.onDidChange, session.desk.onDidChange, session.clocks.onDidChange, session.account.onDidChange, session.store.onDidChange),
    { dispose: () => session.ticker.request("on-call status", undefined) },
  );
}

interface FirstDue {
  readonly issue: Issue;
  readonly urgency: Urgency;
}

/** The open issue that is due first. */
function firstDue(session: StatusServices): FirstDue | undefined {
  let found: { readonly issue: Issue; readonly at: string } | undefined;
  for (const issue of session.issues.snapshot()?.issues ?? []) {
    const at = issue.state === "open" ? session.clocks.clockOf(issue).due[0]?.at : undefined;
    if (at !== undefined && (found === undefined || at < found.at)) found = { issue, at };
  }
  const urgency = found === undefined ? undefined : urgencyOf(session.clocks.clockOf(found.issue), session.clocks.time(), session.clock.now());
  return found === undefined || urgency === undefined ? undefined : { issue: found.issue, urgency };
}

function background(first: FirstDue | undefined, session: StatusServices): vscode.ThemeColor | undefined {
  const me = session.account.knownMe();
  if (first === undefined || me === undefined || !concerns(first.issue, me, Object.values(session.clocks.holders()))) return undefined;
  const { state } = first.urgency;
  return state === "later" ? undefined : new vscode.ThemeColor(`statusBarItem.${state === "past" ? "error" : "warning"}Background`);
}
