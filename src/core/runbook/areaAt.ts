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
  return isHead(document.lines.slice(block.line + 1, line)) ? "templateHead" : "templateBody";
}

function isInFrontMatter(lines: readonly string[], line: number): boolean {
  if (lines[0]?.trimEnd() !== "---" || line < 1) return false;
  const upTo = lines.slice(1, line + 1);
  return !upTo.some((one) => /^(?:---|\.\.\.)\s*$/.test(one)) && upTo.every((one) => /^(?:\s|#|-\s|[\w.-]+\s*:|[\w.-]*$)/.test(one));
}

/** Whether a template that has these lines so far is still at its head, which may begin with a mark of its own. */
function isHead(above: readonly string[]): boolean {
  const opening = above.findIndex((one) => one.trim() !== "");
  const rest = above[opening]?.trim() === "---" ? above.slice(opening + 1) : above;
  return !rest.some((one) => one.trim() === "---");
}
