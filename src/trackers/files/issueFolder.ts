import type { BrokenReason } from "../../core/failure";
import { deskFolder, issueNumber } from "../../core/issue/fileName";
import type { Issue } from "../../core/issue/issue";
import { readIssueFile, type IssueFile } from "../../core/issue/issueFile";
import type { IssueRef } from "../../core/issue/issueRef";
import type { Files } from "../../core/ports";
import { failed, ok, type Result } from "../../core/result";

/** A file of the desk's folder as it was read. */
export interface StoredIssue extends IssueFile {
  readonly path: string;
  readonly text: string;
}

export interface IssuePlace {
  readonly path: string;
  readonly number: number;
}

/** What the desk's folder holds: the issues, and the files that could not be read or understood. */
export interface FolderContent {
  readonly stored: readonly StoredIssue[];
  readonly broken: readonly (IssuePlace & { readonly reason: BrokenReason })[];
}

/** The desk's folder for reading. A text that was parsed before is not parsed again. */
export interface IssueFolder {
  places(): Promise<Result<readonly IssuePlace[]>>;
  /** Those of the places that are there, two issues with one number both included. */
  readSome(places: readonly IssuePlace[]): Promise<Result<FolderContent>>;
  readAll(): Promise<Result<FolderContent>>;
  /** The issue's file, freshly read; `gone` when there is none, `broken` when a person broke it. */
  find(ref: IssueRef): Promise<Result<StoredIssue>>;
}

interface Parsed {
  readonly text: string;
  readonly file: Result<IssueFile, BrokenReason>;
}

/** The issues below `.desk/`, read and written through `files`. */
export function issueFolder(files: Files): IssueFolder {
  const parsed = new Map<string, Parsed>();

  function parse(place: IssuePlace, text: string): Result<IssueFile, BrokenReason> {
    const known = parsed.get(place.path);
    if (known?.text === text) return known.file;
    const file = readIssueFile(place.path, place.number, text);
    parsed.set(place.path, { text, file });
    return file;
  }

  async function places(): Promise<Result<readonly IssuePlace[]>> {
    const top = await files.list(deskFolder);
    if (top.kind === "failed") return top;
    const folders = top.value.filter(({ kind }) => kind === "folder").map(({ name }) => `${deskFolder}/${name}`);
    const listings = await Promise.all(folders.map(async (folder) => ({ folder, entries: await files.list(folder) })));
    const found: IssuePlace[] = [];
    for (const { folder, entries } of listings) {
      if (entries.kind === "failed") return entries;
      for (const { name, kind } of entries.value) {
        const number = kind === "file" ? issueNumber(name) : undefined;
        if (number !== undefined) found.push({ path: `${folder}/${name}`, number });
      }
    }
    return ok(found.sort(byNumber));
  }

  async function read(place: IssuePlace): Promise<Result<StoredIssue>> {
    const text = await files.read(place.path);
    if (text.kind === "failed") return text;
    const file = parse(place, text.value);
    if (file.kind === "failed") return failed({ kind: "broken", path: place.path, reason: file.failure });
    return ok({ ...file.value, path: place.path, text: text.value });
  }

  async function readSome(found: readonly IssuePlace[]): Promise<Result<FolderContent>> {
    const stored: StoredIssue[] = [];
    const broken: (IssuePlace & { readonly reason: BrokenReason })[] = [];
    for (let start = 0; start < found.length; start += atOnce) {
      const some = found.slice(start, start + atOnce);
      const results = await Promise.all(some.map(async (place) => ({ place, result: await read(place) })));
      for (const { place, result } of results) {
        if (result.kind === "ok") stored.push(result.value);
        else if (result.failure.kind === "broken") broken.push({ ...place, reason: result.failure.reason });
        else if (result.failure.kind !== "missing") broken.push({ ...place, reason: "unreadable" });
      }
    }
    return ok({ stored, broken });
  }

  async function readAll(): Promise<Result<FolderContent>> {
    const found = await places();
    if (found.kind === "failed") return found;
    const here = new Set(found.value.map(({ path }) => path));
    for (const path of parsed.keys()) if (!here.has(path)) parsed.delete(path);
    const content = await readSome(found.value);
    return content.kind === "failed" ? content : ok(withoutDoubles(content.value));
  }

  async function find(ref: IssueRef): Promise<Result<StoredIssue>> {
    const found = await places();
    if (found.kind === "failed") return found;
    const content = await readSome(found.value.filter(({ number }) => number === ref.number));
    if (content.kind === "failed") return content;
    const { stored, broken: unreadable } = withoutDoubles(content.value);
    const one = stored.find(({ issue }) => issue.ref.repository === ref.repository);
    if (one !== undefined) return ok(one);
    const broken = unreadable[0];
    return failed(broken === undefined ? { kind: "gone", ref } : { kind: "broken", path: broken.path, reason: broken.reason });
  }

  return { places, readSome, readAll, find };
}

const atOnce = 32;

/** Whether `a` keeps a number that both have: the older one does. */
export function comesFirst(a: StoredIssue, b: StoredIssue): boolean {
  return order(a) < order(b);
}

function order({ issue, key, path }: StoredIssue): string {
  return JSON.stringify([issue.createdAt, key ?? "", path]);
}

/** Of two issues with one name, as a merge of two branches can make them, the younger one counts as broken. */
function withoutDoubles({ stored, broken }: FolderContent): FolderContent {
  const first = new Map<string, StoredIssue>();
  for (const one of stored) {
    const id = nameOf(one.issue);
    const other = first.get(id);
    if (other === undefined || comesFirst(one, other)) first.set(id, one);
  }
  const doubles = stored.filter((one) => first.get(nameOf(one.issue)) !== one);
  if (doubles.length === 0) return { stored, broken };
  return {
    stored: stored.filter((one) => !doubles.includes(one)),
    broken: [...broken, ...doubles.map(({ path, issue }) => ({ path, number: issue.ref.number, reason: "sameNumber" as const }))],
  };
}

function nameOf({ ref }: Issue): string {
  return `${ref.repository}#${ref.number}`;
}

function byNumber(a: IssuePlace, b: IssuePlace): number {
  return a.number - b.number || (a.path < b.path ? -1 : 1);
}
