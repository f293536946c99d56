import type { BusinessTime } from "../../calendar/businessTime";
import { parseDesk } from "../../desk/parseDesk";
import { type Desk, runbookOfKind } from "../../model/desk";
import { compareInstants } from "../../model/instant";
import type { Instant } from "../../model/issue";
import { fileOfProcedure } from "../../model/procedurePath";
import type { RunbookDetails } from "../../model/runbook";
import type { DeskVersion } from "./deskHistory";

/** A commit, and when it was made. */
export interface FileCommit {
  readonly sha: string;
  readonly at: Instant;
}

/** How the files of a desk are read. */
export interface DeskReaders {
  /** The folder of `desk.yml`, relative to the workspace folder. */
  readonly deskFolder: string;
  /** Business time with the texts of calendar files by path. */
  readonly time: (desk: Desk, texts: ReadonlyMap<string, string>) => Promise<BusinessTime>;
  /** The front matter of a runbook at a path from the workspace folder. */
  readonly details: (desk: Desk, path: string, text: string) => RunbookDetails | undefined;
}

/** Creates a parser of `desk.yml` that parses each text once. */
export function deskParser(): (text: string) => Desk | undefined {
  const known = new Map<string, Desk | undefined>();
  return (text) => {
    if (!known.has(text)) known.set(text, parseDesk(text).desk);
    return known.get(text);
  };
}

/**
 * The versions of the desk in commits, the oldest first. Versions of `desk.yml` that cannot be used are skipped, as in the editor.
 * Equal ones are one, and those with equal hours and calendars have the same business time.
 */
export async function versionsOf(commits: readonly FileCommit[], textOf: (sha: string, file: string) => string | undefined, { deskFolder, time, details }: DeskReaders, deskOf = deskParser()): Promise<readonly DeskVersion[]> {
  const versions: DeskVersion[] = [];
  const times = new Map<string, BusinessTime>();
  let before = "";
  for (const { sha, at } of commits) {
    const text = textOf(sha, "desk.yml");
    if (text === undefined) continue;
    const desk = deskOf(text);
    if (desk === undefined) continue;
    const files = new Map(filesOfDesk(desk).flatMap((file) => {
      const content = textOf(sha, file);
      return content === undefined ? [] : [[file, content] as const];
    }));
    // Shifts change often and decide nothing here. Of people, the logins decide whose marks count.
    const { rotation: _rotation, rotations: _rotations, people, ...relevant } = desk;
    const key = JSON.stringify([relevant, people.map(({ login }) => login), [...files]]);
    if (key === before) continue;
    before = key;
    const calendars = desk.holidays.flatMap((holiday) => (holiday.kind === "calendar" ? [files.get(holiday.path)] : []));
    const timeKey = JSON.stringify([desk.timezone, desk.hours, desk.holidays, desk.exceptions, calendars]);
    const own = times.get(timeKey) ?? (await time(desk, files));
    times.set(timeKey, own);
    versions.push({ from: at, desk, time: own, details: detailsOf(desk, files, { deskFolder, details }) });
  }
  return versions;
}

/** The files that the figures of a desk depend on, relative to its folder: calendars, and the runbooks of kinds. */
export function filesOfDesk(desk: Desk | undefined): readonly string[] {
  if (desk === undefined) return [];
  const calendars = desk.holidays.flatMap((holiday) => (holiday.kind === "calendar" ? [holiday.path] : []));
  const runbooks = desk.kinds.flatMap(({ runbook }) => (runbook === undefined ? [] : [fileOfProcedure(runbook)]));
  return [...new Set([...calendars, ...runbooks])];
}

/** The front matter of runbooks. Each is parsed once. */
export function detailsOf(desk: Desk, texts: ReadonlyMap<string, string>, { deskFolder, details }: Pick<DeskReaders, "deskFolder" | "details">): (runbook: string) => RunbookDetails | undefined {
  const byPath = new Map([...texts].map(([file, text]) => [runbookOfKind({ runbook: file }, deskFolder) ?? file, text]));
  const known = new Map<string, RunbookDetails | undefined>();
  return (runbook) => {
    if (!known.has(runbook)) {
      const text = byPath.get(runbook);
      known.set(runbook, text === undefined ? undefined : details(desk, runbook, text));
    }
    return known.get(runbook);
  };
}

/** The commits that changed files. */
export interface FileHistory {
  /** The commits on the current branch that changed a file, in any order. The file is relative to the folder of `desk.yml`. Empty if nothing is known. */
  commitsOf(file: string): Promise<readonly FileCommit[]>;
  /** The text of a file in a commit. */
  textOf(sha: string, file: string): Promise<string | undefined>;
  /** How many texts may be read at the same time. Default: one. */
  readonly atOnce?: number;
  /** Whether older commits are missing, as in a shallow clone. */
  isShallow?(): Promise<boolean>;
}

/** The versions of a desk from the commits that changed its `desk.yml`, its calendar files and the runbooks of its kinds, and whether the newest one is today's. */
export async function readVersions(history: FileHistory, today: ReadonlyMap<string, string>, readers: DeskReaders): Promise<{ readonly versions: readonly DeskVersion[]; readonly isCommitted: boolean }> {
  const texts = new Map<string, readonly { readonly commit: FileCommit; readonly text: string | undefined }[]>();
  const read = async (file: string): Promise<void> => {
    const commits = (await history.commitsOf(file)).toSorted((a, b) => compareInstants(a.at, b.at));
    const found: { readonly commit: FileCommit; readonly text: string | undefined }[] = [];
    const atOnce = history.atOnce ?? 1;
    for (let start = 0; start < commits.length; start += atOnce) {
      found.push(...(await Promise.all(commits.slice(start, start + atOnce).map(async (commit) => ({ commit, text: await history.textOf(commit.sha, file) })))));
    }
    texts.set(file, found);
  };
  const deskOf = deskParser();
  await read("desk.yml");
  const configurations = texts.get("desk.yml") ?? [];
  if (configurations.length === 0) return { versions: [], isCommitted: false };
  for (const file of new Set(configurations.flatMap(({ text }) => filesOfDesk(text === undefined ? undefined : deskOf(text))))) await read(file);
  const commits = [...new Map([...texts.values()].flat().map(({ commit }) => [commit.sha, commit])).values()].toSorted((a, b) => compareInstants(a.at, b.at));
  const times = new Map(commits.map(({ sha, at }) => [sha, at]));
  // Between two commits that changed a file, it stays as it is.
  const textOf = (sha: string, file: string): string | undefined => texts.get(file)?.findLast(({ commit }) => compareInstants(commit.at, times.get(sha) ?? commit.at) <= 0)?.text;
  const versions = await versionsOf(commits, textOf, readers, deskOf);
  const last = commits.at(-1)?.sha ?? "";
  return { versions, isCommitted: [...today].every(([file, text]) => isSameVersion(textOf(last, file), text)) };
}

/** Whether a file is as it was committed. Git can write other line endings into the working copy than into the commit, and a missing file is empty. */
export function isSameVersion(committed: string | undefined, today: string | undefined): boolean {
  const [one, other] = [committed, today].map((text = "") => text.replaceAll("\r\n", "\n"));
  return one === other;
}

/** A commit with its parents. The first parent is the commit of the branch that others were merged into. */
export interface GraphCommit extends FileCommit {
  readonly parents: readonly string[];
}

/**
 * The commits by which others came to a branch: a commit of the branch itself, and for those of merged branches the merge. A commit
 * that is not below `head` in the graph stands for itself. Each is listed once.
 */
export function commitsOnBranch(commits: readonly FileCommit[], graph: readonly GraphCommit[], head: string): readonly FileCommit[] {
  const byId = new Map(graph.map((commit) => [commit.sha, commit]));
  const branch: GraphCommit[] = [];
  for (let at = byId.get(head); at !== undefined; at = byId.get(at.parents[0] ?? "")) branch.push(at);
  const landedBy = new Map<string, GraphCommit>(branch.map((commit) => [commit.sha, commit]));
  for (const commit of branch.toReversed()) {
    const open = commit.parents.slice(1);
    for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
      if (landedBy.has(sha)) continue;
      landedBy.set(sha, commit);
      open.push(...(byId.get(sha)?.parents ?? []));
    }
  }
  return [...new Map(commits.map((commit) => {
    const { sha, at } = landedBy.get(commit.sha) ?? commit;
    return [sha, { sha, at }] as const;
  })).values()];
}
