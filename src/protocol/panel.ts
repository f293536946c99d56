import * as v from "valibot";
import { refSchema } from "../core/markup/linkRegion";
import type { Infer } from "../core/model/parseData";

/** Sent by a page when its script runs. The host answers with the whole state. */
export const readyMessage = v.object({ kind: v.literal("ready") });
export type ReadyMessage = { readonly kind: "ready" };

/** The whole state of a panel. The page stores the subject, so that the panel can be restored. */
export interface StateMessage<Subject, State> {
  readonly kind: "state";
  readonly subject: Subject;
  readonly state: State;
}

/** The schemas of all messages between one kind of panel and its host. Both ends use them. */
export interface PanelProtocol<Subject, State, ToHost, Reply> {
  /** Identifies what the panel shows, also after a restart. Contains ids only. */
  readonly subject: v.GenericSchema<unknown, Subject>;
  readonly state: v.GenericSchema<unknown, State>;
  readonly toHost: v.GenericSchema<unknown, ToHost>;
  readonly reply: v.GenericSchema<unknown, Reply>;
}

/** The state of an issue; `unknown` if the issue is not in the snapshot. */
const shownIssueState = v.picklist(["open", "closed", "unknown"]);

/** The schema of a link to an issue. */
export const linkChip = v.object({
  ref: refSchema,
  reference: v.string(),
  state: shownIssueState,
  title: v.exactOptional(v.string()),
  /** For example `Parent`. */
  relation: v.exactOptional(v.string()),
});

/** A linked issue with what is known about it. */
export type LinkChip = Infer<typeof linkChip>;

/** The reply to a write: done, or why not. A write that is `kept` is stored and retried. */
export const writeReply = v.variant("kind", [
  v.object({ kind: v.literal("done") }),
  v.object({ kind: v.literal("refused"), text: v.string(), kept: v.boolean() }),
]);

/** The reply of panels without replies. Changes are part of the next state. */
export const noReply = v.object({ kind: v.literal("done") });
