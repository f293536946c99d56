import { findRegions, type RegionName } from "../core/markup/regions";
import { joinLines, splitLines } from "../core/markup/textLines";
import { type AlertKind, alertKinds, type ColumnAlignment, columnAlignments, type ContentBlock, type ContentItem, type MarkdownContent, type MarkdownSpans } from "../core/model/markdownBlocks";
import { attributeOf, blockTokens, inlineTokens, type ParserEnvironment, type Token } from "./parser";
import { readSpans, readTag, type SpanContext } from "./readSpans";

export interface ContentOptions extends Omit<SpanContext, "budget"> {
  /** Regions of the desk that the view shows in another way. They are left out. */
  readonly withoutRegions?: readonly RegionName[];
}

/** Texts of issues and comments are cut at these numbers of characters and of blocks, cells and spans together. */
const contentLimits = { characters: 65_536, parts: 10_000, depth: 16 } as const;

/**
 * Parses the Markdown of an issue or a comment, as GitHub shows it. HTML is text, and comments are removed. Never throws. Its
 * work and the size of the result have limits.
 */
export function readBlocks(text: string, options: ContentOptions): MarkdownContent {
  const { source, cut } = shortened(withoutRegions(text, options.withoutRegions ?? []));
  const environment: ParserEnvironment = {};
  const tokens = blockTokens(source, environment);
  const context: SpanContext = { home: options.home, imageAddress: options.imageAddress, budget: { left: contentLimits.parts } };
  const blocks = blocksOf(tokens, environment, context);
  return cut || context.budget.left < 0 ? [...blocks, { kind: "shortened" }] : blocks;
}

function withoutRegions(text: string, names: readonly RegionName[]): string {
  if (names.length === 0 || !text.includes("<!-- desk:")) return text;
  const lines = splitLines(text);
  const left = new Set(findRegions(lines).regions.filter(({ name }) => names.includes(name)).flatMap(({ start, end }) => Array.from({ length: end - start + 1 }, (_, index) => start + index)));
  return joinLines(lines.map((line, index) => (left.has(index) ? { text: "", end: line.end } : line)));
}

function shortened(text: string): { readonly source: string; readonly cut: boolean } {
  const cut = text.length > contentLimits.characters;
  const start = cut ? text.slice(0, contentLimits.characters) : text;
  const lines = start.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n").replaceAll("\0", "\uFFFD");
  return { source: cut ? lines.slice(0, Math.max(lines.lastIndexOf("\n"), 0) || lines.length).replace(/[\uD800-\uDBFF]$/, "") : lines, cut };
}

/** A block that is still being read: where its content goes, and which token ends it. */
interface Level {
  readonly blocks: ContentBlock[];
  readonly list?: OpenList;
}

interface OpenList {
  readonly kind: "list";
  start?: number;
  tight: boolean;
  readonly items: ContentItem[];
}

interface OpenTable {
  readonly kind: "table";
  readonly align: ColumnAlignment[];
  readonly head: MarkdownSpans[];
  readonly rows: (readonly MarkdownSpans[])[];
}

function blocksOf(tokens: readonly Token[], environment: ParserEnvironment, context: SpanContext): MarkdownContent {
  const root: Level = { blocks: [] };
  const levels: Level[] = [root];
  // Levels below the deepest one are not opened: their content is shown at that level.
  const skipped = { levels: 0 };
  let table: OpenTable | undefined;
  let row: MarkdownSpans[] = [];
  const { budget } = context;
  const level = (): Level => levels.at(-1) ?? root;
  const spend = (): boolean => (budget.left -= 1) >= 0;
  const add = (make: () => ContentBlock): void => {
    if (spend()) level().blocks.push(make());
  };
  const open = (make: () => Level): void => {
    if (skipped.levels === 0 && levels.length <= contentLimits.depth) levels.push(make());
    else skipped.levels += 1;
  };
  const close = (): void => {
    if (skipped.levels > 0) skipped.levels -= 1;
    else if (levels.length > 1) levels.pop();
  };
  const inline = (text: string): MarkdownSpans => readSpans(inlineTokens(text, environment), context);

  for (let index = 0; index < tokens.length && budget.left >= 0; index++) {
    const token = tokens[index];
    if (token === undefined) continue;
    switch (token.type) {
      case "blockquote_open": {
        const alert = readAlert(tokens, index);
        open(() => quoteIn(level(), alert?.kind));
        if (alert !== undefined && skipped.levels === 0) {
          if (alert.rest !== "") add(() => ({ kind: "paragraph", spans: inline(alert.rest) }));
          index += 3;
        }
        break;
      }
      case "footnote_open":
        open(() => quoteIn(level()));
        add(() => ({ kind: "paragraph", spans: [{ kind: "text", text: token.info }] }));
        break;
      case "bullet_list_open":
        open(() => listIn(level()));
        break;
      case "ordered_list_open":
        open(() => listIn(level(), Number(attributeOf(token, "start") ?? 1)));
        break;
      case "list_item_open": {
        const first = tokens[index + 1]?.type === "paragraph_open" ? tokens[index + 2]?.content : undefined;
        const box = first === undefined ? null : /^\[([ xX])\]\s+(?=\S)/.exec(first);
        open(() => itemIn(level(), box === null ? undefined : box[1] !== " "));
        if (box !== null && skipped.levels === 0) {
          const list = levels.at(-2)?.list;
          if (list !== undefined && tokens[index + 1]?.hidden !== true) list.tight = false;
          add(() => ({ kind: "paragraph", spans: inline((first ?? "").slice(box[0].length)) }));
          index += 3;
        }
        break;
      }
      case "blockquote_close":
      case "footnote_close":
      case "bullet_list_close":
      case "ordered_list_close":
      case "list_item_close":
        close();
        break;
      case "heading_open":
        add(() => ({ kind: "heading", level: Number(token.tag.slice(1)), spans: inline(tokens[index + 1]?.content ?? "") }));
        index += 2;
        break;
      case "paragraph_open": {
        const list = levels.at(-2)?.list;
        if (list !== undefined && !token.hidden) list.tight = false;
        add(() => ({ kind: "paragraph", spans: inline(tokens[index + 1]?.content ?? "") }));
        index += 2;
        break;
      }
      case "fence":
        add(() => ({ kind: "code", language: /^[\w+#.-]{1,40}/.exec(token.info.trim())?.[0] ?? "", text: token.content.replace(/\n$/, "") }));
        break;
      case "code_block":
        add(() => ({ kind: "code", language: "", text: token.content.replace(/\n$/, "") }));
        break;
      case "hr":
        add(() => ({ kind: "rule" }));
        break;
      case "html_block":
        for (const block of htmlBlocks(token.content, inline)) add(() => block);
        break;
      case "table_open":
        add(() => (table = { kind: "table", align: [], head: [], rows: [] }));
        break;
      case "th_open":
      case "td_open":
        if (token.type === "th_open") table?.align.push(readAlignment(token));
        if (spend()) row.push(inline(tokens[index + 1]?.content ?? ""));
        break;
      case "tr_close":
        if (table?.head.length === 0) table.head.push(...row);
        else table?.rows.push(row);
        row = [];
        break;
    }
  }
  return root.blocks;
}

function quoteIn({ blocks }: Level, alert?: AlertKind): Level {
  const inner: ContentBlock[] = [];
  blocks.push({ kind: "quote", ...(alert === undefined ? {} : { alert }), blocks: inner });
  return { blocks: inner };
}

function listIn({ blocks }: Level, start?: number): Level {
  const list: OpenList = { kind: "list", tight: true, items: [] };
  if (start !== undefined) list.start = start;
  blocks.push(list);
  return { blocks, list };
}

function itemIn({ blocks, list }: Level, checked: boolean | undefined): Level {
  if (list === undefined) return { blocks };
  const inner: ContentBlock[] = [];
  list.items.push({ ...(checked === undefined ? {} : { checked }), blocks: inner });
  return { blocks: inner };
}

/** GitHub's `> [!NOTE]`: its kind, and the rest of the quote's first paragraph. */
function readAlert(tokens: readonly Token[], index: number): { readonly kind: AlertKind; readonly rest: string } | undefined {
  if (tokens[index + 1]?.type !== "paragraph_open") return undefined;
  const found = /^\[!([a-z]{3,9})\][ \t]*(?:\n|$)/i.exec(tokens[index + 2]?.content ?? "");
  const kind = alertKinds.find((each) => each === found?.[1]?.toLowerCase());
  return found === null || kind === undefined ? undefined : { kind, rest: (tokens[index + 2]?.content ?? "").slice(found[0].length) };
}

function readAlignment(token: Token): ColumnAlignment {
  const style = (attributeOf(token, "style") ?? "").replace("text-align:", "");
  return columnAlignments.find((each) => each === style) ?? "none";
}

/** HTML as text without its comments. A picture alone is a picture. */
function htmlBlocks(html: string, inline: (text: string) => MarkdownSpans): readonly ContentBlock[] {
  const text = html.replace(/<!--[\s\S]*?(?:-->|$)/g, "").replace(/^(?:[ \t]*\n)+/, "").trimEnd();
  if (text === "") return [];
  return readTag(text)?.kind === "image" ? [{ kind: "paragraph", spans: inline(text.trim()) }] : [{ kind: "html", text }];
}
