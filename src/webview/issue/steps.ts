import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import type { PassesView, StepView } from "../../protocol/issue";
import { fill } from "../../protocol/fill";
import { drawSpans, icon } from "../shared/elements";
import { closeTime, fullTime, relativeTime } from "../shared/times";
import { blocked, buttonRow, chips, controlId, type Drawing, evidenceList, reasonField, requestLines } from "./parts";

/** The steps as nested lists. `decision` is set for the options of a decision. */
export function stepList(steps: readonly StepView[], drawing: Drawing, decision?: StepView): TemplateResult | typeof nothing {
  if (steps.length === 0) return nothing;
  return html`<ul class="steps">${repeat(steps, ({ id }) => id, (step) => html`<li>${stepItem(step, drawing, decision)}</li>`)}</ul>`;
}

function stepItem(step: StepView, drawing: Drawing, decision: StepView | undefined): TemplateResult {
  return step.part === "decision" ? decisionItem(step, drawing) : plainItem(step, drawing, decision);
}

function plainItem(step: StepView, drawing: Drawing, decision: StepView | undefined): TemplateResult {
  const { handlers } = drawing;
  const option = step.part === "option" && decision !== undefined;
  const children = option && !worthShowing(step) ? [] : step.children;
  return html`
    <div class="step ${step.part} ${step.mark.kind}" data-step=${step.id}>
      ${option ? radio(step, decision, drawing) : checkbox(step, drawing)}
      <div class="what">
        <label class="text" for=${controlId(step.id)}>${drawSpans(step.spans, handlers.follow)}</label>
        ${below(step, drawing)}
      </div>
      ${side(step, drawing)}
    </div>
    ${stepList(children, drawing)}`;
}

function decisionItem(step: StepView, drawing: Drawing): TemplateResult {
  const { handlers, state } = drawing;
  const canUndo = step.mark.kind === "done" && !blocked(step, drawing);
  return html`
    <div role="group" aria-labelledby="${controlId(step.id)}-text">
      <div class="step decision ${step.mark.kind}" data-step=${step.id}>
        <span class="mark">${icon("question")}</span>
        <div class="what">
          <span class="text" id="${controlId(step.id)}-text">${drawSpans(step.spans, handlers.follow)}</span>
          ${below(step, drawing)}
        </div>
        ${canUndo
          ? html`<div class="side"><button type="button" class="small plain" aria-label=${fill(state.labels.undoChoiceOf, short(step.label))} title=${state.labels.undoChoice} @click=${() => handlers.mark(step, { kind: "open" })}>${icon("discard")}</button></div>`
          : side(step, drawing)}
      </div>
      ${stepList(step.children, drawing, step)}
    </div>`;
}

function checkbox(step: StepView, drawing: Drawing): TemplateResult {
  const done = step.mark.kind === "done";
  return html`<span class="mark"><input type="checkbox" class="control" id=${controlId(step.id)} data-step=${step.id} .checked=${live(done)}
    aria-disabled=${blocked(step, drawing) ? "true" : "false"} aria-describedby="${controlId(step.id)}-mark"
    @click=${(event: Event) => {
      if (blocked(step, drawing)) event.preventDefault();
      else if (!done && step.requests?.asks === true) askFirst(event, step, drawing);
    }}
    @change=${() => drawing.handlers.mark(step, { kind: done ? "open" : "done" })}></span>`;
}

function radio(step: StepView, decision: StepView, drawing: Drawing): TemplateResult {
  return html`<span class="mark"><input type="radio" class="control" id=${controlId(step.id)} data-step=${step.id} name=${controlId(decision.id)} .checked=${live(step.mark.kind === "done")}
    aria-disabled=${blocked(decision, drawing) ? "true" : "false"} aria-describedby="${controlId(step.id)}-mark"
    @click=${(event: Event) => {
      if (blocked(decision, drawing)) event.preventDefault();
      else if (step.mark.kind !== "done" && step.requests?.asks === true) askFirst(event, step, drawing);
    }}
    @change=${() => drawing.handlers.choose(decision, step)}></span>`;
}

/** The host asks for what the step needs, and marks it then. Until that, the control stays as it is. */
function askFirst(event: Event, { id }: StepView, { checklist, handlers }: Drawing): void {
  event.preventDefault();
  handlers.act({ kind: "markStep", run: checklist.id, step: id });
}

function below(step: StepView, drawing: Drawing): TemplateResult {
  const { ui, handlers, state } = drawing;
  const { labels } = state;
  const refused = ui.refusals.get(step.id);
  return html`
    <div class="below" id="${controlId(step.id)}-mark">${markLine(step, drawing)}</div>
    ${step.passes === undefined ? nothing : earlierPasses(step.passes, drawing)}
    ${step.requests === undefined ? nothing : requestLines(step.requests, labels, handlers)}
    ${chips(step.links, labels, handlers)}
    ${evidenceList(step.evidence, labels, handlers)}
    ${step.locked === undefined ? buttonRow(step.buttons, fill(labels.stepActions, short(step.label)), handlers) : nothing}
    ${refused === undefined
      ? nothing
      : html`<div class="banner error" role="alert"><span>${refused.text}</span><button type="button" class="small" @click=${() => handlers.retry(refused)}>${labels.retry}</button></div>`}
    ${ui.skipping === step.id ? skipForm(step, drawing) : nothing}`;
}

function side(step: StepView, drawing: Drawing): TemplateResult {
  const { state, checklist, handlers, ui } = drawing;
  const { labels } = state;
  const line = step.part === "option" ? undefined : step.line;
  const free = !blocked(step, drawing) && step.part !== "option";
  const label = short(step.label);
  return html`<div class="side">
    ${free && step.mark.kind === "open" && ui.skipping !== step.id
      ? html`<button type="button" class="small plain" title="${labels.skip} (S)" aria-label=${fill(labels.skipStep, label)} @click=${() => handlers.startSkip(step)}>${icon("debug-step-over")}</button>`
      : nothing}
    ${free && step.mark.kind === "skipped"
      ? html`<button type="button" class="small plain" title=${labels.undoSkip} aria-label=${fill(labels.undoSkipStep, label)} @click=${() => handlers.mark(step, { kind: "open" })}>${icon("discard")}</button>`
      : nothing}
    ${free && step.mark.kind === "open"
      ? html`<button type="button" class="small plain" title=${fill(labels.assignStep, label)} aria-label=${fill(labels.assignStep, label)}
          @click=${() => handlers.act({ kind: "assignStep", run: checklist.id, step: step.id })}>${icon("person")}</button>`
      : nothing}
    ${line === undefined
      ? nothing
      : html`<button type="button" class="small plain" title=${labels.openRunbook} aria-label=${fill(labels.openRunbookLine, label)}
          @click=${() => handlers.act({ kind: "openRunbook", path: checklist.runbook, line })}>${icon("go-to-file")}</button>
        <button type="button" class="small plain" title=${fill(labels.copyStep, label)} aria-label=${fill(labels.copyStep, label)}
          @click=${() => handlers.act({ kind: "copyStep", run: checklist.id, step: step.id })}>${icon("link")}</button>`}
  </div>`;
}

/** Steps below an option are shown if it was selected, or if one of them was marked. */
function worthShowing(option: StepView): boolean {
  const touched = (step: StepView): boolean => step.mark.kind === "done" || step.mark.kind === "skipped" || step.children.some(touched);
  return option.mark.kind === "done" || option.children.some(touched);
}

function short(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** The form for the reason to skip a step. Enter skips, Escape cancels. The text is stored as a draft. */
function skipForm(step: StepView, { state, checklist, ui, handlers }: Drawing): TemplateResult {
  const { labels } = state;
  const field = reasonField(checklist.id, step.id);
  const reason = ui.drafts[field] ?? "";
  const id = `reason-${step.id}`;
  const skip = (): void => handlers.mark(step, { kind: "skipped", reason: (ui.drafts[field] ?? "").replace(/\s+/g, " ").trim() });
  const keys = (event: KeyboardEvent): void => {
    if (event.isComposing || (event.key !== "Enter" && event.key !== "Escape")) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") handlers.cancelSkip(step);
    else if (reason.trim() !== "") skip();
  };
  return html`<div class="skip">
    <label for=${id}>${labels.skipReason}</label>
    <div class="line">
      <input type="text" class="reason-field" id=${id} maxlength="500" autocomplete="off" .value=${live(reason)} @input=${(event: InputEvent) => handlers.type(field, inputText(event))} @keydown=${keys}>
      <button type="button" class="small" ?disabled=${reason.trim() === ""} @click=${skip}>${labels.skipConfirm}</button>
      <button type="button" class="small plain" @click=${() => handlers.cancelSkip(step)}>${labels.cancel}</button>
    </div>
  </div>`;
}

function inputText(event: InputEvent): string {
  return event.target instanceof HTMLInputElement ? event.target.value : "";
}

/** The state of a step: by whom and when, why it was skipped or is locked, and whether it is being written. */
function markLine(step: StepView, drawing: Drawing): TemplateResult {
  const { labels } = drawing.state;
  return html`
    ${step.passes === undefined ? nothing : html`<span class="pass">${icon("history")} ${fill(labels.pass, step.passes.pass)}</span>`}
    ${who(step, drawing)}
    ${step.person === undefined ? nothing : html`<span class="quiet">${icon("person")} ${fill(labels.assignedTo, step.person)}</span>`}
    ${dueLine(step, drawing)}
    ${step.optional === true ? html`<span class="quiet">${labels.optional}</span>` : nothing}
    ${step.mark.reason === undefined ? nothing : html`<span class="reason">${step.mark.reason}</span>`}
    ${step.locked === undefined ? nothing : html`<span class="locked quiet">${icon("lock")} ${step.locked}</span>`}
    ${step.pending ? html`<span class="saving quiet" title=${labels.saving}>${icon("sync")}<span class="unseen">${labels.saving}</span></span>` : nothing}`;
}

/** Who did the step in its earlier passes, and what a decision was answered. */
function earlierPasses({ earlier }: PassesView, { state, ui }: Drawing): TemplateResult | typeof nothing {
  const { labels, language } = state;
  if (earlier.length === 0) return nothing;
  return html`<details class="passes"><summary>${labels.earlierPasses}</summary><ul>${earlier.map(({ pass, mark, text }) => html`<li>
    <span>${fill(labels.pass, pass)}</span>
    ${text === undefined ? nothing : html`<span><bdi>${fill(labels.earlierAnswer, text)}</bdi></span>`}
    ${mark.by === undefined || mark.at === undefined
      ? html`<span class="quiet">${mark.kind === "skipped" ? labels.skipped : (mark.by ?? labels.doneOnWeb)}</span>`
      : html`<span class="quiet">${whoAndWhen(mark.kind === "skipped" ? labels.skippedBy : labels.doneBy, mark.by, mark.at, ui.now, language)}</span>`}
    ${mark.reason === undefined ? nothing : html`<span class="reason">${mark.reason}</span>`}
  </li>`)}</ul></details>`;
}

function who({ mark, pending }: StepView, { state, ui }: Drawing): TemplateResult | typeof nothing {
  const { labels, language } = state;
  if (mark.kind === "left") return html`<span class="quiet">${labels.left}</span>`;
  if (mark.kind === "open" || (pending && mark.by === undefined)) return nothing;
  if (mark.by === undefined || mark.at === undefined) {
    const text = mark.kind === "skipped" ? labels.skipped : mark.at === undefined && mark.by === undefined ? labels.doneOnWeb : (mark.by ?? "");
    return html`<span class="quiet">${text}</span>`;
  }
  return html`<span class="quiet">${whoAndWhen(mark.kind === "skipped" ? labels.skippedBy : labels.doneBy, mark.by, mark.at, ui.now, language)}</span>`;
}

function dueLine({ due }: StepView, { state, ui }: Drawing): TemplateResult | typeof nothing {
  if (due === undefined) return nothing;
  const { labels, language } = state;
  const late = Date.parse(due) <= ui.now;
  const [before = "", after = ""] = (late ? labels.overdue : labels.due).split("{0}");
  return html`<span class=${late ? "overdue" : "quiet"}>${icon(late ? "warning" : "clock")} ${before}<time datetime=${due} title=${fullTime(due, language)}>${closeTime(due, ui.now, language)}</time>${after}</span>`;
}

/** Fills `{0}` with a person and `{1}` with a relative time. The full time is in its title. */
export function whoAndWhen(text: string, by: string, at: string, now: number, language: string): TemplateResult {
  const [before = "", after = ""] = text.split("{1}");
  return html`${fill(before, by)}<time datetime=${at} title=${fullTime(at, language)}>${relativeTime(at, now, language)}</time>${fill(after, by)}`;
}
