import MarkdownIt from "markdown-it";

type Parser = InstanceType<typeof MarkdownIt>;

export type ParserEnvironment = Parameters<Parser["render"]>[1] & {};

type WholeToken = ReturnType<Parser["parse"]>[number];

/** A token of markdown-it without its methods. */
export type Token = Omit<WholeToken, "attrGet" | "attrIndex" | "attrJoin" | "attrPush" | "attrSet">;

/** The value of an attribute of a token. */
export function attributeOf({ attrs }: Token, name: string): string | undefined {
  const value = attrs?.find(([key]) => key === name)?.[1];
  return value === undefined ? undefined : String(value);
}

/**
 * Creates the tokens of blocks as plain objects. markdown-it's class defines each of their fields by a call, which takes more
 * time than all the rest of finding the blocks.
 */
class PlainTokens extends MarkdownIt.StateBlock {
  override push(type: string, tag: string, nesting: -1 | 0 | 1): WholeToken {
    if (nesting < 0) this.level -= 1;
    const token: Token = { type, tag, attrs: null, map: null, nesting, level: this.level, children: null, content: "", markup: "", info: "", meta: null, block: true, hidden: false };
    if (nesting > 0) this.level += 1;
    // No rule for blocks calls a method of a token.
    this.tokens.push(token as WholeToken);
    return token as WholeToken;
  }
}

/**
 * A CommonMark parser with GitHub's tables, strikethrough and footnotes, and HTML. Created on first use. Nesting is limited to
 * a thousand quotes or 500 lists because of the stack size.
 */
const markdownParser = once(() => {
  const parser = new MarkdownIt({ html: true, maxNesting: 1000 });
  parser.block.State = PlainTokens;
  footnotes(parser);
  return parser;
});

/** The tokens of the blocks of a text. The inline Markdown in them is not parsed. */
export function blockTokens(text: string, environment: ParserEnvironment): readonly Token[] {
  const parser = markdownParser();
  const tokens: WholeToken[] = [];
  parser.block.parse(text, parser, environment, tokens);
  return tokens;
}

/** The tokens of a heading, in which bare web addresses are texts. */
export function headingTokens(text: string): readonly Token[] {
  return markdownParser().parseInline(text, {}).flatMap(({ children }) => children ?? []);
}

const inlineParser = once(() => {
  const parser = new MarkdownIt({ html: true, linkify: true, maxNesting: 100 });
  parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  return parser;
});

const inlineParserWithoutAddresses = once(() => new MarkdownIt({ html: true, maxNesting: 100 }));

/** The tokens of inline Markdown. Bare web addresses are links. */
export function inlineTokens(text: string, environment: ParserEnvironment = {}): readonly Token[] {
  // Finding addresses takes cubic time in the length of a word.
  const parser = text.length > longestWord && text.split(/\s/).some((word) => word.length > longestWord) ? inlineParserWithoutAddresses() : inlineParser();
  return parser.parseInline(text, environment).flatMap(({ children }) => children ?? []);
}

const longestWord = 2000;

function once<T>(make: () => T): () => T {
  const made: T[] = [];
  return () => {
    const [value = make()] = made;
    made[0] = value;
    return value;
  };
}

type BlockRule = Parameters<Parser["block"]["ruler"]["push"]>[1];

type BlockState = Parameters<BlockRule>[0];

/**
 * Adds GitHub's footnotes (`[^name]: text` and the indented content below) between `footnote_open` and `footnote_close`.
 * Without this, their content would be parsed as links and code.
 */
function footnotes(parser: Parser): void {
  parser.block.ruler.before("reference", "footnote", readFootnote, { alt: ["paragraph", "reference", "blockquote", "list"] });
}

const label = /^\[\^[^\s[\]]+\]:/;

const indent = 4;

function readFootnote(state: BlockState, line: number, endLine: number, silent: boolean): boolean {
  const start = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
  if ((state.sCount[line] ?? 0) - state.blkIndent >= 4 || !state.src.startsWith("[^", start)) return false;
  const mark = label.exec(state.src.slice(start, Math.min(state.eMarks[line] ?? start, start + longestLabel)))?.[0];
  if (mark === undefined) return false;
  if (silent) return true;

  const open = state.push("footnote_open", "", 1);
  open.info = mark.slice(0, -1);
  const before = { bMark: state.bMarks[line] ?? 0, tShift: state.tShift[line] ?? 0, sCount: state.sCount[line] ?? 0, blkIndent: state.blkIndent, parentType: state.parentType };
  const text = state.skipSpaces(start + mark.length);
  const isEmpty = text >= (state.eMarks[line] ?? 0);
  // Treat the text after the marker as indented like the lines below.
  state.blkIndent += indent;
  state.bMarks[line] = text;
  state.tShift[line] = 0;
  state.sCount[line] = state.blkIndent;
  state.parentType = "root";
  state.line = line + 1;
  state.md.block.tokenize(state, isEmpty ? line + 1 : line, endLine);
  state.bMarks[line] = before.bMark;
  state.tShift[line] = before.tShift;
  state.sCount[line] = before.sCount;
  state.blkIndent = before.blkIndent;
  state.parentType = before.parentType;
  open.map = [line, state.line];
  state.push("footnote_close", "", -1);
  return true;
}

const longestLabel = 1000;
