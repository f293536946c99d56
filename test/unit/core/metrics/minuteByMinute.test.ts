import assert from "node:assert/strict";
import fc from "fast-check";
import { businessTime } from "../../../../src/core/calendar/businessTime";
import { parseDesk } from "../../../../src/core/desk/parseDesk";
import { deskHistory, type DeskVersion } from "../../../../src/core/metrics/history/deskHistory";
import type { IssueRecord } from "../../../../src/core/metrics/history/issueHistory";
import { metricsReport, type MetricsReport } from "../../../../src/core/metrics/report";
import { instantAt, millisecondsOf } from "../../../../src/core/model/instant";
import type { TimelineEvent } from "../../../../src/core/model/timelineEvent";
import { propertyRuns } from "../../../support/propertyRuns";

const minute = 60_000;
const start = millisecondsOf("2026-03-27T00:00:00Z");
/** Four days, in which the clocks go forward. */
const minutes = 4 * 24 * 60;
const now = instantAt(start + minutes * minute);
const change = start + 40 * 60 * minute;

/** Business hours in Berlin, which is one hour ahead of UTC, and two from the 29th, 01:00 UTC. Both versions say the same as `isOpen`. */
function version(from: string, hours: string): DeskVersion {
  const { desk } = parseDesk(`timezone: Europe/Berlin\nhours: ${hours}\nservices: [Portal]\n`);
  assert.ok(desk !== undefined);
  return { from, desk, time: businessTime(desk) };
}

const desks = deskHistory([version("2026-01-01T00:00:00Z", '{ Mon-Sun: ["09:00-12:00", "13:00-17:00"] }'), version(instantAt(change), '{ Mon-Sun: ["01:00-22:30"] }')]);

function isOpen(at: number): boolean {
  const local = (Math.floor((at + (at >= millisecondsOf("2026-03-29T01:00:00Z") ? 2 : 1) * 60 * minute - start) / minute) % 1440) / 60;
  // On the 29th, 01:00 to 22:30 has no hour from 02:00 to 03:00, which the clock skips.
  return at >= change ? local >= 1 && local < 22.5 : (local >= 9 && local < 12) || (local >= 13 && local < 17);
}

const anyMinute = fc.integer({ min: 0, max: minutes - 1 });

function report(records: readonly IssueRecord[]): MetricsReport {
  return metricsReport({ desks, records, now, unreadable: [], deskFolder: "" }, { from: "2026-03-01", to: "2026-03-31" });
}

function record(number: number, from: number, labels: readonly string[], events: readonly TimelineEvent[]): IssueRecord {
  const last = events.findLast(({ kind }) => kind === "closed" || kind === "reopened");
  return {
    issue: {
      ref: { repository: "local", number }, title: "One", body: "", state: last?.kind === "closed" ? "closed" : "open", labels: ["incident", ...labels], assignees: [], author: "ana",
      createdAt: instantAt(start + from * minute), updatedAt: now, location: { kind: "file", path: `.desk/incident/${number}-one.md` },
    },
    events,
  };
}

describe("Metrics counted minute by minute", () => {
  it("give the same time at each stage", () => {
    const moves = fc.array(fc.tuple(anyMinute, fc.constantFrom("To do", "In progress", "Parked", "closed", "reopened")), { maxLength: 8 });
    fc.assert(fc.property(anyMinute, moves, (reported, unsorted) => {
      const sorted = unsorted.filter(([at], index) => at > reported && unsorted.findIndex(([other]) => other === at) === index).toSorted(([a], [b]) => a - b);
      const events: TimelineEvent[] = [];
      const counted = new Map<string, { business: number; wall: number }>();
      let [stage, isClosed, end] = ["To do", false, minutes];
      let next = 0;
      const labels = new Set<string>();
      for (let at = reported; at < minutes; at += 1) {
        for (let move = sorted[next]; move !== undefined && move[0] === at; move = sorted[next]) {
          const [, to] = move;
          const stamp = { at: instantAt(start + at * minute), by: "ana" };
          next += 1;
          if (to === "closed" || to === "reopened") {
            if (isClosed === (to === "closed")) continue;
            isClosed = to === "closed";
            end = isClosed ? at : minutes;
            events.push({ kind: to, ...stamp });
          } else if (!labels.has(to)) {
            labels.add(to);
            stage = to;
            events.push({ kind: "labeled", ...stamp, label: `stage: ${to}` });
          }
        }
        const name = isClosed ? "Done" : stage;
        const sum = counted.get(name) ?? { business: 0, wall: 0 };
        counted.set(name, { business: sum.business + (isOpen(start + at * minute) ? minute : 0), wall: sum.wall + minute });
      }
      // What comes after the last closing is not part of the life of the issue.
      if (isClosed) {
        const after = counted.get("Done") ?? { business: 0, wall: 0 };
        const rest = Array.from({ length: minutes - end }, (_, index) => isOpen(start + (end + index) * minute)).filter((open) => open).length * minute;
        counted.set("Done", { business: after.business - rest, wall: after.wall - (minutes - end) * minute });
      }
      const [issue] = report([record(1, reported, [...labels].map((name) => `stage: ${name}`), events)]).issues;
      const expected = Object.fromEntries([...counted].filter(([, { wall }]) => wall > 0));
      assert.deepEqual(Object.fromEntries(issue?.stages.map(({ stage: name, time }) => [name, time]) ?? []), expected);
    }), { numRuns: propertyRuns(300) });
  });

  it("give the same impact on a service", () => {
    const impact = fc.tuple(anyMinute, fc.integer({ min: 1, max: 2000 }), fc.constantFrom("SEV1", "SEV2", "other"));
    fc.assert(fc.property(fc.array(impact, { maxLength: 6 }), (impacts) => {
      const weights = new Float64Array(minutes);
      const records = impacts.map(([from, length, severity], index) => {
        const to = Math.min(minutes, from + length);
        for (let at = from; at < to; at += 1) weights[at] = Math.max(weights[at] ?? 0, severity === "SEV2" ? 0.3 : 1);
        return record(index + 1, from, ["service: Portal", severity], [{ kind: "closed", at: instantAt(start + to * minute), by: "ana" }]);
      });
      const wall = weights.reduce((sum, weight) => sum + weight * minute, 0);
      const business = weights.reduce((sum, weight, at) => sum + (isOpen(start + at * minute) ? weight * minute : 0), 0);
      const [portal] = report(records).availability;
      assert.ok(Math.abs((portal?.impact.wall ?? -1) - wall) < 1, `${portal?.impact.wall} is not ${wall}`);
      assert.ok(Math.abs((portal?.impact.business ?? -1) - business) < 1, `${portal?.impact.business} is not ${business}`);
    }), { numRuns: propertyRuns(300) });
  });
});
