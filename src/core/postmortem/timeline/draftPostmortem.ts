import { businessLength } from "../../calendar/businessLength";
import type { BusinessTime } from "../../calendar/businessTime";
import { dateTextOf } from "../../calendar/localTime";
import { needsPostmortem } from "../../incident/ending";
import { type IncidentState, milestoneTime } from "../../incident/incidentState";
import type { TimelineEntry } from "../../incident/timeline";
import type { IssueFacts } from "../../issue/issueFacts";
import { inertText } from "../../markup/inertText";
import type { Desk } from "../../model/desk";
import type { Instant, Issue } from "../../model/issue";
import { hasName } from "../../model/names";
import { eventRow, toSecond } from "./eventRows";
import { incidentInstants } from "./incidentInstants";
import { incidentEvents } from "./origins";
import { emptyPostmortem, noTexts, type Postmortem } from "../postmortem";
import { formatEntryTime } from "../postmortemTime";

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
  const severity = context.desk.severities.find((name) => hasName(issue.labels, name)) ?? severityOf(issue.labels);
  const lead = leadOf(entries) ?? issue.assignees[0] ?? context.lead;
  const last = entries.at(-1)?.at;
  const instants = incidentInstants(issue, entries);
  return {
    ...emptyPostmortem,
    issue: issue.ref,
    title: facts.name,
    services: facts.services,
    ...(severity === undefined ? {} : { severity }),
    ...(facts.priority === undefined ? {} : { priority: facts.priority }),
    ...(lead === undefined ? {} : { lead, owner: lead }),
    review: reviewDue(context, instants.resolved ?? now, severity, facts.priority),
    instants,
    ...(last === undefined ? {} : { eventsUntil: toSecond(last) }),
    texts: {
      ...noTexts,
      resolution: entries.flatMap((entry) => (entry.kind === "milestone" && entry.milestone === "resolved" ? [inertText(entry.text)] : [])).join("\n\n"),
      communications: entries.flatMap((entry) => (entry.kind === "milestone" && entry.milestone === "update" ? [describeUpdate(entry, context.desk.timezone)] : [])).join("\n"),
    },
    timeline: incidentEvents(entries).map((event, index) => eventRow(event, `e${index + 1}`, issue.ref)),
  };
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

function describeUpdate({ at, by, audience, text }: Extract<TimelineEntry, { readonly kind: "milestone" }>, timezone: string): string {
  const recipients = audience === undefined ? "" : ` to ${audience}`;
  return `- ${`${formatEntryTime({ kind: "instant", at }, timezone)} · ${by}${recipients}: ${inertText(text)}`.replace(/\r?\n/g, "\n  ")}`;
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
