/** For each new row the old row that it was, or `undefined` when it is new. Old rows keep their order. */
export function alignRows(before: readonly (readonly string[])[], after: readonly (readonly string[])[]): readonly (number | undefined)[] {
  const kept = commonRows(before, after);
  const result: (number | undefined)[] = after.map(() => undefined);
  let [from, to] = [0, 0];
  for (const [old, now] of [...kept, [before.length, after.length] as const]) {
    pairGap(before, after, from, old, to, now, result);
    if (now < after.length) result[now] = old;
    [from, to] = [old + 1, now + 1];
  }
  return result;
}

/** Rows between two that stayed: as many as before were edited in place, else those that still share a cell. */
function pairGap(before: readonly (readonly string[])[], after: readonly (readonly string[])[], from: number, old: number, to: number, now: number, result: (number | undefined)[]): void {
  let next = from;
  for (let row = to; row < now && next < old; row += 1) {
    const shares = (index: number): boolean => before[index]?.some((cell, column) => cell !== "" && cell === after[row]?.[column]) ?? false;
    const same = old - from === now - to ? next : range(next, old).find(shares);
    if (same === undefined) continue;
    result[row] = same;
    next = same + 1;
  }
}

/** Pairs of equal rows in a longest common subsequence. */
function commonRows(before: readonly (readonly string[])[], after: readonly (readonly string[])[]): readonly (readonly [number, number])[] {
  return commonLines(before.map((row) => JSON.stringify(row)), after.map((row) => JSON.stringify(row)));
}

/** Pairs of places of equal lines in a longest common subsequence, in order. */
export function commonLines(before: readonly string[], after: readonly string[]): readonly (readonly [number, number])[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < before.length - head && tail < after.length - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const [rows, columns] = [before.length - head - tail, after.length - head - tail];
  if (rows * columns > mostPairs) return edges(before.length, after.length, head, [], tail);
  const width = columns + 1;
  const lengths = new Uint32Array((rows + 1) * width);
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      lengths[row * width + column] =
        before[head + row] === after[head + column]
          ? (lengths[(row + 1) * width + column + 1] ?? 0) + 1
          : Math.max(lengths[(row + 1) * width + column] ?? 0, lengths[row * width + column + 1] ?? 0);
    }
  }
  const middle: (readonly [number, number])[] = [];
  for (let row = 0, column = 0; row < rows && column < columns; ) {
    if (before[head + row] === after[head + column]) middle.push([head + row++, head + column++]);
    else if ((lengths[(row + 1) * width + column] ?? 0) >= (lengths[row * width + column + 1] ?? 0)) row += 1;
    else column += 1;
  }
  return edges(before.length, after.length, head, middle, tail);
}

/** Beyond this, comparing every line with every other takes more memory than the answer is worth. */
const mostPairs = 9_000_000;

function edges(before: number, after: number, head: number, middle: readonly (readonly [number, number])[], tail: number): readonly (readonly [number, number])[] {
  return [
    ...range(0, head).map((index) => [index, index] as const),
    ...middle,
    ...range(0, tail).map((index) => [before - tail + index, after - tail + index] as const),
  ];
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_none, index) => from + index);
}
