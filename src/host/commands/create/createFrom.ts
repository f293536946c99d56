import * as vscode from "vscode";
import type { Kind } from "../../../core/desk/desk";
import { rotationsOf } from "../../../core/desk/roles";
import { formDraft } from "../../../core/forms/formDraft";
import type { Answers, IssueForm } from "../../../core/forms/issueForm";
import { draftIssue, draftWithRun } from "../../../core/issue/draftIssue";
import { ok } from "../../../core/result";
import { startRun } from "../../../core/runbook/startRun";
import type { CommandEnd, DeskTools } from "../command";
import { openChecklist } from "../../ui/openPanel";
import { revealIssue } from "../input/showIssue";
import type { CreateState } from "./createState";

/** A form as a person filled it in. */
export interface FilledForm {
  readonly form: IssueForm;
  readonly answers: Answers;
}

/** Carries out what the flow came to: opens or extends the known issue, or creates a new one with its checklist and opens that. */
export async function createFrom(tools: DeskTools, kind: Kind, state: CreateState, filled: FilledForm | undefined): Promise<CommandEnd> {
  const { session } = tools;
  if (state.known !== undefined && state.about === "open") {
    await vscode.commands.executeCommand("responseDesk.issue.open", state.known);
    return ok(undefined);
  }
  const by = await session.account.me();
  if (by === undefined) return undefined;
  if (state.known !== undefined && state.about === "add") {
    const markdown = [`**${state.title.replace(/[*\n\r]/g, " ").trim()}**`, state.details].filter((part) => part !== "").join("\n\n");
    const added = await tools.submit(vscode.l10n.t("Adding the case…"), { kind: "comment", ref: state.known, markdown });
    if (added.kind === "done") await vscode.commands.executeCommand("responseDesk.issue.open", state.known);
    return added;
  }

  const desk = session.desk.config();
  const runbook = state.runbook === undefined ? undefined : await session.runbooks.get(state.runbook);
  const holders = session.clocks.holders();
  const role = runbook?.details.assign ?? rotationsOf(desk)[0]?.roles[0] ?? "primary";
  const input = {
    kind: kind.name,
    title: state.title,
    details: state.details,
    services: state.services,
    labels: runbook?.details.labels ?? [],
    assignees: [holders[role] ?? holders["primary"] ?? by],
    ...(state.priority === undefined ? {} : { priority: state.priority }),
    ...repositoryOf(kind, state.repository ?? runbook?.details.repository),
  };
  const draft = draftIssue(desk, formDraft(input, filled?.form, filled?.answers ?? {}));
  if (draft.kind === "failed") return draft;
  const under = state.known !== undefined && state.about === "related" ? { under: { parent: state.known, relation: "related" as const } } : {};
  const run = runbook && startRun(runbook, { id: session.ids.next(), startedAt: session.clock.now(), by, holders });
  const whole = run === undefined ? draft.value : draftWithRun(draft.value, run, session.runbooks.urlOf(run.runbook));
  const created = await tools.submit(vscode.l10n.t("Creating the issue…"), { kind: "create", draft: whole, ...under });
  if (created.kind !== "done") return created;
  const { ref } = created.outcome;
  await revealIssue(ref);
  if (run === undefined) await vscode.commands.executeCommand("responseDesk.issue.open", ref);
  else openChecklist(ref, run.id);
  return created;
}

function repositoryOf(kind: Kind, wanted: string | undefined): { readonly repository?: string } {
  return wanted !== undefined && kind.repositories.includes(wanted) ? { repository: wanted } : {};
}
