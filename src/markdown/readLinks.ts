import type { MarkdownLink } from "../core/runbook/markdownDocument";
import { outsideCode } from "../core/runbook/outsideCode";

/** Inline Markdown as it stands in the text, with the line it begins on. */
export interface SourceText {
  readonly text: string;
  readonly line: number;
}

type References = Readonly<Record<string, { readonly href: string }>>;

/** Where the links of these texts lead, each with the exact place of its destination (of its label, when that is defined elsewhere). */
export function readLinks(texts: readonly SourceText[], lines: readonly string[], references: References): readonly MarkdownLink[] {
  const defined = new Map(Object.entries(references).map(([label, { href }]) => [label, href]));
  const mayLink = ({ text }: SourceText): boolean => text.includes("](") || (defined.size > 0 && text.includes("["));
  return texts.filter(mayLink).flatMap((source) => linksIn(source, lines, defined));
}

// A destination in angle brackets, or one without spaces whose parentheses close.
const link = /\](?:\(\s*(?:<([^<>\n]*)>|((?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.){0,200}\)){1,2000}))(?=[\s)])|\[([^[\]\n]{0,999})\])|\[([^[\]\n]{1,999})\](?![[(:])/g;

function linksIn(source: SourceText, lines: readonly string[], references: ReadonlyMap<string, string>): readonly MarkdownLink[] {
  const text = outsideCode(source.text);
  const found: MarkdownLink[] = [];
  let placeOf: ReturnType<typeof placer> | undefined;
  for (const match of text.matchAll(link)) {
    if (text[match.index - 1] === "\\") continue;
    const [whole, angled, bare, label, alone] = match;
    const direct = angled ?? bare;
    const named = label !== undefined && label.trim() !== "" ? label : (alone ?? (label === undefined ? undefined : textBefore(text, match.index)));
    const href = direct ?? (references.size === 0 || named === undefined ? undefined : references.get(labelKey(named)));
    if (href === undefined || href === "" || href.startsWith("#")) continue;
    const written = direct ?? named ?? "";
    placeOf ??= placer(source, lines);
    found.push({ href, ...placeOf(match.index + Math.max(whole.indexOf(written, direct === undefined ? 0 : 2), 0), written.length) });
  }
  return found;
}

/** `[text][]` is named by its text. */
function textBefore(text: string, end: number): string | undefined {
  const start = text.lastIndexOf("[", end);
  return start < 0 ? undefined : text.slice(start + 1, end);
}

function labelKey(label: string): string {
  return label.trim().replace(/\s+/g, " ").toLowerCase().toUpperCase();
}

/** Tells places in one text; offsets must not decrease from call to call, so that all of them together take one pass. */
function placer(source: SourceText, lines: readonly string[]): (offset: number, length: number) => Omit<MarkdownLink, "href"> {
  const rows = source.text.split("\n");
  const at = { row: 0, start: 0 };
  return (offset, length) => {
    while (at.row < rows.length - 1 && offset > at.start + (rows[at.row]?.length ?? 0)) {
      at.start += (rows[at.row]?.length ?? 0) + 1;
      at.row += 1;
    }
    const row = rows[at.row] ?? "";
    const line = source.line + at.row;
    const shown = row.trim();
    const indent = row.length - row.trimStart().length;
    const column = Math.max((lines[line] ?? "").indexOf(shown), 0) + offset - at.start - indent;
    return { line, column, endColumn: column + length };
  };
}
