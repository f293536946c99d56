import * as vscode from "vscode";
import { remoteRepositories, repositoryOf } from "../../core/github/remotes";
import type { Repository } from "../../core/issue/issueRef";

const mostFoldersUp = 20;

/** What a workspace folder is a part of. */
export interface Checkout {
  /** On the server that was asked for; none where there is no checkout, or one of another server. */
  readonly repositories: readonly Repository[];
  /** The folder's path from the top of the checkout, empty or ending in `/`. */
  readonly path: string;
}

/** The repositories on a server that the Git checkout around a folder has as its remotes. */
export async function checkoutOf(folder: vscode.Uri, server: string): Promise<Checkout> {
  // A folder that is opened without a checkout is named by its repository.
  if (folder.scheme === "vscode-vfs") {
    const repository = folder.authority.startsWith("github") ? repositoryOf(`https://github.com${folder.path}`, server) : undefined;
    return { repositories: repository === undefined ? [] : [repository], path: "" };
  }
  for (let at = folder, up = 0; up < mostFoldersUp; up++) {
    const config = await gitConfig(at);
    if (config !== undefined) return { repositories: remoteRepositories(config, server), path: folder.path.slice(at.path.length).replace(/^\/|\/$/g, "").replace(/.$/, "$&/") };
    const above = vscode.Uri.joinPath(at, "..");
    if (above.path === at.path) break;
    at = above;
  }
  return { repositories: [], path: "" };
}

/** The text of the configuration of the checkout in a folder: of a worktree, that of the repository it belongs to. */
async function gitConfig(folder: vscode.Uri): Promise<string | undefined> {
  const git = vscode.Uri.joinPath(folder, ".git");
  const plain = await read(vscode.Uri.joinPath(git, "config"));
  if (plain !== undefined) return plain;
  const linked = /^gitdir:\s*(.+?)\s*$/m.exec((await read(git)) ?? "")?.[1];
  if (linked === undefined) return undefined;
  const own = within(folder, linked);
  const common = (await read(vscode.Uri.joinPath(own, "commondir")))?.trim();
  return read(vscode.Uri.joinPath(common === undefined ? own : within(own, common), "config"));
}

function within(folder: vscode.Uri, path: string): vscode.Uri {
  const slashed = path.replaceAll("\\", "/");
  if (/^[a-z]:\//i.test(slashed)) return folder.with({ path: `/${slashed}` });
  return slashed.startsWith("/") ? folder.with({ path: slashed }) : vscode.Uri.joinPath(folder, slashed);
}

async function read(file: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch {
    return undefined;
  }
}
