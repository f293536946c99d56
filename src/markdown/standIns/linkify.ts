/** A web or mail address in a text, as markdown-it takes it. */
interface Found {
  readonly schema: string;
  readonly index: number;
  readonly lastIndex: number;
  readonly raw: string;
  readonly text: string;
  readonly url: string;
}

/**
 * Stands in for the package `linkify-it` in the host bundle: finds addresses that say how they are reached, by `https:`, `http:` or
 * `mailto:`, which are all that a view lets anybody follow. Links are never guessed from bare names, so there is nothing to set.
 */
export class LinkifyIt {
  set(): this {
    return this;
  }

  test(text: string): boolean {
    return this.match(text) !== null;
  }

  match(text: string): readonly Found[] | null {
    const found = [...text.matchAll(/(?<![\p{L}\p{N}_])(?:https?:\/\/|mailto:)[^\s<>"`|\p{Cc}«»\u2000-\u206f\u3000-\u303f]+/giu)].flatMap(({ 0: words, index }) => address(words, index) ?? []);
    return found.length === 0 ? null : found;
  }

  matchAtStart(text: string): Found | null {
    const words = /^https?:\/\/[^\s<>"`|\p{Cc}«»\u2000-\u206f\u3000-\u303f]+/iu.exec(text)?.[0];
    return words === undefined ? null : (address(words, 0) ?? null);
  }
}

function address(words: string, index: number): Found | undefined {
  const raw = withoutEnd(words);
  const whole = /^(?:mailto:[^@/]+@[\p{L}\p{N}]|https?:\/\/(?:[^/?#@]*@)?(?:[\p{L}\p{N}]|\[[\da-f:.]+\]))/iu.test(raw);
  const schema = raw.slice(0, raw.indexOf(":") + 1).toLowerCase();
  return whole ? { schema, index, lastIndex: index + raw.length, raw, text: raw, url: raw } : undefined;
}

/** Punctuation at the end belongs to the sentence, and so does a bracket that was opened before the address. */
function withoutEnd(words: string): string {
  const unopened = new Map(["()", "[]", "{}"].map((pair) => [pair.charAt(1), times(words, pair.charAt(1)) - times(words, pair.charAt(0))]));
  let end = words.length;
  for (;;) {
    const last = words.charAt(end - 1);
    const surplus = unopened.get(last);
    if (surplus === undefined ? !/[.,:;!?'*_~]/.test(last) : surplus <= 0) return words.slice(0, end);
    if (surplus !== undefined) unopened.set(last, surplus - 1);
    end -= 1;
  }
}

function times(text: string, sign: string): number {
  return text.split(sign).length - 1;
}
