import { html, type TemplateResult } from "lit";
import type { InlineSpan } from "../../core/model/markdownDocument";
import { assertNever } from "../../core/model/result";

/** A codicon for the eye only: what it says must be said in words beside it. */
export function icon(name: string, slot?: "content-before"): TemplateResult {
  return slot === undefined
    ? html`<span class="codicon codicon-${name}" aria-hidden="true"></span>`
    : html`<span slot=${slot} class="codicon codicon-${name}" aria-hidden="true"></span>`;
}

/** What the field of an event now holds. */
export function valueOf({ target }: Event): string {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement ? target.value : "";
}

/** A line of Markdown drawn without HTML. Links are told to `follow`; the page itself never goes anywhere. */
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
