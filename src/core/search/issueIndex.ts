import type { Issue } from "../model/issue";
import { refKey } from "../model/issueRef";
import { replaceComments } from "../model/markdownText";
import { editDistance, hasUnspaced, searchTermsOf } from "./terms";

/** A full-text index of issues. Only new and edited issues are indexed again. */
export interface IssueIndex {
  /** Indexes new and edited issues in slices, with a `pause` between them. Resolves when all issues are indexed, including those of earlier calls. */
  add(issues: readonly Issue[]): Promise<void>;
  /**
   * The issues that match a text best, best first, at most `most`. Rare words weigh more than common ones, and words in titles
   * more than words in bodies. Prefixes, typos and parts of compounds weigh less than exact words. Issues that are not indexed
   * yet are mostly found only after `add` resolves.
   */
  find(text: string, issues: readonly Issue[], most: number): readonly Issue[];
}

/** Number of characters that are indexed at a time, which takes some milliseconds. */
const slice = 15_000;

const maxBodyLength = 4000;

const maxIndexedText = 1000;

const worthOfTitle = 4;

/** The issues that contain a word, by position, with the weight of the word in each. */
interface Entry {
  readonly positions: number[];
  readonly weights: number[];
  /** The letters in the word as bits. */
  readonly letters: number;
}

interface KnownText {
  readonly position: number;
  readonly title: string;
  readonly body: string;
}

/** The score of each indexed issue for one word. */
type Scores = Float64Array;

/** Creates an empty index. */
export function createIssueIndex(pause: () => Promise<void>): IssueIndex {
  const known = new Map<string, KnownText>();
  const missing = new Map<string, Issue>();
  /** All words by their first characters. */
  const terms = new Map<string, Map<string, Entry>>();
  const longTerms = new Set<string>();
  const scored = new Map<string, Scores>();
  const last: { noted?: readonly Issue[]; placed?: readonly Issue[] | undefined; byPosition: readonly (Issue | undefined)[] } = { byPosition: [] };
  let working: Promise<void> | undefined;

  function note(issues: readonly Issue[]): void {
    if (last.noted === issues) return;
    last.noted = issues;
    for (const issue of issues) {
      const key = refKey(issue.ref);
      const before = known.get(key);
      if (before?.title === issue.title && before.body === issue.body) missing.delete(key);
      else missing.set(key, issue);
    }
  }

  /** Indexes one slice. */
  function work(): void {
    if (missing.size === 0) return;
    scored.clear();
    last.placed = undefined;
    let left = slice;
    for (const [key, { title, body }] of missing) {
      missing.delete(key);
      const before = known.get(key);
      if (before !== undefined) for (const term of weightsOf(before).keys()) remove(term, before.position);
      const now = { position: before?.position ?? known.size, title, body };
      for (const [term, weight] of weightsOf(now)) put(term, now.position, weight);
      known.set(key, now);
      left -= title.length + Math.min(body.length, maxBodyLength) + 500;
      if (left <= 0) return;
    }
  }

  function put(term: string, position: number, weight: number): void {
    const first = firstOf(term);
    const group = terms.get(first) ?? new Map<string, Entry>();
    terms.set(first, group);
    const entry = group.get(term) ?? { positions: [], weights: [], letters: lettersIn(term) };
    group.set(term, entry);
    entry.positions.push(position);
    entry.weights.push(weight);
    if (mayBeCompound(term)) longTerms.add(term);
  }

  function remove(term: string, position: number): void {
    const group = terms.get(firstOf(term));
    const entry = group?.get(term);
    const at = entry?.positions.indexOf(position) ?? -1;
    if (entry === undefined || at < 0) return;
    entry.positions.splice(at, 1);
    entry.weights.splice(at, 1);
    if (entry.positions.length > 0) return;
    group?.delete(term);
    longTerms.delete(term);
  }

  async function workAll(): Promise<void> {
    while (missing.size > 0) {
      work();
      if (missing.size > 0) await pause();
    }
  }

  /** The scores of a word. They are cached until the index changes, so each keystroke computes only the last word. */
  function scoresOf(wanted: string): Scores {
    const before = scored.get(wanted);
    if (before !== undefined) return before;
    const scores = new Float64Array(known.size);
    const score = (entry: Entry, like: number): void => {
      const worth = like * Math.log(1 + known.size / entry.positions.length);
      for (let at = 0; at < entry.positions.length; at += 1) {
        const position = entry.positions[at] ?? 0;
        scores[position] = Math.max(scores[position] ?? 0, worth * (entry.weights[at] ?? 0));
      }
    };
    for (const [term, entry] of terms.get(firstOf(wanted)) ?? []) {
      const like = similarity(wanted, term, entry);
      if (like > 0) score(entry, like);
    }
    for (const part of partsOf(wanted, longTerms)) {
      const entry = terms.get(firstOf(part))?.get(part);
      if (entry !== undefined) score(entry, worthOfPart);
    }
    scored.set(wanted, scores);
    return scores;
  }

  function placed(issues: readonly Issue[]): readonly (Issue | undefined)[] {
    if (last.placed !== issues) {
      const byPosition: (Issue | undefined)[] = Array.from({ length: known.size });
      for (const issue of issues) {
        const position = known.get(refKey(issue.ref))?.position;
        if (position !== undefined) byPosition[position] = issue;
      }
      last.placed = issues;
      last.byPosition = byPosition;
    }
    return last.byPosition;
  }

  return {
    async add(issues) {
      note(issues);
      working ??= workAll().finally(() => (working = undefined));
      return working;
    },
    find(text, issues, most) {
      note(issues);
      work();
      const wanted = new Set(searchTermsOf(text.slice(0, maxIndexedText)));
      for (const term of scored.keys()) if (!wanted.has(term)) scored.delete(term);
      const sums = new Float64Array(known.size);
      for (const term of wanted) {
        const scores = scoresOf(term);
        for (let position = 0; position < sums.length; position += 1) sums[position] = (sums[position] ?? 0) + (scores[position] ?? 0);
      }
      return placed(issues)
        .flatMap((issue, position) => (issue === undefined || sums[position] === 0 ? [] : [{ issue, score: sums[position] ?? 0 }]))
        .sort((a, b) => b.score - a.score)
        .slice(0, most)
        .map(({ issue }) => issue);
    },
  };
}

/** The weight of each word of an issue. It decreases with the length of the text. */
function weightsOf({ title, body }: Pick<Issue, "title" | "body">): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  // Hidden marks are not part of the text that people wrote.
  for (const [text, worth] of [[title, worthOfTitle], [replaceComments(body.slice(0, maxBodyLength), " "), 1]] as const) {
    const found = new Set(searchTermsOf(text));
    for (const term of found) weights.set(term, (weights.get(term) ?? 0) + worth / (1 + Math.log(found.size)));
  }
  return weights;
}

/** How similar a typed word is to an indexed one with the same first character: 1 if equal, less for prefixes and typos, 0 otherwise. */
function similarity(typed: string, known: string, { letters }: Pick<Entry, "letters">): number {
  if (typed === known) return 1;
  const begins = hasUnspaced(typed) ? 1 : 3;
  if (typed.length >= begins && known.length > typed.length && known.startsWith(typed)) return (0.8 * typed.length) / known.length;
  // Numbers and codes must match exactly.
  if (typed.length < 5 || typed.length > 40 || /\d/.test(typed)) return 0;
  const most = Math.round(typed.length * 0.2);
  // Each typo changes at most two of the letters.
  if (Math.abs(typed.length - known.length) > most || bitsIn(letters ^ lettersIn(typed)) > 2 * most) return 0;
  const typos = editDistance(typed, known);
  return typos > most ? 0 : 0.6 - typos / typed.length;
}

/** The first characters of a word. Typos in them are rare, and tolerating them would mean comparing all words. */
function firstOf(term: string): string {
  return term.charAt(0);
}

/** The letters of a word as bits. Several letters share one bit. */
function lettersIn(term: string): number {
  let bits = 0;
  for (let at = 0; at < term.length; at += 1) bits |= 1 << term.charCodeAt(at) % 31;
  return bits;
}

function bitsIn(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

const shortestPart = 5;

const worthOfPart = 0.4;

const maxCompounds = 20;

function mayBeCompound(term: string): boolean {
  return term.length >= 2 * shortestPart && term.length <= 40 && !/\p{N}/u.test(term);
}

/** Longer words that end with this one, and possible parts of a long word: `Verbindung` matches `Datenbankverbindung`. */
function partsOf(term: string, longTerms: ReadonlySet<string>): ReadonlySet<string> {
  const parts = new Set<string>();
  if (term.length < shortestPart || term.length > 40) return parts;
  for (const long of longTerms) {
    if (long.length < term.length + shortestPart || !long.endsWith(term)) continue;
    parts.add(long);
    if (parts.size >= maxCompounds) break;
  }
  if (!mayBeCompound(term)) return parts;
  for (let at = shortestPart; at <= term.length - shortestPart; at += 1) parts.add(term.slice(0, at)).add(term.slice(at));
  return parts;
}
