import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import {
  actionTypes,
  type PostmortemAction,
  type PostmortemEntry,
  postmortemInstants,
  type PostmortemStatus,
  postmortemStatuses,
  type PostmortemText,
} from "../../core/postmortem/postmortem";
import { type ActionColumn, type EntryColumn, isSorted, type PostmortemField } from "../../core/postmortem/postmortemEdit";
import { fill } from "../../protocol/fill";
import type { PostmortemLabels } from "../../protocol/postmortem";
import { icon, valueOf } from "../shared/elements";
import { freshKey } from "../shared/freshKey";
import { choices, firstLine, peopleList, removedRow, type SectionInput } from "./parts";

/** The action items. An accepted one becomes an issue. */
export function actionsSection(input: SectionInput): TemplateResult {
  const { content, labels, readonly, handlers } = input;
  const rows = content.postmortem.actions;
  return html`<section aria-labelledby="actions-heading">
    <h2 id="actions-heading">${labels.actions}</h2>
    <p class="hint quiet">${labels.actionsHint}</p>
    ${rows.length === 0 ? html`<p class="quiet">${labels.noActions}</p>` : html`<ol class="rows">${repeat(rows, ({ id }) => id, (row, index) => actionRow(row, index, input))}</ol>`}
    ${removedRow("action", input)}
    ${readonly ? nothing : html`<p class="buttons"><button type="button" class="small" @click=${add}>${icon("add")}${labels.addAction}</button></p>`}
  </section>`;

  function add(): void {
    const id = freshKey();
    handlers.edit({ kind: "insertAction", action: { id, action: "", owner: "", priority: "", state: "proposed", others: [] }, index: rows.length });
    handlers.change({ focus: `action-${id}` });
  }
}

function actionRow(row: PostmortemAction, index: number, input: SectionInput): TemplateResult {
  const { content, labels, readonly, handlers } = input;
  const set = (column: ActionColumn) => (event: Event) => handlers.edit({ kind: "action", id: row.id, column, value: valueOf(event) });
  const name = (column: string): string => fill(labels.row, column, index + 1);
  return html`<li class="action">
    <textarea id="action-${row.id}" rows="1" aria-label=${name(labels.action)} placeholder=${labels.actionHint} ?readonly=${readonly} .value=${live(row.action)} @input=${set("action")}></textarea>
    <div class="fields">
      <label>${labels.type}<select aria-label=${name(labels.type)} ?disabled=${readonly} @change=${set("type")}>${choices(actionTypes, row.type ?? "", labels.none, typeLabel)}</select></label>
      <label>${labels.actionOwner}<input list="people" aria-label=${name(labels.actionOwner)} ?readonly=${readonly} .value=${live(row.owner)} @input=${set("owner")}></label>
      <label>${labels.priority}<select aria-label=${name(labels.priority)} ?disabled=${readonly} @change=${set("priority")}>${choices(content.priorities, row.priority, labels.none)}</select></label>
      <label>${labels.due}<input type="date" aria-label=${name(labels.due)} ?readonly=${readonly} .value=${row.due ?? ""} @change=${set("due")}></label>
    </div>
    <div class="state">${stateLine(row, index, input)}</div>
  </li>`;

  function typeLabel(type: string): string {
    return actionTypes.some((one) => one === type) ? labels[actionTypes.find((one) => one === type) ?? "prevent"] : type;
  }
}

function stateLine(row: PostmortemAction, index: number, { content, labels, readonly, handlers }: SectionInput): TemplateResult {
  const issue = content.issues[row.id];
  const about = firstLine(row.action);
  const state = (value: string) => () => handlers.edit({ kind: "action", id: row.id, column: "state", value });
  const accepting = content.accepting.includes(row.id);
  const remove = (): void => {
    handlers.edit({ kind: "removeAction", id: row.id });
    handlers.change({ removed: { kind: "action", row, index }, focus: "undo-action" });
  };
  return html`
    <span class="badge ${row.state}">${labels[row.state === "not planned" ? "notPlanned" : row.state]}</span>
    ${issue === undefined ? nothing : html`<button type="button" class="link" aria-label=${fill(labels.openIssue, issue.reference, issue.title)} title=${issue.title}
      @click=${() => handlers.send({ kind: "openIssue", ref: issue.ref })}>${issue.reference}</button><span class="quiet">${labels[issue.state]}</span>`}
    ${accepting ? html`<span class="quiet" role="status">${labels.accepting}</span>` : nothing}
    <span class="spread"></span>
    ${readonly || accepting ? nothing : moves()}
    ${readonly ? nothing : html`<button type="button" class="small plain" aria-label=${fill(labels.removeAction, index + 1, about)} title=${fill(labels.removeAction, index + 1, about)} @click=${remove}>${icon("trash")}</button>`}`;

  function moves(): TemplateResult | typeof nothing {
    if (row.state === "declined") return html`<button type="button" class="small" aria-label=${fill(labels.proposeAction, about)} @click=${state(row.issue === undefined ? "proposed" : "accepted")}>${labels.propose}</button>`;
    if (row.issue !== undefined) return nothing;
    const empty = row.action.trim() === "";
    return html`
      <button type="button" class="small primary" aria-label=${fill(labels.acceptAction, about)} title=${empty ? labels.needsWords : ""} ?disabled=${empty} @click=${() => handlers.send({ kind: "accept", id: row.id })}>${labels.accept}</button>
      <button type="button" class="small" aria-label=${fill(labels.declineAction, about)} @click=${state("declined")}>${labels.decline}</button>`;
  }
}

const statusLabels: Readonly<Record<PostmortemStatus, keyof PostmortemLabels>> = {
  Draft: "statusDraft",
  "In review": "statusInReview",
  Reviewed: "statusReviewed",
  Closed: "statusClosed",
};

/** The fields of the front matter. */
export function detailsSection(input: SectionInput): TemplateResult {
  const { content, labels, readonly, handlers } = input;
  const { postmortem } = content;
  const set = (field: PostmortemField) => (event: Event) => handlers.edit({ kind: "field", field, value: valueOf(event) });
  return html`<section>
    <h2>${labels.details}</h2>
    <div class="fields">
      <label>${labels.status}
        <select id="field-status" ?disabled=${readonly} .value=${live<string>(postmortem.status)} @change=${set("status")}>
          ${postmortemStatuses.map((status) => html`<option value=${status} ?selected=${status === postmortem.status}>${labels[statusLabels[status]]}</option>`)}
        </select>
      </label>
      <label>${labels.severity}
        <input id="field-severity" placeholder=${labels.severityHint} ?readonly=${readonly} .value=${live(postmortem.severity ?? "")} @input=${set("severity")}>
      </label>
      <label>${labels.priority}
        <select id="field-priority" ?disabled=${readonly} @change=${set("priority")}>${choices(content.priorities, postmortem.priority ?? "", labels.none)}</select>
      </label>
      <label>${labels.lead}
        <input id="field-lead" list="people" ?readonly=${readonly} .value=${live(postmortem.lead ?? "")} @input=${set("lead")}>
      </label>
      <label>${labels.owner}
        <input id="field-owner" list="people" ?readonly=${readonly} .value=${live(postmortem.owner ?? "")} @input=${set("owner")}>
      </label>
      <label>${labels.review}
        <input id="field-review" type="date" ?readonly=${readonly} .value=${postmortem.review ?? ""} @change=${set("review")}>
      </label>
      ${peopleList(content.people)}
    </div>
    <h3 class="sub">${labels.times}</h3>
    <p class="hint quiet">${fill(labels.timesIn, content.timezone)}</p>
    <div class="fields">
      ${postmortemInstants.map((name) => {
        const shown = content.instants[name];
        return html`<label>${labels[name]}
          <input id="instant-${name}" type="datetime-local" step="1" title=${shown?.utc ?? ""} ?readonly=${readonly} .value=${shown?.local ?? ""}
            @change=${(event: Event) => handlers.edit({ kind: "instant", instant: name, value: valueOf(event) })}>
        </label>`;
      })}
    </div>
  </section>`;
}

/** A section that consists of one text, with a hint about its content. */
export function textSection(name: PostmortemText, { content, labels, readonly, handlers }: SectionInput): TemplateResult {
  return html`<section>
    <h2><label for="text-${name}">${labels[name]}</label></h2>
    <p class="hint quiet" id="hint-${name}">${labels[`${name}Hint`]}</p>
    <textarea id="text-${name}" rows="2" aria-describedby="hint-${name}" ?readonly=${readonly} .value=${live(content.postmortem.texts[name])}
      @input=${(event: Event) => handlers.edit({ kind: "text", text: name, value: valueOf(event) })}></textarea>
  </section>`;
}

/** The timeline as editable rows. */
export function timelineSection(input: SectionInput): TemplateResult {
  const { content, labels, readonly, handlers } = input;
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
      ${isSorted(rows) ? nothing : html`<button type="button" class="small" @click=${() => handlers.edit({ kind: "sortEntries" })}>${icon("list-ordered")}${labels.sortEntries}</button>`}
    </p>`}
  </section>`;

  function add(): void {
    const id = freshKey();
    const time = rows.at(-1)?.time ?? { kind: "words", words: "" };
    handlers.edit({ kind: "insertEntry", entry: { id, time, event: "", evidence: "", source: "", others: [] }, index: rows.length });
    handlers.change({ focus: `event-${id}` });
  }
}

function news({ content, labels, readonly, handlers }: SectionInput): TemplateResult {
  const { newEvents } = content;
  return html`<div role="status">${newEvents === 0 || readonly ? nothing : html`<div class="banner">
    ${icon("history")}<span>${newEvents === 1 ? labels.newEvent : fill(labels.newEvents, newEvents)}</span>
    <button type="button" class="small" id="add-events" @click=${() => handlers.send({ kind: "addEvents" })}>${labels.addEvents}</button>
  </div>`}</div>`;
}

function entryRow(row: PostmortemEntry, index: number, input: SectionInput): TemplateResult {
  const { content, labels, readonly, handlers } = input;
  const set = (column: EntryColumn) => (event: Event) => handlers.edit({ kind: "entry", id: row.id, column, value: valueOf(event) });
  const name = (column: string): string => fill(labels.row, column, index + 1);
  const remove = (): void => {
    handlers.edit({ kind: "removeEntry", id: row.id });
    handlers.change({ removed: { kind: "entry", row, index }, focus: "undo-entry" });
  };
  return html`<li class="entry">
    ${timeField()}
    <textarea id="event-${row.id}" rows="1" aria-label=${name(labels.event)} placeholder=${labels.event} ?readonly=${readonly} .value=${live(row.event)} @input=${set("event")}></textarea>
    <span class="evidence">
      <input aria-label=${name(labels.evidence)} placeholder=${labels.evidenceHint} ?readonly=${readonly} .value=${live(row.evidence)} @input=${set("evidence")}>
      ${row.evidence.trim() === "" ? nothing : html`<button type="button" class="small plain" aria-label=${fill(labels.openEvidence, firstLine(row.evidence))} title=${fill(labels.openEvidence, firstLine(row.evidence))}
        @click=${() => handlers.send({ kind: "openEvidence", text: row.evidence })}>${icon("link-external")}</button>`}
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
