/** Fills an English sentence. Control characters are removed from the values, so that they cannot control a terminal. */
export function formatMessage(sentence: string, ...values: readonly string[]): string {
  return sentence.replace(/\{(\d+)\}/g, (whole, index: string) => {
    const value = values[Number(index)];
    return value === undefined ? whole : value.replace(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu, " ").slice(0, 300);
  });
}
