import type { IssueRecord } from "../src/core/metrics/history/issueHistory";
import type { TimelineEvent } from "../src/core/model/timelineEvent";
import { bundled } from "./bundled";
import { type Figure, median, usedMegabytes } from "./figure";
import { metricsCommandFigures } from "./metricsCommand";
import { withIssueFiles } from "./metricsFiles";
import { metricsPageFigures } from "./metricsPage";

const count = 2000;

const rounds = 5;

interface Metrics {
  /** Makes the report of a year, again and again with the same cache. */
  readonly reporter: (records: readonly IssueRecord[]) => (records: readonly IssueRecord[]) => void;
}

/** The report of a year with 2,000 issues and 20,000 events: the first one, and one after a single issue changed (each compared with one second), and the memory of both. */
export async function metricsFigures(): Promise<readonly Figure[]> {
  const { reporter } = await bundled<Metrics>(contents);
  const records = Array.from({ length: count }, (_, index) => recordOf(index + 1));
  reporter(records)(records);
  const times = Array.from({ length: rounds }, () => {
    const report = reporter(records);
    const first = time(() => report(records));
    return { first, second: time(() => report([...records.slice(1), recordOf(1)])) };
  });
  const before = usedMegabytes();
  const kept = reporter(records);
  kept(records);
  const memory = usedMegabytes() - before;
  kept(records);
  const figure = (name: string, value: number, unit: string, baseline: number): Figure => ({ name, value: Number(value.toFixed(1)), unit, baseline });
  return [
    figure(`first report of a year with ${count} issues`, median(times.map(({ first }) => first)), "ms", 1000),
    figure(`report of a year with ${count} issues after one changed`, median(times.map(({ second }) => second)), "ms", 1000),
    figure(`memory of what was measured on ${count} issues`, memory, "MB", 50),
    ...(await plainFileFigures(records)),
  ];
}

/** The page and the command on plain files, of this many issues and of ten times as many. */
async function plainFileFigures(records: readonly IssueRecord[]): Promise<readonly Figure[]> {
  const more = Array.from({ length: 10 * count }, (_, index) => recordOf(index + 1));
  return withIssueFiles(records.slice(0, 1), async (one) => {
    const figures: Figure[] = [];
    for (const each of [records, more]) figures.push(...(await withIssueFiles(each, async (files) => [...(await metricsCommandFigures(one, files)), ...(await metricsPageFigures(files))])));
    return figures;
  });
}

function time(work: () => void): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

const contents = `
  import { businessTime } from './src/core/calendar/businessTime';
  import { parseDesk } from './src/core/desk/parseDesk';
  import { deskHistory } from './src/core/metrics/history/deskHistory';
  import { createMeasureCache } from './src/core/metrics/measureCache';
  import { metricsReport } from './src/core/metrics/report';
  const { desk } = parseDesk('timezone: Europe/Berlin\\nhours: { Mon-Fri: ["09:00-12:00", "13:00-17:00"] }\\nkinds: { incident: { respondWithin: 1h } }\\npriorities: { high: { respondWithin: 30m }, normal: }\\nservices: [A, B, C]\\naudiences: { users: { updateEvery: 4h, email: [a@example.org] } }\\n');
  export const reporter = () => {
    const desks = deskHistory([{ from: '2026-01-01T00:00:00Z', desk, time: businessTime(desk) }]);
    const cache = createMeasureCache();
    return records => {
      const { issues } = metricsReport({ desks, records, cache, unreadable: [], deskFolder: '', now: '2026-12-31T00:00:00Z' }, { from: '2026-01-01', to: '2026-12-31' });
      if (issues.length !== 2000) throw new Error('Issues are missing');
    };
  };
`;

/** A closed incident with ten events, spread over the year. */
function recordOf(number: number): IssueRecord {
  const start = Date.UTC(2026, 0, 1) + ((number * 7919) % (360 * 24)) * 3_600_000;
  const at = (minutes: number): string => `${new Date(start + minutes * 60_000).toISOString().slice(0, 19)}Z`;
  const moment = (name: string): string => `Text\n\n<!-- desk:moment ${name} -->`;
  const events: readonly TimelineEvent[] = [
    { kind: "commented", at: at(number % 90), by: "ana", markdown: moment("acknowledged") },
    { kind: "labeled", at: at(95), by: "ana", label: "stage: In progress" },
    { kind: "commented", at: at(200), by: "ana", markdown: moment("update audience=users") },
    { kind: "labeled", at: at(300), by: "ben", label: "priority: high" },
    { kind: "assigned", at: at(310), by: "ben", login: "ben" },
    { kind: "commented", at: at(500), by: "ben", markdown: "We found it. ".repeat(20) },
    { kind: "commented", at: at(600 + (number % 700)), by: "ben", markdown: moment("mitigated") },
    { kind: "commented", at: at(1500), by: "ben", markdown: moment("resolved") },
    { kind: "unlabeled", at: at(3000), by: "ben", label: "stage: In progress" },
    { kind: "closed", at: at(3000), by: "ben" },
  ];
  return {
    issue: {
      ref: { repository: "local", number }, title: `Issue ${number}`, body: "A text of usual length. ".repeat(40), state: "closed", labels: ["incident", "priority: high", `service: ${"ABC"[number % 3] ?? "A"}`], assignees: ["ben"], author: "ana",
      createdAt: at(0), updatedAt: at(3000), closedAt: at(3000), location: { kind: "file", path: `.desk/incident/${number}-issue.md` },
    },
    events,
  };
}
