import type { Problem, TextRange } from "../problem";
import { isSlip } from "./isSlip";
import type { MarkdownDocument } from "./markdownDocument";
import type { Runbook } from "./runbook";

/**
 * Labels in front matter and templates that no issue has, but some nearly have: most likely a slip. Others are left alone,
 * for a label that no issue has yet may well be there, and so are numbered ones, as of versions.
 */
export function doubtfulLabels(runbook: Pick<Runbook, "details" | "templates">, { frontMatter, lines }: MarkdownDocument, known: readonly string[]): readonly Problem<"doubtfulLabel">[] {
  const names = new Set(known.map((name) => name.toLowerCase()));
  const fieldsOf = (labels: readonly string[], start: number, end: number): readonly Problem<"doubtfulLabel">[] =>
    labels.flatMap((name) => {
      const word = name.toLowerCase();
      const nearest = names.has(word) || /\d/.test(word) ? undefined : known.find((one) => isSlip(word, one.toLowerCase()));
      const range = nearest === undefined ? undefined : placeOf(name, lines, start, end);
      return nearest === undefined || range === undefined ? [] : [{ severity: "information" as const, code: "doubtfulLabel" as const, range, details: { name, nearest } }];
    });
  return [
    ...(frontMatter === undefined ? [] : fieldsOf(runbook.details.labels, frontMatter.line, frontMatter.line + frontMatter.text.split("\n").length)),
    ...runbook.templates.flatMap((template) => fieldsOf(template.labels, template.line + 1, template.endLine)),
  ];
}

/** Where a label is written: in the line of the field or one below it. */
function placeOf(label: string, lines: readonly string[], start: number, end: number): TextRange | undefined {
  const field = lines.findIndex((line, index) => index >= start && index < end && /^[\s>]*labels\s*:/.test(line));
  const line = field < 0 ? -1 : lines.findIndex((text, index) => index >= field && index < end && text.includes(label));
  const startColumn = (lines[line] ?? "").indexOf(label);
  return startColumn < 0 ? undefined : { startLine: line, startColumn, endLine: line, endColumn: startColumn + label.length };
}
