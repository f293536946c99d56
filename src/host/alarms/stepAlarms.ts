import * as vscode from "vscode";
import { millisecondsOf } from "../../core/instantTime";
import { formatRef, refKey } from "../../core/issue/issueRef";
import { dueSteps, type DueStep } from "../../core/runbook/stepTimer";
import type { DeskSession } from "../app/session";
import { plainLabel } from "../views/plainLabel";
import { withoutMarkup } from "../views/withoutMarkup";
import { tellInTime } from "./tellInTime";

/** Tells the person at the keyboard, once on this machine, that steps of theirs are still open when their time is up: those of a run at one time together. */
export function stepAlarms(session: DeskSession): vscode.Disposable {
  return tellInTime("steps", session, (me, issues) => {
    const together = new Map<string, DueStep[]>();
    for (const step of dueSteps(issues, me)) together.set(nameOf(step), [...(together.get(nameOf(step)) ?? []), step]);
    return [...together].flatMap(([name, steps]) => {
      const [first] = steps;
      return first === undefined ? [] : [{ name, subject: name, at: millisecondsOf(first.due), tell: () => tell(first, steps.length) }];
    });
  });
}

async function tell({ ref, run, step }: DueStep, count: number): Promise<void> {
  const t = vscode.l10n.t;
  const open = t("Open Checklist");
  const text =
    count === 1
      ? t("“{0}” on {1} was due {2} after its checklist began, and is still open.", plainLabel(withoutMarkup(step.text)), formatRef(ref, ""), step.within ?? "")
      : t("{0} steps of “{1}” on {2} were due {3} after it began, and are still open.", count, plainLabel(withoutMarkup(run.title)), formatRef(ref, ""), step.within ?? "");
  const chosen = await vscode.window.showWarningMessage(text, open);
  if (chosen === open) await vscode.commands.executeCommand("responseDesk.issue.openChecklist", { ref, run: run.id });
}

function nameOf({ ref, run, due }: DueStep): string {
  return `alarm/${refKey(ref)}/${run.id}/${due}`;
}
