import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { InlineSpan } from "../../core/model/markdownDocument";
import { assertNever } from "../../core/model/result";

/** A decorative codicon. Its meaning must also be in text. */
export function icon(name: string, slot?: "content-before"): TemplateResult {
  return slot === undefined
    ? html`<span class="codicon codicon-${name}" aria-hidden="true"></span>`
    : html`<span slot=${slot} class="codicon codicon-${name}" aria-hidden="true"></span>`;
}

/** The current value of an event's field. */
export function valueOf({ target }: Event): string {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement ? target.value : "";
}

/** Renders a line of Markdown without HTML. Calls `follow` for links; the page never navigates. */
export function drawSpans(spans: readonly InlineSpan[], follow: (href: string) => void): readonly (TemplateResult | string)[] {
  return spans.map((span) => drawInline(span, (inner) => drawSpans(inner, follow), follow));
}

/** A span that every kind of inline Markdown has. It can contain spans of its own kind. */
type CommonSpan<Span> =
  | { readonly kind: "text" | "code"; readonly text: string }
  | { readonly kind: "strong" | "emphasis" | "struck"; readonly spans: readonly Span[] }
  | { readonly kind: "link"; readonly href: string; readonly spans: readonly Span[] };

/** Renders one span. `draw` renders the spans in it. */
export function drawInline<Span>(span: CommonSpan<Span>, draw: (spans: readonly Span[]) => unknown, follow: (href: string) => void): TemplateResult | string {
  switch (span.kind) {
    case "text":
      return span.text;
    case "code":
      return html`<code>${span.text}</code>`;
    case "strong":
      return html`<strong>${draw(span.spans)}</strong>`;
    case "emphasis":
      return html`<em>${draw(span.spans)}</em>`;
    case "struck":
      return html`<s>${draw(span.spans)}</s>`;
    case "link":
      return linkButton(() => follow(span.href), span.href, draw(span.spans));
    default:
      return assertNever(span);
  }
}

/** A link that calls `open`. Where it is part of a label, the label's control does not change. */
export function linkButton(open: () => void, title: string, content: unknown): TemplateResult {
  return html`<button type="button" class="link" role="link" title=${title || nothing} @click=${(event: Event) => {
    event.preventDefault();
    event.stopPropagation();
    open();
  }}>${content}</button>`;
}

/** Renders a list so that each item keeps its elements, and thereby the focus, when others come or go. Items may have equal keys. */
export function keyed<T>(items: readonly T[], keyOf: (item: T) => string, template: (item: T, index: number) => TemplateResult): unknown {
  const counts = new Map<string, number>();
  const named = items.map((item) => {
    const key = keyOf(item);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return { item, key: `${key} ${count}` };
  });
  return repeat(named, ({ key }) => key, ({ item }, index) => template(item, index));
}
