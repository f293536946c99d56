import type { PanelMemory } from "./memory";

/** Remembers where the page is scrolled to. The function it gives brings the page back there, once its content is in place. */
export function keepScroll<T>(memory: PanelMemory<T>): () => void {
  const waiting: { timer?: ReturnType<typeof setTimeout> } = {};
  window.addEventListener("scroll", () => {
    clearTimeout(waiting.timer);
    waiting.timer = setTimeout(() => memory.change({ scroll: window.scrollY }), 150);
  }, { passive: true });
  return () => window.scrollTo(0, memory.now().scroll);
}
