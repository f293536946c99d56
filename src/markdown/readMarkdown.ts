import { optionalFrontMatter } from "../core/markup/frontMatter";
import type { FrontMatterLines, InlineSpan, MarkdownBlock, MarkdownDocument, MarkdownItem, MarkdownLink, TableRow } from "../core/model/markdownDocument";
import type { MarkdownSpan, MarkdownSpans } from "../core/model/markdownBlocks";
import { outsideCode } from "../core/model/markdownText";
import type { Runbook } from "../core/model/runbook";
import { parseRunbook } from "../core/runbook/parseRunbook";
import type { RunbookContext } from "../core/runbook/runbookContext";
import { blockTokens, headingTokens, inlineTokens, type ParserEnvironment, type Token } from "./parser";
import { readSpans } from "./readSpans";

/**
 * Parses Markdown into blocks with exact line ranges. Never throws and takes linear time. Supports LF, CRLF and CR, tabs, a
 * byte order mark and front matter.
 */
export function readMarkdown(text: string): MarkdownDocument {
  const lines = linesOf(text);
  const frontMatter = readFrontMatterText(text);
  const offset = frontMatter === undefined ? 0 : frontMatter.endLine + 1;
  const source = withoutNulls(offset === 0 && !text.startsWith("\uFEFF") && !text.includes("\r") ? text : lines.slice(offset).join("\n"));
  const environment: ParserEnvironment = {};
  const { blocks, texts } = readTokens(blockTokens(source, environment), lines, offset);
  return {
    lines,
    ...(frontMatter === undefined ? {} : { frontMatter }),
    blocks,
    links: readLinks(texts, lines, environment.references ?? {}),
  };
}

function withoutNulls(text: string): string {
  return text.includes("\0") ? text.replaceAll("\0", "\uFFFD") : text;
}

/** The lines of a text without line breaks and byte order mark. */
function linesOf(text: string): readonly string[] {
  const plain = text.startsWith("\uFEFF") ? text.slice(1) : text;
  return plain.includes("\r") ? plain.split(/\r\n?|\n/) : plain.split("\n");
}

function readFrontMatterText(text: string): FrontMatterLines | undefined {
  const parts = optionalFrontMatter(text);
  if (parts === undefined) return undefined;
  const inner = linesOf(parts.source).slice(0, -1);
  return { language: parts.language, text: inner.join("\n"), line: 1, endLine: inner.length + 1 };
}

interface Reading {
  readonly blocks: readonly MarkdownBlock[];
  readonly texts: readonly SourceText[];
}

function readTokens(tokens: readonly Token[], lines: readonly string[], offset: number): Reading {
  const blocks: MarkdownBlock[] = [];
  const texts: SourceText[] = [];
  const items: number[] = [];
  const lists: number[] = [];
  const rows: { line: number; cells: string[] }[] = [];
  const state = { quotes: 0, lists: 0 };

  const filledEnd = filledEnds(lines);
  const endOf = (token: Token): number => Math.max(filledEnd(lineOf(token, 1) + offset), lineOf(token, 0) + offset + 1);
  const note = (token: Token): string => {
    if (token.map !== null) texts.push({ text: token.content, line: token.map[0] + offset });
    return token.content;
  };

  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (token === undefined) continue;
    switch (token.type) {
      case "blockquote_open":
      case "footnote_open":
        state.quotes += 1;
        break;
      case "blockquote_close":
      case "footnote_close":
        state.quotes -= 1;
        break;
      case "bullet_list_open":
      case "ordered_list_open":
        lists.push((state.lists += 1));
        break;
      case "bullet_list_close":
      case "ordered_list_close":
        lists.pop();
        break;
      case "list_item_open": {
        const opening = tokens[index + 1]?.type;
        const first = opening === "paragraph_open" || opening === "heading_open" ? tokens[index + 2] : undefined;
        const content = first === undefined ? "" : note(first);
        const box = opening === "paragraph_open" ? /^\[([ xX])\]\s+(?=\S)/.exec(content) : null;
        const item: { -readonly [Key in keyof MarkdownItem]: MarkdownItem[Key] } = {
          kind: "item",
          ordered: token.info !== "",
          text: isEmptyCheckbox(content) ? "" : oneLine(box === null ? content : content.slice(box[0].length)),
          list: lists.at(-1) ?? 0,
          line: lineOf(token, 0) + offset,
          endLine: endOf(token),
          quoted: state.quotes > 0,
          within: items.at(-1),
        };
        if (box !== null) item.checked = box[1] === "x" || box[1] === "X";
        blocks.push(item);
        items.push(blocks.length - 1);
        // The first paragraph is the item's own text.
        if (first !== undefined) index += 3;
        break;
      }
      case "list_item_close":
        items.pop();
        break;
      case "heading_open": {
        const inline = tokens[index + 1];
        const text = inline === undefined ? "" : withoutAttributes(oneLine(note(inline)));
        blocks.push({ kind: "heading", level: Number(token.tag.slice(1)), text, plain: plainText(text), line: lineOf(token, 0) + offset, endLine: endOf(token), quoted: state.quotes > 0, within: items.at(-1) });
        index += 2;
        break;
      }
      case "paragraph_open": {
        const inline = tokens[index + 1];
        blocks.push({ kind: "paragraph", text: inline === undefined ? "" : oneLine(note(inline)), line: lineOf(token, 0) + offset, endLine: endOf(token), quoted: state.quotes > 0, within: items.at(-1) });
        index += 2;
        break;
      }
      case "fence": {
        const [start, end] = token.map ?? [0, 0];
        const held = token.content === "" ? 0 : token.content.split("\n").length - (token.content.endsWith("\n") ? 1 : 0);
        const closed = end - start >= held + 2;
        blocks.push({ kind: "fence", info: token.info.trim(), text: token.content.replace(/\n$/, ""), closed, line: lineOf(token, 0) + offset, endLine: endOf(token), quoted: state.quotes > 0, within: items.at(-1) });
        break;
      }
      case "html_block":
        blocks.push({ kind: "html", text: token.content, line: lineOf(token, 0) + offset, endLine: endOf(token), quoted: state.quotes > 0, within: items.at(-1) });
        break;
      case "code_block":
        blocks.push({ kind: "code", text: token.content.replace(/\n$/, ""), line: lineOf(token, 0) + offset, endLine: endOf(token), quoted: state.quotes > 0, within: items.at(-1) });
        break;
      case "tr_open":
        rows.push({ line: (token.map?.[0] ?? 0) + offset, cells: [] });
        break;
      case "inline": {
        const row = rows.at(-1);
        if (row !== undefined) {
          row.cells.push(token.content);
          texts.push({ text: token.content, line: row.line });
        }
        break;
      }
      case "table_open":
        blocks.push({ kind: "table", rows: [], line: lineOf(token, 0) + offset, endLine: endOf(token), quoted: state.quotes > 0, within: items.at(-1) });
        break;
      case "table_close": {
        const table = blocks.findLastIndex((block) => block.kind === "table");
        const block = blocks[table];
        if (block?.kind === "table") blocks[table] = { ...block, rows: rows.splice(0).map((row): TableRow => row) };
        break;
      }
    }
  }
  return { blocks, texts };
}

function lineOf(token: Token, end: 0 | 1): number {
  return token.map?.[end] ?? 0;
}

/**
 * Finds the end of the last non-empty line above a line. markdown-it includes empty lines after a list in its last item, and
 * nested lists end together, so each run of empty lines is scanned only once.
 */
function filledEnds(lines: readonly string[]): (end: number) => number {
  const known = new Map<number, number>();
  const isEmpty = (line: number): boolean => /^[\s>]*$/.test(lines[line] ?? "");
  return (end) => {
    if (end === 0 || !isEmpty(end - 1)) return end;
    let filled = known.get(end);
    if (filled === undefined) {
      filled = end;
      while (filled > 0 && isEmpty(filled - 1)) filled -= 1;
      known.set(end, filled);
    }
    return filled;
  };
}

/** Whether the content is only a checkbox without text. */
function isEmptyCheckbox(content: string): boolean {
  return content.length < 5 && /^\[[ xX]\]$/.test(content);
}

/** A heading without the id and classes for site generators: `{#id}`, `{: .wide}`. */
function withoutAttributes(heading: string): string {
  return heading.endsWith("}") ? heading.replace(/\s+\{[#.:][^{}]*\}$/, "") : heading;
}

function oneLine(content: string): string {
  if (!content.includes("\n")) return content.trim();
  const lines = content.split("\n").map((line) => line.trim());
  // A backslash at the end of a line is a hard break, unless it is escaped itself.
  return lines.map((line, index) => (index < lines.length - 1 && /(?:^|[^\\])(?:\\\\)*\\$/.test(line) ? line.slice(0, -1) : line)).join(" ").trim();
}

const longestHeading = 1000;

/** Inline Markdown as plain text: no formatting, no destinations, and no images beside text. Texts that are too long for a heading stay as they are. */
function plainText(text: string): string {
  if (text.length > longestHeading || !/[\\`*_[\]<&!~]/.test(text)) return text;
  const tokens = headingTokens(text);
  return wordsOf(tokens.filter(({ type }) => type !== "image")) || wordsOf(tokens) || text;
}

function wordsOf(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === "softbreak" || token.type === "hardbreak") return " ";
      return token.type === "html_inline" ? "" : token.content;
    })
    .join("")
    .replace(/\s+/g, " ")
    .trim();
}

/**
 * Parses a line of inline Markdown. Links are kept if they are http, https, mailto or relative; otherwise only their text. HTML
 * and images are shown as text, and comments are removed.
 */
export function readInline(text: string): readonly InlineSpan[] {
  if (!/[\\`*_[\]<>&!~:/\n]/.test(text)) return text === "" ? [] : [{ kind: "text", text }];
  return inlineSpans(readSpans(inlineTokens(text)));
}

/** The spans without what only issues and comments have. Adjacent texts are one span. */
function inlineSpans(spans: MarkdownSpans): readonly InlineSpan[] {
  const inline: InlineSpan[] = [];
  for (const span of spans) {
    const next = inlineSpan(span);
    const last = inline.at(-1);
    if (next.kind === "text" && last?.kind === "text") inline[inline.length - 1] = { kind: "text", text: last.text + next.text };
    else if (next.kind !== "text" || next.text !== "") inline.push(next);
  }
  return inline;
}

function inlineSpan(span: MarkdownSpan): InlineSpan {
  switch (span.kind) {
    case "text":
    case "code":
      return { kind: span.kind, text: span.text };
    case "strong":
    case "emphasis":
    case "struck":
      return { kind: span.kind, spans: inlineSpans(span.spans) };
    case "link":
      return { ...span, spans: inlineSpans(span.spans) };
    case "break":
      return { kind: "text", text: " " };
    case "image":
      return { kind: "text", text: span.alt };
    case "issue":
      return { kind: "text", text: span.text };
    case "mention":
      return { kind: "text", text: `@${span.login}` };
  }
}

/** Inline Markdown from the text, with its first line. */
interface SourceText {
  readonly text: string;
  readonly line: number;
}

type References = Readonly<Record<string, { readonly href: string }>>;

/** The link destinations of these texts with their exact positions, or the position of the label if the destination is defined elsewhere. */
function readLinks(texts: readonly SourceText[], lines: readonly string[], references: References): readonly MarkdownLink[] {
  const defined = new Map(Object.entries(references).map(([label, { href }]) => [label, href]));
  const mayLink = ({ text }: SourceText): boolean => text.includes("](") || (defined.size > 0 && text.includes("["));
  return texts.filter(mayLink).flatMap((source) => linksIn(source, lines, defined));
}

// A destination in angle brackets, or one without spaces and with balanced parentheses.
const link = /\](?:\(\s*(?:<([^<>\n]*)>|((?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.){0,200}\)){1,2000}))(?=[\s)])|\[([^[\]\n]{0,999})\])|\[([^[\]\n]{1,999})\](?![[(:])/g;

function linksIn(source: SourceText, lines: readonly string[], references: ReadonlyMap<string, string>): readonly MarkdownLink[] {
  const text = outsideCode(source.text);
  const found: MarkdownLink[] = [];
  let positionOf: ReturnType<typeof placer> | undefined;
  for (const match of text.matchAll(link)) {
    if (text[match.index - 1] === "\\") continue;
    const [whole, angled, bare, label, alone] = match;
    const direct = angled ?? bare;
    const named = label !== undefined && label.trim() !== "" ? label : (alone ?? (label === undefined ? undefined : textBefore(text, match.index)));
    const href = direct ?? (references.size === 0 || named === undefined ? undefined : references.get(labelKey(named)));
    if (href === undefined || href === "") continue;
    const written = direct ?? named ?? "";
    positionOf ??= placer(source, lines);
    found.push({ href, ...positionOf(match.index + Math.max(whole.indexOf(written, direct === undefined ? 0 : 2), 0), written.length) });
  }
  return found;
}

/** The text of `[text][]`, which is also its label. */
function textBefore(text: string, end: number): string | undefined {
  const start = text.lastIndexOf("[", end);
  return start < 0 ? undefined : text.slice(start + 1, end);
}

function labelKey(label: string): string {
  return label.trim().replace(/\s+/g, " ").toLowerCase().toUpperCase();
}

/** Converts offsets of one text to positions. Offsets must not decrease between calls, so that all calls together take one pass. */
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

/** Parses a Markdown text as the runbook at `path`. Never throws. */
export function readRunbook(path: string, text: string, context: RunbookContext): Runbook {
  return parseRunbook(path, text, readMarkdown(text), context);
}
