/** What to focus instead of an element that was removed or disabled, by the elements that contained it, innermost first. */
type Instead = (around: readonly Element[]) => HTMLElement | null | undefined;

/**
 * Remembers where the focus is. The returned function is called after rendering: if the focused element was removed or disabled, it moves the
 * focus to what `instead` returns. Otherwise keys would go nowhere.
 */
export function keepFocus(root: HTMLElement, instead: Instead): () => void {
  const focused = document.activeElement;
  if (focused === null || focused === root || !root.contains(focused)) return () => undefined;
  const around = ancestors(focused, root);
  return () => {
    if (!canFocus(focused)) instead(around)?.focus({ preventScroll: true });
  };
}

/**
 * Moves the focus back to the element that had it when the window gets it back. An input of the editor, such as a list to select from,
 * takes it away from both.
 */
export function returnFocus(root: HTMLElement, instead: Instead): void {
  let last: { readonly element: HTMLElement; readonly around: readonly Element[] } | undefined;
  root.addEventListener("focusin", ({ target }) => {
    if (target instanceof HTMLElement) last = { element: target, around: ancestors(target, root) };
  });
  window.addEventListener("focus", () => {
    if (last === undefined || document.activeElement !== document.body) return;
    (canFocus(last.element) ? last.element : instead(last.around))?.focus({ preventScroll: true });
  });
}

function canFocus(element: Element): boolean {
  return element.isConnected && !element.hasAttribute("disabled");
}

/** The elements that contain an element, innermost first, without `root`. */
function ancestors(element: Element, root: HTMLElement): readonly Element[] {
  const { parentElement } = element;
  return parentElement === null || parentElement === root ? [] : [parentElement, ...ancestors(parentElement, root)];
}

/** The first element in `element` that takes the focus by keyboard. */
export function firstControl(element: Element): HTMLElement | null {
  return element.querySelector<HTMLElement>("button:not(:disabled), input:not(:disabled), select, textarea, a[href], vscode-button:not([disabled])");
}
