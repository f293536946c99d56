/**
 * How much a word that was typed is like a known one: 1 when it is the same, less when it only begins it or differs by small
 * slips (a letter more, less or other, or two that changed places), 0 when it is another word.
 */
export function wordLikeness(typed: string, known: string): number {
  if (typed === known) return 1;
  if (typed.length > 2 && known.startsWith(typed)) return (0.8 * typed.length) / known.length;
  // Who slips rarely does so at the first letter; looking further would compare every word with every other.
  if (typed.length < 5 || typed.length > 40 || typed.charCodeAt(0) !== known.charCodeAt(0)) return 0;
  const most = Math.round(typed.length * 0.2);
  if (Math.abs(typed.length - known.length) > most) return 0;
  const slips = slipsBetween(typed, known);
  return slips > most ? 0 : 0.6 - slips / typed.length;
}

/** The fewest slips that lead from one word to the other, row by row over the typed letters. */
export function slipsBetween(typed: string, known: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: known.length + 1 }, (_, index) => index);
  for (let i = 1; i <= typed.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= known.length; j += 1) {
      const same = typed.charAt(i - 1) === known.charAt(j - 1) ? 0 : 1;
      const swapped = i > 1 && j > 1 && typed.charAt(i - 1) === known.charAt(j - 2) && typed.charAt(i - 2) === known.charAt(j - 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same, swapped ? (before[j - 2] ?? 0) + 1 : Infinity));
    }
    before = row;
    row = next;
  }
  return row[known.length] ?? 0;
}
