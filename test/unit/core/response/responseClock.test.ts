import fc from 'fast-check';
import assert from 'node:assert/strict';
import { businessTime } from '../../../../src/core/calendar/businessTime';
import { issueFacts } from '../../../../src/core/issue/issueFacts';
import { noteClock, readClock } from '../../../../src/core/markup/clockRegion';
import { instantAt, millisecondsOf } from '../../../../src/core/model/instant';
import type { ClockMark, Issue } from '../../../../src/core/model/issue';
import type { RunbookDetails } from '../../../../src/core/model/runbook';
import { type ResponseClock, responseClock } from '../../../../src/core/response/responseClock';
import { dueAlarms, updateUrgencies, urgencyOf } from '../../../../src/core/response/urgency';
import { sampleIssue } from '../../../support/sampleIssue';
import { deskOf } from '../desk/deskText';

const desk = deskOf(`timezone: America/Los_Angeles
hours: { Mon-Fri: ["08:00-12:00", "13:00-17:00"] }
kinds:
  incident: { respondWithin: 1h, triageWithin: 15m, runbook: incident.md }
  record:
priorities: { high: { label: p1, respondWithin: 30m, updateEvery: 1h }, normal: }
`);

/** What is due on an incident of the Friday before Thanksgiving, reported at eight in the morning. */
function due(issue: Partial<Issue>, marks: ClockMark = {}, rules: Partial<RunbookDetails> = {}): readonly string[] {
  const body = noteClock(issue.body ?? "Nobody can sign in.", marks);
  const whole = sampleIssue({ ...issue, body });
  const details = (path: string): RunbookDetails | undefined => (path === "runbooks/incident.md" ? { labels: [], match: [], ...rules } : undefined);
  return responseClock({ desk, time: businessTime(desk), deskFolder: "runbooks", details }, whole, issueFacts(whole, desk)).due.map(({ stage, at }) => `${stage} ${at}`);
}

describe("The clock of an issue", () => {
  const acknowledged: ClockMark = { acknowledged: "2026-11-20T16:10:00Z", by: "ana" };
  const high = ["incident", "p1"];
  const closed = "<!-- desk:field closed value=completed at=2026-11-20T18:00:00Z by=ana -->";
  const reopened = (hour: number): string => `<!-- desk:field reopened value=2026-11-20T${hour}:00:00Z at=2026-11-20T${hour}:00:00Z by=ana -->`;
  const cases: readonly (readonly [what: string, due: readonly string[], expected: readonly string[]])[] = [
    ["asks for triage and a response", due({}), ["triage 2026-11-20T16:15:00Z", "response 2026-11-20T17:00:00Z"]],
    ["takes the stricter goal of the priority", due({ labels: high }), ["triage 2026-11-20T16:15:00Z", "response 2026-11-20T16:30:00Z"]],
    ["takes the stricter goal of the kind's runbook", due({}, {}, { respondWithin: "10m" }), ["response 2026-11-20T16:10:00Z", "triage 2026-11-20T16:15:00Z"]],
    ["counts from when it was reported, if that is known", due({}, { reported: "2026-11-20T00:50:00Z" }), ["triage 2026-11-20T16:05:00Z", "response 2026-11-20T16:50:00Z"]],
    ["needs no triage once somebody works on it", due({ labels: ["incident", "stage: In progress"] }), ["response 2026-11-20T17:00:00Z"]],
    ["stops when somebody acknowledges it", due({}, acknowledged), []],
    ["asks for an update from then on, at high priority", due({ labels: high }, acknowledged), ["update 2026-11-20T17:10:00Z"]],
    ["asks for the next update after the last", due({ labels: high }, { ...acknowledged, updated: "2026-11-20T19:30:00Z" }), ["update 2026-11-20T21:30:00Z"]],
    ["asks for updates as often as the runbook wants", due({}, acknowledged, { updateEvery: "30m" }), ["update 2026-11-20T16:40:00Z"]],
    ["asks for none once it is resolved", due({ labels: high }, { ...acknowledged, resolved: "2026-11-20T19:30:00Z" }), []],
    ["asks for one again when people get another update after that", due({ labels: high }, { ...acknowledged, resolved: "2026-11-20T18:00:00Z", updated: "2026-11-20T19:00:00Z" }), ["update 2026-11-20T20:00:00Z"]],
    ["runs on from where it was once the acknowledgement is taken back", due({}, { ...acknowledged, withdrawn: "2026-11-20T16:20:00Z" }), ["triage 2026-11-20T16:15:00Z", "response 2026-11-20T17:00:00Z"]],
    ["stops again when somebody acknowledges it after that", due({}, { acknowledged: "2026-11-20T16:30:00Z", by: "ben", withdrawn: "2026-11-20T16:20:00Z" }), []],
    ["asks for nothing once it is closed", due({ state: "closed", closedAt: "2026-11-20T16:05:00Z", labels: high }), []],
    ["asks for nothing on a test", due({ labels: [...high, "Test"] }), []],
    ["asks for no update on a test", due({ labels: [...high, "test"] }, acknowledged), []],
    ["asks for nothing on an incident that was entered afterwards", due({ labels: [...high, "backfilled"] }), []],
    ["starts again when it is reopened, and counts nothing from before", due({ labels: high, body: reopened(21) }, { ...acknowledged, updated: "2026-11-20T17:00:00Z", resolved: "2026-11-20T18:00:00Z" }), ["triage 2026-11-20T21:15:00Z", "response 2026-11-20T21:30:00Z"]],
    ["counts an acknowledgement after it was reopened", due({ labels: high, body: reopened(21) }, { ...acknowledged, later: [{ at: "2026-11-20T21:10:00Z", by: "ben" }] }), ["update 2026-11-20T22:10:00Z"]],
    ["starts again when it was reopened on the web, whatever changed since", due({ labels: high, updatedAt: "2026-11-20T22:00:00Z", body: closed, reopening: { at: "2026-11-20T21:00:00Z", closed: "2026-11-20T18:00:01Z" } }, acknowledged), ["triage 2026-11-20T21:15:00Z", "response 2026-11-20T21:30:00Z"]],
    ["starts again when it was closed and reopened on the web", due({ labels: high, reopening: { at: "2026-11-20T21:00:00Z", closed: "2026-11-20T18:00:00Z" } }, { ...acknowledged, resolved: "2026-11-20T17:00:00Z" }), ["triage 2026-11-20T21:15:00Z", "response 2026-11-20T21:30:00Z"]],
    ["starts again at its last closing where nothing says when it was reopened, whatever changed since", due({ labels: high, updatedAt: "2026-11-20T22:00:00Z", body: closed }, acknowledged), ["triage 2026-11-20T18:15:00Z", "response 2026-11-20T18:30:00Z"]],
    ["asks for nothing where the desk sets no goal", due({ labels: ["record"] }), []],
  ];
  for (const [what, found, expected] of cases) it(what, () => assert.deepEqual(found, expected));
});

describe("The clock of an issue on a desk with audiences", () => {
  const audiences = deskOf(`timezone: UTC
hours: { Mon-Fri: ["08:00-18:00"] }
kinds: { incident: { respondWithin: 1h } }
priorities: { high: { label: p1, updateEvery: 1h } }
audiences:
  users: { email: [users@acme.example] }
  leadership: { email: [boss@acme.example], hours: always, updateEvery: 30m }
`);
  const time = businessTime(audiences);
  const clockOf = (marks: ClockMark, at = "2026-11-20T17:30:00Z"): ResponseClock => {
    const issue = sampleIssue({ labels: ["incident", "p1"], createdAt: at, body: noteClock("", marks) });
    return responseClock({ desk: audiences, time, deskFolder: "", details: () => undefined }, issue, issueFacts(issue, audiences));
  };
  const clock = clockOf({ acknowledged: "2026-11-20T17:40:00Z" });

  it("has an update for each audience, the earliest first", () => {
    assert.deepEqual(clock.due.map(({ stage, audience, at }) => [stage, audience, at]), [["update", "leadership", "2026-11-20T18:10:00Z"], ["update", "users", "2026-11-23T08:40:00Z"]]);
    assert.deepEqual(clockOf({}).due.map(({ stage }) => stage), ["response"]);
  });
  it("counts the time until an update around the clock, if the audience wants that", () => {
    const [leadership, users] = updateUrgencies(clock, time, "2026-11-20T18:05:00Z");
    assert.deepEqual([leadership?.audience, leadership?.left, leadership?.state], ["leadership", 5 * 60_000, "near"]);
    assert.deepEqual([users?.audience, users?.left, users?.state], ["users", 40 * 60_000, "later"]);
    assert.equal(urgencyOf(clock, time, "2026-11-20T18:15:00Z")?.left, -5 * 60_000);
  });
  it("has a reminder before and at the end of each, also at night", () => {
    const alarms = dueAlarms([sampleIssue()], () => clock, time).map(({ audience, when, at }) => `${audience ?? ""} ${when} ${at}`);
    assert.deepEqual(alarms, ["leadership near 2026-11-20T17:55:00Z", "leadership past 2026-11-20T18:10:00Z", "users near 2026-11-23T08:25:00Z", "users past 2026-11-23T08:40:00Z"]);
  });
  it("says whether an update is due", () => {
    const isDue = (of: typeof clock, now: string): boolean => updateUrgencies(of, time, now).some(({ state }) => state === "past");
    assert.deepEqual([isDue(clock, "2026-11-20T18:09:59Z"), isDue(clock, "2026-11-20T18:10:00Z"), isDue(clockOf({}), "2026-11-25T18:10:00Z")], [false, true, false]);
  });
});

describe("The clock marks in an issue's text", () => {
  const instants = fc.integer({ min: millisecondsOf("2020-01-01T00:00:00Z") / 1000, max: millisecondsOf("2030-01-01T00:00:00Z") / 1000 }).map((seconds) => instantAt(seconds * 1000));
  const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
  const marks = fc
    .record({ acknowledged: optional(fc.tuple(instants, fc.constantFrom("ana", "ben-1", "c<d>--e"))), updated: optional(instants), resolved: optional(instants), withdrawn: optional(instants) })
    .map(({ acknowledged, updated, resolved, withdrawn }): ClockMark => ({
      ...(withdrawn === undefined || (acknowledged !== undefined && acknowledged[0] <= withdrawn) ? {} : { withdrawn }),
      ...(acknowledged === undefined ? {} : { acknowledged: acknowledged[0], by: acknowledged[1] }),
      ...(updated === undefined ? {} : { updated }),
      ...(resolved === undefined ? {} : { resolved }),
    }));
  const bodies = fc.array(fc.constantFrom("text", "", "- [ ] step", "<!-- other -->", "\r", "tail "), { maxLength: 6 }).map((lines) => lines.join("\n"));

  it("can be read back, and every other line stays", () => {
    fc.assert(
      fc.property(bodies, marks, (body, mark) => {
        const noted = noteClock(body, mark);
        assert.deepEqual(readClock(noted), mark);
        assert.ok(noted.startsWith(body));
        assert.equal(noteClock(noted, mark), noted);
        assert.equal(noteClock(noted, { acknowledged: "2019-01-01T00:00:00Z", by: "zoe" }).split("\n").filter((line) => line.includes("desk:clock")).length, 1);
      }),
    );
  });

  it("are the same whichever of two was first", () => {
    fc.assert(
      fc.property(bodies, marks, marks, (body, one, other) => {
        assert.deepEqual(readClock(noteClock(noteClock(body, one), other)), readClock(noteClock(noteClock(body, other), one)));
      }),
    );
  });

  it("are the same in any order of acknowledgements and withdrawals, however often they are sent", () => {
    const step = fc.oneof(fc.record({ acknowledged: instants, by: fc.constantFrom("ana", "ben", "c<d>--e, f/g h") }, { noNullPrototype: true }), fc.record({ withdrawn: instants }, { noNullPrototype: true }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 7 }).chain((steps) => fc.tuple(fc.constant(steps), fc.shuffledSubarray([...steps, ...steps], { minLength: 2 * steps.length }))), ([steps, shuffled]) => {
        const after = (marks: readonly ClockMark[]): ClockMark => readClock(marks.reduce(noteClock, "Down."));
        assert.deepEqual(after(steps), after(shuffled));
        const withdrawn = steps.flatMap((each) => ("withdrawn" in each ? [each.withdrawn] : [])).toSorted().at(-1) ?? "";
        const first = steps.flatMap((each) => ("acknowledged" in each && each.acknowledged > withdrawn ? [each.acknowledged] : [])).toSorted()[0];
        assert.equal(after(steps).acknowledged, first);
      }),
    );
  });

  it("let a person correct the reported time", () => {
    const early = noteClock("", { reported: "2026-11-20T10:00:00Z" });
    assert.deepEqual(readClock(noteClock(early, { reported: "2026-11-20T12:00:00Z" })), { reported: "2026-11-20T12:00:00Z" });
  });

  for (const garbled of ["<!-- desk:clock reported=yesterday acknowledged=9999-99-99T00:00:00Z -->", "  <!-- desk:clock reported=2026-11-20T10:00:00Z -->", "<!-- desk:clock reported=2026-11-20T10:00:00Z", "<!-- desk:clock reported=+275760-09-13T00:00:00Z -->"]) {
    it(`are ignored when invalid: ${garbled}`, () => assert.deepEqual(readClock(garbled), {}));
  }
});
