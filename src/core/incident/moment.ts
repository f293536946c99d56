import { escapeOwnMarks } from "../issue/hiddenMark";
import type { Moment } from "./timelineEvent";

/** All moments, in the order in which an incident usually has them. */
export const moments: readonly Moment[] = ["acknowledged", "unacknowledged", "lead", "update", "escalation", "handoff", "mitigated", "resolved"];
const momentMark = /(?:\r\n|\n|\r|^)[ \t]*<!-- desk:moment ([a-z]+) -->\s*$/;

/** A comment that a person can read and that carries one hidden mark of its moment. */
export function renderMoment(moment: Moment, markdown: string): string {
  const text = escapeOwnMarks(markdown.trimEnd());
  return `${text === "" ? words[moment] : text}\n\n<!-- desk:moment ${moment} -->`;
}

/** The moment a comment marks and its text without the mark; `undefined` for any other comment. */
export function readMoment(markdown: string): { readonly moment: Moment; readonly markdown: string } | undefined {
  const found = momentMark.exec(markdown);
  const moment = moments.find((name) => name === found?.[1]);
  return found === null || moment === undefined ? undefined : { moment, markdown: markdown.slice(0, found.index).trimEnd() };
}

/** Stands for a text that nobody wrote, so that no comment is empty on the web. */
const words: Readonly<Record<Moment, string>> = {
  acknowledged: "Acknowledged",
  unacknowledged: "Not acknowledged after all",
  mitigated: "Mitigated",
  resolved: "Resolved",
  lead: "Incident lead chosen",
  handoff: "Handed off",
  escalation: "Escalated",
  update: "Update sent",
};
