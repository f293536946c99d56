import { html, nothing, svg, type TemplateResult } from "lit";
import { fill } from "../../protocol/fill";
import type { MetricsBar, MetricsChart, MetricsLabels, MetricsPoint } from "../../protocol/metrics";

interface ChartHandlers {
  readonly labels: MetricsLabels;
  readonly list: (of: string) => void;
}

/** A chart with its text for screen readers. The colors of charts distinguish nothing but the chart from its background. */
export function drawChart(chart: MetricsChart, handlers: ChartHandlers): TemplateResult {
  switch (chart.kind) {
    case "bars":
      return chart.isFolded === true
        ? html`<details class="chart folded"><summary>${chart.title}</summary>${bars(chart.title, chart.bars, handlers)}</details>`
        : html`<div class="chart"><h3>${chart.title}</h3>${bars(chart.title, chart.bars, handlers)}</div>`;
    case "columns":
      return figureOf(chart, handlers, columns(chart.points, handlers), chart.points);
    case "lines":
      return figureOf(chart, handlers, chart.lines.map(({ points }) => line(points, handlers)), chart.lines[0]?.points ?? []);
  }
}

/** Text describes each bar, so that a screen reader reads the list and not the drawing. */
function bars(title: string, all: readonly MetricsBar[], handlers: ChartHandlers): TemplateResult {
  return html`<ul class="bars" aria-label=${title}>${all.map(({ name, value, text, of }) => html`<li>
    <span class="name"><bdi>${name}</bdi></span>
    <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="10"></rect><rect class="value" width=${round(value * 100)} height="10"></rect></svg>
    <span class="amount">${link(text, of, name, handlers)}</span>
  </li>`)}</ul>`;
}

/** A value that opens the issues behind it. */
export function link(text: string, of: string | undefined, name: string, { labels, list }: ChartHandlers): TemplateResult | string {
  if (of === undefined) return text;
  return html`<button type="button" class="link" data-of=${of} aria-label=${fill(labels.showIssues, name === "" ? text : `${name}: ${text}`)} @click=${() => list(of)}>${text}</button>`;
}

const [width, height, gap] = [600, 120, 4];

function figureOf({ title, description, top }: { readonly title: string; readonly description: string; readonly top: string }, { labels }: ChartHandlers, drawing: unknown, points: readonly MetricsPoint[]): TemplateResult {
  const [first, last] = [points[0]?.name ?? "", points.at(-1)?.name ?? ""];
  return html`<figure class="chart">
    <figcaption>${title}</figcaption>
    <div class="plot">
      <span class="top" aria-hidden="true">${top}</span>
      <svg viewBox="0 -${gap} ${width} ${height + 2 * gap}" preserveAspectRatio="none" role="img" aria-label=${fill(labels.chart, description)}>
        <line class="axis" x1="0" y1=${height} x2=${width} y2=${height} vector-effect="non-scaling-stroke"></line>
        ${drawing}
      </svg>
      <span class="ends" aria-hidden="true"><span>${first}</span><span>${last}</span></span>
    </div>
  </figure>`;
}

/** The whole column reacts to the pointer, also above a low value. The table has the same for the keyboard. */
function columns(points: readonly MetricsPoint[], { list }: ChartHandlers): unknown {
  const step = width / points.length;
  return points.map(({ name, value = 0, text, of }, index) => svg`<g class=${of === undefined ? "column" : "column live"} @click=${of === undefined ? nothing : () => list(of)}>
    <title>${name}: ${text}</title>
    <rect class="value" x=${round(index * step + step * 0.12)} y=${round(height - value * height)} width=${round(step * 0.76)} height=${round(value * height)}></rect>
    <rect class="touch" x=${round(index * step)} y="0" width=${round(step)} height=${height}></rect>
  </g>`);
}

/** Points that follow each other are connected. A gap is a part of the period without a value. */
function line(points: readonly MetricsPoint[], { list }: ChartHandlers): unknown {
  const step = width / points.length;
  const at = (index: number, value: number): readonly [number, number] => [round((index + 0.5) * step), round(height - value * height)];
  const path = points.map(({ value }, index) => {
    if (value === undefined) return "";
    const [x, y] = at(index, value);
    return `${points[index - 1]?.value === undefined ? "M" : "L"}${x} ${y}`;
  }).join("");
  return [
    svg`<path class="line" d=${path} vector-effect="non-scaling-stroke"></path>`,
    points.map(({ name, value, text, of }, index) => {
      if (value === undefined) return nothing;
      const [x, y] = at(index, value);
      // A line of no length with round ends is a circle that is not stretched.
      return svg`<g class=${of === undefined ? "column" : "column live"} @click=${of === undefined ? nothing : () => list(of)}>
        <title>${name}: ${text}</title>
        <path class="dot" d=${`M${x} ${y}h0`} vector-effect="non-scaling-stroke"></path>
        <rect class="touch" x=${round(index * step)} y="0" width=${round(step)} height=${height}></rect>
      </g>`;
    }),
  ];
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
