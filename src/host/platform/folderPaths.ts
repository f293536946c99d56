import * as vscode from "vscode";

/** Path of a file from the workspace folder, or `undefined` for one outside it. */
export function pathIn(folder: vscode.WorkspaceFolder, uri: vscode.Uri): string | undefined {
  const root = `${folder.uri.path.replace(/\/$/, "")}/`;
  if (uri.scheme !== folder.uri.scheme || uri.authority !== folder.uri.authority || !uri.path.startsWith(root)) return undefined;
  return uri.path.slice(root.length);
}

/** The address of what lies at a path below a folder. */
export function uriIn(folder: vscode.Uri, path: string): vscode.Uri {
  return vscode.Uri.joinPath(folder, ...path.split("/"));
}
