import type { InlineSpan } from "../core/runbook/inline";
import { inlineParser, type Token } from "./parser";

/**
 * A line of inline Markdown as spans. Links lead to http, https or mail addresses or are relative; any other is only its
 * text. HTML and images are shown as their words, comments not at all.
 */
export function readInline(text: string): readonly InlineSpan[] {
  if (!/[\\`*_[\]<>&!~:/\n]/.test(text)) return text === "" ? [] : [{ kind: "text", text }];
  const tokens = inlineParser().parseInline(text, {}).flatMap((token) => token.children ?? []);
  return readSpans(tokens, { index: 0 });
}

function readSpans(tokens: readonly Token[], at: { index: number }): readonly InlineSpan[] {
  const spans: InlineSpan[] = [];
  const add = (text: string): void => {
    const last = spans.at(-1);
    if (text === "") return;
    if (last?.kind === "text") spans[spans.length - 1] = { kind: "text", text: last.text + text };
    else spans.push({ kind: "text", text });
  };
  while (at.index < tokens.length) {
    const token = tokens[at.index];
    at.index += 1;
    switch (token?.type) {
      case "strong_close":
      case "em_close":
      case "s_close":
      case "link_close":
        return spans;
      case "strong_open":
        spans.push({ kind: "strong", spans: readSpans(tokens, at) });
        break;
      case "em_open":
        spans.push({ kind: "emphasis", spans: readSpans(tokens, at) });
        break;
      case "s_open":
        spans.push({ kind: "struck", spans: readSpans(tokens, at) });
        break;
      case "link_open": {
        const href = String(token.attrGet("href") ?? "");
        const inner = readSpans(tokens, at);
        if (isSafeHref(href)) spans.push({ kind: "link", href, spans: inner });
        else spans.push(...inner);
        break;
      }
      case "code_inline":
        spans.push({ kind: "code", text: token.content });
        break;
      case "image":
        add((token.children ?? []).map((child) => child.content).join(""));
        break;
      case "softbreak":
      case "hardbreak":
        add(" ");
        break;
      case "html_inline":
        if (!token.content.startsWith("<!--")) add(token.content);
        break;
      default:
        add(token?.content ?? "");
    }
  }
  return spans;
}

/** Whether a link may be followed from a view: to the web, to a mail address, or within the workspace. */
function isSafeHref(href: string): boolean {
  if (href === "" || href.startsWith("//") || /^[\u0000-\u0020]/.test(href)) return false;
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(href)?.[1]?.toLowerCase();
  return scheme === undefined || scheme === "http" || scheme === "https" || scheme === "mailto";
}
