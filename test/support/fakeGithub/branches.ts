import { createHash } from "node:crypto";
import type { StoredRepository } from "./world";

type Files = ReadonlyMap<string, string>;

/** The id that Git gives to a file with this text. */
export function blobId(text: string): string {
  return createHash("sha1").update(`blob ${Buffer.byteLength(text)}\0`).update(text).digest("hex");
}

/** The id of the commit at the end of a branch. */
export function headOf(repository: StoredRepository, branch: string): string | undefined {
  return branch === "main" ? (repository.files.size === 0 ? undefined : addCommit(repository, repository.files)) : repository.branches?.get(branch);
}

/** The files of a branch; `undefined` if there is no such branch. */
export function filesOf(repository: StoredRepository, branch: string): Files | undefined {
  if (branch === "main") return repository.files;
  const head = repository.branches?.get(branch);
  return repository.commits?.get(head ?? branch);
}

export function hasCommit(repository: StoredRepository, sha: string): boolean {
  return repository.commits?.has(sha) === true;
}

/** Moves a branch to a commit, and creates it if needed. */
export function setBranch(repository: StoredRepository, branch: string, sha: string): void {
  repository.branches ??= new Map();
  repository.branches.set(branch, sha);
}

/** Commits a file to a branch, and returns the id of the commit. */
export function commitFile(repository: StoredRepository, branch: string, path: string, text: string): string {
  if (branch === "main") repository.files.set(path, text);
  const sha = addCommit(repository, new Map([...filesOf(repository, branch) ?? [], [path, text]]), branch === "main" ? "" : headOf(repository, branch));
  if (branch !== "main") setBranch(repository, branch, sha);
  return sha;
}

function addCommit(repository: StoredRepository, files: Files, parent = ""): string {
  const sha = createHash("sha1").update(JSON.stringify([repository.id, parent, [...files]])).digest("hex");
  repository.commits ??= new Map();
  repository.commits.set(sha, new Map(files));
  return sha;
}

/** Whether rules forbid everybody to create and change the branch. */
export function isProtected(repository: StoredRepository, branch: string): boolean {
  return repository.protectedBranches?.some(prefix => branch.startsWith(prefix)) === true;
}
