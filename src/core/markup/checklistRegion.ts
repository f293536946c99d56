import { resolveChart, resolveDecisions } from "../checklist/decision";
import { mergeSteps } from "../checklist/mergeChecklists";
import { passesOf } from "../checklist/passes";
import { lastValues } from "../checklist/values";
import type { Checklist, ChecklistItem, ChecklistSection, ChecklistStep, FieldValue } from "../model/checklist";
import type { IssueChange } from "../model/issueChange";
import type { Repository } from "../model/issueRef";
import type { RejectSection } from "../model/operation";
import { escapeComments, escapeOwnMarks, formatMark, isMarkedInstant, oneLine, readMark, unescapeComments } from "./hiddenMark";
import { findRegions, type Region } from "./regions";
import { readStep, renderStep } from "./stepLine";
import { type BodyLine, joinLines, lineBreakOf, splitLines } from "./textLines";
import { placeValues, readValue, renderValue } from "./valueLine";

const sectionLine = /^#{1,6} ([^]*)<!-- desk:section ([^<>]*) -->[ \t]*$/;

const titleLine = /^### ([^]*)$/;

const titleLink = /^([^]*) · \[runbook\]\([^()\s]*\)[ \t]*$/;

const stepOrSectionMark = /<!--[ \t]*desk:(?:step|section)\b/;

/** Renders a checklist as readable text for an issue in `home`. `readChecklists` parses it back to the same checklist. */
export function renderChecklist(checklist: Checklist, home: Repository, { runbookUrl = `/${checklist.runbook}`, spaced = false }: ChecklistFormat = {}): string {
  const times = timesDone(checklist);
  return [
    openingMark(checklist),
    `### ${escapeComments(oneLine(checklist.title))} · [runbook](${encodeUrl(runbookUrl)})`,
    ...(checklist.values ?? []).map(renderValue),
    checklist.items.map((item) => renderItem(item, home, undefined, times)).join(spaced ? "\n\n" : "\n"),
    "<!-- /desk:run -->",
  ].filter((line) => line !== "").join("\n");
}

/** Options for rendering a new checklist. */
export interface ChecklistFormat {
  /** Link target of the title. Default: the path relative to the workspace folder. */
  readonly runbookUrl?: string;
  /** Whether an empty line separates the items, so that Git merges changes to neighbouring items without a conflict. */
  readonly spaced?: boolean;
}

function openingMark({ id, runbook, revision, startedAt, by }: Checklist): string {
  return `<!-- desk:run ${formatMark([], { id, runbook, revision, started: startedAt, by })} -->`;
}

/** Parses the checklists in an issue's body, in order. Other lines and checklists with broken marks are ignored. */
export function readChecklists(body: string, home: Repository): readonly Checklist[] {
  return readChecklistRegions(body, home).checklists.map(({ run: checklist }) => checklist);
}

/** Whether a person broke one of the desk's marks. The body must not be written until they repair it. */
export function isBroken(body: string, home: Repository): boolean {
  return readChecklistRegions(body, home).broken;
}

/** Appends a checklist to the body. The existing text is unchanged. */
export function appendChecklist(body: string, checklist: Checklist, home: Repository, form?: ChecklistFormat): string {
  return appendBlock(body, renderChecklist(checklist, home, form));
}

/** Separates the items of all checklists in the body with empty lines. All other text is unchanged. */
export function spaceChecklists(body: string, home: Repository): string {
  const { lines, checklists } = readChecklistRegions(body, home);
  const items = new Set(checklists.flatMap((checklist) => checklist.items.map(({ line }) => line)));
  const lineBreak = lineBreakOf(body);
  return joinLines(lines.flatMap((line, index) => (items.has(index) && items.has(index - 1) ? [{ text: "", end: lineBreak }, line] : [line])));
}

/** Appends a block of lines to the body after an empty line, using the body's line breaks. */
export function appendBlock(body: string, block: string): string {
  const lineBreak = lineBreakOf(body);
  return body + blockGap(body) + block.replaceAll("\n", lineBreak) + lineBreak;
}

/** The line breaks between a body and an appended block. */
export function blockGap(body: string): string {
  const lineBreak = lineBreakOf(body);
  return body === "" ? "" : /[\r\n]$/.test(body) ? lineBreak : lineBreak + lineBreak;
}

/** Replaces a checklist in the body. Lines whose step or title did not change, and lines that are not the desk's, keep every byte. */
export function replaceChecklist(body: string, checklist: Checklist, home: Repository): string {
  const { lines, checklists } = readChecklistRegions(body, home);
  const old = checklists.find((found) => found.run.id === checklist.id);
  if (old === undefined) return body;
  const owners = new Map(old.items.map((item) => [item.line, item]));
  const lineBreak = lineBreakOf(body);
  /** Other lines by the key of the item above them. Lines above the first item have the key "". */
  const others = new Map<string, BodyLine[]>();
  let above = "";
  for (let line = old.start + 1; line < old.end; line += 1) {
    const owner = owners.get(line);
    const text = lines[line];
    if (owner !== undefined) above = keyOf(owner.item);
    else if (old.duplicates.has(line)) continue;
    else if (text !== undefined) others.set(above, [...(others.get(above) ?? []), text]);
  }
  const kept = new Set(checklist.items.flatMap(keysOf));
  const placed = new Map<string, readonly BodyLine[]>();
  let last = "";
  for (const key of ["", ...old.items.map(({ item }) => keyOf(item))]) {
    if (key === "" || kept.has(key)) last = key;
    placed.set(last, [...(placed.get(last) ?? []), ...(others.get(key) ?? [])]);
  }
  const before = new Map(old.items.map((each) => [keyOf(each.item), each]));
  const times = timesDone(checklist);
  const inside = checklist.items.flatMap((item): readonly BodyLine[] => {
    const keys = keysOf(item);
    const known = keys.map((key) => before.get(key)).find((found) => found !== undefined);
    const line = known === undefined ? undefined : lines[known.line];
    const own = known !== undefined && line !== undefined && known.merged !== true && (known.times ?? 0) === (times.get(item.id) ?? 0) && sameItem(known.item, item) ? line : { text: renderItem(item, home, known, times), end: line?.end ?? lineBreak };
    return [own, ...keys.flatMap((key) => placed.get(key) ?? [])];
  });
  const shown = isSpaced(old, lines) && !sameOrder(old.run, checklist) ? spaceItems(inside, checklist, lineBreak) : inside;
  const opening = lines[old.start];
  const mark = openingMark(checklist);
  const first = opening === undefined || openingMark(old.run) === mark ? opening : { ...opening, text: mark };
  const region = placeValues([...(placed.get("") ?? []), ...shown], old.run.values ?? [], checklist.values ?? [], lineBreak);
  return joinLines([...lines.slice(0, old.start), ...(first === undefined ? [] : [first]), ...region, ...lines.slice(old.end)]);
}

function isSpaced({ items }: ParsedChecklist, lines: readonly BodyLine[]): boolean {
  return 2 * items.slice(0, -1).filter(({ line }) => lines[line + 1]?.text.trim() === "").length >= Math.max(items.length - 1, 1);
}

function sameOrder(a: Checklist, b: Checklist): boolean {
  return a.items.length === b.items.length && a.items.every((item, index) => item.id === b.items[index]?.id);
}

/** One empty line before each item except the first. Empty lines around removed items are removed too. */
function spaceItems(lines: readonly BodyLine[], checklist: Checklist, lineBreak: string): readonly BodyLine[] {
  const isItem = (text: string): boolean => stepOrSectionMark.test(text);
  const spaced: BodyLine[] = [];
  for (const line of lines) {
    const before = spaced.at(-1);
    const afterEmpty = before === undefined || before.text.trim() === "";
    if (line.text.trim() === "" && afterEmpty) continue;
    if (isItem(line.text) && !afterEmpty) spaced.push({ text: "", end: lineBreak });
    spaced.push(line);
  }
  while (checklist.items.length > 0 && spaced.at(-1)?.text.trim() === "") spaced.pop();
  return spaced;
}

interface FoundItem {
  /** As written. In the checklist, the marks of a flowchart's steps are resolved. */
  readonly item: ChecklistItem;
  readonly line: number;
  /** The text before the step's checkbox. */
  readonly before?: string;
  /** The number of earlier passes that the step's line shows. */
  readonly times?: number;
  /** Whether the step spans several lines. */
  readonly merged?: boolean;
}

interface ParsedChecklist {
  readonly run: Checklist;
  readonly items: readonly FoundItem[];
  /** Lines with a duplicate of an item, as when both sides of a conflict were kept. */
  readonly duplicates: ReadonlySet<number>;
  /** Line numbers of the opening and the closing mark. */
  readonly start: number;
  readonly end: number;
}

function keyOf({ kind, id }: ChecklistItem): string {
  return `${kind} ${id}`;
}

/** The item's key and its keys in earlier versions of the runbook. */
function keysOf(item: ChecklistItem): readonly string[] {
  return [keyOf(item), ...(item.kind === "step" ? (item.formerly ?? []).map((id) => `step ${id}`) : [])];
}

function renderItem(item: ChecklistItem, home: Repository, known: FoundItem | undefined, times: ReadonlyMap<string, number>): string {
  if (item.kind === "section") return renderSection(item);
  return renderStep(item, home, known?.item.kind === "step" && known.item.depth === item.depth ? known.before : undefined, times.get(item.id));
}

/** In how many earlier passes each step was done, by its id. */
function timesDone(checklist: Checklist): ReadonlyMap<string, number> {
  return new Map([...passesOf(checklist)].map(([id, { earlier }]) => [id, earlier.filter(({ mark }) => mark.kind === "done").length]));
}

function sameItem(a: ChecklistItem, b: ChecklistItem): boolean {
  if (a.kind === "step" && b.kind === "step") return sameStep(a, b);
  return a.kind === "section" && b.kind === "section" && renderSection(a) === renderSection(b);
}

interface ChecklistRegions {
  readonly lines: readonly BodyLine[];
  readonly checklists: readonly ParsedChecklist[];
  readonly broken: boolean;
}

function readChecklistRegions(body: string, home: Repository): ChecklistRegions {
  if (!body.includes("desk:")) return { lines: splitLines(body), checklists: [], broken: false };
  const lines = splitLines(body);
  const found = findRegions(lines);
  const checklists: ParsedChecklist[] = [];
  let broken = found.broken;
  for (const region of found.regions.filter(({ name }) => name === "run")) {
    const read = readRegion(lines, region, home);
    broken ||= read.broken;
    if (read.found !== undefined && !checklists.some(({ run: checklist }) => checklist.id === read.found?.run.id)) checklists.push(read.found);
  }
  return { lines, checklists, broken };
}

function readRegion(lines: readonly BodyLine[], region: Region, home: Repository): { readonly found: ParsedChecklist | undefined; readonly broken: boolean } {
  const { values } = region.mark;
  const id = values.get("id");
  if (id === undefined || id === "") return { found: undefined, broken: true };
  const found: FoundItem[] = [];
  const places = new Map<string, number>();
  const duplicates = new Set<number>();
  const valued: FieldValue[] = [];
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
      found.push({ item, line, ...(step === undefined ? {} : { before: step.before, times: step.times }) });
    } else if (item !== undefined && place !== undefined && first !== undefined) {
      duplicates.add(line);
      found[place] = { ...first, item: mergeItems(first.item, item), merged: true };
    } else if (stepOrSectionMark.test(text)) {
      broken = true;
    } else {
      const value = readValue(text);
      if (value !== undefined) valued.push(value);
      else if (title === undefined) title = readTitle(text);
    }
  }
  const started = values.get("started") ?? "";
  const checklist: Checklist = {
    id,
    runbook: values.get("runbook") ?? "",
    title: title ?? values.get("runbook") ?? "",
    revision: values.get("revision") ?? "",
    startedAt: isMarkedInstant(started) ? started : "",
    by: values.get("by") ?? "",
    items: found.map(({ item }) => item),
    ...(valued.length === 0 ? {} : { values: lastValues(valued) }),
  };
  return { found: { run: duplicates.size === 0 ? resolveChart(checklist) : resolveDecisions(checklist), items: found, duplicates, start: region.start, end: region.end }, broken };
}

function mergeItems(a: ChecklistItem, b: ChecklistItem): ChecklistItem {
  return a.kind === "step" && b.kind === "step" ? mergeSteps(a, b) : a;
}

function renderSection(section: ChecklistSection): string {
  return `#### ${escapeComments(oneLine(section.title))} <!-- desk:section ${formatMark([section.id, ...(section.gate ? ["gate"] : [])], {})} -->`;
}

function readSection(line: string): ChecklistSection | undefined {
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

function sameStep(a: ChecklistStep, b: ChecklistStep): boolean {
  const words = ({ id, part, depth, text, mark, own, chosen, overrode, links, given, within, formerly, evidence, next, optional, log }: ChecklistStep): string =>
    JSON.stringify([id, part, depth, text, markParts(mark), own && markParts(own), chosen, overrode, links.map(({ repository, number, id }) => [repository, number, id]), given?.login, given?.at, within, formerly, evidence?.map(({ kind, value }) => [kind, value]), next, optional, log?.map((each) => [...markParts(each.mark), each.chosen])]);
  return words(a) === words(b);
}

function markParts(mark: ChecklistStep["mark"]): readonly unknown[] {
  return [mark.kind, mark.kind === "skipped" ? mark.reason : "", mark.by ?? null, mark.at ?? null];
}

/** The comment that reports a rejected gate: which section is repeated, and why. */
export function renderRejection({ gate, section, reason }: RejectSection): string {
  return escapeOwnMarks(`**Sent back** from “${gate}” to “${section.title}”:\n\n${reason.trimEnd()}`);
}

/** The change that reopens the rejected section of the checklist. */
export function reopening({ run, section, at }: RejectSection, by: string): IssueChange {
  return { kind: "reopenSection", run, section: section.id, by, at };
}
