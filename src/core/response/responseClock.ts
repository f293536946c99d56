import type { BusinessTime } from "../calendar/businessTime";
import { dateOf, localTime } from "../calendar/localTime";
import type { IssueFacts } from "../issue/issueFacts";
import { readRound } from "../markup/issueRound";
import { alarmsNobody } from "../markup/labels";
import { dateText } from "../model/calendarDate";
import { type Desk, type Duration, findKind, type Kind, type OpeningTimes, parseDuration } from "../model/desk";
import { instantAt, millisecondsOf } from "../model/instant";
import { compareInstants } from "../model/instantOrder";
import type { Instant, Issue } from "../model/issue";
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
  readonly due: readonly { readonly stage: ClockStage; readonly at: Instant }[];
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
 * update is due one cadence after the last update or the acknowledgement, until the issue is resolved. Reopening starts all of it
 * again. Nothing is due on tests and backfilled issues.
 */
export function responseClock({ desk, time, deskFolder, details }: ClockContext, issue: Issue, facts: IssueFacts): ResponseClock {
  const mark = readRound(issue).clock;
  const reported = mark.reported ?? issue.createdAt;
  const first = findKind(desk, facts.kind ?? "")?.runbook;
  const paths = new Set([...facts.checklists.map((checklist) => checklist.runbook), ...(first === undefined ? [] : [deskFolder === "" ? first : `${deskFolder}/${first}`])]);
  const rules = [...paths].flatMap((path) => details(path) ?? []);
  const durations = (texts: readonly (string | undefined)[]): readonly Duration[] => texts.flatMap((text) => parseDuration(text ?? "") ?? []);
  const goal = responseGoal(desk, { ...facts, runbooks: durations(rules.map((rule) => rule.respondWithin)) });
  const cadence = updateCadence(desk, { ...facts, runbooks: durations(rules.map((rule) => rule.updateEvery)) });
  const triage = facts.stage === desk.stages[0] ? triageGoal(desk, facts.kind) : undefined;

  const { acknowledged } = mark;
  const due = (stage: ClockStage, from: Instant, within: Duration | undefined): ResponseClock["due"] => {
    const at = within === undefined ? undefined : time.after(from, businessLength(desk, within));
    return at === undefined ? [] : [{ stage, at }];
  };
  const lastUpdate = mark.updated !== undefined && compareInstants(mark.updated, acknowledged) > 0 ? mark.updated : acknowledged;
  const over = mark.resolved !== undefined && compareInstants(mark.resolved, lastUpdate) >= 0;
  const waiting = issue.state === "closed" || alarmsNobody(issue.labels) ? [] : acknowledged === undefined ? [...due("response", reported, goal), ...due("triage", reported, triage)] : lastUpdate === undefined || over ? [] : due("update", lastUpdate, cadence);
  return {
    reported,
    ...(goal === undefined ? {} : { goal }),
    ...(acknowledged === undefined ? {} : { acknowledged: { at: acknowledged, ...(mark.by === undefined ? {} : { by: mark.by }) } }),
    due: waiting.toSorted((a, b) => compareInstants(a.at, b.at)),
  };
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

/**
 * A duration in milliseconds of business time. A day is the weekly hours divided by the number of opening days, and a week is
 * all weekly hours, so a goal of one day set at ten ends at ten. A span past midnight belongs to the day on which it starts.
 * Without business hours, a day has 24 hours and a week 7 days.
 */
export function businessLength(desk: Desk, { amount, unit }: Duration): number {
  switch (unit) {
    case "m":
      return amount * minute;
    case "h":
      return amount * 60 * minute;
    case "d":
      return amount * Math.round(weekLength(desk) / (desk.hours.length === 0 ? 7 : openingDays(desk)));
    case "w":
      return amount * weekLength(desk);
  }
}

const minute = 60_000;

/** Number of opening days per week. The end of a span from the day before does not make a day count. */
function openingDays({ hours }: Desk): number {
  const days = hours.filter(({ weekday, spans }) => {
    const [first, ...others] = spans;
    const night = hours.find((one) => one.weekday === (weekday === 1 ? 7 : weekday - 1))?.spans.at(-1);
    if (first?.from !== "00:00" || others.length > 0 || night?.to !== "24:00") return spans.length > 0;
    return minutesBetween(night) + minutesBetween(first) > 24 * 60;
  });
  return Math.max(days.length, 1);
}

function weekLength({ hours }: Desk): number {
  if (hours.length === 0) return 7 * 24 * 60 * minute;
  const minutes = hours.flatMap(({ spans }) => spans.map(minutesBetween));
  return minutes.reduce((sum, one) => sum + one, 0) * minute;
}

function minutesBetween({ from, to }: OpeningTimes): number {
  return minutesOf(to) - minutesOf(from);
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
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
