import { appendFileSync } from "node:fs";
import path from "node:path";
import { readOnlyFiles } from "../src/cli/files";
import type { Files } from "../src/core/model/ports";
import { bundled } from "./bundled";
import { type Figure, median, usedMegabytes } from "./figure";
import { deskText, type IssueFiles } from "./metricsFiles";

const rounds = 3;

interface MetricsPage {
  /** A window with a desk in these files. */
  readonly open: (files: Files) => {
    /** Reads the histories and makes the state of the page, as text. */
    readonly show: () => Promise<string>;
    /** Reads all issues, as the views of a window do before the page can open. */
    readonly list: () => Promise<void>;
    /** Reports a changed file, as a watcher does. */
    readonly note: (file: string) => void;
    /** What is kept for the next time. */
    readonly kept: () => unknown;
  };
}

/**
 * The page of metrics of a year of plain files on the disk. In a new window, where no code has run before: from the list of issues
 * to the state of the page, compared with one second. In the same window: again, and after an issue changed. The number of files
 * that are read, compared with the issues; what stays in memory, compared with the texts of the files.
 */
export async function metricsPageFigures({ folder, count, bytes, logOf }: IssueFiles): Promise<readonly Figure[]> {
  const { open } = await bundled<MetricsPage>(contents);
  let reads = 0;
  const disk = readOnlyFiles(folder);
  const files: Files = { ...disk, read: (file) => { reads += 1; return disk.read(file); } };
  const before = usedMegabytes();
  const first = open(files);
  const list = await time(first.list);
  const listed = usedMegabytes();
  reads = 0;
  let sent = 0;
  const newWindow = await time(async () => (sent = (await first.show()).length));
  const logs = reads;
  const memory = usedMegabytes() - listed;
  const again: number[] = [];
  const changed: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    again.push(await time(first.show));
    const log = logOf(round + 1);
    appendFileSync(path.join(folder, log), `${JSON.stringify({ id: `bench/${round}`, kind: "labeled", at: "2026-12-30T00:00:00Z", by: "ana", label: `bench ${round}` })}\n`);
    first.note(log);
    await first.list();
    reads = 0;
    changed.push(await time(first.show));
  }
  first.kept();
  const figure = (name: string, value: number, unit: string, baseline: number): Figure => ({ name: `${name}, metrics of ${count} issues in plain files`, value: Number(value.toFixed(1)), unit, baseline: Number(baseline.toFixed(1)) });
  return [
    figure("page in a new window after its list of issues", newWindow, "ms", 1000),
    figure("the list of issues before it", list, "ms", 1000),
    figure("page again in the same window", median(again), "ms", newWindow),
    figure("page after one issue changed", median(changed), "ms", newWindow),
    figure("files read for the page in a new window", logs, "files", count),
    figure("files read for the page after one issue changed", reads, "files", 1),
    figure("what the page receives", sent / 1000, "kB", bytes / 1000),
    figure("memory of the page, besides the issues", memory, "MB", bytes / 1_000_000),
    figure("memory of the issues", listed - before, "MB", bytes / 1_000_000),
  ];
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

const contents = `
  import { businessTime } from './src/core/calendar/businessTime';
  import { parseDesk } from './src/core/desk/parseDesk';
  import { metricsReport } from './src/core/metrics/report';
  import { createMetricsService } from './src/host/app/metricsService';
  import { metricsState, requestOf } from './src/host/panels/metrics/metricsState';
  import { folderChanges } from './src/trackers/files/deskFiles';
  import { createFilesTracker } from './src/trackers/files/filesTracker';

  const { desk } = parseDesk(${JSON.stringify(deskText)});
  const now = '2026-12-31T00:00:00Z';
  const none = () => ({ dispose() {} });
  const newEmitter = () => ({ event: none, fire() {}, dispose() {} });
  const fill = (text, ...values) => text.replace(/\\{(\\d+)\\}/g, (_, index) => String(values[index]));

  export function open(files) {
    const time = businessTime(desk);
    let snapshot = { at: now, issues: [], broken: [] };
    const clock = { now: () => now, wait: async () => undefined };
    const changes = folderChanges();
    const tracker = createFilesTracker({ files, clock, changes, writable: () => false, ids: { next: () => 'id' }, me: () => 'ana' });
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
      note: path => changes.note(path),
      async list() {
        snapshot = (await tracker.list({ state: 'all' })).value;
      },
      async show() {
        const read = await service.read({ signal: { aborted: false }, progress: () => undefined });
        const subject = { from: '2026-01-01', to: '2026-12-31' };
        const report = metricsReport({ ...read.value, now }, requestOf(subject, desk, now));
        if (report.issues.length < snapshot.issues.length * 0.95) throw new Error('Issues are missing');
        const state = metricsState({ desk, stale: false, subject, outcome: { kind: 'report', report, notes: read.value.notes }, now, language: 'en', t: fill, brokenReason: reason => reason, describeFailure: ({ kind }) => kind, progress: undefined, problem: undefined, list: undefined, runbookTitles: new Map() });
        return JSON.stringify(state);
      },
    };
  }
`;
