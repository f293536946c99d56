import * as vscode from "vscode";
import type { CommandEnd, DeskTools } from "../input/command";
import { chooseIssue, isOpen } from "../input/pickIssue";
import { chooseRunbook, cursorIn } from "../input/pickRunbook";
import { readIssueTarget, readRunbookTarget } from "../input/target";
import { linkedFlow } from "./linkedFlow";
import { originOfLine, originOfTarget } from "./linkOrigin";
import { setFlow } from "./linkedSet";

/** Creates an issue linked to another one, or to a step of its checklist. */
export function createLinked(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  return create(tools, args, false);
}

/** Creates several linked issues at once. */
export function createLinkedSet(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  return create(tools, args, true);
}

async function create(tools: DeskTools, [argument]: readonly unknown[], several: boolean): Promise<CommandEnd> {
  const ref = await chooseIssue(tools.session, argument, {
    title: vscode.l10n.t("Create linked issue"),
    placeholder: vscode.l10n.t("Select the parent issue"),
    suits: isOpen,
  });
  if (ref === undefined) return undefined;
  const origin = await originOfTarget(tools.session, { ...readIssueTarget(argument), ref }, several);
  return several ? setFlow(tools, origin) : linkedFlow(tools, origin);
}

/** Creates an issue from a line of a runbook: the line in the arguments, or the line of the cursor. */
export function createLinkedFromRunbook(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  return createFromRunbook(tools, args, false);
}

/** Creates several linked issues at once. */
export function createLinkedSetFromRunbook(tools: DeskTools, args: readonly unknown[]): Promise<CommandEnd> {
  return createFromRunbook(tools, args, true);
}

async function createFromRunbook(tools: DeskTools, args: readonly unknown[], several: boolean): Promise<CommandEnd> {
  const { session } = tools;
  const runbook = await chooseRunbook(session, args, vscode.l10n.t("Create linked issue"), vscode.l10n.t("Select a runbook"));
  if (runbook === undefined) return undefined;
  const line = readRunbookTarget(args)?.line ?? cursorIn(session, runbook);
  const origin = originOfLine(session.desk.config(), runbook, line ?? -1, several);
  return several ? setFlow(tools, origin) : linkedFlow(tools, origin);
}
