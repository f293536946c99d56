import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { samples } from "../../../../scripts/editor/stage";
import { makeSampleDay, readSample } from "../../../../scripts/sampleDay/sampleDay";
import { businessTime } from "../../../../src/core/calendar/businessTime";
import { parseDesk } from "../../../../src/core/desk/parseDesk";
import { readLog } from "../../../../src/core/markup/eventLog";
import { reportCsv, reportJson } from "../../../../src/core/metrics/export/exportReport";
import { deskHistory, type DeskVersion } from "../../../../src/core/metrics/history/deskHistory";
import { type MetricsReport, metricsReport } from "../../../../src/core/metrics/report";
import { readRecords } from "../../../../src/trackers/files/readRecords";
import { readAnswerFiles } from "../../../../src/trackers/files/readAnswers";
import { memoryFiles } from "../../../support/memoryFiles";
import { exampleDesk } from "../../../support/metricsExample";
import { mixedDesk, mixedNow } from "../../../support/mixedDesk";

const text = readFileSync("docs/metrics.md", "utf8");

const sampleNow = "2026-11-20T16:00:00Z";

const november = { from: "2026-11-01", to: "2026-11-30" };

async function reportOf(texts: Readonly<Record<string, string>>, { desk, time }: Pick<DeskVersion, "desk" | "time">, now: string, kind?: string): Promise<MetricsReport> {
  const { files } = memoryFiles(texts);
  const read = await readRecords(files);
  assert.ok(read.kind === "ok");
  const input = { ...read.value, answers: await readAnswerFiles(files), desks: deskHistory([{ from: now, desk, time }]), deskFolder: "runbooks", now };
  return metricsReport(input, { ...november, ...(kind === undefined ? {} : { kind }) });
}

/** The reports of the sample desks, and of one with everything that figures are about. */
async function allReports(): Promise<readonly MetricsReport[]> {
  const ofSamples = samples.map(async (sample) => {
    const folder = path.join("runbooks", sample);
    return reportOf(Object.fromEntries((await makeSampleDay(sample, folder, sampleNow)).files), readSample(folder), sampleNow);
  });
  const texts = mixedDesk();
  const desk = parseDesk(texts["runbooks/desk.yml"] ?? "").desk ?? assert.fail();
  const mixed = { desk, time: businessTime(desk) };
  return Promise.all([...ofSamples, reportOf(texts, mixed, mixedNow), reportOf(texts, mixed, mixedNow, "incident")]);
}

/** What the compiler says about these files. The library is that of the language, without a browser or Node.js. */
function complaintsAbout(name: string, content: string): readonly string[] {
  const options: ts.CompilerOptions = { strict: true, exactOptionalPropertyTypes: true, noEmit: true, target: ts.ScriptTarget.ES2015, lib: ["lib.es2015.d.ts"], types: [] };
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (file, ...more) => (file === name ? ts.createSourceFile(file, content, ts.ScriptTarget.ES2015) : getSourceFile(file, ...more));
  const program = ts.createProgram([name], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText, start = 0 }) => `${ts.flattenDiagnosticMessageText(messageText, " ")} at ${content.slice(start, start + 60)}`);
}

function keysOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(keysOf);
  return typeof value === "object" && value !== null ? Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]) : [];
}

describe("The formats in docs/metrics.md", () => {
  const declared = /^```ts\n([^]*?)^```$/m.exec(text)?.[1] ?? assert.fail("There is no declaration of the JSON.");
  let reports: readonly MetricsReport[];

  before(async () => {
    reports = await allReports();
  });

  it("declare every field of the JSON, with its type", () => {
    const printed = reports.map((report) => reportJson(report, ["A note."]));
    assert.deepEqual(complaintsAbout("sample.ts", `${declared}\nconst all: Metrics[] = [${printed.join(",")}];\n`), []);
  });

  it("declare no field that is never printed", () => {
    const names = [...declared.replace(/\/\/.*$/gm, "").matchAll(/(\w+)\??:/g)].map(([, name = ""]) => name);
    const printed = new Set(reports.flatMap((report) => keysOf(JSON.parse(reportJson(report, ["A note."])))));
    assert.deepEqual(names.filter((name) => !printed.has(name)), []);
    assert.ok(names.length > 80, String(names.length));
  });

  it("name every column of the CSV, and no other", () => {
    const table = /\| column \| content \|\n([^]*?)\n\n/.exec(text)?.[1] ?? assert.fail("There is no table of the columns.");
    const named = [...table.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name.replace("NAME", ""));
    for (const report of reports) {
      const columns = (reportCsv(report).split("\r\n")[0] ?? "").split(",");
      assert.deepEqual(columns.filter((name) => !name.startsWith("stage ") && !named.includes(name) && !named.includes(name.replace(/ \(.*/, ""))), []);
      assert.deepEqual(named.filter((name) => !name.startsWith("stage ") && !columns.includes(name) && !columns.includes(`${name} (business)`)), []);
    }
  });

  it("name every reason for which something is left out", () => {
    const reasons = /A `reason` is one of ([^]*?)\n\n/.exec(text)?.[1] ?? assert.fail("There is no list of the reasons.");
    for (const { leftOut } of reports) for (const { reason } of leftOut) assert.ok(reasons.includes(`\`${reason}\``), reason);
  });

  it("show the files of an issue from which every time is measured", async () => {
    const [issue = "", events = ""] = ["markdown", "json"].map((language) => new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, "m").exec(text)?.[1] ?? assert.fail(language));
    const desk = parseDesk(`${Object.entries(exampleDesk).map(([key, value]) => `${key}: ${value}\n`).join("")}stages: [To do, In progress, Done]\n`).desk ?? assert.fail();
    const { issues: [one], leftOut } = await reportOf({ ".desk/incidents/1-portal.md": issue, ".desk/incidents/1.events.jsonl": events }, { desk, time: businessTime(desk) }, sampleNow);
    const minutes = (times: { readonly wall: number } | undefined): number => (times?.wall ?? 0) / 60_000;
    assert.deepEqual([one?.kind, one?.priority, one?.services, minutes(one?.timeToAcknowledge), minutes(one?.timeToMitigate), minutes(one?.timeToResolve)], ["incident", "high", ["Portal"], 20, 120, 180]);
    assert.deepEqual([one?.stages.map(({ stage, time }) => [stage, minutes(time)]), one?.remarks, leftOut], [[["To do", 30], ["In progress", 150]], [], []]);
    assert.deepEqual(readLog(events).hasInvalidLines, false);
    const inBody = /^```html\n([^]*?)^```$/m.exec(text)?.[1] ?? assert.fail("There are no marks for the text.");
    const { issues: [later] } = await reportOf({ ".desk/incidents/1-portal.md": `${issue}\n${inBody}`, ".desk/incidents/1.events.jsonl": events }, { desk, time: businessTime(desk) }, sampleNow);
    assert.deepEqual([minutes(later?.timeToAcknowledge), later?.satisfaction?.score, later?.remarks], [35, 4, []]);
  });
});
