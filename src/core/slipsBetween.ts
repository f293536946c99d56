/** The fewest slips (a letter more, less or other, or two that changed places) that lead from one word to the other, row by row over the typed letters. */
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
