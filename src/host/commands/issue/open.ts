import * as vscode from "vscode";
import { issueFacts } from "../../../core/issue/issueFacts";
import { formatRef } from "../../../core/model/issueRef";
import { isRecord } from "../../../core/model/plainData";
import { assertNever, failed, ok } from "../../../core/model/result";
import { uriIn } from "../../platform/folderFiles";
import { openRepository } from "../../platform/gitExtension";
import { openChecklist, openIssuePage } from "../../ui/openPanel";
import type { CommandEnd, DeskTools } from "../input/command";
import { chooseIssue } from "../input/pickIssue";
import { showFile } from "../input/show";
import { readIssueTarget } from "../input/target";

/** Opens the page of an issue. An issue that the desk does not list, and a broken issue file, are opened where they are stored. */
export async function openIssue(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  if (brokenPath(argument) !== undefined) return openIssueSource(tools, [argument]);
  const ref = await chooseIssue(session, argument, { title: vscode.l10n.t("Open issue") });
  if (ref === undefined) return undefined;
  if (session.issues.snapshot() !== undefined && session.issues.find(ref) === undefined) return openIssueSource(tools, [ref]);
  openIssuePage(ref);
  return undefined;
}

/** Opens the file or the web page of an issue. Also opens a broken issue file. */
export async function openIssueSource({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const broken = brokenPath(argument);
  if (broken !== undefined) {
    return (await openMergeEditor(session.folder, broken)) ? ok(undefined) : showFile(session.folder, broken);
  }
  const ref = await chooseIssue(session, argument, { title: vscode.l10n.t("Open issue") });
  if (ref === undefined) return undefined;
  const known = session.issues.find(ref);
  const issue = known === undefined ? await session.store.tracker.get(ref) : ok(known);
  if (issue.kind === "failed") return issue;
  const { location } = issue.value;
  switch (location.kind) {
    case "file": {
      const there = await session.files.read(location.path);
      if (there.kind === "failed") return there.failure.kind === "missing" ? failed({ kind: "gone", ref }) : there;
      return showFile(session.folder, location.path);
    }
    case "web":
      await vscode.env.openExternal(vscode.Uri.parse(location.url, true));
      return ok(undefined);
    default:
      return assertNever(location);
  }
}

function brokenPath(argument: unknown): string | undefined {
  if (typeof argument !== "object" || argument === null || readIssueTarget(argument) !== undefined) return undefined;
  return "kind" in argument && argument.kind === "broken" && "path" in argument && typeof argument.path === "string" ? argument.path : undefined;
}

/** Opens Git's merge editor if Git lists the file as in conflict. Returns whether it did. */
async function openMergeEditor(folder: vscode.WorkspaceFolder, path: string): Promise<boolean> {
  const uri = uriIn(folder.uri, path);
  const git = vscode.extensions.getExtension("vscode.git");
  if (git === undefined || uri === undefined || !(await vscode.commands.getCommands(true)).includes("git.openMergeEditor")) return false;
  const exported: unknown = git.isActive ? git.exports : await git.activate();
  if (!isInConflict(exported, uri)) return false;
  await vscode.commands.executeCommand("git.openMergeEditor", uri);
  return true;
}

/** Whether the Git extension lists the file as in conflict. */
function isInConflict(exported: unknown, uri: vscode.Uri): boolean {
  const state = openRepository(exported, uri)?.["state"];
  const changes = isRecord(state) ? state["mergeChanges"] : undefined;
  return Array.isArray(changes) && changes.some((change) => isRecord(change) && change["uri"] instanceof vscode.Uri && change["uri"].toString() === uri.toString());
}

/** Opens the page of an issue at a checklist, by default at the latest that is not complete. */
export async function openIssueChecklist({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const desk = session.desk.config();
  const ref = await chooseIssue(session, argument, {
    title: vscode.l10n.t("Open checklist"),
    suits: (issue) => issueFacts(issue, desk).checklists.length > 0,
  });
  if (ref !== undefined) openChecklist(ref, readIssueTarget(argument)?.run);
  return undefined;
}

/** Copies the full reference of an issue, such as `acme/desk#12`. */
export async function copyReference({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const ref = await chooseIssue(session, argument, { title: vscode.l10n.t("Copy issue reference") });
  if (ref === undefined) return undefined;
  const text = formatRef(ref, "");
  await vscode.env.clipboard.writeText(text);
  void vscode.window.setStatusBarMessage(vscode.l10n.t("Copied {0}", text), 3000);
  return ok(undefined);
}
