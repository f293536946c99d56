import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import type { StepView } from "../../protocol/checklist";
import { fill } from "../../protocol/fill";
import { icon } from "../shared/icon";
import { drawSpans } from "../shared/spans";
import { blocked, type Drawing } from "./drawing";
import { markLine } from "./markLine";
import { buttonRow, chips, evidenceList } from "./parts";
import { skipForm } from "./skipForm";
import { controlId } from "./ui";

/** The steps as a list, those below each in a list of their own; `decision` is the one whose options they are. */
export function stepList(steps: readonly StepView[], drawing: Drawing, decision?: StepView): TemplateResult | typeof nothing {
  if (steps.length === 0) return nothing;
  return html`<ul class="steps">${repeat(steps, ({ id }) => id, (step) => html`<li>${stepItem(step, drawing, decision)}</li>`)}</ul>`;
}

function stepItem(step: StepView, drawing: Drawing, decision: StepView | undefined): TemplateResult {
  return step.part === "decision" ? decisionItem(step, drawing) : plainItem(step, drawing, decision);
}

function plainItem(step: StepView, drawing: Drawing, decision: StepView | undefined): TemplateResult {
  const { hands } = drawing;
  const option = step.part === "option" && decision !== undefined;
  const children = option && !worthShowing(step) ? [] : step.children;
  return html`
    <div class="step ${step.part} ${step.mark.kind}" data-step=${step.id}>
      ${option ? radio(step, decision, drawing) : checkbox(step, drawing)}
      <div class="what">
        <label class="text" for=${controlId(step.id)}>${drawSpans(step.spans, hands.follow)}</label>
        ${below(step, drawing)}
      </div>
      ${side(step, drawing)}
    </div>
    ${stepList(children, drawing)}`;
}

function decisionItem(step: StepView, drawing: Drawing): TemplateResult {
  const { hands, state } = drawing;
  const takeBack = step.mark.kind === "done" && !blocked(step, drawing);
  return html`
    <div role="group" aria-labelledby="${controlId(step.id)}-text">
      <div class="step decision ${step.mark.kind}" data-step=${step.id}>
        <span class="mark">${icon("question")}</span>
        <div class="what">
          <span class="text" id="${controlId(step.id)}-text">${drawSpans(step.spans, hands.follow)}</span>
          ${below(step, drawing)}
        </div>
        ${takeBack
          ? html`<div class="side"><button type="button" class="small plain" aria-label=${fill(state.labels.undoChoiceOf, short(step.label))} title=${state.labels.undoChoice} @click=${() => hands.mark(step, { kind: "open" })}>${icon("discard")}</button></div>`
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
    }}
    @change=${() => drawing.hands.mark(step, { kind: done ? "open" : "done" })}></span>`;
}

function radio(step: StepView, decision: StepView, drawing: Drawing): TemplateResult {
  return html`<span class="mark"><input type="radio" class="control" id=${controlId(step.id)} data-step=${step.id} name=${controlId(decision.id)} .checked=${live(step.mark.kind === "done")}
    aria-disabled=${blocked(decision, drawing) ? "true" : "false"} aria-describedby="${controlId(step.id)}-mark"
    @click=${(event: Event) => {
      if (blocked(decision, drawing)) event.preventDefault();
    }}
    @change=${() => drawing.hands.choose(decision, step)}></span>`;
}

function below(step: StepView, drawing: Drawing): TemplateResult {
  const { ui, hands, state } = drawing;
  const { labels } = state;
  const refused = ui.refusals.get(step.id);
  return html`
    <div class="below" id="${controlId(step.id)}-mark">${markLine(step, drawing)}</div>
    ${chips(step.links, labels, hands)}
    ${evidenceList(step.evidence, labels, hands)}
    ${step.locked === undefined ? buttonRow(step.buttons, fill(labels.stepActions, short(step.label)), hands) : nothing}
    ${refused === undefined
      ? nothing
      : html`<div class="banner error" role="alert"><span>${refused.text}</span><button type="button" class="small" @click=${() => hands.retry(refused)}>${labels.retry}</button></div>`}
    ${ui.skipping === step.id ? skipForm(step, drawing) : nothing}`;
}

function side(step: StepView, drawing: Drawing): TemplateResult {
  const { state, run, hands, ui } = drawing;
  const { labels } = state;
  const line = step.part === "option" ? undefined : step.line;
  const free = !blocked(step, drawing) && step.part !== "option";
  const label = short(step.label);
  return html`<div class="side">
    ${free && step.mark.kind === "open" && ui.skipping !== step.id
      ? html`<button type="button" class="small plain" title="${labels.skip} (S)" aria-label=${fill(labels.skipStep, label)} @click=${() => hands.startSkip(step)}>${icon("debug-step-over")}</button>`
      : nothing}
    ${free && step.mark.kind === "skipped"
      ? html`<button type="button" class="small plain" title=${labels.takeBack} aria-label=${fill(labels.takeBackStep, label)} @click=${() => hands.mark(step, { kind: "open" })}>${icon("discard")}</button>`
      : nothing}
    ${free && step.mark.kind === "open"
      ? html`<button type="button" class="small plain" title=${fill(labels.giveStep, label)} aria-label=${fill(labels.giveStep, label)}
          @click=${() => hands.act({ kind: "giveStep", run: run.id, step: step.id })}>${icon("person")}</button>`
      : nothing}
    ${line === undefined
      ? nothing
      : html`<button type="button" class="small plain" title=${labels.openRunbook} aria-label=${fill(labels.openRunbookLine, label)}
          @click=${() => hands.act({ kind: "openRunbook", path: run.runbook, line })}>${icon("go-to-file")}</button>
        <button type="button" class="small plain" title=${fill(labels.copyStep, label)} aria-label=${fill(labels.copyStep, label)}
          @click=${() => hands.act({ kind: "copyStep", run: run.id, step: step.id })}>${icon("link")}</button>`}
  </div>`;
}

/** What stands below an option is shown once it is chosen, or when somebody did it all the same. */
function worthShowing(option: StepView): boolean {
  const touched = (step: StepView): boolean => step.mark.kind === "done" || step.mark.kind === "skipped" || step.children.some(touched);
  return option.mark.kind === "done" || option.children.some(touched);
}

function short(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
