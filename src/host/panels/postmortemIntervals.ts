import type { BusinessTime } from "../../core/calendar/businessTime";
import { compareInstants } from "../../core/model/instantOrder";
import { type IncidentIntervals, incidentIntervals, type Stretch } from "../../core/postmortem/intervals";
import type { Postmortem } from "../../core/postmortem/postmortem";
import { lengthText } from "../../core/response/urgency";
import type { IntervalsView } from "../../protocol/postmortem";
import type { Translate } from "../ui/operationLabels";

/** The intervals and gaps of an incident on one line. Absent as long as there is none. */
export function intervalsView(postmortem: Postmortem, time: BusinessTime, t: Translate): { readonly intervals?: IntervalsView } {
  const { points, intervals, gaps, reopened } = incidentIntervals(postmortem, time);
  if (intervals.length === 0 && gaps.length === 0) return {};
  const ends = [...points.map(({ at }) => at), ...gaps.flatMap(({ from, to }) => [from, to])].toSorted(compareInstants);
  const text = (stretch: Stretch): string => formatStretch(stretch, t);
  return {
    intervals: {
      from: ends[0] ?? "",
      to: ends.at(-1) ?? "",
      points: points.map(({ milestone, at }) => ({ name: milestone, at })),
      intervals: intervals.map((interval) => ({ name: interval.name, start: interval.start, end: interval.end, from: interval.from, to: interval.to, text: text(interval) })),
      gaps: gaps.map((gap) => ({
        from: gap.from,
        to: gap.to,
        text: text(gap),
        ...(gap.before === undefined ? {} : { before: gap.before }),
        ...(gap.after === undefined ? {} : { after: gap.after }),
      })),
      ...describeReopened(reopened, t),
    },
  };
}

function formatStretch({ milliseconds, business }: Stretch, t: Translate): string {
  const length = lengthText(milliseconds);
  return business === undefined || business === milliseconds ? length : t("{0} ({1} in business hours)", length, lengthText(business));
}

function describeReopened(times: IncidentIntervals["reopened"], t: Translate): Pick<IntervalsView, "reopened"> {
  if (times === 0) return {};
  return {
    reopened: times === 1 ? t("Reopened once. The first start, and the last mitigation and resolution count.") : t("Reopened {0} times. The first start, and the last mitigation and resolution count.", times),
  };
}
