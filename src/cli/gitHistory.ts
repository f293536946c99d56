import { spawn } from "node:child_process";
import path from "node:path";
import { instantAt } from "../core/model/instant";
import type { FileCommit } from "../core/metrics/history/deskVersions";
import { failed, ok, type Result } from "../core/model/result";
import { codeOf, isInRepository } from "./files";

/** The history of files in the repository that contains a folder. Paths are relative to the folder. */
interface GitHistory {
  /** Whether older commits are missing, because the repository is a shallow clone. */
  readonly isShallow: boolean;
  /** The commits on the current branch that changed any of the files, oldest first. A merge counts when it was made. */
  commitsOf(files: readonly string[]): Promise<readonly FileCommit[]>;
  /** The path that a file had before a commit moved or renamed it. `undefined` if the commit did not. */
  pathBefore(sha: string, file: string): Promise<string | undefined>;
  /** The texts of files in commits. Files that a commit does not have are absent. */
  textsOf(files: readonly { readonly sha: string; readonly file: string }[]): Promise<ReadonlyMap<string, string>>;
}

/** The key of a text in `textsOf`. */
export function textKey(sha: string, file: string): string {
  return `${sha}:${file}`;
}

/** Why the history of a folder is unknown. */
export type NoHistory =
  | { readonly kind: "noRepository" }
  /** Git is not installed or does not start. */
  | { readonly kind: "noGit"; readonly reason: string }
  /** Git does not open the repository, for example because somebody else owns it. */
  | { readonly kind: "refused"; readonly reason: string };

/** Finds the repository around a folder. */
export async function gitHistory(folder: string): Promise<Result<GitHistory, NoHistory>> {
  const found = await runGit(folder, ["rev-parse", "--show-prefix", "--is-shallow-repository"]);
  if (found.kind === "failed") return failed(found.failure.kind === "refused" && !isInRepository(folder) ? { kind: "noRepository" } : found.failure);
  const [prefix = "", shallow = ""] = found.value.toString("utf8").split("\n");
  return ok({
    isShallow: shallow === "true",
    async commitsOf(files) {
      const log = await git(folder, ["log", "--first-parent", "--no-show-signature", "--format=%H %ct", "--", ...files.map((file) => `:(literal)${file}`)]);
      const lines = (log?.toString("utf8") ?? "").split("\n").flatMap((line) => /^([0-9a-f]{40,64}) (\d+)$/.exec(line) ?? []);
      const commits: FileCommit[] = [];
      for (let index = 0; index + 2 < lines.length; index += 3) commits.push({ sha: lines[index + 1] ?? "", at: instantAt(Number(lines[index + 2]) * 1000) });
      return commits.toReversed();
    },
    async pathBefore(sha, file) {
      const renames = await git(folder, ["show", "--first-parent", "--find-renames", "--diff-filter=R", "--name-status", "--format=", "-z", sha]);
      // Each rename is a status, the path before and the path after.
      const parts = renames?.toString("utf8").split("\0") ?? [];
      return parts.find((_, index) => index % 3 === 1 && parts[index + 1] === pathIn(prefix, file));
    },
    async textsOf(files) {
      const asked = files.filter(({ file }) => !/[\r\n]/.test(file));
      const output = await git(folder, ["cat-file", "--batch"], asked.map(({ sha, file }) => `${sha}:${pathIn(prefix, file)}\n`).join(""));
      return output === undefined ? new Map() : readBatch(output, asked);
    },
  });
}

function pathIn(prefix: string, file: string): string {
  return path.posix.normalize(`${prefix}${file}`);
}

/** Parses the output of `git cat-file --batch`: a line with the size before each text, or a line without for what is missing. */
function readBatch(output: Buffer, asked: readonly { readonly sha: string; readonly file: string }[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  let at = 0;
  for (const { sha, file } of asked) {
    const end = output.indexOf(10, at);
    if (end < 0) break;
    const size = /^[0-9a-f]{40,64} (\w+) (\d+)$/.exec(output.toString("utf8", at, end));
    at = end + 1;
    if (size === null) continue;
    const length = Number(size[2]);
    if (size[1] === "blob") texts.set(textKey(sha, file), output.toString("utf8", at, at + length));
    at += length + 1;
  }
  return texts;
}

/** The output of Git. Returns `undefined` if it failed or cannot be run. */
async function git(folder: string, args: readonly string[], input = ""): Promise<Buffer | undefined> {
  const output = await runGit(folder, args, input);
  return output.kind === "ok" ? output.value : undefined;
}

/** The output of Git, or the first line of what it says if it fails. */
function runGit(folder: string, args: readonly string[], input = ""): Promise<Result<Buffer, Exclude<NoHistory, { readonly kind: "noRepository" }>>> {
  return new Promise((resolve) => {
    const child = spawn("git", ["-c", "core.quotePath=false", ...args], { cwd: folder, stdio: "pipe", env: { ...process.env, GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0" } });
    const [parts, errors]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on("data", (part: Buffer) => parts.push(part));
    child.stderr.on("data", (part: Buffer) => errors.push(part));
    child.on("error", (error) => resolve(failed({ kind: "noGit", reason: codeOf(error) })));
    child.on("close", (code) => {
      const [reason = ""] = Buffer.concat(errors).toString("utf8").split("\n");
      resolve(code === 0 ? ok(Buffer.concat(parts)) : failed({ kind: "refused", reason: reason.replace(/^fatal: /, "") }));
    });
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}

/** The fetch addresses of the remotes of the repository around a folder: `upstream` and `origin` first. Empty without a repository. */
export async function remoteAddresses(folder: string): Promise<readonly string[]> {
  const names = (await git(folder, ["remote"]))?.toString("utf8").split("\n").filter((name) => name !== "") ?? [];
  const rank = (name: string): number => (name === "upstream" ? 0 : name === "origin" ? 1 : 2);
  const addresses: string[] = [];
  for (const name of names.toSorted((a, b) => rank(a) - rank(b))) {
    const address = (await git(folder, ["remote", "get-url", "--", name]))?.toString("utf8").trim();
    if (address !== undefined && address !== "") addresses.push(address);
  }
  return addresses;
}
