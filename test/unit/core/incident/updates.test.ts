import fc from 'fast-check';
import assert from 'node:assert/strict';
import { businessTime } from '../../../../src/core/calendar/businessTime';
import { incidentState } from '../../../../src/core/incident/incidentState';
import { changeOfMilestone } from '../../../../src/core/incident/timeline';
import { missedUpdates, nextUpdates } from '../../../../src/core/incident/updates';
import { issueFacts } from '../../../../src/core/issue/issueFacts';
import { type MilestoneDetails, renderMilestone } from '../../../../src/core/markup/milestone';
import { type Desk, parseDuration } from '../../../../src/core/model/desk';
import { instantAt, millisecondsOf } from '../../../../src/core/model/instant';
import type { Issue } from '../../../../src/core/model/issue';
import type { Milestone, TimelineEvent } from '../../../../src/core/model/timelineEvent';
import { applyChange } from '../../../../src/core/sync/applyChange';
import { propertyRuns } from '../../../support/propertyRuns';
import { sampleIssue } from '../../../support/sampleIssue';
import { deskOf } from '../desk/deskText';

// London is UTC, from 29 March to 25 October 2026 UTC+1.
const desk = deskOf(`timezone: Europe/London
hours: { Mon-Fri: ["08:00-18:00"] }
holidays: [2026-11-26]
priorities:
  high: { label: p1, updateEvery: 1h }
  normal: { label: p2, updateEvery: 4h }
  low: { label: p3 }
audiences:
  users: { email: [users@acme.example], updateEvery: { high: 30m } }
  support team: { webhook: support, hours: always }
`);

/** Something that happens to an incident. The date is 24 November 2026, a Tuesday, unless it is given. */
type Step =
  | { readonly at: string; readonly milestone: Milestone; readonly details?: MilestoneDetails; readonly by?: string }
  | { readonly at: string; readonly field: string; readonly value: string };

const instant = (time: string): string => (time.includes("T") ? `${time}:00Z` : `2026-11-24T${time}:00Z`);

const acknowledged = (at: string): Step => ({ at, milestone: "acknowledged" });

const sent = (at: string, audience: string, next?: string): Step => ({ at, milestone: "update", details: { audience, ...(next === undefined ? {} : { next: instant(next) }) } });

function after(steps: readonly Step[], more: Partial<Issue> = {}): Issue {
  return steps.reduce<Issue>((issue, step) => {
    const stamp = { at: instant(step.at), by: "ana" };
    const change = "field" in step
      ? { kind: "setFields" as const, fields: [{ name: step.field, value: step.value, ...stamp }] }
      : changeOfMilestone(renderMilestone(step.milestone, "", step.details), stamp);
    if (change === undefined) return issue;
    const applied = applyChange(issue, change, stamp.at);
    assert.ok(applied.kind === "ok");
    return applied.value;
  }, sampleIssue({ labels: ["incident", "p1"], createdAt: "2026-11-24T09:00:00Z", ...more }));
}

/** The next updates of an incident, as `audience time`. */
function due(steps: readonly Step[], more: Partial<Issue> = {}, { on = desk, runbook }: { readonly on?: Desk; readonly runbook?: string } = {}): readonly string[] {
  const issue = after(steps, more);
  const own = parseDuration(runbook ?? "");
  const rules = { desk: on, time: businessTime(on), ...(own === undefined ? {} : { runbook: own }) };
  return nextUpdates(rules, incidentState(on, issue), issueFacts(issue, on).priority).map(({ audience, at }) => `${audience} ${at.replace(/^2026-11-24T/, "").replace(/:00Z$/, "")}`);
}

const p2 = { labels: ["incident", "p2"] };
const p3 = { labels: ["incident", "p3"] };

describe("The next update for an audience", () => {
  const cases: readonly (readonly [what: string, due: readonly string[], expected: readonly string[]])[] = [
    ["is not due before somebody has acknowledged the incident", due([]), []],
    ["is due one cadence after that, for each audience with its own", due([acknowledged("10:00")]), ["users 10:30", "support team 11:00"]],
    ["is due one cadence after the last update", due([acknowledged("10:00"), sent("10:20", "users"), sent("10:40", "support team")]), ["users 10:50", "support team 11:40"]],
    ["is still due after another audience received one", due([acknowledged("10:00"), sent("10:20", "support team")]), ["users 10:30", "support team 11:20"]],
    ["is still due after an update that names no audience", due([acknowledged("10:00"), { at: "10:20", milestone: "update" }]), ["users 10:30", "support team 11:00"]],
    ["is still due after a note", due([acknowledged("10:00"), { at: "10:20", milestone: "note" }]), ["users 10:30", "support team 11:00"]],
    ["is due when it was promised", due([acknowledged("10:00"), sent("10:20", "users", "12:15")]), ["users 12:15", "support team 11:00"]],
    ["is due after a cadence if the promise was already past", due([acknowledged("10:00"), sent("10:20", "users", "10:10")]), ["users 10:50", "support team 11:00"]],
    ["is due after a cadence if the promise is for a time years ahead", due([acknowledged("10:00"), sent("10:20", "users", "2199-11-24T10:00"), sent("10:20", "support team", "2027-11-24T10:20")]), ["users 10:50", "support team 2027-11-24T10:20"]],
    ["follows an update that was sent before the acknowledgement", due([sent("09:30", "users", "11:30")]), ["users 11:30"]],
    ["counts from the later of an acknowledgement and an update without promise", due([sent("09:30", "users"), acknowledged("10:00")]), ["users 10:30", "support team 11:00"]],
    ["uses the cadence of the priority if the audience has none", due([acknowledged("10:00")], p2), ["users 14:00", "support team 14:00"]],
    ["uses the cadence of the runbook if the priority has none", due([acknowledged("10:00")], p3, { runbook: "2h" }), ["users 12:00", "support team 12:00"]],
    ["is never due without a cadence, unless it was promised", due([acknowledged("10:00"), sent("10:20", "users", "12:00")], p3), ["users 12:00"]],
    ["is due in business hours, or around the clock", due([acknowledged("17:50")]), ["users 2026-11-25T08:20", "support team 18:50"]],
    ["waits for the end of a holiday", due([acknowledged("2026-11-25T17:45")]), ["users 2026-11-27T08:15", "support team 2026-11-25T18:45"]],
    ["waits for the end of a weekend", due([acknowledged("2026-11-27T17:45")]), ["users 2026-11-30T08:15", "support team 2026-11-27T18:45"]],
    ["is due on the weekend if that was promised", due([acknowledged("2026-11-27T17:45"), sent("2026-11-27T17:50", "users", "2026-11-28T12:00")]), ["users 2026-11-28T12:00", "support team 2026-11-27T18:45"]],
    ["keeps its hours when the clocks change", due([acknowledged("2026-03-27T17:45")]), ["users 2026-03-30T07:15", "support team 2026-03-27T18:45"]],
    ["counts the hour that is skipped for nobody", due([acknowledged("2026-03-29T00:30")]), ["users 2026-03-30T07:30", "support team 2026-03-29T01:30"]],
    ["follows the later of two updates within one minute", due([acknowledged("10:00"), sent("10:20", "users", "13:00"), sent("10:20", "users", "12:00")].map((step, index) => (index === 1 ? { ...step, at: "10:19" } : step))), ["users 12:00", "support team 11:00"]],
    ["is due at once when the priority is raised, and not overdue from before", due([acknowledged("10:00"), { at: "12:00", field: "prioritized", value: "high" }]), ["users 12:00", "support team 12:00"]],
    ["is due one cadence after the last update if that is after the priority was raised", due([acknowledged("10:00"), { at: "10:10", field: "prioritized", value: "high" }]), ["users 10:30", "support team 11:00"]],
    ["is due sooner than promised if the priority was raised since", due([acknowledged("10:00"), sent("10:20", "users", "17:00"), { at: "12:00", field: "prioritized", value: "high" }]), ["users 12:00", "support team 12:00"]],
    ["is due as promised if the priority was raised before", due([acknowledged("10:00"), { at: "10:10", field: "prioritized", value: "high" }, sent("10:20", "users", "17:00")]), ["users 17:00", "support team 11:00"]],
    ["is due at the next opening if the priority is raised at night", due([acknowledged("10:00"), { at: "22:00", field: "prioritized", value: "high" }]), ["users 2026-11-25T08:00", "support team 22:00"]],
    ["is not due once the incident is resolved", due([acknowledged("10:00"), { at: "11:00", milestone: "resolved" }]), []],
    ["is not due once the incident is cancelled", due([acknowledged("10:00"), { at: "11:00", milestone: "cancelled" }]), []],
    ["is not due once the incident is closed", due([acknowledged("10:00")], { state: "closed" }), []],
    ["is due after mitigation", due([acknowledged("10:00"), { at: "10:10", milestone: "mitigated" }]), ["users 10:30", "support team 11:00"]],
    ["is not due after the incident was reopened, until somebody has acknowledged it again", due([acknowledged("10:00"), sent("10:20", "users", "17:00"), { at: "11:00", milestone: "resolved" }, { at: "12:00", field: "reopened", value: instant("12:00") }]), []],
    ["is due one cadence after that, whatever was promised before", due([acknowledged("10:00"), sent("10:20", "users", "17:00"), { at: "11:00", milestone: "resolved" }, { at: "12:00", field: "reopened", value: instant("12:00") }, acknowledged("12:10")]), ["users 12:40", "support team 13:10"]],
    ["is due one cadence after an update that was sent with the reopening", due([acknowledged("10:00"), sent("10:20", "users", "17:00"), { at: "11:00", milestone: "resolved" }, { at: "12:00", field: "reopened", value: instant("12:00") }, sent("12:00", "users")]), ["users 12:30"]],
    ["is not due on a test", due([acknowledged("10:00")], { labels: ["incident", "p1", "test"] }), []],
    ["is not due on a backfilled incident", due([acknowledged("10:00")], { labels: ["incident", "p1", "backfilled"] }), []],
  ];
  for (const [what, found, expected] of cases) it(what, () => assert.deepEqual(found, expected));

  const minutes = fc.integer({ min: 0, max: 5 * 24 * 60 });
  const at = (minute: number): string => instantAt(millisecondsOf("2026-11-24T08:00:00Z") + minute * 60_000).slice(0, 16);
  const steps: fc.Arbitrary<Step> = fc.oneof(
    minutes.map((minute) => acknowledged(at(minute))),
    fc.tuple(minutes, fc.constantFrom("users", "support team", "nobody"), fc.option(minutes)).map(([minute, audience, next]) => sent(at(minute), audience, next === null ? undefined : at(next))),
    fc.tuple(minutes, fc.constantFrom<Milestone>("resolved", "cancelled", "mitigated", "unacknowledged", "note")).map(([minute, milestone]) => ({ at: at(minute), milestone })),
    fc.tuple(minutes, fc.constantFrom("prioritized", "reopened")).map(([minute, field]) => ({ at: at(minute), field, value: instant(at(minute)) })),
  );

  it("does not depend on the order in which changes arrive, nor on how often", () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 8 }).chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length }))), ([all, shuffled]) => {
        assert.deepEqual(due(shuffled), due(all));
      }),
      { numRuns: propertyRuns(1000) },
    );
  });

  it("is never later with a shorter cadence", () => {
    const cadences = fc.tuple(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 600 }));
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 8 }), cadences, (all, [a, b]) => {
        const times = (amount: number): readonly string[] => due(all, {}, { on: { ...desk, audiences: desk.audiences.map((audience) => ({ ...audience, updateEvery: { high: { amount, unit: "m" } } })) } });
        const [short, long] = [times(Math.min(a, b)), times(Math.max(a, b))];
        assert.equal(short.length, long.length);
        for (const [index, text] of short.entries()) assert.ok(sortable(text) <= sortable(long[index] ?? ""), `${text} is after ${long[index] ?? ""}`);
      }),
      { numRuns: propertyRuns(1000) },
    );
  });
});

function sortable(text: string): string {
  return text.replace(/ (\d\d:\d\d)$/, " 2026-11-24T$1");
}

describe("The updates that were missed", () => {
  const comment = (at: string, milestone: Milestone, details?: MilestoneDetails): TimelineEvent => ({ kind: "commented", at: instant(at), by: "ana", markdown: renderMilestone(milestone, "", details) });
  const update = (at: string, audience: string, next?: string): TimelineEvent => comment(at, "update", { audience, ...(next === undefined ? {} : { next: instant(next) }) });
  const missed = (events: readonly TimelineEvent[], now: string, more: Partial<Issue> = {}): readonly string[] =>
    missedUpdates({ desk, time: businessTime(desk) }, sampleIssue({ labels: ["incident", "p1"], ...more }), events, instant(now)).map(({ audience, at, sent: late }) => `${audience} ${at.slice(11, 16)}${late === undefined ? "" : ` sent ${late.slice(11, 16)}`}`);
  const ack = comment("10:00", "acknowledged");
  const label = (at: string, kind: "labeled" | "unlabeled", name: string): TimelineEvent => ({ kind, at: instant(at), by: "ana", label: name });

  it("are those that are overdue now, and those that were sent late", () => {
    assert.deepEqual(missed([ack], "10:30"), []);
    assert.deepEqual(missed([ack], "10:31"), ["users 10:30"]);
    assert.deepEqual(missed([ack, update("10:45", "users"), update("10:50", "support team")], "11:00"), ["users 10:30 sent 10:45"]);
  });
  it("are none if each was sent in time, as promised", () => assert.deepEqual(missed([ack, update("10:30", "users", "12:00"), update("10:30", "support team", "15:00"), update("12:00", "users", "15:00")], "14:00"), []));
  it("are listed once, however late", () => assert.deepEqual(missed([ack, update("10:50", "support team", "17:00"), update("15:00", "users", "17:00")], "16:00"), ["users 10:30 sent 15:00"]));
  it("stop when the incident is resolved, and start again when it is reopened", () => {
    const over = [ack, update("10:10", "support team", "10:20"), comment("10:15", "resolved")];
    assert.deepEqual(missed(over, "15:00"), []);
    const again: readonly TimelineEvent[] = [...over, { kind: "reopened", at: instant("12:00"), by: "ana" }];
    assert.deepEqual(missed(again, "15:00"), []);
    assert.deepEqual(missed([...again, comment("12:10", "acknowledged")], "12:45"), ["users 12:40"]);
  });
  it("are counted with the priority of the time, and not in retrospect", () => {
    const raised = [ack, label("12:00", "unlabeled", "p2"), label("12:00", "labeled", "p1")];
    assert.deepEqual(missed([...raised, update("12:00", "users", "13:00"), update("12:00", "support team", "13:00")], "12:30"), []);
    assert.deepEqual(missed(raised, "12:30"), ["users 12:00", "support team 12:00"]);
  });
  it("are none on a test", () => assert.deepEqual(missed([ack], "15:00", { labels: ["incident", "p1", "test"] }), []));

  it("do not depend on the order of the events", () => {
    const minute = fc.integer({ min: 0, max: 8 }).map((step) => instantAt(millisecondsOf("2026-11-24T09:00:00Z") + step * 50 * 60_000).slice(0, 16));
    const event = fc.oneof(
      fc.tuple(minute, fc.constantFrom<Milestone>("acknowledged", "resolved", "unacknowledged", "note")).map(([at, milestone]) => comment(at, milestone)),
      fc.tuple(minute, fc.constantFrom("users", "support team"), fc.option(minute)).map(([at, audience, next]) => update(at, audience, next ?? undefined)),
      fc.tuple(minute, fc.constantFrom("labeled" as const, "unlabeled" as const), fc.constantFrom("p1", "p2", "other")).map(([at, kind, name]) => label(at, kind, name)),
      minute.map((at): TimelineEvent => ({ kind: "reopened", at: instant(at), by: "ben" })),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 10 }).chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))), ([all, shuffled]) => {
        assert.deepEqual(missed(shuffled, "17:00"), missed(all, "17:00"));
      }),
      { numRuns: propertyRuns(1000) },
    );
  });
});
