import type { StepPart } from "../model/checklist";
import type { MarkdownBlock, MarkdownItem } from "../model/markdownDocument";
import { readRoles } from "../model/roleMentions";
import type { KindMention, RunbookStep } from "../model/runbook";
import { withoutRequests } from "../model/stepRequests";
import { comparableWords, distinctIds, wordsAbove } from "./distinctIds";
import { readMentions } from "./mentions";
import type { RunbookContext } from "./runbookContext";
import { headingNumber } from "./procedure";
import { type SectionDraft, sectionFinder } from "./sections";

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

/** The items of plain lists in sections without steps, with the items below them. */
export function findBullets(blocks: readonly MarkdownBlock[], sections: readonly SectionDraft[], steps: readonly StepDraft[]): readonly StepDraft[] {
  const sectionOf = sectionFinder(sections);
  const filled = new Set(steps.flatMap(({ section, source }) => (source === "section" ? [] : [section])));
  const bullets: StepDraft[] = [];
  const stepOf = new Map<number, number>();
  blocks.forEach((block, index) => {
    if (block.kind !== "item" || block.quoted || block.text === "") return;
    const section = sectionOf(block.line);
    if (filled.has(section) || (block.within !== undefined && !stepOf.has(block.within))) return;
    const parent = block.within === undefined ? undefined : stepOf.get(block.within);
    const depth = parent === undefined ? 0 : (bullets[parent]?.depth ?? 0) + 1;
    stepOf.set(index, bullets.length);
    bullets.push({ text: block.text, line: block.line, endLine: block.endLine, depth, source: "bullet", part: "step", section, parent });
  });
  return bullets;
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
    if (headingNumber(section.title) === undefined) continue;
    const name = `${section.parent ?? ""} ${section.depth}`;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [index]);
    else group.push(index);
  }
  return [...groups.values()]
    .filter((group) => {
      const numbers = group.map((index) => headingNumber(sections[index]?.title ?? "") ?? -1);
      const [first = -1] = numbers;
      return numbers.length > 1 && (first === 0 || first === 1) && numbers.every((number, index) => number === first + index);
    })
    .flat()
    .sort((a, b) => a - b);
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
  const questions = new Map<number, boolean>();
  const asks = (index: number): boolean => {
    const holder = blocks[index];
    const known = questions.get(index) ?? (holder?.kind === "item" && isQuestion(withoutRequests(holder.text)));
    questions.set(index, known);
    return known;
  };
  for (const block of blocks) {
    if (block.kind !== "item" || block.within === undefined || !asks(block.within)) continue;
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
    if (!block.text.startsWith("[") || !/^\[[^\]]*\]\(#[^)]*\)$/.test(block.text)) others.add(block.list);
  }
  return new Set([...all].filter((list) => !others.has(list)));
}

/**
 * An id for each step, derived from its section's title and its text, so that edits elsewhere do not change it. Later steps
 * with the same title and text also use the steps and titles above.
 */
export function stepIds(steps: readonly StepDraft[], sections: readonly SectionDraft[]): readonly string[] {
  const titles = sections.map(({ title }) => comparableWords(title));
  const texts = steps.map(({ text }) => comparableWords(text));
  return distinctIds(
    steps,
    ({ section }, index) => `${section === undefined ? "" : (titles[section] ?? "")}\n${texts[index] ?? ""}`,
    ({ parent, section }) => [...wordsAbove(steps, texts, parent), ...wordsAbove(sections, titles, section)],
  );
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
  const note = (step: number, text: string): void => {
    if (!text.includes("@") && !text.includes("[")) return;
    const roles = readRoles(text, context.roles);
    const mentions = readMentions(text, context.kinds);
    if (roles.length === 0 && mentions.length === 0) return;
    const content = found.get(step) ?? { roles: [], mentions: [] };
    content.roles.push(...roles);
    content.mentions.push(...mentions);
    found.set(step, content);
  };
  for (const block of blocks) {
    const step = stepAt(block.line);
    if (step === undefined) continue;
    if (block.kind === "table") for (const { cells } of block.rows) for (const cell of cells) note(step, cell);
    if (block.kind === "heading" || block.kind === "item" || block.kind === "paragraph") note(step, block.text);
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
