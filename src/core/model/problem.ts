/** A place in a text: lines and columns from 0, the end exclusive in its column. */
export interface TextRange {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Where what a text lacks is shown: its very beginning. */
export const textStart: TextRange = { startLine: 0, startColumn: 0, endLine: 0, endColumn: 0 };

/** Something surely or probably wrong in a text a person wrote. `host` words it from its code and details. */
export interface Problem<Code extends string = string> {
  readonly severity: "error" | "warning" | "information";
  readonly code: Code;
  readonly range: TextRange;
  readonly details: Readonly<Record<string, string>>;
}

/** A sentence in the reader's language, with `{0}`, `{1}` … replaced by the values. Core knows the sentences; an edge knows the language. */
export type FormatMessage = (sentence: string, ...values: readonly string[]) => string;
