import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { handoffSections } from "../../core/handoff/handoff";
import { assertNever } from "../../core/result";
import { fill } from "../../protocol/fill";
import type { HandoffState, HandoffView } from "../../protocol/handoff";
import { icon } from "../shared/icon";
import { valueOf } from "../shared/valueOf";
import { field, fillForm, type Drafts } from "./filledForm";
import { itemsSection } from "./itemsSection";
import { messagesSection } from "./messagesSection";
import type { Hands, SectionInput, Ui } from "./ui";

/** The whole page. */
export function handoffPage(state: HandoffState, drafts: Drafts, ui: Ui, hands: Hands): TemplateResult {
  const { labels, content } = state;
  return html`<main>${untrusted(state, hands)}${body()}</main>`;

  function body(): TemplateResult {
    switch (content.kind) {
      case "loading":
        return html`<p class="quiet" role="status">${labels.loading}</p>`;
      case "unavailable":
        return html`<p>${content.text}</p><p class="buttons"><button type="button" class="small" @click=${() => hands.send({ kind: "refresh" })}>${labels.tryAgain}</button></p>`;
      case "turn":
        return turn({ state, content, form: fillForm(content, drafts), drafts, ui, hands });
      default:
        return assertNever(content);
    }
  }
}

function untrusted({ readonly, labels }: HandoffState, hands: Hands): TemplateResult | typeof nothing {
  if (!readonly) return nothing;
  return html`<div class="banner warning">${icon("shield")}<span>${labels.untrusted}</span><button type="button" class="small" @click=${() => hands.send({ kind: "trust" })}>${labels.trust}</button></div>`;
}

function turn(input: SectionInput): TemplateResult {
  const { content, state: { labels } } = input;
  return html`
    <h1>${fill(labels.heading, content.outgoing)}</h1>
    <p class="quiet period">${fill(labels.period, content.from, content.to)}</p>
    <div role="status">${stage(content, input)}</div>
    ${content.stage.kind === "draft" ? builder(input) : nothing}
    ${content.stage.kind === "writing" ? nothing : messagesSection(input)}`;
}

function stage({ stage: now, incoming, outgoing }: HandoffView, { state: { labels }, hands }: SectionInput): TemplateResult | typeof nothing {
  switch (now.kind) {
    case "draft":
      return nothing;
    case "writing":
      return html`<div class="banner">${icon("sync")}<span>${labels.writing}</span></div>`;
    case "waiting":
      return html`<div class="banner">${icon("arrow-swap")}<span>${fill(labels.waiting, now.reference, incoming, outgoing)}</span>
        <button type="button" class="small" @click=${() => hands.send({ kind: "openIssue", ref: now.ref })}>${labels.openHandoff}</button></div>`;
    default:
      return assertNever(now);
  }
}

function builder(input: SectionInput): TemplateResult {
  const { state: { labels, readonly }, form, ui, hands } = input;
  return html`
    ${peopleSection(input)}
    ${itemsSection(input)}
    ${handoffSections.map((name) => html`<section>
      <h2><label for=${field.text(name)}>${labels[name]}</label></h2>
      <p class="hint quiet" id="hint-${name}">${labels[`${name}Hint`]}</p>
      <textarea id=${field.text(name)} rows="2" aria-describedby="hint-${name}" ?readonly=${readonly} .value=${live(form.texts[name])} @input=${(event: Event) => hands.write(field.text(name), valueOf(event))}></textarea>
    </section>`)}
    <section>
      <div role="alert">${ui.refused === undefined ? nothing : html`<div class="banner error">${icon("warning")}<span>${ui.refused}</span></div>`}</div>
      <p class="buttons create">
        <button type="button" class="small primary" ?disabled=${readonly} @click=${() => hands.create()}>${icon("arrow-swap")}${labels.create}</button>
        <span class="quiet">${fill(labels.createHint, form.incoming.trim() === "" ? "..." : form.incoming.trim())}</span>
      </p>
    </section>`;
}

function peopleSection({ state: { labels, readonly }, content, form, ui, hands }: SectionInput): TemplateResult {
  const missing = ui.missing === field.incoming;
  const write = (name: string) => (event: Event) => hands.write(name, valueOf(event));
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
