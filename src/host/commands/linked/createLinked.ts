import * as vscode from "vscode";
import { formDraft } from "../../../core/forms/renderForm";
import { draftIssue } from "../../../core/issue/draftIssue";
import { kindLabel } from "../../../core/issue/issueFacts";
import { draftAtLine, draftAtStep, draftUnderIssue, inputOf, type LinkedDraft, type LinkedIssue, parentOf, placedIssues } from "../../../core/issue/linkedDraft";
import type { ChecklistStep } from "../../../core/model/checklist";
import { findKind } from "../../../core/model/desk";
import { answersIn } from "../../../core/model/issueForm";
import { type IssueRef, sameRef } from "../../../core/model/issueRef";
import type { CreateOperation } from "../../../core/model/operation";
import { ok, type Result } from "../../../core/model/result";
import type { Submission } from "../../../core/sync/outbox";
import type { DeskSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import { describeFailure } from "../../ui/failureMessages";
import { promptAll } from "../../ui/inputFlow";
import { notifyRefusal } from "../../ui/pendingNotices";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { knownValues } from "../../app/knownValues";
import { chooseIssue, isOpen, shortReference } from "../input/pickIssue";
import { chooseRunbook, cursorIn } from "../input/pickRunbook";
import { revealIssue } from "../input/show";
import { type IssueTarget, readIssueTarget, readRunbookTarget } from "../input/target";
import { chosenForm, fieldQuestions, type FormContext, formQuestion, formReading } from "../issue/formQuestions";
import { anotherQuestion, detailsQuestion, linkTarget, onlyIssue, parentQuestion, repositoryQuestion, titleQuestion, variableQuestions, whichQuestion } from "./linkedQuestions";
import { reviewQuestion } from "./reviewQuestion";

/** Creates an issue linked to another one, or to a step of its checklist. */
export function createLinked(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  return createUnder(tools, args, false);
}

/** Creates several linked issues at once. */
export function createLinkedSet(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  return createUnder(tools, args, true);
}

async function createUnder(tools: DeskTools, [argument]: readonly unknown[], several: boolean): Promise<CommandEnd> {
  const ref = await chooseIssue(tools.session, argument, {
    title: vscode.l10n.t("Create linked issue"),
    placeholder: vscode.l10n.t("Select the parent issue"),
    suits: isOpen,
  });
  return ref === undefined ? undefined : linkedFlow(tools, await draftOf(tools.session, { ...readIssueTarget(argument), ref }, several));
}

async function draftOf(session: DeskSession, target: IssueTarget, several: boolean): Promise<LinkedDraft> {
  const desk = session.desk.config();
  const issue = session.issues.find(target.ref);
  const checklists = issue === undefined ? [] : session.issues.factsOf(issue).checklists;
  const checklist = checklists.find(({ id }) => id === target.run);
  const step = checklist?.items.find((item): item is ChecklistStep => item.kind === "step" && item.id === target.step);
  if (checklist !== undefined && step !== undefined) return draftAtStep(desk, target.ref, checklist, step, await session.runbooks.get(checklist.runbook), target, several);
  const runbooks = await Promise.all([...new Set(checklists.map(({ runbook }) => runbook))].map((path) => session.runbooks.get(path)));
  return draftUnderIssue(desk, target.ref, runbooks.flatMap((runbook) => runbook?.templates ?? []), several);
}

/** Creates an issue from a line of a runbook: the line in the arguments, or the line of the cursor. */
export function createLinkedFromRunbook(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  return createFromRunbook(tools, args, false);
}

/** Creates several linked issues at once. */
export function createLinkedSetFromRunbook(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  return createFromRunbook(tools, args, true);
}

async function createFromRunbook(tools: DeskTools, args: readonly unknown[], several: boolean): Promise<CommandEnd> {
  const { session } = tools;
  const runbook = await chooseRunbook(session, args, vscode.l10n.t("Create linked issue"), vscode.l10n.t("Select a runbook"));
  if (runbook === undefined) return undefined;
  const line = readRunbookTarget(args)?.line ?? cursorIn(session, runbook);
  return linkedFlow(tools, draftAtLine(session.desk.config(), runbook, line ?? -1, several));
}

/** Asks for what the draft does not determine, then creates its issues, linked both ways and shown at their step. */
async function linkedFlow(tools: DeskTools, start: LinkedDraft): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const desk = tools.session.desk.config();
  const withForms = start.several ? [] : start.offers.filter(({ template }) => template === undefined);
  const forms: FormContext<LinkedIssue> = {
    tools,
    reading: formReading(tools, withForms.flatMap(({ repositories }) => repositories)),
    creates: ({ existing, template }) => existing === undefined && template === undefined,
    repository: ({ repository, repositories }) => repository ?? repositories[0],
    label: (issue) => {
      const kind = findKind(desk, issue.kind);
      return kind && kindLabel(kind);
    },
    save: () => undefined,
  };
  const draft = await promptAll<LinkedDraft>(start.several ? t("Create linked issues") : t("Create linked issue"), start, (now) => [
    anotherQuestion(tools),
    parentQuestion(tools, start),
    whichQuestion(tools, start),
    repositoryQuestion(start),
    ...variableQuestions(tools, now),
    ...(start.several
      ? [reviewQuestion(tools)]
      : [
          titleQuestion(tools, now),
          formQuestion(forms),
          ...now.issues.flatMap((issue) => fieldQuestions(forms, issue)),
          detailsQuestion(tools, (issue) => forms.creates(issue) && chosenForm(forms, issue) === undefined),
        ].map(onlyIssue)),
  ]);
  if (draft === undefined) return undefined;
  const existing = draft.issues[0]?.existing;
  if (existing !== undefined) return linkInstead(tools, draft, existing);
  const operations = operationsOf(tools, draft, forms);
  return operations.kind === "failed" ? operations : create(tools, operations.value);
}

/** Links an existing issue instead of creating one. Opens it if there is nothing to link. */
async function linkInstead(tools: DeskTools, draft: LinkedDraft, existing: IssueRef): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const under = linkTarget(session, draft, draft.issues[0]);
  if (under === undefined || draft.links.some((link) => sameRef(link, existing))) {
    await vscode.commands.executeCommand("responseDesk.issue.open", existing);
    return ok(undefined);
  }
  const linked = await tools.submit(t("Linking…"), { kind: "link", child: existing, under });
  if (linked.kind === "done") notifyWithLink(session, existing, t("{0} is linked to {1}.", shortReference(session, existing), shortReference(session, under.parent)));
  return linked;
}

function operationsOf(tools: DeskTools, draft: LinkedDraft, forms: FormContext<LinkedIssue>): Result<readonly CreateOperation[]> {
  const { session } = tools;
  const operations: CreateOperation[] = [];
  for (const issue of placedIssues(draft).filter(({ excluded }) => excluded !== true)) {
    const input = inputOf(draft, issue, knownValues(session, parentOf(draft)), session.clocks.holders());
    const form = chosenForm(forms, issue);
    const made = draftIssue(session.desk.config(), formDraft(input, form, form === undefined ? {} : answersIn(issue, form)));
    if (made.kind === "failed") return made;
    const under = linkTarget(session, draft, issue);
    operations.push({ kind: "create", draft: made.value, ...(under === undefined ? {} : { under }) });
  }
  return ok(operations);
}

/** Creates the issues. A single one is shown with its parent. */
async function create(tools: DeskTools, operations: readonly CreateOperation[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const [only, ...others] = operations;
  if (only === undefined) {
    runInBackground(vscode.window.showInformationMessage(t("No issues were selected. Nothing was created.")), session.log);
    return undefined;
  }
  if (others.length === 0) {
    const created = await tools.submit(t("Creating the issue…"), only);
    if (created.kind !== "done") return created;
    const { ref } = created.outcome;
    await revealIssue(ref);
    const name = shortReference(session, ref);
    notifyWithLink(session, ref, only.under === undefined ? t("Created {0}.", name) : t("Created {0}, linked to {1}.", name, shortReference(session, only.under.parent)));
    return created;
  }
  const id = session.ids.next();
  const requests = operations.map((operation, index) => ({ key: `${id}-${index + 1}`, operation }));
  let report: (progress: string) => void = () => undefined;
  // The result is shown even if the user cancels the progress.
  const work = session.pending.submitAll(requests, (count) => report(t("{0} of {1}", count, requests.length))).then((results) => (results.kind === "ok" ? notifyResults(session, requests, results.value) : results));
  return tools.working(t("Creating the issues…"), work, (shown) => {
    report = shown;
  });
}

/** Shows which issues were created and which are pending. Rejected ones are shown as separate notifications. */
async function notifyResults(session: DeskSession, requests: readonly { readonly key: string; readonly operation: CreateOperation }[], results: readonly Submission[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const created = results.flatMap((result) => (result.kind === "done" ? [result.outcome.ref] : []));
  const [first] = created;
  if (first !== undefined) await revealIssue(first);
  const names = created.map((ref) => shortReference(session, ref)).join(", ");
  const pending: string[] = [];
  const why = new Set<string>();
  results.forEach((result, index) => {
    const request = requests[index];
    if (request === undefined) return;
    if (result.kind === "queued") {
      pending.push(plainLabel(request.operation.draft.title));
      if (result.failure !== undefined) why.add(describeFailure(result.failure).message);
    } else if (result.kind === "failed") runInBackground(notifyRefusal({ pending: { ...request, at: session.clock.now(), by: "" }, failure: result.failure }), session.log);
  });
  if (pending.length === 0) {
    if (names !== "") runInBackground(vscode.window.showInformationMessage(t("Created {0}.", names)), session.log);
    return ok(undefined);
  }
  const show = t("Show Pending Changes");
  const message = t("{0} created, {1} pending: {2}. Pending issues are stored and retried automatically. {3}", created.length, pending.length, pending.join(", "), [...why].join(" "));
  runInBackground(vscode.window.showWarningMessage(message, show).then((chosen) => chosen === show && vscode.commands.executeCommand("responseDesk.pending.show")), session.log);
  return ok(undefined);
}

function notifyWithLink(session: DeskSession, ref: IssueRef, message: string): void {
  const open = vscode.l10n.t("Open");
  runInBackground(vscode.window.showInformationMessage(message, open).then((chosen) => chosen === open && vscode.commands.executeCommand("responseDesk.issue.open", ref)), session.log);
}
