import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../../../scripts/editor/cache';
import type { Sample } from '../../../scripts/editor/stage';
import { makeSampleDay, readSample } from '../../../scripts/sampleDay/sampleDay';
import { deskHistory } from '../../../src/core/metrics/history/deskHistory';
import { metricsReport, type UnreadableIssue } from '../../../src/core/metrics/report';
import type { Instant } from '../../../src/core/model/issue';
import type { MetricsNote } from '../../../src/host/app/metricsService';
import { type MetricsOutcome, metricsState, requestOf } from '../../../src/host/panels/metrics/metricsState';
import { metricsProtocol, type MetricsSubject, type MetricsToHost } from '../../../src/protocol/metrics';
import { readRecords } from '../../../src/trackers/files/readRecords';
import { memoryFiles } from '../../support/memoryFiles';
import { type MetricsExample, readExample } from '../../support/metricsExample';
import { openPanel, type Panel } from './openPanel';
import { translate } from './translate';
import type { PageOptions } from './webview';

/** Two months of a desk with everything that the page shows. */
export const november = `
desk.yml: timezone: Europe/Berlin
desk.yml: stages: [To do, In progress, Done]
desk.yml: severities: [SEV1, SEV2, SEV3]
desk.yml: people: [{ login: ana, name: Ana Ruiz }, { login: ben, name: Ben Okafor }]
desk.yml: audiences: { customers: { updateEvery: { high: 1h, normal: 2h }, email: [users@example.org] } }
A 2026-10-05 09:00 reported with incident, priority: normal, service: Portal, SEV2
A 2026-10-05 10:30 acknowledged
A 2026-10-06 10:00 closed
B 2026-10-12 11:00 reported with request, priority: normal
B 2026-10-13 09:10 acknowledged
B 2026-10-15 10:00 closed
C 2026-11-02 09:05 reported with incident, priority: high, service: Portal, SEV1
C 2026-11-02 09:10 assigned ana
C 2026-11-02 09:20 acknowledged
C 2026-11-02 09:25 + stage: In progress
C 2026-11-02 10:10 update customers
C 2026-11-02 10:40 mitigated
C 2026-11-02 14:00 closed
C 2026-11-02 15:00 score 5
D 2026-11-02 10:00 reported with request, priority: normal
D 2026-11-02 16:00 acknowledged
D 2026-11-04 11:00 closed
D 2026-11-04 12:00 score 4
E 2026-11-03 13:00 reported with incident, priority: normal, service: Ledger, SEV3
E 2026-11-03 14:10 assigned ben
E 2026-11-03 16:30 acknowledged
E 2026-11-03 16:35 + stage: In progress
E 2026-11-05 10:00 closed
F 2026-11-09 09:30 reported with incident, priority: high, service: Portal, service: Ledger, SEV1
F 2026-11-09 09:35 assigned ana
F 2026-11-09 11:00 acknowledged
F 2026-11-09 11:05 + stage: In progress
F 2026-11-09 12:10 update customers
F 2026-11-09 16:00 mitigated
F 2026-11-10 09:00 closed
F 2026-11-11 09:00 reopened
F 2026-11-11 11:30 closed
F 2026-11-12 09:00 score 2
G 2026-11-10 15:00 reported with request, priority: normal
G 2026-11-11 10:00 acknowledged
H 2026-11-12 08:00 reported with incident, priority: normal, service: Portal, SEV3
H 2026-11-12 07:50 acknowledged
H 2026-11-12 15:00 closed
I 2026-11-16 09:00 reported with incident, test
J 2026-11-17 10:00 reported with incident, priority: high, service: Portal, SEV2
J 2026-11-17 10:05 assigned ben
J 2026-11-17 10:15 acknowledged
J 2026-11-17 10:20 + stage: In progress
K 2026-11-18 09:00 reported with request, priority: normal
2026-11-20 12:00 now
`;

export interface MetricsOptions extends PageOptions {
  /** A text of histories. */
  readonly example?: string;
  /** Histories, instead of a text. */
  readonly histories?: Pick<MetricsExample, 'desks' | 'records' | 'now'> & { readonly runbookTitles?: ReadonlyMap<string, string> };
  /** Files that cannot be read. */
  readonly unreadable?: readonly UnreadableIssue[];
  readonly notes?: readonly MetricsNote[];
  readonly subject?: MetricsSubject;
}

/** The histories of a sample desk at a time, its business hours, and the titles of its runbooks. */
export async function sampleHistories(sample: Sample, now: Instant): Promise<NonNullable<MetricsOptions['histories']>> {
  const folder = path.join(root, 'runbooks', sample);
  const { desk, time, runbook } = readSample(folder);
  const titles = readdirSync(folder).filter(name => name.endsWith('.md')).map(name => [`runbooks/${name}`, runbook(name).title] as const);
  const { files } = await makeSampleDay(sample, folder, now);
  const read = await readRecords(memoryFiles(Object.fromEntries(files)).files);
  return { desks: deskHistory([{ from: now, desk, time }]), records: read.kind === 'ok' ? read.value.records : [], now, runbookTitles: new Map(titles) };
}

/** The page of a desk, which shows other periods as the host does. */
export interface MetricsDesk {
  readonly panel: Panel<MetricsToHost>;
  readonly page: Page;
  /** Shows something else than the report, or another reading's progress, and sends the new state. */
  setOutcome(outcome: MetricsOutcome | undefined, progress?: { readonly done: number; readonly of: number }): Promise<void>;
}

/** The outcome of a reading: the report of what the subject asks for. */
function outcomeOf({ desks, records, now }: Pick<MetricsExample, 'desks' | 'records' | 'now'>, subject: MetricsSubject, { unreadable, notes }: { readonly unreadable: readonly UnreadableIssue[]; readonly notes: readonly MetricsNote[] }): MetricsOutcome {
  const report = metricsReport({ desks, records, now, deskFolder: 'runbooks', unreadable }, requestOf(subject, desks.current.desk, now));
  return { kind: 'report', report, notes };
}

/** Opens the metrics of November 2026, by default. */
export async function openMetrics({ example = november, histories, unreadable = [{ name: '.desk/incident/99-broken.md', reason: 'badYaml' }], notes = [{ kind: 'deskOfToday' }], subject = {}, ...options }: MetricsOptions = {}): Promise<MetricsDesk> {
  const read = histories ?? readExample(example);
  const known: { subject: MetricsSubject; outcome?: MetricsOutcome; progress?: { readonly done: number; readonly of: number }; list?: string } = { subject };
  const panel: Panel<MetricsToHost> = await openPanel({
    bundle: 'metrics',
    protocol: metricsProtocol,
    subject: () => known.subject,
    state: () => metricsState({
      desk: read.desks.current.desk, stale: false, problem: undefined, now: read.now, runbookTitles: histories?.runbookTitles ?? new Map(), language: 'en', t: translate,
      subject: known.subject, outcome: known.outcome ?? outcomeOf(read, known.subject, { unreadable, notes }), progress: known.progress, list: known.list,
      brokenReason: reason => reason, describeFailure: failure => failure.kind === 'limited' ? `${failure.server} is rate-limiting requests until ${failure.until}.` : failure.kind,
    }),
    async handle(message: MetricsToHost) {
      if (message.kind === 'show') {
        known.subject = message.subject;
        delete known.list;
      } else if (message.kind !== 'list') return undefined;
      else if (message.of === undefined) delete known.list;
      else known.list = message.of;
      await panel.push();
      return undefined;
    },
  }, options);
  return {
    panel,
    get page() {
      return panel.page;
    },
    async setOutcome(outcome, progress) {
      delete known.outcome;
      delete known.progress;
      Object.assign(known, outcome === undefined ? {} : { outcome }, progress === undefined ? {} : { progress });
      await panel.push();
    },
  };
}
