import { type CurrentChecklist, openChecklists } from "../../core/issue/currentChecklist";
import type { IssueSnapshot } from "../../core/model/issue";
import type { DeskSession } from "../app/session";

const known = new WeakMap<IssueSnapshot, readonly CurrentChecklist[]>();

/** The open checklists of the desk. Cached for each version of the issues, because editor and preview need them on each key. */
export function openChecklistsNow(session: DeskSession): readonly CurrentChecklist[] {
  const snapshot = session.issues.snapshot();
  if (snapshot === undefined) return [];
  const before = known.get(snapshot);
  if (before !== undefined) return before;
  const checklists = openChecklists(snapshot.issues);
  known.set(snapshot, checklists);
  return checklists;
}
