import type { Problem } from "../problem";
import type { MarkdownBlock, MarkdownDocument } from "./markdownDocument";

/** What a line begins with that a person took for a checkbox: a list mark, brackets, and up to three characters between them. */
const start = /^([\s>]*)([-*+\u2022\u2023\u2013\u2014\u2212]|\d{1,9}[.)])([ \t]*)([[\uFF3B])([^[\](){}\uFF3B\uFF3D]{0,3})([\]\uFF3D])(\s*)(.*)$/su;
/** What may stand between the brackets: nothing or blanks, and the signs that people tick with. */
const open = /^[\s_-]*$/u;
const done = /^\s*[xX\uFF58\uFF38\u2713\u2714\u2611]\s*$/u;

/**
 * Lines that are nearly task items, in a text that has task items: `- [] x`, `- [ ]x`, `-[ ] x`, `- [  ] x`, `- [-] x`, brackets of
 * full width, and bullets that are not Markdown's. Each is a step that would be lost without a word.
 */
export function nearBoxes({ blocks, lines, frontMatter }: MarkdownDocument): readonly Problem<"nearBox">[] {
  if (!blocks.some((block) => block.kind === "item" && block.checked !== undefined)) return [];
  const asWritten = linesAsWritten(blocks);
  const boxes = new Set(blocks.flatMap((block) => (block.kind === "item" && block.checked !== undefined ? [block.line] : [])));
  const references = referencesIn(lines);
  return lines.flatMap((text, line) => {
    if (asWritten.has(line) || boxes.has(line) || line <= (frontMatter?.endLine ?? -1)) return [];
    const found = readNearBox(text);
    if (found === undefined || references.has(found.inner.trim().toLowerCase())) return [];
    const { indent, written, fixed } = found;
    const range = { startLine: line, startColumn: indent.length, endLine: line, endColumn: indent.length + written.length };
    return [{ severity: "warning" as const, code: "nearBox" as const, range, details: { name: written.trimEnd(), box: fixed } }];
  });
}

interface NearBox {
  readonly indent: string;
  readonly written: string;
  readonly fixed: string;
  readonly inner: string;
}

function readNearBox(text: string): NearBox | undefined {
  const [, indent = "", mark = "", gap = "", left = "", inner = "", right = "", after = "", rest = ""] = start.exec(text) ?? [];
  if (mark === "" || rest.trim() === "") return undefined;
  const isDone = done.test(inner);
  if (!isDone && !open.test(inner)) return undefined;
  // A link, a picture's or footnote's place, or a word in brackets with a sign after it.
  if (after === "" && /^[([:\uFF08\uFF1A]/u.test(rest)) return undefined;
  if (after === "" && /^[\p{P}\p{S}]/u.test(rest) && !/^[*_`"'\u201C\u2018@~<]/u.test(rest)) return undefined;
  const isBullet = /^[-*+]$/.test(mark);
  // Emphasis that begins with brackets, and a rule or a range of numbers, are no lists.
  if (mark === "*" && gap === "" && rest.includes("*")) return undefined;
  if (left === "[" && right === "]" && gap !== "" && after !== "" && /^[ xX]$/.test(inner) && (isBullet || /^\d/.test(mark))) return undefined;
  const written = `${mark}${gap}${left}${inner}${right}${after}`;
  return { indent, written, fixed: `${isBullet || /^\d/.test(mark) ? mark : "-"} [${isDone ? "x" : " "}] `, inner };
}

/** What is in brackets and a link, for its address is given elsewhere in the text; short ones alone. */
function referencesIn(lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => (line.includes("]:") ? (/^\s*\[\s*(\S{1,3})\s*\]:/.exec(line)?.[1]?.toLowerCase() ?? []) : [])));
}

/** Lines of code and HTML. */
function linesAsWritten(blocks: readonly MarkdownBlock[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const block of blocks) {
    if (block.kind !== "fence" && block.kind !== "code" && block.kind !== "html" && block.kind !== "table") continue;
    for (let line = block.line; line < block.endLine; line += 1) found.add(line);
  }
  return found;
}
