import { openRuns, type CurrentRun } from "../../core/issue/currentRun";
import type { IssueSnapshot } from "../../core/issue/issue";
import type { DeskSession } from "../app/session";

const known = new WeakMap<IssueSnapshot, readonly CurrentRun[]>();

/** The open runs of the desk, worked out once for each state of the issues: editor and preview ask at every key. */
export function openRunsNow(session: DeskSession): readonly CurrentRun[] {
  const snapshot = session.issues.snapshot();
  if (snapshot === undefined) return [];
  const before = known.get(snapshot);
  if (before !== undefined) return before;
  const runs = openRuns(snapshot.issues);
  known.set(snapshot, runs);
  return runs;
}
