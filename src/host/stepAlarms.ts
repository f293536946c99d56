import * as vscode from "vscode";
import { millisecondsOf } from "../core/instantTime";
import { formatRef, refKey } from "../core/issue/issueRef";
import { dueSteps, type DueStep } from "../core/runbook/stepTimer";
import type { DeskSession } from "./session";
import { debounced } from "./platform/debounced";
import { sharedMemory } from "./platform/storage";
import { plainLabel } from "./views/plainLabel";
import { withoutMarkup } from "./views/withoutMarkup";

/** What was due longer ago is no news. */
const oldest = 24 * 3_600_000;
/** A timer's longest time. */
const longest = 2 ** 31 - 1;
/** Milliseconds in which another window may have taken the same alarm. */
const settle = 300;

/** Tells the person at the keyboard, once on this machine, that a step of theirs is still open when its time is up. */
export function stepAlarms(context: vscode.ExtensionContext, session: DeskSession): vscode.Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const handled = new Set<string>();

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
      for (const each of passed) {
        handled.add(nameOf(each));
        void tell(each).catch((error: unknown) => session.log.error(`An alarm could not be told: ${String(error)}`));
      }
      plan();
    }, Math.min(Math.max(millisecondsOf(next.due) - now, 0), longest));
  }

  /** Of several windows the one that wrote last tells. */
  async function takes(name: string): Promise<boolean> {
    const memory = await sharedMemory(context, `${session.folder.uri.toString()} alarms`);
    const told = await memory.read(name);
    if (told.kind === "ok" && told.value !== undefined) return false;
    const id = session.ids.next();
    const written = await memory.write(name, id);
    await session.clock.wait(settle);
    const now = await memory.read(name);
    // Rather twice than never where nothing can be remembered.
    return written.kind === "failed" || now.kind === "failed" || now.value === id;
  }

  async function tell(step: DueStep): Promise<void> {
    if (!(await takes(nameOf(step)))) return;
    const t = vscode.l10n.t;
    const open = t("Open Checklist");
    const text = t("“{0}” on {1} was due {2} after its checklist began, and is still open.", plainLabel(withoutMarkup(step.step.text)), formatRef(step.ref, ""), step.step.within ?? "");
    const chosen = await vscode.window.showWarningMessage(text, open);
    if (chosen === open) await vscode.commands.executeCommand("responseDesk.issue.openChecklist", { ref: step.ref, run: step.run.id });
  }

  const planSoon = debounced(50, plan);
  plan();
  return vscode.Disposable.from(planSoon, session.onDidChange(() => planSoon()), { dispose: () => clearTimeout(timer) });
}

function nameOf({ ref, run, step, due }: DueStep): string {
  return `alarm/${refKey(ref)}/${run.id}/${step.id}/${due}`;
}
