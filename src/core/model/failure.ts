import type { BrokenReason, Instant } from "./issue";
import type { IssueRef, Repository } from "./issueRef";
import type { SingleOperation } from "./operation";

/** All expected failures. `host/ui` formats each one with the next action. */
export type Failure =
  | { readonly kind: "missing"; readonly path: string }
  | { readonly kind: "unreadable"; readonly path: string; readonly reason: string }
  | { readonly kind: "unwritable"; readonly path: string; readonly reason: string }
  /** The path leads outside its folder, into Git's own data, or through a link with an unknown target. */
  | { readonly kind: "outside"; readonly path: string }
  | { readonly kind: "broken"; readonly path: string; readonly reason: BrokenReason }
  | { readonly kind: "gone"; readonly ref: IssueRef }
  /** A different issue has the number that the change was meant for, and the intended issue is missing. */
  | { readonly kind: "otherIssue"; readonly ref: IssueRef; readonly title: string }
  | { readonly kind: "runGone"; readonly ref: IssueRef; readonly run: string }
  | { readonly kind: "stepGone"; readonly ref: IssueRef; readonly step: string }
  /** A step after this gate cannot be done before the gate is passed. */
  | { readonly kind: "gateShut"; readonly ref: IssueRef; readonly gate: string }
  /** Only one of these people can mark the step as done or skipped. */
  | { readonly kind: "notApprover"; readonly ref: IssueRef; readonly step: string; readonly approvers: readonly string[] }
  | { readonly kind: "bodyTooLong"; readonly ref: IssueRef; readonly length: number }
  /** Nothing was written. */
  | { readonly kind: "commentTooLong"; readonly ref: IssueRef; readonly length: number; readonly limit: number }
  | { readonly kind: "invalidDraft"; readonly reason: "emptyTitle" | "unknownKind" | "noRepository" }
  | { readonly kind: "selfLink"; readonly ref: IssueRef }
  /** These parts of a batch were refused for good. All other parts are done. */
  | { readonly kind: "partRefused"; readonly parts: readonly RefusedPart[] }
  /** The change is no longer pending: a person discarded it, or another window discarded or wrote it. */
  | { readonly kind: "discarded" }
  | { readonly kind: "untrusted" }
  | { readonly kind: "noIdentity" }
  | { readonly kind: "noFolder" }
  | RemoteFailure;

/** A part of a batch that was refused for good, and the reason. */
export interface RefusedPart {
  readonly operation: SingleOperation;
  readonly failure: Failure;
}

/** Failures of requests to a server that stores issues. `server` is its web address, such as `https://github.com`. */
export type RemoteFailure =
  /** Nobody is signed in, or the server rejects the token. */
  | { readonly kind: "signedOut"; readonly server: string; readonly reason: "nobody" | "refused" }
  /** There was no complete response: the request may or may not have been processed. */
  | { readonly kind: "offline"; readonly server: string; /** Another server responded instead, such as a proxy or a network sign-in page. */ readonly answeredBy?: "another" }
  /** The server failed. With a success status: its response was not valid. */
  | { readonly kind: "serverError"; readonly server: string; readonly status: number }
  /** The change was requested by another person than the account that is signed in. */
  | { readonly kind: "otherAccount"; readonly by: string; readonly login: string }
  /** The server is rate-limiting requests. */
  | { readonly kind: "limited"; readonly server: string; readonly until: Instant }
  /** The account or its token lacks a permission in the repository. */
  | {
      readonly kind: "forbidden";
      readonly repository: Repository;
      /** The missing scope of the token, if the server names it. */
      readonly scope?: string;
      /** The server's message, if it is not about permissions in the repository. */
      readonly reason?: string;
      /** Page on the server where the person authorizes single sign-on for the organization. */
      readonly signOn?: string;
    }
  /** The repository does not exist, or the account cannot see it. */
  | { readonly kind: "noRepository"; readonly repository: Repository }
  | { readonly kind: "archived"; readonly repository: Repository }
  | { readonly kind: "issuesOff"; readonly repository: Repository }
  | { readonly kind: "locked"; readonly ref: IssueRef }
  /** The issue was transferred and has a new reference. */
  | { readonly kind: "transferred"; readonly ref: IssueRef; readonly to: IssueRef }
  /** Nobody has confirmed yet that this workspace may write to the repository. */
  | { readonly kind: "unconfirmed"; readonly repository: Repository }
  /** The user's setting contains no valid server address. No request was sent. */
  | { readonly kind: "badServer"; readonly setting: string }
  /** The server rejected the request with its own message. `fields` are the request fields that it names. */
  | { readonly kind: "refused"; readonly server: string; readonly reason: string; readonly fields?: readonly string[] };

/** The reason of an `unwritable` file that has only a part of the text, although no error was reported. */
export const incomplete = "incomplete";

/** The reason of an `unwritable` file that others changed during the write. */
export const contended = "contended";

/** Whether nothing was written because others changed the file meanwhile. */
export function isContended(failure: Failure): boolean {
  return failure.kind === "unwritable" && failure.reason === contended;
}
