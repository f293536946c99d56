import { html, type TemplateResult } from "lit";

/** A codicon for the eye only: what it says must be said in words beside it. */
export function icon(name: string, slot?: "content-before"): TemplateResult {
  return slot === undefined
    ? html`<span class="codicon codicon-${name}" aria-hidden="true"></span>`
    : html`<span slot=${slot} class="codicon codicon-${name}" aria-hidden="true"></span>`;
}
