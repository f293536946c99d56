import type { BrokenReason, Instant } from "./issue";
import type { IssueRef, Repository } from "./issueRef";
import type { SingleOperation } from "./operation";

/** Everything that can be expected to go wrong at an edge. `host` turns each into words with the next action. */
export type Failure =
  | { readonly kind: "missing"; readonly path: string }
  | { readonly kind: "unreadable"; readonly path: string; readonly reason: string }
  | { readonly kind: "unwritable"; readonly path: string; readonly reason: string }
  /** The path leads out of its folder, into Git's own store, or through a link to where nobody knows. */
  | { readonly kind: "outside"; readonly path: string }
  | { readonly kind: "broken"; readonly path: string; readonly reason: BrokenReason }
  | { readonly kind: "gone"; readonly ref: IssueRef }
  /** Another issue has the number that the change was meant for, and the issue itself is not here. */
  | { readonly kind: "otherIssue"; readonly ref: IssueRef; readonly title: string }
  | { readonly kind: "runGone"; readonly ref: IssueRef; readonly run: string }
  | { readonly kind: "stepGone"; readonly ref: IssueRef; readonly step: string }
  /** A step was to be settled before this gate above it was passed. */
  | { readonly kind: "gateShut"; readonly ref: IssueRef; readonly gate: string }
  | { readonly kind: "bodyTooLong"; readonly ref: IssueRef; readonly length: number }
  | { readonly kind: "invalidDraft"; readonly reason: "emptyTitle" | "unknownKind" | "noRepository" }
  | { readonly kind: "selfLink"; readonly ref: IssueRef }
  /** These parts of a batch can never be done; all others are. */
  | { readonly kind: "partRefused"; readonly parts: readonly RefusedPart[] }
  /** The change is no longer among those that wait: a person dropped it, or another window dropped or wrote it. */
  | { readonly kind: "discarded" }
  | { readonly kind: "untrusted" }
  | { readonly kind: "noIdentity" }
  | { readonly kind: "noFolder" }
  | RemoteFailure;

/** A part of a batch that can never be done, and why. */
export interface RefusedPart {
  readonly operation: SingleOperation;
  readonly failure: Failure;
}

/** What can go wrong between here and a server that keeps issues; `server` is its web address, as in `https://github.com`. */
export type RemoteFailure =
  /** Nothing is signed in, or the server no longer takes the token. */
  | { readonly kind: "signedOut"; readonly server: string; readonly reason: "nobody" | "refused" }
  /** No whole answer came: what was asked may or may not have been done. */
  | { readonly kind: "offline"; readonly server: string; /** A page of somebody else's came instead, as of a proxy or a network that wants to be signed in to. */ readonly answeredBy?: "another" }
  /** The server itself failed; with a status of success, it answered with something that is none of its answers. */
  | { readonly kind: "serverError"; readonly server: string; readonly status: number }
  /** Somebody else asked for this than the account that is signed in. */
  | { readonly kind: "otherAccount"; readonly by: string; readonly login: string }
  /** The server asks for a pause. */
  | { readonly kind: "limited"; readonly server: string; readonly until: Instant }
  /** The account, or its token, may not do this in the repository. */
  | {
      readonly kind: "forbidden";
      readonly repository: Repository;
      /** What the token lacks, where the server names it. */
      readonly scope?: string;
      /** The server's own words, where it is about something else than rights in the repository. */
      readonly reason?: string;
      /** The page on the server where the person signs on to the organization first. */
      readonly signOn?: string;
    }
  /** There is no such repository, or the account may not see it. */
  | { readonly kind: "noRepository"; readonly repository: Repository }
  | { readonly kind: "archived"; readonly repository: Repository }
  | { readonly kind: "issuesOff"; readonly repository: Repository }
  | { readonly kind: "locked"; readonly ref: IssueRef }
  /** The issue was transferred: it now has another reference. */
  | { readonly kind: "transferred"; readonly ref: IssueRef; readonly to: IssueRef }
  /** Nobody has said yet that this workspace may write into the repository. */
  | { readonly kind: "unconfirmed"; readonly repository: Repository }
  /** The user's setting names no server that could be asked: nothing was sent anywhere. */
  | { readonly kind: "badServer"; readonly setting: string }
  /** The server understood and refused, in its own words; `fields` are those of the request that it found fault with. */
  | { readonly kind: "refused"; readonly server: string; readonly reason: string; readonly fields?: readonly string[] };

/** The reason of an `unwritable` file that other windows changed again and again while it was being written. */
export const contended = "contended";
