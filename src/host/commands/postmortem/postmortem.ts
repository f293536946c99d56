import * as vscode from "vscode";
import type { Issue } from "../../../core/model/issue";
import { runInBackground } from "../../platform/background";
import { openPostmortem } from "../../ui/openPanel";
import type { CommandEnd, DeskTools } from "../input/command";
import { chooseIssue, likeliestFirst, pickIssue } from "../input/pickIssue";
import { readIssueTarget } from "../input/target";
import { openInBuilder } from "./library";
import { choosePostmortem } from "./postmortemTarget";

/** Opens the post-mortem of an issue, and creates it if there is none. */
export async function writePostmortem(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const { issues } = tools.session;
  const needsOne = (issue: Issue): boolean => issues.factsOf(issue).kind === "incident" && issues.factsOf(issue).postmortem === undefined;
  const ref = await chooseIssue(tools.session, argument, { title: t("Write post-mortem"), first: { heading: t("Incidents without a post-mortem"), otherwise: t("Other issues"), belongs: needsOne } });
  if (ref !== undefined) openPostmortem(ref);
  return undefined;
}

/** Opens the Markdown file of a post-mortem in the builder: the one in the argument, or the one in the active editor. */
export async function openFileInBuilder({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const file = await choosePostmortem(session, argument instanceof vscode.Uri ? { path: session.paths.pathOf(argument) } : argument, vscode.l10n.t("Open in post-mortem builder"));
  if (file?.kind !== "ok") return file;
  return openInBuilder(session, file.value.path, file.value.document.postmortem.issue);
}

/** Opens a post-mortem. Existing ones are offered first, then incidents without one. */
export async function openPostmortemOf(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const named = readIssueTarget(argument);
  if (named !== undefined) {
    openPostmortem(named.ref);
    return undefined;
  }
  const issues = likeliestFirst(session, session.issues.snapshot()?.issues ?? []).filter((issue) => {
    const facts = session.issues.factsOf(issue);
    return facts.postmortem !== undefined || facts.kind === "incident";
  });
  if (issues.length === 0) {
    runInBackground(vscode.window.showInformationMessage(vscode.l10n.t("There are no incidents yet.")), session.log);
    return undefined;
  }
  const answer = await pickIssue(session, {
    flowStep: { title: vscode.l10n.t("Open post-mortem"), back: false },
    placeholder: vscode.l10n.t("Select an incident"),
    issues,
    first: { heading: vscode.l10n.t("Started"), otherwise: vscode.l10n.t("Not started"), belongs: (issue) => session.issues.factsOf(issue).postmortem !== undefined },
  });
  if (answer.kind === "next") openPostmortem(answer.value);
  return undefined;
}
