import type { IssueMeasures } from "../../../core/metrics/measures";
import type { Times } from "../../../core/metrics/history/deskHistory";
import type { Share, Summary, TimesSummary } from "../../../core/metrics/figures";
import { formatLength } from "../../../core/metrics/export/reportTables";
import { millisecondsOf } from "../../../core/model/instant";
import type { Issue } from "../../../core/model/issue";
import type { Translate } from "../../ui/operationLabels";

/** The issues behind a figure. */
export interface IssueList {
  readonly title: string;
  readonly issues: readonly Issue[];
  /** What an issue adds to the figure. */
  readonly factOf: (issue: Issue) => string | undefined;
}

/** Formats figures in the language of the user and in one kind of time, and collects the issues behind them. */
export interface MetricsFormat {
  readonly t: Translate;
  readonly language: string;
  readonly clock: "business" | "wall";
  number(value: number): string;
  percent(share: number, digits?: number): string;
  length(times: Times): string;
  /** The summary in the time that is shown. */
  summary(times: TimesSummary): Summary;
  /** `12 of 15 (80 %)`; a dash without any. */
  share(share: Share): string;
  /** A number of values, marked if it is small. */
  count(summary: Summary): string;
  /** The value of the previous period and the difference: `Before: 12 (+3)`. A difference can have a format of its own. */
  change(now: number | undefined, before: number | undefined, format: (value: number) => string, formatDifference?: (value: number) => string): string;
  date(date: string, style: "day" | "month"): string;
  /** Names the issues behind a figure. Without issues there is nothing to open. */
  issues(of: string, title: string, issues: readonly Issue[]): { readonly of?: string };
  /** The same for measured issues, with what each adds to the figure. */
  measured(of: string, title: string, measures: readonly IssueMeasures[], factOf?: (one: IssueMeasures) => string | undefined): { readonly of?: string };
  readonly lists: ReadonlyMap<string, IssueList>;
}

/** Creates formats without any issues. */
export function metricsFormat(t: Translate, language: string, clock: "business" | "wall"): MetricsFormat {
  const lists = new Map<string, IssueList>();
  const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const percents = new Map([0, 3].map((digits) => [digits, new Intl.NumberFormat(language, { style: "percent", minimumFractionDigits: digits, maximumFractionDigits: digits })]));
  const dates = {
    day: new Intl.DateTimeFormat(language, { day: "numeric", month: "short", timeZone: "UTC" }),
    month: new Intl.DateTimeFormat(language, { month: "short", year: "numeric", timeZone: "UTC" }),
  };
  const number = (value: number): string => numbers.format(value);
  const list = (of: string, one: IssueList): { readonly of?: string } => {
    if (one.issues.length === 0) return {};
    lists.set(of, one);
    return { of };
  };
  const percent = (share: number, digits = 0): string => percents.get(digits)?.format(share) ?? "";
  return {
    t, language, clock, lists, number, percent,
    length: (times) => formatLength(times[clock]),
    summary: (times) => times[clock],
    share: ({ n, good, share }) => (share === undefined ? "–" : t("{0} of {1} ({2})", number(good), number(n), percent(share))),
    change(now, before, format, formatDifference = format) {
      if (before === undefined) return t("Before: none");
      if (now === undefined) return t("Before: {0}", format(before));
      const difference = now - before;
      const text = formatDifference(Math.abs(difference));
      return text === formatDifference(0) ? t("Before: {0} (the same)", format(before)) : t("Before: {0} ({1})", format(before), `${difference > 0 ? "+" : "−"}${text}`);
    },
    date: (date, style) => dates[style].format(millisecondsOf(`${date}T00:00:00Z`)),
    count: ({ n, isSmall }) => (n > 0 && isSmall ? `${number(n)}*` : number(n)),
    issues: (of, title, issues) => list(of, { title, issues, factOf: () => undefined }),
    measured(of, title, measures, factOf = () => undefined) {
      const known = new Map(measures.map((one) => [one.issue, one]));
      return list(of, { title, issues: [...known.keys()], factOf: (issue) => { const one = known.get(issue); return one && factOf(one); } });
    },
  };
}

export type TimeName = "timeToAcknowledge" | "timeToMitigate" | "timeToResolve";

/** The issues that have a time, those with the longest first. */
export function longestFirst(measures: readonly IssueMeasures[], time: TimeName, { clock }: Pick<MetricsFormat, "clock">): readonly IssueMeasures[] {
  const lengthOf = (one: IssueMeasures): number => one[time]?.[clock] ?? 0;
  return measures.filter((one) => one[time] !== undefined).toSorted((a, b) => lengthOf(b) - lengthOf(a));
}
