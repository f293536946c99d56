import { compareInstants } from "../../../core/model/instantOrder";
import type { PostmortemText } from "../../../core/postmortem/postmortem";
import type { IntervalsView, PostmortemView } from "../../../protocol/postmortem";
import type { Translate } from "../../ui/operationLabels";
import { lengthText, type PostmortemAdvice } from "./postmortemAdvice";

type Advised = Pick<PostmortemView, "problems" | "questions" | "blameless"> & Partial<Pick<PostmortemView, "intervals">>;

/** Advice as the page shows it: problems, questions, hints about names, and the intervals and gaps on one line. */
export function advisedView({ problems, questions, hints, ...measured }: PostmortemAdvice, t: Translate): Advised {
  const blameless: Partial<Record<PostmortemText, string>> = {};
  for (const { section, text } of hints) blameless[section] = text;
  return { problems, questions, blameless, ...intervalsView(measured, t) };
}

/** The line reaches from the first to the last of milestones and gaps. Absent as long as there is nothing to measure. */
function intervalsView({ points, intervals, gaps, reopened }: Pick<PostmortemAdvice, "points" | "intervals" | "gaps" | "reopened">, t: Translate): { readonly intervals?: IntervalsView } {
  if (intervals.length === 0 && gaps.length === 0) return {};
  const ends = [...points.map(({ at }) => at), ...gaps.flatMap(({ from, to }) => [from, to])].toSorted(compareInstants);
  return {
    intervals: {
      from: ends[0] ?? "",
      to: ends.at(-1) ?? "",
      points: points.map(({ milestone, at }) => ({ name: milestone, at })),
      intervals: intervals.map(({ name, from, to, text, milliseconds }) => ({ name, from, to, text, length: lengthText(milliseconds, t) })),
      gaps: gaps.map(({ from, to, text, milliseconds, before, after }) => ({
        from, to, text, length: lengthText(milliseconds, t), ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }),
      })),
      ...(reopened === undefined ? {} : { reopened }),
    },
  };
}
