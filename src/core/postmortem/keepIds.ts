import { alignRows } from "./alignRows";
import type { Postmortem, PostmortemAction, PostmortemEntry } from "./postmortem";

/** The post-mortem as it was read, its rows under the ids that the same rows had before; new rows get fresh ones. */
export function keepIds(before: Postmortem, read: Postmortem, fresh: () => string): Postmortem {
  return {
    ...read,
    timeline: keep(before.timeline, read.timeline, entryCells, fresh),
    actions: keep(before.actions, read.actions, actionCells, fresh),
  };
}

function keep<Row extends { readonly id: string }>(before: readonly Row[], read: readonly Row[], cells: (row: Row) => readonly string[], fresh: () => string): readonly Row[] {
  const origin = alignRows(before.map(cells), read.map(cells));
  return read.map((row, index) => ({ ...row, id: before[origin[index] ?? -1]?.id ?? fresh() }));
}

function entryCells({ time, event, evidence, others }: PostmortemEntry): readonly string[] {
  return [time.kind === "instant" ? time.at : time.words, event, evidence, ...others];
}

function actionCells({ action, type, owner, priority, due, issue, others }: PostmortemAction): readonly string[] {
  return [action, type ?? "", owner, priority, due ?? "", issue === undefined ? "" : `${issue.repository}#${issue.number}`, ...others];
}
