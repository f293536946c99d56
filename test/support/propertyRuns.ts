import fc from "fast-check";

/**
 * `RESPONSE_DESK_RUNS` sets how many examples property tests try. Unset: a tenth of them, the same ones every time, so that
 * `npm test` is fast and deterministic. `all`: every example, different ones each time. A number: that many examples.
 */
const setting = process.env["RESPONSE_DESK_RUNS"] ?? "";
/** Repeats the examples of a failed run. */
const seed = process.env["RESPONSE_DESK_SEED"] ?? (setting === "" ? "20261129" : "");

if (seed !== "") fc.configureGlobal({ seed: Number(seed) });

/** The number of examples for a test that tries `all` in a long run. At least ten, unless `all` is less. */
export function propertyRuns(all: number): number {
  if (setting === "all") return all;
  return setting === "" ? Math.min(all, Math.max(10, Math.ceil(all / 10))) : Number(setting);
}
