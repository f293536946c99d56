import * as v from "valibot";
import { refSchema } from "../markup/linkRegion";
import { readMilestone } from "../markup/milestone";
import { millisecondsOf } from "../model/instant";
import type { Instant } from "../model/issue";
import { type IssueRef, sameRef } from "../model/issueRef";
import { distinctNames } from "../model/names";
import { type OperationKey, partsOf, type PendingOperation } from "../model/operation";
import { parseData } from "../model/parseData";
import type { WebhookFailure } from "./webhook";

/** An update on its way to a webhook. It is stored before the message is sent, and until the comment that records it is pending. */
export interface Delivery {
  /** Also the key of the comment, so that it is written once. */
  readonly key: OperationKey;
  readonly at: Instant;
  readonly by: string;
  readonly ref: IssueRef;
  readonly audience: string;
  /** The name of the webhook in `desk.yml`. */
  readonly webhook: string;
  readonly text: string;
  /** The comment that records the update once it is delivered. */
  readonly comment: string;
  /** `delivered`: only the comment is missing. */
  readonly state: "sending" | "failed" | "delivered";
  /** When the message was last sent. */
  readonly attempt: Instant;
  readonly failure?: WebhookFailure;
}

/** Prefix of all keys of deliveries in memory. */
export const deliveriesPrefix = "deliveries/";

/** Milliseconds after which a delivery that another window started was interrupted. */
const maxSending = 30_000;

/** Whether another window may still be sending it. Otherwise that window was closed, and nobody knows whether it was delivered. */
export function isBeingSent({ state, attempt }: Delivery, now: Instant): boolean {
  return state === "sending" && millisecondsOf(now) - millisecondsOf(attempt) < maxSending;
}

/** The audiences to which an update on the issue is on its way: its webhook did not confirm it yet, or its comment is pending. */
export function waitingAudiences(ref: IssueRef, pending: readonly PendingOperation[], deliveries: readonly Delivery[]): readonly string[] {
  const comments = pending.flatMap(partsOf).flatMap(({ operation }) => (operation.kind === "comment" && sameRef(operation.ref, ref) ? (readMilestone(operation.markdown) ?? []) : []));
  return distinctNames([
    ...comments.flatMap(({ milestone, audience }) => (milestone === "update" ? (audience ?? []) : [])),
    ...deliveries.filter((delivery) => sameRef(delivery.ref, ref)).map(({ audience }) => audience),
  ]);
}

const failure = v.variant("kind", [
  v.object({ kind: v.picklist(["noAddress", "unreachable", "moved", "webPage", "timeout", "hidden", "unconfirmed"]) }),
  v.object({ kind: v.picklist(["rejected", "serverError"]), status: v.number() }),
  v.object({ kind: v.literal("limited"), until: v.exactOptional(v.string()) }),
]);

const schema = v.object({
  key: v.string(),
  at: v.string(),
  by: v.string(),
  ref: refSchema,
  audience: v.string(),
  webhook: v.string(),
  text: v.string(),
  comment: v.string(),
  state: v.picklist(["sending", "failed", "delivered"]),
  attempt: v.string(),
  failure: v.exactOptional(failure),
});

/** Parses a stored delivery. Returns `undefined` for anything else. */
export function readDelivery(value: unknown): Delivery | undefined {
  return parseData(schema, value);
}
