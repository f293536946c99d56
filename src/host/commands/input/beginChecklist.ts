import * as vscode from "vscode";
import { checklistKind } from "../../../core/issue/checklistKind";
import { draftIssue, draftWithRun } from "../../../core/issue/draftIssue";
import type { Runbook } from "../../../core/runbook/runbook";
import { startRun } from "../../../core/runbook/startRun";
import { checklistDay } from "../../views/checklistDay";
import type { CommandEnd, DeskTools } from "../command";
import { beginRun } from "./beginRun";
import { openChecklist } from "../../ui/openPanel";
import { findChecklist } from "../../views/findChecklist";

/** Opens a role's checklist of today, or of this turn. Two people who start it at the same time share one. */
export async function beginChecklist(tools: DeskTools, runbook: Runbook): Promise<CommandEnd> {
  const { session } = tools;
  const desk = session.desk.config();
  const date = checklistDay(desk, runbook.details.when, session.clock.now());
  const found = findChecklist(session.issues.snapshot()?.issues ?? [], desk, runbook, date);
  const runId = `day-${date}`;
  if (found !== undefined) {
    const run = found.runs.find((each) => each.runbook === runbook.path);
    if (run === undefined) return beginRun(tools, found.issue.ref, runbook, runId);
    openChecklist(found.issue.ref, run.id);
    return undefined;
  }
  const by = await session.account.me();
  if (by === undefined) return undefined;
  const holders = session.clocks.holders();
  const role = runbook.details.assign ?? runbook.details.role;
  const draft = draftIssue(desk, {
    kind: checklistKind,
    title: `${runbook.title} · ${date}`,
    details: "",
    labels: runbook.details.labels,
    assignees: [(role === undefined ? undefined : holders[role]) ?? by],
  });
  if (draft.kind === "failed") return draft;
  const key = `checklist:${runbook.path}:${date}`;
  const run = startRun(runbook, { id: runId, startedAt: session.clock.now(), by, holders });
  const created = await tools.submit(vscode.l10n.t("Opening the checklist…"), { kind: "create", draft: draftWithRun(draft.value, run, session.runbooks.urlOf(run.runbook)) }, key);
  if (created.kind === "done") openChecklist(created.outcome.ref, runId);
  return created;
}
