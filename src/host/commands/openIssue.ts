import * as vscode from "vscode";
import { isRecord } from "../../core/isRecord";
import { assertNever, failed, ok } from "../../core/result";
import { uriIn } from "../platform/folderPaths";
import type { CommandEnd, DeskTools } from "./command";
import { chooseIssue } from "./input/pickIssue";
import { readIssueTarget } from "./input/readTarget";
import { showFile } from "./input/showFile";

/** Opens the issue itself: its file, or its page on the web. A broken file can be opened too. */
export async function run({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const broken = brokenPath(argument);
  if (broken !== undefined) {
    return (await openMergeEditor(session.folder, broken)) ? ok(undefined) : showFile(session.folder, broken);
  }
  const ref = await chooseIssue(session, argument, { title: vscode.l10n.t("Open issue"), placeholder: vscode.l10n.t("Which issue?") });
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

/** Opens Git's merge editor on a file that Git has in conflict; says whether it did. */
async function openMergeEditor(folder: vscode.WorkspaceFolder, path: string): Promise<boolean> {
  const uri = uriIn(folder.uri, path);
  const git = vscode.extensions.getExtension("vscode.git");
  if (git === undefined || uri === undefined || !(await vscode.commands.getCommands(true)).includes("git.openMergeEditor")) return false;
  const exported: unknown = git.isActive ? git.exports : await git.activate();
  if (!isInConflict(exported, uri)) return false;
  await vscode.commands.executeCommand("git.openMergeEditor", uri);
  return true;
}

/** Whether the Git extension lists the file among those to be merged. */
function isInConflict(exported: unknown, uri: vscode.Uri): boolean {
  if (!isRecord(exported) || typeof exported["getAPI"] !== "function") return false;
  const api: unknown = exported["getAPI"](1);
  if (!isRecord(api) || typeof api["getRepository"] !== "function") return false;
  const repository: unknown = api["getRepository"](uri);
  const state = isRecord(repository) ? repository["state"] : undefined;
  const changes = isRecord(state) ? state["mergeChanges"] : undefined;
  return Array.isArray(changes) && changes.some((change) => isRecord(change) && change["uri"] instanceof vscode.Uri && change["uri"].toString() === uri.toString());
}
