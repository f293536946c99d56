import type { Holding, Turn } from "./turn";

/** For each role who holds it and when, in order; stretches of the same person that touch are one. */
export function holdingsOf(turns: readonly Turn[]): ReadonlyMap<string, readonly Holding[]> {
  const byRole = new Map<string, Holding[]>();
  for (const { from, to, holders } of turns.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
    for (const [role, login] of Object.entries(holders)) {
      const held = byRole.get(role) ?? [];
      byRole.set(role, held);
      const last = held.at(-1);
      if (last?.login === login && last.to === from) held[held.length - 1] = { ...last, to };
      else held.push({ login, from, to });
    }
  }
  return byRole;
}
