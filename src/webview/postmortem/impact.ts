import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { impactMeasures, type ImpactRow } from "../../core/postmortem/postmortem";
import type { ImpactColumn } from "../../core/postmortem/postmortemEdit";
import { fill } from "../../protocol/fill";
import { icon, valueOf } from "../shared/elements";
import { freshKey } from "../shared/freshKey";
import { firstLine, iconButton, removedLine, removedNotice, type SectionInput } from "./parts";

/** The figures of the impact, with suggested measures. */
export function impactTable(input: SectionInput): TemplateResult {
  const { content, labels, readonly, handlers } = input;
  const rows = content.postmortem.impact;
  const used = new Set(rows.map(({ measure }) => measure.trim().toLowerCase()));
  const unused = impactMeasures.filter((measure) => !used.has(measure.toLowerCase()));
  return html`<div class="impact">
    <datalist id="measures">${unused.map((measure) => html`<option value=${measure}></option>`)}</datalist>
    ${rows.length === 0 ? nothing : html`<ol class="rows" aria-label=${labels.figures}>${repeat(rows, ({ id }) => id, (row, index) => impactRow(row, index, input))}</ol>`}
    ${removedLine("impact", input)}
    ${readonly ? nothing : html`<p class="buttons">
      ${unused.map((measure) => html`<button type="button" class="small" aria-label=${fill(labels.addMeasure, measure)} @click=${() => add(measure)}>${icon("add")}${measure}</button>`)}
      <button type="button" class="small" @click=${() => add("")}>${icon("add")}${labels.addFigure}</button>
    </p>`}
  </div>`;

  function add(measure: string): void {
    const id = freshKey();
    handlers.apply([{ kind: "insertImpact", row: { id, measure, amount: "", others: [] }, index: handlers.now()?.postmortem.impact.length ?? 0 }], { focus: `${measure === "" ? "measure" : "amount"}-${id}`, notice: undefined });
  }
}

function impactRow(row: ImpactRow, index: number, { labels, readonly, handlers }: SectionInput): TemplateResult {
  const set = (column: ImpactColumn) => (event: Event) => handlers.edit({ kind: "impact", id: row.id, column, value: valueOf(event) });
  const name = (column: string): string => fill(labels.row, column, index + 1);
  const remove = (): void => {
    handlers.apply([{ kind: "removeImpact", id: row.id }], { notice: removedNotice("impact", row.measure, labels, { kind: "insertImpact", row, index }, `measure-${row.id}`), focus: "undo" });
  };
  return html`<li class="figure">
    <input id="measure-${row.id}" list="measures" aria-label=${name(labels.measure)} placeholder=${labels.measure} ?readonly=${readonly} .value=${live(row.measure)} @input=${set("measure")}>
    <input id="amount-${row.id}" aria-label=${name(labels.amount)} placeholder=${labels.amountHint} ?readonly=${readonly} .value=${live(row.amount)} @input=${set("amount")}>
    ${readonly ? nothing : iconButton("trash", fill(labels.removeFigure, index + 1, firstLine(row.measure)), remove)}
  </li>`;
}
