import { html, type TemplateResult } from "lit";
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
  return spans.map((span) => draw(span, follow));
}

function draw(span: InlineSpan, follow: (href: string) => void): TemplateResult | string {
  switch (span.kind) {
    case "text":
      return span.text;
    case "code":
      return html`<code>${span.text}</code>`;
    case "strong":
      return html`<strong>${drawSpans(span.spans, follow)}</strong>`;
    case "emphasis":
      return html`<em>${drawSpans(span.spans, follow)}</em>`;
    case "struck":
      return html`<s>${drawSpans(span.spans, follow)}</s>`;
    case "link":
      return html`<button type="button" class="link" role="link" title=${span.href} @click=${(event: Event) => {
        event.preventDefault();
        event.stopPropagation();
        follow(span.href);
      }}>${drawSpans(span.spans, follow)}</button>`;
    default:
      return assertNever(span);
  }
}
