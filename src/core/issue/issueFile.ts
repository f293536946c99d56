import { fromString } from "temporal-polyfill/fns/Instant";
import { Document } from "yaml";
import type { YamlTree } from "../desk/yamlTree";
import type { BrokenReason } from "../failure";
import { isTooLarge, readFrontMatterYaml, splitFrontMatter, type FrontMatterText } from "../frontMatter";
import { failed, ok, type Result } from "../result";
import { lineBreakOf } from "./bodyLines";
import type { Instant, Issue } from "./issue";
import { localRepository } from "./issueRef";
import type { OperationKey } from "./operation";
import { isBroken } from "./runRegion";

/** An issue as one Markdown file with YAML front matter has it. */
export interface IssueFile {
  readonly issue: Issue;
  /** Key of the operation that created it. */
  readonly key?: OperationKey;
}

/** The issue in a file's text, its body to the byte, or why a person's edit made it unreadable. */
export function readIssueFile(path: string, number: number, text: string): Result<IssueFile, BrokenReason> {
  const parts = splitFile(text);
  if (parts === undefined) return failed("noFrontMatter");
  const fields = readFields(parts.source);
  if (fields.kind === "failed") return fields;
  const { key, repository, ...rest } = fields.value;
  const issue: Issue = { ...rest, ref: { repository, number }, body: parts.body, location: { kind: "file", path } };
  if (isBroken(issue.body, issue.ref.repository)) return failed("badRegion");
  return ok({ issue, ...(key === undefined ? {} : { key }) });
}

/** The text of a new issue's file. */
export function renderIssueFile({ issue, key }: IssueFile): string {
  const document = new Document();
  setFields(document, { ...fieldsOf(issue), key }, {});
  return `---\n${print(document)}---\n\n${issue.body}`;
}

/** The file's text with the issue as it now is. What else a person keeps in the front matter stays, comments too. */
export function updateIssueFile(text: string, before: Issue, after: Issue): string {
  const parts = splitFile(text);
  const document = parts === undefined ? undefined : readFrontMatterYaml(parts.source).document;
  if (parts === undefined || document === undefined) return text;
  setFields(document, fieldsOf(after), fieldsOf(before));
  return parts.opening + print(document).replaceAll("\n", lineBreakOf(parts.opening)) + parts.closing + after.body;
}

interface Fields extends Omit<Issue, "ref" | "body" | "location"> {
  readonly repository: string;
  readonly key?: OperationKey;
}

/** The closing line of the front matter takes one empty line after it along: it is there for reading, not for the body. */
function splitFile(text: string): FrontMatterText | undefined {
  const parts = splitFrontMatter(text);
  if (parts?.language !== "yaml") return undefined;
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
    updated: issue.updatedAt,
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
