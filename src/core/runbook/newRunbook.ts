import type { MarkdownBlock, MarkdownDocument } from "../model/markdownDocument";
import { withoutComments } from "../model/markdownText";
import { fileSlug } from "../model/paths";

/** The form of a new runbook. */
export type RunbookForm = "response" | "checklist" | "gates" | "plain";

/** The properties of a new runbook. */
interface NewRunbook {
  readonly form: RunbookForm;
  readonly title: string;
  /** The kind of issue that is created when it is started. */
  readonly kind?: string;
  /** The role that the checklist is for. */
  readonly role?: string;
  /** ISO date of today. */
  readonly today: string;
}

/** The text of a new runbook: front matter, title, and steps that demonstrate what a runbook can do. */
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

/** The path of a new runbook: in `folder`, named after its title, and not taken. */
export function newRunbookPath(folder: string, title: string, isTaken: (path: string) => boolean): string {
  const name = fileSlug(title) || "runbook";
  const path = (count: number): string => `${folder === "" ? "" : `${folder}/`}${name}${count === 1 ? "" : `-${count}`}.md`;
  let count = 1;
  while (isTaken(path(count))) count += 1;
  return path(count);
}

/** Front matter with these fields. Values are already formatted as YAML. */
function frontMatter(fields: readonly (readonly [name: string, value: string | undefined])[]): string {
  return `---\n${fields.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}\n`])).join("")}---\n`;
}

/** Formats a plain word as it is and anything else with quotes. */
function fieldText(text: string): string {
  return /^[A-Za-z][\w-]*$/.test(text) ? text : JSON.stringify(text);
}

/** Formats a title as a heading with the same text. */
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

/** The origin of a runbook's text. */
export interface Promotion {
  readonly title: string;
  readonly kind?: string;
  /** Labels, services or words of issues for which the runbook is suggested. */
  readonly match: readonly string[];
  /** ISO date of today. */
  readonly today: string;
  /** A Markdown link to the original text. */
  readonly source?: string;
}

/**
 * A draft of a runbook from an existing text: bullets become steps if there are no other steps, checkboxes are reset, and
 * hidden marks are removed. All other text is unchanged.
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

/** The title of a text: its first heading, otherwise its first line. */
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
