import type { MarkdownBlock } from "./markdownDocument";
import { readMentions } from "./mentions";
import { readRoles } from "./roleMentions";
import type { KindMention } from "./runbook";
import type { RunbookContext } from "./runbookContext";
import type { StepDraft } from "./steps";

/** What the words of a step name: its own text and what stands in it, but not in its sub-steps. */
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

/** Tells the innermost step that covers a line. To be asked in the order of the lines. */
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

/** Each request once; a bare mention only where nothing is asked for that kind. */
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
