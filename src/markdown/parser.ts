import MarkdownIt from "markdown-it";
import { footnotes } from "./footnotes";

export type Parser = InstanceType<typeof MarkdownIt>;
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
