import { noteClock } from "../markup/clockRegion";
import { setFields } from "../markup/fieldRegion";
import { backfilledLabel } from "../markup/labels";
import { renderMilestone } from "../markup/milestone";
import type { Instant, IssueDraft } from "../model/issue";
import type { ChangeStamp } from "../model/issueChange";
import type { CreateOperation } from "../model/operation";
import type { Result } from "../model/result";
import { checkMilestone, type MilestoneProblem } from "./milestoneChecks";
import { milestoneEffects } from "./timeline";

/** The milestones of an incident that is entered afterwards, in the order in which they are asked. */
export const backfilledMilestones = ["started", "detected", "mitigated", "resolved"] as const;

export type BackfilledMilestone = (typeof backfilledMilestones)[number];

/** When each of them happened. */
export type BackfillTimes = Partial<Readonly<Record<BackfilledMilestone, Instant>>>;

/** Checks when a milestone happened against the other times. Returns the time to record, see `checkMilestone`. */
export function checkBackfillTime(times: BackfillTimes, milestone: BackfilledMilestone, at: Instant, now: Instant): Result<Instant, MilestoneProblem> {
  const milestones = recorded(times).filter((one) => one.milestone !== milestone).map((one) => ({ ...one, by: "", recorded: now }));
  return checkMilestone({ milestones }, { reported: times.started ?? now, now }, milestone, at);
}

/**
 * Creates the incident with an entry in its timeline for each time, and closes it if it is resolved. The draft has the label and the
 * times, so that nothing is due on the issue from the moment it exists. It counts as reported when it was detected.
 */
export function backfillOperation(draft: IssueDraft, times: BackfillTimes, stamp: ChangeStamp): CreateOperation {
  const reported = times.detected ?? times.started;
  const start = reported === undefined ? draft.body : noteClock(draft.body, { reported });
  const body = recorded(times).reduce((text, milestone) => {
    const { fields, clock } = milestoneEffects(milestone, stamp);
    return setFields(clock === undefined ? text : noteClock(text, clock), fields);
  }, start);
  return {
    kind: "create",
    draft: { ...draft, body, labels: [...draft.labels, backfilledLabel] },
    then: [
      ...recorded(times).map(({ milestone, at }) => ({ kind: "comment" as const, markdown: renderMilestone(milestone, "", { at }) })),
      ...(times.resolved === undefined ? [] : [{ kind: "edit" as const, change: { kind: "close" as const, reason: "completed" as const, stamp } }]),
    ],
  };
}

function recorded(times: BackfillTimes): readonly { readonly milestone: BackfilledMilestone; readonly at: Instant }[] {
  return backfilledMilestones.flatMap((milestone) => {
    const at = times[milestone];
    return at === undefined ? [] : [{ milestone, at }];
  });
}
