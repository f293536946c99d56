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
export function renderRun(run: Run, home: Repository, runbookUrl = `/${run.runbook}`): string {
  const mark = formatMark([], { id: run.id, runbook: run.runbook, revision: run.revision, started: run.startedAt, by: run.by });
  return [
    `<!-- desk:run ${mark} -->`,
    `### ${escapeComments(oneLine(run.title))} · [runbook](${encodeUrl(runbookUrl)})`,
    ...run.items.map((item) => (item.kind === "section" ? renderSection(item) : renderStep(item, home))),
    "<!-- /desk:run -->",
  ].join("\n");
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
export function appendRun(body: string, run: Run, home: Repository, runbookUrl?: string): string {
  return appendBlock(body, renderRun(run, home, runbookUrl));
}

/** The body with a block of lines after an empty line at its end, in the body's own line breaks. */
export function appendBlock(body: string, block: string): string {
  const lineBreak = lineBreakOf(body);
  const gap = body === "" ? "" : /[\r\n]$/.test(body) ? lineBreak : lineBreak + lineBreak;
  return body + gap + block.replaceAll("\n", lineBreak) + lineBreak;
}

/** The body with the steps of `run` as they now are; every line whose step did not change stays to the byte. */
export function replaceRun(body: string, run: Run, home: Repository): string {
  const { lines, runs } = readRunRegions(body, home);
  const old = runs.find((found) => found.run.id === run.id);
  if (old === undefined) return body;
  const changed = new Map<number, string>();
  for (const { step, before, line } of old.steps) {
    const now = run.items.find((item): item is RunStep => item.kind === "step" && item.id === step.id);
    if (now !== undefined && !sameStep(now, step)) changed.set(line, renderStep(now, home, before));
  }
  return joinLines(lines.map((line, index) => ({ text: changed.get(index) ?? line.text, end: line.end })));
}

interface FoundStep {
  readonly step: RunStep;
  readonly before: string;
  readonly line: number;
}

interface FoundRun {
  readonly run: Run;
  readonly steps: readonly FoundStep[];
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
  const items: RunItem[] = [];
  const steps: FoundStep[] = [];
  const seen = new Set<string>();
  let title: string | undefined;
  let broken = false;
  for (let line = region.start + 1; line < region.end; line += 1) {
    const text = lines[line]?.text ?? "";
    const step = readStep(text, home);
    const item = step?.step ?? readSection(text);
    if (item !== undefined && !seen.has(`${item.kind} ${item.id}`)) {
      seen.add(`${item.kind} ${item.id}`);
      items.push(item);
      if (step !== undefined) steps.push({ ...step, line });
    } else if (item === undefined && stepOrSectionMark.test(text)) {
      broken = true;
    } else if (item === undefined && title === undefined) {
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
    items,
  };
  return { found: { run, steps }, broken };
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
  const words = ({ text, mark, own, chosen, overrode, links }: RunStep): string =>
    JSON.stringify([text, markWords(mark), own && markWords(own), chosen, overrode, links.map(({ repository, number }) => [repository, number])]);
  return words(a) === words(b);
}

function markWords(mark: RunStep["mark"]): readonly unknown[] {
  return [mark.kind, mark.kind === "skipped" ? mark.reason : "", mark.by ?? null, mark.at ?? null];
}
