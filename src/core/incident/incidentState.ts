import { readFields } from "../markup/fieldRegion";
import { markedInstant } from "../markup/hiddenMark";
import { readRound } from "../markup/issueRound";
import { hasBackfilledLabel, hasTestLabel, readEnvironments } from "../markup/labels";
import type { Desk } from "../model/desk";
import { compareInstants } from "../model/instant";
import type { ClockMark, Instant, Issue } from "../model/issue";
import { fieldNamed, type IssueField } from "../model/issueField";
import { hasName } from "../model/names";
import { readCriteria } from "./criteria";

/** Where an incident is in its life. `cancelled`: it was not an incident. */
export type IncidentPhase = "reported" | "acknowledged" | "mitigated" | "resolved" | "cancelled" | "closed";

/** The milestones whose times are kept, in their usual order. */
export const timedMilestones = ["started", "detected", "acknowledged", "mitigated", "resolved", "cancelled"] as const;

export type TimedMilestone = (typeof timedMilestones)[number];

/** A milestone that counts now: when it happened, and who recorded it when. */
export interface MilestoneTime {
  readonly milestone: TimedMilestone;
  readonly at: Instant;
  readonly by: string;
  readonly recorded: Instant;
}

/** The last update that an audience received, and the time promised for the next one. */
export interface SentUpdate {
  readonly audience: string;
  readonly at: Instant;
  readonly by: string;
  readonly next?: Instant;
}

/** Who holds a role, and since when. */
export interface HeldRole {
  readonly role: string;
  readonly login: string;
  readonly since: Instant;
}

/** What an issue's own text and labels say about an incident. It needs no comments, so lists can show it. */
export interface IncidentState {
  readonly phase: IncidentPhase;
  /** In order of time. Milestones that happened before the incident was reopened are omitted, except for its start and detection. */
  readonly milestones: readonly MilestoneTime[];
  /** When it was last reopened, see `readRound`. */
  readonly reopened?: Instant;
  /** In the order of the desk's roles. Roles that nobody holds are omitted. */
  readonly roles: readonly HeldRole[];
  readonly updates: readonly SentUpdate[];
  /** The name of the severity, in the desk's spelling. */
  readonly severity?: string;
  readonly environments: readonly string[];
  /** The criteria of the desk that were found to hold. */
  readonly criteria: readonly string[];
  /** When the current priority was set, if it was set with Response Desk. */
  readonly prioritized?: Instant;
  /** Tests and backfilled incidents notify nobody, and tests are excluded from metrics. */
  readonly isTest: boolean;
  readonly isBackfilled: boolean;
  readonly resolution?: string;
  readonly satisfaction?: string;
}

/** Reads the state of an incident from its issue. */
export function incidentState(desk: Desk, issue: Issue): IncidentState {
  const fields = readFields(issue.body);
  const text = (name: string): string | undefined => {
    const value = fieldNamed(fields, name)?.value;
    return value === undefined || value === "" ? undefined : value;
  };
  const { since: reopened, clock } = readRound(issue);
  const milestones = milestonesOf(clock, fields, reopened);
  const severity = desk.severities.find((name) => hasName(issue.labels, name));
  const prioritized = fieldNamed(fields, "prioritized")?.at;
  const [resolution, satisfaction] = [text("resolution"), text("satisfaction")];
  return {
    phase: phaseOf(issue, milestones),
    milestones,
    ...(reopened === undefined ? {} : { reopened }),
    roles: rolesOf(desk, fields),
    updates: updatesOf(fields),
    ...(severity === undefined ? {} : { severity }),
    environments: readEnvironments(issue.labels),
    criteria: readCriteria(text("criteria") ?? ""),
    ...(prioritized === undefined ? {} : { prioritized }),
    isTest: hasTestLabel(issue.labels),
    isBackfilled: hasBackfilledLabel(issue.labels),
    ...(resolution === undefined ? {} : { resolution }),
    ...(satisfaction === undefined ? {} : { satisfaction }),
  };
}

/** Finds a milestone that counts now. */
export function milestoneTime(state: Pick<IncidentState, "milestones">, milestone: TimedMilestone): MilestoneTime | undefined {
  return state.milestones.find((one) => one.milestone === milestone);
}

function milestonesOf(clock: ClockMark, fields: readonly IssueField[], reopened: Instant | undefined): readonly MilestoneTime[] {
  const acknowledged: readonly MilestoneTime[] =
    clock.acknowledged === undefined ? [] : [{ milestone: "acknowledged", at: clock.acknowledged, by: clock.by ?? "", recorded: clock.acknowledged }];
  const recorded = timedMilestones.flatMap((milestone): readonly MilestoneTime[] => {
    const field = fieldNamed(fields, milestone);
    const at = markedInstant(field?.value);
    return field === undefined || at === undefined ? [] : [{ milestone, at, by: field.by, recorded: field.at }];
  });
  // Issues of version 0.1 have the time of their resolution in the clock only.
  const resolved: readonly MilestoneTime[] =
    clock.resolved === undefined || fieldNamed(fields, "resolved") !== undefined ? [] : [{ milestone: "resolved", at: clock.resolved, by: "", recorded: clock.resolved }];
  const lasting: readonly TimedMilestone[] = ["started", "detected"];
  return [...acknowledged, ...recorded, ...resolved]
    .filter(({ milestone, at }) => reopened === undefined || lasting.includes(milestone) || compareInstants(at, reopened) > 0)
    .toSorted((a, b) => compareInstants(a.at, b.at) || timedMilestones.indexOf(a.milestone) - timedMilestones.indexOf(b.milestone));
}

function phaseOf(issue: Issue, milestones: readonly MilestoneTime[]): IncidentPhase {
  const has = (name: TimedMilestone): boolean => milestones.some(({ milestone }) => milestone === name);
  if (has("cancelled")) return "cancelled";
  if (issue.state === "closed") return "closed";
  if (has("resolved")) return "resolved";
  if (has("mitigated")) return "mitigated";
  return has("acknowledged") ? "acknowledged" : "reported";
}

function rolesOf(desk: Desk, fields: readonly IssueField[]): readonly HeldRole[] {
  const held = fields.flatMap(({ name, value, at }) => (name.startsWith("role.") && value !== "" ? [{ role: name.slice("role.".length), login: value, since: at }] : []));
  const order = (role: string): number => (desk.incidentRoles.includes(role) ? desk.incidentRoles.indexOf(role) : desk.incidentRoles.length);
  return held.toSorted((a, b) => order(a.role) - order(b.role));
}

function updatesOf(fields: readonly IssueField[]): readonly SentUpdate[] {
  return fields.flatMap(({ name, value, at, by }): readonly SentUpdate[] => {
    if (!name.startsWith("update.")) return [];
    const next = markedInstant(value);
    return [{ audience: name.slice("update.".length), at, by, ...(next === undefined ? {} : { next }) }];
  });
}
