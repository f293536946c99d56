import type { IssueRef } from "./issueRef";

/** The Markdown of an issue or a comment as data that a view can render without HTML. */
export type MarkdownContent = readonly ContentBlock[];

/** A block of such a text. `shortened` is the last one of a text that was too long to show completely. */
export type ContentBlock =
  | { readonly kind: "heading"; readonly level: number; readonly spans: MarkdownSpans }
  | { readonly kind: "paragraph"; readonly spans: MarkdownSpans }
  | ContentList
  | { readonly kind: "code"; readonly language: string; readonly text: string }
  | { readonly kind: "quote"; readonly alert?: AlertKind; readonly blocks: MarkdownContent }
  | ContentTable
  | { readonly kind: "html"; readonly text: string }
  | { readonly kind: "rule" }
  | { readonly kind: "shortened" };

export interface ContentList {
  readonly kind: "list";
  /** The number of the first item of an ordered list. */
  readonly start?: number;
  /** Whether there is no space between the items. */
  readonly tight: boolean;
  readonly items: readonly ContentItem[];
}

export interface ContentItem {
  /** Present when the item has a checkbox: whether it is ticked. */
  readonly checked?: boolean;
  readonly blocks: MarkdownContent;
}

export interface ContentTable {
  readonly kind: "table";
  /** One for each column. */
  readonly align: readonly ColumnAlignment[];
  readonly head: readonly MarkdownSpans[];
  readonly rows: readonly (readonly MarkdownSpans[])[];
}

export const columnAlignments = ["none", "left", "center", "right"] as const;

export type ColumnAlignment = (typeof columnAlignments)[number];

/** GitHub's kinds of highlighted quotes: `> [!NOTE]`. */
export const alertKinds = ["note", "tip", "important", "warning", "caution"] as const;

export type AlertKind = (typeof alertKinds)[number];

export type MarkdownSpans = readonly MarkdownSpan[];

/** Inline Markdown with what only issues and comments have: line breaks, pictures, mentions, and references to issues. */
export type MarkdownSpan =
  | { readonly kind: "text" | "code"; readonly text: string }
  | { readonly kind: "strong" | "emphasis" | "struck"; readonly spans: MarkdownSpans }
  | { readonly kind: "link"; readonly href: string; readonly spans: MarkdownSpans }
  | { readonly kind: "break" }
  | { readonly kind: "mention"; readonly login: string }
  | { readonly kind: "issue"; readonly ref: IssueRef; readonly text: string }
  | ContentImage;

/** A picture. One from the web is loaded only when the reader asks for it, because its server then knows who reads it. */
export interface ContentImage {
  readonly kind: "image";
  readonly source: "web" | "file";
  /** An `https` address, or the address of a workspace file in a webview. */
  readonly address: string;
  readonly alt: string;
}

/** The start of a content, and whether that is all of it. */
interface ContentStart {
  readonly blocks: MarkdownContent;
  readonly complete: boolean;
}

/** The first blocks of a content with about that many characters. A block on the border is cut where its parts allow it. */
export function contentStart(blocks: MarkdownContent, characters: number): ContentStart {
  const budget = { left: characters, complete: true };
  const start = cutBlocks(blocks, budget);
  return { blocks: start, complete: budget.complete };
}

interface Budget {
  left: number;
  complete: boolean;
}

// A block takes as much space as a line of text.
const line = 80;

function cutBlocks(blocks: MarkdownContent, budget: Budget): MarkdownContent {
  return cut(blocks, budget, (block) => {
    budget.left -= line;
    switch (block.kind) {
      case "heading":
      case "paragraph":
        return { ...block, spans: cutSpans(block.spans, budget) };
      case "list":
        return { ...block, items: cut(block.items, budget, (item) => ({ ...item, blocks: cutBlocks(item.blocks, budget) })) };
      case "quote":
        return { ...block, blocks: cutBlocks(block.blocks, budget) };
      case "table":
        return { ...block, rows: cut(block.rows, budget, (row) => {
          budget.left -= line;
          return row;
        }) };
      case "code":
      case "html":
        // Scrolls, so that its height has a limit.
        budget.left -= Math.min(block.text.length, 20 * line);
        return block;
      case "rule":
      case "shortened":
        return block;
    }
  });
}

function cutSpans(spans: MarkdownSpans, budget: Budget): MarkdownSpans {
  return cut(spans, budget, (span) => {
    switch (span.kind) {
      case "text": {
        const fits = span.text.length <= budget.left;
        const text = fits ? span.text : `${span.text.slice(0, budget.left).replace(/[\uD800-\uDBFF]$/, "")}…`;
        budget.left -= span.text.length;
        budget.complete &&= fits;
        return { ...span, text };
      }
      case "break":
        budget.left -= line;
        return span;
      case "code":
        budget.left -= span.text.length;
        return span;
      case "strong":
      case "emphasis":
      case "struck":
      case "link":
        return { ...span, spans: cutSpans(span.spans, budget) };
      case "mention":
      case "issue":
      case "image":
        return span;
    }
  });
}

/** The items until the budget is used up. */
function cut<T>(items: readonly T[], budget: Budget, take: (item: T) => T): readonly T[] {
  const taken: T[] = [];
  for (const item of items) {
    if (budget.left <= 0) {
      budget.complete = false;
      break;
    }
    taken.push(take(item));
  }
  return taken;
}
