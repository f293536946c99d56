import type { IssueRef, Repository } from "../core/model/issueRef";
import type { MarkdownSpan, MarkdownSpans } from "../core/model/markdownBlocks";
import { attributeOf, type Token } from "./parser";

/** What a text of an issue or a comment may contain besides plain inline Markdown. */
export interface SpanContext {
  /** The repository of `#12`. */
  readonly home: Repository;
  /** The address at which a view can load a picture of the workspace; `undefined` for any other destination. */
  readonly imageAddress?: ((href: string) => string | undefined) | undefined;
  /** How many more spans may be read. It is less than zero if some were left out. */
  readonly budget: { left: number };
}

/**
 * Spans of inline tokens. Links are kept if they are http, https, mailto or relative; otherwise only their text. HTML is text,
 * and comments are removed. Without a context, pictures are text too, and nothing is a mention or a reference.
 */
export function readSpans(tokens: readonly Token[], context?: SpanContext): MarkdownSpans {
  return spansFrom({ tokens, index: 0, context }, 0, false);
}

interface Reading {
  readonly tokens: readonly Token[];
  index: number;
  readonly context: SpanContext | undefined;
}

// Deeper formatting adds nothing that a reader could see, and views are recursive.
const deepest = 20;

function spansFrom(reading: Reading, depth: number, linked: boolean): MarkdownSpans {
  const spans: MarkdownSpan[] = [];
  const text: string[] = [];
  const { tokens, context } = reading;
  const isFull = (): boolean => context !== undefined && context.budget.left < 0;
  const add = (span: MarkdownSpan): void => {
    if (context !== undefined) context.budget.left -= 1;
    if (!isFull()) spans.push(span);
  };
  const endText = (): void => {
    const words = text.splice(0).join("");
    if (words === "") return;
    if (context === undefined || linked) add({ kind: "text", text: words });
    else for (const span of splitText(words, context.home)) add(span);
  };
  const image = (href: string, alt: string, otherwise: string): void => {
    const found = context === undefined || linked ? undefined : readImage(href, alt, context);
    if (found === undefined) text.push(otherwise);
    else {
      endText();
      add(found);
    }
  };

  // Formatting that is too deep, and links without a safe destination, are transparent: their content joins what is around it.
  let transparent = 0;
  const open = (isTransparent: boolean, make: (inner: MarkdownSpans) => MarkdownSpan, insideLink: boolean): void => {
    if (isTransparent || depth >= deepest) {
      transparent += 1;
      return;
    }
    endText();
    if (context !== undefined) context.budget.left -= 1;
    if (!isFull()) spans.push(make(spansFrom(reading, depth + 1, insideLink)));
  };

  while (reading.index < tokens.length && !isFull()) {
    const token = tokens[reading.index];
    reading.index += 1;
    switch (token?.type) {
      case "strong_close":
      case "em_close":
      case "s_close":
      case "link_close":
        if (transparent === 0) {
          endText();
          return spans;
        }
        transparent -= 1;
        break;
      case "strong_open":
        open(false, (inner) => ({ kind: "strong", spans: inner }), linked);
        break;
      case "em_open":
        open(false, (inner) => ({ kind: "emphasis", spans: inner }), linked);
        break;
      case "s_open":
        open(false, (inner) => ({ kind: "struck", spans: inner }), linked);
        break;
      case "link_open": {
        const href = attributeOf(token, "href") ?? "";
        open(!isSafeHref(href), (inner) => ({ kind: "link", href, spans: inner }), true);
        break;
      }
      case "code_inline":
        endText();
        add({ kind: "code", text: token.content });
        break;
      case "image": {
        const alt = (token.children ?? []).map((child) => child.content).join("");
        image(attributeOf(token, "src") ?? "", alt, alt);
        break;
      }
      case "softbreak":
      case "hardbreak":
        endText();
        add({ kind: "break" });
        break;
      case "html_inline": {
        if (token.content.startsWith("<!--")) break;
        const tag = context === undefined ? undefined : readTag(token.content);
        if (tag === undefined) text.push(token.content);
        else if (tag.kind === "image") image(tag.href, tag.alt, token.content);
        else {
          endText();
          add({ kind: "break" });
        }
        break;
      }
      default:
        text.push(token?.content ?? "");
    }
  }
  endText();
  return spans;
}

/** Whether a view can follow a link: to the web, to a mail address, or within the workspace. */
function isSafeHref(href: string): boolean {
  if (href === "" || href.startsWith("//") || /^[\u0000-\u0020]/.test(href)) return false;
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(href)?.[1]?.toLowerCase();
  return scheme === undefined || scheme === "http" || scheme === "https" || scheme === "mailto";
}

function readImage(href: string, alt: string, context: SpanContext): MarkdownSpan | undefined {
  if (/^https:\/\/[^/]/i.test(href)) return { kind: "image", source: "web", address: href, alt };
  const address = context.imageAddress?.(href);
  if (address !== undefined) return { kind: "image", source: "file", address, alt };
  return isSafeHref(href) ? { kind: "link", href, spans: [{ kind: "text", text: alt === "" ? href : alt }] } : undefined;
}

/** The tags that GitHub itself writes, or people write in tables: a picture, and a line break. */
export function readTag(html: string): { readonly kind: "image"; readonly href: string; readonly alt: string } | { readonly kind: "break" } | undefined {
  const tag = html.trim();
  if (/^<br ?\/?>$/i.test(tag)) return { kind: "break" };
  if (tag.length > 3000 || !/^<img\s[^<>]*>$/i.test(tag)) return undefined;
  const value = (name: string): string | undefined => new RegExp(`\\s${name}="([^"<>]*)"`, "i").exec(tag)?.[1];
  const href = value("src");
  return href === undefined ? undefined : { kind: "image", href: href.replaceAll("&amp;", "&"), alt: value("alt") ?? "" };
}

// `#12`, `owner/name#12` and `@login`, as GitHub finds them.
const named = /(?<![\w/#&@.-])(?:((?:[\w.-]{1,100}\/[\w.-]{1,100})|local|)#([1-9]\d{0,9})(?!\w)|@([a-z\d](?:[a-z\d-]{0,38})(?:\/[a-z\d][\w-]{0,99})?)(?![\w@-]))/gi;

function splitText(text: string, home: Repository): readonly MarkdownSpan[] {
  if (!/[#@]/.test(text)) return [{ kind: "text", text }];
  const spans: MarkdownSpan[] = [];
  let end = 0;
  for (const match of text.matchAll(named)) {
    const [whole, repository, number, login] = match;
    if (match.index > end) spans.push({ kind: "text", text: text.slice(end, match.index) });
    end = match.index + whole.length;
    if (login !== undefined) spans.push({ kind: "mention", login });
    else spans.push({ kind: "issue", ref: refOf(repository ?? "", Number(number), home), text: whole });
  }
  if (end < text.length) spans.push({ kind: "text", text: text.slice(end) });
  return spans;
}

function refOf(repository: string, number: number, home: Repository): IssueRef {
  return { repository: repository === "" ? home : repository, number };
}
