import type { StepPart } from "../model/checklist";
import type { MarkdownBlock, MarkdownHeading, MarkdownItem } from "../model/markdownDocument";
import { readRoles } from "../model/roleMentions";
import type { KindMention, RunbookStep } from "../model/runbook";
import { textHash } from "../model/textHash";
import { readMentions } from "./mentions";
import type { RunbookContext } from "./runbookContext";

/** A heading and the range of its section. */
export interface SectionDraft {
  readonly title: string;
  /** The heading as inline Markdown. */
  readonly text: string;
  readonly depth: number;
  readonly line: number;
  readonly endLine: number;
  readonly gate: boolean;
  /** Index of the parent section. */
  readonly parent?: number;
}

/** A step without an id. `section` and `parent` are indexes. */
export interface StepDraft {
  readonly text: string;
  readonly line: number;
  readonly endLine: number;
  readonly depth: number;
  readonly source: RunbookStep["source"];
  readonly part: StepPart;
  readonly section: number | undefined;
  readonly parent: number | undefined;
}

/** The sections of a text. Headings inside lists and quotes do not start sections. */
export function findSections(blocks: readonly MarkdownBlock[], lineCount: number): readonly SectionDraft[] {
  const headings: MarkdownHeading[] = [];
  for (const block of blocks) if (block.kind === "heading" && block.within === undefined && !block.quoted) headings.push(block);
  const ends = new Array<number>(headings.length).fill(lineCount);
  const parents = new Array<number | undefined>(headings.length);
  const open: number[] = [];
  headings.forEach((heading, index) => {
    for (let last = open.at(-1); last !== undefined && (headings[last]?.level ?? 0) >= heading.level; last = open.at(-1)) {
      ends[last] = heading.line;
      open.pop();
    }
    parents[index] = open.at(-1);
    open.push(index);
  });
  return headings.map((heading, index) => {
    const parent = parents[index];
    return {
      title: heading.plain,
      text: heading.text,
      depth: heading.level,
      line: heading.line,
      endLine: ends[index] ?? lineCount,
      gate: /^gate/i.test(heading.plain) && !/^[\p{L}\p{N}]/u.test(heading.plain.slice(4)),
      ...(parent === undefined ? {} : { parent }),
    };
  });
}

/**
 * The steps of a text. A section is a heading and the content up to the next one. Its task items are steps, or its numbered
 * items if it has no task items. Options of a decision are steps too. Headings with consecutive numbers under the same heading
 * (`1. …`, `2. …`, or `Step 1: …`) are a procedure: such a heading without steps below it becomes a step, “Follow: …”. Other
 * headings, such as “Background”, become steps only if the text has no other steps, and only those without sub-sections.
 */
export function findSteps(blocks: readonly MarkdownBlock[], sections: readonly SectionDraft[]): readonly StepDraft[] {
  const sectionOf = sectionFinder(sections);
  const withTasks = new Set<number | undefined>();
  for (const block of blocks) if (block.kind === "item" && block.checked !== undefined) withTasks.add(sectionOf(block.line));
  const decisions = findDecisions(blocks);
  const contents = tablesOfContents(blocks);

  const steps: StepDraft[] = [];
  /** Indexes of steps by index of their block. */
  const stepOf = new Map<number, number>();
  blocks.forEach((block, index) => {
    if (block.kind !== "item") return;
    const section = sectionOf(block.line);
    const holder = block.within === undefined ? undefined : blocks[block.within];
    const parent = nearestStep(blocks, stepOf, block);
    const isOption = block.within !== undefined && decisions.has(block.within) && stepOf.has(block.within);
    const numbered = !withTasks.has(section) && block.ordered && !block.quoted && !contents.has(block.list);
    const isTop = numbered && holder === undefined;
    const isSub = numbered && block.within !== undefined && stepOf.has(block.within);
    if (block.checked === undefined && !isTop && !isSub && !isOption) return;
    if (block.text === "") return;
    stepOf.set(index, steps.length);
    const above = parent === undefined ? undefined : steps[parent];
    steps.push({
      text: block.text,
      line: block.line,
      endLine: block.endLine,
      depth: above === undefined ? 0 : above.depth + 1,
      source: block.checked !== undefined ? "task" : isOption && above !== undefined ? above.source : "numbered",
      part: isOption ? "option" : decisions.has(index) ? "decision" : "step",
      section,
      parent,
    });
  });
  return steps.length > 0 ? withSections(steps, proceduresWithout(steps, sections), sections) : leafSections(sections).map((index) => sectionStep(sections, index));
}

function leafSections(sections: readonly SectionDraft[]): readonly number[] {
  const parents = new Set(sections.map((section) => section.parent));
  return sections.flatMap((section, index) => (parents.has(index) || section.text === "" ? [] : [index]));
}

function sectionStep(sections: readonly SectionDraft[], index: number): StepDraft {
  const { text = "", line = 0, endLine = 0 } = sections[index] ?? {};
  return { text: `Follow: ${text}`, line, endLine, depth: 0, source: "section", part: "step", section: index, parent: undefined };
}

/** Inserts sections as steps in document order. */
function withSections(steps: readonly StepDraft[], added: readonly number[], sections: readonly SectionDraft[]): readonly StepDraft[] {
  if (added.length === 0) return steps;
  const all = [...steps, ...added.map((index) => sectionStep(sections, index))].sort((a, b) => a.line - b.line);
  const places = new Map(all.map((step, index) => [step, index]));
  return all.map((step) => {
    const parent = step.parent === undefined ? undefined : steps[step.parent];
    return parent === undefined ? step : { ...step, parent: places.get(parent) };
  });
}

/** Numbered sections without any steps. */
function proceduresWithout(steps: readonly StepDraft[], sections: readonly SectionDraft[]): readonly number[] {
  const filled = new Set<number>();
  const fill = (from: number | undefined): void => {
    for (let index = from; index !== undefined && !filled.has(index); index = sections[index]?.parent) filled.add(index);
  };
  for (const { section } of steps) fill(section);
  const found: number[] = [];
  // Innermost first: a section that contains a step does not become a step.
  for (const index of numberedSections(sections).toReversed()) {
    if (filled.has(index)) continue;
    found.push(index);
    fill(index);
  }
  return found.toReversed();
}

/** Sections whose headings are numbered consecutively from 0 or 1, at least two of them. */
function numberedSections(sections: readonly SectionDraft[]): readonly number[] {
  const groups = new Map<string, number[]>();
  for (const [index, section] of sections.entries()) {
    if (numberOf(section.title) === undefined) continue;
    const name = `${section.parent ?? ""} ${section.depth}`;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [index]);
    else group.push(index);
  }
  return [...groups.values()]
    .filter((group) => {
      const numbers = group.map((index) => numberOf(sections[index]?.title ?? "") ?? -1);
      const [first = -1] = numbers;
      return numbers.length > 1 && (first === 0 || first === 1) && numbers.every((number, index) => number === first + index);
    })
    .flat()
    .sort((a, b) => a - b);
}

/** The number at the start of a heading that also has text. Of `2.1`, the last part. */
function numberOf(title: string): number | undefined {
  const [, plain, word] = /^(?:(?:\d{1,3}\.){0,3}(\d{1,3})[.):]?\s+(?=\S)|(?:step|phase|schritt|\u00e9tape|etape|paso|passo|passaggio|stap|krok|steg|\u0448\u0430\u0433|\u044d\u0442\u0430\u043f|\u624b\u9806|\u6b65\u9aa4|\u7b2c)\s*(\d{1,3})(?!\d)[^\p{L}\p{N}]*(?=\S))/iu.exec(title) ?? [];
  const digits = plain ?? word;
  return digits === undefined ? undefined : Number(digits);
}

/** Finds the section of a line by its nearest heading above. */
export function sectionFinder(sections: readonly SectionDraft[]): (line: number) => number | undefined {
  const starts = sections.map((section) => section.line);
  return (line) => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= line) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? undefined : low - 1;
  };
}

function nearestStep(blocks: readonly MarkdownBlock[], stepOf: ReadonlyMap<number, number>, item: MarkdownItem): number | undefined {
  for (let index = item.within; index !== undefined; index = blocks[index]?.within) {
    const step = stepOf.get(index);
    if (step !== undefined) return step;
  }
  return undefined;
}

/** Items that ask a question (`…?`) and have at least two sub-items that all start with an answer: `Yes: …`, `No: …`. */
function findDecisions(blocks: readonly MarkdownBlock[]): ReadonlySet<number> {
  const answers = new Map<number, boolean[]>();
  for (const block of blocks) {
    if (block.kind !== "item" || block.within === undefined) continue;
    const holder = blocks[block.within];
    if (holder?.kind !== "item" || !isQuestion(holder.text)) continue;
    const known = answers.get(block.within);
    if (known === undefined) answers.set(block.within, [isAnswer(block.text)]);
    else known.push(isAnswer(block.text));
  }
  return new Set([...answers].filter(([, all]) => all.length > 1 && all.every(Boolean)).map(([index]) => index));
}

function isQuestion(text: string): boolean {
  return /[?\uFF1F][\s*_)\]"'\u201D\u2019]*$/.test(text.slice(-40));
}

function isAnswer(text: string): boolean {
  return /^[^:\uFF1A.!?]{1,60}[:\uFF1A](?:[\s*_]|$)/.test(text) || /^[*_]*(?:yes|no)[*_]*(?:$|[\s.,;\u2013\u2014-])/i.test(text);
}

/** Numbered lists that only link to sections of the same text. */
function tablesOfContents(blocks: readonly MarkdownBlock[]): ReadonlySet<number> {
  const all = new Set<number>();
  const others = new Set<number>();
  for (const block of blocks) {
    if (block.kind !== "item") continue;
    all.add(block.list);
    if (!/^\[[^\]]*\]\(#[^)]*\)$/.test(block.text)) others.add(block.list);
  }
  return new Set([...all].filter((list) => !others.has(list)));
}

const idLength = 6;

/** An id for each section, derived from its title. Later sections with the same title also use the titles above. */
export function sectionIds(sections: readonly SectionDraft[]): readonly string[] {
  const titles = sections.map(({ title }) => words(title));
  return distinct(sections, (_, index) => `section\n${titles[index] ?? ""}`, ({ parent }) => wordsAbove(sections, titles, parent));
}

/**
 * An id for each step, derived from its section's title and its text, so that edits elsewhere do not change it. Later steps
 * with the same title and text also use the steps and titles above.
 */
export function stepIds(steps: readonly StepDraft[], sections: readonly SectionDraft[]): readonly string[] {
  const titles = sections.map(({ title }) => words(title));
  const texts = steps.map(({ text }) => words(text));
  return distinct(
    steps,
    ({ section }, index) => `${section === undefined ? "" : (titles[section] ?? "")}\n${texts[index] ?? ""}`,
    ({ parent, section }) => [...wordsAbove(steps, texts, parent), ...wordsAbove(sections, titles, section)],
  );
}

function distinct<T>(all: readonly T[], nameOf: (one: T, index: number) => string, above: (one: T) => readonly string[]): readonly string[] {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return all.map((one, index) => {
    const name = nameOf(one, index);
    const first = textHash(name, idLength);
    const id = taken.has(first) ? freeId([name, ...above(one)].join("\n"), taken, counts) : first;
    taken.add(id);
    return id;
  });
}

function freeId(name: string, taken: ReadonlySet<string>, counts: Map<string, number>): string {
  for (let count = counts.get(name) ?? 1; ; count++) {
    const id = textHash(`${name}\n${count}`, idLength);
    if (taken.has(id)) continue;
    counts.set(name, count + 1);
    return id;
  }
}

/** The texts of an item and its parents, innermost first, as far up as needed to distinguish it. */
function wordsAbove(all: readonly { readonly parent?: number | undefined }[], texts: readonly string[], from: number | undefined): readonly string[] {
  const above: string[] = [];
  for (let index = from; index !== undefined && above.length < farthest; index = all[index]?.parent) above.push(texts[index] ?? "");
  return above;
}

const farthest = 12;

function words(text: string): string {
  const small = (/^[ -~]*$/.test(text) ? text : text.normalize("NFC")).toLowerCase();
  return /\s\s/.test(small) ? small.replace(/\s{2,}/g, " ") : small;
}

/** The content of a step: its own text and nested blocks, without sub-steps. */
export interface StepContent {
  readonly roles: readonly string[];
  readonly mentions: readonly KindMention[];
}

/** The content of each step, in the order of the steps. */
export function stepContents(steps: readonly StepDraft[], blocks: readonly MarkdownBlock[], context: RunbookContext): readonly StepContent[] {
  const found = new Map<number, { readonly roles: string[]; readonly mentions: KindMention[] }>();
  const stepAt = innermostStep(steps);
  for (const block of blocks) {
    const step = stepAt(block.line);
    if (step === undefined) continue;
    for (const text of textsOf(block)) {
      const roles = readRoles(text, context.roles);
      const mentions = readMentions(text, context.kinds);
      if (roles.length === 0 && mentions.length === 0) continue;
      const content = found.get(step) ?? { roles: [], mentions: [] };
      content.roles.push(...roles);
      content.mentions.push(...mentions);
      found.set(step, content);
    }
  }
  return steps.map((_, index) => {
    const content = found.get(index);
    return content === undefined ? nothing : { roles: [...new Set(content.roles)], mentions: merged(content.mentions) };
  });
}

const nothing: StepContent = { roles: [], mentions: [] };

/** Finds the innermost step that contains a line. Lines must be requested in ascending order. */
export function innermostStep(steps: readonly StepDraft[]): (line: number) => number | undefined {
  const open: number[] = [];
  const state = { next: 0 };
  const close = (line: number): void => {
    for (let last = open.at(-1); last !== undefined && (steps[last]?.endLine ?? 0) <= line; last = open.at(-1)) open.pop();
  };
  return (line) => {
    for (let step = steps[state.next]; step !== undefined && step.line <= line; step = steps[state.next]) {
      close(step.line);
      open.push(state.next);
      state.next += 1;
    }
    close(line);
    return open.at(-1);
  };
}

function textsOf(block: MarkdownBlock): readonly string[] {
  switch (block.kind) {
    case "heading":
    case "item":
    case "paragraph":
      return [block.text];
    case "table":
      return block.rows.flatMap((row) => row.cells);
    default:
      return [];
  }
}

/** Removes duplicate mentions. A mention without an action is kept only if there is no action for its kind. */
function merged(mentions: readonly KindMention[]): readonly KindMention[] {
  const asked = new Set(mentions.flatMap(({ kind, action }) => (action === "mention" ? [] : [kind])));
  const seen = new Set<string>();
  return mentions.filter(({ kind, action }) => {
    const key = `${action} ${kind}`;
    if (seen.has(key) || (action === "mention" && asked.has(kind))) return false;
    seen.add(key);
    return true;
  });
}
