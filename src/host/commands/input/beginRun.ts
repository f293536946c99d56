import * as vscode from "vscode";
import type { IssueRef } from "../../../core/issue/issueRef";
import type { Runbook } from "../../../core/runbook/runbook";
import { startRun } from "../../../core/runbook/startRun";
import type { CommandEnd, DeskTools } from "../command";
import { openChecklist } from "../../ui/openPanel";

/** Puts a runbook on an issue as a live checklist and opens it. The same `id` on the same issue begins it once. */
export async function beginRun(tools: DeskTools, ref: IssueRef, runbook: Runbook, id: string): Promise<CommandEnd> {
  const { session } = tools;
  const by = await session.account.me();
  if (by === undefined) return undefined;
  const run = startRun(runbook, { id, startedAt: session.clock.now(), by, holders: session.clocks.holders() });
  const started = await tools.submit(vscode.l10n.t("Starting the checklist…"), { kind: "edit", ref, change: { kind: "startRun", run } });
  if (started.kind === "done") openChecklist(ref, run.id);
  return started;
}
