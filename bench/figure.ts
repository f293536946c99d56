import v8 from "node:v8";
import vm from "node:vm";

/** A measured value and the value it is compared with. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline: number;
}

/** The memory in use after a garbage collection, in megabytes. */
export function usedMegabytes(): number {
  v8.setFlagsFromString("--expose-gc");
  const collect: unknown = vm.runInNewContext("gc");
  // Objects behind weak references are collected in a later round.
  for (let round = 0; round < 5; round += 1) if (typeof collect === "function") collect();
  return process.memoryUsage().heapUsed / 1_000_000;
}

/** The median of some values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = sorted.length % 2 === 1 ? [sorted[middle], sorted[middle]] : [sorted[middle - 1], sorted[middle]];
  if (low === undefined || high === undefined) throw new Error('The median of nothing');
  return (low + high) / 2;
}
