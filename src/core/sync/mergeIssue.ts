import { isMap } from "yaml";
import { mergeChecklists } from "../checklist/mergeChecklists";
import { appendBlock, readChecklists, replaceChecklist } from "../markup/checklistRegion";
import { noteClock, readClock } from "../markup/clockRegion";
import type { LoggedEvent } from "../markup/eventLog";
import { readFields, setFields } from "../markup/fieldRegion";
import { readFrontMatterYaml } from "../markup/frontMatter";
import { acceptHandoff, readHandoff } from "../markup/handoffRegion";
import { type IssueFile, readIssueFile, splitFile, updateIssueFile } from "../markup/issueFile";
import { addLink, readLinks } from "../markup/linkRegion";
import type { ConflictSides } from "../markup/mergeConflict";
import { findRegions } from "../markup/regions";
import { splitLines } from "../markup/textLines";
import { compareInstants } from "../model/instant";
import type { Issue } from "../model/issue";
import { failed, ok, type Result } from "../model/result";

/** The result of merging the two sides of a conflict in an issue's file. */
type MergedFile =
  | { readonly kind: "one"; readonly text: string }
  /** Two different issues that two branches stored in one file. */
  | { readonly kind: "two"; readonly older: string; readonly younger: string };

/**
 * Merges an issue's file from the two sides of a conflict: the latest marks, all links, and for each field the last value in
 * the log. Fails when a person has to choose, as between two texts.
 */
export function mergeIssueFiles(path: string, number: number, { ours, theirs, base }: ConflictSides, log: readonly LoggedEvent[]): Result<MergedFile, "mergeConflict"> {
  const read = (text: string | undefined): Side | undefined => {
    const file = text === undefined ? undefined : readIssueFile(path, number, text);
    return text === undefined || file?.kind !== "ok" ? undefined : { ...file.value, text };
  };
  const [a, b, from] = [read(ours), read(theirs), read(base)];
  if (a === undefined || b === undefined) return failed("mergeConflict");
  const [idA, idB] = [a.issue.ref.id, b.issue.ref.id];
  if (idA !== undefined && idB !== undefined && idA !== idB) {
    const [older, younger] = isOlder(a, b) ? [a, b] : [b, a];
    return ok({ kind: "two", older: older.text, younger: younger.text });
  }
  const skeleton = skeletonOf(a, b, from);
  if (skeleton === undefined) return failed("mergeConflict");
  const [kept, other] = skeleton;
  const body = mergeBodies(kept.issue, other.issue);
  const fields = mergeFields(kept, other, from, log);
  if (body === undefined || fields === undefined) return failed("mergeConflict");
  return ok({ kind: "one", text: updateIssueFile(kept.text, kept.issue, { ...fields, body }) });
}

interface Side extends IssueFile {
  readonly text: string;
}

/** Whether `a` was created before `b`. The result is the same on every machine. */
export function isOlder(a: IssueFile, b: IssueFile): boolean {
  const order = compareInstants(a.issue.createdAt, b.issue.createdAt);
  return order === 0 ? JSON.stringify([a.key ?? "", a.issue.ref.id, a.issue.location]) < JSON.stringify([b.key ?? "", b.issue.ref.id, b.issue.location]) : order < 0;
}

/** The side whose own text is kept, followed by the other side. Returns `undefined` when both sides changed it. */
function skeletonOf(a: Side, b: Side, base: Side | undefined): readonly [Side, Side] | undefined {
  const [left, right] = [personsText(a), personsText(b)];
  if (left === right) return [a, b];
  if (base === undefined) return undefined;
  const before = personsText(base);
  return before === left ? [b, a] : before === right ? [a, b] : undefined;
}

const ownFields = ["id", "title", "repository", "state", "labels", "assignees", "author", "created", "updated", "closed", "key"];

const ownLine = /<!-- desk:(?:step|section|value|clock|field|accepted|link)\b/;

/** The part of a file that belongs to people: other fields, and the body without the desk's marks. */
function personsText({ text, issue }: Side): string {
  const source = splitFile(text)?.source ?? "";
  const { document } = readFrontMatterYaml(source);
  // A comment beside one of the desk's fields would be lost with it.
  const comments = splitLines(source).flatMap((line) => /(?:^|\s)#.*$/.exec(line.text)?.[0].trim() ?? []);
  if (isMap(document?.contents)) for (const name of ownFields) document.delete(name);
  const lines = splitLines(issue.body);
  const own = new Set<number>();
  for (const { name, start, end } of findRegions(lines).regions) {
    own.add(start).add(end);
    if (name === "run") own.add(start + 1);
    if (name === "links") for (let line = start; line < end; line += 1) own.add(line);
  }
  const rest = lines.filter((line, index) => !own.has(index) && line.text.trim() !== "" && !ownLine.test(line.text)).map((line) => line.text);
  return JSON.stringify([isMap(document?.contents) && document.contents.items.length > 0 ? String(document) : "", comments, rest]);
}

function mergeBodies(a: Issue, b: Issue): string | undefined {
  const home = a.ref.repository;
  let body = a.body;
  for (const theirs of readChecklists(b.body, home)) {
    const ours = readChecklists(body, home).find(({ id }) => id === theirs.id);
    const merged = ours === undefined ? undefined : mergeChecklists(ours, theirs);
    if (ours !== undefined && merged === undefined) return undefined;
    body = merged === undefined ? appendBlock(body, regionOfChecklist(b.body, theirs.id)) : replaceChecklist(body, merged, home);
  }
  for (const link of readLinks(b.body, home)) body = addLink(body, link, home);
  // The last reported time wins, so the later of the two has to be merged second, whichever side it is on.
  for (const marks of [readClock(a.body), readClock(b.body)].sort((x, y) => compareInstants(x.reported, y.reported))) body = noteClock(body, marks);
  body = setFields(body, readFields(b.body));
  const accepted = readHandoff(b.body)?.accepted;
  return accepted === undefined ? body : (acceptHandoff(body, accepted) ?? body);
}

function regionOfChecklist(body: string, id: string): string {
  const lines = splitLines(body);
  const region = findRegions(lines).regions.find(({ name, mark }) => name === "run" && mark.values.get("id") === id);
  return region === undefined ? "" : lines.slice(region.start, region.end + 1).map(({ text }) => text).join("\n");
}

function mergeFields({ issue: a }: Side, { issue: b }: Side, base: Side | undefined, log: readonly LoggedEvent[]): Issue | undefined {
  const before = base?.issue;
  const title = pick(a.title, b.title, before?.title, lastOf(log, "retitled")?.to);
  const changed = [lastOf(log, "closed"), lastOf(log, "reopened")].sort((x, y) => compareInstants(y?.at, x?.at))[0]?.kind;
  const state = pick(a.state, b.state, before?.state, changed === undefined ? undefined : changed === "closed" ? "closed" : "open");
  const repository = pick(a.ref.repository, b.ref.repository, before?.ref.repository, undefined);
  if (title === undefined || state === undefined || repository === undefined) return undefined;
  const labels = mergeNames(a.labels, b.labels, before?.labels, log, "label");
  const assignees = mergeNames(a.assignees, b.assignees, before?.assignees, log, "login");
  const older = compareInstants(a.createdAt, b.createdAt) <= 0 ? a : b;
  const closedAt = [a, b].flatMap((each) => (each.state === "closed" && each.closedAt !== undefined ? [each.closedAt] : [])).sort(compareInstants).at(-1);
  const { closedAt: _closedAt, ...rest } = a;
  return {
    ...rest,
    ref: { ...a.ref, repository },
    title,
    state,
    labels,
    assignees,
    author: older.author,
    createdAt: older.createdAt,
    ...(state === "closed" && closedAt !== undefined ? { closedAt } : {}),
  };
}

/** The value that changed. If both sides changed it, the value in the log. */
function pick<T extends string>(a: T, b: T, base: T | undefined, logged: T | undefined): T | undefined {
  if (a === b || base === b) return a;
  if (base === a) return b;
  return logged === a || logged === b ? logged : undefined;
}

/** Merges two lists of names. A name on one side only is kept if that side added it, according to the base or the log. */
function mergeNames(a: readonly string[], b: readonly string[], base: readonly string[] | undefined, log: readonly LoggedEvent[], field: "label" | "login"): readonly string[] {
  const added = field === "label" ? "labeled" : "assigned";
  const stays = (name: string): boolean => {
    const events = log.filter(({ event }) => (field === "label" ? "label" in event && event.label === name : "login" in event && event.login === name));
    const last = events.map(({ event }) => event).sort((x, y) => compareInstants(x.at, y.at)).at(-1);
    if (last !== undefined) return last.kind === added;
    return base === undefined || !base.includes(name);
  };
  return [...new Set([...a, ...b])].filter((name) => (a.includes(name) && b.includes(name)) || stays(name));
}

function lastOf<K extends LoggedEvent["event"]["kind"]>(log: readonly LoggedEvent[], kind: K): Extract<LoggedEvent["event"], { readonly kind: K }> | undefined {
  const is = (event: LoggedEvent["event"]): event is Extract<LoggedEvent["event"], { readonly kind: K }> => event.kind === kind;
  return log.map(({ event }) => event).filter(is).sort((a, b) => compareInstants(a.at, b.at)).at(-1);
}
