import { html, nothing, svg, type TemplateResult } from "lit";
import { fill } from "../../protocol/fill";
import type { MetricsBar, MetricsChart, MetricsFact, MetricsLabels, MetricsPoint } from "../../protocol/metrics";

interface ChartHandlers {
  readonly labels: MetricsLabels;
  readonly list: (of: string) => void;
}

/** A chart with its text for screen readers. The colors of charts distinguish nothing but the chart from its background. */
export function drawChart(chart: MetricsChart, handlers: ChartHandlers): TemplateResult {
  switch (chart.kind) {
    case "bars":
      return chart.isFolded === true
        ? html`<details class="chart folded"><summary title=${chart.hint ?? nothing}>${chart.title}</summary>${barList(chart.title, chart.bars, handlers)}</details>`
        : html`<div class="chart"><h3>${chart.title}</h3>${bars(chart.title, chart.bars, handlers)}</div>`;
    case "columns":
      return figureOf(chart, handlers, columns(chart.points, handlers), chart.points);
    case "lines":
      return figureOf(chart, handlers, chart.lines.map(({ points }) => line(points, handlers)), chart.lines[0]?.points ?? []);
  }
}

/** Text describes each bar, so that a screen reader reads the list and not the drawing. */
function bars(title: string, all: readonly MetricsBar[], handlers: ChartHandlers): TemplateResult {
  if (all.length <= maxBars) return barList(title, all, handlers);
  const more = all.slice(shownBars);
  return html`${barList(title, all.slice(0, shownBars), handlers)}<details class="rest"><summary>${fill(handlers.labels.more, more.length)}</summary>${barList(title, more, handlers)}</details>`;
}

/** With more bars than the first number, only as many as the second one are shown at first. */
const [maxBars, shownBars] = [15, 10];

function barList(title: string, all: readonly MetricsBar[], handlers: ChartHandlers): TemplateResult {
  return html`<ul class="bars" aria-label=${title}>${all.map(({ name, hint, value, facts }) => html`<li>
    <span class="name" title=${hint === undefined ? name : `${name}\n${hint}`}><bdi>${name}</bdi></span>
    ${bar(value, facts[0]?.of, handlers)}
    <span class="amount">${facts.map((fact, index) => html`${index === 0 ? "" : " · "}${link(fact, name, handlers)}`)}</span>
  </li>`)}</ul>`;
}

/** A bar opens the same as its figure, which the keyboard reaches. */
function bar(value: number, of: string | undefined, { list }: ChartHandlers): TemplateResult {
  return html`<svg class=${of === undefined ? "bar" : "bar live"} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" @click=${of === undefined ? nothing : () => list(of)}><rect class="track" width="100" height="10"></rect><rect class="value" width=${round(value * 100)} height="10"></rect></svg>`;
}

/** A figure that opens the issues behind it. */
export function link({ text, of, hint }: MetricsFact, name: string, { labels, list }: ChartHandlers): TemplateResult | string {
  if (of === undefined) return hint === undefined ? text : html`<span title=${hint}>${text}</span>`;
  return html`<button type="button" class="link" data-of=${of} aria-label=${fill(labels.showIssues, name === "" ? text : `${name}: ${text}`)} @click=${() => list(of)}>${text}</button>`;
}

const [width, height, gap] = [600, 120, 4];

function figureOf({ title, description, top }: { readonly title: string; readonly description: string; readonly top: string }, { labels }: ChartHandlers, drawing: unknown, points: readonly MetricsPoint[]): TemplateResult {
  const [first, last] = [points[0]?.name ?? "", points.at(-1)?.name ?? ""];
  return html`<figure class="chart">
    <figcaption>${title}</figcaption>
    <p class="unseen">${description}. ${labels.below}</p>
    <div class="plot" @focusin=${showValue} @focusout=${hideValue} @pointerover=${showValue} @pointerleave=${hideValue} @keydown=${moveFocus}>
      <span class="ends" aria-hidden="true"><span>${top}</span><output class="shown"></output></span>
      <svg viewBox="0 -${gap} ${width} ${height + 2 * gap}" preserveAspectRatio="none" role="group" aria-label=${fill(labels.chart, title)}>
        <line class="axis" x1="0" y1=${height} x2=${width} y2=${height} vector-effect="non-scaling-stroke"></line>
        ${drawing}
      </svg>
      <span class="ends" aria-hidden="true"><span>${first}</span><span>${last}</span></span>
    </div>
  </figure>`;
}

/** The whole column reacts to the pointer, also above a low value. */
function columns(points: readonly MetricsPoint[], handlers: ChartHandlers): unknown {
  const step = width / points.length;
  const start = firstLive(points);
  return points.map((point, index) => mark(point, { index, step, isFirst: index === start }, handlers, svg`<rect class="value" x=${round(index * step + step * 0.12)} y=${round(height - (point.value ?? 0) * height)} width=${round(step * 0.76)} height=${round((point.value ?? 0) * height)}></rect>`));
}

/** Points that follow each other are connected. A gap is a part of the period without a value. */
function line(points: readonly MetricsPoint[], handlers: ChartHandlers): unknown {
  const step = width / points.length;
  const at = (index: number, value: number): readonly [number, number] => [round((index + 0.5) * step), round(height - value * height)];
  const path = points.map(({ value }, index) => {
    if (value === undefined) return "";
    const [x, y] = at(index, value);
    return `${points[index - 1]?.value === undefined ? "M" : "L"}${x} ${y}`;
  }).join("");
  const start = firstLive(points);
  return [
    svg`<path class="line" d=${path} vector-effect="non-scaling-stroke"></path>`,
    points.map((point, index) => {
      if (point.value === undefined) return nothing;
      const [x, y] = at(index, point.value);
      // A line of no length with round ends is a circle that is not stretched.
      return mark(point, { index, step, isFirst: index === start }, handlers, svg`<path class="dot" d=${`M${x} ${y}h0`} vector-effect="non-scaling-stroke"></path>`);
    }),
  ];
}

function firstLive(points: readonly MetricsPoint[]): number {
  return points.findIndex(({ of }) => of !== undefined);
}

/** A value in a drawing. One of all is a tab stop, and arrow keys move to the others. */
function mark({ name, text, of }: MetricsPoint, { index, step, isFirst }: { readonly index: number; readonly step: number; readonly isFirst: boolean }, { labels, list }: ChartHandlers, drawing: unknown): unknown {
  const touch = svg`<rect class="touch" x=${round(index * step)} y="0" width=${round(step)} height=${height} vector-effect="non-scaling-stroke"></rect>`;
  const value = `${name}: ${text}`;
  if (of === undefined) return svg`<g class="mark" aria-hidden="true" data-value=${value}>${drawing}${touch}</g>`;
  return svg`<g class="mark live" role="button" tabindex=${isFirst ? "0" : "-1"} aria-label=${fill(labels.showIssues, value)} data-value=${value} data-of=${of} @click=${() => list(of)}>${drawing}${touch}</g>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Shows the value of the mark that has the focus, or that the pointer is on. */
function showValue({ target, currentTarget }: Event): void {
  const value = markOf(target)?.getAttribute("data-value");
  if (value !== undefined) setShown(currentTarget, value ?? "");
}

/** Shows the value of the focused mark again, if there is one. */
function hideValue({ currentTarget, type }: Event): void {
  const focused = type === "focusout" ? undefined : markOf(document.activeElement);
  const isOwn = focused !== undefined && currentTarget instanceof Element && currentTarget.contains(focused);
  setShown(currentTarget, isOwn ? focused.getAttribute("data-value") ?? "" : "");
}

/** Moves between the marks of a chart by the arrow keys, Home and End, and opens the issues of one by Enter and the space bar. */
function moveFocus(event: KeyboardEvent): void {
  const mark = markOf(event.target);
  const chart = mark?.closest("svg");
  if (mark === undefined || chart === null || chart === undefined) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    mark.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    return;
  }
  const all = [...chart.querySelectorAll<SVGGElement>(".mark.live")];
  const at = all.indexOf(mark);
  const isMirrored = getComputedStyle(chart).direction === "rtl";
  const [right, left] = isMirrored ? [-1, 1] : [1, -1];
  const goal = { ArrowRight: at + right, ArrowUp: at + 1, ArrowLeft: at + left, ArrowDown: at - 1, Home: 0, End: all.length - 1 }[event.key];
  const next = goal === undefined ? undefined : all[Math.min(Math.max(goal, 0), all.length - 1)];
  if (next === undefined) return;
  event.preventDefault();
  for (const one of all) one.setAttribute("tabindex", one === next ? "0" : "-1");
  next.focus();
}

function markOf(target: EventTarget | null): SVGGElement | undefined {
  return target instanceof Element ? target.closest<SVGGElement>(".mark") ?? undefined : undefined;
}

function setShown(plot: EventTarget | null, text: string): void {
  const output = plot instanceof Element ? plot.querySelector(".shown") : null;
  if (output !== null) output.textContent = text;
}
