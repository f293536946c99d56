import assert from "node:assert/strict";
import fc from "fast-check";
import { businessTime } from "../../../../../src/core/calendar/businessTime";
import { incidentIntervals } from "../../../../../src/core/postmortem/advice/intervals";
import type { Postmortem } from "../../../../../src/core/postmortem/postmortem";
import { propertyRuns } from "../../../../support/propertyRuns";
import { sampleDesk } from "../../../../support/sampleDesk";
import { anyLife } from "../lives";
import { emptyPostmortem, entry } from "../samples";

const of = (postmortem: Partial<Postmortem>): ReturnType<typeof incidentIntervals> => incidentIntervals({ ...emptyPostmortem, ...postmortem });

const minutes = (milliseconds: number): number => milliseconds / 60_000;

const instants = { started: "2026-11-20T16:00:00Z", detected: "2026-11-20T16:40:00Z", acknowledged: "2026-11-20T16:45:00Z", mitigated: "2026-11-20T18:00:00Z", resolved: "2026-11-20T19:00:00Z" };

describe("The intervals of an incident", () => {
  it("are counted from the start, and the acknowledgement from the detection", () => {
    assert.deepEqual(of({ instants }).intervals.map(({ name, milliseconds }) => [name, minutes(milliseconds)]), [["detect", 40], ["acknowledge", 5], ["mitigate", 120], ["resolve", 180]]);
  });

  it("are the same across a change of the clock, because instants have no clock", () => {
    const night = { started: "2026-11-01T08:30:00Z", detected: "2026-11-01T09:30:00Z" };
    assert.deepEqual(of({ instants: night }).intervals.map(({ milliseconds }) => minutes(milliseconds)), [60]);
  });

  it("are omitted if a time is missing or the order is reversed", () => {
    const { detected: _removed, ...others } = instants;
    assert.deepEqual(of({ instants: others }).intervals.map(({ name }) => name), ["mitigate", "resolve"]);
    assert.deepEqual(of({ instants: { ...instants, acknowledged: "2026-11-20T16:10:00Z" } }).intervals.map(({ name }) => name), ["detect", "mitigate", "resolve"]);
  });

  it("are also in business time on a desk with business hours", () => {
    const desk = { ...sampleDesk, hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, spans: [{ from: "09:00", to: "17:00" }] })) };
    const [detect] = incidentIntervals({ ...emptyPostmortem, instants: { started: "2026-11-20T16:30:00Z", detected: "2026-11-23T09:30:00Z" } }, businessTime(desk)).intervals;
    assert.deepEqual([detect?.business, detect?.milliseconds], [60 * 60_000, (7 * 60 + 30 + 48 * 60 + 9 * 60 + 30) * 60_000]);
    assert.equal(incidentIntervals({ ...emptyPostmortem, instants }, businessTime(sampleDesk)).intervals[0]?.business, undefined);
  });

  it("of a reopened incident go from the first start to the last end", () => {
    const timeline = [
      entry("a", "2026-11-20T10:00:00Z", "Started (ana)"),
      entry("b", "2026-11-20T11:00:00Z", "Mitigated (ana): Restarted"),
      entry("c", "2026-11-20T11:30:00Z", "Closed by ben"),
      entry("d", "2026-11-20T14:00:00Z", "Reopened by ben"),
      entry("e", "2026-11-20T14:00:00Z", "Started (ana)"),
      entry("f", "2026-11-20T15:00:00Z", "Mitigated (ana): Rolled back"),
    ];
    const { intervals, reopened, gaps } = of({ instants: { started: "2026-11-20T14:00:00Z", mitigated: "2026-11-20T11:00:00Z" }, timeline });
    assert.deepEqual(intervals.map(({ name, from, to }) => [name, from, to]), [["mitigate", "2026-11-20T10:00:00Z", "2026-11-20T15:00:00Z"]]);
    assert.equal(reopened, 1);
    assert.deepEqual(gaps, []);
  });

  it("are never negative, whatever happened", () => {
    fc.assert(
      fc.property(anyLife, ({ postmortem }) => {
        const { intervals, gaps, points } = incidentIntervals(postmortem);
        for (const { milliseconds, from, to } of [...intervals, ...gaps]) assert.ok(milliseconds >= 0 && from <= to);
        assert.deepEqual(points.map(({ at }) => at), points.map(({ at }) => at).toSorted());
        assert.ok(gaps.length <= 3);
        const times = postmortem.timeline.flatMap(({ time }) => (time.kind === "instant" ? [time.at] : []));
        for (const gap of gaps) assert.ok(!times.some((at) => gap.from < at && at < gap.to));
      }),
      { numRuns: propertyRuns(1000) },
    );
  });
});

describe("The gaps of a timeline", () => {
  const row = (id: string, time: string): Postmortem["timeline"][number] => entry(id, `2026-11-20T${time}:00Z`, "Looked at it");

  it("are the longest parts without a row, with the rows beside them", () => {
    const { gaps } = of({ instants, timeline: [row("a", "16:00"), row("b", "16:41"), row("c", "17:50"), row("d", "18:00"), row("e", "19:00")] });
    assert.deepEqual(gaps.map(({ before, after, milliseconds }) => [before, after, minutes(milliseconds)]), [["a", undefined, 40], [undefined, "c", 65], ["d", "e", 60]]);
  });

  it("are short in a short incident, but never a few minutes", () => {
    const short = { started: "2026-11-20T16:00:00Z", resolved: "2026-11-20T16:40:00Z" };
    assert.deepEqual(of({ instants: short, timeline: [row("a", "16:00"), row("b", "16:12"), row("c", "16:35")] }).gaps.map(({ before }) => before), ["b"]);
  });

  it("do not exist where a row without a time stands, or outside of the incident", () => {
    const worded: Postmortem["timeline"][number] = { ...row("w", "16:00"), time: { kind: "words", words: "some time later" } };
    assert.deepEqual(of({ instants: { started: instants.started, resolved: instants.resolved }, timeline: [row("z", "08:00"), row("a", "16:00"), worded, row("b", "18:59"), row("y", "23:00")] }).gaps, []);
  });

  it("are at most three", () => {
    assert.equal(of({ timeline: ["01", "06", "11", "16", "21"].map((hour) => row(hour, `${hour}:00`)) }).gaps.length, 3);
  });

  it("count business hours of an incident of several days", () => {
    const desk = { ...sampleDesk, hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, spans: [{ from: "09:00", to: "17:00" }] })) };
    const days = { started: "2026-11-16T09:00:00Z", resolved: "2026-11-18T17:00:00Z" };
    const times = ["2026-11-16T09:00:00Z", "2026-11-16T13:00:00Z", "2026-11-16T17:00:00Z", "2026-11-17T09:00:00Z", "2026-11-17T16:00:00Z", "2026-11-18T09:30:00Z", "2026-11-18T13:00:00Z", "2026-11-18T17:00:00Z"];
    const timeline = times.map((at, index) => entry(`r${index}`, at, "Looked at it"));
    assert.deepEqual(incidentIntervals({ ...emptyPostmortem, instants: days, timeline }, businessTime(desk)).gaps.map(({ before, after }) => [before, after]), [["r3", "r4"]]);
  });
});
