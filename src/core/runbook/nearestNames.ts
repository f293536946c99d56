import { slipsBetween } from "../slipsBetween";

/** Those of the names that somebody most likely meant by a word, the likeliest first: the same in another letter case alone, else at most three. */
export function nearestNames(typed: string, names: readonly string[]): readonly string[] {
  const word = typed.trim().toLowerCase();
  const same = names.filter((name) => name.toLowerCase() === word);
  if (same.length > 0) return same;
  return [...new Set(names)]
    .map((name) => ({ name, slips: slips(word, name.toLowerCase()) }))
    .filter(({ name, slips: count }) => count <= Math.max(1, Math.floor(0.4 * Math.max(word.length, name.length))))
    .sort((a, b) => a.slips - b.slips)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** A name that is begun, or to which an ending was added, is as near as one with a single slip. */
function slips(word: string, name: string): number {
  const begun = word.length > 2 && (name.startsWith(word) || word.startsWith(name));
  return begun ? 1 : slipsBetween(word.slice(0, 60), name.slice(0, 60));
}
