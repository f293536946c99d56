import type { Desk } from "../desk/desk";
import { findKind } from "../desk/kindOf";
import type { Issue } from "../issue/issue";
import type { RunbookDetails } from "./runbook";

/**
 * The issues that `owner/name#12`, or `#12` in a runbook, means. A bare number belongs to the runbook's repository or that of
 * its kind; where it has neither, to any repository of the desk.
 */
export function namedIssues(name: { readonly repository?: string; readonly number: number }, details: RunbookDetails, desk: Desk, issues: readonly Issue[]): readonly Issue[] {
  const kind = details.kind === undefined ? undefined : findKind(desk, details.kind);
  const home = name.repository ?? details.repository ?? kind?.repositories[0];
  return issues.filter(({ ref }) => ref.number === name.number && (home === undefined || ref.repository.toLowerCase() === home.toLowerCase()));
}
