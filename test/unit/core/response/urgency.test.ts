import assert from 'node:assert/strict';
import fc from 'fast-check';
import { businessTime } from '../../../../src/core/calendar/businessTime';
import { dateTextOf } from '../../../../src/core/calendar/localTime';
import { instantAt, millisecondsOf } from '../../../../src/core/model/instant';
import type { Instant } from '../../../../src/core/model/issue';
import type { DueEntry } from '../../../../src/core/response/responseClock';
import { dueAlarms, lengthText, nextChangeAt, reminderTime, type Urgency, urgencyOfEntry } from '../../../../src/core/response/urgency';
import { deskOf } from '../desk/deskText';
import { propertyRuns } from '../../../support/propertyRuns';
import { sampleIssue } from '../../../support/sampleIssue';

const timezone = 'Europe/Berlin';

const always = businessTime(deskOf('timezone: UTC'));

/** Berlin is one hour ahead of UTC in this week. The 20th is a Friday. */
const office = businessTime(deskOf(`timezone: ${timezone}\nhours: { Mon-Fri: ["08:00-12:00", "13:00-18:00"] }`));

function at(now: string, due: string, more: Partial<DueEntry> = {}, time = office): Urgency {
  return urgencyOfEntry({ stage: 'response', at: due, ...more }, time, now);
}

/** What a text shows of it, as seen at that time. */
function shown(now: Instant, due: Instant, time = office): string {
  const { state, left, pauses } = at(now, due, {}, time);
  const day = (millisecondsOf(`${dateTextOf(due, timezone)}T00:00:00Z`) - millisecondsOf(`${dateTextOf(now, timezone)}T00:00:00Z`)) / (24 * 3_600_000);
  return `${state} ${pauses ? `${day} days` : lengthText(left)}`;
}

describe('The time until something is due', () => {
  const monday = '2026-11-23T07:14:00Z';

  it('is a length while business time runs until then', () => {
    assert.deepEqual([at('2026-11-23T07:00:00Z', monday).pauses, at('2026-11-23T07:00:00Z', monday).left], [false, 14 * 60_000]);
    assert.equal(at('2026-11-20T15:30:00Z', '2026-11-20T17:00:00Z').pauses, false, 'until the desk closes');
    assert.equal(at('2026-11-20T22:00:00Z', '2026-11-21T22:00:00Z', {}, always).pauses, false, 'on a desk without hours');
    assert.equal(at('2026-11-20T22:00:00Z', '2026-11-21T22:00:00Z', { aroundTheClock: true }).pauses, false, 'for an audience around the clock');
    assert.equal(at('2026-11-23T07:20:00Z', monday).pauses, false, 'once it is overdue');
  });

  it('is no length if business time is stopped, or stops before then', () => {
    for (const now of ['2026-11-20T16:55:00Z', '2026-11-20T17:00:00Z', '2026-11-20T21:00:00Z', '2026-11-23T06:50:00Z']) assert.equal(at(now, monday).pauses, true, now);
    assert.equal(at('2026-11-20T10:50:00Z', '2026-11-20T12:20:00Z').pauses, true, 'over lunch');
  });

  it('is a length in spite of a pause of a minute', () => {
    assert.deepEqual([at('2026-11-23T06:58:59Z', monday).pauses, at('2026-11-23T06:59:00Z', monday).pauses], [true, false]);
    const nearlyAlways = businessTime(deskOf(`timezone: ${timezone}\nhours: { Mon-Sun: ["00:00-23:59"] }`));
    assert.equal(at('2026-11-20T22:00:00Z', '2026-11-20T23:30:00Z', {}, nearlyAlways).pauses, false);
    assert.deepEqual(['2026-11-20T22:00:00Z', '2026-11-20T22:59:30Z'].map((now) => lengthText(at(now, '2026-11-20T23:30:00Z', {}, nearlyAlways).left)), ['1h 30m', '31m'], 'up to the time it is due');
    assert.equal(lengthText(at('2026-11-21T02:59:30Z', '2026-11-21T03:00:00Z').left), '1m', 'in the last minute before a time outside business hours');
  });
});

describe('Something is due soon', () => {
  const state = (now: string, due: string, more: Partial<DueEntry> = {}): string => at(now, due, more).state;
  const monday = '2026-11-23T07:14:00Z';

  it('in its last 15 minutes of business time, and not while business time stands still for longer', () => {
    assert.deepEqual([state('2026-11-20T16:58:59Z', monday), state('2026-11-20T16:59:00Z', monday), state('2026-11-20T16:59:59Z', monday)], ['later', 'near', 'near'], 'before the desk closes');
    assert.deepEqual([state('2026-11-20T17:00:00Z', monday), state('2026-11-20T21:00:00Z', monday), state('2026-11-23T06:58:59Z', monday)], ['later', 'later', 'later'], 'while it is closed');
    assert.deepEqual([state('2026-11-23T06:59:00Z', monday), state('2026-11-23T07:00:00Z', monday), state('2026-11-23T07:14:00Z', monday)], ['near', 'near', 'past'], 'when it opens');
  });
  it('from 15 minutes before, if the desk opens later than that', () => {
    assert.deepEqual([state('2026-11-23T06:49:59Z', '2026-11-23T07:05:00Z'), state('2026-11-23T06:50:00Z', '2026-11-23T07:05:00Z')], ['later', 'near']);
  });
  it('at night, if it is due around the clock', () => {
    assert.deepEqual([state('2026-11-20T22:00:00Z', '2026-11-20T22:15:01Z', { aroundTheClock: true }), state('2026-11-20T22:00:00Z', '2026-11-20T22:15:00Z', { aroundTheClock: true })], ['later', 'near']);
  });
});

describe('The next change of what is due', () => {
  it('is when the length changes, at most a minute later', () => {
    const due = '2026-11-20T16:00:30Z';
    for (const start of ['2026-11-20T15:57:11Z', '2026-11-20T15:57:30Z', '2026-11-20T15:59:31Z', due, '2026-11-20T16:00:31Z', '2026-11-20T16:02:30Z', '2026-11-20T16:02:31Z']) {
      const next = nextChangeAt(at(start, due), office, start, timezone);
      for (let second = millisecondsOf(start); second < next; second += 1000) assert.equal(shown(instantAt(second), due), shown(start, due), `${start} at ${instantAt(second)}`);
      assert.notEqual(shown(instantAt(next), due), shown(start, due), `${start} until ${instantAt(next)}`);
      assert.ok(next - millisecondsOf(start) <= 60_000);
    }
  });
  it('is midnight in the time zone of the desk, when a desk opens or closes, or when it is due soon', () => {
    const monday = '2026-11-23T07:14:00Z';
    const next = (now: string, due = monday): string => instantAt(nextChangeAt(at(now, due), office, now, timezone));
    assert.equal(next('2026-11-20T12:30:00Z'), '2026-11-20T16:59:00Z', 'it is due soon before the desk closes');
    assert.equal(next('2026-11-20T16:59:00Z'), '2026-11-20T17:00:00Z', 'the desk closes');
    assert.equal(next('2026-11-20T17:00:00Z'), '2026-11-20T23:00:00Z', 'midnight');
    assert.equal(next('2026-11-22T23:00:00Z', '2026-11-23T08:00:00Z'), '2026-11-23T06:59:00Z', 'the desk opens within a minute');
    assert.equal(next('2026-11-22T23:00:00Z', '2026-11-23T07:05:00Z'), '2026-11-23T06:50:00Z', 'it is due soon before the desk opens');
  });
  it('is never after a change', () => {
    const from = millisecondsOf('2026-11-19T12:00:00Z') / 1000;
    const seconds = fc.integer({ min: from, max: from + 6 * 24 * 3600 });
    fc.assert(fc.property(seconds, seconds, fc.double({ min: 0, max: 1, noNaN: true }), (one, other, part) => {
      const [now, due] = [instantAt(Math.min(one, other) * 1000), instantAt(Math.max(one, other) * 1000)];
      const next = nextChangeAt(at(now, due), office, now, timezone);
      assert.ok(next > millisecondsOf(now));
      const before = instantAt(Math.floor((millisecondsOf(now) + (next - 1000 - millisecondsOf(now)) * part) / 1000) * 1000);
      assert.equal(shown(before < now ? now : before, due), shown(now, due), `${now} until ${due}: ${instantAt(next)}`);
    }), { numRuns: propertyRuns(2000) });
  });
});

describe('A reminder before the due time', () => {
  const [alarm] = dueAlarms([sampleIssue()], () => ({ reported: '2026-11-20T16:14:00Z', due: [{ stage: 'response', at: '2026-11-23T07:14:00Z' }] }), office);
  assert.ok(alarm?.when === 'near');

  it('is shown before the desk closes', () => {
    assert.equal(alarm.at, '2026-11-20T16:59:00Z');
    assert.equal(reminderTime(alarm, office, alarm.at, '2026-11-20T16:30:00Z'), alarm.at);
  });
  it('waits for the morning if the editor is opened at night, or if it is snoozed until then', () => {
    assert.equal(reminderTime(alarm, office, alarm.at, '2026-11-20T21:00:00Z'), '2026-11-23T06:59:00Z', '15 minutes before');
    assert.equal(reminderTime(alarm, office, '2026-11-20T17:14:00Z', '2026-11-20T17:00:00Z'), '2026-11-23T06:59:00Z');
    assert.equal(reminderTime(alarm, office, alarm.at, '2026-11-23T07:03:00Z'), '2026-11-23T07:03:00Z');
  });
  it('does not wait if it is due around the clock, nor does one of what is overdue', () => {
    assert.equal(reminderTime({ ...alarm, aroundTheClock: true }, office, alarm.at, '2026-11-20T21:00:00Z'), '2026-11-20T21:00:00Z');
    assert.equal(reminderTime({ ...alarm, when: 'past' }, office, alarm.due, '2026-11-23T21:00:00Z'), alarm.due);
  });
});
