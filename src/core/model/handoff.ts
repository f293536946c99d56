import type { Instant } from "./issue";
import type { IssueRef } from "./issueRef";

/** What one person hands over to the next at the end of a shift. It is complete once it is accepted. */
export interface Handoff {
  readonly outgoing: string;
  /** Login of the person who accepts it. */
  readonly incoming: string;
  /** Other people who are on call then, such as the backup. */
  readonly beside: readonly string[];
  readonly from: Instant;
  readonly to: Instant;
  /** One line about how the shift went. */
  readonly felt: string;
  readonly items: readonly HandoffItem[];
  readonly texts: HandoffTexts;
  readonly accepted?: Acceptance;
}

/** An open issue at the time of the handoff, with its next action. */
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

/** The Markdown sections in order. */
export const handoffSections = ["timeCritical", "toWatch", "resolved", "changes", "known", "comingUp"] as const;

export type HandoffSection = (typeof handoffSections)[number];

export type HandoffTexts = Readonly<Record<HandoffSection, string>>;

/** Builds the texts of all sections from a function that returns the text of one. */
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
