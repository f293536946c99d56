import type { Memory } from "../ports";
import { ok, type Result } from "../result";
import type { PendingOperation } from "./operation";

/** An operation and the key in memory under which it waits. */
export interface PlacedOperation {
  readonly place: string;
  readonly pending: PendingOperation;
}

/** Ends the key of what says that several operations are being stored as one. */
const wholeEnd = "/whole";

/** Whether a key holds several operations at once, and not one that waits. */
export function isWhole(place: string): boolean {
  return place.endsWith(wholeEnd);
}

/** Where several operations stand together until each has its own place: it sorts with the first of them. */
export function wholeOf(items: readonly PlacedOperation[]): string {
  return `${items[0]?.place ?? ""}${wholeEnd}`;
}

/**
 * Stores operations so that after a crash at any point all of them are stored, or none: first all in one value, then
 * each in its own place. When that fails, nothing stays.
 */
export async function storeTogether(memory: Memory, items: readonly PlacedOperation[]): Promise<Result<void>> {
  const [only, second] = items;
  if (only === undefined) return ok(undefined);
  if (second === undefined) return memory.write(only.place, only.pending);
  const whole = wholeOf(items);
  const noted = await memory.write(whole, { operations: items });
  const spread = noted.kind === "ok" ? await spreadOut(memory, whole, items) : noted;
  if (spread.kind === "failed") for (const place of [...items.map((item) => item.place), whole]) await memory.remove(place);
  return spread;
}

/** Gives each of several operations that are stored together its own place; done again, it has the effect of once. */
export async function spreadOut(memory: Memory, whole: string, items: readonly PlacedOperation[]): Promise<Result<void>> {
  for (const { place, pending } of items) {
    const written = await memory.write(place, pending);
    if (written.kind === "failed") return written;
  }
  return memory.remove(whole);
}
