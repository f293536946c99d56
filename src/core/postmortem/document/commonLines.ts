/** Pairs of positions of equal lines in a longest common subsequence, in order. */
export function commonLines(before: readonly string[], after: readonly string[]): readonly (readonly [number, number])[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < before.length - head && tail < after.length - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const [rows, columns] = [before.length - head - tail, after.length - head - tail];
  if (rows * columns > maxPairs) return edges(before.length, after.length, head, [], tail);
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

/** Limit for comparing all pairs of lines, because of the memory that this takes. */
const maxPairs = 9_000_000;

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

