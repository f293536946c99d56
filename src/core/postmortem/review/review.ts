import { addDays } from "temporal-polyfill/fns/PlainDate";
import { inertText } from "../../markup/inertText";
import { normalField } from "../../markup/textLines";
import { dateFrom, dateText, isDate } from "../../model/calendarDate";
import { refKey } from "../../model/issueRef";
import { distinctLogins, sameLogin } from "../../model/names";
import type { OperationKey } from "../../model/operation";
import { assertNever } from "../../model/result";
import { textHash } from "../../model/textHash";
import type { Postmortem, PostmortemStatus } from "../postmortem";
import type { PostmortemEdit } from "../postmortemEdit";

/** A step of the review: Draft → In review → Reviewed → Closed, and back to Draft. */
export type ReviewStep = "request" | "complete" | "close" | "return";

/** What a post-mortem lacks for a step of its review. Whoever takes the step can override each of them. */
export type ReviewGap =
  | { readonly code: "noReviewers" | "noSession" | "sessionPast" | "sessionAhead" | "noSummary" | "noImpact" | "noTimeline" | "noFactors" | "noActions" | "notRequested" | "notReviewed" }
  /** Its owner is the only reviewer. */
  | { readonly code: "onlyOwner" }
  /** Actions that are neither accepted nor declined. */
  | { readonly code: "undecided"; readonly count: number }
  /** Accepted actions without an owner or a due date. */
  | { readonly code: "unassigned"; readonly count: number }
  /** Accepted actions that are not done. */
  | { readonly code: "openActions"; readonly count: number };

/** Who reviews a post-mortem, and when. Dates are ISO dates. */
export interface ReviewRequest {
  readonly reviewers: readonly string[];
  readonly session: string;
}

/** The steps that a status allows, the usual next one first. */
export function reviewSteps(status: PostmortemStatus): readonly ReviewStep[] {
  switch (status) {
    case "Draft":
      return ["request", "complete"];
    case "In review":
      return ["complete", "request", "return"];
    case "Reviewed":
      return ["close", "request", "return"];
    case "Closed":
      return ["return"];
    default:
      return assertNever(status);
  }
}

/** What is missing for a step, in the order in which people usually do it. `today` is an ISO date in the desk's time zone. */
export function reviewGaps(postmortem: Postmortem, step: ReviewStep, today: string): readonly ReviewGap[] {
  switch (step) {
    case "request":
      return [...requestGaps(postmortem, today), ...contentGaps(postmortem)];
    case "complete":
      return [...completionGaps(postmortem, today), ...contentGaps(postmortem), ...decisionGaps(postmortem)];
    case "close":
      return [...(postmortem.status === "Reviewed" || postmortem.status === "Closed" ? [] : [{ code: "notReviewed" } as const]), ...decisionGaps(postmortem), ...counted("openActions", openActions(postmortem))];
    case "return":
      return [];
    default:
      return assertNever(step);
  }
}

function requestGaps({ reviewers, owner, review }: Postmortem, today: string): readonly ReviewGap[] {
  const others = reviewers.filter((login) => !sameLogin(login, owner ?? ""));
  return [
    ...(reviewers.length === 0 ? [{ code: "noReviewers" } as const] : others.length === 0 ? [{ code: "onlyOwner" } as const] : []),
    ...(review === undefined ? [{ code: "noSession" } as const] : review < today ? [{ code: "sessionPast" } as const] : []),
  ];
}

function completionGaps({ status, reviewers, review }: Postmortem, today: string): readonly ReviewGap[] {
  return [
    ...(status === "Draft" ? [{ code: "notRequested" } as const] : []),
    ...(reviewers.length === 0 ? [{ code: "noReviewers" } as const] : []),
    ...(review !== undefined && review > today ? [{ code: "sessionAhead" } as const] : []),
  ];
}

function contentGaps({ texts, impact, timeline, actions }: Postmortem): readonly ReviewGap[] {
  return [
    ...(texts.summary === "" ? [{ code: "noSummary" } as const] : []),
    ...(texts.impact === "" && impact.length === 0 ? [{ code: "noImpact" } as const] : []),
    ...(timeline.length === 0 ? [{ code: "noTimeline" } as const] : []),
    ...(texts.factors === "" ? [{ code: "noFactors" } as const] : []),
    ...(actions.length === 0 ? [{ code: "noActions" } as const] : []),
  ];
}

function decisionGaps({ actions }: Postmortem): readonly ReviewGap[] {
  return [
    ...counted("undecided", actions.filter(({ state }) => state === "proposed").length),
    ...counted("unassigned", actions.filter(({ state, owner, due }) => state === "accepted" && (owner === "" || due === undefined)).length),
  ];
}

function openActions({ actions }: Postmortem): number {
  return actions.filter(({ state }) => state === "accepted").length;
}

function counted(code: "undecided" | "unassigned" | "openActions", count: number): readonly ReviewGap[] {
  return count === 0 ? [] : [{ code, count }];
}

const offeredDays = 8;

/** Dates to propose for a session: the due date, unless it has passed, then the next days. `today` is an ISO date. */
export function proposedSessions(due: string, today: string): readonly string[] {
  const next = Array.from({ length: offeredDays }, (_none, index) => dateText(addDays(dateFrom(today), index)));
  return [...new Set([...(isDate(due) && due >= today ? [due] : []), ...next])];
}

/** The edits that request a review. */
export function requestEdits({ reviewers, session }: ReviewRequest): readonly PostmortemEdit[] {
  return [
    { kind: "list", list: "reviewers", value: distinctLogins(reviewers) },
    { kind: "field", field: "review", value: session },
    { kind: "field", field: "reviewed", value: "" },
    { kind: "field", field: "status", value: "In review" },
  ];
}

/** The edits that record a review: who took part, and its date. */
export function completionEdits(reviewers: readonly string[], date: string): readonly PostmortemEdit[] {
  return [
    { kind: "list", list: "reviewers", value: distinctLogins(reviewers) },
    { kind: "field", field: "reviewed", value: date },
    { kind: "field", field: "status", value: "Reviewed" },
  ];
}

/** The edits that return a post-mortem to its authors. The session date and the reviewers stay. */
export const returnEdits: readonly PostmortemEdit[] = [
  { kind: "field", field: "reviewed", value: "" },
  { kind: "field", field: "status", value: "Draft" },
];

/** The edits after all actions were decided and done. */
export const closeEdits: readonly PostmortemEdit[] = [{ kind: "field", field: "status", value: "Closed" }];

const requestLead = "Post-mortem review requested";

/**
 * The comment on the incident when a review is requested. It mentions the reviewers, except whoever writes it. `location` is the
 * web address of the file, or its path.
 */
export function reviewRequestComment(postmortem: Postmortem, { reviewers, session }: ReviewRequest, location: string, by: string): string {
  const mentioned = distinctLogins(reviewers).filter((login) => !sameLogin(login, by)).map((login) => `@${login}`).join(" ");
  const title = inertText(normalField(postmortem.title).replace(/[[\]\\`*_<>]/g, "\\$&"));
  return [
    `${requestLead}${mentioned === "" ? "" : `: ${mentioned}`}`,
    `[${title === "" ? "Post-mortem" : title}](${location})`,
    `Session: ${session}`,
  ].join("\n\n");
}

/** Whether a comment requests a review. Such comments are about the post-mortem, so they are not events of the incident. */
export function isReviewRequest(markdown: string): boolean {
  return markdown.startsWith(requestLead);
}

/** The key of that comment: requesting the same review again comments once. */
export function reviewRequestKey({ issue }: Postmortem, path: string, { reviewers, session }: ReviewRequest): OperationKey {
  const who = distinctLogins(reviewers.map((login) => login.toLowerCase())).toSorted();
  return `review-${textHash(JSON.stringify([issue === undefined ? path : refKey(issue), session, who]), 10)}`;
}
