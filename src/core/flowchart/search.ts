/** The offset of the first match at or after an offset, or the length of the text. */
export type Search = (from: number) => number;

/** A search that remembers its last result, so that ascending searches of a text take the time of one. The pattern is global and matches an empty text, as a lookahead does. */
export function memoizedSearch(text: string, pattern: RegExp): Search {
  return memoized(from => {
    pattern.lastIndex = from;
    return pattern.test(text) ? pattern.lastIndex : text.length;
  });
}

/** The same for a single text. */
export function memoizedIndex(text: string, part: string): Search {
  return memoized(from => {
    const found = text.indexOf(part, from);
    return found < 0 ? text.length : found;
  });
}

/** The first offset without white space. */
export function memoizedVisible(text: string): Search {
  return memoized(from => {
    let at = from;
    while (at < text.length && isSpace(text.charCodeAt(at))) at++;
    return at;
  });
}

/** Whether a character is white space, as in a pattern. */
export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || (code >= 160 && /\s/.test(String.fromCharCode(code)));
}

function memoized(search: Search): Search {
  let searched = 0;
  let found = -1;
  return from => {
    if (from < searched || from > found) {
      searched = from;
      found = search(from);
    }
    return found;
  };
}

export interface LineFinder {
  /** The number of the line, from 0. */
  line(offset: number): number;
  /** The offset of the line's line break, or the length of the text. */
  end(offset: number): number;
}

export function lineFinder(text: string): LineFinder {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  let last = 0;
  function line(offset: number): number {
    // Most questions are about the line of the last one, or the next.
    if ((starts[last] ?? 0) <= offset) {
      if (offset < (starts[last + 1] ?? Infinity)) return last;
      if (offset < (starts[last + 2] ?? Infinity)) return ++last;
    }
    return last = search(offset);
  }
  function search(offset: number): number {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
  return {
    line,
    end(offset) {
      const next = starts[line(offset) + 1];
      return next === undefined ? text.length : next - 1;
    },
  };
}

const directionsInOrder = ['TB', 'BT', 'RL', 'LR', 'TD'];

/** Where a direction ends that starts at an offset. Mermaid takes the whole line for a direction if one of its words is, so `A[New direction LR]` is no node. */
export function directionFinder(text: string, lines: LineFinder): (offset: number) => number | undefined {
  if (!text.includes('direction')) return () => undefined;
  const found = [...text.matchAll(/direction\s+(TB|BT|RL|LR|TD)/g)].map(({ 0: whole, 1: name = '', index }) => ({ name, start: index, end: index + whole.length }));
  let next = 0;
  return offset => {
    if ((found[next - 1]?.start ?? -1) >= offset) next = 0;
    while ((found[next]?.start ?? Infinity) < offset) next++;
    const lineEnd = lines.end(offset);
    const here: typeof found = [];
    for (let index = next; index < found.length; index++) {
      const direction = found[index];
      if (direction === undefined || direction.start >= lineEnd) break;
      here.push(direction);
    }
    const last = directionsInOrder.map(name => here.findLast(direction => direction.name === name)).find(direction => direction !== undefined);
    return last === undefined ? undefined : lines.end(last.end);
  };
}

/** Where the id of an edge ends, its `@` included, that starts at an offset: the last `@` in a run without spaces and brackets. */
export function edgeIdFinder(text: string): (offset: number) => number | undefined {
  if (!text.includes('@')) return () => undefined;
  const runEnd = memoizedSearch(text, /(?=[\s"[\](){}|])/g);
  const run: { start: number; end: number; marks: number[] } = { start: 0, end: -1, marks: [] };
  return offset => {
    const end = runEnd(offset);
    if (end !== run.end || offset < run.start) {
      run.start = offset;
      run.end = end;
      run.marks = [];
      for (let at = text.indexOf('@', offset); at >= 0 && at < end; at = text.indexOf('@', at + 1)) {
        if (at + 1 < text.length && !/[{"]/.test(text.charAt(at + 1))) run.marks.push(at);
      }
    }
    const last = run.marks.at(-1);
    return last !== undefined && last > offset ? last + 1 : undefined;
  };
}
