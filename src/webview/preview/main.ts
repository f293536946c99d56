import { type DiagramStep, stepOfNode } from "../../core/checklist/stepStates";
import { readSteps } from "./steps";

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
  for (const node of nodes) {
    const text = (node.dataset["responseDeskText"] ??= textOf(node));
    const found = stepOfNode(text, steps);
    const step = found !== undefined && signs[found.kind] !== undefined ? found : undefined;
    const state = step === undefined ? "" : `${step.kind} ${step.words}`;
    if ((node.dataset["responseDeskState"] ?? "") === state) continue;
    clear(node);
    node.dataset["responseDeskState"] = state;
    if (step !== undefined) mark(node, step);
  }
}

function mark(node: SVGGElement, { kind, words }: DiagramStep): void {
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
