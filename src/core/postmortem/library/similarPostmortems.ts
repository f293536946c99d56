import { hasName } from "../../model/names";
import { compareTexts } from "../../model/sorting";
import type { PostmortemSummary } from "./library";
import { comparedWords, startsWord } from "./libraryWords";

/** What similar post-mortems are searched by. */
export interface SimilarQuery {
  /** Title and summary. */
  readonly text: string;
  readonly services?: readonly string[];
  readonly factors?: readonly string[];
  /** The path of the post-mortem that is being written. */
  readonly except?: string;
}

/** A similar post-mortem, and what both have in common. */
export interface SimilarPostmortem {
  readonly postmortem: PostmortemSummary;
  readonly services: readonly string[];
  readonly factors: readonly string[];
  /** The words of the query that were found, those that say most first. */
  readonly words: readonly string[];
}

const maxQuery = 4000;

const maxWords = 5;

const worthOfPrefix = 0.5;

/**
 * The post-mortems that are most similar to a text, services and factors, best first. Rare words, factors and services weigh more
 * than common ones. A common service alone, or one word of a summary, is not enough.
 */
export function similarPostmortems(query: SimilarQuery, library: readonly PostmortemSummary[], most = 5): readonly SimilarPostmortem[] {
  const others = library.filter(({ path }) => path !== query.except);
  const wanted = new Set(comparedWords(query.text.slice(0, maxQuery)));
  const rarity = (matches: (one: PostmortemSummary) => boolean): number => Math.log(1 + others.length / Math.max(1, others.filter(matches).length));
  const weighed = (names: readonly string[] | undefined, namesOf: (one: PostmortemSummary) => readonly string[]): ReadonlyMap<string, number> =>
    new Map((names ?? []).map((name) => [name, rarity((one) => hasName(namesOf(one), name))]));
  const [services, factors] = [weighed(query.services, (one) => one.services), weighed(query.factors, (one) => one.factors)];
  const words = weighWords(wanted, others);
  return others
    .flatMap((postmortem, index) => {
      const found = [...(words[index] ?? [])].toSorted(([, a], [, b]) => b - a);
      const common = { services: [...services.keys()].filter((name) => hasName(postmortem.services, name)), factors: [...factors.keys()].filter((name) => hasName(postmortem.factors, name)) };
      const inTitle = found.some(([word]) => (postmortem.words.weights.get(word) ?? 0) > 1);
      if (common.factors.length === 0 && found.length < 2 && !inTitle && !(common.services.length > 0 && found.length > 0)) return [];
      const score = sum(found.map(([, worth]) => worth)) + 2 * sum(common.factors.map((name) => factors.get(name) ?? 0)) + sum(common.services.map((name) => services.get(name) ?? 0));
      return [{ score, similar: { postmortem, ...common, words: found.slice(0, maxWords).map(([word]) => word) } }];
    })
    .toSorted((a, b) => b.score - a.score || compareTexts(a.similar.postmortem.path, b.similar.postmortem.path))
    .slice(0, most)
    .map(({ similar }) => similar);
}

/** For each post-mortem, the wanted words that it contains with what each is worth. A word that starts another one, such as “deploy” and “deployment”, is worth half. */
function weighWords(wanted: ReadonlySet<string>, library: readonly PostmortemSummary[]): readonly ReadonlyMap<string, number>[] {
  const holders = new Map<string, number[]>();
  for (const [index, { words }] of library.entries()) {
    for (const word of words.weights.keys()) {
      const list = holders.get(word);
      if (list === undefined) holders.set(word, [index]);
      else list.push(index);
    }
  }
  const found = library.map(() => new Map<string, number>());
  for (const term of wanted) {
    for (const [word, indexes] of holders) {
      const like = word === term ? 1 : startsWord(term, word) || startsWord(word, term) ? worthOfPrefix : 0;
      // A word that most post-mortems contain does not distinguish them.
      if (like === 0 || (library.length > 3 && indexes.length > library.length / 2)) continue;
      const rarity = Math.log(1 + library.length / indexes.length);
      for (const index of indexes) {
        const worth = like * rarity * (library[index]?.words.weights.get(word) ?? 0);
        found[index]?.set(term, Math.max(worth, found[index].get(term) ?? 0));
      }
    }
  }
  return found;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
