import { businessLength } from "../calendar/businessLength";
import type { BusinessTime } from "../calendar/businessTime";
import { dateTextOf } from "../calendar/localTime";
import { needsPostmortem } from "../incident/ending";
import { type IncidentState, milestoneTime } from "../incident/incidentState";
import type { TimelineEntry } from "../incident/timeline";
import type { IssueFacts } from "../issue/issueFacts";
import { inertText } from "../markup/inertText";
import type { Desk } from "../model/desk";
import { compareInstants } from "../model/instantOrder";
import type { Instant, Issue } from "../model/issue";
import type { Milestone } from "../model/timelineEvent";
import { eventRow, toSecond } from "./eventRows";
import { incidentEvents } from "./origins";
import { emptyPostmortem, noTexts, type Postmortem, type PostmortemInstant } from "./postmortem";

/** What decides when a review is due. */
interface ReviewContext {
  readonly desk: Desk;
  readonly time: BusinessTime;
}

interface DraftContext extends ReviewContext {
  readonly now: Instant;
  /** Login of the person on call as incident lead, if the issue names nobody. */
  readonly lead?: string;
}

/** Drafts a post-mortem from an issue. Known fields are filled in, the others are empty. */
export function draftPostmortem(issue: Issue, facts: IssueFacts, entries: readonly TimelineEntry[], context: DraftContext): Postmortem {
  const { now } = context;
  const severity = severityOf(issue.labels);
  const lead = leadOf(entries) ?? issue.assignees[0] ?? context.lead;
  const last = entries.at(-1)?.at;
  const instants = instantsOf(issue, entries);
  return {
    ...emptyPostmortem,
    issue: issue.ref,
    title: facts.name,
    ...(severity === undefined ? {} : { severity }),
    ...(facts.priority === undefined ? {} : { priority: facts.priority }),
    ...(lead === undefined ? {} : { lead, owner: lead }),
    review: reviewDue(context, instants.resolved ?? now, severity, facts.priority),
    instants,
    ...(last === undefined ? {} : { eventsUntil: toSecond(last) }),
    texts: {
      ...noTexts,
      impact: facts.services.length === 0 ? "" : `Services: ${facts.services.join(", ")}.`,
      resolution: entries.flatMap((entry) => (entry.kind === "milestone" && entry.milestone === "resolved" ? [inertText(entry.text)] : [])).join("\n\n"),
      communications: entries.flatMap((entry) => (entry.kind === "milestone" && entry.milestone === "update" ? [bullet(`${entry.at} · @${entry.by}: ${inertText(entry.text)}`)] : [])).join("\n"),
    },
    timeline: incidentEvents(entries).map((event, index) => eventRow(event, `e${index + 1}`, issue.ref)),
  };
}

function instantsOf(issue: Issue, entries: readonly TimelineEntry[]): Postmortem["instants"] {
  const instants: Partial<Record<PostmortemInstant, Instant>> = { started: toSecond(issue.createdAt), detected: toSecond(issue.createdAt) };
  const last = recorded(entries, "resolved") ?? issue.closedAt;
  const takenBack = entries.findLastIndex((entry) => entry.kind === "milestone" && entry.milestone === "unacknowledged");
  const acknowledged = entries.slice(takenBack + 1).find((entry) => entry.kind === "milestone" && entry.milestone === "acknowledged")?.at;
  const [started, detected, mitigated] = [recorded(entries, "started"), recorded(entries, "detected"), recorded(entries, "mitigated")];
  if (started !== undefined) instants.started = toSecond(started);
  if (detected !== undefined) instants.detected = toSecond(detected);
  if (acknowledged !== undefined) instants.acknowledged = toSecond(acknowledged);
  if (mitigated !== undefined) instants.mitigated = toSecond(mitigated);
  if (last !== undefined) instants.resolved = toSecond(last);
  return instants;
}

/** When a milestone happened according to the entry that was recorded last, as after a correction. */
function recorded(entries: readonly TimelineEntry[], milestone: Milestone): Instant | undefined {
  const all = entries.flatMap((entry) => (entry.kind === "milestone" && entry.milestone === milestone ? [{ at: entry.at, recorded: entry.recorded ?? entry.at }] : []));
  return all.toSorted((a, b) => compareInstants(a.recorded, b.recorded)).at(-1)?.at;
}

/** The last person that a comment names as lead, as in `@ana leads`. */
function leadOf(entries: readonly TimelineEntry[]): string | undefined {
  const said = entries.findLast((entry) => entry.kind === "milestone" && entry.milestone === "lead");
  if (said?.kind === "milestone" && said.login !== undefined) return said.login === "" ? undefined : said.login;
  return said?.kind === "milestone" ? /@([\w.-]+)/.exec(said.text)?.[1] : undefined;
}

function severityOf(labels: readonly string[]): string | undefined {
  const found = labels.map((label) => /^(?:sev(?:erity)?)[\s:-]*(\d)$/i.exec(label.trim())?.[1]).find((digit) => digit !== undefined);
  return found === undefined ? undefined : `SEV${found}`;
}

function bullet(text: string): string {
  return `- ${text.replace(/\r?\n/g, "\n  ")}`;
}

/**
 * The date by which the review should take place, in business time like every goal: as configured, otherwise after 3 days for
 * the worst severity or priority and after 5 days for others.
 */
export function reviewDue({ desk, time }: ReviewContext, after: Instant, severity: string | undefined, priority: string | undefined): string {
  const isWorst = /^sev(?:erity)?[\s:-]*[01]$/i.test(severity ?? "") || (priority !== undefined && priority === desk.priorities[0]?.name);
  const within = desk.postmortem.within ?? { amount: isWorst ? 3 : 5, unit: "d" };
  return dateTextOf(time.after(after, businessLength(desk, within)) ?? after, desk.timezone);
}

/** The date by which the review of a post-mortem is due that the desk requires and nobody has written. */
export function missingReview(context: ReviewContext, facts: IssueFacts, state: IncidentState, now: Instant): string | undefined {
  if (!needsPostmortem(context.desk, facts, state)) return undefined;
  return reviewDue(context, milestoneTime(state, "resolved")?.at ?? now, state.severity, facts.priority);
}
