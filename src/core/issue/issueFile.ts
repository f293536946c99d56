import { fromString } from "temporal-polyfill/fns/Instant";
import { Document } from "yaml";
import type { YamlTree } from "../desk/yamlTree";
import type { BrokenReason } from "../failure";
import { isTooLarge, readFrontMatterYaml, splitYamlFrontMatter, type FrontMatterText } from "../frontMatter";
import { failed, ok, type Result } from "../result";
import { textHash } from "../runbook/textHash";
import { lineBreakOf, splitLines } from "./bodyLines";
import { compareInstants, latest } from "./compareInstants";
import type { Instant, Issue } from "./issue";
import { localRepository, withId } from "./issueRef";
import { isConflictMarker } from "./mergeConflict";
import type { OperationKey } from "./operation";
import { findRegions } from "./region";
import { isBroken } from "./runRegion";

/**
 * An issue as one Markdown file with YAML front matter has it. Its id is written there when it is made; where it is not, as
 * in files of version 0.1, it comes from the key. A file written by hand has neither.
 */
export interface IssueFile {
  readonly issue: Issue;
  /** Key of the operation that created it. */
  readonly key?: OperationKey;
  /** Whether the id is written in the file. */
  readonly hasId: boolean;
}

/** The issue in a file's text, its body to the byte, or why a person's edit made it unreadable. */
export function readIssueFile(path: string, number: number, text: string): Result<IssueFile, BrokenReason> {
  const parts = splitFile(text);
  if (parts === undefined) return failed(hasMarkers(text) ? "mergeConflict" : "noFrontMatter");
  const fields = readFields(parts.source);
  if (fields.kind === "failed") return hasMarkers(parts.source) ? failed("mergeConflict") : fields;
  const { key, id, repository, ...rest } = fields.value;
  const ref = withId({ repository, number }, id ?? idOfKey(key));
  const updatedAt = latest([rest.createdAt, rest.closedAt, rest.updatedAt, lastMark(parts.body)]);
  const issue: Issue = { ...rest, updatedAt, ref, body: parts.body, location: { kind: "file", path } };
  const broken = brokenBody(issue);
  return broken === undefined ? ok({ issue, hasId: id !== undefined && id === ref.id, ...(key === undefined ? {} : { key }) }) : failed(broken);
}

/** The text of a new issue's file. The time of its last change is in none: it is worked out from what is written. */
export function renderIssueFile({ issue, key }: Pick<IssueFile, "issue" | "key">): string {
  const document = new Document();
  setFields(document, { id: issue.ref.id, ...fieldsOf(issue), key }, {});
  return `---\n${print(document)}---\n\n${issue.body}`;
}

/** The file's text with the issue as it now is. What else a person keeps in the front matter stays, comments too. */
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

/** The id of the issue that the operation with this key creates: the same one wherever it does so. */
export function idOfKey(key: OperationKey): string;
export function idOfKey(key: OperationKey | undefined): string | undefined;
export function idOfKey(key: OperationKey | undefined): string | undefined {
  return key === undefined ? undefined : textHash(key, 10) + textHash(`${key} id`, 10);
}

/** A line of version 0.1. Two branches that changed an issue had different ones, and so a conflict. */
const updatedLine = /^updated:[ \t]*["']?\d{4}-\d\d-\d\dT[^\r\n]*(?:\r\n|\n|\r|$)/m;
const timedMark = /<!-- desk:(?:step|run|clock|accepted) ([^<>]*) -->/g;
const timeOfChange = /(?:^| )(?:at|for-at|was-at|started|acknowledged|updated|resolved)=(\d{4}-\d\d-\d\dT[\d:.]+Z)/g;

/** When the last of the marks in a body was made. */
function lastMark(body: string): Instant | undefined {
  if (!body.includes("<!-- desk:")) return undefined;
  let last: Instant | undefined;
  for (const [, mark = ""] of body.matchAll(timedMark)) {
    for (const [, at] of mark.matchAll(timeOfChange)) if (compareInstants(at, last) > 0) last = at;
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
}

/** A file's text in its parts. The closing line of the front matter takes one empty line after it along: it is there for reading, not for the body. */
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
  const [title, state, labels, assignees, created] = [text(read.get("title")), isNothing(read.get("state")) ? "open" : text(read.get("state")), names(read.get("labels")), names(read.get("assignees")), instant(read.get("created"))];
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
    ...(state === "closed" && closed !== undefined ? { closedAt: closed } : {}),
    ...(key === undefined ? {} : { key }),
    ...(id === undefined ? {} : { id }),
  });
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
  const list = tree?.kind === "list" ? tree.items.map(text) : [text(tree)];
  return list.every((name) => name !== undefined) ? list : undefined;
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
