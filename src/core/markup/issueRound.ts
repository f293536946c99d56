import { compareInstants, justAfter, latest } from "../model/instant";
import type { Acknowledgement, ClockMark, Instant, Issue } from "../model/issue";
import type { ChangeStamp } from "../model/issueChange";
import { fieldNamed } from "../model/issueField";
import { readClock } from "./clockRegion";
import { readFields } from "./fieldRegion";

/** What counts on an issue since it was last reopened. Acknowledgements, updates and resolutions from before do not. */
export interface IssueRound {
  /** When it was last reopened. Absent if it never was. */
  readonly since?: Instant;
  /** The clock marks that count. `reported` is when the clock started. */
  readonly clock: ClockMark;
}

/** Reads what counts on an issue now. */
export function readRound(issue: Pick<Issue, "body" | "state" | "reopening">): IssueRound {
  const { body } = issue;
  const mark = readClock(body);
  const since = lastReopened(issue);
  if (since === undefined) return { clock: mark };
  const { acknowledged, by, later = [], updated, resolved, withdrawn } = mark;
  const isAfter = (at: Instant | undefined): at is Instant => at !== undefined && compareInstants(at, since) > 0;
  const all: readonly Acknowledgement[] = [...(acknowledged === undefined ? [] : [{ at: acknowledged, ...(by === undefined ? {} : { by }) }]), ...later];
  const [first, ...others] = all.filter(({ at }) => isAfter(at));
  return {
    since,
    clock: {
      reported: latest([mark.reported, since]),
      ...(first === undefined ? {} : { acknowledged: first.at, ...(first.by === undefined ? {} : { by: first.by }) }),
      ...(others.length === 0 ? {} : { later: others }),
      ...(isAfter(withdrawn) ? { withdrawn } : {}),
      ...(isAfter(updated) ? { updated } : {}),
      ...(isAfter(resolved) ? { resolved } : {}),
    },
  };
}

/**
 * When the issue was last reopened: with Response Desk, or elsewhere if the issue storage records that. If it does not, as when a
 * person edits the file of an issue, the time of the last closing, which is the only one that everybody reads in the same way.
 */
function lastReopened({ body, state, reopening }: Pick<Issue, "body" | "state" | "reopening">): Instant | undefined {
  const fields = readFields(body);
  const [closed, reopened] = [fieldNamed(fields, "closed")?.at, fieldNamed(fields, "reopened")?.at];
  if (state === "closed") return reopened;
  const isHere = reopened !== undefined && compareInstants(reopened, latest([closed, reopening?.closed])) > 0;
  return isHere ? reopened : latest([closed, reopening?.at]) || undefined;
}

/** When the issue was last closed or reopened, as far as it is known. */
export function lastStateChange({ body, closedAt, reopening }: Pick<Issue, "body" | "closedAt" | "reopening">): Instant | undefined {
  const fields = readFields(body);
  return latest([fieldNamed(fields, "closed")?.at, fieldNamed(fields, "reopened")?.at, closedAt, reopening?.at]) || undefined;
}

/** The stamp of a change of the state that a person saw, so that it counts even if the clock of their machine is behind. */
export function stampAfter({ at, by }: ChangeStamp, seen: Instant | undefined): ChangeStamp {
  return { at: seen === undefined || compareInstants(at, seen) > 0 ? at : justAfter(seen), by };
}
