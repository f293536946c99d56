import assert from 'node:assert/strict';
import { businessTime, wallTime } from '../../../../src/core/calendar/businessTime';
import type { Closure } from '../../../../src/core/calendar/holidays';
import { parseDesk } from '../../../../src/core/desk/parseDesk';
import { availability } from '../../../../src/core/metrics/availability';
import { type DeskHistory, deskHistory, type DeskVersion } from '../../../../src/core/metrics/history/deskHistory';
import { type Impact, issueHistory, type IssueRecord } from '../../../../src/core/metrics/history/issueHistory';
import { latestSpan } from '../../../../src/core/metrics/history/nameSpans';
import { metricsReport } from '../../../../src/core/metrics/report';
import type { Desk } from '../../../../src/core/model/desk';
import { instantAt, millisecondsOf } from '../../../../src/core/model/instant';
import type { TimelineEvent } from '../../../../src/core/model/timelineEvent';
import { sampleIssue } from '../../../support/sampleIssue';

const start = millisecondsOf('2026-03-02T08:00:00Z');
const now = millisecondsOf('2026-12-31T00:00:00Z');
const minute = 60_000;

function deskOf(more = ''): Desk {
  const { desk } = parseDesk(`team: Example\ntimezone: Europe/Berlin\nkinds: { incident: }\nseverities: [SEV1, SEV2]\npriorities: { high: { respondWithin: 1h }, normal: }\n${more}`);
  assert.ok(desk);
  return desk;
}

const one = deskHistory([{ from: '2026-01-01T00:00:00Z', desk: deskOf(), time: wallTime }]);

const at = (minutes: number) => instantAt(start + minutes * minute);

function record(labels: readonly string[], events: readonly TimelineEvent[]): IssueRecord {
  const closing = at(100_000);
  return { issue: sampleIssue({ labels, state: 'closed', createdAt: at(0), closedAt: closing }), events: [...events, { kind: 'closed', at: closing, by: 'ana' }] };
}

const labelled = (names: readonly string[]): readonly TimelineEvent[] => names.map((label, index) => ({ kind: 'labeled', at: at(index), by: 'ana', label }));

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

/** How often a history of the desk is asked while something is read. */
function questions(desks: DeskHistory, read: (desks: DeskHistory) => unknown): number {
  let count = 0;
  read({
    ...desks,
    at: (time) => { count += 1; return desks.at(time); },
    names: { ...desks.names, newestWith: (list, names) => { count += 1; return desks.names.newestWith(list, names); } },
    between: (from, to) => { count += 1; return desks.between(from, to); },
  });
  return count;
}

/** How often the start of spans is read while something is done with them. */
function readsOfStart<Span extends { readonly from: number }>(spans: readonly Span[], work: (spans: readonly Span[]) => unknown): number {
  let count = 0;
  work(spans.map((span) => Object.defineProperty({ ...span }, 'from', { get: () => { count += 1; return span.from; }, enumerable: true })));
  return count;
}

/** Four times as many need at most five times as much: sorting takes slightly more than linear time, and quadratic time is sixteen times as much. */
function assertLinear(cost: (count: number) => number): void {
  const [few, many] = [cost(200), cost(800)];
  assert.ok(many <= 5 * few, `${few} for 200, ${many} for 800`);
}

describe('an issue with many events', () => {
  it('is read in linear time with many services', () => {
    const withServices = (count: number) => {
      const names = numbers(count).map((index) => `service: S${index}`);
      return record(['incident', ...names], labelled(names));
    };
    assertLinear((count) => questions(one, (desks) => issueHistory(withServices(count), desks, now)));
    assertLinear((count) => questions(one, (desks) => metricsReport({ desks, records: [withServices(count)], unreadable: [], deskFolder: '', now: instantAt(now) }, { from: '2026-03-01', to: '2026-03-31' })));
    const { impacts, services } = issueHistory(withServices(1000), one, now);
    assert.equal(services.length, 1000);
    // The first service counts from the start, each later one from when it was added.
    assert.deepEqual(impacts.map(({ value, from }) => [value, from]), numbers(1000).map((index) => [`S${index}`, start + index * minute]));
  });

  it('is read in linear time with many stages, one after another or at the same time', () => {
    const spans = (count: number) => numbers(count).map((index) => ({ from: index, to: index % 2 === 0 ? Infinity : index + 1 }));
    assertLinear((count) => readsOfStart(spans(count), (all) => {
      const latest = latestSpan(all);
      for (const time of numbers(count)) latest(time);
    }));
    const latest = latestSpan(spans(10));
    assert.deepEqual([4, 5, 5.5, 6, 9, 10].map((time) => latest(time)?.from), [4, 5, 5, 6, 9, 8]);
    const names = numbers(10_000).map((index) => `stage: W${index}`);
    const report = metricsReport({ desks: one, records: [record(['incident', ...names], labelled(names))], unreadable: [], deskFolder: '', now: instantAt(now) }, { from: '2026-03-01', to: '2026-03-31' });
    assert.equal(report.stages.length, 10_000);
  });

  it('is read in linear time with many milestones and rounds', () => {
    const events = numbers(20_000).map((index): TimelineEvent => {
      const common = { at: at(index), by: 'ana' };
      return index % 3 === 0 ? { kind: 'closed', ...common } : index % 3 === 1 ? { kind: 'reopened', ...common } : { kind: 'commented', ...common, markdown: 'Text\n\n<!-- desk:moment acknowledged -->' };
    });
    const { rounds } = issueHistory(record(['incident'], events), one, now);
    assert.equal(rounds.length, 6668);
    assert.equal(rounds.filter(({ acknowledged }) => acknowledged !== undefined).length, 6666);
  });
});

describe('figures of many', () => {
  it('impacts that overlap on one service take linear time', () => {
    const impacts = (count: number): readonly Impact[] => numbers(count).map((index) => ({ value: 'Portal', from: start + index * minute, to: start + (index + count) * minute, weight: index % 2 === 0 ? 1 : 0.3 }));
    const period = { from: start, to: start + 30 * 24 * 60 * minute };
    assertLinear((count) => readsOfStart(impacts(count), (all) => availability(['Portal'], all, period, one)));
    const [portal] = availability(['Portal'], impacts(5000), period, one);
    // A major impact until the last one of them ends, and a partial one in the last minute.
    assert.deepEqual(portal?.impact.wall, 9998 * minute + 0.3 * minute);
  });

  it('versions of the desk cost only those in the life of an issue', () => {
    let reads = 0;
    const desks = (count: number): DeskHistory => {
      const version = (index: number): DeskVersion => {
        const desk = deskOf(`stages: [To do, S${index}, Done]\n`);
        return { from: instantAt(start - (count - index) * 60 * minute), time: wallTime, get desk() { reads += 1; return desk; } };
      };
      return deskHistory([version(0), ...numbers(count).slice(1).map(version)]);
    };
    const issue = record(['incident', 'stage: s1'], labelled(['stage: s1']));
    const readsWith = (count: number) => {
      const all = desks(count);
      reads = 0;
      issueHistory(issue, all, now);
      return reads;
    };
    assert.equal(readsWith(100), readsWith(10));
    const history = issueHistory(issue, desks(100), now);
    // A version before it knows the name of this stage.
    assert.deepEqual([history.stages.map(({ value }) => value), history.remarks], [['S1'], []]);
  });

  it('closed times of a calendar take linear time', function () {
    this.timeout(30_000);
    const closures = numbers(200_000).map((index): Closure => ({ kind: 'stretch', from: at(2 * index), to: at(2 * index + 1) }));
    const time = businessTime(deskOf('hours: { Mon-Sun: ["00:00-24:00"] }\n'), () => closures);
    assert.equal(time.between(at(0), at(300_000)), 150_000 * minute);
  });
});
