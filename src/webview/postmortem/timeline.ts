import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import { isSorted } from "../../core/postmortem/postmortemEdit";
import { fill } from "../../protocol/fill";
import { icon } from "../shared/elements";
import { questionBlock } from "./advice";
import { firstLine, iconButton, type SectionInput } from "./parts";
import { addRow, timelineRows } from "./timelineRows";

/** The timeline as editable rows, with the events that are not in it. */
export function timelineSection(input: SectionInput): TemplateResult {
  const { content, labels, readonly, ui, handlers } = input;
  const rows = content.postmortem.timeline;
  const hiddenCount = content.hiddenEvents.length;
  return html`<section aria-labelledby="timeline-heading">
    <h2 id="timeline-heading">${labels.timeline}</h2>
    <p class="hint quiet">${labels.timelineHint} ${fill(labels.timesIn, content.timezone)}</p>
    ${questionBlock("timeline", input)}
    ${news(input)}
    ${rows.length === 0 && ui.notice?.list !== "entry"
      ? html`<p class="quiet">${labels.noEntries}</p>`
      : guard([rows, content.changedEvents, content.pictures, content.problems, ui.rowsShown, ui.notice, ui.evidenceOf, readonly], () => timelineRows(input))}
    ${readonly ? nothing : html`<p class="buttons">
      <button type="button" class="small" @click=${() => addRow(handlers.now()?.postmortem.timeline.length ?? 0, input)}>${icon("add")}${labels.addEntry}</button>
      ${isSorted(rows) ? nothing : html`<button type="button" class="small" @click=${() => handlers.edit({ kind: "sortEntries" })}>${icon("list-ordered")}${labels.sortEntries}</button>`}
      ${hiddenCount === 0 ? nothing : html`<button type="button" class="small" aria-expanded=${ui.hiddenShown ? "true" : "false"} @click=${() => handlers.change({ hiddenShown: !ui.hiddenShown })}>${icon(ui.hiddenShown ? "eye-closed" : "eye")}${ui.hiddenShown ? labels.hideHidden : hiddenCount === 1 ? labels.showHiddenOne : fill(labels.showHidden, hiddenCount)}</button>`}
    </p>`}
    ${ui.hiddenShown && hiddenCount > 0 && !readonly ? hiddenEvents(input) : nothing}
  </section>`;
}

function news({ content, labels, readonly, handlers }: SectionInput): TemplateResult {
  const { newEvents } = content;
  return html`<div role="status">${newEvents === 0 || readonly ? nothing : html`<div class="banner">
    ${icon("history")}<span>${newEvents === 1 ? labels.newEvent : fill(labels.newEvents, newEvents)}</span>
    <button type="button" class="small" id="add-events" @click=${() => handlers.send({ kind: "addEvents" })}>${labels.addEvents}</button>
  </div>`}</div>`;
}

function hiddenEvents({ content, labels, times, handlers }: SectionInput): TemplateResult {
  return html`<ul class="rows hidden-events" aria-label=${labels.hideHidden}>${repeat(content.hiddenEvents, ({ key }) => key, ({ key, at, event }) => html`<li>
    ${iconButton("add", fill(labels.showEvent, firstLine(event)), () => handlers.send({ kind: "showEvent", key }))}
    <span class="quiet time">${times.formatInstant(at)}</span> <span>${event}</span>
  </li>`)}</ul>`;
}
