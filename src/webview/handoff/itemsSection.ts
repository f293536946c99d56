import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { refKey } from "../../core/issue/issueRef";
import { fill } from "../../protocol/fill";
import { relativeTime } from "../shared/relativeTime";
import { valueOf } from "../shared/valueOf";
import type { FilledItem } from "./filledForm";
import type { SectionInput } from "./ui";

/** The open issues: those that are handed over unless a person says otherwise, and below them those of others. */
export function itemsSection(input: SectionInput): TemplateResult {
  const { state: { labels }, content, form } = input;
  const offered = new Map(content.items.map((item) => [refKey(item.ref), item.taken]));
  const mine = form.items.filter(({ ref }) => offered.get(refKey(ref)) === true);
  const others = form.items.filter((item) => !mine.includes(item));
  const list = (items: readonly FilledItem[]): TemplateResult => html`<ul class="items">${repeat(items, ({ ref }) => refKey(ref), (item) => row(item, input))}</ul>`;
  return html`<section aria-labelledby="items-heading">
    <h2 id="items-heading">${labels.items}</h2>
    ${mine.length === 0 ? html`<p class="quiet">${labels.nothingOpen}</p>` : html`<p class="hint quiet">${labels.itemsHint}</p>${list(mine)}`}
    ${others.length === 0 ? nothing : html`<details ?open=${others.some(({ taken }) => taken)}>
      <summary>${fill(labels.others, others.length)}</summary>
      ${list(others)}
      ${content.more === 0 ? nothing : html`<p class="quiet">${fill(labels.more, content.more)}</p>`}
    </details>`}
  </section>`;
}

function row(item: FilledItem, { state: { labels, language, readonly }, ui, hands }: SectionInput): TemplateResult {
  const { fields, reference, title, taken } = item;
  const missing = ui.missing === fields.next;
  const meta = fill(labels.meta, item.status, item.owners.join(", ") || labels.nobody, relativeTime(item.updated, Date.now(), language));
  return html`<li class="item">
    <input type="checkbox" id=${fields.take} aria-label=${fill(labels.take, reference, title)} ?disabled=${readonly} .checked=${live(taken)}
      @change=${({ target }: Event) => hands.write(fields.take, target instanceof HTMLInputElement && target.checked ? "yes" : "no")}>
    <div class="about">
      <p class="name"><label for=${fields.take}>${title}</label>
        <button type="button" class="link" aria-label=${fill(labels.openIssue, reference, title)} @click=${() => hands.send({ kind: "openIssue", ref: item.ref })}>${reference}</button></p>
      <p class="quiet">${meta}</p>
      ${taken ? html`<textarea id=${fields.next} rows="1" aria-label=${fill(labels.nextOf, reference, title)} placeholder=${labels.nextHint} aria-invalid=${missing ? "true" : "false"} aria-describedby=${missing ? "needs-next" : nothing}
          ?readonly=${readonly} .value=${live(item.next)} @input=${(event: Event) => hands.write(fields.next, valueOf(event))}></textarea>
        ${missing ? html`<p class="needs" id="needs-next" role="alert">${labels.needsNext}</p>` : nothing}` : nothing}
    </div>
  </li>`;
}
