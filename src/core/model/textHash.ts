/** A short hash of `0`-`9` and `a`-`z` (FNV-1a over UTF-16 units, in two lanes, 53 bits). Not for secrets. */
export function textHash(text: string, length: number): string {
  let low = 0x811c9dc5 | 0;
  let high = 0x01000193 ^ text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit ^ (low >>> 15), 0x85ebca6b);
  }
  low = Math.imul(low ^ (high >>> 13), 0xc2b2ae35);
  high = Math.imul(high ^ (low >>> 16), 0x27d4eb2f);
  return lastDigits((high >>> 11) * 0x100000000 + (low >>> 0), length);
}

/** The last base 36 digits of an integer. `toString(36)` is slower because it formats all digits. */
function lastDigits(value: number, length: number): string {
  let digits = "";
  for (let rest = value; digits.length < length; rest = Math.floor(rest / 36)) digits = "0123456789abcdefghijklmnopqrstuvwxyz".charAt(rest % 36) + digits;
  return digits;
}
