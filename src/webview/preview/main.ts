import { markDrawings } from "./markDrawings";

/** Whatever draws, the editor itself or an extension, draws when it is ready, and again whenever the text changes. */
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
