import { compareInstants, justAfter, latest } from "../model/instantOrder";
import type { Acknowledgement, ClockMark, Instant, Issue } from "../model/issue";
import type { ChangeStamp } from "../model/issueChange";
import { fieldNamed } from "../model/issueField";
import { readClock } from "./clockRegion";
import { readFields } from "./fieldRegion";

/** What counts on an issue since it was last reopened. Acknowledgements, updates and resolutions from before do not. */
export interface IssueRound {
  /**
   * When it was reopened. If it was reopened without Response Desk, as on the web, the time of its last closing, because nothing
   * in the issue says when it was reopened. Absent if it never was.
   */
  readonly since?: Instant;
  /** The clock marks that count. `reported` is when the clock started. */
  readonly clock: ClockMark;
}

/** Reads what counts on an issue now. */
export function readRound({ body, state, updatedAt }: Pick<Issue, "body" | "state" | "updatedAt">): IssueRound {
  const fields = readFields(body);
  const [closed, reopened] = [fieldNamed(fields, "closed")?.at, fieldNamed(fields, "reopened")?.at];
  const isReopenedElsewhere = state === "open" && closed !== undefined && compareInstants(closed, reopened) > 0;
  const since = isReopenedElsewhere ? closed : reopened;
  const mark = readClock(body);
  if (since === undefined) return { clock: mark };
  const { acknowledged, by, later = [], updated, resolved, withdrawn } = mark;
  const isAfter = (at: Instant | undefined): at is Instant => at !== undefined && compareInstants(at, since) > 0;
  const all: readonly Acknowledgement[] = [...(acknowledged === undefined ? [] : [{ at: acknowledged, ...(by === undefined ? {} : { by }) }]), ...later];
  const [first, ...others] = all.filter(({ at }) => isAfter(at));
  // The last change of the issue is not before its reopening, so nothing is overdue from the time when it was closed.
  const start = isReopenedElsewhere && first === undefined ? latest([since, updatedAt]) : since;
  return {
    since,
    clock: {
      reported: latest([mark.reported, start]),
      ...(first === undefined ? {} : { acknowledged: first.at, ...(first.by === undefined ? {} : { by: first.by }) }),
      ...(others.length === 0 ? {} : { later: others }),
      ...(isAfter(withdrawn) ? { withdrawn } : {}),
      ...(isAfter(updated) ? { updated } : {}),
      ...(isAfter(resolved) ? { resolved } : {}),
    },
  };
}

/** When the issue was last closed or reopened with Response Desk. */
export function lastStateChange({ body }: Pick<Issue, "body">): Instant | undefined {
  const fields = readFields(body);
  const last = latest([fieldNamed(fields, "closed")?.at, fieldNamed(fields, "reopened")?.at]);
  return last === "" ? undefined : last;
}

/** The stamp of a change of the state that a person saw, so that it counts even if the clock of their machine is behind. */
export function stampAfter({ at, by }: ChangeStamp, seen: Instant | undefined): ChangeStamp {
  return { at: seen === undefined || compareInstants(at, seen) > 0 ? at : justAfter(seen), by };
}
