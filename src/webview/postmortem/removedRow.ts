import { html, nothing, type TemplateResult } from "lit";
import { fill } from "../../protocol/fill";
import type { SectionInput } from "./sectionInput";
import type { Removed } from "./ui";

/** The line that offers to put a removed row back. */
export function removedRow(kind: Removed["kind"], { ui, labels, hands }: SectionInput): TemplateResult {
  const { removed } = ui;
  return html`<div role="status">${removed?.kind !== kind ? nothing : html`<p class="removed">
    <span>${fill(labels.removed, firstLine(removed.kind === "entry" ? removed.row.event : removed.row.action))}</span>
    <button type="button" class="small" id="undo-${kind}" @click=${() => undo(removed)}>${labels.undo}</button>
  </p>`}</div>`;

  function undo(row: Removed): void {
    hands.edit(row.kind === "entry" ? { kind: "insertEntry", entry: row.row, index: row.index } : { kind: "insertAction", action: row.row, index: row.index });
    hands.change({ removed: undefined, focus: row.kind === "entry" ? `event-${row.row.id}` : `action-${row.row.id}` });
  }
}

/** The beginning of a text, as a name for what it is about. */
export function firstLine(text: string): string {
  const line = text.trim().split("\n", 1)[0] ?? "";
  return line.length > 80 ? `${line.slice(0, 80)}…` : line === "" ? "…" : line;
}
