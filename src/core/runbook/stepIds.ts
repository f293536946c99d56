import type { SectionDraft, StepDraft } from "./steps";
import { textHash } from "./textHash";

const idLength = 6;

/** An id for each section, from its own title; of the same title the later ones take the titles above into account. */
export function sectionIds(sections: readonly SectionDraft[]): readonly string[] {
  return distinct(sections.map((section) => [["section", words(section.title)], () => titlesAbove(sections, section.parent)]));
}

/**
 * An id for each step, from its section's title and its own words, so that edits elsewhere do not change it. Of steps
 * that have both in common the later ones take the steps and titles above them into account.
 */
export function stepIds(steps: readonly StepDraft[], sections: readonly SectionDraft[]): readonly string[] {
  return distinct(
    steps.map((step) => [
      [words(step.section === undefined ? "" : (sections[step.section]?.title ?? "")), words(step.text)],
      () => [...textsAbove(steps, step.parent), ...titlesAbove(sections, step.section)],
    ]),
  );
}

type Key = readonly [own: readonly string[], context: () => readonly string[]];

function distinct(keys: readonly Key[]): readonly string[] {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return keys.map(([own, context]) => {
    const first = textHash(own.join("\n"), idLength);
    const id = taken.has(first) ? freeId([...own, ...context()].join("\n"), taken, counts) : first;
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

function titlesAbove(sections: readonly SectionDraft[], from: number | undefined): readonly string[] {
  const titles: string[] = [];
  for (let index = from; index !== undefined; index = sections[index]?.parent) titles.push(words(sections[index]?.title ?? ""));
  return titles;
}

function textsAbove(steps: readonly StepDraft[], from: number | undefined): readonly string[] {
  const texts: string[] = [];
  for (let index = from; index !== undefined; index = steps[index]?.parent) texts.push(words(steps[index]?.text ?? ""));
  return texts;
}

function words(text: string): string {
  return text.normalize("NFC").toLowerCase().replace(/\s{2,}/g, " ");
}
