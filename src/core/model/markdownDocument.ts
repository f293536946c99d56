/** Markdown as a flat list of blocks with exact places. Lines are counted from 0, `endLine` is exclusive. */
export interface MarkdownDocument {
  /** The text's lines without their ends and without a byte order mark. */
  readonly lines: readonly string[];
  readonly frontMatter?: FrontMatterLines;
  /** In the order of the text; what stands in a list item follows it. */
  readonly blocks: readonly MarkdownBlock[];
  /** Links that lead somewhere else than into the text itself, in the order of the text. */
  readonly links: readonly MarkdownLink[];
}

/** The lines between the two marks; `line` is the first of them. */
export interface FrontMatterLines {
  readonly language: "yaml" | "toml";
  readonly text: string;
  readonly line: number;
  readonly endLine: number;
}

interface BlockRange {
  readonly line: number;
  readonly endLine: number;
  /** Index, in `blocks`, of the innermost list item it stands in. */
  readonly within: number | undefined;
  readonly quoted: boolean;
}

export type MarkdownBlock =
  | MarkdownHeading
  | MarkdownItem
  | MarkdownFence
  | (BlockRange & { readonly kind: "paragraph"; readonly text: string })
  | (BlockRange & { readonly kind: "html" | "code"; readonly text: string })
  | (BlockRange & { readonly kind: "table"; readonly rows: readonly TableRow[] });

export interface MarkdownHeading extends BlockRange {
  readonly kind: "heading";
  readonly level: number;
  /** One line of inline Markdown. */
  readonly text: string;
  /** The same without marks, as it is read. */
  readonly plain: string;
}

export interface MarkdownItem extends BlockRange {
  readonly kind: "item";
  readonly ordered: boolean;
  /** Present when the item has a box: whether it is ticked. */
  readonly checked?: boolean;
  /** The first paragraph as one line of inline Markdown, without the box; empty when there is none. */
  readonly text: string;
  /** The same number for all items of one list. */
  readonly list: number;
}

export interface MarkdownFence extends BlockRange {
  readonly kind: "fence";
  readonly info: string;
  readonly text: string;
  /** False when the text ends, or its list item does, before the closing mark. */
  readonly closed: boolean;
}

export interface TableRow {
  readonly line: number;
  /** Each one line of inline Markdown. */
  readonly cells: readonly string[];
}

/** The destination as it is written; the columns are those of the destination. */
export interface MarkdownLink {
  readonly href: string;
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
}

/** A line of inline Markdown as data that a view can draw without HTML. Unsafe links come as plain text. */
export type InlineSpan =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "strong"; readonly spans: readonly InlineSpan[] }
  | { readonly kind: "emphasis"; readonly spans: readonly InlineSpan[] }
  | { readonly kind: "struck"; readonly spans: readonly InlineSpan[] }
  | { readonly kind: "link"; readonly href: string; readonly spans: readonly InlineSpan[] };

/** The words of inline Markdown, without marks and destinations. */
export function plainText(spans: readonly InlineSpan[]): string {
  return spans.map((span) => (span.kind === "text" || span.kind === "code" ? span.text : plainText(span.spans))).join("");
}
