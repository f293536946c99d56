import assert from 'node:assert/strict';
import { dateFrom } from '../../../../src/core/model/calendarDate';
import { shiftsBetween } from '../../../../src/core/oncall/rotation';
import { scheduleCalendar } from '../../../../src/core/oncall/scheduleCalendar';
import { deskOf } from '../desk/deskText';

const at = "2026-11-20T10:00:00Z";

function calendar(text: string, from = "2026-03-02", to = "2026-03-15"): string {
  const desk = deskOf(text);
  return scheduleCalendar(shiftsBetween(desk, dateFrom(from), dateFrom(to)), desk, at);
}

function values(text: string, property: string): readonly string[] {
  return text.replaceAll("\r\n ", "").split("\r\n").flatMap((line) => (line.startsWith(`${property}:`) ? [line.slice(property.length + 1)] : []));
}

const plain = "team: Desk\ntimezone: America/Los_Angeles\npeople: [{ login: ana, name: Ana Ruiz, email: ana@example.org, phone: +1 2 }, { login: ben }]\nrotation: { starts: 2026-03-02, roles: [primary] }";

describe("The calendar of a schedule", () => {
  it("has one event for each person in a role, in UTC across a clock change", () => {
    assert.equal(
      calendar(plain),
      [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Response Desk//Schedule//EN", "CALSCALE:GREGORIAN", "X-WR-CALNAME:Desk",
        "BEGIN:VEVENT", "UID:primary-20260302T080000Z@Desk.response-desk", "DTSTAMP:20261120T100000Z", "DTSTART:20260302T080000Z", "DTEND:20260309T070000Z",
        "SUMMARY:Ana Ruiz (primary)", "DESCRIPTION:@ana\\nana@example.org\\n+1 2", "TRANSP:TRANSPARENT", "END:VEVENT",
        "BEGIN:VEVENT", "UID:primary-20260309T070000Z@Desk.response-desk", "DTSTAMP:20261120T100000Z", "DTSTART:20260309T070000Z", "DTEND:20260316T070000Z",
        "SUMMARY:ben (primary)", "DESCRIPTION:@ben", "TRANSP:TRANSPARENT", "END:VEVENT",
        "END:VCALENDAR", "",
      ].join("\r\n"),
    );
  });

  it("does not split a role when another one changes, but splits it for a cover of its own", () => {
    const text = calendar(plain.replace("{ login: ben }", "{ login: ben }, { login: cleo }").replace("roles: [primary]", "overrides: [{ from: 2026-03-04, to: 2026-03-05, backup: cleo }]"), "2026-03-02", "2026-03-08");
    assert.deepEqual(values(text, "SUMMARY"), ["Ana Ruiz (primary)", "ben (backup)", "cleo (backup)", "ben (backup)"]);
    assert.deepEqual(values(text, "DTSTART"), ["20260302T080000Z", "20260302T080000Z", "20260304T080000Z", "20260306T080000Z"]);
  });

  it("keeps an event's UID when others are added or removed, and has no duplicates", () => {
    const before = values(calendar(plain), "UID");
    const after = values(calendar(plain.replace("roles: [primary]", "overrides: [{ from: 2026-03-04, to: 2026-03-05, primary: ben }]"), "2026-03-01", "2026-04-30"), "UID");
    assert.deepEqual(before.filter((uid) => !after.includes(uid)), []);
    assert.equal(new Set(after).size, after.length);
  });

  it("escapes text", () => {
    const text = calendar(plain.replace("name: Ana Ruiz", 'name: "Ruiz, Ana; \\\\o/\\nBEGIN:VEVENT\\t"'), "2026-03-02", "2026-03-02");
    assert.deepEqual(values(text, "SUMMARY"), ["Ruiz\\, Ana\\; \\\\o/\\nBEGIN:VEVENT  (primary)"]);
    assert.equal(values(text, "BEGIN").length, 2);
  });

  it("folds lines at 75 octets, between characters", () => {
    for (const sign of ["a", "ä", "漢", "😀"]) {
      const text = calendar(plain.replace("Ana Ruiz", sign.repeat(200)).replace("team: Desk", `team: ${sign.repeat(80)}`));
      const lengths = text.split("\r\n").map((line) => new TextEncoder().encode(line).length);
      assert.ok(Math.max(...lengths) <= 75 && Math.max(...lengths) > 75 - 4, String(Math.max(...lengths)));
      assert.deepEqual([values(text, "SUMMARY")[0], text.includes("\uFFFD")], [`${sign.repeat(200)} (primary)`, false]);
    }
  });

  it("is empty without shifts, and leaves gaps free", () => {
    assert.deepEqual(values(calendar(plain, "2026-01-01", "2026-01-02"), "BEGIN"), ["VCALENDAR"]);
    assert.deepEqual(values(calendar(plain.replace("{ login: ben }", "{ login: ben, away: [2026-03-09/2026-03-15] }").replace("ana,", "ana, away: [2026-03-09/2026-03-15],")), "UID"), ["primary-20260302T080000Z@Desk.response-desk"]);
  });
});
