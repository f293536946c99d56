import { html, nothing, svg, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import type { PostmortemInstant } from "../../core/postmortem/postmortem";
import type { IntervalsView, PostmortemLabels, PostmortemView } from "../../protocol/postmortem";
import { icon } from "../shared/elements";
import type { SectionInput } from "./parts";

const intervalLabels = { detect: "timeToDetect", acknowledge: "timeToAcknowledge", mitigate: "timeToMitigate", resolve: "timeToResolve" } as const satisfies Record<string, keyof PostmortemLabels>;

/** The milestones between which each interval lies. */
const limits = { detect: ["started", "detected"], acknowledge: ["detected", "acknowledged"], mitigate: ["started", "mitigated"], resolve: ["started", "resolved"] } as const satisfies Record<string, readonly PostmortemInstant[]>;

/** The times to detect, acknowledge, mitigate and resolve, and the gaps of the timeline: as a picture, and as a table. */
export function intervalsFigure(input: SectionInput): TemplateResult | typeof nothing {
  const { content, labels } = input;
  const { intervals: view } = content;
  if (view === undefined) return nothing;
  const ticks = tickPositions(content, view);
  return html`<figure class="intervals" aria-labelledby="intervals-heading">
    <h3 class="sub" id="intervals-heading">${labels.intervals}</h3>
    ${view.reopened === undefined ? nothing : html`<p class="quiet reopened">${icon("issue-reopened")} ${view.reopened}</p>`}
    ${guard([JSON.stringify(view), ticks.join(" ")], () => picture(view, ticks, input))}
    <details><summary>${labels.intervalsTable}</summary>${table(view, input)}</details>
  </figure>`;
}

/** The drawings are also in the table, so screen readers skip them. */
function picture(view: IntervalsView, ticks: readonly string[], input: SectionInput): TemplateResult {
  const { labels, times } = input;
  const at = share(view);
  const guides = view.points.map((point) => svg`<line class="guide" x1=${at(point.at)} x2=${at(point.at)} y1="0" y2="100%"></line>`);
  return html`<div class="lanes">
    ${view.intervals.map((interval) => html`<div class="lane">
      <span class="lane-label">${interval.text}</span>
      <svg class="lane-drawing" height="18" aria-hidden="true">${guides}${bar(interval.name, at(interval.from), at(interval.to))}</svg>
    </div>`)}
    <div class="lane">
      <span class="lane-label" aria-hidden="true">${labels.timeline}</span>
      <svg class="lane-drawing" height="26" aria-hidden="true">
        <line class="axis" x1="0" x2="100%" y1="13" y2="13"></line>
        ${ticks.map((x) => svg`<line class="tick" x1=${x} x2=${x} y1="7" y2="19"></line>`)}
        ${view.gaps.map((gap) => svg`<g class="gap" @click=${() => goToGap(gap, input)}><title>${gap.text}</title><line x1=${at(gap.from)} x2=${at(gap.to)} y1="13" y2="13"></line><line class="target" x1=${at(gap.from)} x2=${at(gap.to)} y1="13" y2="13"></line></g>`)}
        ${view.points.map((point) => svg`<circle class="point ${point.name}" cx=${at(point.at)} cy="13" r="5" @click=${() => goToPoint(point, input)}><title>${labels[point.name]} · ${times.formatInstant(point.at)}</title></circle>`)}
      </svg>
    </div>
    <div class="ends quiet" aria-hidden="true"><span>${times.formatInstant(view.from)}</span><span>${times.formatInstant(view.to)}</span></div>
  </div>`;
}

function bar(name: string, from: string, to: string): unknown {
  // A round cap shows an interval without length, too.
  return svg`<line class="bar ${name}" x1=${from} x2=${to} y1="9" y2="9"></line>`;
}

/** Where the rows of the timeline are on the line. Rows at nearly the same position are drawn once. */
function tickPositions({ postmortem }: PostmortemView, view: IntervalsView): readonly string[] {
  const at = share(view);
  return [...new Set(postmortem.timeline.flatMap(({ time }) => (time.kind === "instant" && time.at >= view.from && time.at <= view.to ? [at(time.at)] : [])))];
}

/** Where an instant is on the line, as a percentage with one decimal. */
function share({ from, to }: IntervalsView): (at: string) => string {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  return (at) => `${end <= start ? 50 : Math.round(((Date.parse(at) - start) / (end - start)) * 1000) / 10}%`;
}

function table(view: IntervalsView, input: SectionInput): TemplateResult {
  const { labels, times, handlers } = input;
  return html`<div class="table-frame" tabindex="0" role="group" aria-label=${labels.intervals}><table>
    <thead><tr><th scope="col">${labels.interval}</th><th scope="col">${labels.from}</th><th scope="col">${labels.until}</th><th scope="col">${labels.length}</th></tr></thead>
    <tbody>
      ${view.intervals.map(({ name, from, to, length }) => html`<tr><th scope="row">${labels[intervalLabels[name]]}</th>
        <td>${point(limits[name][0], from)}</td><td>${point(limits[name][1], to)}</td><td>${length}</td></tr>`)}
      ${view.gaps.map((gap) => html`<tr><th scope="row"><button type="button" class="link" @click=${() => goToGap(gap, input)}>${labels.noRows}</button></th>
        <td>${times.formatInstant(gap.from)}</td><td>${times.formatInstant(gap.to)}</td><td>${gap.length}</td></tr>`)}
    </tbody>
  </table></div>`;

  function point(name: PostmortemInstant, at: string): TemplateResult {
    return html`<button type="button" class="link" @click=${() => goToPoint({ name, at }, { handlers })}>${labels[name]}</button> ${times.formatInstant(at)}`;
  }
}

function goToGap(gap: IntervalsView["gaps"][number], { handlers }: Pick<SectionInput, "handlers">): void {
  const row = gap.before ?? gap.after;
  if (row !== undefined) handlers.goToRow(row);
}

/** Shows the row of that time, or else the field of the milestone. */
function goToPoint({ name, at }: { readonly name: PostmortemInstant; readonly at: string }, { handlers }: Pick<SectionInput, "handlers">): void {
  const row = handlers.now()?.postmortem.timeline.find(({ time }) => time.kind === "instant" && time.at === at);
  if (row === undefined) handlers.change({ focus: `instant-${name}` });
  else handlers.goToRow(row.id);
}
