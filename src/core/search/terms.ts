/**
 * Splits text into words for search and comparison. Case, width, and accents of Latin, Greek and Cyrillic letters are ignored.
 * Scripts without spaces, and Korean, are split into overlapping pairs of characters, as search engines do. A dictionary
 * (Intl.Segmenter) would split a sentence and its parts differently, and differ between platforms.
 */

/** Scripts that do not separate words with spaces, or not from their endings. */
const unspaced = String.raw`\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Bopo}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}々〆ー`;

const unspacedRun = new RegExp(`[${unspaced}][${unspaced}\\p{M}]*`, "gu");

const wordOrRun = new RegExp(`[${unspaced}][${unspaced}\\p{M}]*|(?:(?![${unspaced}])[\\p{L}\\p{N}\\p{M}])+`, "gu");

const accents = /[\u0300-\u036f]+/g;

/** Parts joined into one name, such as `kube-proxy`, `ORA-00942` and `customer_id`. */
const joined = /(?<![\p{L}\p{N}\p{M}][-_.'’]?)[\p{L}\p{N}\p{M}]+(?:[-_.'’][\p{L}\p{N}\p{M}]+){1,4}(?![-_.'’]?[\p{L}\p{N}\p{M}])/gu;

/** The words of a text in order, with repetitions: case-folded, and unspaced scripts as pairs of characters. */
export function wordsOf(text: string): readonly string[] {
  return termsIn(folded(text));
}

/** The words of a text, plus joined names as words of their own: `kube-proxy` gives `kube`, `proxy` and `kubeproxy`. */
export function searchTermsOf(text: string): readonly string[] {
  const plain = folded(text);
  const whole = (plain.match(joined) ?? []).map((name) => name.replace(/[-_.'’]/g, "")).filter((name) => !hasUnspaced(name));
  return [...termsIn(plain), ...whole];
}

/** Whether the text contains a script that is written without spaces. */
export function hasUnspaced(text: string): boolean {
  return text.search(unspacedRun) >= 0;
}

function folded(text: string): string {
  return text.normalize("NFKD").toLowerCase().replace(accents, "").replace(/ß/g, "ss").normalize("NFKC");
}

function termsIn(plain: string): readonly string[] {
  return (plain.match(wordOrRun) ?? []).flatMap((term) => (hasUnspaced(term) ? pairs(term.match(/\P{M}\p{M}*/gu) ?? [term]) : [term]));
}

function pairs(characters: readonly string[]): readonly string[] {
  const [only = ""] = characters;
  return characters.length < 2 ? [only] : characters.slice(1).map((character, index) => `${characters[index] ?? ""}${character}`);
}

/** The edit distance between two words, counting an added, removed or replaced letter and two swapped letters as one. */
export function editDistance(typed: string, known: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: known.length + 1 }, (_, index) => index);
  for (let i = 1; i <= typed.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= known.length; j += 1) {
      const same = typed.charAt(i - 1) === known.charAt(j - 1) ? 0 : 1;
      const swapped = i > 1 && j > 1 && typed.charAt(i - 1) === known.charAt(j - 2) && typed.charAt(i - 2) === known.charAt(j - 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same, swapped ? (before[j - 2] ?? 0) + 1 : Infinity));
    }
    before = row;
    row = next;
  }
  return row[known.length] ?? 0;
}

/** Whether a word is probably a name with one typo, both in lower case. A name with an addition is a different name. */
export function isTypo(written: string, name: string): boolean {
  return written.length > 4 && name.length > 3 && name.length <= 40 && written.length <= 40 && !written.startsWith(name) && editDistance(written, name) === 1;
}
