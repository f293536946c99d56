import type { Issue } from "./issue";
import { refKey } from "./issueRef";
import { wordLikeness } from "./wordLikeness";

/**
 * The issues that a text most likely speaks of, best first, `most` of them at the most; open and closed alike. Rare words
 * count more than common ones, and a word in a title more than one in a text.
 */
export function similarIssues(text: string, issues: readonly Issue[], most: number): readonly Issue[] {
  const known = [...new Map(issues.map((issue) => [refKey(issue.ref), issue])).values()];
  const places = placesOfWords(known);
  const scores = new Map<Issue, number>();
  for (const wanted of wordsOf(text.slice(0, mostOfText))) {
    const best = new Map<Issue, number>();
    for (const [word, weights] of places) {
      const worth = wordLikeness(wanted, word) * Math.log(1 + known.length / weights.size);
      if (worth === 0) continue;
      for (const [issue, weight] of weights) best.set(issue, Math.max(best.get(issue) ?? 0, worth * weight));
    }
    for (const [issue, score] of best) scores.set(issue, (scores.get(issue) ?? 0) + score);
  }
  return [...scores].toSorted(([, a], [, b]) => b - a).slice(0, most).map(([issue]) => issue);
}

const mostOfBody = 4000;
const mostOfText = 1000;
const worthOfTitle = 4;

/** For each word the issues that have it, with what it weighs there: the less, the more words stand around it. */
function placesOfWords(issues: readonly Issue[]): ReadonlyMap<string, ReadonlyMap<Issue, number>> {
  const places = new Map<string, Map<Issue, number>>();
  const add = (issue: Issue, text: string, worth: number): void => {
    const words = wordsOf(text);
    for (const word of words) {
      const weights = places.get(word) ?? new Map<Issue, number>();
      places.set(word, weights.set(issue, (weights.get(issue) ?? 0) + worth / (1 + Math.log(words.size))));
    }
  };
  for (const issue of issues) {
    add(issue, issue.title, worthOfTitle);
    add(issue, issue.body.slice(0, mostOfBody), 1);
  }
  return places;
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.normalize("NFKC").toLowerCase().match(/[\p{L}\p{N}]+/gu));
}
