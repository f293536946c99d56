import type { Desk, Duration } from "../desk/desk";
import { parseDuration } from "../desk/duration";
import { findKind } from "../desk/kindOf";
import { compareInstants } from "../issue/compareInstants";
import { readClock } from "../issue/clockRegion";
import type { Instant, Issue } from "../issue/issue";
import type { IssueFacts } from "../issue/issueFacts";
import type { RunbookDetails } from "../runbook/runbook";
import type { BusinessTime } from "./businessTime";
import { businessLength, responseGoal, triageGoal, updateCadence } from "./responseGoal";

/** What a desk waits for on an open issue: that somebody acknowledges it, looks at it, or tells those affected how it stands. */
export type ClockStage = "response" | "triage" | "update";

/** The clock of one issue. Instants that no goal sets are absent. */
export interface ResponseClock {
  readonly reported: Instant;
  /** The goal for the first response; absent where the desk sets none. */
  readonly goal?: Duration;
  readonly acknowledged?: { readonly at: Instant; readonly by?: string };
  /** What is due by when, the earliest first; empty for a closed issue and where nothing is waited for. */
  readonly due: readonly { readonly stage: ClockStage; readonly at: Instant }[];
}

/** What clocks are worked out from. `details` gives what a runbook's front matter says; `undefined` where there is no such runbook. */
export interface ClockScene {
  readonly desk: Desk;
  readonly time: BusinessTime;
  /** Folder of the desk's configuration from the workspace folder; empty for that itself. */
  readonly deskFolder: string;
  readonly details: (path: string) => RunbookDetails | undefined;
}

/**
 * The clock of an issue. The response is due within the strictest goal after it was reported, until somebody acknowledged
 * it; triage is due only until then, and while the issue is in its first stage; the next update is due a cadence after the
 * last one, or after it was acknowledged, until it is resolved. All in the desk's business time.
 */
export function responseClock({ desk, time, deskFolder, details }: ClockScene, issue: Issue, facts: IssueFacts): ResponseClock {
  const mark = readClock(issue.body);
  const reported = mark.reported ?? issue.createdAt;
  const first = findKind(desk, facts.kind ?? "")?.runbook;
  const paths = new Set([...facts.runs.map((run) => run.runbook), ...(first === undefined ? [] : [deskFolder === "" ? first : `${deskFolder}/${first}`])]);
  const rules = [...paths].flatMap((path) => details(path) ?? []);
  const durations = (texts: readonly (string | undefined)[]): readonly Duration[] => texts.flatMap((text) => parseDuration(text ?? "") ?? []);
  const goal = responseGoal(desk, { ...facts, runbooks: durations(rules.map((rule) => rule.respondWithin)) });
  const cadence = updateCadence(desk, { ...facts, runbooks: durations(rules.map((rule) => rule.updateEvery)) });
  const triage = facts.stage === desk.stages[0] ? triageGoal(desk, facts.kind) : undefined;

  const { acknowledged } = mark;
  const due = (stage: ClockStage, from: Instant, within: Duration | undefined): ResponseClock["due"] => {
    const at = within === undefined ? undefined : time.after(from, businessLength(desk, within));
    return at === undefined ? [] : [{ stage, at }];
  };
  const told = mark.updated !== undefined && compareInstants(mark.updated, acknowledged) > 0 ? mark.updated : acknowledged;
  const over = mark.resolved !== undefined && compareInstants(mark.resolved, told) >= 0;
  const waiting = issue.state === "closed" ? [] : acknowledged === undefined ? [...due("response", reported, goal), ...due("triage", reported, triage)] : told === undefined || over ? [] : due("update", told, cadence);
  return {
    reported,
    ...(goal === undefined ? {} : { goal }),
    ...(acknowledged === undefined ? {} : { acknowledged: { at: acknowledged, ...(mark.by === undefined ? {} : { by: mark.by }) } }),
    due: waiting.toSorted((a, b) => compareInstants(a.at, b.at)),
  };
}
