import assert from 'node:assert/strict';
import path from 'node:path';
import { samples } from '../../../scripts/editor/stage';
import { makeSampleDay, readSample } from '../../../scripts/sampleDay/sampleDay';
import { pendingHandoffs } from '../../../src/core/handoff/handoffIssues';
import { issueFacts } from '../../../src/core/issue/issueFacts';
import { deskHistory } from '../../../src/core/metrics/history/deskHistory';
import { datesOf } from '../../../src/core/metrics/period';
import { metricsReport } from '../../../src/core/metrics/report';
import { dateTextOf } from '../../../src/core/calendar/localTime';
import { compareInstants, instantAt, millisecondsOf } from '../../../src/core/model/instant';
import { parsePostmortem } from '../../../src/core/postmortem/document/parsePostmortem';
import { responseClock } from '../../../src/core/response/responseClock';
import { urgencyOf } from '../../../src/core/response/urgency';
import { createFilesTracker } from '../../../src/trackers/files/filesTracker';
import { readRecords } from '../../../src/trackers/files/readRecords';
import { countingIds } from '../../support/countingIds';
import { memoryFiles } from '../../support/memoryFiles';
import { must } from '../../support/must';
import { virtualTime } from '../../support/virtualTime';

const times = {
  "customer-response": {
    "a Monday five minutes after opening, when the shift begins": "2026-11-09T16:05:00Z",
    "a Wednesday at lunch": "2026-11-18T20:30:00Z",
    "a Sunday at night, when the clocks change": "2026-11-01T09:30:00Z",
    "a day on which somebody covers the primary": "2026-11-24T23:10:00Z",
    "New Year's Day": "2027-01-01T20:00:00Z",
  },
  "service-desk": {
    "a Monday five minutes after opening": "2026-11-09T09:05:00Z",
    "a Saturday": "2026-11-21T12:00:00Z",
    "the day on which the clocks change": "2027-03-28T00:59:59Z",
  },
  "operations-support": {
    "a Monday five minutes after opening": "2026-11-09T08:05:00Z",
    "a Wednesday afternoon": "2026-11-18T15:30:00Z",
    "a Thursday at night, with on-call": "2026-11-19T23:10:00Z",
    "a Saturday": "2026-11-21T12:00:00Z",
    "a holiday": "2026-12-28T10:00:00Z",
    "the night in which the clocks change": "2027-03-28T00:59:59Z",
  },
  "release": {
    "a Monday five minutes after opening": "2026-11-09T09:05:00Z",
    "a Wednesday afternoon": "2026-11-18T15:30:00Z",
    "a Saturday": "2026-11-21T12:00:00Z",
    "the night in which the clocks change": "2027-03-28T00:59:59Z",
  },
} as const;

const day = 24 * 60 * 60_000;

for (const sample of samples) {
  describe(`The sample day of ${sample}`, () => {
    for (const [name, now] of Object.entries(times[sample])) {
      it(`has everything in it on ${name}`, async () => {
        const folder = path.resolve("runbooks", sample);
        const { desk, time, runbook } = readSample(folder);
        const { me, files } = await makeSampleDay(sample, folder, now);
        const clock = virtualTime(now).clock;
        const tracker = createFilesTracker({ files: memoryFiles(Object.fromEntries(files)).files, clock, ids: countingIds(), me: () => me });
        const { issues, broken } = await must(tracker.list({ state: "all" }));
        assert.deepEqual(broken, []);
        assert.deepEqual(issues.filter(({ updatedAt }) => compareInstants(updatedAt, now) > 0), []);

        const known = issues.map((issue) => ({ issue, facts: issueFacts(issue, desk) }));
        const open = known.filter(({ issue }) => issue.state === "open");
        const incidents = open.filter(({ facts }) => facts.kind === "incident");
        assert.ok(incidents.length >= 2, "open incidents");
        assert.ok(open.filter(({ facts }) => facts.kind === "request" || facts.kind === "issue").length >= 3, "open requests and issues");
        assert.ok(new Set(open.map(({ facts }) => facts.stage)).size >= 2, "several stages");
        assert.ok(new Set(open.map(({ issue }) => issue.createdAt.slice(0, 10))).size >= 4, "several ages");
        assert.ok(open.some(({ facts }) => facts.parent !== undefined), "linked issues");

        const details = (file: string) => runbook(path.basename(file)).details;
        const urgent = incidents.map(({ issue, facts }) => urgencyOf(responseClock({ desk, time, deskFolder: "runbooks", details }, issue, facts), time, now));
        // In business time, so also on a Saturday.
        assert.deepEqual(urgent.filter((each) => each !== undefined && each.left <= 15 * 60_000).map((each) => each?.stage), ["response"], "one response is due soon");
        assert.ok(urgent.some((each) => each?.stage === "update" && each.state === "later"), "an update is due");
        assert.ok(urgent.every((each) => each?.state !== "past"), "nothing is overdue");

        const halfDone = incidents.flatMap(({ facts: { progress } }) => (progress === undefined ? [] : [progress.done / progress.total])).filter((part) => part > 0.25 && part < 0.75);
        assert.ok(halfDone.length >= 1, "a checklist that is half done");

        const handoffs = pendingHandoffs(issues, desk);
        assert.deepEqual(handoffs.map(({ handoff }) => handoff.incoming), [me], "a handoff waits for me");
        assert.equal(handoffs[0]?.handoff.items.length, 1);

        const closed = known.filter(({ issue, facts }) => issue.state === "closed" && facts.kind === "incident");
        assert.ok(closed.length >= 1);
        const postmortems = closed.flatMap(({ facts: { postmortem } }) => (postmortem === undefined ? [] : [parsePostmortem(files.get(postmortem) ?? "", desk.timezone)]));
        const reviewed = postmortems.flatMap((each) => (each.postmortem.status === "Reviewed" ? [each.postmortem] : []));
        assert.equal(reviewed.length, 1, "a post-mortem that was reviewed");
        const action = reviewed[0]?.actions.find(({ state }) => state === "accepted");
        assert.ok(open.some(({ issue }) => issue.ref.number === action?.issue?.number), "whose action is an open issue");
        assert.ok((reviewed[0]?.timeline.length ?? 0) > 6, "with a timeline");

        const records = await must(readRecords(memoryFiles(Object.fromEntries(files)).files));
        const report = metricsReport({ ...records, desks: deskHistory([{ from: now, desk, time }]), deskFolder: "runbooks", now }, datesOf("thisMonth", dateTextOf(now, desk.timezone)));
        assert.ok(report.previous.figures.count >= 4, "issues in the previous month");
        assert.ok(report.previous.figures.withinGoal.n >= 2 && report.previous.figures.timeToResolve.wall.n >= 2, "whose figures are known");
        assert.deepEqual(report.actions.undated, [], "action items have a due date");
        assert.deepEqual(report.issues.concat(report.previous.issues).flatMap(({ remarks }) => remarks), [], "without gaps in their histories");
        const old = known.filter(({ issue, facts }) => (facts.kind === "incident" || facts.kind === "request") && compareInstants(issue.createdAt, instantAt(millisecondsOf(now) - 31 * day)) < 0);
        assert.ok(old.length >= 4, "issues of earlier weeks");
        assert.ok(old.every(({ issue, facts }) => issue.state === "closed" && !desk.postmortem.for.includes(facts.priority ?? "")), "which are closed and ask for nothing");
      });
    }
  });
}
