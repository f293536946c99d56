import { fromString } from "temporal-polyfill/fns/Instant";
import { Document } from "yaml";
import { compareInstants, latest } from "../model/instant";
import type { BrokenReason, Instant, Issue } from "../model/issue";
import { localRepository, withId } from "../model/issueRef";
import type { OperationKey } from "../model/operation";
import { failed, ok, type Result } from "../model/result";
import { textHash } from "../model/textHash";
import { isBroken } from "./checklistRegion";
import { type FrontMatterText, isTooLarge, readFrontMatterYaml, splitYamlFrontMatter } from "./frontMatter";
import { isMarkedInstant } from "./hiddenMark";
import { isConflictMarker } from "./mergeConflict";
import { findRegions } from "./regions";
import { lineBreakOf, splitLines } from "./textLines";
import type { YamlTree } from "./yamlTree";

/**
 * An issue in a Markdown file with YAML front matter. New files contain the id. In files of version 0.1 it is derived from the
 * key. Files written by hand have neither.
 */
export interface IssueFile {
  readonly issue: Issue;
  /** Key of the operation that created the issue. */
  readonly key?: OperationKey;
  /** Whether the file contains the id. */
  readonly hasId: boolean;
  /** When the file of an open issue says that it was closed, as after a person opened it again by hand. */
  readonly formerlyClosed?: Instant;
}

/** Parses a file into an issue with its exact body, or returns why the file is unreadable. */
export function readIssueFile(path: string, number: number, text: string): Result<IssueFile, BrokenReason> {
  const parts = splitFile(text);
  if (parts === undefined) return failed(hasMarkers(text) ? "mergeConflict" : "noFrontMatter");
  const fields = readFields(parts.source);
  if (fields.kind === "failed") return hasMarkers(parts.source) ? failed("mergeConflict") : fields;
  const { key, id, repository, formerlyClosed, ...rest } = fields.value;
  const ref = withId({ repository, number }, id ?? idOfKey(key));
  const updatedAt = latest([rest.createdAt, rest.closedAt, rest.updatedAt, lastMark(parts.body)]);
  const issue: Issue = { ...rest, updatedAt, ref, body: parts.body, location: { kind: "file", path } };
  const broken = brokenBody(issue);
  return broken === undefined ? ok({ issue, hasId: id !== undefined && id === ref.id, ...(key === undefined ? {} : { key }), ...(formerlyClosed === undefined ? {} : { formerlyClosed }) }) : failed(broken);
}

/** Renders the file of a new issue. It has no update time, because that is derived from its content. */
export function renderIssueFile({ issue, key }: Pick<IssueFile, "issue" | "key">): string {
  const document = new Document();
  setFields(document, { id: issue.ref.id, ...fieldsOf(issue), key }, {});
  return `---\n${print(document)}---\n\n${issue.body}`;
}

/** Updates the file's text to the changed issue. Other front matter, including comments, is kept. */
export function updateIssueFile(text: string, before: Issue, after: Issue): string {
  const parts = splitFile(text);
  if (parts === undefined) return text;
  const yaml = parts.source.replace(updatedLine, "");
  const [now, then] = [fieldsOf(after), fieldsOf(before)];
  if (JSON.stringify(now) === JSON.stringify(then)) return parts.opening + yaml + parts.closing + after.body;
  const { document } = readFrontMatterYaml(yaml);
  if (document === undefined) return text;
  setFields(document, now, then);
  return parts.opening + print(document).replaceAll("\n", lineBreakOf(parts.opening)) + parts.closing + after.body;
}

/** The id of the issue that the operation with this key creates. It is the same on every machine. */
export function idOfKey(key: OperationKey): string;

export function idOfKey(key: OperationKey | undefined): string | undefined;

export function idOfKey(key: OperationKey | undefined): string | undefined {
  return key === undefined ? undefined : textHash(key, 10) + textHash(`${key} id`, 10);
}

/** A line of version 0.1. It caused a merge conflict whenever two branches changed the same issue. */
const updatedLine = /^updated:[ \t]*["']?\d{4}-\d\d-\d\dT[^\r\n]*(?:\r\n|\n|\r|$)/m;

const timedMark = /<!-- desk:(?:step|run|clock|accepted) ([^<>]*) -->/g;

const timeOfChange = /(?:^| )(?:at|for-at|was-at|started|acknowledged|updated|resolved)=(\d{4}-\d\d-\d\dT[\d:.]+Z)/g;

/** When the latest mark in a body was made. */
function lastMark(body: string): Instant | undefined {
  if (!body.includes("<!-- desk:")) return undefined;
  let last: Instant | undefined;
  for (const [, mark = ""] of body.matchAll(timedMark)) {
    for (const [, at] of mark.matchAll(timeOfChange)) if (at !== undefined && compareInstants(at, last) > 0 && isMarkedInstant(at)) last = at;
  }
  return last;
}

function brokenBody({ body, ref: { repository } }: Issue): BrokenReason | undefined {
  if (!body.includes("desk:")) return undefined;
  const broken = isBroken(body, repository);
  const lines = splitLines(body);
  const { regions } = findRegions(lines);
  const inside = broken ? lines : regions.flatMap(({ start, end }) => lines.slice(start, end));
  if (inside.some(({ text }) => isConflictMarker(text))) return "mergeConflict";
  return broken ? "badRegion" : undefined;
}

function hasMarkers(text: string): boolean {
  return text.includes("<<<<<<<") || text.includes(">>>>>>>") ? splitLines(text).some((line) => isConflictMarker(line.text)) : false;
}

interface Fields extends Omit<Issue, "ref" | "body" | "location"> {
  readonly repository: string;
  readonly key?: OperationKey;
  readonly id?: string;
  readonly formerlyClosed?: Instant;
}

/** Splits a file into its parts. An empty line after the front matter belongs to the closing line, not to the body. */
export function splitFile(text: string): FrontMatterText | undefined {
  const parts = splitYamlFrontMatter(text);
  if (parts === undefined) return undefined;
  const empty = /^[ \t]*(?:\r\n|\n|\r)/.exec(parts.body)?.[0] ?? "";
  return { ...parts, closing: parts.closing + empty, body: parts.body.slice(empty.length) };
}

function print(document: Document): string {
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function readFields(source: string): Result<Fields, BrokenReason> {
  const reading = readFrontMatterYaml(source);
  if (reading.tree === undefined) return failed(isTooLarge(reading) ? "tooLarge" : "badYaml");
  if (reading.tree.kind !== "map") return failed("badFields");
  const read = new Map(reading.tree.entries.map((entry) => [entry.key, entry.value]));
  const [title, state, labels, assignees, created] = [text(read.get("title")), stateOf(read), names(read.get("labels")), names(read.get("assignees")), instant(read.get("created"))];
  const closed = instant(read.get("closed"));
  const key = text(read.get("key"));
  const id = text(read.get("id"));
  if (title === undefined || title.trim() === "" || created === undefined || labels === undefined || assignees === undefined) return failed("badFields");
  if (state !== "open" && state !== "closed") return failed("badFields");
  return ok({
    title,
    repository: text(read.get("repository")) ?? localRepository,
    state,
    labels,
    assignees,
    author: text(read.get("author")) ?? "",
    createdAt: created,
    updatedAt: instant(read.get("updated")) ?? created,
    ...(closed === undefined ? {} : state === "closed" ? { closedAt: closed } : { formerlyClosed: closed }),
    ...(key === undefined ? {} : { key }),
    ...(id === undefined ? {} : { id }),
  });
}

/** Without a state, an issue is closed if the file has the time of its closing. */
function stateOf(fields: ReadonlyMap<string, YamlTree>): string | undefined {
  const state = fields.get("state");
  return isNothing(state) ? (isNothing(fields.get("closed")) ? "open" : "closed") : text(state)?.toLowerCase();
}

function text(tree: YamlTree | undefined): string | undefined {
  if (tree?.kind !== "scalar") return undefined;
  return typeof tree.value === "string" ? tree.value : typeof tree.value === "number" ? String(tree.value) : undefined;
}

function isNothing(tree: YamlTree | undefined): boolean {
  return tree === undefined || (tree.kind === "scalar" && tree.value === null);
}

function names(tree: YamlTree | undefined): readonly string[] | undefined {
  if (isNothing(tree)) return [];
  // Without brackets, names are separated by commas.
  const list = tree?.kind === "list" ? tree.items.map(listed) : text(tree)?.split(",").flatMap((name) => name.trim() || []) ?? [undefined];
  return list.every((name) => name !== undefined) ? list : undefined;
}

/** To YAML, a label such as `priority: high` without quotation marks is a key with a value. */
function listed(tree: YamlTree): string | undefined {
  const [entry, other] = tree.kind === "map" ? tree.entries : [];
  const value = entry === undefined || other !== undefined ? undefined : text(entry.value);
  return entry === undefined || value === undefined ? text(tree) : `${entry.key}: ${value}`;
}

function instant(tree: YamlTree | undefined): Instant | undefined {
  const value = tree?.kind === "scalar" ? tree.value : undefined;
  if (typeof value !== "string") return undefined;
  try {
    return fromString(/^\d{4}-\d\d-\d\d$/.test(value) ? `${value}T00:00:00Z` : value).toJSON();
  } catch {
    return undefined;
  }
}

type FieldValues = Readonly<Record<string, string | readonly string[] | undefined>>;

function fieldsOf(issue: Issue): FieldValues {
  return {
    title: issue.title,
    repository: issue.ref.repository,
    state: issue.state,
    labels: issue.labels,
    assignees: issue.assignees,
    author: issue.author,
    created: issue.createdAt,
    closed: issue.closedAt,
  };
}

function setFields(document: Document, after: FieldValues, before: FieldValues): void {
  for (const [name, value] of Object.entries(after)) {
    if (JSON.stringify(value) === JSON.stringify(before[name])) continue;
    if (value === undefined) document.delete(name);
    else if (typeof value === "string") document.set(name, value);
    else document.set(name, document.createNode(value, { flow: true }));
  }
}

/** Folder of issues in plain files, relative to the workspace folder. */
export const deskFolder = ".desk";

const maxTitleLength = 48;

const logEnding = ".events.jsonl";

/** Names reserved for devices on Windows. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/** The path of a new issue's file: only letters a-z, digits and hyphens, valid on every file system. */
export function issuePath(kind: string, number: number, title: string): string {
  const folder = slug(kind, "issue");
  return `${deskFolder}/${reserved.test(folder) ? `${folder}-kind` : folder}/${number}-${slug(title, "issue")}.md`;
}

/**
 * The path of the issue's file under another number, or under the same number if the name is taken. It ends with the start of
 * the id, so no other branch uses it.
 */
export function renumberedPath(issueFile: string, number: number, id: string | undefined): string {
  const mark = id === undefined ? "" : `-${id.slice(0, 6)}`;
  return issueFile.replace(/\/[1-9]\d*(-[^/]*)?\.md$/, (_all, rest: string | undefined) => `/${number}${(rest ?? "").endsWith(mark) ? (rest ?? "") : (rest ?? "") + mark}.md`);
}

/** The path of the log of an issue's file, named by the issue's id, or by its number if it has no id. */
export function eventsPath(issueFile: string, id: string | undefined): string {
  return id === undefined ? issueFile.replace(/(\/[1-9]\d*)(?:-[^/]*)?\.md$/, `$1${logEnding}`) : issueFile.replace(/[^/]*$/, id + logEnding);
}

/** Whether the file name is that of an issue or a log. */
export function isDeskFile(path: string): boolean {
  const name = path.split("/").at(-1) ?? "";
  return issueNumber(name) !== undefined || name.endsWith(logEnding);
}

/** Configures how Git merges files below the desk's folder: logs keep the lines of both branches. */
export const gitAttributes = { path: `${deskFolder}/.gitattributes`, text: `*${logEnding} merge=union\n` } as const;

/** The number in the name of an issue's file. Returns `undefined` for any other file. */
export function issueNumber(name: string): number | undefined {
  const digits = /^([1-9]\d{0,8})(?:-[^/]*)?\.md$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function slug(text: string, otherwise: string): string {
  const words = text
    .slice(0, 4 * maxTitleLength)
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+/, "")
    .slice(0, maxTitleLength)
    .replace(/-+$/, "");
  return words === "" ? otherwise : words;
}
