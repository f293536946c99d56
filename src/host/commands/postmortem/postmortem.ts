import * as vscode from "vscode";
import { runInBackground } from "../../platform/background";
import { openPostmortem } from "../../ui/openPanel";
import type { CommandEnd, DeskTools } from "../input/command";
import { chooseIssue, newestFirst, pickIssue } from "../input/pickIssue";
import { readIssueTarget } from "../input/target";

/** Opens the post-mortem of an issue, a new one or the one that was begun. */
export async function writePostmortem(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const ref = await chooseIssue(tools.session, argument, { title: vscode.l10n.t("Write post-mortem"), placeholder: vscode.l10n.t("Of which issue?") });
  if (ref !== undefined) openPostmortem(ref);
  return undefined;
}

/** Opens a post-mortem: those already begun are offered first, then incidents that have none. */
export async function openPostmortemOf(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const named = readIssueTarget(argument);
  if (named !== undefined) {
    openPostmortem(named.ref);
    return undefined;
  }
  const issues = newestFirst(session.issues.snapshot()?.issues ?? []).filter((issue) => {
    const facts = session.issues.factsOf(issue);
    return facts.postmortem !== undefined || facts.kind === "incident";
  });
  if (issues.length === 0) {
    runInBackground(vscode.window.showInformationMessage(vscode.l10n.t("There is no incident yet that a post-mortem could be about.")), session.log);
    return undefined;
  }
  const answer = await pickIssue(session, {
    flowStep: { title: vscode.l10n.t("Open post-mortem"), back: false },
    placeholder: vscode.l10n.t("Of which incident?"),
    issues,
    first: { heading: vscode.l10n.t("Begun"), otherwise: vscode.l10n.t("Not begun"), belongs: (issue) => session.issues.factsOf(issue).postmortem !== undefined },
  });
  if (answer.kind === "next") openPostmortem(answer.value);
  return undefined;
}
