/** A fresh name of 96 random bits, of `0`-`9` and `a`-`f`. */
export function freshKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
