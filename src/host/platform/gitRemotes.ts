import * as vscode from "vscode";
import { type ConfigFiles, type GitSetting, readGitConfig } from "../../core/github/gitConfig";
import { remoteRepositories, repositoryOf } from "../../core/github/remotes";
import { readSshConfig } from "../../core/github/sshConfig";
import type { Repository } from "../../core/model/issueRef";
import { isRecord } from "../../core/model/plainData";

const maxFoldersUp = 20;

/** The Git checkout that contains a workspace folder. */
export interface Checkout {
  /** Its repositories on the requested server; empty without a checkout, or with one of another server. */
  readonly repositories: readonly Repository[];
  /** The folder's path in the checkout, empty or ending in `/`. */
  readonly path: string;
}

/** The repositories on a server that are remotes of the Git checkout around a folder, resolved with the Git and SSH configuration of this machine. */
export async function checkoutOf(folder: vscode.Uri, server: string): Promise<Checkout> {
  // A folder in a virtual workspace is named by its repository.
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

/** The user's settings followed by those of the checkout, in the order in which Git reads them. */
async function gitSettings(git: vscode.Uri, files: ConfigFiles): Promise<readonly GitSetting[]> {
  const { home } = files;
  const paths = [...(home === undefined ? [] : [`${configHome() ?? `${home}/.config`}/git/config`, `${home}/.gitconfig`]), `${git.path}/config`];
  return (await Promise.all(paths.map((path) => readGitConfig(path, files, git.path)))).flat();
}

/** The Git folder that contains the configuration of a checkout. For a worktree, that of the main repository. */
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

/** Resolves a path from a Git file, which may be absolute. */
function within(folder: vscode.Uri, path: string): vscode.Uri {
  const slashed = path.replace(/\\/g, "/").replace(/^([a-z]):\//i, "/$1:/");
  return slashed.startsWith("/") ? folder.with({ path: slashed }) : vscode.Uri.joinPath(folder, slashed);
}

/** Reads configuration files of the machine that contains the checkout. The home folder is known only if the extension host runs on that machine. */
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

/** An environment variable of the extension host; `undefined` in a browser. */
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
