import { businessLength } from "../calendar/businessLength";
import type { BusinessTime } from "../calendar/businessTime";
import { dateOf, localTime } from "../calendar/localTime";
import { incidentState } from "../incident/incidentState";
import { nextUpdates, type UpdateRules } from "../incident/updates";
import type { IssueFacts } from "../issue/issueFacts";
import { readRound } from "../markup/issueRound";
import { alarmsNobody } from "../markup/labels";
import { dateText } from "../model/calendarDate";
import { type Desk, type Duration, findKind, type Kind, parseDuration, runbookOfKind } from "../model/desk";
import { compareInstants, instantAt, millisecondsOf } from "../model/instant";
import type { Instant, Issue } from "../model/issue";
import { fileOfProcedure } from "../model/procedurePath";
import { failed, ok, type Result } from "../model/result";
import type { RunbookDetails } from "../model/runbook";

/** What is due on an open issue: an acknowledgement, triage, or an update for affected people. */
export type ClockStage = "response" | "triage" | "update";

/** The response clock of one issue. Instants without a goal are absent. */
export interface ResponseClock {
  readonly reported: Instant;
  /** The response goal. Absent if the desk defines none. */
  readonly goal?: Duration;
  readonly acknowledged?: { readonly at: Instant; readonly by?: string };
  /** What is due and when, earliest first. Empty for a closed issue, and for tests and backfilled issues. */
  readonly due: readonly DueEntry[];
}

/** Something that is due. */
export interface DueEntry {
  readonly stage: ClockStage;
  readonly at: Instant;
  /** The audience of an update. Absent on a desk without audiences. */
  readonly audience?: string;
  /** Since when an audience waits for its update. */
  readonly since?: Instant;
  /** Whether all time until then counts, and not only business hours. */
  readonly aroundTheClock?: boolean;
}

/** The input of response clocks. `details` returns the front matter of a runbook, or `undefined` if there is no such runbook. */
interface ClockContext {
  readonly desk: Desk;
  readonly time: BusinessTime;
  /** Folder of the desk's configuration, relative to the workspace folder. Empty for that folder itself. */
  readonly deskFolder: string;
  readonly details: (path: string) => RunbookDetails | undefined;
}

/**
 * Computes the response clock of an issue in business time. The response is due after the strictest goal, counted from the
 * report, until the issue is acknowledged. Triage is due while the issue is in its first stage and not acknowledged. The next
 * update is due one cadence after the last update or the acknowledgement, until the issue is resolved. On a desk with audiences,
 * each audience has its own next update, see `nextUpdates`. Reopening starts all of it again. Nothing is due on tests and
 * backfilled issues.
 */
export function responseClock(context: ClockContext, issue: Issue, facts: IssueFacts): ResponseClock {
  const { desk, time } = context;
  const mark = readRound(issue).clock;
  const reported = mark.reported ?? issue.createdAt;
  const goal = responseGoal(desk, { ...facts, runbooks: runbookDurations(context, facts, "respondWithin") });
  const triage = facts.stage === desk.stages[0] ? triageGoal(desk, facts.kind) : undefined;

  const { acknowledged } = mark;
  const due = (stage: ClockStage, from: Instant, within: Duration | undefined): ResponseClock["due"] => {
    const at = within === undefined ? undefined : time.after(from, businessLength(desk, within));
    return at === undefined ? [] : [{ stage, at }];
  };
  const lastUpdate = mark.updated !== undefined && compareInstants(mark.updated, acknowledged) > 0 ? mark.updated : acknowledged;
  const over = mark.resolved !== undefined && compareInstants(mark.resolved, lastUpdate) >= 0;
  const updates = (): readonly DueEntry[] => {
    if (desk.audiences.length > 0) return nextUpdates(updateRules(context, facts), incidentState(desk, issue), facts.priority).map((update) => ({ stage: "update", ...update }));
    const cadence = updateCadence(desk, { ...facts, runbooks: runbookDurations(context, facts, "updateEvery") });
    return lastUpdate === undefined || over ? [] : due("update", lastUpdate, cadence);
  };
  const waiting = issue.state === "closed" || alarmsNobody(issue.labels) ? [] : [...(acknowledged === undefined ? [...due("response", reported, goal), ...due("triage", reported, triage)] : []), ...updates()];
  return {
    reported,
    ...(goal === undefined ? {} : { goal }),
    ...(acknowledged === undefined ? {} : { acknowledged: { at: acknowledged, ...(mark.by === undefined ? {} : { by: mark.by }) } }),
    due: waiting.toSorted((a, b) => compareInstants(a.at, b.at)),
  };
}

/** What decides when updates on an issue are due. */
export function updateRules(context: ClockContext, facts: IssueFacts): UpdateRules {
  const { desk, time } = context;
  const runbook = strictest(desk, runbookDurations(context, facts, "updateEvery"));
  return { desk, time, ...(runbook === undefined ? {} : { runbook }) };
}

/** The durations that the runbooks of an issue set: that of its kind, and those of its checklists. */
export function runbookDurations({ desk, deskFolder, details }: Omit<ClockContext, "time">, facts: Pick<IssueFacts, "kind" | "checklists">, name: "respondWithin" | "updateEvery"): readonly Duration[] {
  const first = runbookOfKind(findKind(desk, facts.kind ?? "") ?? {}, deskFolder);
  const paths = new Set([...facts.checklists.map((checklist) => checklist.runbook), ...(first === undefined ? [] : [first])]);
  return [...paths].flatMap((path) => parseDuration(details(fileOfProcedure(path))?.[name] ?? "") ?? []);
}

/** The input of a response goal: kind, priority, and the goals of the issue's runbooks. */
interface GoalFacts {
  readonly kind?: string;
  readonly priority?: string;
  readonly runbooks: readonly Duration[];
}

/** The time to acknowledge an issue: the strictest goal of its kind, priority and runbooks. */
export function responseGoal(desk: Desk, { kind, priority, runbooks }: GoalFacts): Duration | undefined {
  return strictest(desk, [kindNamed(desk, kind)?.respondWithin, desk.priorities.find((one) => one.name === priority)?.respondWithin, ...runbooks]);
}

/** The update cadence of an issue: the strictest one of its priority and runbooks. */
export function updateCadence(desk: Desk, { priority, runbooks }: Omit<GoalFacts, "kind">): Duration | undefined {
  return strictest(desk, [desk.priorities.find((one) => one.name === priority)?.updateEvery, ...runbooks]);
}

/** The time to triage issues of a kind. */
export function triageGoal(desk: Desk, kind: string | undefined): Duration | undefined {
  return kindNamed(desk, kind)?.triageWithin;
}

function kindNamed(desk: Desk, kind: string | undefined): Kind | undefined {
  return desk.kinds.find((one) => one.name === kind);
}

function strictest(desk: Desk, durations: readonly (Duration | undefined)[]): Duration | undefined {
  const given = durations.filter((one) => one !== undefined);
  return given.toSorted((a, b) => businessLength(desk, a) - businessLength(desk, b))[0];
}

/**
 * Parses a reported time as typed: `08:15` (today, otherwise yesterday), `2026-11-20 08:15` in the desk's time zone, or a time
 * ago such as `25m`, `2h` or `1d`. Fails for other texts and for times in the future.
 */
export function reportedAt(typed: string, now: Instant, timezone: string): Result<Instant, "unclear" | "future"> {
  const at = read(typed.trim(), millisecondsOf(now), now, timezone);
  if (at === undefined) return failed("unclear");
  return at > millisecondsOf(now) ? failed("future") : ok(instantAt(Math.floor(at / 1000) * 1000));
}

function read(typed: string, now: number, at: Instant, timezone: string): number | undefined {
  const ago = parseDuration(typed);
  if (ago !== undefined) return now - ago.amount * minutes[ago.unit] * 60_000;
  const found = /^(?:(\d{4}-\d\d-\d\d)[ T])?(\d{1,2}:\d\d)$/.exec(typed);
  const [date, time] = [found?.[1], found?.[2]?.padStart(5, "0")];
  if (time === undefined) return undefined;
  try {
    if (date !== undefined) return localTime(`${date}T${time}`, "start", timezone);
    const today = localTime(`${dateText(dateOf(at, timezone))}T${time}`, "start", timezone);
    return today <= now ? today : localTime(`${dateText(dateOf(instantAt(now - 24 * 60 * 60_000), timezone))}T${time}`, "start", timezone);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const minutes = { m: 1, h: 60, d: 24 * 60, w: 7 * 24 * 60 } as const;
