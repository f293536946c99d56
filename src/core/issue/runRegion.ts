import { settleDecisions } from "../runbook/decision";
import { mergeSteps } from "../runbook/mergeRuns";
import type { Run, RunItem, RunSection, RunStep } from "../runbook/run";
import { joinLines, lineBreakOf, splitLines, type BodyLine } from "./bodyLines";
import { escapeComments, formatMark, oneLine, readMark, unescapeComments } from "./hiddenMark";
import type { Repository } from "./issueRef";
import { findRegions, type Region } from "./region";
import { readStep, renderStep } from "./stepLine";

const sectionLine = /^#{1,6} ([^]*)<!-- desk:section ([^<>]*) -->[ \t]*$/;
const titleLine = /^### ([^]*)$/;
const titleLink = /^([^]*) · \[runbook\]\([^()\s]*\)[ \t]*$/;
const stepOrSectionMark = /<!--[ \t]*desk:(?:step|section)\b/;

/**
 * A run as text for an issue in `home`, readable on the web, from which `readRuns` gives the same run. `runbookUrl` is
 * where its title links to; by default the path from the workspace folder.
 */
export function renderRun(run: Run, home: Repository, { runbookUrl = `/${run.runbook}`, spaced = false }: RunForm = {}): string {
  return [
    openingMark(run),
    `### ${escapeComments(oneLine(run.title))} · [runbook](${encodeUrl(runbookUrl)})`,
    run.items.map((item) => renderItem(item, home, undefined)).join(spaced ? "\n\n" : "\n"),
    "<!-- /desk:run -->",
  ].filter((line) => line !== "").join("\n");
}

/** How a new run is written. */
export interface RunForm {
  /** Where its title links to; by default the path from the workspace folder. */
  readonly runbookUrl?: string;
  /** An empty line between its items, so that Git merges changes to neighbouring ones without a conflict. */
  readonly spaced?: boolean;
}

function openingMark({ id, runbook, revision, startedAt, by }: Run): string {
  return `<!-- desk:run ${formatMark([], { id, runbook, revision, started: startedAt, by })} -->`;
}

/** The runs of an issue's body in order. Lines that are not ours and runs that a person broke are passed over. */
export function readRuns(body: string, home: Repository): readonly Run[] {
  return readRunRegions(body, home).runs.map(({ run }) => run);
}

/** Whether a person broke a mark of ours, so that the body must not be written before they mended it. */
export function isBroken(body: string, home: Repository): boolean {
  return readRunRegions(body, home).broken;
}

/** The body with the run at its end, everything before it as it was. */
export function appendRun(body: string, run: Run, home: Repository, form?: RunForm): string {
  return appendBlock(body, renderRun(run, home, form));
}

/** The body with an empty line between the items of its runs, all else as it was. */
export function spaceRuns(body: string, home: Repository): string {
  const { lines, runs } = readRunRegions(body, home);
  const items = new Set(runs.flatMap((run) => run.items.map(({ line }) => line)));
  const lineBreak = lineBreakOf(body);
  return joinLines(lines.flatMap((line, index) => (items.has(index) && items.has(index - 1) ? [{ text: "", end: lineBreak }, line] : [line])));
}

/** The body with a block of lines after an empty line at its end, in the body's own line breaks. */
export function appendBlock(body: string, block: string): string {
  const lineBreak = lineBreakOf(body);
  return body + blockGap(body) + block.replaceAll("\n", lineBreak) + lineBreak;
}

/** What stands between a body and a block that is added to it. */
export function blockGap(body: string): string {
  const lineBreak = lineBreakOf(body);
  return body === "" ? "" : /[\r\n]$/.test(body) ? lineBreak : lineBreak + lineBreak;
}

/** The body with the run as it now is; every line whose step or title did not change, or which is not ours, stays to the byte. */
export function replaceRun(body: string, run: Run, home: Repository): string {
  const { lines, runs } = readRunRegions(body, home);
  const old = runs.find((found) => found.run.id === run.id);
  if (old === undefined) return body;
  const owners = new Map(old.items.map((item) => [item.line, item]));
  const lineBreak = lineBreakOf(body);
  /** The lines that are not ours, each below the item it stands below; those above the first item at "". */
  const others = new Map<string, BodyLine[]>();
  let above = "";
  for (let line = old.start + 1; line < old.end; line += 1) {
    const owner = owners.get(line);
    const text = lines[line];
    if (owner !== undefined) above = keyOf(owner.item);
    else if (old.doubles.has(line)) continue;
    else if (text !== undefined) others.set(above, [...(others.get(above) ?? []), text]);
  }
  const kept = new Set(run.items.flatMap(keysOf));
  const placed = new Map<string, readonly BodyLine[]>();
  let last = "";
  for (const key of ["", ...old.items.map(({ item }) => keyOf(item))]) {
    if (key === "" || kept.has(key)) last = key;
    placed.set(last, [...(placed.get(last) ?? []), ...(others.get(key) ?? [])]);
  }
  const before = new Map(old.items.map((each) => [keyOf(each.item), each]));
  const inside = run.items.flatMap((item): readonly BodyLine[] => {
    const keys = keysOf(item);
    const known = keys.map((key) => before.get(key)).find((found) => found !== undefined);
    const line = known === undefined ? undefined : lines[known.line];
    const own = known !== undefined && line !== undefined && known.merged !== true && sameItem(known.item, item) ? line : { text: renderItem(item, home, known), end: line?.end ?? lineBreak };
    return [own, ...keys.flatMap((key) => placed.get(key) ?? [])];
  });
  const shown = isSpaced(old, lines) && !sameOrder(old.run, run) ? spaceItems(inside, run, lineBreak) : inside;
  const opening = lines[old.start];
  const mark = openingMark(run);
  const first = opening === undefined || openingMark(old.run) === mark ? opening : { ...opening, text: mark };
  return joinLines([...lines.slice(0, old.start), ...(first === undefined ? [] : [first]), ...(placed.get("") ?? []), ...shown, ...lines.slice(old.end)]);
}

function isSpaced({ items }: FoundRun, lines: readonly BodyLine[]): boolean {
  return 2 * items.slice(0, -1).filter(({ line }) => lines[line + 1]?.text.trim() === "").length >= Math.max(items.length - 1, 1);
}

function sameOrder(a: Run, b: Run): boolean {
  return a.items.length === b.items.length && a.items.every((item, index) => item.id === b.items[index]?.id);
}

/** One empty line before each item but the first; those that stood around items that are gone go with them. */
function spaceItems(lines: readonly BodyLine[], run: Run, lineBreak: string): readonly BodyLine[] {
  const isItem = (text: string): boolean => stepOrSectionMark.test(text);
  const spaced: BodyLine[] = [];
  for (const line of lines) {
    const before = spaced.at(-1);
    const afterEmpty = before === undefined || before.text.trim() === "";
    if (line.text.trim() === "" && afterEmpty) continue;
    if (isItem(line.text) && !afterEmpty) spaced.push({ text: "", end: lineBreak });
    spaced.push(line);
  }
  while (run.items.length > 0 && spaced.at(-1)?.text.trim() === "") spaced.pop();
  return spaced;
}

interface FoundItem {
  readonly item: RunItem;
  readonly line: number;
  /** What stands before a step's box. */
  readonly before?: string;
  /** It is written on more lines than one. */
  readonly merged?: boolean;
}

interface FoundRun {
  readonly run: Run;
  readonly items: readonly FoundItem[];
  /** Lines with a further copy of an item, as where both sides of a conflict were left in. */
  readonly doubles: ReadonlySet<number>;
  /** Lines of the opening and the closing mark. */
  readonly start: number;
  readonly end: number;
}

function keyOf({ kind, id }: RunItem): string {
  return `${kind} ${id}`;
}

/** The item's key, and those it had in earlier versions of the runbook. */
function keysOf(item: RunItem): readonly string[] {
  return [keyOf(item), ...(item.kind === "step" ? (item.formerly ?? []).map((id) => `step ${id}`) : [])];
}

function renderItem(item: RunItem, home: Repository, known: FoundItem | undefined): string {
  if (item.kind === "section") return renderSection(item);
  return known?.item.kind === "step" && known.item.depth === item.depth ? renderStep(item, home, known.before) : renderStep(item, home);
}

function sameItem(a: RunItem, b: RunItem): boolean {
  if (a.kind === "step" && b.kind === "step") return sameStep(a, b);
  return a.kind === "section" && b.kind === "section" && renderSection(a) === renderSection(b);
}

interface RunRegions {
  readonly lines: readonly BodyLine[];
  readonly runs: readonly FoundRun[];
  readonly broken: boolean;
}

function readRunRegions(body: string, home: Repository): RunRegions {
  if (!body.includes("desk:")) return { lines: splitLines(body), runs: [], broken: false };
  const lines = splitLines(body);
  const found = findRegions(lines);
  const runs: FoundRun[] = [];
  let broken = found.broken;
  for (const region of found.regions.filter(({ name }) => name === "run")) {
    const read = readRegion(lines, region, home);
    broken ||= read.broken;
    if (read.found !== undefined && !runs.some(({ run }) => run.id === read.found?.run.id)) runs.push(read.found);
  }
  return { lines, runs, broken };
}

function readRegion(lines: readonly BodyLine[], region: Region, home: Repository): { readonly found: FoundRun | undefined; readonly broken: boolean } {
  const { values } = region.mark;
  const id = values.get("id");
  if (id === undefined || id === "") return { found: undefined, broken: true };
  const found: FoundItem[] = [];
  const places = new Map<string, number>();
  const doubles = new Set<number>();
  let title: string | undefined;
  let broken = false;
  for (let line = region.start + 1; line < region.end; line += 1) {
    const text = lines[line]?.text ?? "";
    const step = readStep(text, home);
    const item = step?.step ?? readSection(text);
    const place = item === undefined ? undefined : places.get(keyOf(item));
    const first = place === undefined ? undefined : found[place];
    if (item !== undefined && (place === undefined || first === undefined)) {
      places.set(keyOf(item), found.length);
      found.push({ item, line, ...(step === undefined ? {} : { before: step.before }) });
    } else if (item !== undefined && place !== undefined && first !== undefined) {
      doubles.add(line);
      found[place] = { ...first, item: mergeItems(first.item, item), merged: true };
    } else if (stepOrSectionMark.test(text)) {
      broken = true;
    } else if (title === undefined) {
      title = readTitle(text);
    }
  }
  const run: Run = {
    id,
    runbook: values.get("runbook") ?? "",
    title: title ?? values.get("runbook") ?? "",
    revision: values.get("revision") ?? "",
    startedAt: values.get("started") ?? "",
    by: values.get("by") ?? "",
    items: found.map(({ item }) => item),
  };
  return { found: { run: doubles.size === 0 ? run : settleDecisions(run), items: found, doubles, start: region.start, end: region.end }, broken };
}

function mergeItems(a: RunItem, b: RunItem): RunItem {
  return a.kind === "step" && b.kind === "step" ? mergeSteps(a, b) : a;
}

function renderSection(section: RunSection): string {
  return `#### ${escapeComments(oneLine(section.title))} <!-- desk:section ${formatMark([section.id, ...(section.gate ? ["gate"] : [])], {})} -->`;
}

function readSection(line: string): RunSection | undefined {
  const found = sectionLine.exec(line);
  const [id, ...words] = readMark(found?.[2] ?? "").words;
  if (found === null || id === undefined) return undefined;
  const title = unescapeComments((found[1] ?? "").replace(/ $/, ""));
  return { kind: "section", id, title, gate: words.includes("gate") };
}

function readTitle(line: string): string | undefined {
  const shown = titleLine.exec(line)?.[1];
  return shown === undefined ? undefined : unescapeComments(titleLink.exec(shown)?.[1] ?? shown);
}

function encodeUrl(url: string): string {
  return url.replace(/[\s\p{Cc}\p{Cf}()<>\\"%[\]]/gu, (found) => (found === "%" && /^[a-z]+:/.test(url) ? found : percentEncode(found)));
}

function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(/[()]/g, (found) => (found === "(" ? "%28" : "%29"));
}

function sameStep(a: RunStep, b: RunStep): boolean {
  const words = ({ id, part, depth, text, mark, own, chosen, overrode, links, given, within, formerly, evidence }: RunStep): string =>
    JSON.stringify([id, part, depth, text, markWords(mark), own && markWords(own), chosen, overrode, links.map(({ repository, number, id }) => [repository, number, id]), given?.login, given?.at, within, formerly, evidence?.map(({ kind, value }) => [kind, value])]);
  return words(a) === words(b);
}

function markWords(mark: RunStep["mark"]): readonly unknown[] {
  return [mark.kind, mark.kind === "skipped" ? mark.reason : "", mark.by ?? null, mark.at ?? null];
}
