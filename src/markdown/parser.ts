import MarkdownIt from "markdown-it";

type Parser = InstanceType<typeof MarkdownIt>;

export type ParserEnvironment = Parameters<Parser["render"]>[1] & {};

export type Token = ReturnType<Parser["parse"]>[number];

/**
 * Reads as CommonMark with GitHub's tables, strike-through and footnotes, HTML allowed as on the web. Made on first use. Deeper
 * than a thousand quotes, or half as many lists, nothing is read: a stack holds not much more.
 */
export const markdownParser = once(() => {
  const parser = new MarkdownIt({ html: true, maxNesting: 1000 });
  footnotes(parser);
  return parser;
});

/** For single lines: also makes links of bare web addresses. Made on first use. */
export const inlineParser = once(() => {
  const parser = new MarkdownIt({ html: true, linkify: true, maxNesting: 200 });
  parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  return parser;
});

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
 * Teaches a parser GitHub's footnotes, `[^name]: text`, with all that is indented below them, between `footnote_open` and
 * `footnote_close`. Without it their words are taken for links and code.
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
  const before = { bMark: state.bMarks[line] ?? 0, tShift: state.tShift[line] ?? 0, sCount: state.sCount[line] ?? 0, blkIndent: state.blkIndent, parentType: state.parentType };
  const text = state.skipSpaces(start + mark.length);
  const isEmpty = text >= (state.eMarks[line] ?? 0);
  // The text behind the mark stands as if it were indented like the lines below it.
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
