import type { IssueRef } from "./issueRef";

/** What an operation came to: the issue it created, or the one it changed. */
export interface Outcome {
  readonly ref: IssueRef;
}
