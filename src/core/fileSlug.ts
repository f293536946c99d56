/** Letters and digits of any script in lower case, at most 50, with a hyphen for all that is between them: a name for a file. */
export function fileSlug(text: string): string {
  const words = text.normalize("NFC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
  return [...words].slice(0, 50).join("").replace(/^-+|-+$/g, "");
}
