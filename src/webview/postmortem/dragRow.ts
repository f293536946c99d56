/** Moves a row of a list with the pointer, from `pointerdown` on its grip. `drop` gets the new position among the rows. Escape cancels. */
export function dragRow(event: PointerEvent, drop: (index: number) => void): void {
  const { currentTarget: grip } = event;
  if (!(grip instanceof HTMLElement) || event.button !== 0) return;
  const row = grip.closest<HTMLElement>("[data-row]");
  const list = row?.parentElement;
  if (row == null || list == null) return;
  event.preventDefault();
  grip.focus({ preventScroll: true });
  grip.setPointerCapture(event.pointerId);
  const ending = new AbortController();
  const { signal } = ending;
  const now: { target?: HTMLElement; after: boolean; y: number; scrolling: boolean } = { after: false, y: event.clientY, scrolling: false };

  function aim(): void {
    const { left, width } = list?.getBoundingClientRect() ?? { left: 0, width: 0 };
    const under = document.elementFromPoint(left + width / 2, now.y)?.closest<HTMLElement>("[data-row]");
    if (under === null || under === undefined || under.parentElement !== list) return;
    const { top, height } = under.getBoundingClientRect();
    mark(under, now.y > top + height / 2);
  }

  function mark(target: HTMLElement | undefined, after: boolean): void {
    now.target?.removeAttribute("data-drop");
    if (target === undefined) delete now.target;
    else {
      now.target = target;
      now.after = after;
      target.setAttribute("data-drop", after ? "after" : "before");
    }
  }

  /** Scrolls while the pointer is near an edge. */
  function scroll(): void {
    const near = 72;
    const by = now.y < near ? now.y - near : now.y > window.innerHeight - near ? now.y - (window.innerHeight - near) : 0;
    now.scrolling = by !== 0 && !signal.aborted;
    if (!now.scrolling) return;
    window.scrollBy(0, by / 4);
    aim();
    requestAnimationFrame(scroll);
  }

  function end(): void {
    row?.removeAttribute("data-dragged");
    mark(undefined, false);
    ending.abort();
  }

  row.setAttribute("data-dragged", "");
  grip.addEventListener("pointermove", (moved) => {
    now.y = moved.clientY;
    aim();
    if (!now.scrolling) scroll();
  }, { signal });
  grip.addEventListener("pointerup", () => {
    const rows = [...list.querySelectorAll(":scope > [data-row]")];
    const from = rows.indexOf(row);
    const to = now.target === undefined ? from : rows.indexOf(now.target) + (now.after ? 1 : 0);
    end();
    if (to !== from && to !== from + 1) drop(to > from ? to - 1 : to);
  }, { signal });
  grip.addEventListener("pointercancel", end, { signal });
  window.addEventListener("keydown", (pressed) => {
    if (pressed.key !== "Escape") return;
    pressed.preventDefault();
    end();
  }, { signal, capture: true });
}
