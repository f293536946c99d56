import * as vscode from "vscode";
import { millisecondsOf } from "../core/instantTime";
import { formatRef, refKey } from "../core/issue/issueRef";
import { dueSteps, type DueStep } from "../core/runbook/stepTimer";
import type { DeskSession } from "./session";
import { alarmMemory } from "./platform/alarmMemory";
import { debounced } from "./platform/debounced";
import { plainLabel } from "./views/plainLabel";
import { withoutMarkup } from "./views/withoutMarkup";

/** What was due longer ago is no news. */
const oldest = 24 * 3_600_000;
/** A timer's longest time. */
const longest = 2 ** 31 - 1;

/** Tells the person at the keyboard, once on this machine, that steps of theirs are still open when their time is up: those of a run at one time together. */
export function stepAlarms(context: vscode.ExtensionContext, session: DeskSession): vscode.Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const handled = new Set<string>();
  const takes = alarmMemory(context, session);

  function plan(): void {
    clearTimeout(timer);
    const me = session.knownMe();
    const issues = session.issues()?.issues;
    if (me === undefined || issues === undefined) return;
    const now = millisecondsOf(session.clock.now());
    const [next, ...others] = dueSteps(issues, me).filter((each) => !handled.has(nameOf(each)) && millisecondsOf(each.due) > now - oldest);
    if (next === undefined) return;
    timer = setTimeout(() => {
      const passed = [next, ...others].filter(({ due }) => millisecondsOf(due) <= millisecondsOf(session.clock.now()));
      for (const name of new Set(passed.map(nameOf))) {
        handled.add(name);
        void tell(name, passed.filter((each) => nameOf(each) === name)).catch((error: unknown) => session.log.error(`An alarm could not be told: ${String(error)}`));
      }
      plan();
    }, Math.min(Math.max(millisecondsOf(next.due) - now, 0), longest));
  }

  async function tell(name: string, [first, ...others]: readonly DueStep[]): Promise<void> {
    if (first === undefined || !(await takes(name))) return;
    const t = vscode.l10n.t;
    const open = t("Open Checklist");
    const { ref, run, step } = first;
    const text =
      others.length === 0
        ? t("“{0}” on {1} was due {2} after its checklist began, and is still open.", plainLabel(withoutMarkup(step.text)), formatRef(ref, ""), step.within ?? "")
        : t("{0} steps of “{1}” on {2} were due {3} after it began, and are still open.", others.length + 1, plainLabel(withoutMarkup(run.title)), formatRef(ref, ""), step.within ?? "");
    const chosen = await vscode.window.showWarningMessage(text, open);
    if (chosen === open) await vscode.commands.executeCommand("responseDesk.issue.openChecklist", { ref, run: run.id });
  }

  const planSoon = debounced(50, plan);
  plan();
  return vscode.Disposable.from(planSoon, session.onDidChange(() => planSoon()), { dispose: () => clearTimeout(timer) });
}

function nameOf({ ref, run, due }: DueStep): string {
  return `alarm/${refKey(ref)}/${run.id}/${due}`;
}
