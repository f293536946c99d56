import { isFarAhead } from "../model/instant";
import type { Instant } from "../model/issue";
import { fieldNamePattern, type IssueField, lastFields } from "../model/issueField";
import { appendBlock } from "./checklistRegion";
import { formatMark, markedInstant, readMark } from "./hiddenMark";
import { type BodyLine, joinLines, splitLines } from "./textLines";

const line = /^<!-- desk:field ([^<>]*) -->[ \t]*$/;

/** Parses the fields of an issue's text, each with its last value. Invalid marks are ignored. */
export function readFields(body: string): readonly IssueField[] {
  return body.includes("desk:field") ? lastFields(splitLines(body).flatMap(({ text }) => readLine(text) ?? [])) : [];
}

/**
 * Sets fields in the text, each on a line of its own so that branches merge. A field that was set later stays. The same text is
 * returned if nothing changes, and every other byte is kept. With `now`, a field that was set more than a day later than that comes
 * from a wrong clock, and does not stay.
 */
export function setFields(body: string, fields: readonly IssueField[], now?: Instant): string {
  const before = readFields(body);
  const old = new Map(before.map((field) => [field.name, field]));
  const after = lastFields([...before.filter(({ at }) => now === undefined || !isFarAhead(at, now)), ...fields.filter(({ name }) => fieldNamePattern.test(name))]);
  const changed = new Map(after.filter((field) => !isEqual(old.get(field.name), field)).map((field) => [field.name, field]));
  if (changed.size === 0) return body;
  const replaced = new Set<string>();
  const kept = splitLines(body).flatMap((each): readonly BodyLine[] => {
    const name = readLine(each.text)?.name;
    const fresh = name === undefined ? undefined : changed.get(name);
    if (name === undefined || fresh === undefined) return [each];
    if (replaced.has(name)) return [];
    replaced.add(name);
    return [{ ...each, text: renderField(fresh) }];
  });
  const added = [...changed.values()].filter(({ name }) => !replaced.has(name)).map(renderField);
  const text = joinLines(kept);
  return added.length === 0 ? text : appendBlock(text, added.join("\n"));
}

function renderField({ name, value, at, by }: IssueField): string {
  return `<!-- ${formatMark(["desk:field", name], { value, at, by })} -->`;
}

function readLine(text: string): IssueField | undefined {
  const found = line.exec(text);
  if (found === null) return undefined;
  const { words: [name = ""], values } = readMark(found[1] ?? "");
  const at = markedInstant(values.get("at"));
  return fieldNamePattern.test(name) && at !== undefined ? { name, value: values.get("value") ?? "", at, by: values.get("by") ?? "" } : undefined;
}

function isEqual(a: IssueField | undefined, b: IssueField): boolean {
  return a !== undefined && a.name === b.name && a.value === b.value && a.at === b.at && a.by === b.by;
}
