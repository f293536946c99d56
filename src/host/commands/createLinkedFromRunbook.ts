import * as vscode from "vscode";
import type { CommandEnd, DeskTools } from "./command";
import { cursorIn } from "./input/cursorIn";
import { chooseRunbook } from "./input/pickRunbook";
import { readRunbookTarget } from "./input/readTarget";
import { linkedFlow } from "./linked/linkedFlow";
import { setFlow } from "./linked/setFlow";
import { placeOfLine } from "./linked/linkedPlace";

/** Creates an issue from a line of a runbook: the one the arguments name, else the one the cursor is in. */
export function run(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  return create(tools, args, false);
}

/** Creates several at once. */
export function runSet(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  return create(tools, args, true);
}

async function create(tools: DeskTools, args: readonly unknown[], several: boolean): Promise<CommandEnd> {
  const { session } = tools;
  const runbook = await chooseRunbook(session, args, vscode.l10n.t("Create linked issue"), vscode.l10n.t("From which runbook?"));
  if (runbook === undefined) return undefined;
  const line = readRunbookTarget(args)?.line ?? cursorIn(session, runbook);
  const place = placeOfLine(session.desk.config(), runbook, line ?? -1, several);
  return several ? setFlow(tools, place) : linkedFlow(tools, place);
}
