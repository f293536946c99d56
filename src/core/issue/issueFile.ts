import { fromString } from "temporal-polyfill/fns/Instant";
import { isMap, parseDocument, type Document } from "yaml";
import type { BrokenReason } from "../failure";
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
  const fields = readFields(parts.yaml);
  if (fields.kind === "failed") return fields;
  const { key, repository, ...rest } = fields.value;
  const issue: Issue = { ...rest, ref: { repository, number }, body: parts.body, location: { kind: "file", path } };
  if (isBroken(issue.body, issue.ref.repository)) return failed("badRegion");
  return ok({ issue, ...(key === undefined ? {} : { key }) });
}

/** The text of a new issue's file. */
export function renderIssueFile({ issue, key }: IssueFile): string {
  const document = parseDocument("");
  setFields(document, { ...fieldsOf(issue), key }, {});
  return `---\n${print(document)}---\n\n${issue.body}`;
}

/** The file's text with the issue as it now is. What else a person keeps in the front matter stays, comments too. */
export function updateIssueFile(text: string, before: Issue, after: Issue): string {
  const parts = splitFile(text);
  if (parts === undefined) return text;
  const document = parse(parts.yaml);
  setFields(document, fieldsOf(after), fieldsOf(before));
  return parts.opening + print(document).replaceAll("\n", lineBreakOf(parts.opening)) + parts.closing + after.body;
}

interface Fields extends Omit<Issue, "ref" | "body" | "location"> {
  readonly repository: string;
  readonly key?: OperationKey;
}

interface FileParts {
  readonly opening: string;
  readonly yaml: string;
  readonly closing: string;
  readonly body: string;
}

/** The closing line of the front matter takes one empty line after it along: it is there for reading, not for the body. */
function splitFile(text: string): FileParts | undefined {
  const opening = /^\uFEFF?---[ \t]*(?:\r\n|\n|\r)/.exec(text)?.[0];
  if (opening === undefined) return undefined;
  const rest = text.slice(opening.length);
  const closing = /(?:^|(?<=[\r\n]))---[ \t]*(?:$|(?:\r\n|\n|\r)(?:[ \t]*(?:\r\n|\n|\r))?)/.exec(rest);
  if (closing === null) return undefined;
  return { opening, yaml: rest.slice(0, closing.index), closing: closing[0], body: rest.slice(closing.index + closing[0].length) };
}

function parse(yaml: string): Document {
  return parseDocument(yaml, { prettyErrors: false, logLevel: "silent" });
}

function print(document: Document): string {
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function readFields(yaml: string): Result<Fields, BrokenReason> {
  const document = parse(yaml);
  if (document.errors.length > 0) return failed("badYaml");
  if (!isMap(document.contents)) return failed("badFields");
  const read = new Map<string, unknown>();
  try {
    const values: unknown = document.toJS({ mapAsMap: true, maxAliasCount: 20 });
    if (values instanceof Map) for (const [name, value] of values) read.set(String(name), value);
  } catch {
    return failed("badYaml");
  }
  const [title, state, labels, assignees, created] = [text(read.get("title")), text(read.get("state") ?? "open"), names(read.get("labels")), names(read.get("assignees")), instant(read.get("created"))];
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

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : undefined;
}

function names(value: unknown): readonly string[] | undefined {
  if (value === undefined || value === null) return [];
  const list = Array.isArray(value) ? value.map(text) : [text(value)];
  return list.every((name) => name !== undefined) ? list : undefined;
}

function instant(value: unknown): Instant | undefined {
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
