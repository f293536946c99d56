import { compareInstants, justAfter } from "../model/instant";
import type { Instant } from "../model/issue";
import { failed, ok, type Result } from "../model/result";
import { type IncidentState, milestoneTime, type TimedMilestone } from "./incidentState";

/**
 * Why a milestone cannot have happened at a time. `before` and `after`: relative to another time that is known. `cancelled`: an
 * incident that was cancelled cannot go on.
 */
export type MilestoneProblem =
  | { readonly code: "future" }
  | { readonly code: "cancelled" }
  | { readonly code: "before" | "after"; readonly of: KnownTime; readonly at: Instant };

/** A time that a milestone is compared with. */
export type KnownTime = TimedMilestone | "reported" | "reopened";

/** The times that a milestone is checked against. */
type KnownMilestones = Pick<IncidentState, "milestones" | "reopened">;

interface MilestoneContext {
  /** When the incident was reported. It counts until the start is recorded. */
  readonly reported: Instant;
  readonly now: Instant;
}

interface Bound {
  readonly of: KnownTime;
  readonly at: Instant;
}

/**
 * Checks when a milestone happened, also to correct it. Returns the time to record: people enter minutes, so a time in the
 * minute of one that it must not precede or follow becomes that time.
 */
export function checkMilestone(state: KnownMilestones, { reported, now }: MilestoneContext, milestone: TimedMilestone, at: Instant): Result<Instant, MilestoneProblem> {
  if (compareInstants(at, now) > 0) return failed({ code: "future" });
  if (notCancelled.includes(milestone) && milestoneTime(state, "cancelled") !== undefined) return failed({ code: "cancelled" });
  const start = milestone === "started" || milestone === "detected" ? [] : startOf(state, reported);
  let time = at;
  for (const bound of [...start, ...boundsOf(state, before[milestone])]) {
    if (compareInstants(time, bound.at) >= 0) continue;
    if (!isSameMinute(at, bound.at)) return failed({ code: "before", ...bound });
    time = bound.at;
  }
  for (const bound of boundsOf(state, after[milestone])) {
    if (compareInstants(time, bound.at) <= 0) continue;
    if (!isSameMinute(at, bound.at)) return failed({ code: "after", ...bound });
    time = bound.at;
  }
  return ok(time);
}

/** The milestones that each milestone does not precede. */
const before: Readonly<Record<TimedMilestone, readonly TimedMilestone[]>> = {
  started: [],
  detected: ["started"],
  acknowledged: [],
  mitigated: [],
  resolved: ["mitigated"],
  cancelled: ["mitigated", "resolved"],
};

/** The milestones that each milestone does not follow. */
const after: Readonly<Record<TimedMilestone, readonly TimedMilestone[]>> = {
  started: ["detected", "acknowledged", "mitigated", "resolved", "cancelled"],
  detected: [],
  acknowledged: [],
  mitigated: ["resolved"],
  resolved: [],
  cancelled: [],
};

/** The milestones that an incident without impact does not have. */
const notCancelled: readonly TimedMilestone[] = ["mitigated", "resolved"];

/** What counts since it was reopened happened after that. */
function startOf(state: KnownMilestones, reported: Instant): readonly Bound[] {
  const started = boundsOf(state, ["started"]);
  if (state.reopened !== undefined) return [...started, { of: "reopened", at: justAfter(state.reopened) }];
  return started.length === 0 ? [{ of: "reported", at: reported }] : started;
}

function boundsOf(state: KnownMilestones, names: readonly TimedMilestone[]): readonly Bound[] {
  return names.flatMap((of) => {
    const at = milestoneTime(state, of)?.at;
    return at === undefined ? [] : [{ of, at }];
  });
}

function isSameMinute(a: Instant, b: Instant): boolean {
  return a.slice(0, 16) === b.slice(0, 16);
}
