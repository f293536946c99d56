import type { Failure } from "../../core/failure";
import type { Relation } from "../../core/issue/issue";
import type { IssueRef, Repository } from "../../core/issue/issueRef";

/** What a person should hear of though nothing failed. */
export type Notice =
  /** The server took the write but left this out, as it does for whoever lacks the right to set it. */
  | { readonly kind: "ignored"; readonly ref: IssueRef; readonly what: "labels" | "assignees" | "type"; readonly names: readonly string[] }
  /** Both texts name the link, and the server keeps none of its own: it said why, or they are of two owners. */
  | { readonly kind: "textOnly"; readonly ref: IssueRef; readonly other: IssueRef; readonly relation: Relation; readonly failure?: Failure }
  | { readonly kind: "renamed"; readonly from: Repository; readonly to: Repository }
  | { readonly kind: "duplicateClosed"; readonly ref: IssueRef; readonly of: IssueRef }
  /** One repository of several could not be read; the others were. */
  | { readonly kind: "unread"; readonly repository: Repository; readonly failure: Failure };
