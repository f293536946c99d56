import { millisecondsOf } from "../model/instant";
import type { DeskHistory } from "./history/deskHistory";
import { issueHistory, type IssueHistory, type IssueRecord } from "./history/issueHistory";
import { type IssueMeasures, leftOutReason, type LeftOutReason, measure, type MeasureContext } from "./measures";

/** The history of an issue, and what is measured on it unless it is left out. */
interface MeasuredIssue {
  readonly history: IssueHistory;
  readonly result: { readonly kind: "counted"; readonly measures: IssueMeasures } | { readonly kind: "leftOut"; readonly reason: LeftOutReason };
}

/** Measures issues. A record that was measured before is measured again only if the desk changed, or time that passed since matters to it. */
export interface MeasureCache {
  measured(record: IssueRecord, context: MeasureContext): MeasuredIssue;
}

/** Creates an empty cache. It forgets records that nobody uses any more. */
export function createMeasureCache(): MeasureCache {
  const known = new WeakMap<IssueRecord, MeasuredIssue & { readonly desks: DeskHistory; readonly deskFolder: string; readonly now: string }>();
  return {
    measured(record, context) {
      const { desks, deskFolder, now } = context;
      const before = known.get(record);
      if (before !== undefined && before.desks === desks && before.deskFolder === deskFolder && (before.now === now || isOver(before, now))) return before;
      const fresh = { ...measureRecord(record, context), desks, deskFolder, now };
      known.set(record, fresh);
      return fresh;
    },
  };
}

function measureRecord(record: IssueRecord, context: MeasureContext): MeasuredIssue {
  const history = issueHistory(record, context.desks, millisecondsOf(context.now));
  const reason = leftOutReason(history, context);
  return { history, result: reason === undefined ? { kind: "counted", measures: measure(history, record, context) } : { kind: "leftOut", reason } };
}

/** Whether nothing about an issue changes with time: it is closed, and nothing of it was in the future. */
function isOver({ history: { rounds, remarks }, result, now: before }: MeasuredIssue & { readonly now: string }, now: string): boolean {
  const isAhead = remarks.includes("future") || (result.kind === "leftOut" && result.reason === "future");
  return rounds.at(-1)?.closed !== undefined && !isAhead && millisecondsOf(before) <= millisecondsOf(now);
}
