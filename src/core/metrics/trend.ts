import { addDays, addMonths, dayOfWeek } from "temporal-polyfill/fns/PlainDate";
import { type CalendarDate, dateFrom, dateText, daysBetween } from "../model/calendarDate";
import type { IssueMeasures } from "./measures";
import { isInPeriod, periodOf } from "./period";
import type { MetricsReport } from "./report";

/** A day, a week or a month of a period, and the issues that were reported in it. */
export interface TrendPart {
  readonly firstDate: string;
  readonly lastDate: string;
  readonly issues: readonly IssueMeasures[];
}

/** A period in parts of equal kind. The first and the last week or month can be shorter. */
interface Trend {
  readonly unit: "day" | "week" | "month";
  readonly parts: readonly TrendPart[];
}

/** The longest periods that are divided into days and into weeks. */
const longest = { days: 35, weeks: 215 } as const;

/** Divides the period of a report. The issues of all parts are those of the report. */
export function trendOf({ issues, period, timezone }: Pick<MetricsReport, "issues" | "period" | "timezone">): Trend {
  const [first, last] = [dateFrom(period.firstDate), dateFrom(period.lastDate)];
  const days = daysBetween(first, last) + 1;
  const unit = days <= longest.days ? "day" : days <= longest.weeks ? "week" : "month";
  const parts: TrendPart[] = [];
  for (let start = first; daysBetween(start, last) >= 0;) {
    const next = nextStart(start, unit);
    const lastDate = dateText(daysBetween(next, last) >= 0 ? addDays(next, -1) : last);
    const part = periodOf(dateText(start), lastDate, timezone);
    parts.push({ firstDate: dateText(start), lastDate, issues: issues.filter(({ reported }) => isInPeriod(part, reported)) });
    start = next;
  }
  return { unit, parts };
}

function nextStart(start: CalendarDate, unit: Trend["unit"]): CalendarDate {
  switch (unit) {
    case "day":
      return addDays(start, 1);
    case "week":
      return addDays(start, 8 - dayOfWeek(start));
    case "month":
      return addMonths(addDays(start, 1 - start.day), 1);
  }
}
