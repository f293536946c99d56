import type { Desk, Duration, Kind, OpeningTimes } from "../desk/desk";

/** What an issue's goal depends on: names of its kind and priority, and the goals that its runbooks set. */
export interface GoalFacts {
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
