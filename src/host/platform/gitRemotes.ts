import * as vscode from "vscode";
import { type ConfigFiles, type GitSetting, readGitConfig } from "../../core/github/gitConfig";
import { remoteRepositories, repositoryOf } from "../../core/github/remotes";
import { readSshConfig } from "../../core/github/sshConfig";
import type { Repository } from "../../core/model/issueRef";
import { isRecord } from "../../core/model/record";

const maxFoldersUp = 20;

/** What a workspace folder is a part of. */
export interface Checkout {
  /** On the server that was asked for; none where there is no checkout, or one of another server. */
  readonly repositories: readonly Repository[];
  /** The folder's path from the top of the checkout, empty or ending in `/`. */
  readonly path: string;
}

/** The repositories on a server that the Git checkout around a folder has as its remotes, their addresses resolved as Git and SSH are configured to on this machine. */
export async function checkoutOf(folder: vscode.Uri, server: string): Promise<Checkout> {
  // A folder that is opened without a checkout is named by its repository.
  if (folder.scheme === "vscode-vfs") {
    const repository = folder.authority.startsWith("github") ? repositoryOf(`https://github.com${folder.path}`, server) : undefined;
    return { repositories: repository === undefined ? [] : [repository], path: "" };
  }
  for (let at = folder, up = 0; up < maxFoldersUp; up++) {
    const git = await gitFolder(at);
    if (git !== undefined) {
      const files = configFiles(at);
      const [settings, hosts] = await Promise.all([gitSettings(git, files), files.home === undefined ? [] : readSshConfig(`${files.home}/.ssh/config`, files)]);
      return { repositories: remoteRepositories({ settings, hosts }, server), path: folder.path.slice(at.path.length).replace(/^\/|\/$/g, "").replace(/.$/, "$&/") };
    }
    const above = vscode.Uri.joinPath(at, "..");
    if (above.path === at.path) break;
    at = above;
  }
  return { repositories: [], path: "" };
}

/** The person's settings and then the checkout's own, as Git reads them. */
async function gitSettings(git: vscode.Uri, files: ConfigFiles): Promise<readonly GitSetting[]> {
  const { home } = files;
  const paths = [...(home === undefined ? [] : [`${configHome() ?? `${home}/.config`}/git/config`, `${home}/.gitconfig`]), `${git.path}/config`];
  return (await Promise.all(paths.map((path) => readGitConfig(path, files, git.path)))).flat();
}

/** The Git folder with the configuration of the checkout in a folder: of a worktree, that of the repository it belongs to. */
async function gitFolder(folder: vscode.Uri): Promise<vscode.Uri | undefined> {
  const git = vscode.Uri.joinPath(folder, ".git");
  if ((await read(vscode.Uri.joinPath(git, "config"))) !== undefined) return git;
  const linked = /^gitdir:\s*(.+?)\s*$/m.exec((await read(git)) ?? "")?.[1];
  if (linked === undefined) return undefined;
  const own = within(folder, linked);
  const common = (await read(vscode.Uri.joinPath(own, "commondir")))?.trim();
  const shared = common === undefined ? own : within(own, common);
  return (await read(vscode.Uri.joinPath(shared, "config"))) === undefined ? undefined : shared;
}

/** A path that Git wrote, which may be absolute. */
function within(folder: vscode.Uri, path: string): vscode.Uri {
  const slashed = path.replace(/\\/g, "/").replace(/^([a-z]):\//i, "/$1:/");
  return slashed.startsWith("/") ? folder.with({ path: slashed }) : vscode.Uri.joinPath(folder, slashed);
}

/** The files on the disk that a checkout lies on; the person's home folder is known where the editor runs on that machine. */
function configFiles(checkout: vscode.Uri): ConfigFiles {
  const home = checkout.scheme === "file" ? (environment("HOME") ?? environment("USERPROFILE")) : undefined;
  return {
    read: (path) => read(checkout.with({ path })),
    ...(home === undefined ? {} : { home: pathOf(home) }),
  };
}

function configHome(): string | undefined {
  const named = environment("XDG_CONFIG_HOME");
  return named === undefined ? undefined : pathOf(named);
}

function pathOf(folder: string): string {
  return vscode.Uri.file(folder).path.replace(/\/$/, "");
}

/** A variable of the extension host's environment; a host in a browser has none. */
function environment(name: string): string | undefined {
  const host: unknown = Reflect.get(globalThis, "process");
  const variables = isRecord(host) ? host["env"] : undefined;
  const value = isRecord(variables) ? variables[name] : undefined;
  return typeof value === "string" && value !== "" ? value : undefined;
}

async function read(file: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch {
    return undefined;
  }
}
