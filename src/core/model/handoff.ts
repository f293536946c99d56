import type { Instant } from "./issue";
import type { IssueRef } from "./issueRef";

/** What one person leaves to the next at the end of a turn. It is done once it is accepted, not before. */
export interface Handoff {
  readonly outgoing: string;
  /** The one who accepts it. */
  readonly incoming: string;
  /** Who else is on duty then, as the backup. */
  readonly beside: readonly string[];
  readonly from: Instant;
  readonly to: Instant;
  /** One line on how the turn was. */
  readonly felt: string;
  readonly items: readonly HandoffItem[];
  readonly texts: HandoffTexts;
  readonly accepted?: Acceptance;
}

/** An open issue as it stood when it was handed over, and what is to be done next. */
export interface HandoffItem {
  readonly ref: IssueRef;
  readonly title: string;
  /** Its stage. */
  readonly status: string;
  readonly owners: readonly string[];
  readonly updated: Instant;
  readonly next: string;
}

export interface Acceptance {
  readonly by: string;
  readonly at: Instant;
}

/** The sections of Markdown, in their order. */
export const handoffSections = ["timeCritical", "toWatch", "resolved", "changes", "known", "comingUp"] as const;

export type HandoffSection = (typeof handoffSections)[number];

export type HandoffTexts = Readonly<Record<HandoffSection, string>>;

/** Every section's text, from what gives the text of one. */
export function textsOf(text: (name: HandoffSection) => string): HandoffTexts {
  const [timeCritical, toWatch, resolved, changes, known, comingUp] = handoffSections;
  return {
    timeCritical: text(timeCritical),
    toWatch: text(toWatch),
    resolved: text(resolved),
    changes: text(changes),
    known: text(known),
    comingUp: text(comingUp),
  };
}
