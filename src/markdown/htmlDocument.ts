import MarkdownIt from "markdown-it";
import { escapeText } from "./previewParts";

type Parser = InstanceType<typeof MarkdownIt>;

type BlockRule = Parameters<Parser["block"]["ruler"]["push"]>[1];

type InlineRule = Parameters<Parser["inline"]["ruler"]["push"]>[1];

type RenderRule = NonNullable<Parser["renderer"]["rules"][string]>;

/** Input of a standalone HTML document. */
export interface HtmlDocumentInput {
  readonly title: string;
  /** Label and value pairs, shown below the title. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** SVG without styles, drawn by this extension. It follows the facts. */
  readonly picture?: string;
  /** Tables that follow the facts, each with a header row. */
  readonly tables: readonly HtmlTable[];
  /** Markdown. If it starts with a heading of level 1, facts and tables are below that heading. */
  readonly body: string;
  /** Data URIs of pictures by the address in the Markdown text. Other pictures are links. */
  readonly pictures: ReadonlyMap<string, string>;
  /** The web address for a relative link. `undefined` keeps the link as it is. */
  readonly addressOf?: (href: string) => string | undefined;
}

interface HtmlTable {
  readonly heading: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * Renders Markdown as one HTML file without scripts and without requests to other servers, which prints on A4 and Letter. HTML in
 * the text is shown as text, HTML comments are removed, and links are http, https or relative.
 */
export function renderHtmlDocument(input: HtmlDocumentInput): string {
  const parser = createParser(input);
  const tokens = parser.parse(input.body, {});
  const head = tokens[0]?.type === "heading_open" && tokens[0].tag === "h1" ? tokens.findIndex(({ type }) => type === "heading_close") + 1 : 0;
  const render = (part: typeof tokens): string => parser.renderer.render(part, parser.options, {});
  const heading = head === 0 ? `<h1>${escapeText(input.title)}</h1>\n` : render(tokens.slice(0, head));
  const policy = `default-src 'none'; style-src '${styleHash}'; img-src data:; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light">
<title>${escapeText(input.title)}</title>
<style>${documentStyle}</style>
</head>
<body>
<main>
<header>
${heading}${factList(input.facts)}</header>
${input.picture === undefined ? "" : `<figure>${input.picture}</figure>\n`}${input.tables.map(tableOf).join("")}${render(tokens.slice(head))}</main>
</body>
</html>
`;
}

function factList(facts: HtmlDocumentInput["facts"]): string {
  return facts.length === 0 ? "" : `<dl>\n${facts.map(([label, value]) => `<div><dt>${escapeText(label)}</dt><dd>${escapeText(value)}</dd></div>\n`).join("")}</dl>\n`;
}

function tableOf({ heading, columns, rows }: HtmlTable): string {
  if (rows.length === 0) return "";
  const cells = (tag: "th" | "td", texts: readonly string[]): string => texts.map((text) => `<${tag}>${escapeText(text)}</${tag}>`).join("");
  return `<section>\n<h2>${escapeText(heading)}</h2>\n<table>\n<thead><tr>${cells("th", columns)}</tr></thead>\n<tbody>\n${rows.map((row) => `<tr>${cells("td", row)}</tr>\n`).join("")}</tbody>\n</table>\n</section>\n`;
}

// Finding addresses takes cubic time in the length of a word.
const longestWord = 2000;

function createParser({ body, pictures, addressOf }: HtmlDocumentInput): Parser {
  const linkify = !body.split(/\s/).some((word) => word.length > longestWord);
  const parser = new MarkdownIt({ html: false, linkify, maxNesting: 100 });
  if (linkify) parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  parser.validateLink = isSafeLink;
  const closeAfter = closeFinder();
  parser.block.ruler.before("fence", "hidden", hiddenBlock(closeAfter), { alt: ["paragraph", "reference", "blockquote", "list"] });
  parser.inline.ruler.before("autolink", "hidden", hiddenInline(closeAfter));
  const rules = parser.renderer.rules;
  rules["image"] = (tokens, index, options, environment, renderer) => {
    const token = tokens[index];
    const source = String(token?.attrGet("src") ?? "");
    const alt = escapeText(renderer.renderInlineAsText(token?.children ?? [], options, environment));
    const data = pictures.get(source);
    if (data !== undefined && /^data:image\/[\w.+-]+;base64,[A-Za-z0-9+/=]*$/.test(data)) return `<img src="${data}" alt="${alt}">`;
    const address = escapeText(addressOf?.(source) ?? source);
    // A picture in a link is text of that link.
    return tokens.some(({ type }) => type === "link_open") ? alt : `<a href="${address}" rel="noopener noreferrer">${alt === "" ? address : alt}</a>`;
  };
  rules["link_open"] = (tokens, index, options, _environment, renderer) => {
    const token = tokens[index];
    const href = String(token?.attrGet("href") ?? "");
    token?.attrSet("href", isWebAddress(href) ? href : (addressOf?.(href) ?? href));
    token?.attrSet("rel", "noopener noreferrer");
    return renderer.renderToken(tokens, index, options);
  };
  for (const cell of ["th_open", "td_open"]) rules[cell] = alignedCell;
  rules["list_item_open"] = taskItem;
  return parser;
}

function isWebAddress(href: string): boolean {
  return /^https?:\/\//i.test(href);
}

function isSafeLink(href: string): boolean {
  const address = href.trim();
  return isWebAddress(address) || !(/^[a-z][a-z\d+.-]*:/i.test(address) || address.startsWith("//") || address.startsWith("\\"));
}

/** Alignment as a class, because the policy allows no style attributes. */
const alignedCell: RenderRule = (tokens, index, options, _environment, renderer) => {
  const token = tokens[index];
  const align = /text-align:(\w+)/.exec(String(token?.attrGet("style") ?? ""))?.[1];
  if (token !== undefined) token.attrs = align === undefined ? null : [["class", align]];
  return renderer.renderToken(tokens, index, options);
};

/** A checkbox as a character, because a document that is printed has no controls. */
const taskItem: RenderRule = (tokens, index, options, _environment, renderer) => {
  const text = tokens[index + 1]?.type === "paragraph_open" && tokens[index + 2]?.type === "inline" ? tokens[index + 2]?.children?.[0] : undefined;
  const box = text?.type === "text" ? /^\[([ xX])\](?=\s)/.exec(text.content) : null;
  if (text !== undefined && box !== null) {
    text.content = `${box[1] === " " ? "☐" : "☑"}${text.content.slice(3)}`;
    tokens[index]?.attrSet("class", "task");
  }
  return renderer.renderToken(tokens, index, options);
};

type FindClose = (text: string, from: number) => number;

/** Finds the end of a comment. After the last one in a text, nothing is searched. */
function closeFinder(): FindClose {
  let known = { text: "", last: -1 };
  return (text, from) => {
    if (known.text !== text) known = { text, last: text.lastIndexOf("-->") };
    return from > known.last ? -1 : text.indexOf("-->", from);
  };
}

/** An HTML comment, which can contain blank lines. */
const hiddenBlock = (closeAfter: FindClose): BlockRule => (state, line, endLine, silent) => {
  const start = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
  if ((state.sCount[line] ?? 0) - state.blkIndent >= 4 || !state.src.startsWith("<!--", start)) return false;
  const close = closeAfter(state.src, start + 2);
  const endOfLine = state.eMarks[line] ?? start;
  // A hidden mark that is not closed hides its line only, so that no text is lost.
  const isOwnMark = state.src.startsWith("<!-- desk:", start);
  if (close < 0 && !isOwnMark) return false;
  const end = close < 0 ? endOfLine : close + 3;
  let last = line;
  while (last + 1 < endLine && (state.eMarks[last] ?? 0) < end) last += 1;
  if ((state.eMarks[last] ?? 0) < end) return false;
  const rest = state.src.slice(end, state.eMarks[last] ?? end).trim();
  // The inline rule removes a comment with text after it.
  if (rest !== "" && last === line) return false;
  if (silent) return true;
  if (rest !== "") {
    state.push("paragraph_open", "p", 1).map = [last, last + 1];
    const inline = state.push("inline", "", 0);
    inline.content = rest;
    inline.map = [last, last + 1];
    inline.children = [];
    state.push("paragraph_close", "p", -1);
  }
  state.line = last + 1;
  return true;
};

/** HTML comments inside a line, and line breaks as they are written in cells. */
const hiddenInline = (closeAfter: FindClose): InlineRule => (state, silent) => {
  if (state.src[state.pos] !== "<") return false;
  const rest = state.src.slice(state.pos, state.pos + 12);
  const lineBreak = /^<br[ \t]*\/?>/i.exec(rest)?.[0];
  if (lineBreak !== undefined) {
    if (!silent) state.push("hardbreak", "br", 0);
    state.pos += lineBreak.length;
    return true;
  }
  if (!rest.startsWith("<!--")) return false;
  const close = closeAfter(state.src, state.pos + 2);
  if (close < 0 && !rest.startsWith("<!-- desk:")) return false;
  const lineEnd = state.src.indexOf("\n", state.pos);
  state.pos = close < 0 ? (lineEnd < 0 ? state.posMax : lineEnd) : close + 3;
  return true;
};

/** The CSS of the document. `styleHash` is its hash. */
export const documentStyle = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #1f2328; font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere; }
main { max-width: 54rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }
h1, h2, h3, h4 { line-height: 1.25; margin: 2rem 0 0.6rem; break-after: avoid; }
h1 { font-size: 1.8rem; margin-top: 0; }
h2 { font-size: 1.25rem; border-bottom: 1px solid #d1d9e0; padding-bottom: 0.25rem; }
h3 { font-size: 1.05rem; }
p, ul, ol, pre, table, blockquote, dl { margin: 0 0 0.9rem; }
ul, ol { padding-left: 1.6rem; }
li.task { list-style: none; margin-left: -1.3rem; }
a { color: #0a5bc4; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: 0.6rem 1.25rem; border: 1px solid #d1d9e0; border-radius: 6px; padding: 0.8rem 1rem; }
dt { color: #59636e; font-size: 0.8rem; }
dd { margin: 0; font-weight: 600; }
table { width: 100%; border-collapse: collapse; font-size: 0.9rem; }
th, td { border: 1px solid #d1d9e0; padding: 0.35rem 0.55rem; text-align: left; vertical-align: top; overflow-wrap: break-word; }
th { background: #f3f5f7; }
th:first-child, td:first-child { min-width: 7.5rem; }
.right { text-align: right; }
.center { text-align: center; }
code, pre { font: 0.88em/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; background: #f3f5f7; border-radius: 4px; }
code { padding: 0.1em 0.3em; }
pre { padding: 0.7rem 0.9rem; white-space: pre-wrap; }
pre code { padding: 0; background: none; font-size: 1em; }
blockquote { border-left: 3px solid #d1d9e0; padding-left: 0.9rem; color: #3d444d; }
img { max-width: 100%; max-height: 22cm; }
figure { margin: 1.5rem 0; }
svg { max-width: 100%; height: auto; font-family: inherit; }
hr { border: 0; border-top: 1px solid #d1d9e0; margin: 1.5rem 0; }
@page { margin: 18mm 16mm; }
@media print {
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0 1px; }
  a { color: inherit; }
  h1 { font-size: 20pt; }
  h2 { font-size: 14pt; }
  thead { display: table-header-group; }
  tr, li, img, figure, blockquote, dl, pre { break-inside: avoid; }
  p { orphans: 3; widows: 3; }
  th, code, pre { background: #f3f5f7; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;

/** The hash by which the policy allows the CSS, and nothing else. */
export const styleHash = "sha256-Y9Qe8Sa1NDCGEXRac04BfxlwjbuVM/I1mY/nXw+9ZOE=";
