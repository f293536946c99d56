import * as v from "valibot";

/** What a page says once its script runs; the host answers with the whole state. */
export const readyMessage = v.object({ kind: v.literal("ready") });
export type ReadyMessage = { readonly kind: "ready" };

/** The whole of what a panel shows. The page remembers the subject, so that the panel can be opened again from it. */
export interface StateMessage<Subject, State> {
  readonly kind: "state";
  readonly subject: Subject;
  readonly state: State;
}

/** The schemas of everything that one kind of panel and its host send each other. Both ends use the same ones. */
export interface PanelProtocol<Subject, State, ToHost, Reply> {
  /** What the panel is opened from, also after a restart: ids, no content. */
  readonly subject: v.GenericSchema<unknown, Subject>;
  readonly state: v.GenericSchema<unknown, State>;
  readonly toHost: v.GenericSchema<unknown, ToHost>;
  readonly reply: v.GenericSchema<unknown, Reply>;
}

/** The state of an issue that is shown; `unknown` where the issue is not in the snapshot. */
export const shownIssueState = v.picklist(["open", "closed", "unknown"]);

/** The reply to a write: it is done, or why it is not. A write that is `kept` is stored and retried. */
export const writeReply = v.variant("kind", [
  v.object({ kind: v.literal("done") }),
  v.object({ kind: v.literal("refused"), text: v.string(), kept: v.boolean() }),
]);

/** The reply of panels that expect none: what a message changes is in the next state. */
export const noReply = v.object({ kind: v.literal("done") });
