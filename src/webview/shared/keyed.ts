import { repeat } from "lit/directives/repeat.js";
import type { TemplateResult } from "lit";

/** Renders a list so that each item keeps its elements, and thereby the focus, when others come or go. Items may have equal keys. */
export function keyed<T>(items: readonly T[], keyOf: (item: T) => string, template: (item: T, index: number) => TemplateResult): unknown {
  const counts = new Map<string, number>();
  const named = items.map((item) => {
    const key = keyOf(item);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return { item, key: `${key} ${count}` };
  });
  return repeat(named, ({ key }) => key, ({ item }, index) => template(item, index));
}
