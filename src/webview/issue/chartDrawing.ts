import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { DrawnChart, DrawnEdge, DrawnNode } from "../../core/model/drawnChart";
import type { ChartView } from "../../protocol/issueChart";
import type { IssueLabels } from "../../protocol/issueLabels";
import { fill } from "../../protocol/fill";
import { icon } from "../shared/elements";
import { type Placed, structureOf } from "./chartPlacing";
import type { Box, Point } from "./chartLayout";
import { lineHeight } from "./chartText";
import type { Drawing } from "./parts";

const zooms = [0.5, 0.65, 0.8, 1, 1.25, 1.5, 2] as const;

/** The drawing of a flowchart beside or above its steps. It can be collapsed. */
export function chartFigure({ id, label, content }: ChartView, index: number, drawing: Drawing): TemplateResult {
  const { state, ui, handlers } = drawing;
  if (content.kind === "note") return html`<p class="drawing quiet">${icon("info")} ${content.text}</p>`;
  const fold = foldName(index);
  const folded = ui.folded.has(fold);
  const placed = ui.placed.get(id);
  const known = placed?.structure === structureOf(content.chart) ? placed : undefined;
  const zoom = ui.zooms.get(id) ?? known?.scale ?? 1;
  return html`<section class="drawing" data-chart=${id}>
    <div class="drawing-head">
      <button type="button" class="fold" aria-expanded=${folded ? "false" : "true"} @click=${() => handlers.fold(fold, !folded)}>${icon(folded ? "chevron-right" : "chevron-down")} <bdi>${label}</bdi></button>
      ${folded || known === undefined ? nothing : html`<span class="zoom">${zoomButton(id, "zoom-out", zooms.findLast((each) => each < zoom - 0.01), state.labels.zoomOut, drawing)}${zoomButton(id, "zoom-in", zooms.find((each) => each > zoom + 0.01), state.labels.zoomIn, drawing)}</span>`}
    </div>
    ${folded ? nothing : html`<div class="drawing-frame">${known === undefined ? nothing : picture(id, label, content.chart, known, zoom, drawing)}</div>`}
  </section>`;
}

/** The name under which the page remembers that a drawing is collapsed. */
export function foldName(index: number): string {
  return `drawing${index + 1}`;
}

function zoomButton(chart: string, name: string, zoom: number | undefined, label: string, { handlers }: Drawing): TemplateResult {
  return html`<button type="button" class="small plain" title=${label} aria-label=${label} aria-disabled=${zoom === undefined ? "true" : "false"} @click=${() => {
    if (zoom !== undefined) handlers.setZoom(chart, zoom);
  }}>${icon(name)}</button>`;
}

function picture(id: string, label: string, chart: DrawnChart, { layout, texts }: Placed, zoom: number, drawing: Drawing): TemplateResult {
  const { width, height } = layout;
  const first = chart.nodes.find(({ state }) => state === "current") ?? chart.nodes.find(({ step }) => step !== undefined);
  const chosen = drawing.ui.nodes.get(id);
  const focusable = chart.nodes.some((node) => node.id === chosen && node.step !== undefined) ? chosen : first?.id;
  const order = chart.nodes.map((_, index) => index).filter((index) => chart.nodes[index]?.step !== undefined);
  const move = (event: KeyboardEvent, index: number): void => {
    const to = target(event.key, index, order, layout.nodes);
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const { currentTarget } = event;
    if (currentTarget instanceof SVGElement) currentTarget.ownerSVGElement?.querySelector<SVGElement>(`[data-index="${to}"]`)?.focus();
  };
  return html`<svg role="group" aria-label=${label} width=${Math.round(width * zoom)} height=${Math.round(height * zoom)} viewBox="0 0 ${width} ${height}">
    ${chart.subgraphs.map(({ title }, index) => frame(layout.subgraphs[index], title))}
    ${byStrength(chart.edges).map((index) => edgePath(chart.edges[index], layout.edges[index]?.points ?? [], layout.isAcross))}
    ${chart.subgraphs.map((_, index) => frameTitle(layout.subgraphs[index], texts.subgraphs[index] ?? ""))}
    ${repeat(chart.nodes, (node) => node.id, (node, index) => nodeShape(node, layout.nodes[index], texts.nodes[index] ?? [], {
      drawing, index, focusable: node.id === focusable,
      focus: () => drawing.handlers.focusNode(id, node.id),
      keys: (event) => move(event, index),
    }))}
    ${chart.edges.map(({ label: full = "", walked }, index) => edgeLabel(texts.edges[index] ?? [], full, layout.edges[index]?.label, walked))}
  </svg>`;
}

/** Walked edges are drawn over others. */
function byStrength(edges: readonly DrawnEdge[]): readonly number[] {
  return edges.map((_, index) => index).sort((a, b) => Number(edges[a]?.walked) - Number(edges[b]?.walked));
}

function frame(box: Box | undefined, title: string): SVGTemplateResult | typeof nothing {
  if (box === undefined) return nothing;
  return svg`<g class="frame" aria-hidden="true"><title>${title}</title><rect x=${box.x} y=${box.y} width=${box.width} height=${box.height} rx="6"></rect></g>`;
}

/** Drawn over the edges, which may cross it. */
function frameTitle(box: Box | undefined, text: string): SVGTemplateResult | typeof nothing {
  return box === undefined ? nothing : svg`<text class="frame-title" aria-hidden="true" x=${box.x + 9} y=${box.y + 15}>${text}</text>`;
}

function edgePath(edge: DrawnEdge | undefined, points: readonly Point[], isAcross: boolean): SVGTemplateResult | typeof nothing {
  const [last, before] = [points.at(-1), points.at(-2)];
  if (edge === undefined || last === undefined || before === undefined) return nothing;
  // A line to the node itself has corners. Others arrive along the chart.
  const isLoop = edge.from === edge.to;
  const length = Math.hypot(last.x - before.x, last.y - before.y) || 1;
  const [dx, dy] = isLoop ? [(last.x - before.x) / length, (last.y - before.y) / length] : isAcross ? [Math.sign(last.x - before.x), 0] : [0, Math.sign(last.y - before.y)];
  const [size, half] = edge.walked ? [11, 5.5] : [9, 4];
  const base = { x: last.x - dx * size, y: last.y - dy * size };
  const head = `M${at(last)} L${at({ x: base.x - dy * half, y: base.y + dx * half })} L${at({ x: base.x + dy * half, y: base.y - dx * half })} Z`;
  const line = [...points.slice(0, -1), { x: last.x - dx * (size - 2), y: last.y - dy * (size - 2) }];
  return svg`<g class="edge ${edge.style} ${edge.walked ? "walked" : ""}" aria-hidden="true"><path class="line" d=${isLoop ? `M${line.map(at).join(" L")}` : curve(line, isAcross)}></path><path class="head" d=${head}></path></g>`;
}

/** A line through all points that runs along the chart at each of them. */
function curve(points: readonly Point[], isAcross: boolean): string {
  return points.map((point, index) => {
    const before = points[index - 1];
    if (before === undefined) return `M${at(point)}`;
    const middle = { x: (before.x + point.x) / 2, y: (before.y + point.y) / 2 };
    const turns = isAcross ? [{ x: middle.x, y: before.y }, { x: middle.x, y: point.y }] : [{ x: before.x, y: middle.y }, { x: point.x, y: middle.y }];
    return `C${turns.map(at).join(" ")} ${at(point)}`;
  }).join(" ");
}

function at({ x, y }: Point): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

function edgeLabel(lines: readonly string[], full: string, center: Point | undefined, walked: boolean): SVGTemplateResult | typeof nothing {
  if (center === undefined || lines.length === 0) return nothing;
  const top = center.y - ((lines.length - 1) * lineHeight) / 2;
  return svg`<text class="edge-label ${walked ? "walked" : ""}" aria-hidden="true" text-anchor="middle" dominant-baseline="central"><title>${full}</title>${lines.map((line, index) => svg`<tspan x=${center.x} y=${top + index * lineHeight}>${line} </tspan>`)}</text>`;
}

interface NodeControl {
  readonly drawing: Drawing;
  readonly index: number;
  readonly focusable: boolean;
  readonly focus: () => void;
  readonly keys: (event: KeyboardEvent) => void;
}

function nodeShape(node: DrawnNode, box: Box | undefined, lines: readonly string[], control: NodeControl): SVGTemplateResult | typeof nothing {
  if (box === undefined) return nothing;
  const { labels } = control.drawing.state;
  const words = stateWords(node, labels);
  const name = words === "" ? node.text : fill(labels.nodeState, node.text, words);
  const center = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const top = center.y - ((lines.length - 1) * lineHeight) / 2;
  const shape = svg`<title>${name}</title>${outline(node, box)}`;
  // The button has no text of its own, because its name may be longer than what is shown.
  const text = svg`<g class="over" aria-hidden="true"><text class="node-text" text-anchor="middle" dominant-baseline="central">${lines.map((line, index) => svg`<tspan class=${node.optional === true && index === lines.length - 1 ? "optional" : ""} x=${center.x} y=${top + index * lineHeight}>${line} </tspan>`)}</text>
    ${sign(node, box)}${passBadge(node, box, labels)}</g>`;
  const { step } = node;
  const kind = `node ${node.state} ${node.optional === true ? "optional" : ""}`;
  if (step === undefined) return svg`<g class=${kind} aria-hidden="true">${shape}${text}</g>`;
  const go = (): void => control.drawing.handlers.goToStep(step);
  return svg`<g class=${kind}><g class="target" role="button" tabindex=${control.focusable ? 0 : -1} data-index=${control.index} data-node-step=${step} aria-label=${name} aria-current=${node.state === "current" ? "step" : nothing}
    @click=${go} @focus=${control.focus} @keydown=${(event: KeyboardEvent) => {
      if (event.key !== "Enter" && event.key !== " ") return control.keys(event);
      event.preventDefault();
      go();
    }}>${shape}</g>${text}</g>`;
}

function stateWords({ state, pass, optional }: DrawnNode, labels: IssueLabels): string {
  const words = { plain: "", open: "", current: labels.nodeCurrent, done: labels.nodeDone, skipped: labels.skipped, left: labels.left, locked: labels.nodeLocked }[state];
  return [words, ...(optional === true ? [labels.optional] : []), ...(pass === undefined ? [] : [fill(labels.pass, pass)])].filter((each) => each !== "").join(", ");
}

function outline({ shape, state }: DrawnNode, { x, y, width, height }: Box): SVGTemplateResult {
  const line = (inset: number, kind: string): SVGTemplateResult => {
    const [left, top, w, h] = [x + inset, y + inset, width - 2 * inset, height - 2 * inset];
    switch (shape) {
      case "decision":
        return svg`<path class=${kind} d="M${left + w / 2} ${top} L${left + w} ${top + h / 2} L${left + w / 2} ${top + h} L${left} ${top + h / 2} Z"></path>`;
      case "terminal":
        return svg`<rect class=${kind} x=${left} y=${top} width=${w} height=${h} rx=${h / 2}></rect>`;
      case "subprocess":
        return svg`<rect class=${kind} x=${left} y=${top} width=${w} height=${h}></rect>${inset === 0 ? svg`<path class="sides" d="M${left + 8} ${top} v${h} M${left + w - 8} ${top} v${h}"></path>` : nothing}`;
      case "step":
        return svg`<rect class=${kind} x=${left} y=${top} width=${w} height=${h} rx="3"></rect>`;
    }
  };
  // The current step has a second line around it, which a high-contrast theme shows, too.
  return svg`${state === "current" ? line(shape === "decision" ? -6 : -4, "halo") : nothing}${line(0, "shape")}`;
}

const signs: Partial<Record<DrawnNode["state"], string>> = {
  done: "M-3.6 0.2 L-1 2.9 L3.8 -3",
  skipped: "M-3.6 0 H3.6",
  current: "M-1.8 -3.6 L3 0 L-1.8 3.6 Z",
  locked: "M-3.2 -0.6 H3.2 V3.6 H-3.2 Z M-2 -0.6 V-2 A2 2 0 0 1 2 -2 V-0.6",
};

function sign({ state, shape, step }: DrawnNode, box: Box): SVGTemplateResult | typeof nothing {
  const path = step === undefined ? undefined : signs[state];
  if (path === undefined) return nothing;
  const { x, y } = corner(shape, box, "left");
  return svg`<g class="sign" transform="translate(${x} ${y})"><circle r="8"></circle><path d=${path}></path></g>`;
}

function passBadge({ pass, shape, state }: DrawnNode, box: Box, labels: IssueLabels): SVGTemplateResult | typeof nothing {
  if (pass === undefined || state === "left") return nothing;
  const text = fill(labels.pass, pass);
  const width = text.length * 6.2 + 12;
  const { x, y } = corner(shape, box, "right");
  const left = shape === "decision" ? x - 6 : x - width + 6;
  return svg`<g class="pass-badge"><rect x=${left} y=${y - 8} width=${width} height="16" rx="8"></rect><text text-anchor="middle" dominant-baseline="central" x=${left + width / 2} y=${y}>${text}</text></g>`;
}

/** The place of a sign on the outline. */
function corner(shape: DrawnNode["shape"], { x, y, width, height }: Box, side: "left" | "right"): Point {
  // The text of a diamond reaches its sides in the middle between two corners.
  if (shape === "decision") return side === "left" ? { x: x + width * 0.34, y: y + height * 0.16 } : { x: x + width * 0.75, y: y + height * 0.25 };
  const inset = shape === "terminal" ? height / 4 : 2;
  return { x: side === "left" ? x + inset : x + width - inset, y };
}

/** The node that a key moves to: the nearest in that direction, or the first or last. */
function target(key: string, from: number, order: readonly number[], boxes: readonly Box[]): number | undefined {
  if (key === "Home") return order[0];
  if (key === "End") return order.at(-1);
  const axis = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[key];
  const start = boxes[from];
  if (axis === undefined || start === undefined) return undefined;
  const [ax = 0, ay = 0] = axis;
  const middle = ({ x, y, width, height }: Box): Point => ({ x: x + width / 2, y: y + height / 2 });
  const origin = middle(start);
  const reached = order.flatMap((index) => {
    const box = boxes[index];
    if (box === undefined || index === from) return [];
    const [dx, dy] = [middle(box).x - origin.x, middle(box).y - origin.y];
    const along = dx * ax + dy * ay;
    const across = Math.abs(dx * ay) + Math.abs(dy * ax);
    return along <= 1 ? [] : [{ index, distance: along + 2 * across }];
  });
  return reached.sort((a, b) => a.distance - b.distance)[0]?.index;
}
