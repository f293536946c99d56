import type { TimelineEntry } from "../../incident/timeline";
import { readClock } from "../../markup/clockRegion";
import { hasBackfilledLabel } from "../../markup/labels";
import { compareInstants, latest } from "../../model/instant";
import type { Instant, Issue } from "../../model/issue";
import type { Milestone } from "../../model/timelineEvent";
import { newEntries, toSecond } from "./eventRows";
import type { IncidentEvent } from "./origins";
import { type Postmortem, type PostmortemInstant, postmortemInstants } from "../postmortem";

type MilestoneEntry = Extract<TimelineEntry, { readonly kind: "milestone" }>;

/**
 * When the incident started, was detected and so on according to its issue, in seconds. Of an incident that was reopened: its first
 * start, detection and acknowledgement, and its last mitigation. It is resolved only if it was resolved or closed since then. After a
 * correction, the time that was recorded last counts. If nobody recorded a start or a detection, it is when the incident was reported,
 * unless the incident was entered afterwards. It is not detected before it started.
 */
export function incidentInstants(issue: Issue, entries: readonly TimelineEntry[]): Postmortem["instants"] {
  const rounds = roundsOf(entries);
  const times = (name: Milestone): readonly (Instant | undefined)[] => rounds.map((round) => recordedLast(round, name));
  const resolved = recordedLast(rounds.at(-1) ?? [], "resolved") ?? (issue.state === "closed" ? issue.closedAt : undefined);
  const reported = hasBackfilledLabel(issue.labels) ? undefined : reportedAt(issue);
  const started = recordedLast(rounds[0] ?? [], "started") ?? reported;
  const found: Readonly<Record<PostmortemInstant, Instant | undefined>> = {
    started: started ?? times("started").find(isKnown),
    detected: recordedLast(rounds[0] ?? [], "detected") ?? (reported === undefined ? times("detected").find(isKnown) : latest([reported, started])),
    acknowledged: rounds.map(acknowledgedIn).find(isKnown),
    mitigated: times("mitigated").findLast(isKnown),
    resolved,
  };
  return Object.fromEntries(postmortemInstants.flatMap((name) => (found[name] === undefined ? [] : [[name, toSecond(found[name])]])));
}

function reportedAt({ body, createdAt }: Issue): Instant {
  return readClock(body).reported ?? createdAt;
}

function isKnown(at: Instant | undefined): at is Instant {
  return at !== undefined;
}

/** The milestones before the incident was first reopened, and after each time that it was, by when they happened. */
function roundsOf(entries: readonly TimelineEntry[]): readonly (readonly MilestoneEntry[])[] {
  const rounds: MilestoneEntry[][] = [[]];
  for (const entry of entries) {
    if (entry.kind === "reopened") rounds.push([]);
    else if (entry.kind === "milestone") rounds.at(-1)?.push(entry);
  }
  return rounds;
}

function recordedLast(round: readonly MilestoneEntry[], milestone: Milestone): Instant | undefined {
  return round.filter((entry) => entry.milestone === milestone).toSorted((a, b) => compareInstants(a.recorded ?? a.at, b.recorded ?? b.at)).at(-1)?.at;
}

/** The first acknowledgement that was not withdrawn. */
function acknowledgedIn(round: readonly MilestoneEntry[]): Instant | undefined {
  const withdrawn = round.findLastIndex(({ milestone }) => milestone === "unacknowledged");
  return round.slice(withdrawn + 1).find(({ milestone }) => milestone === "acknowledged")?.at;
}

/** A time of the issue that the post-mortem can take. */
export interface OfferedInstant {
  readonly instant: PostmortemInstant;
  readonly at: Instant;
}

/**
 * Times of the issue that differ from those of the post-mortem, such as after a correction. A time that a person typed into the
 * post-mortem is not questioned, unless the event that differs from it is new.
 */
export function offeredInstants(postmortem: Postmortem, issue: Issue, events: readonly IncidentEvent[]): readonly OfferedInstant[] {
  const entries = events.map(({ entry }) => entry);
  const current = incidentInstants(issue, entries);
  const fresh = newEntries(postmortem, events).map(({ entry }) => entry);
  return postmortemInstants.flatMap((instant) => {
    const [at, mine] = [current[instant], postmortem.instants[instant]];
    if (at === undefined || at === mine) return [];
    const isFromIssue = mine === undefined || knownTimes(issue, entries, instant).has(mine);
    return isFromIssue || timesOf(fresh, instant).includes(at) ? [{ instant, at }] : [];
  });
}

/** All times that the issue had for this. */
function knownTimes(issue: Issue, entries: readonly TimelineEntry[], instant: PostmortemInstant): ReadonlySet<Instant> {
  const own = instant === "started" || instant === "detected" ? [issue.createdAt, reportedAt(issue)] : instant === "resolved" ? entries.flatMap(({ kind, at }) => (kind === "closed" ? [at] : [])) : [];
  return new Set([...own.map(toSecond), ...timesOf(entries, instant)]);
}

function timesOf(entries: readonly TimelineEntry[], instant: PostmortemInstant): readonly Instant[] {
  return entries.flatMap((entry) => (entry.kind === "milestone" && entry.milestone === instant ? [toSecond(entry.at)] : []));
}
