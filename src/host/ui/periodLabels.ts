import type { PeriodName, periodFlaw } from "../../core/metrics/period";
import { millisecondsOf } from "../../core/model/instant";
import type { Translate } from "./operationLabels";

/** The name of a period on screen. */
export function describePeriod(name: PeriodName, t: Translate): string {
  return {
    thisWeek: t("This Week"),
    lastWeek: t("Last Week"),
    thisMonth: t("This Month"),
    lastMonth: t("Last Month"),
    thisQuarter: t("This Quarter"),
    lastQuarter: t("Last Quarter"),
  }[name];
}

/** The ISO dates of a period in the given language: `Nov 1 – 30, 2026`. */
export function formatRange({ from, to }: { readonly from: string; readonly to: string }, language: string): string {
  const format = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  return format.formatRange(millisecondsOf(`${from}T00:00:00Z`), millisecondsOf(`${to}T00:00:00Z`));
}

/** What is wrong with the dates of a period, and how to correct them. */
export function periodText(flaw: ReturnType<typeof periodFlaw>, t: Translate): string | undefined {
  switch (flaw) {
    case "noDate":
      return t("Enter a date with year, month and day, such as 2026-11-26.");
    case "reversed":
      return t("The last day is before the first one.");
    case "tooLong":
      return t("The period is too long. The maximum is ten years.");
    case undefined:
      return undefined;
  }
}
