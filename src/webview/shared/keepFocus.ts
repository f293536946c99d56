/**
 * Remembers where the focus is. The returned function is called after rendering: if the focused element was removed or disabled, it moves the
 * focus to what `instead` returns for the elements that contained it, innermost first. Otherwise keys would go nowhere.
 */
export function keepFocus(root: HTMLElement, instead: (around: readonly Element[]) => HTMLElement | null | undefined): () => void {
  const focused = document.activeElement;
  if (focused === null || focused === root || !root.contains(focused)) return () => undefined;
  const around: Element[] = [];
  for (let element = focused.parentElement; element !== null && element !== root; element = element.parentElement) around.push(element);
  return () => {
    if (!focused.isConnected || focused.hasAttribute("disabled")) instead(around)?.focus({ preventScroll: true });
  };
}

/** The first element in `element` that takes the focus by keyboard. */
export function firstControl(element: Element): HTMLElement | null {
  return element.querySelector<HTMLElement>("button:not(:disabled), input:not(:disabled), select, textarea, a[href], vscode-button:not([disabled])");
}
