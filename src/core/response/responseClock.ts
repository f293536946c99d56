import type { BusinessTime } from "../calendar/businessTime";
import { dateOf, localTime } from "../calendar/localTime";
import type { IssueFacts } from "../issue/issueFacts";
import { readClock } from "../markup/clockRegion";
import { dateText } from "../model/calendarDate";
import { type Desk, type Duration, findKind, type Kind, type OpeningTimes, parseDuration } from "../model/desk";
import { instantAt, millisecondsOf } from "../model/instant";
import { compareInstants } from "../model/instantOrder";
import type { Instant, Issue } from "../model/issue";
import { failed, ok, type Result } from "../model/result";
import type { RunbookDetails } from "../model/runbook";

/** What a desk waits for on an open issue: that somebody acknowledges it, looks at it, or tells those affected how it stands. */
export type ClockStage = "response" | "triage" | "update";

/** The clock of one issue. Instants that no goal sets are absent. */
export interface ResponseClock {
  readonly reported: Instant;
  /** The goal for the first response; absent where the desk sets none. */
  readonly goal?: Duration;
  readonly acknowledged?: { readonly at: Instant; readonly by?: string };
  /** What is due by when, the earliest first; empty for a closed issue and where nothing is waited for. */
  readonly due: readonly { readonly stage: ClockStage; readonly at: Instant }[];
}

/** What clocks are worked out from. `details` gives what a runbook's front matter says; `undefined` where there is no such runbook. */
interface ClockContext {
  readonly desk: Desk;
  readonly time: BusinessTime;
  /** Folder of the desk's configuration from the workspace folder; empty for that itself. */
  readonly deskFolder: string;
  readonly details: (path: string) => RunbookDetails | undefined;
}

/**
 * The clock of an issue. The response is due within the strictest goal after it was reported, until somebody acknowledged
 * it; triage is due only until then, and while the issue is in its first stage; the next update is due a cadence after the
 * last one, or after it was acknowledged, until it is resolved. All in the desk's business time.
 */
export function responseClock({ desk, time, deskFolder, details }: ClockContext, issue: Issue, facts: IssueFacts): ResponseClock {
  const mark = readClock(issue.body);
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
  const waiting = issue.state === "closed" ? [] : acknowledged === undefined ? [...due("response", reported, goal), ...due("triage", reported, triage)] : lastUpdate === undefined || over ? [] : due("update", lastUpdate, cadence);
  return {
    reported,
    ...(goal === undefined ? {} : { goal }),
    ...(acknowledged === undefined ? {} : { acknowledged: { at: acknowledged, ...(mark.by === undefined ? {} : { by: mark.by }) } }),
    due: waiting.toSorted((a, b) => compareInstants(a.at, b.at)),
  };
}

/** What an issue's goal depends on: names of its kind and priority, and the goals that its runbooks set. */
interface GoalFacts {
  readonly kind?: string;
  readonly priority?: string;
  readonly runbooks: readonly Duration[];
}

/** The time within which the issue is to be acknowledged: the strictest that its kind, its priority and its runbooks set. */
export function responseGoal(desk: Desk, { kind, priority, runbooks }: GoalFacts): Duration | undefined {
  return strictest(desk, [kindNamed(desk, kind)?.respondWithin, desk.priorities.find((one) => one.name === priority)?.respondWithin, ...runbooks]);
}

/** How often people hear of the issue: the strictest that its priority and its runbooks set. */
export function updateCadence(desk: Desk, { priority, runbooks }: Omit<GoalFacts, "kind">): Duration | undefined {
  return strictest(desk, [desk.priorities.find((one) => one.name === priority)?.updateEvery, ...runbooks]);
}

/** How soon somebody looks whether an issue of the kind is done at once. */
export function triageGoal(desk: Desk, kind: string | undefined): Duration | undefined {
  return kindNamed(desk, kind)?.triageWithin;
}

/**
 * A duration in milliseconds of a desk's business time. A day is the hours of its week over the days on which it opens in it, a
 * week is all of them, so that a goal of a day set at ten ends at ten; a night that goes on past midnight is a part of the day on
 * which it begins. Without hours they have 24 hours and 7 days.
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

/** On how many days of the week a desk opens. One on which only the night of the day before ends is none. */
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
 * When something was reported, as a person types it: `08:15` (today, else yesterday), `2026-11-20 08:15` in the desk's time
 * zone, or how long ago, as in `25m`, `2h`, `1d`. Fails on anything else, and on what is still to come.
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
