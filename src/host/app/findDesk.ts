import * as vscode from "vscode";
import type { Files } from "../../core/model/ports";
import { ok, type Result } from "../../core/model/result";
import { pathIn } from "../platform/folderFiles";
import { walkFiles } from "../platform/walkFiles";
import { nearestDesk } from "./deskFile";

/**
 * The path of the `desk.yml` of a workspace folder: at its top, in `runbooks`, or else the one nearest to the top. Ignores hidden
 * folders, `node_modules` and folders in `files.exclude`.
 */
export async function findDesk(folder: vscode.WorkspaceFolder, files: Pick<Files, "list">): Promise<Result<string | undefined>> {
  for (const usual of ["", "runbooks"]) {
    const entries = await files.list(usual);
    if (entries.kind === "failed") return entries;
    if (entries.value.some(({ name, kind }) => kind === "file" && name === "desk.yml")) return ok(usual === "" ? "desk.yml" : `${usual}/desk.yml`);
  }
  const found = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, "**/desk.yml"), leftOut, maxDesks);
  const nearest = nearestDesk(found.flatMap((uri) => pathIn(folder, uri) ?? []));
  if (nearest !== undefined || isSearched(folder.uri)) return ok(nearest);
  const walked = await walkFiles(files, "", (name) => name === "desk.yml");
  return walked.kind === "failed" ? walked : ok(nearestDesk(walked.value));
}

const leftOut = "**/{node_modules,.*}/**";

const maxDesks = 1000;

/** Whether `findFiles` works there. VS Code cannot search every virtual file system. */
function isSearched({ scheme }: vscode.Uri): boolean {
  return scheme === "file" || scheme === "vscode-remote";
}
