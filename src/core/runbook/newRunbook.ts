import type { MarkdownBlock, MarkdownDocument } from "../model/markdownDocument";
import { withoutComments } from "../model/markdownText";
import { fileSlug } from "../model/paths";

/** What a new runbook begins as. */
export type RunbookForm = "response" | "checklist" | "gates" | "plain";

/** What is known of a new runbook. */
interface NewRunbook {
  readonly form: RunbookForm;
  readonly title: string;
  /** The kind of issue that starting it creates. */
  readonly kind?: string;
  /** Whose checklist it is. */
  readonly role?: string;
  /** ISO date of today. */
  readonly today: string;
}

/** The text of a new runbook: front matter, its title, and steps that show what a runbook can do. */
export function newRunbook({ form, title, kind, role, today }: NewRunbook): string {
  const fields: readonly (readonly [name: string, value: string | undefined])[] = [
    ["title", JSON.stringify(title)],
    ["kind", kind === undefined ? undefined : fieldText(kind)],
    ["role", form === "checklist" && role !== undefined ? fieldText(role) : undefined],
    ["when", form === "checklist" ? "start-of-day" : undefined],
    ["reviewed", today],
    ["reviewEvery", "26w"],
  ];
  return `${frontMatter(fields)}\n# ${headingText(title)}\n\n${bodies[form]}`;
}

/** Where a new runbook goes: in `folder`, named for its title, and apart from every path that is taken. */
export function newRunbookPath(folder: string, title: string, isTaken: (path: string) => boolean): string {
  const name = fileSlug(title) || "runbook";
  const path = (count: number): string => `${folder === "" ? "" : `${folder}/`}${name}${count === 1 ? "" : `-${count}`}.md`;
  let count = 1;
  while (isTaken(path(count))) count += 1;
  return path(count);
}

/** Front matter of these fields; values are YAML already. */
function frontMatter(fields: readonly (readonly [name: string, value: string | undefined])[]): string {
  return `---\n${fields.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}\n`])).join("")}---\n`;
}

/** A plain word as it is, anything else in quotes. */
function fieldText(text: string): string {
  return /^[A-Za-z][\w-]*$/.test(text) ? text : JSON.stringify(text);
}

/** A title as a heading that reads the same. */
function headingText(title: string): string {
  return title.replace(/\s+/g, " ").trim().replace(/[\\`*_[\]<>#]/g, "\\$&");
}

const bodies: Readonly<Record<RunbookForm, string>> = {
  response: `## Answer

- [ ] Tell the reporter that you have it, and when they hear from you next
- [ ] Set the priority

## Mend

- [ ] Is there a way around it?
  - Yes: tell everybody affected how it goes
  - No: say when they will hear from you next
- [ ] Create [ISSUE] for what has to change

## Close

- [ ] Check with the reporter that it works again
`,
  checklist: `- [ ] Read what came in since yesterday
- [ ] Go through what is open and say what is next for each
`,
  gates: `## Prepare

- [ ] Write down what is asked for, and by when

## Gate: ready to begin

- [ ] Everybody it touches has agreed

## Carry out

- [ ] Do the work

## Gate: ready to close

- [ ] Whoever asked for it has seen it work
`,
  plain: `- [ ] First step
`,
};

/** Where a runbook's text comes from. */
export interface Promotion {
  readonly title: string;
  readonly kind?: string;
  /** Labels, services or words of issues that it is suggested for. */
  readonly match: readonly string[];
  /** ISO date of today. */
  readonly today: string;
  /** A link to where it was first written, as Markdown. */
  readonly source?: string;
}

/**
 * A draft of a runbook from something that somebody wrote: bullets become steps where nothing else is one, boxes are open
 * again, our own hidden marks are gone; every other word stays as it is.
 */
export function promotedRunbook(document: MarkdownDocument, { title, kind, match, today, source }: Promotion): string {
  const head = frontMatter([
    ["title", JSON.stringify(title)],
    ["kind", kind === undefined ? undefined : fieldText(kind)],
    ["match", match.length === 0 ? undefined : `[${match.map(fieldText).join(", ")}]`],
    ["reviewed", today],
    ["reviewEvery", "26w"],
  ]);
  const body = bodyOf(document);
  const heading = firstHeading(document)?.plain === title ? "" : `# ${headingText(title)}\n\n`;
  return `${head}\n${heading}${body}\n${source === undefined ? "" : `\n${source}\n`}`;
}

/** The words that a text is best known by: its first heading, else its first line. */
export function promotedTitle(document: MarkdownDocument): string {
  const first = document.blocks.find((block) => (block.kind === "paragraph" || block.kind === "item") && block.text !== "");
  const line = first?.kind === "paragraph" || first?.kind === "item" ? withoutComments(first.text) : "";
  return (firstHeading(document)?.plain ?? line).slice(0, 80).trim();
}

function firstHeading({ blocks }: MarkdownDocument): Extract<MarkdownBlock, { kind: "heading" }> | undefined {
  const [first] = blocks;
  return first?.kind === "heading" ? first : undefined;
}

function bodyOf({ lines, blocks, frontMatter: own }: MarkdownDocument): string {
  const items = blocks.flatMap((block) => (block.kind === "item" && !block.quoted ? [block] : []));
  const hasSteps = items.some((item) => item.checked !== undefined || item.ordered);
  const changed = new Map(
    items.flatMap((item) => {
      const line = lines[item.line] ?? "";
      if (item.checked === true) return [[item.line, line.replace(/\[[xX]\]/, "[ ]")] as const];
      const isStep = !hasSteps && item.within === undefined && item.text !== "";
      return isStep ? [[item.line, line.replace(/^(\s*[-*+])(\s+)/, "$1 [ ]$2")] as const] : [];
    }),
  );
  const body = lines.flatMap((line, index) => (own !== undefined && index <= own.endLine ? [] : [changed.get(index) ?? line]));
  return body.join("\n").replace(/[ \t]*<!--\s*\/?desk:[^>]*-->/g, "").trim();
}
