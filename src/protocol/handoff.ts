import type { HandoffTexts } from "../core/handoff/handoff";
import type { Instant } from "../core/issue/issue";
import type { IssueRef } from "../core/issue/issueRef";

/** What a hand-off is opened from: whose turn it is. */
export interface HandoffSubject {
  readonly outgoing: string;
}

export type HandoffToHost =
  /** Asked again under the same key it is done once. */
  | { readonly kind: "create"; readonly key: string; readonly form: HandoffForm }
  | { readonly kind: "openIssue"; readonly ref: IssueRef }
  | { readonly kind: "copy"; readonly text: string }
  | { readonly kind: "refresh" }
  | { readonly kind: "trust" };

/** What a person says of the hand-off; the rest the desk knows. */
export interface HandoffForm {
  readonly incoming: string;
  readonly beside: readonly string[];
  readonly felt: string;
  readonly items: readonly { readonly ref: IssueRef; readonly next: string }[];
  readonly texts: HandoffTexts;
}

/** Whether the hand-off was written; one that is `kept` is stored and will be. */
export type HandoffReply = { readonly kind: "done" } | { readonly kind: "refused"; readonly text: string; readonly kept: boolean };

export interface HandoffState {
  readonly language: string;
  readonly words: HandoffWords;
  readonly readonly: boolean;
  readonly content: HandoffContent;
}

export type HandoffContent = { readonly kind: "loading" } | { readonly kind: "unavailable"; readonly text: string } | HandoffView;

export interface HandoffView {
  readonly kind: "turn";
  readonly stage: HandoffStage;
  readonly outgoing: string;
  readonly incoming: string;
  readonly beside: readonly string[];
  /** Beginning and end of the turn as a person reads them. */
  readonly from: string;
  readonly to: string;
  readonly people: readonly Contact[];
  readonly items: readonly ShownItem[];
  /** How many more issues are open than are offered. */
  readonly more: number;
  readonly texts: HandoffTexts;
}

/** A hand-off is a draft, then being written, then waits to be accepted. */
export type HandoffStage = { readonly kind: "draft" } | { readonly kind: "writing" } | { readonly kind: "waiting"; readonly ref: IssueRef; readonly reference: string };

/** A person of the desk; what is not known is empty. */
export interface Contact {
  readonly login: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
}

export interface ShownItem {
  readonly ref: IssueRef;
  readonly reference: string;
  readonly title: string;
  /** The title without the prefix of its kind, for people who know no kinds. */
  readonly name: string;
  readonly status: string;
  readonly owners: readonly string[];
  readonly updated: Instant;
  readonly next: string;
  /** Whether it is handed over unless a person says otherwise. */
  readonly taken: boolean;
  readonly reporter: string;
}

/** Every word the builder uses. Places `{0}`, `{1}` are filled by `fill`. */
export type HandoffWords = Readonly<Record<HandoffWord, string>>;
export type HandoffWord = (typeof handoffWordNames)[number];

/** The names of all words, so that a page can be checked to have each. */
export const handoffWordNames = [
  "heading", "period", "loading", "untrusted", "trust", "tryAgain", "writing", "waiting", "openHandoff",
  "people", "incoming", "incomingHint", "beside", "besideHint", "felt", "feltHint",
  "items", "itemsHint", "nothingOpen", "take", "openIssue", "meta", "nobody", "nextOf", "nextHint", "others", "more",
  "timeCritical", "toWatch", "resolved", "changes", "known", "comingUp",
  "timeCriticalHint", "toWatchHint", "resolvedHint", "changesHint", "knownHint", "comingUpHint",
  "create", "createHint", "needsIncoming", "needsNext",
  "messages", "messagesHint", "pairMessage", "customerMessage", "reporter", "to", "toHint", "oneAddress", "text", "mail", "mailOf", "copy", "copyOf", "copied",
  "customerSubject", "customerBody", "customerNext", "customerContact", "customerEnd", "pairSubject", "pairBody", "pairHandoff", "pairItems", "pairNothing", "pairContacts", "pairCustomers",
] as const;
