import type { Instant } from "../model/issue";
import type { Milestone } from "../model/timelineEvent";
import { escapeOwnMarks, formatMark, markedInstant, readMark } from "./hiddenMark";

/** All milestones in the usual order of an incident. */
export const milestones: readonly Milestone[] = ["started", "detected", "acknowledged", "unacknowledged", "lead", "role", "update", "escalation", "handoff", "mitigated", "resolved", "cancelled", "note"];

/** What the mark of a milestone says in addition to its name. */
export interface MilestoneDetails {
  /** When it happened, if that is not when the comment was written. */
  readonly at?: Instant;
  /** The audience of an update, and when it was promised the next one. */
  readonly audience?: string;
  readonly next?: Instant;
  /** The role that somebody took or gave up, and the login of its new holder, which may be empty. */
  readonly role?: string;
  readonly login?: string;
}

/** A comment with a milestone. `markdown` is its text without the mark. */
export interface MilestoneComment extends MilestoneDetails {
  readonly milestone: Milestone;
  readonly markdown: string;
}

const milestoneMark = /(?:\r\n|\n|\r|^)[ \t]*<!-- desk:moment ([a-z]+)((?: [^<>]*)?) -->\s*$/;

/** Renders a readable comment with one hidden mark of the milestone. */
export function renderMilestone(milestone: Milestone, markdown: string, details: MilestoneDetails = {}): string {
  const text = escapeOwnMarks(markdown.trimEnd());
  const { at, audience, next, role, login } = details;
  return `${text === "" ? milestoneNames[milestone] : text}\n\n<!-- ${formatMark(["desk:moment", milestone], { at, audience, next, role, login })} -->`;
}

/**
 * Renders a comment that is no milestone, with text that a person wrote or pasted. What imitates one of the desk's marks in it is
 * shown as text, because the comment is written in the name of somebody whose marks count.
 */
export function renderComment(markdown: string): string {
  return escapeOwnMarks(markdown);
}

/** Parses a comment with a milestone. Returns `undefined` for other comments. */
export function readMilestone(markdown: string): MilestoneComment | undefined {
  const found = milestoneMark.exec(markdown);
  const milestone = milestones.find((name) => name === found?.[1]);
  if (found === null || milestone === undefined) return undefined;
  const { values } = readMark(found[2] ?? "");
  return {
    milestone,
    markdown: markdown.slice(0, found.index).trimEnd(),
    ...instantIn(values, "at"),
    ...instantIn(values, "next"),
    ...textIn(values, "audience"),
    ...textIn(values, "role"),
    ...textIn(values, "login"),
  };
}

function textIn(values: ReadonlyMap<string, string>, name: "audience" | "role" | "login"): MilestoneDetails {
  const value = values.get(name);
  return value === undefined ? {} : { [name]: value };
}

function instantIn(values: ReadonlyMap<string, string>, name: "at" | "next"): MilestoneDetails {
  const value = markedInstant(values.get(name));
  return value === undefined ? {} : { [name]: value };
}

/** The name of each milestone. It is also the text of a comment without one, so that no comment is empty on the web. */
export const milestoneNames: Readonly<Record<Milestone, string>> = {
  started: "Started",
  detected: "Detected",
  acknowledged: "Acknowledged",
  unacknowledged: "Acknowledgement withdrawn",
  mitigated: "Mitigated",
  resolved: "Resolved",
  cancelled: "Cancelled",
  lead: "Incident lead assigned",
  role: "Role assigned",
  handoff: "Handed off",
  escalation: "Escalated",
  update: "Update sent",
  note: "Note",
};
