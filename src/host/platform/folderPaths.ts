import * as vscode from "vscode";
import { containedPath, pathBelow, type PathRules } from "../../core/relativePath";

/** How names are taken where the folder is. */
export function rulesOf(folder: vscode.Uri): PathRules {
  return { windows: folder.scheme === "file" && vscode.Uri.file("/").fsPath === "\\" };
}

/** Path of a file from the workspace folder, or `undefined` for one outside it. */
export function pathIn(folder: vscode.WorkspaceFolder, uri: vscode.Uri): string | undefined {
  if (uri.scheme !== folder.uri.scheme || uri.authority !== folder.uri.authority) return undefined;
  return pathBelow(folder.uri.path, uri.path, rulesOf(folder.uri).windows);
}

/** The address of what lies at a path below a folder; `undefined` for a path that leads out of it. */
export function uriIn(folder: vscode.Uri, path: string): vscode.Uri | undefined {
  const inside = containedPath(path, rulesOf(folder));
  return inside === undefined ? undefined : vscode.Uri.joinPath(folder, ...inside.split("/"));
}
