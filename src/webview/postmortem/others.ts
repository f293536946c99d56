import { html, nothing, type TemplateResult } from "lit";
import type { SectionInput } from "./parts";

/** Earlier post-mortems that are relevant to this one: how the last action items of its services ended, and similar ones. */
export function otherPostmortems({ content, labels, handlers }: SectionInput): TemplateResult | typeof nothing {
  const { earlier, similar } = content;
  if (earlier === undefined && similar.length === 0) return nothing;
  return html`<aside class="others" aria-labelledby="others-heading">
    <h2 id="others-heading">${labels.others}</h2>
    ${earlier === undefined ? nothing : html`<p>${earlier.text} ${link(earlier.path, earlier.title)}</p>`}
    ${similar.length === 0 ? nothing : html`<p class="quiet">${labels.similar}</p>
      <ul>${similar.map(({ path, title, text }) => html`<li>${link(path, title)}${text === "" ? nothing : html` <span class="quiet">${text}</span>`}</li>`)}</ul>`}
  </aside>`;

  function link(path: string, title: string): TemplateResult {
    return html`<button type="button" class="link" title=${path} @click=${() => handlers.send({ kind: "openPostmortem", path })}><bdi>${title}</bdi></button>`;
  }
}
