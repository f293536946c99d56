import * as vscode from "vscode";
import { findKind } from "../../../core/desk/kindOf";
import type { CommandEnd, DeskTools } from "../command";
import { askAll } from "../input/answer";
import { createFrom } from "./createFrom";
import { emptyState } from "./createState";
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
  const { desk } = session.desk();
  const kind = findKind(desk, flow.kind);
  if (kind === undefined) return { kind: "failed", failure: { kind: "invalidDraft", reason: "unknownKind" } };
  const runbooks = await session.runbooks();
  const chosen = runbooks.find((runbook) => runbook.path === flow.runbook);
  const draft = keptDraft(tools.context.workspaceState, kind.name);
  const unfinished = draft.read();
  const start = {
    ...emptyState,
    ...(chosen === undefined ? {} : { runbook: chosen.path }),
    ...(chosen?.details.priority === undefined ? {} : { priority: chosen.details.priority }),
  };
  const questions = [
    titleQuestion(tools, desk, draft, unfinished),
    knownQuestion(tools),
    detailsQuestion(tools, draft),
    priorityQuestion(desk),
    servicesQuestion(desk),
    repositoryQuestion(kind.repositories),
    ...(chosen === undefined ? [runbookQuestion(tools, desk, kind.name, runbooks)] : []),
  ];
  const state = await askAll(flow.title, start, questions, (known) => draft.keep(known));
  if (state === undefined) {
    void vscode.window.setStatusBarMessage(vscode.l10n.t("$(history) What you typed is kept for next time"), 4000);
    return undefined;
  }
  const end = await createFrom(tools, kind, state);
  if (end?.kind === "ok" || tools.stored()) draft.forget();
  return end;
}
