import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { postmortemInstants, postmortemStatuses, type PostmortemStatus } from "../../core/postmortem/postmortem";
import type { PostmortemField } from "../../core/postmortem/postmortemEdit";
import type { PostmortemLabels } from "../../protocol/postmortem";
import { fill } from "../../protocol/fill";
import { choices, peopleList } from "./choices";
import type { SectionInput } from "./sectionInput";
import { valueOf } from "../shared/valueOf";

const statusWords: Readonly<Record<PostmortemStatus, keyof PostmortemLabels>> = {
  Draft: "statusDraft",
  "In review": "statusInReview",
  Reviewed: "statusReviewed",
  Closed: "statusClosed",
};

/** The fields of the front matter. */
export function detailsSection(input: SectionInput): TemplateResult {
  const { content, labels, readonly, hands } = input;
  const { postmortem } = content;
  const set = (field: PostmortemField) => (event: Event) => hands.edit({ kind: "field", field, value: valueOf(event) });
  return html`<section>
    <h2>${labels.details}</h2>
    <div class="fields">
      <label>${labels.status}
        <select id="field-status" ?disabled=${readonly} .value=${live<string>(postmortem.status)} @change=${set("status")}>
          ${postmortemStatuses.map((status) => html`<option value=${status} ?selected=${status === postmortem.status}>${labels[statusWords[status]]}</option>`)}
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
            @change=${(event: Event) => hands.edit({ kind: "instant", instant: name, value: valueOf(event) })}>
        </label>`;
      })}
    </div>
  </section>`;
}
