import * as v from "valibot";
import { refSchema } from "../core/markup/linkRegion";
import { handoffSections } from "../core/model/handoff";
import { finiteNumber, type Infer } from "../core/model/parseData";
import { type PanelProtocol, writeReply } from "./panel";

const subject = v.object({ outgoing: v.string() });

/** Identifies what a handoff panel shows: the outgoing person. */
export type HandoffSubject = Infer<typeof subject>;

const texts = v.object(v.entriesFromList(handoffSections, v.string()));

const form = v.object({
  incoming: v.string(),
  beside: v.array(v.string()),
  felt: v.string(),
  items: v.array(v.object({ ref: refSchema, next: v.string() })),
  texts,
});

/** What the user enters; the desk knows the rest. */
export type HandoffForm = Infer<typeof form>;

const toHost = v.variant("kind", [
  /** A repeated request with the same key is done once. */
  v.object({ kind: v.literal("create"), key: v.string(), form }),
  v.object({ kind: v.literal("openIssue"), ref: refSchema }),
  v.object({ kind: v.literal("copy"), text: v.string() }),
  v.object({ kind: v.literal("refresh") }),
  v.object({ kind: v.literal("trust") }),
]);

export type HandoffToHost = Infer<typeof toHost>;

/** Whether the handoff was created. */
export type HandoffReply = Infer<typeof writeReply>;

const stage = v.variant("kind", [
  v.object({ kind: v.literal("draft") }),
  v.object({ kind: v.literal("writing") }),
  v.object({ kind: v.literal("waiting"), ref: refSchema, reference: v.string() }),
]);

const contact = v.object({ login: v.string(), name: v.string(), email: v.string(), phone: v.string() });

/** A person of the desk. Unknown values are empty. */
export type Contact = Infer<typeof contact>;

const shownItem = v.object({
  ref: refSchema,
  reference: v.string(),
  title: v.string(),
  /** The title without the prefix of its kind, for people outside the team. */
  name: v.string(),
  status: v.string(),
  owners: v.array(v.string()),
  updated: v.string(),
  next: v.string(),
  /** Whether it is handed off by default. */
  taken: v.boolean(),
  reporter: v.string(),
});

export type ShownItem = Infer<typeof shownItem>;

const view = v.object({
  kind: v.literal("shift"),
  stage,
  outgoing: v.string(),
  incoming: v.string(),
  beside: v.array(v.string()),
  /** Start and end of the shift, formatted. */
  from: v.string(),
  to: v.string(),
  people: v.array(contact),
  items: v.array(shownItem),
  /** How many open issues are not listed. */
  more: finiteNumber,
  texts,
});

export type HandoffView = Infer<typeof view>;

const content = v.variant("kind", [v.object({ kind: v.literal("loading") }), v.object({ kind: v.literal("unavailable"), text: v.string() }), view]);

export type HandoffContent = Infer<typeof content>;

/** The names of all texts of the page. `fill` replaces the placeholders `{0}` and `{1}` in them. */
export const handoffLabelNames = [
  "heading", "period", "loading", "untrusted", "trust", "tryAgain", "writing", "waiting", "openHandoff",
  "people", "incoming", "incomingHint", "beside", "besideHint", "felt", "feltHint",
  "items", "itemsHint", "nothingOpen", "take", "openIssue", "meta", "nobody", "nextOf", "nextHint", "others", "more",
  "timeCritical", "toWatch", "resolved", "changes", "known", "comingUp",
  "timeCriticalHint", "toWatchHint", "resolvedHint", "changesHint", "knownHint", "comingUpHint",
  "create", "createHint", "needsIncoming", "needsNext",
  "messages", "messagesHint", "pairMessage", "customerMessage", "reporter", "to", "toHint", "oneAddress", "text", "mail", "mailOf", "copy", "copyOf", "copied",
  "customerSubject", "customerBody", "customerNext", "customerContact", "customerEnd", "pairSubject", "pairBody", "pairHandoff", "pairItems", "pairNothing", "pairContacts", "pairCustomers",
] as const;

const labels = v.object(v.entriesFromList(handoffLabelNames, v.string()));

export type HandoffLabels = Infer<typeof labels>;

const state = v.object({ language: v.string(), labels, readonly: v.boolean(), content });

export type HandoffState = Infer<typeof state>;

/** The messages between a handoff panel and its host. */
export const handoffProtocol: PanelProtocol<HandoffSubject, HandoffState, HandoffToHost, HandoffReply> = { subject, state, toHost, reply: writeReply };
