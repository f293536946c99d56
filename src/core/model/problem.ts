/** A range in a text. Lines and columns are zero-based, and the end column is exclusive. */
export interface TextRange {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The start of a text, where problems are reported that have no position, such as a missing key. */
export const textStart: TextRange = { startLine: 0, startColumn: 0, endLine: 0, endColumn: 0 };

/** A certain or probable mistake in a text that a person wrote. `host` formats the message from its code and details. */
export interface Problem<Code extends string = string> {
  readonly severity: "error" | "warning" | "information";
  readonly code: Code;
  readonly range: TextRange;
  readonly details: Readonly<Record<string, string>>;
}

/** Translates a sentence and replaces `{0}`, `{1}` … with the values. Core provides English sentences; the caller provides the language. */
export type FormatMessage = (sentence: string, ...values: readonly string[]) => string;
