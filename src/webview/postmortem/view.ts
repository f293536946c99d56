import "@vscode-elements/elements/dist/vscode-button/index.js";
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { assertNever } from "../../core/model/result";
import { type OwnSection, postmortemSections, type PostmortemText } from "../../core/postmortem/postmortem";
import { fill } from "../../protocol/fill";
import type { PostmortemButton, PostmortemContent, PostmortemLabels, PostmortemState, PostmortemView } from "../../protocol/postmortem";
import { icon, valueOf } from "../shared/elements";
import { actionsSection } from "./actions";
import { problemLines, problemsOf, questionBlock } from "./advice";
import { detailsSection } from "./details";
import { impactTable } from "./impact";
import type { Handlers, SectionInput, Ui } from "./parts";
import { reviewSection } from "./review";
import type { RowTimes } from "./rowTimes";
import { timelineSection } from "./timeline";

/** The whole page. */
export function postmortemPage(state: PostmortemState, ui: Ui, timesOf: (content: PostmortemView) => RowTimes, handlers: Handlers): TemplateResult {
  const { labels } = state;
  return html`<main>${untrusted(state, handlers)}${body(state.content)}<div class="unseen" role="status">${ui.announcement}</div></main>`;

  function body(content: PostmortemContent): TemplateResult {
    switch (content.kind) {
      case "loading":
        return html`<p class="quiet" role="status">${labels.loading}</p>`;
      case "unavailable":
        return html`<h1>${content.title}</h1><p>${content.text}</p><p class="buttons">${buttons(content.buttons, handlers)}</p>`;
      case "document":
        return documentView({ content, labels, readonly: state.readonly, ui, times: timesOf(content), handlers });
      default:
        return assertNever(content);
    }
  }
}

function untrusted({ readonly, labels }: PostmortemState, handlers: Handlers): TemplateResult | typeof nothing {
  if (!readonly) return nothing;
  return html`<div class="banner warning">${icon("shield")}<span>${labels.untrusted}</span>${buttons([{ label: labels.trust, message: { kind: "trust" } }], handlers)}</div>`;
}

function documentView(input: SectionInput): TemplateResult {
  const { content, labels, handlers, readonly } = input;
  const { postmortem, incident, problem } = content;
  return html`
    <header>
      <p class="quiet over">
        <span>${labels.heading}</span>
        ${incident === undefined ? nothing : html`<button type="button" class="link" title=${fill(labels.openIncident, incident.reference)} @click=${() => handlers.send({ kind: "openIssue", ref: incident.ref })}>${fill(labels.incident, incident.reference)}</button>`}
        <span class="spread"></span>
        ${savedMark(content, labels)}
        ${content.saving === "draft" ? nothing : html`<button type="button" class="small" title=${content.path} @click=${() => handlers.send({ kind: "openFile" })}>${icon("markdown")}${labels.openFile}</button>`}
      </p>
      <div role="alert">${problem === undefined ? nothing : html`<div class="banner error">${icon("warning")}<span>${problem.text}</span>${buttons(problem.buttons, handlers)}</div>`}</div>
    </header>
    <h1>
      <label class="unseen" for="title">${labels.title}</label>
      <textarea id="title" class="title" rows="1" placeholder=${labels.titleHint} ?readonly=${readonly} .value=${live(postmortem.title)}
        @keydown=${(event: KeyboardEvent) => { if (event.key === "Enter") event.preventDefault(); }}
        @input=${(event: Event) => handlers.edit({ kind: "field", field: "title", value: valueOf(event).replace(/[\r\n]+/g, " ") })}></textarea>
    </h1>
    ${problemLines(problemsOf(content, "document"), input)}
    ${otherPostmortems(input)}
    ${detailsSection(input)}
    ${repeat(content.order, (name) => name, (name) => section(name, input))}
    ${reviewSection(input)}
  `;
}

/** Earlier post-mortems that are relevant to this one: how the last action items of its services ended, and similar ones. */
function otherPostmortems({ content, labels, handlers }: SectionInput): TemplateResult | typeof nothing {
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

function section(name: string, input: SectionInput): TemplateResult | typeof nothing {
  const { own } = input.content.postmortem;
  const index = own.findIndex(({ id }) => name === `own ${id}`);
  const custom = own[index];
  if (custom !== undefined) return ownSection(custom, index, input);
  const known = postmortemSections.find((one) => one.name === name)?.name;
  return known === undefined ? nothing : known === "timeline" ? timelineSection(input) : known === "actions" ? actionsSection(input) : textSection(known, input);
}

/** A section that consists of one text, with a hint about its content. The impact also has figures. */
function textSection(name: PostmortemText, input: SectionInput): TemplateResult {
  const { content, labels, readonly, handlers } = input;
  const blameless = content.blameless[name];
  return html`<section>
    <h2><label for="text-${name}">${labels[name]}</label></h2>
    <p class="hint quiet" id="hint-${name}">${labels[`${name}Hint`]}</p>
    ${questionBlock(name, input)}
    ${name === "impact" ? impactTable(input) : nothing}
    <textarea id="text-${name}" rows="2" aria-describedby="hint-${name}${blameless === undefined ? "" : ` blameless-${name}`}" ?readonly=${readonly} .value=${live(content.postmortem.texts[name])}
      @input=${(event: Event) => handlers.edit({ kind: "text", text: name, value: valueOf(event) })}></textarea>
    ${blameless === undefined ? nothing : html`<p class="note quiet" id="blameless-${name}">${icon("lightbulb")} <span>${blameless}</span></p>`}
  </section>`;
}

/** A custom section of the file. */
function ownSection({ id, heading, text }: OwnSection, index: number, { labels, readonly, handlers }: SectionInput): TemplateResult {
  return html`<section>
    <h2><label for="own-${index}"><bdi>${heading}</bdi></label></h2>
    <p class="hint quiet" id="own-hint-${index}">${labels.ownHint}</p>
    <textarea id="own-${index}" rows="2" aria-describedby="own-hint-${index}" ?readonly=${readonly} .value=${live(text)} @input=${(event: Event) => handlers.edit({ kind: "own", id, value: valueOf(event) })}></textarea>
  </section>`;
}

function savedMark({ saving }: PostmortemView, labels: PostmortemLabels): TemplateResult {
  switch (saving) {
    case "saved":
      return html`<span class="mark">${icon("check")} ${labels.saved}</span>`;
    case "saving":
      return html`<span class="mark">${icon("sync")} ${labels.saving}</span>`;
    case "draft":
      return html`<span class="mark">${icon("eye")} ${labels.draft}</span>`;
    case "trouble":
      return html`<span class="mark bad">${icon("warning")} ${labels.notSaved}</span>`;
    default:
      return assertNever(saving);
  }
}

function buttons(list: readonly PostmortemButton[], handlers: Handlers): readonly TemplateResult[] {
  return list.map(({ label, message }) => html`<vscode-button secondary @click=${() => handlers.send(message)}>${label}</vscode-button>`);
}
