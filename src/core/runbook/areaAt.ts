import { isInFrontMatter, splitHead } from "../frontMatter";
import { isTemplate } from "./issueTemplate";
import type { MarkdownDocument } from "./markdownDocument";

/** What a line of a runbook's text is written in. */
export type RunbookArea = "frontMatter" | "templateHead" | "templateBody" | "code" | "prose";

/** The area of a line, also while the text around it is being typed: front matter need not be closed yet. */
export function areaAt(document: MarkdownDocument, line: number): RunbookArea {
  if (isInFrontMatter(document.lines, line)) return "frontMatter";
  const block = document.blocks.find((one) => (one.kind === "fence" || one.kind === "code" || one.kind === "html") && one.line <= line && line < one.endLine);
  if (block === undefined) return "prose";
  if (block.kind !== "fence" || !isTemplate(block)) return "code";
  if (line === block.line || (block.closed && line === block.endLine - 1)) return "code";
  const above = block.text.split("\n").slice(0, line - block.line - 1);
  return splitHead(above.join("\n")).body === undefined ? "templateHead" : "templateBody";
}
