import type { Desk } from "../desk/desk";
import type { TimelineEntry } from "../incident/timeline";
import type { Moment } from "../incident/timelineEvent";
import type { Instant, Issue } from "../issue/issue";
import type { IssueFacts } from "../issue/issueFacts";
import { sameRef } from "../issue/issueRef";
import { writeIssue } from "./issueName";
import { noTexts, type Postmortem, type PostmortemEntry, type PostmortemInstant } from "./postmortem";
import { reviewDue } from "./reviewDue";
import { normalCell } from "./tableCell";

/** How what happened is said, in the language of the person who drafts. */
export interface TimelineWords {
  event(entry: TimelineEntry): string;
  services(names: readonly string[]): string;
}

export interface DraftContext {
  readonly desk: Desk;
  readonly words: TimelineWords;
  readonly now: Instant;
  /** The login of whoever leads the incident by duty, if the issue names nobody. */
  readonly lead?: string;
}

/** The post-mortem an issue begins with: what the issue already knows is filled in, the rest is left to people. */
export function draftPostmortem(issue: Issue, facts: IssueFacts, entries: readonly TimelineEntry[], context: DraftContext): Postmortem {
  const { desk, words, now } = context;
  const severity = severityOf(issue.labels);
  const lead = leadOf(entries) ?? issue.assignees[0] ?? context.lead;
  const last = entries.at(-1)?.at;
  const instants = instantsOf(issue, entries);
  return {
    issue: issue.ref,
    title: facts.name,
    status: "Draft",
    ...(severity === undefined ? {} : { severity }),
    ...(facts.priority === undefined ? {} : { priority: facts.priority }),
    ...(lead === undefined ? {} : { lead, owner: lead }),
    review: reviewDue(desk, instants.resolved ?? now, severity, facts.priority),
    instants,
    ...(last === undefined ? {} : { eventsUntil: toSecond(last) }),
    texts: {
      ...noTexts,
      impact: facts.services.length === 0 ? "" : words.services(facts.services),
      resolution: entries.flatMap((entry) => (entry.kind === "moment" && entry.moment === "resolved" ? [entry.text] : [])).join("\n\n"),
      communications: entries.flatMap((entry) => (entry.kind === "moment" && entry.moment === "update" ? [bullet(`${entry.at} · @${entry.by}: ${entry.text}`)] : [])).join("\n"),
    },
    timeline: entries.map((entry, index) => postmortemEntry(entry, `e${index + 1}`, words)),
    actions: [],
  };
}

/** The row of a timeline that tells the entry. */
export function postmortemEntry(entry: TimelineEntry, id: string, words: TimelineWords): PostmortemEntry {
  const evidence = entry.kind === "linked" && entry.link.kind !== "postmortem" ? writeIssue(entry.link.other) : "";
  return { id, time: { kind: "instant", at: toSecond(entry.at) }, event: words.event(entry), evidence, others: [] };
}

/** What happened after the timeline was last read from the issue, and is not in it yet. What the post-mortem itself linked is not news. */
export function newEntries(postmortem: Postmortem, entries: readonly TimelineEntry[], words: TimelineWords): readonly TimelineEntry[] {
  const until = postmortem.eventsUntil ?? "";
  return entries.filter((entry) => toSecond(entry.at) >= until && !isOwnLink(entry, postmortem) && !isTold(postmortem, entry, words));
}

function isOwnLink(entry: TimelineEntry, { actions }: Postmortem): boolean {
  if (entry.kind !== "linked") return false;
  const { link } = entry;
  return link.kind === "postmortem" || actions.some(({ issue }) => issue !== undefined && sameRef(issue, link.other));
}

/** At the very second up to which the issue was read, only what the table does not say is new. */
function isTold(postmortem: Postmortem, entry: TimelineEntry, words: TimelineWords): boolean {
  const at = toSecond(entry.at);
  if (at !== postmortem.eventsUntil) return false;
  const event = normalCell(words.event(entry));
  return postmortem.timeline.some((row) => row.time.kind === "instant" && row.time.at === at && normalCell(row.event) === event);
}

function instantsOf(issue: Issue, entries: readonly TimelineEntry[]): Postmortem["instants"] {
  const instants: Partial<Record<PostmortemInstant, Instant>> = { started: toSecond(issue.createdAt), detected: toSecond(issue.createdAt) };
  const first = (moment: Moment): Instant | undefined => entries.find((entry) => entry.kind === "moment" && entry.moment === moment)?.at;
  const last = entries.findLast((entry) => entry.kind === "moment" && entry.moment === "resolved")?.at ?? issue.closedAt;
  const takenBack = entries.findLastIndex((entry) => entry.kind === "moment" && entry.moment === "unacknowledged");
  const acknowledged = entries.slice(takenBack + 1).find((entry) => entry.kind === "moment" && entry.moment === "acknowledged")?.at;
  const mitigated = first("mitigated");
  if (acknowledged !== undefined) instants.acknowledged = toSecond(acknowledged);
  if (mitigated !== undefined) instants.mitigated = toSecond(mitigated);
  if (last !== undefined) instants.resolved = toSecond(last);
  return instants;
}

/** Whoever a comment last named as lead, as in `@ana leads`. */
function leadOf(entries: readonly TimelineEntry[]): string | undefined {
  const said = entries.findLast((entry) => entry.kind === "moment" && entry.moment === "lead");
  return said?.kind === "moment" ? /@([\w.-]+)/.exec(said.text)?.[1] : undefined;
}

/** Files say times to the second. */
export function toSecond(at: Instant): Instant {
  return `${at.slice(0, 19)}Z`;
}

function severityOf(labels: readonly string[]): string | undefined {
  const found = labels.map((label) => /^(?:sev(?:erity)?)[\s:-]*(\d)$/i.exec(label.trim())?.[1]).find((digit) => digit !== undefined);
  return found === undefined ? undefined : `SEV${found}`;
}

function bullet(text: string): string {
  return `- ${text.replace(/\r?\n/g, "\n  ")}`;
}
