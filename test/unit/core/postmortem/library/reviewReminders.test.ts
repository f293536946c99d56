import assert from 'node:assert/strict';
import { businessTime, wallTime } from '../../../../../src/core/calendar/businessTime';
import { type ReviewedFile, type ReviewReminder, reviewReminders } from '../../../../../src/core/postmortem/library/reminders';
import { sampleDesk } from '../../../../support/sampleDesk';

const zone = "America/Los_Angeles";

const hours = Array.from({ length: 5 }, (_none, index) => ({ weekday: index + 1, spans: [{ from: "08:30", to: "17:00" }] }));

const time = businessTime({ ...sampleDesk, timezone: zone, hours, holidays: [], exceptions: [] });

/** A session on a Wednesday. */
const file: ReviewedFile = { path: "p.md", title: "Portal", status: "In review", review: "2026-11-25", reviewers: ["ben"], owner: "ana", lead: "chloe" };

const reminders = (me: string, now: string, more: Partial<ReviewedFile> = {}, desk = time): readonly ReviewReminder[] => reviewReminders([{ ...file, ...more }], me, now, zone, desk);

const days = (...args: Parameters<typeof reminders>): readonly string[] => reminders(...args).map(({ date, at, late }) => `${date} ${at} ${late}`);

describe("Reminders of a review", () => {
  it("come when the desk opens, from the day of the session on each working day", () => {
    assert.deepEqual(days("ana", "2026-11-23T20:00:00Z"), []);
    assert.deepEqual(days("ana", "2026-11-24T20:00:00Z"), ["2026-11-25 2026-11-25T16:30:00Z 0"]);
    assert.deepEqual(days("ana", "2026-11-25T20:00:00Z"), ["2026-11-25 2026-11-25T16:30:00Z 0", "2026-11-26 2026-11-26T16:30:00Z 1"]);
    // Friday evening: nothing on Saturday, and the next one on Monday.
    assert.deepEqual(days("ana", "2026-11-28T20:00:00Z"), []);
    assert.deepEqual(days("ana", "2026-11-29T20:00:00Z"), ["2026-11-30 2026-11-30T16:30:00Z 5"]);
  });

  it("come at nine without business hours, and for a session on a day off", () => {
    assert.deepEqual(days("ana", "2026-11-25T20:00:00Z", {}, wallTime), ["2026-11-25 2026-11-25T17:00:00Z 0", "2026-11-26 2026-11-26T17:00:00Z 1"]);
    assert.deepEqual(days("ana", "2026-11-28T20:00:00Z", { review: "2026-11-28" }), ["2026-11-28 2026-11-28T17:00:00Z 0"]);
  });

  it("go to owner and lead, and to reviewers once the review is requested", () => {
    const now = "2026-11-24T20:00:00Z";
    for (const me of ["Ana", "ben", "CHLOE"]) assert.equal(reminders(me, now).length, 1, me);
    assert.deepEqual(reminders("dan", now), []);
    assert.deepEqual(reminders("ben", now, { status: "Draft" }), []);
    assert.equal(reminders("ana", now, { status: "Draft" })[0]?.isDraft, true);
  });

  it("end with the review, and need a valid date", () => {
    const now = "2026-11-25T20:00:00Z";
    for (const status of ["Reviewed", "Closed"] as const) assert.deepEqual(reminders("ana", now, { status }), []);
    const { review: _review, ...undated } = file;
    assert.deepEqual(reviewReminders([undated, { ...file, review: "2026-02-30" }], "ana", now, zone, time), []);
  });

  it("leave out reviews that are long overdue, and more than a few on one day", () => {
    assert.deepEqual(reminders("ana", "2027-02-02T20:00:00Z"), []);
    const files = ["20", "23", "19", "24", "18"].map((day): ReviewedFile => ({ ...file, path: `${day}.md`, review: `2026-11-${day}` }));
    const today = reviewReminders(files, "ana", "2026-11-25T20:00:00Z", zone, time).filter(({ date }) => date === "2026-11-25");
    assert.deepEqual(today.map(({ path }) => path), ["20.md", "23.md", "24.md"]);
  });
});
