import { appendEvents } from "../src/core/markup/eventLog";
import { eventsPath, renderIssueFile } from "../src/core/markup/issueFile";
import type { IssueRecord } from "../src/core/metrics/issueHistory";
import type { Files } from "../src/core/model/ports";
import { memoryFiles } from "../test/support/memoryFiles";
import { bundled } from "./bundled";
import { type Figure, median, usedMegabytes } from "./figure";

const rounds = 3;

interface MetricsPage {
  /** A desk with these files. */
  readonly open: (files: Files) => {
    /** Reads the histories and makes the state of the page, as text. */
    readonly show: () => Promise<string>;
    /** Reads all issues, as the views do. */
    readonly list: () => Promise<void>;
    /** What is kept for the next time. */
    readonly kept: () => unknown;
  };
}

/**
 * The page of metrics of a year of plain files: opened for the first time, compared with the list of issues that the views read from
 * the same files, and opened again, compared with one second; the size of what is sent to the page, and what stays in memory, compared
 * with the texts of the files.
 */
export async function metricsPageFigures(records: readonly IssueRecord[]): Promise<readonly Figure[]> {
  const { open } = await bundled<MetricsPage>(contents);
  const texts = Object.fromEntries(records.flatMap(filesOf));
  const size = Object.values(texts).reduce((sum, text) => sum + text.length, 0) / 1_000_000;
  const times: { readonly list: number; readonly first: number; readonly second: number }[] = [];
  let sent = 0;
  await open(memoryFiles(texts).files).show();
  // Garbage of earlier work is collected while nothing runs.
  await new Promise((resolve) => setTimeout(resolve, 50));
  const before = usedMegabytes();
  const kept = open(memoryFiles(texts).files);
  await kept.show();
  const memory = usedMegabytes() - before;
  kept.kept();
  for (let round = 0; round < rounds; round += 1) {
    const desk = open(memoryFiles(texts).files);
    const list = await time(desk.list);
    const first = await time(async () => (sent = (await desk.show()).length));
    times.push({ list, first, second: await time(desk.show) });
  }
  const figure = (name: string, value: number, unit: string, baseline: number): Figure => ({ name, value: Number(value.toFixed(1)), unit, baseline: Number(baseline.toFixed(1)) });
  return [
    figure(`page of metrics of ${records.length} issues in plain files, first time`, median(times.map(({ first }) => first)), "ms", median(times.map(({ list }) => list))),
    figure(`page of metrics of ${records.length} issues in plain files, second time`, median(times.map(({ second }) => second)), "ms", 1000),
    figure(`what the page of metrics of ${records.length} issues receives`, sent / 1000, "kB", size * 1000),
    figure(`memory of the page of metrics of ${records.length} issues`, memory, "MB", size),
  ];
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function filesOf({ issue, events }: IssueRecord): readonly (readonly [string, string])[] {
  const path = `.desk/incident/${issue.ref.number}-issue.md`;
  return [[path, renderIssueFile({ issue })], [eventsPath(path, undefined), appendEvents("", events.map((event, index) => ({ id: `${issue.ref.number}/${index}`, event })))]];
}

const contents = `
  import { businessTime } from './src/core/calendar/businessTime';
  import { parseDesk } from './src/core/desk/parseDesk';
  import { metricsReport } from './src/core/metrics/report';
  import { createMetricsService } from './src/host/app/metricsService';
  import { metricsState, requestOf } from './src/host/panels/metrics/metricsState';
  import { createFilesTracker } from './src/trackers/files/filesTracker';

  const { desk } = parseDesk('timezone: Europe/Berlin\\nhours: { Mon-Fri: ["09:00-12:00", "13:00-17:00"] }\\nkinds: { incident: { respondWithin: 1h } }\\npriorities: { high: { respondWithin: 30m }, normal: }\\nservices: [A, B, C]\\naudiences: { users: { updateEvery: 4h, email: [a@example.org] } }\\n');
  const now = '2026-12-31T00:00:00Z';
  const none = () => ({ dispose() {} });
  const newEmitter = () => ({ event: none, fire() {}, dispose() {} });
  const fill = (text, ...values) => text.replace(/\\{(\\d+)\\}/g, (_, index) => String(values[index]));

  export function open(files) {
    const time = businessTime(desk);
    const snapshot = { at: now, issues: [], broken: [] };
    const clock = { now: () => now, wait: async () => undefined };
    const tracker = createFilesTracker({ files, clock, ids: { next: () => 'id' }, me: () => 'ana' });
    const service = createMetricsService({
      files, clock, newEmitter,
      issues: { snapshot: () => snapshot, onDidChange: none },
      store: { tracker, now: () => ({ kind: 'files' }), records: reading => tracker.records(reading), histories: () => undefined, onDidChange: none },
      history: () => undefined,
      timeOf: async of => businessTime(of),
      desk: { config: () => desk, folder: () => '', onDidChange: none },
      runbooks: { get: async () => undefined, onDidChange: none },
      clocks: { time: () => time, onDidChange: none },
    });
    return {
      kept: () => service,
      list: async () => void (await tracker.list({ state: 'all' })),
      async show() {
        const read = await service.read({ signal: { aborted: false }, progress: () => undefined });
        const subject = { from: '2026-01-01', to: '2026-12-31' };
        const report = metricsReport({ ...read.value, now }, requestOf(subject, desk, now));
        if (report.issues.length < 1900) throw new Error('Issues are missing');
        const state = metricsState({ desk, stale: false, subject, outcome: { kind: 'report', report, notes: [{ kind: 'deskOfToday' }] }, now, language: 'en', t: fill, brokenReason: reason => reason, describeFailure: ({ kind }) => kind, progress: undefined, problem: undefined, list: undefined });
        return JSON.stringify(state);
      },
    };
  }
`;
