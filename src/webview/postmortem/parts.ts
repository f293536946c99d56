import { html, nothing, type TemplateResult } from "lit";
import type { PostmortemEntry } from "../../core/postmortem/postmortem";
import type { PostmortemEdit } from "../../core/postmortem/postmortemEdit";
import { fill } from "../../protocol/fill";
import type { PersonChoice, PostmortemLabels, PostmortemToHost, PostmortemView } from "../../protocol/postmortem";
import { icon } from "../shared/elements";
import type { RowTimes } from "./rowTimes";

/** Options of a select: none, the offered values, and the current value if it is not among them. */
export function choices(offered: readonly string[], chosen: string, none: string, label: (name: string) => string = (name) => name): readonly TemplateResult[] {
  const all = ["", ...offered, ...(chosen === "" || offered.includes(chosen) ? [] : [chosen])];
  return all.map((name) => html`<option value=${name} ?selected=${name === chosen} .selected=${name === chosen}>${name === "" ? none : label(name)}</option>`);
}

/** The people of the desk, as suggestions for logins. */
export function peopleList(people: readonly PersonChoice[]): TemplateResult {
  return html`<datalist id="people">${people.map(({ login, name }) => html`<option value=${login}>${name}</option>`)}</datalist>`;
}

/** What was just done to a row, with Undo. It is shown where the row is, or was. */
export function noticeLine(notice: Notice, { labels, handlers }: SectionInput): TemplateResult {
  return html`<p class="notice">
    <span>${notice.text}</span>
    <button type="button" class="small" id="undo" @click=${undo}>${labels.undo}</button>
    <button type="button" class="small plain" aria-label=${labels.dismiss} title=${labels.dismiss} @click=${() => handlers.change({ notice: undefined })}>${icon("close")}</button>
  </p>`;

  function undo(): void {
    handlers.apply(notice.undo, { notice: undefined, focus: notice.focus, announcement: labels.undone });
  }
}

/** The notice for a list if its row is gone: at the end of the list. */
export function removedLine(list: Notice["list"], input: SectionInput): TemplateResult | typeof nothing {
  const { notice } = input.ui;
  return notice?.list === list ? noticeLine(notice, input) : nothing;
}

/** The notice that a row was removed. */
export function removedNotice(list: Notice["list"], text: string, labels: PostmortemLabels, restore: PostmortemEdit, focus: string): Notice {
  return { list, text: fill(labels.removed, firstLine(text)), undo: [restore], focus };
}

/** The start of a text, as a label. */
export function firstLine(text: string): string {
  const line = text.trim().split("\n", 1)[0] ?? "";
  return line.length > 80 ? `${line.slice(0, 80)}…` : line === "" ? "…" : line;
}

/** An icon with a name, as a small button without a frame. */
export function iconButton(name: string, label: string, click: () => void, more: { readonly pressed?: boolean; readonly disabled?: boolean; readonly id?: string } = {}): TemplateResult {
  const { pressed, disabled = false, id } = more;
  return html`<button type="button" class="small plain" id=${id ?? nothing} aria-label=${label} title=${label} aria-pressed=${pressed === undefined ? nothing : pressed ? "true" : "false"} ?disabled=${disabled} @click=${click}>${icon(name)}</button>`;
}

/** State of the page that is not part of the document. */
export interface Ui {
  readonly notice?: Notice | undefined;
  /** Id of the element to focus after rendering. */
  readonly focus?: string;
  /** For screen readers. */
  readonly announcement: string;
  /** How many rows of the timeline are rendered. The others follow after the first paint. */
  readonly rowsShown: number;
  /** Whether the hidden events are listed. */
  readonly hiddenShown: boolean;
  /** The row whose evidence is being edited. */
  readonly evidenceOf?: string | undefined;
  /** Questions that the user dismissed. */
  readonly dismissed: ReadonlySet<string>;
  /** The name of a time whose text could not be read. */
  readonly unreadable?: string | undefined;
}

/** What was just done to a row of a list. */
export interface Notice {
  readonly list: "entry" | "action" | "impact";
  /** In the timeline, the row above the notice; absent: it is above all rows. */
  readonly after?: string | undefined;
  readonly text: string;
  readonly undo: readonly PostmortemEdit[];
  /** Id of the element that gets the focus after Undo. */
  readonly focus: string;
  /** The row before it was moved, so that it gets its time back where that fits. */
  readonly moved?: { readonly row: PostmortemEntry; readonly index: number };
}

/** Actions of the page. */
export interface Handlers {
  edit(edit: PostmortemEdit): void;
  /** Several edits, and a change of the page. */
  apply(edits: readonly PostmortemEdit[], ui: Partial<Ui>): void;
  send(message: PostmortemToHost): void;
  change(ui: Partial<Ui>): void;
  /** The document as it is shown now. Rows that did not change are not rendered again, so what they captured may be old. */
  now(): PostmortemView | undefined;
  /** The notice that is shown now. */
  notice(): Notice | undefined;
  /** Hides a question until the host is restarted. */
  dismiss(question: string): void;
  /** Shows and focuses a row of the timeline. */
  goToRow(id: string): void;
}

/** Input for rendering a section. */
export interface SectionInput {
  readonly content: PostmortemView;
  readonly labels: PostmortemLabels;
  readonly readonly: boolean;
  readonly ui: Ui;
  readonly times: RowTimes;
  readonly handlers: Handlers;
}
