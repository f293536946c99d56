import { isInFrontMatter, splitHead } from "../markup/frontMatter";
import type { MarkdownDocument } from "../model/markdownDocument";
import type { Runbook } from "../model/runbook";
import { isTemplate } from "./issueTemplate";

/** An entry of a runbook that the outline of headings does not show. Lines are zero-based, `endLine` is exclusive. */
export interface OutlineEntry {
  readonly kind: "step" | "decision" | "option" | "template" | "command";
  /** One line of inline Markdown, the title of a template, or the first line of a command. */
  readonly text: string;
  readonly line: number;
  readonly endLine: number;
  readonly children: readonly OutlineEntry[];
}

/** Steps with their content, templates and commands in document order. Steps that are only headings are omitted. */
export function runbookOutline({ steps, templates, commands }: Pick<Runbook, "steps" | "templates" | "commands">): readonly OutlineEntry[] {
  const flat: readonly OutlineEntry[] = [
    ...steps.filter(({ source }) => source !== "section").map(({ part, text, line, endLine }) => ({ kind: part, text, line, endLine, children: [] })),
    ...templates.map(({ kind, title, line, endLine }) => ({ kind: "template" as const, text: `[${kind.toUpperCase()}] ${title}`, line, endLine, children: [] })),
    ...commands.map(({ text, language, line, endLine }) => ({ kind: "command" as const, text: text.split("\n").find((one) => one.trim() !== "")?.trim() ?? language, line, endLine, children: [] })),
  ].sort((a, b) => a.line - b.line || b.endLine - a.endLine);
  return nest(flat, { index: 0 }, Infinity);
}

function nest(flat: readonly OutlineEntry[], at: { index: number }, endLine: number): readonly OutlineEntry[] {
  const found: OutlineEntry[] = [];
  for (let entry = flat[at.index]; entry !== undefined && entry.line < endLine; entry = flat[at.index]) {
    at.index += 1;
    found.push({ ...entry, children: nest(flat, at, entry.endLine) });
  }
  return found;
}

/** The kind of text in a line of a runbook. */
export type RunbookArea = "frontMatter" | "templateHead" | "templateBody" | "code" | "prose";

/** The area of a line. Works while typing: front matter does not have to be closed yet. */
export function areaAt(document: MarkdownDocument, line: number): RunbookArea {
  if (isInFrontMatter(document.lines, line)) return "frontMatter";
  const block = document.blocks.find((one) => (one.kind === "fence" || one.kind === "code" || one.kind === "html") && one.line <= line && line < one.endLine);
  if (block === undefined) return "prose";
  if (block.kind !== "fence" || !isTemplate(block)) return "code";
  if (line === block.line || (block.closed && line === block.endLine - 1)) return "code";
  const above = block.text.split("\n").slice(0, line - block.line - 1);
  return splitHead(above.join("\n")).body === undefined ? "templateHead" : "templateBody";
}
