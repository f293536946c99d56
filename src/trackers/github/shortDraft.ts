import type { IssueDraft } from "../../core/issue/issue";
import { readRuns } from "../../core/issue/runRegion";
import type { Run } from "../../core/runbook/run";
import { mostOfText, roomForKey } from "./fittingText";
import { longestRun, withoutRun } from "./movedRuns";

/** What an issue is first created with, and the runs that are added afterwards because its text has no room for them. */
export interface ShortDraft {
  readonly draft: IssueDraft;
  readonly runs: readonly Run[];
}

/** Takes runs out of a draft, the longest first, until the server takes its text. */
export function shortDraft(draft: IssueDraft): ShortDraft {
  const { repository, body } = draft;
  const long = body.length > mostOfText - roomForKey ? longestRun(body, Infinity) : undefined;
  const run = readRuns(body, repository).find(({ id }) => id === long?.run);
  if (run === undefined) return { draft, runs: [] };
  const shorter = shortDraft({ ...draft, body: withoutRun(body, run.id) });
  return { draft: shorter.draft, runs: [...shorter.runs, run] };
}
