import * as vscode from "vscode";
import { kindLabel } from "../../../core/issue/issueFacts";
import { caseComment } from "../../../core/markup/issueTexts";
import { renderComment } from "../../../core/markup/milestone";
import { type Answers, answersIn, type IssueForm } from "../../../core/model/issueForm";
import { ok } from "../../../core/model/result";
import { applies, promptAll, type Question } from "../../ui/inputFlow";
import { openChecklist } from "../../ui/openPanel";
import { pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { holdsProcedures, runbookPath } from "../input/pickRunbook";
import { readRunbookTarget } from "../input/target";
import { createIssue, type NewIssue, startCreating } from "./createIssue";
import { detailsQuestion, environmentsQuestion, knownQuestion, procedureQuestion, repositoryQuestion, runbookQuestion, servicesQuestion, titleQuestion } from "./createQuestions";
import { creates, type CreateState, emptyState, savedDraft } from "./createState";
import { chosenForm, fieldQuestions, type FormContext, formQuestion, formReading } from "./formQuestions";
import { priorityQuestions } from "./priority";

/** Declares an incident and asks for everything that is known about it. */
export async function declareWithDetails(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  return createFlow(tools, { kind: "incident", title: vscode.l10n.t("Declare incident"), ...runbookIn(tools, args) });
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

/** Creates a request and asks for everything that is known about it. */
export async function newRequestWithDetails(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  return createFlow(tools, { kind: "request", title: vscode.l10n.t("Create request"), ...runbookIn(tools, args) });
}

/** The runbook that the arguments of a command name. */
export function runbookIn({ session }: DeskTools, args: readonly unknown[]): { readonly runbook?: string } {
  const runbook = runbookPath(session, readRunbookTarget(args));
  return runbook === undefined ? {} : { runbook };
}

/** What a flow for a new issue of a kind starts with. */
export interface CreateFlow {
  readonly kind: string;
  readonly title: string;
  /** Path of a procedure that is already selected. */
  readonly runbook?: string;
  /** The name under which the input is saved. Default: the kind. */
  readonly draft?: string;
  /** Answers that are known. They can be changed. */
  readonly start?: Partial<CreateState>;
  /** Whether the title was already answered. */
  readonly hasTitle?: boolean;
}

/**
 * Asks who the user is, if that is not known, then the questions for a new issue of a kind, and creates it. If the user leaves,
 * the input is saved and offered next time.
 */
export async function createFlow(tools: DeskTools, flow: CreateFlow): Promise<CommandEnd> {
  const { session } = tools;
  const begun = await startCreating(session, flow.kind);
  if (begun?.kind !== "ok") return begun;
  const { kind } = begun.value;
  const desk = session.desk.config();
  const runbooks = await session.runbooks.all();
  const chosen = flow.runbook === undefined ? undefined : await session.runbooks.get(flow.runbook);
  const draft = savedDraft(tools.context.workspaceState, flow.draft ?? kind.name);
  const unfinished = draft.read();
  const start = {
    ...emptyState,
    ...(chosen === undefined ? {} : { runbook: chosen.path }),
    ...(chosen?.details.priority === undefined ? {} : { priority: chosen.details.priority }),
    ...flow.start,
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
    ...(flow.hasTitle !== true ? [titleQuestion(tools, desk, draft, unfinished)] : []),
    knownQuestion(tools),
    { ...where, ready: async (now) => (creates(now) ? reading.ready(repositories) : undefined), applies: (now) => inForms() && applies(where, now) },
    formQuestion(forms),
    ...fieldQuestions(forms, known),
    detailsQuestion(tools, draft, (now) => chosenForm(forms, now) === undefined),
    ...priorityQuestions<CreateState>(desk, { applies: creates }),
    servicesQuestion(desk),
    ...(kind.name === "incident" ? [environmentsQuestion(desk)] : []),
    { ...where, applies: (now) => !inForms() && applies(where, now) },
    ...(chosen === undefined ? [runbookQuestion(tools, desk, kind.name, runbooks)] : []),
    ...(chosen === undefined || holdsProcedures(chosen) ? [procedureQuestion(tools, runbooks)] : []),
  ];
  const state = await promptAll(flow.title, start, questions, (known) => draft.save(known));
  if (state === undefined) {
    void vscode.window.setStatusBarMessage(vscode.l10n.t("$(history) Draft saved"), 4000);
    return undefined;
  }
  const form = chosenForm(forms, state);
  const end = await createFrom(tools, begun.value, state, form && { form, answers: answersIn(state, form) });
  if (end?.kind === "ok" || end?.kind === "done" || end?.kind === "queued") draft.clear();
  return end;
}

/** A form with its answers. */
interface FilledForm {
  readonly form: IssueForm;
  readonly answers: Answers;
}

/** Performs the result of the flow: opens the known issue, comments on it, or creates a new issue with its checklist. */
async function createFrom(tools: DeskTools, issue: NewIssue, state: CreateState, filled: FilledForm | undefined): Promise<CommandEnd> {
  if (state.known !== undefined && state.about === "open") {
    await vscode.commands.executeCommand("responseDesk.issue.open", state.known);
    return ok(undefined);
  }
  if (state.known !== undefined && state.about === "add") {
    const added = await tools.submit(vscode.l10n.t("Adding the case…"), { kind: "comment", ref: state.known, markdown: renderComment(caseComment(state.title, state.details)) });
    if (added.kind === "done") await vscode.commands.executeCommand("responseDesk.issue.open", state.known);
    return added;
  }
  const under = state.known !== undefined && state.about === "related" ? { under: { parent: state.known, relation: "related" as const } } : {};
  const created = await createIssue(tools, state, { ...issue, ...(filled === undefined ? {} : { filled }), ...under });
  if (created.kind !== "ok") return created;
  const { ref, checklist } = created.value;
  if (checklist === undefined) await vscode.commands.executeCommand("responseDesk.issue.open", ref);
  else openChecklist(ref, checklist);
  return created;
}
