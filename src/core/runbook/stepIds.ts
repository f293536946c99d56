import type { SectionDraft, StepDraft } from "./steps";
import { textHash } from "./textHash";

const idLength = 6;

/** An id for each section, from its own title; of the same title the later ones take the titles above into account. */
export function sectionIds(sections: readonly SectionDraft[]): readonly string[] {
  const titles = sections.map(({ title }) => words(title));
  return distinct(sections, (_, index) => `section\n${titles[index] ?? ""}`, ({ parent }) => wordsAbove(sections, titles, parent));
}

/**
 * An id for each step, from its section's title and its own words, so that edits elsewhere do not change it. Of steps
 * that have both in common the later ones take the steps and titles above them into account.
 */
export function stepIds(steps: readonly StepDraft[], sections: readonly SectionDraft[]): readonly string[] {
  const titles = sections.map(({ title }) => words(title));
  const texts = steps.map(({ text }) => words(text));
  return distinct(
    steps,
    ({ section }, index) => `${section === undefined ? "" : (titles[section] ?? "")}\n${texts[index] ?? ""}`,
    ({ parent, section }) => [...wordsAbove(steps, texts, parent), ...wordsAbove(sections, titles, section)],
  );
}

function distinct<T>(all: readonly T[], nameOf: (one: T, index: number) => string, above: (one: T) => readonly string[]): readonly string[] {
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

/** The words of one and of what it is part of, innermost first, as far up as it takes to tell a place from any other. */
function wordsAbove(all: readonly { readonly parent?: number | undefined }[], texts: readonly string[], from: number | undefined): readonly string[] {
  const above: string[] = [];
  for (let index = from; index !== undefined && above.length < farthest; index = all[index]?.parent) above.push(texts[index] ?? "");
  return above;
}

const farthest = 12;

function words(text: string): string {
  const small = (/^[ -~]*$/.test(text) ? text : text.normalize("NFC")).toLowerCase();
  return /\s\s/.test(small) ? small.replace(/\s{2,}/g, " ") : small;
}
