import * as vscode from "vscode";
import type { CommandEnd, DeskTools } from "../input/command";
import { cursorIn } from "../input/cursor";
import { chooseIssue } from "../input/pickIssue";
import { chooseRunbook } from "../input/pickRunbook";
import { readIssueTarget, readRunbookTarget } from "../input/target";
import { linkedFlow } from "./linkedFlow";
import { originOfLine, originOfTarget } from "./linkedPlace";
import { setFlow } from "./linkedSet";

/** Creates an issue raised from another one, or from a step of its checklist. */
export function createLinked(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  return create(tools, args, false);
}

/** Creates several at once. */
export function createLinkedSet(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  return create(tools, args, true);
}

async function create(tools: DeskTools, [argument]: readonly unknown[], several: boolean): Promise<CommandEnd> {
  const ref = await chooseIssue(tools.session, argument, {
    title: vscode.l10n.t("Create linked issue"),
    placeholder: vscode.l10n.t("Which issue is it raised from?"),
    suits: (issue) => issue.state === "open",
  });
  if (ref === undefined) return undefined;
  const origin = await originOfTarget(tools.session, { ...readIssueTarget(argument), ref }, several);
  return several ? setFlow(tools, origin) : linkedFlow(tools, origin);
}

/** Creates an issue from a line of a runbook: the one the arguments name, else the one the cursor is in. */
export function createLinkedFromRunbook(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  return createFromRunbook(tools, args, false);
}

/** Creates several at once. */
export function createLinkedSetFromRunbook(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  return createFromRunbook(tools, args, true);
}

async function createFromRunbook(tools: DeskTools, args: readonly unknown[], several: boolean): Promise<CommandEnd> {
  const { session } = tools;
  const runbook = await chooseRunbook(session, args, vscode.l10n.t("Create linked issue"), vscode.l10n.t("From which runbook?"));
  if (runbook === undefined) return undefined;
  const line = readRunbookTarget(args)?.line ?? cursorIn(session, runbook);
  const origin = originOfLine(session.desk.config(), runbook, line ?? -1, several);
  return several ? setFlow(tools, origin) : linkedFlow(tools, origin);
}
