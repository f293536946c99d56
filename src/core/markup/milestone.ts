import type { Milestone } from "../model/timelineEvent";
import { escapeOwnMarks } from "./hiddenMark";

/** All milestones in the usual order of an incident. */
export const milestones: readonly Milestone[] = ["acknowledged", "unacknowledged", "lead", "update", "escalation", "handoff", "mitigated", "resolved"];

const milestoneMark = /(?:\r\n|\n|\r|^)[ \t]*<!-- desk:moment ([a-z]+) -->\s*$/;

/** Renders a readable comment with one hidden mark of the milestone. */
export function renderMilestone(milestone: Milestone, markdown: string): string {
  const text = escapeOwnMarks(markdown.trimEnd());
  return `${text === "" ? milestoneNames[milestone] : text}\n\n<!-- desk:moment ${milestone} -->`;
}

/** Parses a comment into its milestone and text without the mark. Returns `undefined` for other comments. */
export function readMilestone(markdown: string): { readonly milestone: Milestone; readonly markdown: string } | undefined {
  const found = milestoneMark.exec(markdown);
  const milestone = milestones.find((name) => name === found?.[1]);
  return found === null || milestone === undefined ? undefined : { milestone, markdown: markdown.slice(0, found.index).trimEnd() };
}

/** The name of each milestone. It is also the text of a comment without one, so that no comment is empty on the web. */
export const milestoneNames: Readonly<Record<Milestone, string>> = {
  acknowledged: "Acknowledged",
  unacknowledged: "Not acknowledged after all",
  mitigated: "Mitigated",
  resolved: "Resolved",
  lead: "Incident lead assigned",
  handoff: "Handed off",
  escalation: "Escalated",
  update: "Update sent",
};
