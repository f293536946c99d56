import * as vscode from "vscode";
import { startChecklist } from "../../../core/checklist/startChecklist";
import { formDraft } from "../../../core/forms/renderForm";
import { draftIssue, draftWithChecklist } from "../../../core/issue/draftIssue";
import { kindLabel } from "../../../core/issue/issueFacts";
import { caseComment } from "../../../core/markup/issueTexts";
import { findKind, type Kind } from "../../../core/model/desk";
import type { Answers, IssueForm } from "../../../core/model/issueForm";
import { ok } from "../../../core/model/result";
import { firstRoleOnCall } from "../../../core/oncall/rotation";
import { applies, promptAll, type Question } from "../../ui/inputFlow";
import { openChecklist } from "../../ui/openPanel";
import { pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { runbookPath } from "../input/pickRunbook";
import { revealIssue } from "../input/show";
import { readRunbookTarget } from "../input/target";
import { detailsQuestion, knownQuestion, priorityQuestion, repositoryQuestion, runbookQuestion, servicesQuestion, titleQuestion } from "./createQuestions";
import { creates, type CreateState, emptyState, savedDraft } from "./createState";
import { chosenForm, fieldQuestions, type FormContext, formQuestion, formReading } from "./formQuestions";
import { answersIn } from "./formState";

/** Files an incident, assigns it to whoever is on call and opens its checklist. */
export async function declareIncident(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  const runbook = runbookPath(tools.session, readRunbookTarget(args));
  return createFlow(tools, { kind: "incident", title: vscode.l10n.t("Declare incident"), ...(runbook === undefined ? {} : { runbook }) });
}

/** Files an issue of any kind. */
export async function newIssue(tools: DeskTools): Promise<CommandEnd> {
  const desk = tools.session.desk.config();
  const kind = await pickOne({
    flowStep: { title: vscode.l10n.t("New issue"), back: false },
    placeholder: vscode.l10n.t("Select the kind of issue"),
    choices: desk.kinds.map((each) => ({ label: plainLabel(each.name), description: plainLabel(each.repositories.join(", ")), value: each.name })),
  });
  if (kind.kind !== "next") return undefined;
  return createFlow(tools, { kind: kind.value, title: vscode.l10n.t("New {0}", plainLabel(kind.value)) });
}

/** Files a request, assigns it to whoever is on call and opens its checklist. */
export async function newRequest(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  const runbook = runbookPath(tools.session, readRunbookTarget(args));
  return createFlow(tools, { kind: "request", title: vscode.l10n.t("New request"), ...(runbook === undefined ? {} : { runbook }) });
}

interface CreateFlow {
  readonly kind: string;
  readonly title: string;
  /** Path of a runbook that is already selected. */
  readonly runbook?: string;
}

/** Asks the questions for a new issue of a kind and creates it. If the user leaves, the input is saved and offered next time. */
export async function createFlow(tools: DeskTools, flow: CreateFlow): Promise<CommandEnd> {
  const { session } = tools;
  const desk = session.desk.config();
  const kind = findKind(desk, flow.kind);
  if (kind === undefined) return { kind: "failed", failure: { kind: "invalidDraft", reason: "unknownKind" } };
  const runbooks = await session.runbooks.all();
  const chosen = runbooks.find((runbook) => runbook.path === flow.runbook);
  const draft = savedDraft(tools.context.workspaceState, kind.name);
  const unfinished = draft.read();
  const start = {
    ...emptyState,
    ...(chosen === undefined ? {} : { runbook: chosen.path }),
    ...(chosen?.details.priority === undefined ? {} : { priority: chosen.details.priority }),
  };
  const { repositories } = kind;
  const reading = formReading(tools, repositories);
  const forms: FormContext<CreateState> = {
    tools, reading, creates,
    repository: (known) => known.repository ?? repositories[0],
    label: () => kindLabel(kind),
    save: (known) => draft.save(known),
  };
  // If a repository has issue forms, it must be selected before the details.
  const inForms = (): boolean => repositories.some((repository) => reading.of(repository) !== undefined);
  const where = repositoryQuestion(repositories);
  const questions = (known: CreateState): readonly Question<CreateState>[] => [
    titleQuestion(tools, desk, draft, unfinished),
    knownQuestion(tools),
    { ...where, ready: async (now) => (creates(now) ? reading.ready(repositories) : undefined), applies: (now) => inForms() && applies(where, now) },
    formQuestion(forms),
    ...fieldQuestions(forms, known),
    detailsQuestion(tools, draft, (now) => chosenForm(forms, now) === undefined),
    priorityQuestion(desk),
    servicesQuestion(desk),
    { ...where, applies: (now) => !inForms() && applies(where, now) },
    ...(chosen === undefined ? [runbookQuestion(tools, desk, kind.name, runbooks)] : []),
  ];
  const state = await promptAll(flow.title, start, questions, (known) => draft.save(known));
  if (state === undefined) {
    void vscode.window.setStatusBarMessage(vscode.l10n.t("$(history) Draft saved"), 4000);
    return undefined;
  }
  const form = chosenForm(forms, state);
  const end = await createFrom(tools, kind, state, form && { form, answers: answersIn(state, form) });
  if (end?.kind === "ok" || end?.kind === "done" || end?.kind === "queued") draft.clear();
  return end;
}

/** A form with its answers. */
interface FilledForm {
  readonly form: IssueForm;
  readonly answers: Answers;
}

/** Performs the result of the flow: opens the known issue, comments on it, or creates a new issue with its checklist. */
async function createFrom(tools: DeskTools, kind: Kind, state: CreateState, filled: FilledForm | undefined): Promise<CommandEnd> {
  const { session } = tools;
  if (state.known !== undefined && state.about === "open") {
    await vscode.commands.executeCommand("responseDesk.issue.open", state.known);
    return ok(undefined);
  }
  const by = await session.account.me();
  if (by === undefined) return undefined;
  if (state.known !== undefined && state.about === "add") {
    const added = await tools.submit(vscode.l10n.t("Adding the case…"), { kind: "comment", ref: state.known, markdown: caseComment(state.title, state.details) });
    if (added.kind === "done") await vscode.commands.executeCommand("responseDesk.issue.open", state.known);
    return added;
  }

  const desk = session.desk.config();
  const runbook = state.runbook === undefined ? undefined : await session.runbooks.get(state.runbook);
  const holders = session.clocks.holders();
  const role = firstRoleOnCall(desk, holders) ?? "";
  const input = {
    kind: kind.name,
    title: state.title,
    details: state.details,
    services: state.services,
    labels: runbook?.details.labels ?? [],
    assignees: [holders[runbook?.details.assign ?? role] ?? holders[role] ?? by],
    ...(state.priority === undefined ? {} : { priority: state.priority }),
    ...repositoryOf(kind, state.repository ?? runbook?.details.repository),
  };
  const draft = draftIssue(desk, formDraft(input, filled?.form, filled?.answers ?? {}));
  if (draft.kind === "failed") return draft;
  const under = state.known !== undefined && state.about === "related" ? { under: { parent: state.known, relation: "related" as const } } : {};
  const checklist = runbook && startChecklist(runbook, { id: session.ids.next(), startedAt: session.clock.now(), by, holders });
  const fullDraft = checklist === undefined ? draft.value : draftWithChecklist(draft.value, checklist, session.runbooks.urlOf(checklist.runbook));
  const created = await tools.submit(vscode.l10n.t("Creating the issue…"), { kind: "create", draft: fullDraft, ...under });
  if (created.kind !== "done") return created;
  const { ref } = created.outcome;
  await revealIssue(ref);
  if (checklist === undefined) await vscode.commands.executeCommand("responseDesk.issue.open", ref);
  else openChecklist(ref, checklist.id);
  return created;
}

function repositoryOf(kind: Kind, wanted: string | undefined): { readonly repository?: string } {
  return wanted !== undefined && kind.repositories.includes(wanted) ? { repository: wanted } : {};
}
