/**
 * What counts as a word, wherever texts are searched or compared. Case, width and the accents of Latin, Greek and Cyrillic letters make no
 * difference. Scripts that are written without spaces, and Korean, whose endings are written on to the word, are cut into
 * overlapping pairs of characters, as search engines do it. A dictionary (Intl.Segmenter) would cut a sentence and a part of it
 * at different places, and every host would have another one.
 */

/** Scripts whose words are not set apart by spaces, or not from their endings. */
const unspaced = String.raw`\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Bopo}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}々〆ー`;
const unspacedRun = new RegExp(`[${unspaced}][${unspaced}\\p{M}]*`, "gu");
const wordOrRun = new RegExp(`[${unspaced}][${unspaced}\\p{M}]*|(?:(?![${unspaced}])[\\p{L}\\p{N}\\p{M}])+`, "gu");
const accents = /[\u0300-\u036f]+/g;
/** Parts that one name is made of, as in `kube-proxy`, `ORA-00942` and `customer_id`. */
const joined = /(?<![\p{L}\p{N}\p{M}][-_.'’]?)[\p{L}\p{N}\p{M}]+(?:[-_.'’][\p{L}\p{N}\p{M}]+){1,4}(?![-_.'’]?[\p{L}\p{N}\p{M}])/gu;

/** The words of a text in their order, each as often as it is there: folded, and unspaced scripts as pairs of characters. */
export function wordsOf(text: string): readonly string[] {
  return wordsIn(folded(text));
}

/** The words of a text with, as words of their own, names that are written in parts: `kube-proxy` is `kube`, `proxy` and `kubeproxy`. */
export function searchWordsOf(text: string): readonly string[] {
  const plain = folded(text);
  const whole = (plain.match(joined) ?? []).map((name) => name.replace(/[-_.'’]/g, "")).filter((name) => !hasUnspaced(name));
  return [...wordsIn(plain), ...whole];
}

/** Whether the text has characters of a script that is written without spaces. */
export function hasUnspaced(text: string): boolean {
  return text.search(unspacedRun) >= 0;
}

function folded(text: string): string {
  return text.normalize("NFKD").toLowerCase().replace(accents, "").replace(/ß/g, "ss").normalize("NFKC");
}

function wordsIn(plain: string): readonly string[] {
  return (plain.match(wordOrRun) ?? []).flatMap((word) => (hasUnspaced(word) ? pairs(word.match(/\P{M}\p{M}*/gu) ?? [word]) : [word]));
}

function pairs(characters: readonly string[]): readonly string[] {
  const [only = ""] = characters;
  return characters.length < 2 ? [only] : characters.slice(1).map((character, index) => `${characters[index] ?? ""}${character}`);
}
