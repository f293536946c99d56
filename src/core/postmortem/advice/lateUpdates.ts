import type { TimelineEntry } from "../../incident/timeline";
import { missedUpdates, type MissedUpdate, type UpdateRules } from "../../incident/updates";
import { renderMilestone } from "../../markup/milestone";
import type { Instant, Issue } from "../../model/issue";
import type { TimelineEvent } from "../../model/timelineEvent";

/** The updates that audiences received late or never, from the timeline of the incident, see `missedUpdates`. */
export function lateUpdates(rules: UpdateRules, issue: Issue, entries: readonly TimelineEntry[], now: Instant): readonly MissedUpdate[] {
  return missedUpdates(rules, issue, entries.flatMap(eventOf), now);
}

/** The event that an entry was made of. Entries of checklists come from none. */
function eventOf(entry: TimelineEntry): readonly TimelineEvent[] {
  switch (entry.kind) {
    case "milestone": {
      const { at, by, text, milestone, recorded, audience, next, role, login } = entry;
      const details = { ...(recorded === undefined ? {} : { at }), ...(audience === undefined ? {} : { audience }), ...(next === undefined ? {} : { next }), ...(role === undefined ? {} : { role }), ...(login === undefined ? {} : { login }) };
      return [{ kind: "commented", at: recorded ?? at, by, markdown: renderMilestone(milestone, text, details) }];
    }
    case "commented":
    case "runStarted":
    case "stepDone":
    case "stepSkipped":
    case "decided":
      return [];
    default:
      return [entry];
  }
}
