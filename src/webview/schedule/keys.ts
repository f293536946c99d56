import type { ScheduleView } from "../../protocol/schedule";

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** The ISO date that a key moves to. It may be invalid, like `2026-02-31`, for the same day of another month. `undefined` if the key has no function. */
export function target(key: string, date: string, { before, after, month, today }: Pick<ScheduleView, "before" | "after" | "month" | "today">): string | undefined {
  const step = steps[key];
  if (step !== undefined) return new Date(Date.parse(`${date}T00:00:00Z`) + step * 86_400_000).toISOString().slice(0, 10);
  if (key === "PageUp" || key === "PageDown") {
    const own = date.startsWith(month) ? date : `${month}-01`;
    return `${key === "PageUp" ? before : after}${own.slice(7)}`;
  }
  return key === "Home" ? today : undefined;
}

/** The requested day of the month, or its last day if the month is shorter. */
export function dayInMonth({ days }: Pick<ScheduleView, "days">, wanted: string): string | undefined {
  return days.findLast(({ date }) => date <= wanted)?.date;
}
