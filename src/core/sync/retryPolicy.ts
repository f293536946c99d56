import type { Failure } from "../model/failure";
import { millisecondsOf } from "../model/instant";
import type { Instant } from "../model/issue";

/**
 * What happens to a write after a failure. `never`: the same write cannot succeed. `onChange`: it may succeed once a person has
 * changed something, such as a sign-in or a permission. `soon` and `later`: it may succeed after some time.
 */
type RetryPolicy = "never" | "onChange" | "soon" | "later" | { readonly notBefore: Instant };

/** The policy of each kind of failure. The code does not compile while one is missing. */
const policies: { readonly [Kind in Failure["kind"]]: RetryPolicy | ((failure: Extract<Failure, { readonly kind: Kind }>) => RetryPolicy) } = {
  unreadable: "soon",
  unwritable: "soon",
  offline: "soon",
  serverError: "later",
  limited: ({ until }) => ({ notBefore: until }),
  broken: ({ reason }) => (reason === "unreadable" ? "soon" : "never"),
  untrusted: "onChange",
  noFolder: "onChange",
  noIdentity: "onChange",
  signedOut: "onChange",
  otherAccount: "onChange",
  forbidden: "onChange",
  noRepository: "onChange",
  archived: "onChange",
  issuesOff: "onChange",
  locked: "onChange",
  unconfirmed: "onChange",
  badServer: "onChange",
  missing: "never",
  outside: "never",
  gone: "never",
  otherIssue: "never",
  runGone: "never",
  stepGone: "never",
  gateShut: "never",
  notApprover: "never",
  bodyTooLong: "never",
  commentTooLong: "never",
  invalidDraft: "never",
  selfLink: "never",
  partRefused: "never",
  transferred: "never",
  discarded: "never",
  refused: "never",
};

/** Whether the same write may succeed later: after some time, or once a person has changed something. */
export function isTransient(failure: Failure): boolean {
  return policyOf(failure) !== "never";
}

/**
 * Seconds until a write is retried after `attempts` consecutive failures. The delay grows and respects a rate limit. Returns
 * `undefined` when waiting is not enough.
 */
export function retryDelay(failure: Failure, attempts: number, now: Instant): number | undefined {
  const policy = policyOf(failure);
  if (typeof policy === "object") return Math.max(Math.ceil((millisecondsOf(policy.notBefore) - millisecondsOf(now)) / 1000), 0) + 1;
  if (policy === "soon") return doubling(5, attempts, 5 * 60);
  return policy === "later" ? doubling(10, attempts, 10 * 60) : undefined;
}

function policyOf<Kind extends Failure["kind"]>(failure: Extract<Failure, { readonly kind: Kind }>): RetryPolicy {
  const policy = policies[failure.kind];
  return typeof policy === "function" ? policy(failure) : policy;
}

function doubling(first: number, attempts: number, most: number): number {
  return Math.min(first * 2 ** Math.min(Math.max(attempts - 1, 0), 20), most);
}
