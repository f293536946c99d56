/** A sentence in the reader's language, with `{0}`, `{1}` … replaced by the values. Core knows the sentences; an edge knows the language. */
export type Say = (sentence: string, ...values: readonly string[]) => string;
