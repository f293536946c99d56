/** Markdown as a flat list of blocks with exact positions. Lines are zero-based, `endLine` is exclusive. */
export interface MarkdownDocument {
  /** The lines without line breaks and without a byte order mark. */
  readonly lines: readonly string[];
  readonly frontMatter?: FrontMatterLines;
  /** In document order. The content of a list item follows the item. */
  readonly blocks: readonly MarkdownBlock[];
  /** Links that lead outside the document, in document order. */
  readonly links: readonly MarkdownLink[];
}

/** The lines between the two markers. `line` is the first of them. */
export interface FrontMatterLines {
  readonly language: "yaml" | "toml";
  readonly text: string;
  readonly line: number;
  readonly endLine: number;
}

interface BlockRange {
  readonly line: number;
  readonly endLine: number;
  /** Index in `blocks` of the innermost list item that contains this block. */
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
  /** The text without Markdown formatting. */
  readonly plain: string;
}

export interface MarkdownItem extends BlockRange {
  readonly kind: "item";
  readonly ordered: boolean;
  /** Present when the item has a checkbox: whether it is ticked. */
  readonly checked?: boolean;
  /** The first paragraph as one line of inline Markdown, without the checkbox. Empty when there is none. */
  readonly text: string;
  /** The same number for all items of one list. */
  readonly list: number;
}

export interface MarkdownFence extends BlockRange {
  readonly kind: "fence";
  readonly info: string;
  readonly text: string;
  /** False when the text or its list item ends before the closing fence. */
  readonly closed: boolean;
}

export interface TableRow {
  readonly line: number;
  /** Each cell is one line of inline Markdown. */
  readonly cells: readonly string[];
}

/** The destination as written. The columns are those of the destination. */
export interface MarkdownLink {
  readonly href: string;
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
}

/** Inline Markdown as data that a view can render without HTML. Unsafe links become plain text. */
export type InlineSpan =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "strong"; readonly spans: readonly InlineSpan[] }
  | { readonly kind: "emphasis"; readonly spans: readonly InlineSpan[] }
  | { readonly kind: "struck"; readonly spans: readonly InlineSpan[] }
  | { readonly kind: "link"; readonly href: string; readonly spans: readonly InlineSpan[] };

/** The text of inline Markdown, without formatting and destinations. */
export function plainText(spans: readonly InlineSpan[]): string {
  return spans.map((span) => (span.kind === "text" || span.kind === "code" ? span.text : plainText(span.spans))).join("");
}
