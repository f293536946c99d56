import { html, nothing, type TemplateResult } from "lit";
import type { PostmortemAction, PostmortemEntry } from "../../core/postmortem/postmortem";
import type { PostmortemEdit } from "../../core/postmortem/postmortemEdit";
import { fill } from "../../protocol/fill";
import type { PersonChoice, PostmortemLabels, PostmortemToHost, PostmortemView } from "../../protocol/postmortem";

/** Options of a select: none, the offered values, and the current value if it is not among them. */
export function choices(offered: readonly string[], chosen: string, none: string, label: (name: string) => string = (name) => name): readonly TemplateResult[] {
  const all = ["", ...offered, ...(chosen === "" || offered.includes(chosen) ? [] : [chosen])];
  return all.map((name) => html`<option value=${name} ?selected=${name === chosen} .selected=${name === chosen}>${name === "" ? none : label(name)}</option>`);
}

/** The people of the desk, as suggestions for logins. */
export function peopleList(people: readonly PersonChoice[]): TemplateResult {
  return html`<datalist id="people">${people.map(({ login, name }) => html`<option value=${login}>${name}</option>`)}</datalist>`;
}

/** A row that offers to restore a removed row. */
export function removedRow(kind: Removed["kind"], { ui, labels, handlers }: SectionInput): TemplateResult {
  const { removed } = ui;
  return html`<div role="status">${removed?.kind !== kind ? nothing : html`<p class="removed">
    <span>${fill(labels.removed, firstLine(removed.kind === "entry" ? removed.row.event : removed.row.action))}</span>
    <button type="button" class="small" id="undo-${kind}" @click=${() => undo(removed)}>${labels.undo}</button>
  </p>`}</div>`;

  function undo(row: Removed): void {
    handlers.edit(row.kind === "entry" ? { kind: "insertEntry", entry: row.row, index: row.index } : { kind: "insertAction", action: row.row, index: row.index });
    handlers.change({ removed: undefined, focus: row.kind === "entry" ? `event-${row.row.id}` : `action-${row.row.id}` });
  }
}

/** The start of a text, as a label. */
export function firstLine(text: string): string {
  const line = text.trim().split("\n", 1)[0] ?? "";
  return line.length > 80 ? `${line.slice(0, 80)}…` : line === "" ? "…" : line;
}

/** State of the page that is not part of the document. */
export interface Ui {
  /** The row that was removed last. */
  readonly removed?: Removed | undefined;
  /** Id of the element to focus after rendering. */
  readonly focus?: string;
}

type Removed =
  | { readonly kind: "entry"; readonly row: PostmortemEntry; readonly index: number }
  | { readonly kind: "action"; readonly row: PostmortemAction; readonly index: number };

/** Actions of the page. */
export interface Handlers {
  edit(edit: PostmortemEdit): void;
  send(message: PostmortemToHost): void;
  change(ui: Partial<Ui>): void;
}

/** Input for rendering a section. */
export interface SectionInput {
  readonly content: PostmortemView;
  readonly labels: PostmortemLabels;
  readonly readonly: boolean;
  readonly ui: Ui;
  readonly handlers: Handlers;
}
