import type { MarkdownBlock, MarkdownDocument } from "./markdownDocument";
import { fieldText, frontMatter, headingText } from "./newRunbook";
import { withoutComments } from "./outsideCode";

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
