import fc from "fast-check";

/**
 * `RESPONSE_DESK_RUNS` sets how long property tests look for counterexamples. Unset: a tenth of the examples, the same ones every
 * time, so that `npm test` answers fast and always alike. `all`: every example, new ones each time. A number: that many examples.
 */
const setting = process.env["RESPONSE_DESK_RUNS"] ?? "";
/** Repeats the examples of a run that failed. */
const seed = process.env["RESPONSE_DESK_SEED"] ?? (setting === "" ? "20261129" : "");

if (seed !== "") fc.configureGlobal({ seed: Number(seed) });

/** How many examples to try in this run for a test that tries `all` in a long one. At least ten, where there are as many. */
export function propertyRuns(all: number): number {
  if (setting === "all") return all;
  return setting === "" ? Math.min(all, Math.max(10, Math.ceil(all / 10))) : Number(setting);
}
