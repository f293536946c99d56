import "@vscode-elements/elements/dist/vscode-button/index.js";
import { html, nothing, type TemplateResult } from "lit";
import type { Banner, Button, ChecklistLabels, EvidenceView, LinkChip } from "../../protocol/checklist";
import { icon } from "../shared/icon";
import type { Hands } from "./ui";

/** Other issues, each with its title and state; a click opens its checklist. */
export function chips(links: readonly LinkChip[], labels: ChecklistLabels, hands: Hands): TemplateResult | typeof nothing {
  if (links.length === 0) return nothing;
  return html`<ul class="chips" aria-label=${labels.linkedIssues}>${links.map((link) => html`<li>${chip(link, labels, hands)}</li>`)}</ul>`;
}

function chip({ ref, reference, title, state, relation }: LinkChip, labels: ChecklistLabels, hands: Hands): TemplateResult {
  const stateWord = { open: labels.open, closed: labels.closed, unknown: labels.unknownState }[state];
  const inside = html`
    ${icon({ open: "issues", closed: "pass", unknown: "question" }[state])}
    ${relation === undefined ? nothing : html`<span class="quiet">${relation}</span>`}
    <span class="reference">${reference}</span>
    ${title === undefined ? nothing : html`<span class="title">${title}</span>`}
    <span class=${state === "open" ? "unseen" : "quiet"}>${stateWord}</span>`;
  return state === "unknown"
    ? html`<span class="chip unknown">${inside}</span>`
    : html`<button type="button" class="chip ${state}" title=${labels.openChecklist} @click=${() => hands.act({ kind: "openChecklist", ref })}>${inside}</button>`;
}

/** What shows that a step is as it should be; a click opens it. */
export function evidenceList(pieces: readonly EvidenceView[], labels: ChecklistLabels, hands: Hands): TemplateResult | typeof nothing {
  if (pieces.length === 0) return nothing;
  return html`<ul class="chips" aria-label=${labels.evidence}>${pieces.map(({ text, icon: name, open, remove }) => html`<li class="evidence">
    ${open === undefined
      ? html`<span class="chip">${icon(name)} <span class="title"><bdi>${text}</bdi></span></span>`
      : html`<button type="button" class="chip" @click=${() => hands.act(open)}>${icon(name)} <span class="title"><bdi>${text}</bdi></span></button>`}
    ${remove === undefined
      ? nothing
      : html`<button type="button" class="small plain" title=${remove.label} aria-label=${remove.label} ?disabled=${remove.disabled} @click=${() => hands.act(remove.action)}>${icon(remove.icon)}</button>`}
  </li>`)}</ul>`;
}

/** Small buttons in a row, named as a group. */
export function buttonRow(buttons: readonly Button[], name: string, hands: Hands): TemplateResult | typeof nothing {
  if (buttons.length === 0) return nothing;
  return html`<div class="buttons" role="group" aria-label=${name}>${buttons.map(
    (button) => html`<button type="button" class="small" ?disabled=${button.disabled} @click=${() => hands.act(button.action)}>${icon(button.icon)} ${button.label}</button>`,
  )}</div>`;
}

/** Large buttons, as below a heading. */
export function mainButtons(buttons: readonly Button[], name: string, hands: Hands, first: "primary" | "secondary" = "secondary"): TemplateResult | typeof nothing {
  if (buttons.length === 0) return nothing;
  return html`<div class="buttons" role="group" aria-label=${name}>${buttons.map(
    (button, index) => html`<vscode-button ?secondary=${first === "secondary" || index > 0} ?disabled=${button.disabled} aria-disabled=${button.disabled ? "true" : "false"}
      @click=${() => {
        if (!button.disabled) hands.act(button.action);
      }}>${icon(button.icon, "content-before")}${button.label}</vscode-button>`,
  )}</div>`;
}

/** A message across the page with what can be done about it. */
export function bannerLine({ tone, text, details, buttons }: Banner, hands: Hands): TemplateResult {
  return html`<div class="banner ${tone}" role="note">${icon({ information: "info", warning: "warning", error: "error" }[tone])}<span>${text}${details.length === 0 ? nothing : html`<ul class="details">${details.map((line) => html`<li><bdi>${line}</bdi></li>`)}</ul>`}</span>${buttons.map(
    (button) => html`<button type="button" class="small" ?disabled=${button.disabled} @click=${() => hands.act(button.action)}>${button.label}</button>`,
  )}</div>`;
}
