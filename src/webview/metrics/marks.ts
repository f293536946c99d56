/** Shows the value of the mark that has the focus, or that the pointer is on. */
export function showValue({ target, currentTarget }: Event): void {
  const value = markOf(target)?.getAttribute("data-value");
  if (value !== undefined) setShown(currentTarget, value ?? "");
}

/** Shows the value of the focused mark again, if there is one. */
export function hideValue({ currentTarget, type }: Event): void {
  const focused = type === "focusout" ? undefined : markOf(document.activeElement);
  const isOwn = focused !== undefined && currentTarget instanceof Element && currentTarget.contains(focused);
  setShown(currentTarget, isOwn ? focused.getAttribute("data-value") ?? "" : "");
}

/** Moves between the marks of a chart by the arrow keys, Home and End, and opens the issues of one by Enter and the space bar. */
export function moveFocus(event: KeyboardEvent): void {
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
