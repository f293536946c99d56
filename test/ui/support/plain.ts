/** A text on screen without the no-break spaces that lists and trees use for looks. */
export function plain(text: string): string {
  return text.replace(/\u00a0/g, ' ').trim();
}
