import { compareTexts } from "../../model/sorting";
import { contentOfEntry, type TimelineEntry } from "../../incident/timeline";
import type { IssueLink } from "../../model/issueChange";
import { type IssueRef, refKey } from "../../model/issueRef";
import { assertNever } from "../../model/result";
import { textHash } from "../../model/textHash";
import type { EntryOrigin } from "../postmortem";

/** An event of an incident: an entry of its timeline, with what identifies it and where it comes from. */
export interface IncidentEvent {
  readonly entry: TimelineEntry;
  readonly origin: EntryOrigin;
  /** In English, such as `comment` or `commit`. */
  readonly source: string;
}

const lengths = { key: 10, hash: 6 } as const;

/**
 * Identifies the entries of a timeline, in the same order. A key consists of the kind of event, who caused it, when it was recorded
 * and what it is about. It stays the same when somebody edits a text or corrects when the event happened, and it does not depend on
 * the order of the entries. Events that agree in all of this are numbered.
 */
export function incidentEvents(entries: readonly TimelineEntry[]): readonly IncidentEvent[] {
  const same = new Map<string, TimelineEntry[]>();
  const identities = entries.map((entry) => {
    const identity = JSON.stringify(identityOf(entry));
    const others = same.get(identity);
    if (others === undefined) same.set(identity, [entry]);
    else others.push(entry);
    return identity;
  });
  const numbers = new Map<TimelineEntry, number>();
  for (const group of same.values()) {
    if (group.length > 1) for (const [number, entry] of group.toSorted(compareSame).entries()) numbers.set(entry, number);
  }
  return entries.map((entry, index) => entryOrigin(entry, identities[index] ?? "", numbers.get(entry) ?? 0));
}

function entryOrigin(entry: TimelineEntry, identity: string, number: number): IncidentEvent {
  const key = textHash(number === 0 ? identity : `${identity} ${number}`, lengths.key);
  return { entry, origin: { key, hash: textHash(JSON.stringify(textsOf(entry).map(normal)), lengths.hash) }, source: sourceOf(entry) };
}

/** What cannot change about an event. Entries about the same comment, step, commit or issue are the same event. */
function identityOf(entry: TimelineEntry): readonly string[] {
  const stamp = [instant("recorded" in entry && entry.recorded !== undefined ? entry.recorded : entry.at), entry.by.toLowerCase()];
  switch (entry.kind) {
    case "opened":
      return [entry.kind];
    case "closed":
    case "reopened":
    case "retitled":
      return [entry.kind, ...stamp];
    // Only the text of a comment makes it a milestone.
    case "commented":
    case "milestone":
      return ["comment", ...stamp];
    case "labeled":
    case "unlabeled":
      return [entry.kind, ...stamp, entry.label.toLowerCase()];
    case "assigned":
    case "unassigned":
      return [entry.kind, ...stamp, entry.login.toLowerCase()];
    // An issue that is named is often linked later.
    case "linked":
      return entry.link.kind === "postmortem" ? ["postmortem", entry.link.path] : ["issue", nameOf(entry.link.other)];
    case "mentioned":
      return ["issue", nameOf(entry.ref)];
    case "referenced":
      return ["commit", entry.sha];
    case "runStarted":
      return ["run", ...stamp, entry.subject ?? entry.title];
    case "stepDone":
    case "stepSkipped":
    case "decided":
      return ["step", ...stamp, entry.subject ?? entry.text];
    default:
      return assertNever(entry);
  }
}

function instant(at: string): string {
  return at.replace(/\.0+Z$/, "Z");
}

/** Numbers of issues in files can change. */
function nameOf(ref: IssueRef): string {
  return ref.id ?? refKey(ref).toLowerCase();
}

/** The order of entries with the same identity: by comment if they have pages, which are numbered, otherwise by their content. */
function compareSame(a: TimelineEntry, b: TimelineEntry): number {
  return commentNumber(a) - commentNumber(b) || compareTexts(a.at, b.at) || compareTexts(contentOfEntry(a), contentOfEntry(b));
}

function commentNumber(entry: TimelineEntry): number {
  return Number((entry.kind === "commented" || entry.kind === "milestone" ? /#issuecomment-(\d{1,15})$/.exec(entry.url ?? "")?.[1] : undefined) ?? 0);
}

/** The texts of an event as they were written. They are independent of how rows are formatted, which can change with the version. */
function textsOf(entry: TimelineEntry): readonly string[] {
  switch (entry.kind) {
    case "opened":
    case "closed":
    case "reopened":
    case "labeled":
    case "unlabeled":
    case "assigned":
    case "unassigned":
      return [];
    case "commented":
      return [entry.text];
    case "milestone":
      return [entry.text, entry.milestone, entry.audience ?? "", entry.role ?? "", entry.login ?? ""];
    case "retitled":
      return [entry.from, entry.to];
    case "linked":
      return ["link", entry.link.kind];
    case "mentioned":
      return ["mention", entry.title];
    case "referenced":
      return [entry.subject ?? ""];
    case "runStarted":
      return [entry.title];
    case "stepDone":
      return [entry.text];
    case "stepSkipped":
      return [entry.text, entry.reason];
    case "decided":
      return [entry.text, entry.option];
    default:
      return assertNever(entry);
  }
}

function normal(text: string): string {
  return text.replace(/\r\n?/g, "\n").trim();
}

function sourceOf(entry: TimelineEntry): string {
  switch (entry.kind) {
    case "opened":
    case "closed":
    case "reopened":
    case "labeled":
    case "unlabeled":
    case "assigned":
    case "unassigned":
    case "retitled":
      return "issue";
    case "commented":
      return entry.command === true ? "command" : "comment";
    case "milestone":
      return entry.milestone === "update" || entry.milestone === "note" ? entry.milestone : "milestone";
    case "linked":
      return linkSource(entry.link);
    case "referenced":
      return "commit";
    case "mentioned":
      return entry.isPullRequest ? "pull request" : "mention";
    case "runStarted":
    case "stepDone":
    case "stepSkipped":
    case "decided":
      return "checklist";
    default:
      return assertNever(entry);
  }
}

function linkSource(link: IssueLink): string {
  return link.kind === "postmortem" ? "post-mortem" : "link";
}
