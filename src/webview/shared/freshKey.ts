/** A random key with 122 random bits, of `0`-`9` and `a`-`f`. */
export function freshKey(): string {
  return crypto.randomUUID().replaceAll("-", "");
}
