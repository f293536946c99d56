import { html, nothing, type TemplateResult } from "lit";
import type { StepView } from "../../protocol/checklist";
import { fill } from "../../protocol/fill";
import { icon } from "../shared/icon";
import { closeTime, fullTime, relativeTime } from "../shared/relativeTime";
import type { Drawing } from "./drawing";

/** What is known of a step's state: who and when, why it was skipped, why it is locked, that it is being written. */
export function markLine(step: StepView, drawing: Drawing): TemplateResult {
  const { labels } = drawing.state;
  return html`
    ${who(step, drawing)}
    ${step.person === undefined ? nothing : html`<span class="quiet">${icon("person")} ${fill(labels.givenTo, step.person)}</span>`}
    ${dueLine(step, drawing)}
    ${step.mark.reason === undefined ? nothing : html`<span class="reason">${step.mark.reason}</span>`}
    ${step.locked === undefined ? nothing : html`<span class="locked quiet">${icon("lock")} ${step.locked}</span>`}
    ${step.pending ? html`<span class="saving quiet" title=${labels.saving}>${icon("sync")}<span class="unseen">${labels.saving}</span></span>` : nothing}`;
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

/** A sentence with a person in the place `{0}` and a time in the place `{1}`, the full time in its title. */
export function whoAndWhen(text: string, by: string, at: string, now: number, language: string): TemplateResult {
  const [before = "", after = ""] = text.split("{1}");
  return html`${fill(before, by)}<time datetime=${at} title=${fullTime(at, language)}>${relativeTime(at, now, language)}</time>${fill(after, by)}`;
}
