import { readEvents } from "../../core/markup/eventLog";
import { deskFolder, eventsPath, gitAttributes, isDeskFile, type IssueFile, issueNumber, readIssueFile } from "../../core/markup/issueFile";
import { readConflict } from "../../core/markup/mergeConflict";
import type { StrayReason } from "../../core/metrics/report";
import { latest } from "../../core/model/instant";
import type { BrokenReason, Instant, Issue } from "../../core/model/issue";
import type { IssueRef } from "../../core/model/issueRef";
import type { Files } from "../../core/model/ports";
import { failed, ok, type Result } from "../../core/model/result";
import { isOlder, mergeIssueFiles } from "../../core/sync/mergeIssue";

/** A file of the desk's folder as it was read. */
export interface StoredIssue extends IssueFile {
  readonly path: string;
  /** The text without conflict markers: a Git conflict is merged here, and the next write saves the result. */
  readonly text: string;
  /** The text of the file, with conflict markers. */
  readonly raw: string;
  /** The text of a newer issue that a merge put into the same file. */
  readonly younger?: string;
}

export interface IssuePath {
  readonly path: string;
  readonly number: number;
}

/** The content of the desk's folder: issues, and files that could not be read or parsed. */
export interface FolderContent {
  readonly stored: readonly StoredIssue[];
  /** Readable issues whose number is taken, so that they need a new one. */
  readonly duplicates: readonly StoredIssue[];
  readonly broken: readonly (IssuePath & { readonly reason: BrokenReason })[];
}

/** A file below the desk's folder that looks like one of its files, but has the wrong name or place, or a log that belongs to no issue. */
export interface StrayFile {
  readonly path: string;
  readonly reason: StrayReason;
}

/** Read access to the desk's folder. Parsed texts are cached. */
export interface IssueFolder {
  locations(): Promise<Result<readonly IssuePath[]>>;
  /** Reads those of the paths that exist, including two issues with the same number. */
  readSome(locations: readonly IssuePath[]): Promise<FolderContent>;
  readAll(): Promise<Result<FolderContent>>;
  /** Reads these paths again and returns the whole content. Reads everything if it was never read or a path is not an issue file. */
  readChanged(paths: ReadonlySet<string>): Promise<Result<FolderContent>>;
  /** The content as last read. `undefined` before the first reading. */
  lastRead(): FolderContent | undefined;
  /** The files that are not read, as of the last listing. */
  strays(): readonly StrayFile[];
  /** A file as last read. */
  known(path: string): StoredIssue | "broken" | undefined;
  /** Reads the issue's file, wherever it is now. Fails with `gone` if there is none, and `broken` if it is unreadable. */
  find(ref: IssueRef): Promise<Result<StoredIssue>>;
  /** Reads the log of an issue's file. Empty if nothing has been logged. */
  readLog(stored: StoredIssue): Promise<Result<IssueLog>>;
  /** The issue with its update time from the last known log. */
  timed(stored: StoredIssue): Issue;
  /** Records a log that was just read or written. */
  noteLog(path: string, text: string): void;
  /** A number that changes when the log of an issue's file was read or written. `undefined` if the log may have changed since. */
  logRevision(stored: StoredIssue): number | undefined;
  /** A number above those of all issues and logs. */
  freeNumber(locations: readonly IssuePath[]): number;
}

/** The log of an issue as it was read. Empty if there is none. */
export interface IssueLog {
  readonly path: string;
  readonly text: string;
}

interface Parsed {
  readonly location: IssuePath;
  readonly text: string | undefined;
  readonly file: Result<StoredIssue, BrokenReason>;
}

/** Creates access to the issues below `.desk/` through `files`. */
export function issueFolder(files: Files): IssueFolder {
  const parsed = new Map<string, Parsed>();
  const logTimes = new Map<string, Instant>();
  const logRevisions = new Map<string, number>();
  let revision = 0;
  const timedIssues = new WeakMap<StoredIssue, Issue>();
  const copies = new WeakMap<StoredIssue, StoredIssue>();
  let logs = new Set<string>();
  let misplaced: readonly string[] = [];
  let whole = false;
  /** The file of each id, the one with the lowest number if there are several. */
  let owners: Map<string, StoredIssue> | undefined;
  let last: FolderContent | undefined;

  function put(location: IssuePath, text: string | undefined, file: Parsed["file"]): Parsed {
    const fresh = { location, text, file };
    parsed.set(location.path, fresh);
    owners = undefined;
    last = undefined;
    return fresh;
  }

  function drop(path: string): void {
    parsed.delete(path);
    owners = undefined;
    last = undefined;
  }

  async function parse(location: IssuePath, text: string): Promise<Parsed> {
    const known = parsed.get(location.path);
    if (known?.text === text) return known;
    return put(location, text, await understand(location, text));
  }

  async function understand({ path, number }: IssuePath, text: string): Promise<Result<StoredIssue, BrokenReason>> {
    const sides = readConflict(text);
    if (sides === undefined) return stored(path, number, text);
    const events = [];
    for (const side of [sides.ours, sides.theirs]) {
      const one = stored(path, number, side);
      const log = one.kind === "ok" ? await readLog(one.value) : undefined;
      if (log?.kind === "ok") events.push(...readEvents(log.value.text));
    }
    const merged = mergeIssueFiles(path, number, sides, events);
    if (merged.kind === "failed") return merged;
    const one = stored(path, number, merged.value.kind === "one" ? merged.value.text : merged.value.older);
    if (one.kind === "failed") return one;
    return ok({ ...one.value, raw: text, ...(merged.value.kind === "one" ? {} : { younger: merged.value.younger }) });
  }

  async function locations(): Promise<Result<readonly IssuePath[]>> {
    const before = [...parsed.keys()];
    const top = await files.list(deskFolder);
    if (top.kind === "failed") return top;
    const folders = top.value.filter(({ kind }) => kind === "folder").map(({ name }) => `${deskFolder}/${name}`);
    const listings = await Promise.all(folders.map(async (folder) => ({ folder, entries: await files.list(folder) })));
    const found: IssuePath[] = [];
    const others = top.value.flatMap(({ name, kind }) => (kind === "file" && isDeskFile(name) ? [`${deskFolder}/${name}`] : []));
    const foundLogs = new Set<string>();
    for (const { folder, entries } of listings) {
      if (entries.kind === "failed") return entries;
      for (const { name, kind } of entries.value) {
        const isStray = kind === "folder" ? await hasDeskFiles(`${folder}/${name}`) : /(?<!^readme)\.md$/i.test(name) && issueNumber(name) === undefined;
        if (isStray) others.push(`${folder}/${name}`);
        if (kind !== "file" || !isDeskFile(name)) continue;
        const number = issueNumber(name);
        if (number === undefined) foundLogs.add(`${folder}/${name}`);
        else found.push({ path: `${folder}/${name}`, number });
      }
    }
    logs = foundLogs;
    misplaced = others.sort();
    const here = new Set(found.map(({ path }) => path));
    for (const path of before) if (!here.has(path)) drop(path);
    return ok(found.sort(byNumber));
  }

  async function hasDeskFiles(folder: string): Promise<boolean> {
    const entries = await files.list(folder);
    return entries.kind === "ok" && entries.value.some(({ name, kind }) => kind === "file" && isDeskFile(name));
  }

  async function read(location: IssuePath): Promise<Parsed | undefined> {
    const text = await files.read(location.path);
    if (text.kind === "ok") return parse(location, text.value);
    if (text.failure.kind === "missing") {
      drop(location.path);
      return undefined;
    }
    return put(location, undefined, failed("unreadable"));
  }

  async function readSome(found: readonly IssuePath[]): Promise<FolderContent> {
    const some = new Map<string, Parsed>();
    await inBatches(found, async (location) => {
      const one = await read(location);
      if (one !== undefined) some.set(location.path, one);
    });
    return contentOf(found.flatMap(({ path }) => some.get(path) ?? []));
  }

  async function readAll(): Promise<Result<FolderContent>> {
    // Logs of closed issues are not read here.
    logRevisions.clear();
    const found = await locations();
    if (found.kind === "failed") return found;
    await readSome(found.value);
    // The log only provides the update time. Closed issues have that in the file. A log is read once, and again after changes.
    const open = [...parsed.values()].flatMap(({ file }) => (file.kind === "ok" && file.value.issue.state === "open" ? [logPath(file.value)] : []));
    await inBatches(open.filter((path) => logs.has(path) && !logTimes.has(path)), readLogAt);
    whole = true;
    return ok(lastContent());
  }

  async function readChanged(paths: ReadonlySet<string>): Promise<Result<FolderContent>> {
    const some = [...paths].filter((path) => path !== gitAttributes.path);
    if (!whole || !some.every(isDeskPath)) return readAll();
    await inBatches(some, async (path) => {
      const number = issueNumber(path.split("/").at(-1) ?? "");
      await (number === undefined ? readLogAt(path) : read({ path, number }));
    });
    return ok(lastContent());
  }

  function lastContent(): FolderContent {
    last ??= withoutDuplicateNumbers(contentOf([...parsed.values()].sort((a, b) => byNumber(a.location, b.location))));
    return last;
  }

  function contentOf(all: readonly Parsed[]): FolderContent {
    const found: StoredIssue[] = [];
    const broken: (IssuePath & { readonly reason: BrokenReason })[] = [];
    for (const { location, file } of all) {
      if (file.kind === "ok") found.push(asKnown(file.value));
      else broken.push({ ...location, reason: file.failure });
    }
    return { stored: found, duplicates: [], broken };
  }

  /** A file that somebody copied by hand contains the id of another issue, so it is identified by its number only. */
  function asKnown(one: StoredIssue): StoredIssue {
    const owner = one.issue.ref.id === undefined ? undefined : ownerOf(one.issue.ref.id);
    if (owner === undefined || owner.path === one.path) return one;
    const copy = copies.get(one) ?? anonymous(one);
    copies.set(one, copy);
    return copy;
  }

  function ownerOf(id: string): StoredIssue | undefined {
    if (owners === undefined) {
      owners = new Map();
      for (const { location, file } of parsed.values()) {
        const known = file.kind === "ok" ? file.value.issue.ref.id : undefined;
        if (file.kind === "failed" || known === undefined) continue;
        const other = owners.get(known);
        if (other === undefined || byNumber(location, { path: other.path, number: other.issue.ref.number }) < 0) owners.set(known, file.value);
      }
    }
    return owners.get(id);
  }

  async function find(ref: IssueRef): Promise<Result<StoredIssue>> {
    const { id } = ref;
    const before = id === undefined ? undefined : ownerOf(id);
    if (before !== undefined) {
      const now = await read({ path: before.path, number: before.issue.ref.number });
      if (now?.file.kind === "failed") return failed({ kind: "broken", path: before.path, reason: now.file.failure });
      if (now?.file.kind === "ok" && now.file.value.issue.ref.id === id) return ok(asKnown(now.file.value));
    }
    const found = await locations();
    if (found.kind === "failed") return found;
    const fitting = withoutDuplicateNumbers(await readSome(found.value.filter(({ number }) => number === ref.number)));
    const same = fitting.stored.find(({ issue }) => issue.ref.repository === ref.repository);
    if (id === undefined) return same === undefined ? failed(noneOf(ref, fitting)) : ok(same);
    const byId = (content: FolderContent): StoredIssue | undefined => [...content.stored, ...content.duplicates].find(({ issue }) => issue.ref.id === id);
    const one = byId(fitting);
    if (one !== undefined) return ok(one);
    const all = await readAll();
    if (all.kind === "failed") return all;
    const moved = byId(all.value);
    if (moved !== undefined) return ok(moved);
    return failed(same === undefined ? noneOf(ref, fitting) : { kind: "otherIssue", ref, title: same.issue.title });
  }

  function logPath({ path, hasId, issue }: StoredIssue): string {
    const lasting = eventsPath(path, issue.ref.id);
    const former = eventsPath(path, undefined);
    return !hasId && !logs.has(lasting) && logs.has(former) ? former : lasting;
  }

  function strays(): readonly StrayFile[] {
    const used = new Set([...parsed.values()].flatMap(({ location, file }) => (file.kind === "ok" ? logPath(asKnown(file.value)) : eventsPath(location.path, undefined))));
    // Nobody knows which id a broken file has.
    const unclear = new Set([...parsed.values()].flatMap(({ location: { path }, file }) => (file.kind === "ok" ? [] : [folderOf(path)])));
    const unused = [...logs].filter((path) => !used.has(path) && !unclear.has(folderOf(path))).sort();
    return [...misplaced.map((path) => ({ path, reason: "misplaced" as const })), ...unused.map((path) => ({ path, reason: "noIssue" as const }))];
  }

  async function readLogAt(path: string): Promise<Result<IssueLog>> {
    const text = await files.read(path);
    if (text.kind === "failed" && text.failure.kind !== "missing") return text;
    if (text.kind === "ok") logs.add(path);
    else logs.delete(path);
    const log = { path, text: text.kind === "ok" ? text.value : "" };
    noteLog(path, log.text);
    return ok(log);
  }

  function readLog(one: StoredIssue): Promise<Result<IssueLog>> {
    return readLogAt(logPath(one));
  }

  function noteLog(path: string, text: string): void {
    revision += 1;
    logRevisions.set(path, revision);
    logTimes.set(path, latest([...text.matchAll(timeInLog)].map(([, at]) => at)));
  }

  function timed(one: StoredIssue): Issue {
    const updatedAt = latest([one.issue.updatedAt, logTimes.get(logPath(one))]);
    const before = timedIssues.get(one) ?? one.issue;
    const now = before.updatedAt === updatedAt ? before : { ...one.issue, updatedAt };
    timedIssues.set(one, now);
    return now;
  }

  return {
    locations, readSome, readAll, readChanged, find, readLog, timed, noteLog, strays,
    logRevision: (one) => logRevisions.get(logPath(one)),
    lastRead: () => (whole ? lastContent() : undefined),
    known(path) {
      const file = parsed.get(path)?.file;
      return file === undefined ? undefined : file.kind === "ok" ? asKnown(file.value) : "broken";
    },
    freeNumber: (found) => Math.max(0, ...found.map(({ number }) => number), ...[...logs].map((path) => Number(/\/([1-9]\d{0,8})\.[^/]*$/.exec(path)?.[1] ?? 0))) + 1,
  };
}

const atOnce = 32;

/** Reads many files, some of them at once. The results are in the order of the files. */
export async function inBatches<T, R>(all: readonly T[], job: (one: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (let start = 0; start < all.length; start += atOnce) results.push(...(await Promise.all(all.slice(start, start + atOnce).map(job))));
  return results;
}

const timeInLog = /"at":"(\d{4}-\d\d-\d\dT[\d:.]+Z)"/g;

function stored(path: string, number: number, text: string): Result<StoredIssue, BrokenReason> {
  const file = readIssueFile(path, number, text);
  return file.kind === "failed" ? file : ok({ ...file.value, path, text, raw: text });
}

function anonymous(one: StoredIssue): StoredIssue {
  const { id: _id, ...ref } = one.issue.ref;
  return { ...one, hasId: false, issue: { ...one.issue, ref } };
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

function isDeskPath(path: string): boolean {
  return path.startsWith(`${deskFolder}/`) && path.split("/").length === 3 && isDeskFile(path);
}

function noneOf(ref: IssueRef, { broken: [first] }: FolderContent): { readonly kind: "gone"; readonly ref: IssueRef } | { readonly kind: "broken"; readonly path: string; readonly reason: BrokenReason } {
  return first === undefined ? { kind: "gone", ref } : { kind: "broken", path: first.path, reason: first.reason };
}

/** Of two issues with the same number, as after merging two branches, the newer one counts as broken until it is renumbered. */
function withoutDuplicateNumbers({ stored: all, broken }: FolderContent): FolderContent {
  const first = new Map<string, StoredIssue>();
  for (const one of all) {
    const name = nameOf(one.issue);
    const other = first.get(name);
    if (other === undefined || isOlder(one, other)) first.set(name, one);
  }
  const duplicates = all.filter((one) => one.younger !== undefined || first.get(nameOf(one.issue)) !== one);
  if (duplicates.length === 0) return { stored: all, duplicates, broken };
  const younger = duplicates.map(({ path, issue }) => ({ path, number: issue.ref.number, reason: "sameNumber" as const }));
  return { stored: all.filter((one) => first.get(nameOf(one.issue)) === one), duplicates, broken: [...broken, ...younger] };
}

function nameOf({ ref }: Issue): string {
  return `${ref.repository}#${ref.number}`;
}

function byNumber(a: IssuePath, b: IssuePath): number {
  return a.number - b.number || (a.path < b.path ? -1 : 1);
}
