import * as v from "valibot";
import * as vscode from "vscode";
import { decisionOf, stepsOf } from "../../../core/checklist/checklistSteps";
import { blockingGate, lockedSteps, openSteps } from "../../../core/checklist/marking";
import { fieldsOf, readableText, variablesOf } from "../../../core/checklist/values";
import { type Answers, approversInstead, type MarkedStep, markedStep, markOperation, questionsFor } from "../../../core/issue/stepMark";
import type { Checklist, ChecklistStep } from "../../../core/model/checklist";
import { sameRef } from "../../../core/model/issueRef";
import { parseData } from "../../../core/model/parseData";
import { fileOfProcedure } from "../../../core/model/procedurePath";
import { failed } from "../../../core/model/result";
import { type FieldDefinition, readRequests } from "../../../core/model/stepRequests";
import { runInBackground } from "../../platform/background";
import { next, promptAll, type Question } from "../../ui/inputFlow";
import { enterText, pickOne } from "../../ui/quickPick";
import { plainLabel, withoutMarkup } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { isOpen, pickIssue } from "../input/pickIssue";
import { runbookPath } from "../input/pickRunbook";
import { chooseChecklist } from "../input/pickStep";
import { type IssueTarget, readIssueTarget, readRunbookTarget, type RunbookTarget } from "../input/target";
import { askValue } from "./fieldQuestion";

/** Marks a step as done, or chooses an option of a decision: the one in the argument, or that the user picks. */
export async function markStep(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  const title = vscode.l10n.t("Mark step");
  const line = readIssueTarget(args[0]) === undefined ? readRunbookTarget(args) : undefined;
  const argument = line?.line === undefined ? args[0] : await atLine(tools, { ...line, line: line.line }, title);
  if (line?.line !== undefined && argument === undefined) return undefined;
  const chosen = await chooseChecklist(tools.session, argument, title);
  if (chosen === undefined) return undefined;
  const { ref, checklist } = chosen;
  const named = readIssueTarget(argument)?.step;
  const id = named ?? (await pickOpenStep(tools, checklist, title));
  if (id === undefined) return undefined;
  const target = markedStep(ref, checklist, id);
  if (target === undefined) return failed({ kind: "stepGone", ref, step: id });
  return completeStep(tools, target.step.part === "decision" && target.option === undefined ? await withOption(target, title) : target);
}

/** The step at a line of a runbook, in the open issue whose checklist has it. Asks which, if there are several. */
async function atLine({ session }: DeskTools, target: RunbookTarget & { readonly line: number }, title: string): Promise<IssueTarget | undefined> {
  const t = vscode.l10n.t;
  const path = runbookPath(session, target);
  const runbook = path === undefined ? undefined : await session.runbooks.get(path);
  const step = runbook?.steps.findLast(({ line, endLine }) => line <= target.line && target.line < endLine)?.id;
  const found = (session.issues.snapshot()?.issues ?? []).filter(isOpen).flatMap((issue) => {
    const checklist = session.issues.factsOf(issue).checklists.findLast((each) => runbook !== undefined && fileOfProcedure(each.runbook) === runbook.file && stepsOf(each).some(({ id }) => id === step));
    return checklist === undefined || step === undefined ? [] : [{ issue, target: { ref: issue.ref, run: checklist.id, step } }];
  });
  if (found.length === 0) {
    runInBackground(vscode.window.showInformationMessage(t("No open issue has a checklist with this step. Start the runbook first.")), session.log);
    return undefined;
  }
  if (found.length === 1) return found[0]?.target;
  const answer = await pickIssue(session, { flowStep: { title, back: false }, placeholder: t("Select an issue"), issues: found.map(({ issue }) => issue) });
  return answer.kind === "next" ? found.find(({ target: { ref } }) => sameRef(ref, answer.value))?.target : undefined;
}

/**
 * Marks a step as done. Every command that does this ends here: it asks for the values and the comment that the step needs, and
 * writes everything as one change. Values of other checklists of the issue are suggested. Leaving a question changes nothing.
 */
async function completeStep(tools: DeskTools, target: MarkedStep | undefined): Promise<CommandEnd> {
  if (target === undefined) return undefined;
  const { session } = tools;
  const t = vscode.l10n.t;
  if (!session.account.writable()) return failed({ kind: "untrusted" });
  const gate = lockedSteps(target.checklist).has(target.step.id) ? blockingGate(target.checklist) : undefined;
  if (gate !== undefined) return failed({ kind: "gateShut", ref: target.ref, gate: gate.title });
  const text = shortText(target.option ?? target.step, target.checklist);
  const me = await session.account.me();
  if (me === undefined) return undefined;
  const approvers = approversInstead(target, me);
  if (approvers !== undefined) return failed({ kind: "notApprover", ref: target.ref, step: readableText(target.step.text, target.checklist), approvers });
  const { fields, comment } = questionsFor(target);
  const issue = session.issues.find(target.ref);
  const others = issue === undefined ? {} : variablesOf(session.issues.factsOf(issue).checklists);
  const values = fields.map(({ field, required }): Question<Answers> => ({
    async ask(answers, flowStep) {
      const answer = await askValue(session, { field, required, value: answers.values[field.name] ?? (valueOf(target.checklist, field) || (others[field.name] ?? "")) }, flowStep);
      return answer.kind === "next" ? next({ ...answers, values: { ...answers.values, [field.name]: answer.value } }) : answer;
    },
  }));
  const words: Question<Answers> = {
    applies: () => comment,
    async ask(answers, flowStep) {
      const answer = await enterText({ flowStep, prompt: t("Comment for “{0}”. It is posted on the issue", text), value: answers.comment ?? "", needed: t("This step needs a comment.") });
      return answer.kind === "next" ? next({ ...answers, comment: answer.value }) : answer;
    },
  };
  const answers = await promptAll<Answers>(t("Mark step: {0}", text), { values: {} }, [...values, words]);
  if (answers === undefined) return undefined;
  const entered = { ...answers, values: Object.fromEntries(Object.entries(answers.values).filter(([, value]) => value !== "")) };
  return tools.submit(t("Marking the step…"), markOperation(target, { kind: "done" }, entered, { approvalComments: session.store.now().kind === "github" }));
}

function valueOf({ values = [] }: Checklist, { name }: FieldDefinition): string {
  return values.find((value) => value.name === name)?.value ?? "";
}

function shortText({ text }: ChecklistStep, checklist: Checklist): string {
  const plain = labelOf(text, checklist);
  return plain.length > 60 ? `${plain.slice(0, 60)}…` : plain;
}

function labelOf(text: string, checklist: Checklist): string {
  return plainLabel(withoutMarkup(readableText(text, checklist)));
}

async function pickOpenStep({ session }: DeskTools, checklist: Checklist, title: string): Promise<string | undefined> {
  const locked = lockedSteps(checklist);
  const steps = openSteps(checklist).filter(({ id }) => !locked.has(id));
  if (steps.length === 0) {
    runInBackground(vscode.window.showInformationMessage(vscode.l10n.t("All steps of “{0}” are done.", plainLabel(checklist.title))), session.log);
    return undefined;
  }
  const answer = await pickOne({ flowStep: { title, back: false }, placeholder: vscode.l10n.t("Select a step"), choices: steps.map((step) => ({ label: labelOf(step.text, checklist), value: step.id })) });
  return answer.kind === "next" ? answer.value : undefined;
}

async function withOption({ ref, checklist, step }: MarkedStep, title: string): Promise<MarkedStep | undefined> {
  const options = stepsOf(checklist).filter((each) => each.part === "option" && decisionOf(checklist, each)?.id === step.id);
  const answer = await pickOne({ flowStep: { title, back: false }, placeholder: shortText(step, checklist), choices: options.map((option) => ({ label: labelOf(option.text, checklist), value: option.id })) });
  return answer.kind === "next" ? markedStep(ref, checklist, answer.value) : undefined;
}

const named = v.object({ field: v.string() });

/** Fills in or changes the value of a field of a checklist: the one in the argument, or that the user picks. */
export async function fillField(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Fill in field");
  const flowStep = { title, back: false };
  const chosen = await chooseChecklist(session, argument, title);
  if (chosen === undefined) return undefined;
  const { ref, checklist } = chosen;
  const fields = fieldsOf(checklist);
  if (fields.length === 0) {
    runInBackground(vscode.window.showInformationMessage(t("The steps of this checklist ask for no values. A step asks for a value where its text contains a name in braces, for example {{project}}.")), session.log);
    return undefined;
  }
  const name = parseData(named, argument)?.field;
  const field = name === undefined ? await pickField() : fields.find((each) => each.name === name);
  if (field === undefined) return undefined;
  if ((await session.account.me()) === undefined) return undefined;
  const required = stepsOf(checklist).some(({ text }) => readRequests(text).fields.some((each) => each.required && each.name === field.name));
  const answer = await askValue(session, { field, required, value: valueOf(checklist, field) }, flowStep);
  if (answer.kind !== "next" || answer.value === valueOf(checklist, field)) return undefined;
  return tools.submit(t("Writing the value…"), { kind: "edit", ref, change: { kind: "setValues", run: checklist.id, values: [{ name: field.name, value: answer.value, at: "", by: "" }] } });

  async function pickField(): Promise<FieldDefinition | undefined> {
    const picked = await pickOne({ flowStep, placeholder: t("Select a field"), choices: fields.map((each) => ({ label: plainLabel(each.name), description: plainLabel(valueOf(checklist, each)), value: each })) });
    return picked.kind === "next" ? picked.value : undefined;
  }
}
