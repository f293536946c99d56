import fc from "fast-check";
import { instantAt, millisecondsOf } from "../../../../src/core/model/instant";
import type { TimelineEvent } from "../../../../src/core/model/timelineEvent";
import { renderMilestone } from "../../../../src/core/markup/milestone";
import { timeline, type TimelineEntry } from "../../../../src/core/incident/timeline";
import type { Issue } from "../../../../src/core/model/issue";
import type { ConsistencyContext } from "../../../../src/core/postmortem/advice/findProblems";
import { emptyPostmortem, type Postmortem, type PostmortemEntry, type PostmortemInstant, postmortemStatuses } from "../../../../src/core/postmortem/postmortem";
import { formatTimelineEntry } from "../../../../src/core/postmortem/timeline/timelineText";
import { sampleIssue } from "../../../support/sampleIssue";

/** An incident that can have happened, as a post-mortem of it, and the time at which somebody reads it. */
export interface Life {
  readonly postmortem: Postmortem;
  readonly context: ConsistencyContext;
  /** What the post-mortem is about. */
  readonly issue: Issue;
  readonly entries: readonly TimelineEntry[];
}

/** The clock goes back in Los Angeles on 2026-11-01 at 09:00 UTC, and forward on 2026-03-08 at 10:00 UTC. */
const starts = fc.oneof(
  fc.constantFrom("2026-11-01T07:58:00Z", "2026-11-01T08:59:59Z", "2026-03-08T09:59:00Z", "2026-11-20T07:59:59Z", "2026-12-31T23:59:00Z", "2024-02-29T12:00:00Z"),
  fc.integer({ min: 1_700_000_000, max: 1_760_000_000 }).map((seconds) => instantAt(seconds * 1000)),
);

/** Minutes between one thing and the next. */
const wait = fc.oneof({ weight: 3, arbitrary: fc.nat(90) }, { weight: 1, arbitrary: fc.nat(60 * 24 * 10) }, { weight: 1, arbitrary: fc.constant(0) });

const round = fc.record({ detected: wait, acknowledged: wait, mitigated: wait, resolved: wait, closed: wait, reopened: wait, note: wait, has: fc.record({ started: fc.boolean(), detected: fc.boolean(), acknowledged: fc.boolean(), mitigated: fc.boolean(), resolved: fc.boolean() }) });

/**
 * Lives of incidents: nothing happens before the start; detection, acknowledgement, mitigation and resolution come in any order;
 * it may be reopened; entries may be recorded long after they happened; rows may have been reworded, removed or written by hand.
 */
export const anyLife: fc.Arbitrary<Life> = fc
  .record({
    start: starts,
    rounds: fc.array(round, { minLength: 1, maxLength: 3 }),
    before: fc.array(wait, { maxLength: 2 }),
    status: fc.constantFrom(...postmortemStatuses),
    isBackfilled: fc.boolean(),
    isClosed: fc.boolean(),
    removed: fc.array(fc.nat(), { maxLength: 3 }),
    words: fc.array(fc.record({ at: fc.nat(), words: fc.constantFrom("", "shortly after", "around 9:05", "~10:15", "10:15 – 10:40", "a day later", "Monday morning", "T+5") }), { maxLength: 2 }),
    seconds: fc.nat(59),
  })
  .map(({ start, rounds, before, status, isBackfilled, isClosed, removed, words, seconds }): Life => {
    const at = (minutes: number): string => instantAt(millisecondsOf(start) + minutes * 60_000 + seconds * 1000);
    const events: TimelineEvent[] = [];
    const instants: Partial<Record<PostmortemInstant, string>> = { started: at(0) };
    let from = 0;
    rounds.forEach((one, index) => {
      const times = { detected: from + one.detected, acknowledged: from + one.acknowledged, mitigated: from + one.mitigated, resolved: from + one.resolved };
      const last = Math.max(...Object.values(times)) + 1;
      const note = (milestone: PostmortemInstant, minutes: number): void => {
        // Some are recorded when they happen, others later with their time.
        const isLate = (minutes + index) % 2 === 0;
        events.push({ kind: "commented", at: at(isLate ? last : minutes), by: "ana", markdown: renderMilestone(milestone, "", isLate ? { at: at(minutes) } : {}) });
      };
      if (index === 0 ? one.has.started || isBackfilled : one.has.started) note("started", from);
      if (index === 0 && (one.has.detected || isBackfilled)) note("detected", times.detected);
      if (index === 0) instants.detected = at(times.detected);
      if (one.has.acknowledged || !isBackfilled) {
        note("acknowledged", times.acknowledged);
        instants.acknowledged ??= at(times.acknowledged);
      }
      if (one.has.mitigated) {
        note("mitigated", times.mitigated);
        instants.mitigated = at(times.mitigated);
      }
      if (one.has.resolved || index === rounds.length - 1) {
        note("resolved", times.resolved);
        instants.resolved = at(times.resolved);
      }
      events.push({ kind: "commented", at: at(from + one.note), by: "ben", markdown: "Looking." });
      events.push({ kind: "closed", at: at(last + one.closed), by: "ben" });
      from = last + one.closed + 1 + one.reopened;
      if (index < rounds.length - 1) events.push({ kind: "reopened", at: at(from), by: "ben" });
      from += 1;
    });
    // Without a recorded start, nothing can be recorded that happened before the report.
    const createdAt = isBackfilled ? at(from) : at(rounds[0]?.has.started === true ? rounds[0].note : 0);
    const issue: Issue = { ...sampleIssue(), createdAt, labels: ["incident", ...(isBackfilled ? ["backfilled"] : [])], ...(isClosed ? { state: "closed", closedAt: events.at(-1)?.at ?? createdAt } : {}) };
    const entries = timeline(issue, events, []);
    const rows = entries.map((entry, index): PostmortemEntry => ({ id: `t${index}`, time: { kind: "instant", at: entry.at }, event: formatTimelineEntry(entry), evidence: "", source: "", others: [], ...(index % 2 === 0 ? { origin: { key: `k${index}`, hash: "h" } } : {}) }));
    const earlier = before.toSorted((a, b) => b - a).map((minutes, index): PostmortemEntry => ({ id: `b${index}`, time: { kind: "instant", at: at(-minutes) }, event: "Version 2.4 was deployed", evidence: "", source: "", others: [] }));
    const kept = [...earlier, ...rows].filter(({ event }, index, all) => event.startsWith("Reopened") || !removed.some((number) => number % all.length === index));
    const table = words.reduce<readonly PostmortemEntry[]>((all, row, index) => all.toSpliced(row.at % (all.length + 1), 0, { id: `w${index}`, time: { kind: "words", words: row.words }, event: "Somebody called", evidence: "", source: "", others: [] }), kept);
    const lacks = instants.acknowledged === undefined ? (["acknowledged"] as const) : [];
    return {
      postmortem: { ...emptyPostmortem, issue: sampleIssue().ref, title: "Portal is down", status, instants, timeline: table },
      issue,
      entries,
      context: { now: [createdAt, ...events.map((event) => event.at)].reduce((a, b) => (a > b ? a : b)), timezone: "America/Los_Angeles", isOpen: !isClosed, lacks },
    };
  });
