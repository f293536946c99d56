import * as vscode from "vscode";
import { findStep } from "../../../core/checklist/checklistSteps";
import { lockedSteps, progress } from "../../../core/checklist/marking";
import { readableText } from "../../../core/checklist/values";
import { readChecklists } from "../../../core/markup/checklistRegion";
import type { Checklist, ChecklistStep } from "../../../core/model/checklist";
import type { Issue } from "../../../core/model/issue";
import type { IssueRef } from "../../../core/model/issueRef";
import { failed, ok, type Result } from "../../../core/model/result";
import type { DeskSession } from "../../app/session";
import { pickOne } from "../../ui/quickPick";
import { plainLabel, withoutMarkup } from "../../ui/safeText";
import { chooseIssue, isOpen, shortReference } from "./pickIssue";
import { readIssueTarget } from "./target";

/** A checklist and its issue. */
interface ChosenChecklist {
  readonly ref: IssueRef;
  readonly checklist: Checklist;
}

/** The checklist in an argument, or that the user picks. `undefined` if they leave or it no longer exists. */
export async function chooseChecklist(session: DeskSession, argument: unknown, title: string): Promise<ChosenChecklist | undefined> {
  const t = vscode.l10n.t;
  const checklistsOf = ({ body, ref }: Issue): readonly Checklist[] => readChecklists(body, ref.repository);
  const ref = await chooseIssue(session, argument, { title, suits: (issue) => isOpen(issue) && checklistsOf(issue).length > 0 });
  if (ref === undefined) return undefined;
  const issue = session.issues.find(ref);
  const checklists = issue === undefined ? [] : checklistsOf(issue);
  const named = readIssueTarget(argument)?.run;
  if (named !== undefined) {
    const checklist = checklists.find(({ id }) => id === named);
    return checklist && { ref, checklist };
  }
  const [only] = checklists;
  if (only !== undefined && checklists.length === 1) return { ref, checklist: only };
  const answer = await pickOne({
    flowStep: { title, back: false },
    placeholder: t("Select a checklist of {0}", shortReference(session, ref)),
    choices: checklists.map((checklist) => {
      const { done, total } = progress(checklist);
      return { label: plainLabel(checklist.title), description: `${done}/${total}`, value: checklist };
    }),
  });
  return answer.kind === "next" ? { ref, checklist: answer.value } : undefined;
}

interface ChosenStep extends ChosenChecklist {
  readonly step: ChecklistStep;
}

/** The step in an argument, or that the user picks. `undefined` if they leave. Fails if the step in the argument no longer exists. */
export async function chooseStep(session: DeskSession, argument: unknown, title: string): Promise<Result<ChosenStep | undefined>> {
  const chosen = await chooseChecklist(session, argument, title);
  if (chosen === undefined) return ok(undefined);
  const named = readIssueTarget(argument)?.step;
  const step = named === undefined ? await pickStep(chosen.checklist, title) : findStep(chosen.checklist, named);
  if (step === undefined && named !== undefined) return failed({ kind: "stepGone", ref: chosen.ref, step: named });
  return ok(step && { ...chosen, step });
}

/** Asks for a step of a checklist. Locked steps are not offered. */
async function pickStep(checklist: Checklist, title: string): Promise<ChecklistStep | undefined> {
  const locked = lockedSteps(checklist);
  const steps = checklist.items.filter((item) => item.kind === "step" && item.part !== "option" && !locked.has(item.id));
  const answer = await pickOne({
    flowStep: { title, back: false },
    placeholder: vscode.l10n.t("Select a step"),
    choices: steps.flatMap((step) => (step.kind === "step" ? [{ label: plainLabel(withoutMarkup(readableText(step.text, checklist))), value: step }] : [])),
  });
  return answer.kind === "next" ? answer.value : undefined;
}
