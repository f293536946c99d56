import type { Desk, Kind } from "./desk";

/** The desk's kind of that name, whatever its letter case; `undefined` when the desk has none. */
export function findKind(desk: Desk, name: string): Kind | undefined {
  const wanted = name.trim().toLowerCase();
  return desk.kinds.find((kind) => kind.name === wanted);
}
