import { type DiagramStep, stepFinder } from "../../core/checklist/stepStates";
import { type ChartMarks, readChartMarks, readSteps } from "./steps";

/** Marks flowcharts whenever they are drawn: VS Code or an extension draws them asynchronously, and again after each change. */
function followDrawings(): void {
  let waiting = 0;
  const watch = new MutationObserver(() => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => markDrawings(document));
  });
  watch.observe(document.body, { childList: true, subtree: true });
  markDrawings(document);
}

followDrawings();

const signs: Partial<Record<DiagramStep["kind"], string>> = { done: "\u2713", skipped: "\u2013", left: "\u2013", current: "\u25B6" };

const svg = "http://www.w3.org/2000/svg";

/** Shows the state of steps on the nodes of flowcharts. Skips nodes that are marked already. */
function markDrawings(page: Document): void {
  const nodes = page.querySelectorAll<SVGGElement>("svg g.node");
  if (nodes.length === 0) return;
  const steps = readSteps(page.querySelector<HTMLElement>(".response-desk-drawn")?.dataset["steps"]);
  const findStep = stepFinder(steps);
  const charts = new Map<Element, ChartMarks | undefined>();
  for (const node of nodes) {
    const drawing = node.closest("svg:not(svg svg)");
    if (drawing === null) continue;
    if (!charts.has(drawing)) charts.set(drawing, marksOf(drawing));
    const chart = charts.get(drawing);
    const found = chart === undefined ? findStep((node.dataset["responseDeskText"] ??= textOf(node))) : chart.nodes.find(({ id }) => id === idOf(node));
    const step = found !== undefined && signs[found.kind] !== undefined ? found : undefined;
    const state = step === undefined ? "" : `${step.kind} ${step.words}`;
    if ((node.dataset["responseDeskState"] ?? "") === state) continue;
    clear(node);
    node.dataset["responseDeskState"] = state;
    if (step !== undefined) mark(node, step);
  }
  for (const [drawing, chart] of charts) markEdges(drawing, chart?.edges ?? []);
}

/** What the list of steps after a drawing says about its nodes; `undefined` if there is no list. */
function marksOf(drawing: Element): ChartMarks | undefined {
  for (let element: Element | null = drawing; element !== null && !element.matches("body, .markdown-body"); element = element.parentElement) {
    const next = element.nextElementSibling;
    if (next instanceof HTMLElement && next.matches(".response-desk-chart")) return readChartMarks(next.dataset["chart"]) ?? { nodes: [], edges: [] };
  }
  return undefined;
}

/** The id of a node in its flowchart, which Mermaid keeps in the id of its element. */
function idOf(node: SVGGElement): string | undefined {
  return node.dataset["id"] ?? /(?:^|-)flowchart-(.+)-\d+$/.exec(node.id)?.[1];
}

/** Shows which edges were walked. */
function markEdges(drawing: Element, walked: readonly (readonly [string, string])[]): void {
  const ids = new Set(walked.map(([from, to]) => `L_${from}_${to}`));
  for (const path of drawing.querySelectorAll<SVGPathElement>("path.flowchart-link")) {
    const id = /(?:^|-)(L_.+)_\d+$/.exec(path.dataset["id"] ?? path.id)?.[1];
    path.classList.toggle("response-desk-walked", id !== undefined && ids.has(id));
  }
}

function mark(node: SVGGElement, { kind, words }: Pick<DiagramStep, "kind" | "words">): void {
  const box = node.getBBox();
  node.classList.add(`response-desk-node-${kind}`);
  if (kind === "current") node.setAttribute("aria-current", "step");
  const title = node.ownerDocument.createElementNS(svg, "title");
  title.textContent = words;
  const sign = node.ownerDocument.createElementNS(svg, "text");
  sign.textContent = signs[kind] ?? "";
  sign.setAttribute("x", String(box.x + 5));
  sign.setAttribute("y", String(box.y + 5));
  for (const added of [title, sign]) added.classList.add("response-desk-node-sign");
  node.prepend(title);
  node.append(sign);
}

function clear(node: SVGGElement): void {
  for (const added of node.querySelectorAll(".response-desk-node-sign")) added.remove();
  node.classList.remove(...Object.keys(signs).map((kind) => `response-desk-node-${kind}`));
  node.removeAttribute("aria-current");
}

/** The text of a node, with a space between lines. */
function textOf(node: SVGGElement): string {
  const texts = node.ownerDocument.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  const parts: string[] = [];
  while (texts.nextNode() !== null) parts.push(texts.currentNode.textContent ?? "");
  return parts.join(" ");
}
