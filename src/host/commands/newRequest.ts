import * as vscode from "vscode";
import type { CommandEnd, DeskTools } from "./command";
import { createFlow } from "./create/createFlow";
import { readRunbookTarget } from "./input/readTarget";
import { runbookPath } from "./input/runbookPath";

/** Files a request, assigns it to whoever is on duty and opens its checklist. */
export async function run(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  const runbook = runbookPath(tools.session, readRunbookTarget(args));
  return createFlow(tools, { kind: "request", title: vscode.l10n.t("New request"), ...(runbook === undefined ? {} : { runbook }) });
}
