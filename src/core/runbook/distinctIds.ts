import { textHash } from "../model/textHash";

const idLength = 6;

/** A short id for each item, derived from its name. Later items with the same name also use the names above. */
export function distinctIds<T>(all: readonly T[], nameOf: (one: T, index: number) => string, above: (one: T) => readonly string[]): readonly string[] {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return all.map((one, index) => {
    const name = nameOf(one, index);
    const first = textHash(name, idLength);
    const id = taken.has(first) ? freeId([name, ...above(one)].join("\n"), taken, counts) : first;
    taken.add(id);
    return id;
  });
}

function freeId(name: string, taken: ReadonlySet<string>, counts: Map<string, number>): string {
  for (let count = counts.get(name) ?? 1; ; count++) {
    const id = textHash(`${name}\n${count}`, idLength);
    if (taken.has(id)) continue;
    counts.set(name, count + 1);
    return id;
  }
}

/** The texts of an item and its parents, innermost first, as far up as needed to distinguish it. */
export function wordsAbove(all: readonly { readonly parent?: number | undefined }[], texts: readonly string[], from: number | undefined): readonly string[] {
  const above: string[] = [];
  for (let index = from; index !== undefined && above.length < farthest; index = all[index]?.parent) above.push(texts[index] ?? "");
  return above;
}

const farthest = 12;

export function comparableWords(text: string): string {
  const small = (/^[ -~]*$/.test(text) ? text : text.normalize("NFC")).toLowerCase();
  return /\s\s/.test(small) ? small.replace(/\s{2,}/g, " ") : small;
}
