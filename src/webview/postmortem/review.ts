import { html, nothing, type TemplateResult } from "lit";
import type { PostmortemStatus } from "../../core/postmortem/postmortem";
import type { PostmortemLabels } from "../../protocol/postmortem";
import { icon } from "../shared/elements";
import { listField } from "./lists";
import type { SectionInput } from "./parts";

export const statusLabels: Readonly<Record<PostmortemStatus, keyof PostmortemLabels>> = {
  Draft: "statusDraft",
  "In review": "statusInReview",
  Reviewed: "statusReviewed",
  Closed: "statusClosed",
};

/** The state of the review, who takes part, and the next steps. The commands ask for what is missing. */
export function reviewSection(input: SectionInput): TemplateResult {
  const { content, labels, readonly, handlers } = input;
  const { status } = content.postmortem;
  const { text, steps, files } = content.review;
  return html`<section aria-labelledby="review-heading">
    <h2 id="review-heading">${labels.reviewHeading}</h2>
    <p class="review-state"><span class="badge">${labels[statusLabels[status]]}</span> <span>${text}</span></p>
    ${listField("reviewers", input)}
    ${readonly || steps.length === 0 ? nothing : html`<p class="buttons">${steps.map(({ label, message }, index) => html`<button type="button" class="small ${index === 0 ? "primary" : ""}" @click=${() => handlers.send(message)}>${label}</button>`)}</p>`}
    ${files.length === 0 ? nothing : html`<p class="buttons">${files.map(({ label, icon: name, message }) => html`<button type="button" class="small" @click=${() => handlers.send(message)}>${icon(name)} ${label}</button>`)}</p>`}
  </section>`;
}
