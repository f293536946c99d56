import type { IssueRef } from "./issue/issueRef";

/** Everything that can be expected to go wrong at an edge. `host` turns each into words with the next action. */
export type Failure =
  | { readonly kind: "missing"; readonly path: string }
  | { readonly kind: "unreadable"; readonly path: string; readonly reason: string }
  | { readonly kind: "unwritable"; readonly path: string; readonly reason: string }
  | { readonly kind: "broken"; readonly path: string; readonly reason: BrokenReason }
  | { readonly kind: "gone"; readonly ref: IssueRef }
  | { readonly kind: "runGone"; readonly ref: IssueRef; readonly run: string }
  | { readonly kind: "stepGone"; readonly ref: IssueRef; readonly step: string }
  | { readonly kind: "bodyTooLong"; readonly ref: IssueRef; readonly length: number }
  | { readonly kind: "invalidDraft"; readonly reason: "emptyTitle" | "unknownKind" | "noRepository" }
  | { readonly kind: "selfLink"; readonly ref: IssueRef }
  | { readonly kind: "untrusted" }
  | { readonly kind: "noIdentity" }
  | { readonly kind: "noFolder" };

/** Why a stored issue could not be understood; `sameNumber`: an older one has its number, as after merging branches. */
export type BrokenReason = "unreadable" | "noFrontMatter" | "badYaml" | "badFields" | "badRegion" | "sameNumber";

/** The reason of an `unwritable` file that other windows changed again and again while it was being written. */
export const contended = "contended";
