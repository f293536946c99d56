import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { type EvidencePiece, readEvidence } from "../../core/postmortem/timeline/evidence";
import { moveRow, unmoveRow } from "../../core/postmortem/moveRow";
import type { PostmortemEntry } from "../../core/postmortem/postmortem";
import type { EntryColumn, EntryFlag } from "../../core/postmortem/postmortemEdit";
import { fill } from "../../protocol/fill";
import type { PostmortemProblem } from "../../protocol/postmortem";
import { icon, valueOf } from "../shared/elements";
import { freshKey } from "../shared/freshKey";
import { problemLines, problemsByRow } from "./advice";
import { dragRow } from "./dragRow";
import { firstLine, iconButton, type Notice, noticeLine, type SectionInput } from "./parts";
import { type RowBreak, rowBreaks } from "./rowTimes";

/** From this number of rows on, rows outside the window are laid out only when they come into view. */
const long = 150;

/** The rows of the timeline. Only those that changed are rendered again. */
export function timelineRows(input: SectionInput): TemplateResult {
  const { content, ui, times } = input;
  const { timeline } = content.postmortem;
  const shown = timeline.slice(0, ui.rowsShown);
  const breaks = rowBreaks(shown, times);
  const problems = problemsByRow(content);
  const notice = ui.notice?.list === "entry" ? ui.notice : undefined;
  return html`<ol class="rows timeline ${timeline.length > long ? "long" : ""}" aria-busy=${shown.length < timeline.length ? "true" : "false"}>
    ${notice !== undefined && notice.after === undefined ? html`<li>${noticeLine(notice, input)}</li>` : nothing}
    ${repeat(shown, ({ id }) => id, (row, index) => item(row, index, breaks[index], problems.get(row.id) ?? [], notice?.after === row.id ? notice : undefined, input))}
  </ol>`;
}

function item(row: PostmortemEntry, index: number, before: RowBreak | undefined, problems: readonly PostmortemProblem[], notice: Notice | undefined, input: SectionInput): TemplateResult {
  const { content, readonly, ui } = input;
  const [earlier = "", later = ""] = before?.clocks ?? [];
  const changed = content.changedEvents[row.id];
  const pictures = row.evidence === "" ? "" : readEvidence(row.evidence).map(({ target }) => content.pictures[target] ?? "").join(" ");
  const isOpen = ui.evidenceOf === row.id;
  return html`
    ${guard([before?.day, earlier, later], () => breakItems(before, input))}
    ${guard([row, index, readonly, isOpen, pictures, changed?.event, changed?.hash, problems.length === 0 ? "" : JSON.stringify(problems)], () => entryRow(row, index, problems, isOpen, input))}
    ${notice === undefined ? nothing : html`<li>${noticeLine(notice, input)}</li>`}`;
}

function breakItems(before: RowBreak | undefined, { labels, content }: SectionInput): TemplateResult {
  const [earlier, later] = before?.clocks ?? [];
  return html`
    ${before === undefined || before.day === "" ? nothing : html`<li class="day"><h3>${before.day}</h3></li>`}
    ${earlier === undefined ? nothing : html`<li class="clocks quiet">${icon("watch")} ${fill(labels.clocksChanged, earlier, later ?? "", content.timezone)}</li>`}`;
}

function entryRow(row: PostmortemEntry, index: number, problems: readonly PostmortemProblem[], isOpen: boolean, input: SectionInput): TemplateResult {
  const { labels, readonly, handlers, times } = input;
  const set = (column: EntryColumn) => (event: Event) => handlers.edit({ kind: "entry", id: row.id, column, value: valueOf(event) });
  const name = (column: string): string => fill(labels.row, column, index + 1);
  const toggle = (flag: EntryFlag): void => handlers.edit({ kind: "entryFlag", id: row.id, flag, value: row[flag] !== true });
  const keys = (event: KeyboardEvent): void => {
    if (!event.altKey || event.ctrlKey || event.metaKey || readonly || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    moveTo(row.id, index + (event.key === "ArrowUp" ? -1 : 1), input);
  };
  return html`<li class="entry" data-row=${row.id} @keydown=${keys}>
    ${readonly ? html`<span></span>` : html`<button type="button" class="small plain grip" aria-label=${fill(labels.moveRow, index + 1)} title=${fill(labels.moveRow, index + 1)}
      @pointerdown=${(event: PointerEvent) => dragRow(event, (to) => moveTo(row.id, to, input))}>${icon("gripper")}</button>`}
    <input class="time" aria-label=${name(row.time.kind === "words" && row.time.words !== "" ? labels.timeWords : labels.time)} aria-describedby=${problems.length === 0 ? nothing : `problems-${row.id}`} placeholder=${labels.timeHint} ?readonly=${readonly} .value=${live(times.format(row.time))} @change=${setTime}>
    <div class="what">
      <textarea id="event-${row.id}" rows="1" aria-label=${name(labels.event)} placeholder=${labels.event} ?readonly=${readonly} .value=${live(row.event)} @input=${set("event")}></textarea>
      ${marks(row, input)}
      ${problemLines(problems, input, `problems-${row.id}`)}
      ${changedNote(row, input)}
      ${isOpen ? evidenceEditor(row, index, input) : nothing}
    </div>
    ${readonly ? nothing : html`<div class="tools" role="group" aria-label=${fill(labels.rowTools, index + 1)}>
      ${iconButton("question", name(labels.inferred), () => toggle("inferred"), { pressed: row.inferred === true })}
      ${iconButton("lock", name(labels.internal), () => toggle("internal"), { pressed: row.internal === true })}
      ${iconButton("attach", name(labels.editEvidence), () => handlers.change(isOpen ? { evidenceOf: undefined } : { evidenceOf: row.id, focus: `evidence-${row.id}` }), { pressed: isOpen, id: `attach-${row.id}` })}
      ${iconButton("add", fill(labels.addBelow, index + 1), () => addRow(index + 1, input))}
      ${iconButton(row.origin === undefined ? "trash" : "eye-closed", fill(row.origin === undefined ? labels.removeEntry : labels.hideEntry, index + 1, firstLine(row.event)), () => hide(row, index, input))}
    </div>`}
  </li>`;

  function setTime(event: Event): void {
    const near = handlers.now()?.postmortem.timeline.slice(0, index + 1).findLast(({ time }) => time.kind === "instant")?.time;
    handlers.edit({ kind: "entry", id: row.id, column: "time", value: times.complete(valueOf(event), near?.kind === "instant" ? near.at : undefined) });
  }
}

/** Source, flags and evidence, below the text of a row. */
function marks(row: PostmortemEntry, input: SectionInput): TemplateResult | typeof nothing {
  const { labels } = input;
  const pieces = readEvidence(row.evidence);
  const isVague = row.time.kind === "words" && row.time.words !== "";
  if (row.source === "" && row.inferred === undefined && row.internal === undefined && pieces.length === 0 && !isVague) return nothing;
  return html`<div class="marks">
    ${row.source === "" ? nothing : html`<span class="source" title=${labels.source}>${row.source}</span>`}
    ${row.inferred === undefined ? nothing : html`<span class="flag" title=${labels.inferredHint}>${icon("question")} ${labels.inferred}</span>`}
    ${row.internal === undefined ? nothing : html`<span class="flag" title=${labels.internalHint}>${icon("lock")} ${labels.internal}</span>`}
    ${isVague ? html`<span class="flag" title=${labels.vagueHint}>${icon("watch")} ${labels.vague}</span>` : nothing}
    ${pieces.map((piece) => evidencePiece(piece, input))}
  </div>`;
}

const pieceIcons = { issue: "issues", web: "link-external", file: "file", picture: "file-media" } as const;

function evidencePiece(piece: EvidencePiece, { content, labels, handlers }: SectionInput): TemplateResult {
  if (piece.kind === "words") return html`<span class="quiet words">${piece.label}</span>`;
  const address = content.pictures[piece.target];
  return html`<button type="button" class="piece ${address === undefined ? "" : "with-picture"}" aria-label=${fill(labels.openEvidence, piece.label)} title=${piece.target} @click=${() => handlers.send({ kind: "openEvidence", text: piece.written })}>
    ${address === undefined ? nothing : html`<img src=${address} alt="" loading="lazy" @error=${(event: Event) => { if (event.target instanceof HTMLElement) event.target.hidden = true; }}>`}
    <span class="label">${icon(pieceIcons[piece.kind])} <bdi>${piece.label}</bdi></span></button>`;
}

function evidenceEditor(row: PostmortemEntry, index: number, { labels, readonly, handlers }: SectionInput): TemplateResult {
  const set = (column: EntryColumn) => (event: Event) => handlers.edit({ kind: "entry", id: row.id, column, value: valueOf(event) });
  const close = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    handlers.change({ evidenceOf: undefined, focus: `attach-${row.id}` });
  };
  return html`<div class="editor" @keydown=${close}>
    <label>${labels.evidence}<input id="evidence-${row.id}" aria-label=${fill(labels.row, labels.evidence, index + 1)} placeholder=${labels.evidenceHint} ?readonly=${readonly} .value=${live(row.evidence)} @input=${set("evidence")}></label>
    <label class="short">${labels.source}<input aria-label=${fill(labels.row, labels.source, index + 1)} placeholder=${labels.sourceHint} ?readonly=${readonly} .value=${live(row.source)} @input=${set("source")}></label>
    <button type="button" class="small" @click=${() => handlers.send({ kind: "addFile", id: row.id })}>${icon("new-file")} ${labels.addFile}</button>
  </div>`;
}

/** The event of the row was edited, or removed, since the row was written. */
function changedNote(row: PostmortemEntry, { content, labels, readonly, handlers }: SectionInput): TemplateResult | typeof nothing {
  const changed = content.changedEvents[row.id];
  if (changed === undefined) return nothing;
  const { event, hash } = changed;
  if (event === undefined) return html`<p class="note quiet">${icon("circle-slash")} <span>${labels.eventGone}</span></p>`;
  const adopt = (text: { readonly event?: string }): void => {
    handlers.apply([{ kind: "entryOrigin", id: row.id, hash, ...text }], { focus: `event-${row.id}` });
  };
  return html`<div class="note">${icon("edit")} <span>${labels.eventEdited} <q>${event}</q></span>
    ${readonly ? nothing : html`<button type="button" class="small" @click=${() => adopt({ event })}>${labels.useNewText}</button><button type="button" class="small" @click=${() => adopt({})}>${labels.keepText}</button>`}</div>`;
}

/** Adds an empty row with the time of the one before it, and focuses it. */
export function addRow(index: number, { handlers }: SectionInput): void {
  const id = freshKey();
  const rows = handlers.now()?.postmortem.timeline ?? [];
  const time = rows[index - 1]?.time ?? { kind: "words", words: "" };
  handlers.apply([{ kind: "insertEntry", entry: { id, time, event: "", evidence: "", source: "", others: [] }, index }], { focus: `event-${id}`, notice: undefined });
}

function hide(row: PostmortemEntry, index: number, { labels, handlers }: SectionInput): void {
  const rows = handlers.now()?.postmortem.timeline ?? [];
  const text = fill(row.origin === undefined ? labels.removed : labels.hidden, firstLine(row.event));
  const notice: Notice = { list: "entry", after: rows[index - 1]?.id, text, undo: [{ kind: "showEntry", entry: row, index }], focus: `event-${row.id}` };
  handlers.apply([{ kind: "hideEntry", id: row.id }], { notice, focus: "undo", announcement: text });
}

function moveTo(id: string, index: number, { labels, handlers, times }: SectionInput): void {
  const timeline = handlers.now()?.postmortem.timeline ?? [];
  const from = timeline.findIndex((row) => row.id === id);
  const row = timeline[from];
  const before = handlers.notice();
  const original = before?.moved?.row.id === id ? before.moved : row === undefined ? undefined : { row, index: from };
  const move = moveRow(timeline, id, index, original?.row);
  if (move === undefined || original === undefined) return;
  const place = fill(labels.rowMoved, move.index + 1);
  const text = move.isRetimed ? `${place} ${fill(labels.rowRetimed, times.formatInstant(move.at))}` : place;
  handlers.apply(move.edits, { notice: { list: "entry", after: id, text, undo: unmoveRow(original.row, original.index), focus: `event-${id}`, moved: original }, announcement: text });
}
