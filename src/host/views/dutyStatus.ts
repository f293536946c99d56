import * as vscode from "vscode";
import { concerns, urgencyOf, type Urgency } from "../../core/duty/urgency";
import type { Issue } from "../../core/issue/issue";
import { formatRef } from "../../core/issue/issueRef";
import { debounce } from "../../core/model/queues";
import { systemTimer } from "../platform/systemClock";
import { followEvents } from "../platform/followEvents";
import type { DeskSession } from "../session";
import { plainLabel } from "./plainLabel";
import { safeTooltip } from "./safeMarkdown";
import { sayInstant } from "./sayInstant";
import { sayUrgency } from "./sayUrgency";
import { runInBackground } from "../platform/background";

/** One line of the status bar: who is on duty, and what is due first; coloured where that is near or past and for the person at the keyboard. */
export function dutyStatus(session: DeskSession): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("responseDesk.duty", vscode.StatusBarAlignment.Left, 10);
  item.name = vscode.l10n.t("Response Desk: On Duty");

  let shown: string | undefined;

  function show(): void {
    const { desk } = session.desk();
    const now = session.clock.now();
    const [role] = Object.keys(session.holders());
    const holder = role === undefined ? undefined : session.holders()[role];
    const first = firstDue(session);
    if (holder === undefined && first === undefined) return item.hide();

    const t = vscode.l10n.t;
    const words = first === undefined ? undefined : `${formatRef(first.issue.ref, homeOf(first.issue))} ${sayUrgency(first.urgency)}`;
    item.text = [holder === undefined ? `$(watch)` : `$(organization) ${plainLabel(holder)}`, ...(words === undefined ? [] : [plainLabel(words)])].join(holder === undefined ? " " : " · ");
    const lines = [
      ...(holder === undefined || role === undefined ? [] : [t("{0}: {1}", role, holder)]),
      ...(first === undefined ? [t("Nothing is due.")] : [first.issue.title, t("{0}, at {1}", sayUrgency(first.urgency), sayInstant(first.urgency.at, now, desk.timezone, vscode.env.language))]),
    ];
    item.tooltip = safeTooltip(t("Response Desk"), lines);
    item.accessibilityInformation = { label: [t("Response Desk"), ...lines].map(plainLabel).join(", "), role: "button" };
    item.command = first === undefined ? "responseDesk.onDuty.focus" : { command: "responseDesk.issue.open", title: "", arguments: [{ ref: first.issue.ref }] };
    item.backgroundColor = background(first, session);
    item.show();
    // The rows of the views tell the same time.
    if (words !== shown) runInBackground(vscode.commands.executeCommand("responseDesk._views.update"), session.log);
    shown = words;
  }

  const showSoon = debounce(systemTimer, 100, show);
  const clock = setInterval(show, 15_000);
  show();
  return vscode.Disposable.from(item, showSoon, followEvents(showSoon, session.onDidChangeIssues, session.onDidChangeDesk, session.onDidChangeClocks, session.onDidChangeStore), { dispose: () => clearInterval(clock) });
}

interface FirstDue {
  readonly issue: Issue;
  readonly urgency: Urgency;
}

/** What is due first of all open issues. */
function firstDue(session: DeskSession): FirstDue | undefined {
  let found: { readonly issue: Issue; readonly at: string } | undefined;
  for (const issue of session.issues()?.issues ?? []) {
    const at = issue.state === "open" ? session.clockOf(issue).due[0]?.at : undefined;
    if (at !== undefined && (found === undefined || at < found.at)) found = { issue, at };
  }
  const urgency = found === undefined ? undefined : urgencyOf(session.clockOf(found.issue), session.time(), session.clock.now());
  return found === undefined || urgency === undefined ? undefined : { issue: found.issue, urgency };
}

function background(first: FirstDue | undefined, session: DeskSession): vscode.ThemeColor | undefined {
  const me = session.knownMe();
  if (first === undefined || me === undefined || !concerns(first.issue, me, Object.values(session.holders()))) return undefined;
  const { state } = first.urgency;
  return state === "later" ? undefined : new vscode.ThemeColor(`statusBarItem.${state === "past" ? "error" : "warning"}Background`);
}

/** The repository is not named: the tooltip tells the title. */
function homeOf({ ref }: Issue): string {
  return ref.repository;
}
