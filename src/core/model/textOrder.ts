/** Compares two texts by their UTF-16 code units. Unlike `localeCompare`, the order is the same in every language. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
