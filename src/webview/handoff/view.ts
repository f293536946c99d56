import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { handoffSections } from "../../core/model/handoff";
import { refKey } from "../../core/model/issueRef";
import { assertNever } from "../../core/model/result";
import { fill } from "../../protocol/fill";
import type { HandoffState, HandoffView } from "../../protocol/handoff";
import { icon, valueOf } from "../shared/elements";
import { relativeTime } from "../shared/times";
import { type Drafts, field, type FilledItem, fillForm, type Handlers, type SectionInput, type Ui } from "./form";
import { messagesSection } from "./messages";

/** The whole page. */
export function handoffPage(state: HandoffState, drafts: Drafts, ui: Ui, handlers: Handlers): TemplateResult {
  const { labels, content } = state;
  return html`<main>${untrusted(state, handlers)}${body()}</main>`;

  function body(): TemplateResult {
    switch (content.kind) {
      case "loading":
        return html`<p class="quiet" role="status">${labels.loading}</p>`;
      case "unavailable":
        return html`<p>${content.text}</p><p class="buttons"><button type="button" class="small" @click=${() => handlers.send({ kind: "refresh" })}>${labels.tryAgain}</button></p>`;
      case "shift":
        return shiftPage({ state, content, form: fillForm(content, drafts), drafts, ui, handlers });
      default:
        return assertNever(content);
    }
  }
}

function untrusted({ readonly, labels }: HandoffState, handlers: Handlers): TemplateResult | typeof nothing {
  if (!readonly) return nothing;
  return html`<div class="banner warning">${icon("shield")}<span>${labels.untrusted}</span><button type="button" class="small" @click=${() => handlers.send({ kind: "trust" })}>${labels.trust}</button></div>`;
}

function shiftPage(input: SectionInput): TemplateResult {
  const { content, state: { labels } } = input;
  return html`
    <h1>${fill(labels.heading, content.outgoing)}</h1>
    <p class="quiet period">${fill(labels.period, content.from, content.to)}</p>
    <div role="status">${stage(content, input)}</div>
    ${content.stage.kind === "draft" ? builder(input) : nothing}
    ${content.stage.kind === "writing" ? nothing : messagesSection(input)}`;
}

function stage({ stage: now, incoming, outgoing }: HandoffView, { state: { labels }, handlers }: SectionInput): TemplateResult | typeof nothing {
  switch (now.kind) {
    case "draft":
      return nothing;
    case "writing":
      return html`<div class="banner">${icon("sync")}<span>${labels.writing}</span></div>`;
    case "waiting":
      return html`<div class="banner">${icon("arrow-swap")}<span>${fill(labels.waiting, now.reference, incoming, outgoing)}</span>
        <button type="button" class="small" @click=${() => handlers.send({ kind: "openIssue", ref: now.ref })}>${labels.openHandoff}</button></div>`;
    default:
      return assertNever(now);
  }
}

function builder(input: SectionInput): TemplateResult {
  const { state: { labels, readonly }, form, ui, handlers } = input;
  return html`
    ${peopleSection(input)}
    ${itemsSection(input)}
    ${handoffSections.map((name) => html`<section>
      <h2><label for=${field.text(name)}>${labels[name]}</label></h2>
      <p class="hint quiet" id="hint-${name}">${labels[`${name}Hint`]}</p>
      <textarea id=${field.text(name)} rows="2" aria-describedby="hint-${name}" ?readonly=${readonly} .value=${live(form.texts[name])} @input=${(event: Event) => handlers.write(field.text(name), valueOf(event))}></textarea>
    </section>`)}
    <section>
      <div role="alert">${ui.refused === undefined ? nothing : html`<div class="banner error">${icon("warning")}<span>${ui.refused}</span></div>`}</div>
      <p class="buttons create">
        <button type="button" class="small primary" ?disabled=${readonly} @click=${() => handlers.create()}>${icon("arrow-swap")}${labels.create}</button>
        <span class="quiet">${fill(labels.createHint, form.incoming.trim() === "" ? "..." : form.incoming.trim())}</span>
      </p>
    </section>`;
}

function peopleSection({ state: { labels, readonly }, content, form, ui, handlers }: SectionInput): TemplateResult {
  const missing = ui.missing === field.incoming;
  const write = (name: string) => (event: Event) => handlers.write(name, valueOf(event));
  return html`<section>
    <h2>${labels.people}</h2>
    <div class="fields">
      <label>${labels.incoming}
        <input id=${field.incoming} list="people" placeholder=${labels.incomingHint} aria-invalid=${missing ? "true" : "false"} aria-describedby="needs-incoming" ?readonly=${readonly} .value=${live(form.incoming)} @input=${write(field.incoming)}>
      </label>
      <label>${labels.beside}
        <input id=${field.beside} placeholder=${labels.besideHint} ?readonly=${readonly} .value=${live(form.beside)} @input=${write(field.beside)}>
      </label>
    </div>
    <p class="needs" id="needs-incoming" role="alert">${missing ? labels.needsIncoming : nothing}</p>
    <div class="fields wide">
      <label>${labels.felt}
        <input id=${field.felt} placeholder=${labels.feltHint} ?readonly=${readonly} .value=${live(form.felt)} @input=${write(field.felt)}>
      </label>
    </div>
    <datalist id="people">${content.people.map(({ login, name }) => html`<option value=${login}>${name}</option>`)}</datalist>
  </section>`;
}

/** The open issues: own issues, which are handed off by default, and below them the issues of others. */
function itemsSection(input: SectionInput): TemplateResult {
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

function row(item: FilledItem, { state: { labels, language, readonly }, ui, handlers }: SectionInput): TemplateResult {
  const { fields, reference, title, taken } = item;
  const missing = ui.missing === fields.next;
  const meta = fill(labels.meta, item.status, item.owners.join(", ") || labels.nobody, relativeTime(item.updated, Date.now(), language));
  return html`<li class="item">
    <input type="checkbox" id=${fields.take} aria-label=${fill(labels.take, reference, title)} ?disabled=${readonly} .checked=${live(taken)}
      @change=${({ target }: Event) => handlers.write(fields.take, target instanceof HTMLInputElement && target.checked ? "yes" : "no")}>
    <div class="about">
      <p class="name"><label for=${fields.take}>${title}</label>
        <button type="button" class="link" aria-label=${fill(labels.openIssue, reference, title)} @click=${() => handlers.send({ kind: "openIssue", ref: item.ref })}>${reference}</button></p>
      <p class="quiet">${meta}</p>
      ${taken ? html`<textarea id=${fields.next} rows="1" aria-label=${fill(labels.nextOf, reference, title)} placeholder=${labels.nextHint} aria-invalid=${missing ? "true" : "false"} aria-describedby=${missing ? "needs-next" : nothing}
          ?readonly=${readonly} .value=${live(item.next)} @input=${(event: Event) => handlers.write(fields.next, valueOf(event))}></textarea>
        ${missing ? html`<p class="needs" id="needs-next" role="alert">${labels.needsNext}</p>` : nothing}` : nothing}
    </div>
  </li>`;
}
