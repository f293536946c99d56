import assert from 'node:assert/strict';
import { businessTime } from '../../../../../src/core/calendar/businessTime';
import { parseDesk } from '../../../../../src/core/desk/parseDesk';
import { parseData, parseJson } from '../../../../../src/core/model/parseData';
import { type ScheduleInput, scheduleState } from '../../../../../src/host/panels/schedule/scheduleState';
import { fill } from '../../../../../src/protocol/fill';
import { type ScheduleDay, scheduleProtocol, type ScheduleState, type ScheduleView } from '../../../../../src/protocol/schedule';
import { dayInMonth, target } from '../../../../../src/webview/schedule/keys';

const text = `team: A
timezone: America/Los_Angeles
hours: { Mon-Fri: ["08:00-17:00"] }
holidays: [2026-11-26]
exceptions: { 2026-11-28: ["10:00-12:00"] }
people:
  - { login: ana, name: Ana Ruiz }
  - { login: ben, away: [2026-11-24/2026-11-25] }
  - { login: cleo }
rotation: { starts: 2026-11-16, every: 1w, people: [ana, ben], roles: [primary, backup] }
`;

function input(more: Partial<ScheduleInput> & { readonly text?: string } = {}): ScheduleInput {
  const desk = parseDesk(more.text ?? text).desk ?? assert.fail("broken desk");
  return { desk, stale: false, hasDesk: true, month: undefined, time: businessTime(desk), now: "2026-11-20T18:00:00Z", me: "ana", writable: true, language: "en", t: (message, ...args) => fill(message, ...args), ...more };
}

function month(state: ScheduleState): ScheduleView {
  return state.content.kind === "month" ? state.content : assert.fail(state.content.kind);
}

function day(view: ScheduleView, date: string): ScheduleDay {
  return view.days.find((one) => one.date === date) ?? assert.fail(`${date} is not shown`);
}

describe("scheduleState", () => {
  it("shows whole weeks of the current month in a state that the protocol accepts", () => {
    const state = scheduleState(input());
    const view = month(state);
    assert.deepEqual(parseJson(scheduleProtocol.state, JSON.stringify(state)), state);
    assert.deepEqual([view.month, view.title, view.before, view.after, view.today], ["2026-11", "November 2026", "2026-10", "2026-12", "2026-11-20"]);
    assert.deepEqual([view.days[0]?.date, view.days.at(-1)?.date, view.days.length], ["2026-10-26", "2026-12-06", 42]);
    assert.deepEqual(view.weekdays.map(({ short }) => short), ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]);
  });

  it("shows no more weeks than the month has", () => {
    const view = month(scheduleState(input({ month: "2027-02" })));
    assert.deepEqual([view.days[0]?.date, view.days.at(-1)?.date], ["2027-02-01", "2027-02-28"]);
    assert.deepEqual([view.before, view.after], ["2027-01", "2027-03"]);
    const december = month(scheduleState(input({ month: "2026-12" })));
    assert.deepEqual([december.before, december.after, december.days.at(-1)?.date], ["2026-11", "2027-01", "2027-01-03"]);
  });

  it("shows who has which role, who is away, and why a day is closed", () => {
    const view = month(scheduleState(input()));
    assert.equal(day(view, "2026-11-20").ariaLabel, "Friday, November 20, 2026. today. primary: Ana Ruiz. backup: ben");
    assert.equal(day(view, "2026-11-24").ariaLabel, "Tuesday, November 24, 2026. primary: ben. backup: Ana Ruiz. Away: ben");
    assert.equal(day(view, "2026-11-26").closed, "holiday");
    assert.equal(day(view, "2026-11-22").closed, "closed");
    assert.equal(day(view, "2026-11-28").closed, undefined);
    assert.deepEqual(day(view, "2026-11-20").parts.map(({ colour, mine }) => [colour, mine]), [[0, true], [1, false]]);
    assert.deepEqual(day(view, "2026-11-10").parts, []);
  });

  it("shows the hours if a shift starts within the day", () => {
    const view = month(scheduleState(input({ text: text.replace("every: 1w,", "every: 1w, changesAt: '09:00',") })));
    assert.deepEqual(day(view, "2026-11-23").parts.map(({ role, name, hours }) => [role, name, hours]), [
      ["primary", "Ana Ruiz", "\u201309:00"], ["primary", "ben", "09:00\u2013"], ["backup", "ben", "\u201309:00"], ["backup", "Ana Ruiz", "09:00\u2013"],
    ]);
    assert.equal(day(view, "2026-11-23").ariaLabel, "Monday, November 23, 2026. primary: Ana Ruiz until 09:00. primary: ben from 09:00. backup: ben until 09:00. backup: Ana Ruiz from 09:00");
  });

  it("shows a gap without a color, and lists problems", () => {
    const view = month(scheduleState(input({ text: text.replace("people: [ana, ben]", "people: [ana]") })));
    assert.deepEqual(day(view, "2026-11-20").parts[1], { role: "backup", name: "no one", mine: false });
    assert.equal(view.flaws[0], "Mon, Nov 16, 2026: no one is backup.");
    assert.equal(view.flaws.length, 2);
    assert.match(view.flaws[1] ?? "", /^Shifts in a row, in any role: Ana Ruiz \(Mon, Nov 23, 2026\), /);
  });

  it("shows the number of shifts as text, and whether it is even", () => {
    const even = month(scheduleState(input())).loads[0];
    assert.deepEqual(even?.people.map(({ name, shifts, text: count }) => [name, shifts, count]), [["Ana Ruiz", 7, "7 (primary 4, backup 3)"], ["ben", 7, "7 (primary 3, backup 4)"]]);
    assert.match(even?.text ?? "", /^Even/);
    const uneven = month(scheduleState(input({ text: text.replace("roles: [primary, backup]", "roles: [primary], overrides: [{ from: 2026-11-16, to: 2026-12-31, primary: ana }]") }))).loads[0];
    assert.match(uneven?.text ?? "", /^Uneven: the highest and the lowest number of shifts differ by 7/);
  });

  it("explains what to do without a desk, without a rotation, with errors in desk.yml, and in an untrusted folder", () => {
    const bare = { text: "team: A\n" };
    const none = scheduleState(input({ ...bare, hasDesk: false })).content;
    assert.equal(none.kind === "unavailable" && none.button.action, "createDesk");
    const noRotation = scheduleState(input(bare)).content;
    assert.equal(noRotation.kind === "unavailable" && noRotation.button.action, "openDesk");
    const broken = scheduleState(input({ stale: true, writable: false }));
    assert.deepEqual(broken.banners.map(({ button }) => button.action), ["trust", "openDesk"]);
    assert.deepEqual(month(broken).buttons.filter(({ disabled }) => disabled).map(({ action }) => action), ["takeOverShift", "cover", "swap", "plan"]);
    assert.deepEqual(parseJson(scheduleProtocol.state, JSON.stringify(broken)), broken);
  });
});

describe("the schedule page", () => {
  const view = month(scheduleState(input()));

  it("moves by key between days and months, and to today", () => {
    const from = (key: string) => target(key, "2026-11-30", view);
    assert.deepEqual(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home"].map(from), ["2026-11-29", "2026-12-01", "2026-11-23", "2026-12-07", "2026-11-20"]);
    assert.deepEqual([from("PageUp"), from("PageDown"), from("a")], ["2026-10-30", "2026-12-30", undefined]);
    assert.equal(target("PageDown", "2026-12-03", view), "2026-12-01");
  });

  it("moves to the last day of a month that is too short", () => {
    const short = month(scheduleState(input({ month: "2027-02" })));
    assert.equal(dayInMonth(short, "2027-02-31"), "2027-02-28");
    assert.equal(dayInMonth(view, "2026-11-05"), "2026-11-05");
  });

  it("sends messages that the protocol accepts", () => {
    const accepts = (message: unknown): boolean => parseData(scheduleProtocol.toHost, message) !== undefined;
    const isSubject = (subject: unknown): boolean => parseData(scheduleProtocol.subject, subject) !== undefined;
    assert.ok(accepts({ kind: "act", action: "cover", day: "2026-11-24" }));
    assert.ok(!accepts({ kind: "act", action: "workbench.action.quit" }));
    assert.ok(!accepts({ kind: "showMonth", month: "2026-13" }));
    assert.ok(isSubject({}) && isSubject({ month: "2026-11" }) && !isSubject({ month: "November" }));
  });
});
