import { html, noChange, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { type PostmortemInstant, postmortemInstants, postmortemStatuses } from "../../core/postmortem/postmortem";
import type { PostmortemField } from "../../core/postmortem/postmortemEdit";
import { fill } from "../../protocol/fill";
import { dateField } from "../shared/dateField";
import { valueOf } from "../shared/elements";
import { problemLines, problemsOf } from "./advice";
import { intervalsFigure } from "./intervals";
import { listField } from "./lists";
import { choices, peopleList, type SectionInput } from "./parts";
import { statusLabels } from "./review";

/** The fields of the front matter. */
export function detailsSection(input: SectionInput): TemplateResult {
  const { content, labels, readonly, handlers } = input;
  const { postmortem } = content;
  const set = (field: PostmortemField) => (event: Event) => handlers.edit({ kind: "field", field, value: valueOf(event) });
  const day = (field: "review" | "reviewed"): TemplateResult => dateField({ id: `field-${field}`, value: postmortem[field] ?? "", readonly, change: (value) => handlers.edit({ kind: "field", field, value }) });
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
        ${day("review")}
      </label>
      ${postmortem.reviewed === undefined ? nothing : html`<label>${labels.reviewedOn}
        ${day("reviewed")}
      </label>`}
      ${peopleList(content.people)}
    </div>
    <div class="lists">${listField("services", input)}${listField("factors", input)}</div>
    <h3 class="sub">${labels.times}</h3>
    <p class="hint quiet">${fill(labels.timesIn, content.timezone)} ${labels.timeForms}</p>
    <div class="fields wide">${postmortemInstants.map((name) => instantField(name, input))}</div>
    ${intervalsFigure(input)}
  </section>`;
}

/** The time of a milestone. A text that is not a time is not saved, and is described below the field. */
function instantField(name: PostmortemInstant, input: SectionInput): TemplateResult {
  const { content, labels, readonly, ui, times, handlers } = input;
  const problems = problemsOf(content, "instant", name);
  const at = content.postmortem.instants[name];
  const isUnreadable = ui.unreadable === name;
  const described = isUnreadable ? "unreadable" : problems.length > 0 ? `problems-${name}` : nothing;
  return html`<div class="field"><label>${labels[name]}
    <input id="instant-${name}" class="time" placeholder=${labels.timeHint} ?readonly=${readonly} aria-invalid=${isUnreadable ? "true" : "false"} aria-describedby=${described}
      .value=${isUnreadable ? noChange : live(times.formatInstant(at))} @change=${set}>
  </label>${isUnreadable ? html`<p class="note wrong" id="unreadable" role="alert">${labels.unreadableTime}</p>` : nothing}${problemLines(problems, input, `problems-${name}`)}</div>`;

  function set(event: Event): void {
    const { instants } = handlers.now()?.postmortem ?? content.postmortem;
    const near = instants[name] ?? postmortemInstants.map((one) => instants[one]).find((one) => one !== undefined);
    const value = times.complete(valueOf(event), near);
    const isTime = value === "" || times.read(value).kind === "instant";
    handlers.change({ unreadable: isTime ? undefined : name });
    if (isTime) handlers.edit({ kind: "instant", instant: name, value });
  }
}
