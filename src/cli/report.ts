import type { CheckedFile } from "./checkFiles";

/** Writes down what was found, piece by piece, so that no number of files fills the memory. */
export interface Report {
  readonly start: string;
  readonly file: (file: CheckedFile) => string;
  readonly end: (counts: Counts) => string;
}

export interface Counts {
  readonly files: number;
  readonly error: number;
  readonly warning: number;
  readonly information: number;
}
