import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Files } from '../../src/core/model/ports';
import { failed, ok } from '../../src/core/model/result';

/** A Git working copy in a temporary folder. */
export interface GitFolder {
  readonly root: string;
  readonly files: Files;
  read(file: string): string;
  write(file: string, text: string): void;
  /** All files below `.desk`, by path. */
  texts(): Readonly<Record<string, string>>;
  /** Runs Git and returns its output. The test fails if Git does. */
  git(...words: readonly string[]): string;
  /** Commits everything. */
  commit(): void;
  /** Merges a branch into the current one and returns the paths in conflict, which keep their conflict markers. */
  merge(branch: string, ...options: readonly string[]): readonly string[];
  remove(): void;
}

const settings = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false", "-c", "core.autocrlf=false"];

/** A new repository with one commit on the branch `main`. */
export function gitFolder(): GitFolder {
  const root = mkdtempSync(path.join(tmpdir(), "desk-git-"));
  const at = (file: string): string => path.join(root, file);
  const run = (...words: readonly string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } =>
    spawnSync("git", [...settings, ...words], { cwd: root, encoding: "utf8", env: { ...process.env, GIT_CONFIG_GLOBAL: "", GIT_CONFIG_NOSYSTEM: "1" } });
  const git = (...words: readonly string[]): string => {
    const { status, stdout, stderr } = run(...words);
    if (status !== 0) throw new Error(`git ${words.join(" ")}: ${stdout}${stderr}`);
    return stdout;
  };
  const commit = (): void => void (git("add", "-A"), git("commit", "-q", "--allow-empty", "-m", "State"));
  git("init", "-q", "-b", "main");
  commit();
  return {
    root,
    files: nodeFiles(root),
    git,
    commit,
    read: (file) => readFileSync(at(file), "utf8"),
    write(file, text) {
      mkdirSync(path.dirname(at(file)), { recursive: true });
      writeFileSync(at(file), text);
    },
    texts: () => Object.fromEntries(git("ls-files", "-co", "--exclude-standard", ".desk").split("\n").flatMap((file) => (file === "" || !existsSync(at(file)) ? [] : [[file, readFileSync(at(file), "utf8")]]))),
    merge(branch, ...options) {
      const { status, stdout, stderr } = run(...options, "merge", "-q", "--no-edit", branch);
      const conflicts = git("diff", "--name-only", "--diff-filter=U").split("\n").filter((file) => file !== "");
      if (status !== 0 && conflicts.length === 0) throw new Error(`git merge ${branch}: ${stdout}${stderr}`);
      return conflicts;
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** The files below a folder of this machine. */
function nodeFiles(root: string): Files {
  const at = (file: string): string => path.join(root, file);
  const guarded = (file: string, job: () => void): ReturnType<Files["remove"]> => {
    try {
      job();
      return Promise.resolve(ok(undefined));
    } catch (error) {
      return Promise.resolve(failed({ kind: "unwritable" as const, path: file, reason: String(error) }));
    }
  };
  return {
    async list(folder) {
      if (!existsSync(at(folder))) return ok([]);
      return ok(readdirSync(at(folder), { withFileTypes: true }).map((entry) => ({ name: entry.name, kind: entry.isDirectory() ? ("folder" as const) : ("file" as const) })));
    },
    async read(file) {
      return existsSync(at(file)) ? ok(readFileSync(at(file), "utf8")) : failed({ kind: "missing", path: file });
    },
    write: (file, text) =>
      guarded(file, () => {
        mkdirSync(path.dirname(at(file)), { recursive: true });
        writeFileSync(at(file), text);
      }),
    move: (from, to) =>
      guarded(from, () => {
        if (existsSync(at(to))) throw new Error("exists");
        renameSync(at(from), at(to));
      }),
    remove: (file) => guarded(file, () => rmSync(at(file))),
  };
}
