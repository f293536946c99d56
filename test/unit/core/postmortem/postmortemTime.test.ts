import fc from 'fast-check';
import assert from 'node:assert/strict';
import { offsetOf, wallTimeOf } from '../../../../src/core/calendar/localTime';
import { formatEntryTime, readEntryTime } from '../../../../src/core/postmortem/postmortemTime';
import { propertyRuns } from '../../../support/propertyRuns';

describe('The time of a row', () => {
  it('is the local time with its offset, and is read as the same instant, in any zone and across changes of the clocks', () => {
    const zone = fc.constantFrom('America/Los_Angeles', 'America/St_Johns', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Europe/London', 'Pacific/Apia', 'UTC');
    const around = fc.tuple(fc.constantFrom('2026-03-08T10:00:00Z', '2026-11-01T09:00:00Z', '2026-10-25T01:00:00Z', '2026-04-04T15:00:00Z', '2026-12-31T23:59:59Z'), fc.integer({ min: -7200, max: 7200 })).map(([at, seconds]) => Date.parse(at) + seconds * 1000);
    const instant = fc.oneof(around, fc.integer({ min: 0, max: 4_000_000_000 }).map(seconds => seconds * 1000)).map(milliseconds => new Date(milliseconds).toISOString().replace('.000Z', 'Z'));
    fc.assert(
      fc.property(instant, zone, (at, timezone) => {
        const text = formatEntryTime({ kind: 'instant', at }, timezone);
        assert.equal(text, `${wallTimeOf(at, timezone).replace('T', ' ')} ${offsetOf(at, timezone)}`);
        assert.deepEqual(readEntryTime(text, timezone), { kind: 'instant', at });
      }),
      { numRuns: propertyRuns(1000) },
    );
  });

  it('is not read from two times of a day', () => {
    for (const text of ['2026-06-20 15:00-16:00', '2026-06-20 10:00-11:00', '2026-06-20 03:35-07:46', '2026-06-20 03:35 -07:46', '2026-06-20 9:00 -17:00', '2026-06-20T09:00-22:30', '2026-06-20 9:00 AM-11:00']) {
      assert.deepEqual(readEntryTime(text, 'UTC'), { kind: 'words', words: text });
    }
  });

  it('is read with an offset in each usual form', () => {
    const forms = ['2026-06-20T08:00-08:00', '2026-06-20 08:00 -08:00', '2026-06-20 08:00:00-08:00', '2026-06-20 08:00:00 -0800', '2026-06-20 17:00+01:00', '2026-06-20 21:45 +05:45', '2026-06-20 16:00Z', '2026-06-21 06:00 +14:00'];
    for (const text of forms) assert.deepEqual(readEntryTime(text, 'UTC'), { kind: 'instant', at: '2026-06-20T16:00:00Z' }, text);
  });
});
