import { formatRef, type IssueRef, refKey, type Repository } from "../model/issueRef";
import { oneLine } from "./hiddenMark";
import { inertText } from "./inertText";

// What is written into issues and files is in English for the whole team, whatever language the editor of its author has.
// What is copied from somebody else mentions nobody. What the user types is kept as it is.

/** The comment on a known issue for another case of it. `note` is what is new in this case. */
export function anotherCaseComment(title: string, ref: IssueRef, note: string): string {
  const text = `Another case: ${boldLine(title)} (${refKey(ref)})`;
  return note === "" ? text : `${text}\n\n${note}`;
}

/** The comment on a known issue for a case that gets no issue of its own. */
export function caseComment(title: string, details: string): string {
  return [boldLine(title), details].filter((part) => part !== "").join("\n\n");
}

/** The resolution of an issue that was added to a known one. */
export function addedToKnownResolution(known: IssueRef): string {
  return `Added to a known issue: ${refKey(known)}`;
}

/** The comment on an opportunity from which a record was started. */
export function recordStartedComment(title: string): string {
  return `Record started: ${boldLine(title)}`;
}

/** The resolution of a duplicate. `known` is the issue that stays, and `ended` how it has ended already. */
export function duplicateResolution(known: IssueRef, home: Repository, ended?: "resolved" | "closed"): string {
  return `Duplicate of ${formatRef(known, home)}${ended === undefined ? "" : `, which is ${ended}`}`;
}

/** The comment on a duplicate when the issue that stays has ended. `reporter` is mentioned if given. */
export function duplicateEndComment(event: "resolved" | "closed", known: IssueRef, home: Repository, resolution: string, reporter?: string): string {
  const text = `${event === "resolved" ? "Resolved" : "Closed"} in ${formatRef(known, home)}`;
  const about = resolutionLine(resolution);
  return `${reporter === undefined ? "" : `@${reporter} `}${text}${about === "" ? "." : `: ${about}`}`;
}

/** The comment on a duplicate with another resolution. Other comments stay as they are. */
export function withResolution(comment: string, before: string, after: string): string {
  const [old, about] = [`: ${resolutionLine(before)}`, resolutionLine(after)];
  const isNotice = /^(?:@\S+ )?(?:Resolved|Closed) in \S+: /.test(comment);
  return isNotice && old !== ": " && comment.endsWith(old) && about !== "" ? `${comment.slice(0, -old.length)}: ${about}` : comment;
}

function resolutionLine(resolution: string): string {
  return inertText(oneLine(resolution).trim());
}

/** The comment that passes an issue on to whoever is on call in a role. */
export function redirectComment(login: string, role: string, note: string): string {
  return `@${login} (${role}): ${note === "" ? "this is for whoever is on call." : note}`;
}

/** The text of an escalation: who is asked, in which capacity (empty if they were selected by name), and why. */
export function escalationText(logins: readonly string[], capacity: string, reason: string): string {
  return `${logins.map((login) => `@${login}`).join(" ")}${capacity === "" ? "" : ` (${capacity})`}: ${reason}`;
}

/** The capacity in which people with a standing role are asked for an answer within hours. */
export function withinHours(role: string): string {
  return `${role}, within hours`;
}

/** The capacity in which the people of the next shift are asked. */
export const withinDays = "next shift, within days";

export const escalationAccepted = "Escalation accepted.";

/** The comment of somebody who accepts an escalation later. */
export function escalationDelayed(reason: string): string {
  return `Escalation delayed: ${reason}`;
}

/** The comment of somebody who declines an escalation. */
export function escalationDeclined(reason: string): string {
  return `Escalation declined: ${reason}`;
}

/** A usual way in which an issue is resolved. */
export type Resolution =
  | "answered"
  | "known"
  | "addedToKnown"
  | "diagnosed"
  | "fixed"
  | "workaround"
  | "reproducer"
  | "filed"
  | "recovered"
  | "done"
  | "declined"
  | "withdrawn";

/** How a resolution is recorded on the issue. */
export const resolutionTexts: Readonly<Record<Resolution, string>> = {
  answered: "Answered, or referred to the documentation",
  known: "Known issue",
  addedToKnown: "Added to a known issue",
  diagnosed: "Diagnosed",
  fixed: "Fixed",
  workaround: "Workaround provided",
  reproducer: "Reproducer built",
  filed: "New issue filed",
  recovered: "Recovered without action",
  done: "Done as requested",
  declined: "Declined, with a reason",
  withdrawn: "No longer needed",
};

/** The timeline entry for a role that changes hands. An empty login: nobody has it any more. */
export function roleComment(role: string, login: string, before: string | undefined): string {
  if (login === "") return before === undefined ? `Nobody has the role ${oneLine(role)}.` : `@${before} gave up the role ${oneLine(role)}. Nobody has it now.`;
  return before === undefined ? `@${login} is ${oneLine(role)}.` : `@${login} is ${oneLine(role)}, taking over from @${before}.`;
}

/** The timeline entry for a milestone whose time was wrong. Times are local, such as `2026-11-20 08:15`. */
export function correctionComment(from: string, to: string, timezone: string, reason: string): string {
  return `Time corrected from ${from} to ${to} (${timezone}): ${reason}`;
}

/** The resolution of an incident whose impact was not stopped before the cause was fixed. */
export const resolvedWithoutMitigation = "Resolved without mitigation.";

/** The comment on an issue that is reopened. */
export function reopenedComment(reason: string): string {
  return `Reopened: ${reason}`;
}

/** The timeline entry for how satisfied the reporter was: a score from 1 to 5 or none, and their words. */
export function satisfactionComment(score: number | undefined, words: string): string {
  const first = score === undefined ? "The reporter was asked for feedback and gave no score." : `Satisfaction of the reporter: ${score} of 5.`;
  return words === "" ? first : `${first}

${inertText(words).replace(/^/gm, "> ")}`;
}

/** The score in such an entry. */
export function scoreInComment(comment: string): string | undefined {
  return /^Satisfaction of the reporter: ([1-5]) of 5\./.exec(comment)?.[1];
}

/** The line in a runbook that links to the issue it was written from. `source` is Markdown. */
export function firstWrittenOn(source: string): string {
  return `First written on ${source}.`;
}

/** The timeline entry for a decision about the priority: what it was and is, and which criteria apply. */
export function priorityDecisionComment({ before, priority, criteria }: { readonly before?: string; readonly priority?: string; readonly criteria: readonly string[] }): string {
  const was = before === undefined ? "" : ` (was ${before})`;
  const first = before === priority ? `Priority: still ${priority ?? "none"}.` : `Priority: ${priority ?? "none"}${was}.`;
  if (criteria.length === 0) return `${first} None of the criteria applies.`;
  return `${first} These criteria apply:\n\n${criteria.map((criterion) => `- ${oneLine(criterion)}`).join("\n")}`;
}

/** The title of an issue, which anybody can write, in bold. */
function boldLine(text: string): string {
  return `**${inertText(text).replace(/[*\r\n]/g, " ").trim()}**`;
}
