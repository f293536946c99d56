import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { actionTypes, type PostmortemAction } from "../../core/postmortem/postmortem";
import type { ActionColumn } from "../../core/postmortem/postmortemEdit";
import { fill } from "../../protocol/fill";
import { dateField } from "../shared/dateField";
import { icon, valueOf } from "../shared/elements";
import { freshKey } from "../shared/freshKey";
import { problemLines, problemsOf, questionBlock } from "./advice";
import { choices, firstLine, removedLine, removedNotice, type SectionInput } from "./parts";

/** The action items. An accepted one becomes an issue. */
export function actionsSection(input: SectionInput): TemplateResult {
  const { content, labels, readonly, handlers } = input;
  const rows = content.postmortem.actions;
  return html`<section aria-labelledby="actions-heading">
    <h2 id="actions-heading">${labels.actions}</h2>
    <p class="hint quiet">${labels.actionsHint}</p>
    ${questionBlock("actions", input)}
    ${rows.length === 0 ? html`<p class="quiet">${labels.noActions}</p>` : html`<ol class="rows">${repeat(rows, ({ id }) => id, (row, index) => actionRow(row, index, input))}</ol>`}
    ${removedLine("action", input)}
    ${readonly ? nothing : html`<p class="buttons"><button type="button" class="small" @click=${add}>${icon("add")}${labels.addAction}</button></p>`}
  </section>`;

  function add(): void {
    const id = freshKey();
    handlers.apply([{ kind: "insertAction", action: { id, action: "", owner: "", priority: "", state: "proposed", others: [] }, index: rows.length }], { focus: `action-${id}` });
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
      <label>${labels.due}${dateField({ name: name(labels.due), value: row.due ?? "", readonly, change: (value) => handlers.edit({ kind: "action", id: row.id, column: "due", value }) })}</label>
    </div>
    ${problemLines(problemsOf(content, "action", row.id), input)}
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
    handlers.apply([{ kind: "removeAction", id: row.id }], { notice: removedNotice("action", row.action, labels, { kind: "insertAction", action: row, index }, `action-${row.id}`), focus: "undo" });
  };
  return html`
    <span class="badge ${row.state}">${labels[row.state === "not planned" ? "notPlanned" : row.state]}</span>
    ${content.overdue.includes(row.id) ? html`<span class="overdue">${icon("warning")} ${labels.overdue}</span>` : nothing}
    ${issue === undefined ? nothing : html`<button type="button" class="link" aria-label=${fill(labels.openIssue, issue.reference, issue.title ?? "")} title=${issue.title ?? ""}
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
