import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { StepView } from "../../protocol/checklist";
import type { Drawing } from "./drawing";
import { reasonField } from "./ui";

/** The line in which a person says why a step is skipped. Enter skips, Escape cancels; what was typed is kept. */
export function skipForm(step: StepView, { state, run, ui, hands }: Drawing): TemplateResult {
  const { labels } = state;
  const field = reasonField(run.id, step.id);
  const reason = ui.drafts[field] ?? "";
  const id = `reason-${step.id}`;
  const skip = (): void => hands.mark(step, { kind: "skipped", reason: (ui.drafts[field] ?? "").replace(/\s+/g, " ").trim() });
  const keys = (event: KeyboardEvent): void => {
    if (event.isComposing || (event.key !== "Enter" && event.key !== "Escape")) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") hands.cancelSkip(step);
    else if (reason.trim() !== "") skip();
  };
  return html`<div class="skip">
    <label for=${id}>${labels.skipReason}</label>
    <div class="line">
      <input type="text" class="reason-field" id=${id} maxlength="500" autocomplete="off" .value=${live(reason)} @input=${(event: InputEvent) => hands.type(field, inputText(event))} @keydown=${keys}>
      <button type="button" class="small" ?disabled=${reason.trim() === ""} @click=${skip}>${labels.skipConfirm}</button>
      <button type="button" class="small plain" @click=${() => hands.cancelSkip(step)}>${labels.cancel}</button>
    </div>
  </div>`;
}

function inputText(event: InputEvent): string {
  return event.target instanceof HTMLInputElement ? event.target.value : "";
}
