import { hasUnspaced, searchTermsOf } from "../../search/terms";
import type { Postmortem } from "../postmortem";

/** The words of a post-mortem, computed once when its file is read. */
export interface PostmortemWords {
  /** All different words, each after a space. */
  readonly all: string;
  /** The words that post-mortems are compared by, with their weights: those of the title weigh most. */
  readonly weights: ReadonlyMap<string, number>;
}

/** How many characters of a post-mortem are searched. A longer file usually contains pasted logs. */
const maxSearched = 60_000;

const maxCompared = 4000;

/** The words of a post-mortem with this title. */
export function postmortemWords(title: string, { services, factors, texts, own, timeline, impact, actions }: Postmortem): PostmortemWords {
  const all = [
    ...Object.values(texts),
    ...own.flatMap(({ heading, text }) => [heading, text]),
    ...actions.map(({ action }) => action),
    ...impact.flatMap(({ measure, amount }) => [measure, amount]),
    ...timeline.map(({ event }) => event),
  ].join("\n");
  const weights = new Map<string, number>();
  for (const [text, worth] of [[title, 4], [[...factors, ...services].join("\n"), 2], [[texts.summary, texts.factors, texts.trigger].join("\n").slice(0, maxCompared), 1]] as const) {
    const found = new Set(comparedWords(text));
    for (const word of found) weights.set(word, (weights.get(word) ?? 0) + worth / (1 + Math.log(found.size)));
  }
  return { all: [...new Set(spacedWords(all.slice(0, maxSearched)))].join(""), weights };
}

/** The words of a text, each after a space, so that only prefixes of words match. */
export function spacedWords(text: string): readonly string[] {
  return searchTermsOf(text).map((term) => ` ${term}`);
}

/** The words of a text that say what it is about. Numbers, single letters and common English words do not. */
export function comparedWords(text: string): readonly string[] {
  return searchTermsOf(text).filter((word) => !common.has(word) && !/^\d+$/.test(word) && (word.length > 2 || hasUnspaced(word)));
}

/** Whether a word probably is the start of another one with the same stem, as “deploy” of “deployment”. */
export function startsWord(start: string, word: string): boolean {
  return start.length >= shortestStem && word.length > start.length && word.startsWith(start);
}

const shortestStem = 5;

const common: ReadonlySet<string> = new Set(
  "about add after again all also and any are because been before being but can could did does down during each for from had has have how into its more most not off one only other our out over same some such than that the their them then there these they this those through two under until was were what when where which while who why will with would you incident outage issue problem error failed failure".split(" "),
);
