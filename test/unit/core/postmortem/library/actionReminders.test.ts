import assert from 'node:assert/strict';
import { businessTime } from '../../../../../src/core/calendar/businessTime';
import { parseDesk } from '../../../../../src/core/desk/parseDesk';
import { actionReminders, ownOverdueActions } from '../../../../../src/core/postmortem/library/reminders';
import { summarizePostmortem } from '../../../../../src/core/postmortem/library/library';
import { action, emptyPostmortem } from '../samples';

const actions = [
  action("a1", "Overdue", { owner: "@Ana", due: "2026-11-19" }),
  action("a2", "Due today", { owner: "ana", due: "2026-11-20" }),
  action("a3", "Of somebody else", { owner: "ben", due: "2026-11-19" }),
  action("a4", "Done", { owner: "ana", due: "2026-11-19", state: "done" }),
];

const library = (rows = actions) => [summarizePostmortem("a.md", { ...emptyPostmortem, actions: rows }, "UTC")];

const people = parseDesk("timezone: UTC\npeople: [{ login: ana, name: Ana Ruiz }, { login: ben }]\n").desk ?? assert.fail("broken desk");

function reminders(hours: string, now: string, rows = actions, timezone = "Europe/Berlin"): readonly string[] {
  const desk = parseDesk(`timezone: ${timezone}\n${hours}`).desk ?? assert.fail("broken desk");
  return actionReminders(library(rows), desk, "ana", businessTime(desk), now).map(({ day, at }) => `${day} ${at}`);
}

const weekdays = "hours:\n  Mon-Fri: [\"09:30-17:00\"]\n";

describe("the reminder of overdue action items", () => {
  it("is about open ones of the owner that were due before today", () => {
    assert.deepEqual(ownOverdueActions(library(), people, "ana", "2026-11-20").map(({ action: { action: words } }) => words), ["Overdue"]);
    assert.deepEqual(ownOverdueActions(library(), people, "ana", "2026-11-21").map(({ action: { action: words } }) => words), ["Overdue", "Due today"]);
  });

  it("finds an owner by login or name, alone or among several, but not in a longer name", () => {
    const owners = ["@ana", "Ana Ruiz", "ben, ANA", "ben and Ana Ruiz", "ana/ben", "Ana Ruiz-Gomez", "anabel", ""];
    const rows = owners.map((owner, index) => action(`a${index}`, owner, { owner, due: "2026-11-19" }));
    assert.deepEqual(ownOverdueActions(library(rows), people, "ana", "2026-11-20").map(({ action: { action: words } }) => words), owners.slice(0, 5));
  });

  it("is shown when business hours start, on each day that has some", () => {
    // Thursday and Friday; Friday and Saturday.
    assert.deepEqual(reminders(weekdays, "2026-11-19T23:30:00Z"), ["2026-11-20 2026-11-20T08:30:00Z"]);
    assert.deepEqual(reminders(weekdays, "2026-11-23T12:00:00Z"), ["2026-11-23 2026-11-23T08:30:00Z", "2026-11-24 2026-11-24T08:30:00Z"]);
  });

  it("is shown when a desk opens early, too", () => {
    assert.deepEqual(reminders("hours:\n  Mon-Fri: [\"06:00-14:00\"]\n", "2026-11-19T23:30:00Z"), ["2026-11-20 2026-11-20T05:00:00Z"]);
  });

  it("is shown at nine for a desk that is always open, as reminders of reviews are, also on the day of a clock change", () => {
    assert.deepEqual(reminders("", "2027-03-27T12:00:00Z"), ["2027-03-27 2027-03-27T08:00:00Z", "2027-03-28 2027-03-28T07:00:00Z"]);
  });

  it("starts on the day after the due date", () => {
    assert.deepEqual(reminders("", "2026-11-20T12:00:00Z", actions.slice(1)), ["2026-11-21 2026-11-21T08:00:00Z"]);
    assert.deepEqual(reminders("", "2026-11-20T12:00:00Z", actions.slice(2)), []);
  });
});
