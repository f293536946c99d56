import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import type { PostmortemEntry } from "../../core/postmortem/postmortem";
import { isSorted, type EntryColumn } from "../../core/postmortem/postmortemEdit";
import { fill } from "../../protocol/fill";
import { freshKey } from "../shared/freshKey";
import { icon } from "../shared/icon";
import { firstLine, removedRow } from "./removedRow";
import type { SectionInput } from "./sectionInput";
import { valueOf } from "../shared/valueOf";

/** The timeline as rows to edit. */
export function timelineSection(input: SectionInput): TemplateResult {
  const { content, labels, readonly, hands } = input;
  const rows = content.postmortem.timeline;
  return html`<section aria-labelledby="timeline-heading">
    <h2 id="timeline-heading">${labels.timeline}</h2>
    <p class="hint quiet">${labels.timelineHint} ${fill(labels.timesIn, content.timezone)}</p>
    ${news(input)}
    ${rows.length === 0 ? html`<p class="quiet">${labels.noEntries}</p>` : html`
      <ol class="rows">${repeat(rows, ({ id }) => id, (row, index) => entryRow(row, index, input))}</ol>`}
    ${removedRow("entry", input)}
    ${readonly ? nothing : html`<p class="buttons">
      <button type="button" class="small" @click=${add}>${icon("add")}${labels.addEntry}</button>
      ${isSorted(rows) ? nothing : html`<button type="button" class="small" @click=${() => hands.edit({ kind: "sortEntries" })}>${icon("list-ordered")}${labels.sortEntries}</button>`}
    </p>`}
  </section>`;

  function add(): void {
    const id = freshKey();
    const time = rows.at(-1)?.time ?? { kind: "words", words: "" };
    hands.edit({ kind: "insertEntry", entry: { id, time, event: "", evidence: "", others: [] }, index: rows.length });
    hands.change({ focus: `event-${id}` });
  }
}

function news({ content, labels, readonly, hands }: SectionInput): TemplateResult {
  const { newEvents } = content;
  return html`<div role="status">${newEvents === 0 || readonly ? nothing : html`<div class="banner">
    ${icon("history")}<span>${newEvents === 1 ? labels.newEvent : fill(labels.newEvents, newEvents)}</span>
    <button type="button" class="small" id="add-events" @click=${() => hands.send({ kind: "addEvents" })}>${labels.addEvents}</button>
  </div>`}</div>`;
}

function entryRow(row: PostmortemEntry, index: number, input: SectionInput): TemplateResult {
  const { content, labels, readonly, hands } = input;
  const set = (column: EntryColumn) => (event: Event) => hands.edit({ kind: "entry", id: row.id, column, value: valueOf(event) });
  const name = (column: string): string => fill(labels.row, column, index + 1);
  const remove = (): void => {
    hands.edit({ kind: "removeEntry", id: row.id });
    hands.change({ removed: { kind: "entry", row, index }, focus: "undo-entry" });
  };
  return html`<li class="entry">
    ${timeField()}
    <textarea id="event-${row.id}" rows="1" aria-label=${name(labels.event)} placeholder=${labels.event} ?readonly=${readonly} .value=${live(row.event)} @input=${set("event")}></textarea>
    <span class="evidence">
      <input aria-label=${name(labels.evidence)} placeholder=${labels.evidenceHint} ?readonly=${readonly} .value=${live(row.evidence)} @input=${set("evidence")}>
      ${row.evidence.trim() === "" ? nothing : html`<button type="button" class="small plain" aria-label=${fill(labels.openEvidence, firstLine(row.evidence))} title=${fill(labels.openEvidence, firstLine(row.evidence))}
        @click=${() => hands.send({ kind: "openEvidence", text: row.evidence })}>${icon("link-external")}</button>`}
    </span>
    ${readonly ? nothing : html`<button type="button" class="small plain" aria-label=${fill(labels.removeEntry, index + 1, firstLine(row.event))} title=${fill(labels.removeEntry, index + 1, firstLine(row.event))}
      @click=${remove}>${icon("trash")}</button>`}
  </li>`;

  function timeField(): TemplateResult {
    if (row.time.kind === "words" && row.time.words !== "") {
      return html`<input class="time" aria-label=${name(labels.timeWords)} ?readonly=${readonly} .value=${live(row.time.words)} @change=${set("time")}>`;
    }
    const shown = content.times[row.id];
    return html`<input class="time" type="datetime-local" step="1" aria-label=${name(labels.time)} title=${shown?.utc ?? ""} ?readonly=${readonly} .value=${shown?.local ?? ""}
      @change=${(event: Event) => { if (valueOf(event) !== "") set("time")(event); }}>`;
  }
}
