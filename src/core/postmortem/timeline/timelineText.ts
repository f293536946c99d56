import type { TimelineEntry } from "../../incident/timeline";
import { inertText } from "../../markup/inertText";
import { milestoneNames } from "../../markup/milestone";
import type { IssueLink } from "../../model/issueChange";
import { refKey } from "../../model/issueRef";
import { sameLogin } from "../../model/names";
import { assertNever } from "../../model/result";
import { codeSpan, readCommandComment } from "../../shell/commandReport";

const maxEventLength = 280;

const maxScriptLength = 200;

/**
 * A timeline entry as one line of Markdown, in English: post-mortems are shared, so they do not depend on the editor's language, and
 * whoever is named in them is not notified again.
 */
export function formatTimelineEntry(entry: TimelineEntry): string {
  return inertText(lineOf(entry));
}

/** The same as version 0.1 wrote it. */
export function formerTimelineText(entry: TimelineEntry): string {
  if (entry.kind === "milestone") return inertText(withText(`${milestoneNames[entry.milestone]} (${nameOf(entry)})`, entry.text));
  return entry.kind === "commented" ? inertText(withText(nameOf(entry), entry.text)) : formatTimelineEntry(entry);
}

/** Whether `formatTimelineEntry` omits the end of its text. */
export function isShortened(entry: TimelineEntry): boolean {
  return (entry.kind === "commented" || entry.kind === "milestone") && (commandIn(entry) !== undefined || [...entry.text.trim()].length > maxEventLength);
}

function nameOf({ by }: TimelineEntry): string {
  return by === "" ? "Somebody" : by;
}

function lineOf(entry: TimelineEntry): string {
  const by = nameOf(entry);
  switch (entry.kind) {
    case "opened":
      return `Opened by ${by}`;
    case "closed":
      return `Closed by ${by}`;
    case "reopened":
      return `Reopened by ${by}`;
    case "milestone":
      return withText(`${milestoneTitle(entry)} (${by})`, entry.text === milestoneNames[entry.milestone] ? "" : entry.text);
    case "commented": {
      const command = commandIn(entry);
      return command === undefined ? withText(by, entry.text) : withText(`${by} ran a command`, command);
    }
    case "labeled":
      return `${by} added the label “${entry.label}”`;
    case "unlabeled":
      return `${by} removed the label “${entry.label}”`;
    case "assigned":
      return sameLogin(entry.login, entry.by) ? `${by} took the issue` : `${by} assigned ${entry.login}`;
    case "unassigned":
      return sameLogin(entry.login, entry.by) ? `${by} is no longer assigned` : `${by} unassigned ${entry.login}`;
    case "retitled":
      return `${by} changed the title from “${entry.from}” to “${entry.to}”`;
    case "linked":
      return formatLink(entry.link, by);
    case "referenced":
      return withText(`${by} named it in commit ${entry.sha.slice(0, 10)}`, escaped(entry.subject ?? ""));
    case "mentioned":
      return withText(`${by} mentioned it in ${entry.isPullRequest ? "the pull request " : ""}${refKey(entry.ref)}`, escaped(entry.title));
    case "runStarted":
      return `${by} started the runbook “${entry.title}”`;
    case "stepDone":
      return `${entry.text} (${by})`;
    case "stepSkipped":
      return `Skipped by ${by}: ${entry.text} (${entry.reason})`;
    case "decided":
      return `${entry.text} ${entry.option} (${by})`;
    default:
      return assertNever(entry);
  }
}

type MilestoneEntry = Extract<TimelineEntry, { readonly kind: "milestone" }>;

function milestoneTitle({ milestone, audience }: MilestoneEntry): string {
  const name = milestoneNames[milestone];
  return milestone === "update" && audience !== undefined ? `${name} to ${escaped(audience)}` : name;
}

/** A command that was run, and how it ended, without its output. */
function commandIn(entry: TimelineEntry): string | undefined {
  const found = entry.kind === "commented" && entry.command === true ? readCommandComment(entry.text) : undefined;
  if (found === undefined) return undefined;
  return `${codeSpan(shortened(found.script, maxScriptLength))} · ${found.outcome}`;
}

function formatLink(link: IssueLink, by: string): string {
  switch (link.kind) {
    case "parent":
      return `${by} linked it under ${refKey(link.other)}`;
    case "child":
      return `${by} created ${refKey(link.other)} from it`;
    case "related":
      return `${by} linked ${refKey(link.other)}`;
    case "blockedBy":
      return `${by} marked it as blocked by ${refKey(link.other)}`;
    case "blocks":
      return `${by} marked it as blocking ${refKey(link.other)}`;
    case "duplicateOf":
      return `${by} marked it as a duplicate of ${refKey(link.other)}`;
    case "hasDuplicate":
      return `${by} marked ${refKey(link.other)} as its duplicate`;
    case "postmortem":
      return `${by} started the post-mortem`;
    default:
      return assertNever(link);
  }
}

/** A plain text as Markdown. */
function escaped(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_~[\]<>&!#@]/g, "\\$&");
}

function withText(who: string, text: string): string {
  const shown = shortened(text.trim(), maxEventLength);
  return shown === "" ? who : `${who}: ${shown}`;
}

function shortened(text: string, length: number): string {
  const characters = [...text];
  return characters.length > length ? `${characters.slice(0, length).join("")}…` : text;
}
