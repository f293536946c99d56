import assert from "node:assert/strict";
import { businessTime } from "../../../../src/core/calendar/businessTime";
import { parseDesk } from "../../../../src/core/desk/parseDesk";
import { reportJson } from "../../../../src/core/metrics/export/exportReport";
import { deskHistory } from "../../../../src/core/metrics/history/deskHistory";
import { type MetricsReport, metricsReport } from "../../../../src/core/metrics/report";
import { readRecords } from "../../../../src/trackers/files/readRecords";
import { memoryFiles } from "../../../support/memoryFiles";

const now = "2026-11-30T00:00:00Z";

const { desk } = parseDesk("timezone: UTC\npriorities: { high: { respondWithin: 30m }, normal: }\nservices: [Portal]\nstages: [To do, Done]\n");

/** The report of an issue with the number 1 and of other files, as people and other tools write them. */
async function reportOf(front: string, log: readonly string[] = [], others: Readonly<Record<string, string>> = {}, body = "It is down."): Promise<MetricsReport> {
  assert.ok(desk !== undefined);
  const texts = { ".desk/incident/1-portal.md": `---\ntitle: Portal\n${front}\n---\n\n${body}\n`, ...(log.length === 0 ? {} : { ".desk/incident/1.events.jsonl": log.join("\n") }), ...others };
  const read = await readRecords(memoryFiles(texts).files);
  assert.ok(read.kind === "ok");
  return metricsReport({ ...read.value, desks: deskHistory([{ from: now, desk, time: businessTime(desk) }]), deskFolder: "", now }, { from: "2026-11-01", to: "2026-11-30" });
}

/** What was measured on the first issue, times in minutes. */
function measured({ issues: [one] }: MetricsReport): Readonly<Record<string, unknown>> {
  const minutes = (times: { readonly wall: number } | undefined): number | undefined => (times === undefined ? undefined : times.wall / 60_000);
  return { acknowledged: minutes(one?.timeToAcknowledge), resolved: minutes(one?.timeToResolve), reopened: one?.reopened, open: one?.isOpen, remarks: one?.remarks };
}

const morning = "labels: [incident]\ncreated: 2026-11-16T09:00:00Z\nstate: closed\nclosed: 2026-11-16T11:00:00Z";

const at = (time: string, kind: string, more = ""): string => `{"id":"${kind} ${time}","at":"2026-11-16T${time}:00Z","by":"ana","kind":"${kind}"${more}}`;

const mark = (time: string, text: string): string => at(time, "commented", `,"markdown":"Text\\n\\n<!-- desk:moment ${text} -->"`);

const expected = { acknowledged: 20, resolved: 120, reopened: 0, open: false, remarks: [] };

describe("Metrics of files that people and other tools wrote", () => {
  it("times with an offset, without seconds or with fractions count as what they are", async () => {
    for (const time of ["2026-11-16T10:20:00+01:00", "2026-11-16T09:20Z", "2026-11-16T09:20:00.000Z", "2026-11-16T04:20-05:00"]) {
      assert.deepEqual(measured(await reportOf(morning, [mark("10:00", `acknowledged at=${time}`)])), expected, time);
      assert.deepEqual(measured(await reportOf(morning, [mark("09:20", "acknowledged").replace("2026-11-16T09:20:00Z", time)])), expected, time);
      assert.deepEqual(measured(await reportOf(morning, [], {}, `<!-- desk:clock acknowledged=${time} -->`)), expected, time);
      const { resolved } = measured(await reportOf(morning, [], {}, `<!-- desk:field resolved value=${time} at=${time} by=ana -->`));
      assert.equal(resolved, 20, time);
    }
  });

  it("a mark that cannot be read is a remark, and one that is quoted is not", async () => {
    for (const markdown of ["<!-- desk:moment acknowledged -->\\nOn it", "<!-- desk:moment ack -->", "<!-- desk:moment Acknowledged -->"]) {
      assert.deepEqual(measured(await reportOf(morning, [at("09:20", "commented", `,"markdown":"${markdown}"`)]))["remarks"], ["incomplete"], markdown);
    }
    for (const markdown of ["> <!-- desk:moment acknowledged -->\\n\\nYes", "Write `<!-- desk:moment acknowledged -->`", "<!-- desk:moment note -->"]) {
      assert.deepEqual(measured(await reportOf(morning, [at("09:20", "commented", `,"markdown":"${markdown}"`)]))["remarks"], [], markdown);
    }
  });

  it("a time that cannot be read is a remark", async () => {
    for (const [log, body] of [[[mark("10:00", "acknowledged at=9:20")], ""], [[], "<!-- desk:clock reported=monday -->"], [[], "<!-- desk:field resolved value=11am at=2026-11-16T11:00:00Z by=ana -->"], [[], "<!-- desk:field resolved value=2026-11-16T10:00:00Z at=later by=ana -->"]] as const) {
      assert.deepEqual(measured(await reportOf(morning, log, {}, body))["remarks"], ["incomplete"], `${log.join()} ${body}`);
    }
  });

  it("events need no id, no unique one and no person", async () => {
    const acknowledged = mark("09:20", "acknowledged");
    const labeled = at("09:10", "labeled", ',"label":"priority: high"');
    const front = morning.replace("[incident]", "[incident, 'priority: high']");
    for (const id of ['"id":"1",', '"id":1,', "", '"id":null,']) {
      const lines = [labeled, acknowledged, at("11:00", "closed")].map((line) => line.replace(/"id":"[^"]*",/, id));
      assert.deepEqual(measured(await reportOf(front, lines)), expected, id);
      assert.deepEqual(measured(await reportOf(front, [...lines, ...lines].map((line) => line.replace('"by":"ana",', id === "" ? "" : '"by":null,')))), expected, id);
    }
  });

  it("a stage that an issue was in twice counts twice, although all events have one id", async () => {
    const lines = [at("09:30", "labeled", ',"label":"stage: Doing"'), at("10:00", "unlabeled", ',"label":"stage: Doing"'), at("10:30", "labeled", ',"label":"stage: Doing"')].map((line) => line.replace(/"id":"[^"]*"/, '"id":"1"'));
    const { issues: [one] } = await reportOf(morning.replace("[incident]", "[incident, 'stage: Doing']"), lines);
    assert.deepEqual(one?.stages.map(({ stage, time }) => [stage, time.wall / 60_000]), [["To do", 60], ["Doing", 60]]);
  });

  it("an issue with the time of its closing is closed, in any spelling of the state", async () => {
    for (const front of [morning.replace("state: closed\n", ""), morning.replace("state: closed", "state: Closed"), morning.replace("state: closed", "state:")]) assert.deepEqual(measured(await reportOf(front)), { ...expected, acknowledged: undefined });
  });

  it("an open issue with the time of its closing was opened again, nobody knows when", async () => {
    const open = morning.replace("state: closed", "state: open");
    assert.deepEqual(measured(await reportOf(open)), { acknowledged: undefined, resolved: undefined, reopened: 1, open: true, remarks: ["noReopeningTime"] });
    assert.deepEqual(measured(await reportOf(open, [at("11:00", "closed"), at("11:30", "reopened")])), { acknowledged: undefined, resolved: undefined, reopened: 1, open: true, remarks: [] });
  });

  it("labels need no brackets", async () => {
    const { issues: [one] } = await reportOf(morning.replace("[incident]", "incident, SEV1,test-lab"));
    assert.deepEqual([one?.kind, one?.severity, one?.issue.labels], ["incident", "SEV1", ["incident", "SEV1", "test-lab"]]);
  });

  it("labels need no quotation marks", async () => {
    const { issues: [one], leftOut } = await reportOf(morning.replace("labels: [incident]", "labels:\n  - incident\n  - priority: high\n  - service: Portal"));
    assert.deepEqual([one?.priority, one?.services, leftOut], ["high", ["Portal"], []]);
  });

  it("a service has the spelling of the desk", async () => {
    const report = await reportOf(morning.replace("[incident]", "[incident, 'Service: PORTAL']"));
    const { figures: { service } }: { readonly figures: { readonly service: object } } = JSON.parse(reportJson(report));
    assert.deepEqual([report.issues[0]?.services, Object.keys(service), report.availability.map(({ service: name, affected }) => [name, affected.wall / 60_000])], [["Portal"], ["Portal"], [["Portal", 120]]]);
  });

  it("an issue that was closed at an unknown time has its services", async () => {
    const { issues: [one] } = await reportOf("labels: [incident, 'service: Portal']\ncreated: 2026-11-16T09:00:00Z\nstate: closed");
    assert.deepEqual([one?.services, one?.remarks], [["Portal"], ["noClosingTime"]]);
  });

  it("a closing and a reopening in the same second are in the order that fits what follows", async () => {
    const closedAt = (time: string): string => morning.replace("T11:00", `T${time}`);
    const unacknowledged = { ...expected, acknowledged: undefined };
    const cases: readonly (readonly [readonly string[], string, number, number])[] = [
      [["10:00 closed", "11:00 reopened", "11:00 closed"], "11:00", 60, 1],
      [["10:00 closed", "10:00 reopened", "10:00 closed"], "10:00", 60, 1],
      [["10:00 closed", "10:00 reopened", "12:00 closed"], "12:00", 180, 1],
      [["10:00 closed", "10:00 reopened"], "12:00", 180, 1],
      [["10:00 closed", "11:00 reopened", "11:00 closed", "12:00 reopened", "13:00 closed"], "13:00", 120, 2],
    ];
    for (const [changes, end, resolved, reopened] of cases) {
      const lines = changes.map((change) => at(change.slice(0, 5), change.slice(6)));
      for (const log of [lines, lines.toReversed()]) assert.deepEqual(measured(await reportOf(closedAt(end), log)), { ...unacknowledged, resolved, reopened }, changes.join());
    }
  });

  it("files with another name or in another folder are listed, and logs of no issue", async () => {
    const copy = `---\ntitle: Other\n${morning}\n---\n`;
    const { leftOut, counted } = await reportOf(morning, [at("11:00", "closed")], {
      ".desk/2-top.md": copy, ".desk/incident/003-padded.md": copy, ".desk/incident/portal.md": copy, ".desk/incident/2026/4-nested.md": copy, ".desk/incident/files/plan.pdf": "", ".desk/incident/README.md": "",
      ".desk/incident/1-portal.events.jsonl": "", ".desk/incident/9.events.jsonl": "", ".desk/triage/ana.jsonl": "", ".desk/.gitattributes": "", ".desk/README.md": "",
      ".desk/request/5-own.md": copy.replace("title: Other", "title: Other\nid: 4hk20c9xz1"), ".desk/request/4hk20c9xz1.events.jsonl": "",
    });
    assert.equal(counted.length, 2);
    assert.deepEqual(leftOut.map(({ name, reason }) => `${name} ${reason}`), [
      ".desk/2-top.md misplaced", ".desk/incident/003-padded.md misplaced", ".desk/incident/2026 misplaced", ".desk/incident/portal.md misplaced",
      ".desk/incident/1-portal.events.jsonl noIssue", ".desk/incident/9.events.jsonl noIssue",
    ]);
  });
});
