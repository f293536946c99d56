import * as vscode from "vscode";
import { findKind } from "../../../core/desk/kindOf";
import { kindLabel } from "../../../core/issue/issueFacts";
import type { CommandEnd, DeskTools } from "../command";
import { applies, askAll, type Question } from "../input/answer";
import { chosenForm, fieldQuestions, formQuestion, type FormScene } from "../forms/formQuestions";
import { formReading } from "../forms/formReading";
import { answersIn } from "../forms/formState";
import { createFrom } from "./createFrom";
import { creates, emptyState, type CreateState } from "./createState";
import { keptDraft } from "./keptDraft";
import { detailsQuestion, knownQuestion, priorityQuestion, repositoryQuestion, runbookQuestion, servicesQuestion, titleQuestion } from "./questions";

export interface CreateFlow {
  readonly kind: string;
  readonly title: string;
  /** Path of a runbook chosen beforehand. */
  readonly runbook?: string;
}

/** Asks all that a new issue of the kind needs and creates it. What was typed is kept when a person leaves, and offered next time. */
export async function createFlow(tools: DeskTools, flow: CreateFlow): Promise<CommandEnd> {
  const { session } = tools;
  const desk = session.desk.config();
  const kind = findKind(desk, flow.kind);
  if (kind === undefined) return { kind: "failed", failure: { kind: "invalidDraft", reason: "unknownKind" } };
  const runbooks = await session.runbooks.all();
  const chosen = runbooks.find((runbook) => runbook.path === flow.runbook);
  const draft = keptDraft(tools.context.workspaceState, kind.name);
  const unfinished = draft.read();
  const start = {
    ...emptyState,
    ...(chosen === undefined ? {} : { runbook: chosen.path }),
    ...(chosen?.details.priority === undefined ? {} : { priority: chosen.details.priority }),
  };
  const { repositories } = kind;
  const reading = formReading(tools, repositories);
  const forms: FormScene<CreateState> = {
    tools, reading, creates,
    repository: (known) => known.repository ?? repositories[0],
    label: () => kindLabel(kind),
    keep: (known) => draft.keep(known),
  };
  // Only where a repository has forms does its name have to be known before the details.
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
  const state = await askAll(flow.title, start, questions, (known) => draft.keep(known));
  if (state === undefined) {
    void vscode.window.setStatusBarMessage(vscode.l10n.t("$(history) What you typed is kept for next time"), 4000);
    return undefined;
  }
  const form = chosenForm(forms, state);
  const end = await createFrom(tools, kind, state, form && { form, answers: answersIn(state, form) });
  if (end?.kind === "ok" || end?.kind === "done" || end?.kind === "queued") draft.forget();
  return end;
}
