import type { Desk, Duration, OpeningTimes } from "../model/desk";

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
  return minuteOfDay(to) - minuteOfDay(from);
}

/** The minutes since midnight of a time such as `09:30`. */
export function minuteOfDay(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}
