import assert from 'node:assert/strict';
import { formatAgo, formatInstant, timeFormat } from '../../../../src/host/ui/format';

describe("How long ago something was", () => {
  it("is formatted in the given language, in the largest whole unit", () => {
    const now = "2026-11-20T18:00:00Z";
    const formatted = ["2026-11-20T18:05:00Z", "2026-11-20T17:59:30Z", "2026-11-20T17:50:00Z", "2026-11-20T15:30:00Z", "2026-11-17T18:00:00Z"].map((at) => formatAgo(at, now, "en"));
    assert.deepEqual(formatted, ["this minute", "this minute", "10 min. ago", "2 hr. ago", "3 days ago"]);
    assert.equal(formatAgo("2026-11-20T17:50:00Z", now, "de"), "vor 10 Min.");
  });
});

describe("Times as seen at another time", () => {
  const shown = (now: string, timezone: string, ...instants: readonly string[]): readonly string[] => instants.flatMap((at) => [formatInstant(at, now, timezone, "en"), timeFormat(now, timezone, "en").short(at)]);

  it("have the weekday within six days, in the time zone, and a date before and after", () => {
    // Half past one in the night of Thursday the 31st, in India.
    const now = "2026-12-30T20:00:00Z";
    assert.deepEqual(shown(now, "Asia/Kolkata", "2026-12-30T18:30:00Z", "2026-12-31T18:29:00Z"), ["00:00", "00:00", "23:59", "23:59"]);
    assert.deepEqual(shown(now, "Asia/Kolkata", "2026-12-30T18:29:00Z", "2026-12-31T18:30:00Z"), ["Wed 23:59", "Wed 23:59", "Fri 00:00", "Fri 00:00"]);
    assert.deepEqual(shown(now, "Asia/Kolkata", "2026-12-24T18:30:00Z", "2027-01-06T18:29:00Z"), ["Fri 00:00", "Fri 00:00", "Wed 23:59", "Wed 23:59"]);
    assert.deepEqual(shown(now, "Asia/Kolkata", "2026-12-24T18:29:00Z", "2027-01-06T18:30:00Z"), ["Thu, Dec 24, 23:59", "Dec 24", "Thu, Jan 7, 00:00", "Jan 7, 2027"]);
  });
  it("have the right day where the clock changes", () => {
    // Clocks in Newfoundland went back at two on the 1st.
    assert.deepEqual(shown("2026-10-31T20:00:00Z", "America/St_Johns", "2026-11-01T02:30:00Z", "2026-11-01T11:30:00Z", "2026-11-07T03:29:00Z", "2026-11-07T03:30:00Z"), ["Sun 00:00", "Sun 00:00", "Sun 08:00", "Sun 08:00", "Fri 23:59", "Fri 23:59", "Sat, Nov 7, 00:00", "Nov 7"]);
  });
  it("are shown for thousands of rows with few formats of `Intl`, which take long to create", () => {
    const { DateTimeFormat } = Intl;
    let created = 0;
    Intl.DateTimeFormat = new Proxy(DateTimeFormat, {
      construct(target, [locale, options]: [string, Intl.DateTimeFormatOptions]) {
        created += 1;
        return new target(locale, options);
      },
    });
    try {
      const { full, short } = timeFormat("2026-11-20T18:00:00Z", "UTC", "en");
      for (let day = 0; day < 100; day += 1) assert.notEqual(full(`2026-11-${String((day % 30) + 1).padStart(2, "0")}T08:14:00Z`), short("2027-11-20T08:14:00Z"));
    } finally {
      Intl.DateTimeFormat = DateTimeFormat;
    }
    assert.ok(created < 10, `${created} formats`);
  });
});
