import { addDays } from "temporal-polyfill/fns/PlainDate";
import { type CalendarDate, dateText } from "../../model/calendarDate";
import type { Steps } from "../../model/cooperative";
import { type Desk, type Person, type Rotation, rotationsOf } from "../../model/desk";
import { millisecondsOf } from "../../model/instant";
import type { Holders } from "../../model/shift";
import { isAbsentOn } from "../absence";
import { shiftsBetween } from "../rotation";
import { firstDayOf, onCallDates, onCallSpans, shiftOfDay, takesPart, workingDays } from "../rotationDays";
import { overrideSpan, shiftShares } from "../stretches";
import type { PlanProblem, ShiftToPlan, WorkBefore } from "./plan";

/** Builds the planning problem for shifts of a rotation, given by their numbers in order. `holidays` are ISO dates. */
export function* scheduleProblem(desk: Desk, rotation: Rotation, shifts: readonly number[], holidays: ReadonlySet<string>): Steps<PlanProblem> {
  const people = new Map(desk.people.map((person) => [person.login, person]));
  const logins = rotation.people;
  const isExperienced = logins.map((login) => people.get(login)?.experienced === true);
  const toPlan: ShiftToPlan[] = [];
  for (const number of shifts) {
    toPlan.push(shiftToPlan(desk, rotation, number, { people, holidays }));
    yield 1;
  }
  return {
    people: logins.length,
    roles: rotation.roles.length,
    shifts: toPlan,
    experienced: isExperienced.some(Boolean) ? isExperienced : isExperienced.map(() => true),
    before: yield* workBefore(desk, rotation, shifts[0] ?? 0, holidays),
  };
}

interface Known {
  readonly people: ReadonlyMap<string, Person>;
  readonly holidays: ReadonlySet<string>;
}

function shiftToPlan(desk: Desk, rotation: Rotation, number: number, { people, holidays }: Known): ShiftToPlan {
  const days = onCallDates(rotation, number);
  const fixed = fullShiftOverrides(desk, rotation, number);
  const [firstDay = ""] = days;
  const present = rotation.people.map((login) => {
    const person = people.get(login);
    return takesPart(rotation, login, firstDay) && !(person !== undefined && days.some((day) => isAbsentOn(person, day)));
  });
  const busy = onCallElsewhere(desk, rotation, number);
  const free = present.map((is, person) => is && !busy.has(rotation.people[person] ?? ""));
  return {
    // With fewer people, somebody would have two consecutive shifts.
    there: free.filter(Boolean).length >= 2 * rotation.roles.length ? free : present,
    fixed: rotation.roles.map((role) => {
      const login = fixed[role];
      return login === undefined ? undefined : rotation.people.includes(login) ? rotation.people.indexOf(login) : null;
    }),
    holiday: days.some((day) => holidays.has(day)),
  };
}

/** The roles that overrides assign to one person for all on-call hours of a shift. */
function fullShiftOverrides(desk: Desk, rotation: Rotation, number: number): Holders {
  const spans = onCallSpans(rotation, firstDayOf(rotation, number), firstDayOf(rotation, number + 1), desk.timezone);
  const [start, end] = [spans[0]?.from ?? 0, spans.at(-1)?.to ?? 0];
  return rotation.overrides.reduce<Holders>((all, one) => {
    const { from, to } = overrideSpan(rotation, one, desk.timezone);
    return from <= start && end <= to ? { ...all, ...one.roles } : all;
  }, {});
}

/** The work of people from the first shift of the calendar year up to shift `next`. */
function* workBefore(desk: Desk, rotation: Rotation, next: number, holidays: ReadonlySet<string>): Steps<WorkBefore> {
  const { people, roles } = rotation;
  const work = { shifts: people.map(() => 0), holidays: people.map(() => 0), byRole: people.map(() => roles.map(() => 0)) };
  for (let number = firstOfYear(rotation, next); number < next; number += 1) {
    const holiday = onCallDates(rotation, number).some((day) => holidays.has(day));
    for (const { role, login, share } of shiftShares(desk, rotation, number)) {
      const person = people.indexOf(login);
      if (person < 0) continue;
      add(work.shifts, person, share);
      if (holiday) add(work.holidays, person, share);
      add(work.byRole[person] ?? [], roles.indexOf(role), share);
    }
    yield 1;
  }
  const before = lastShiftBefore(rotation, next);
  const justBefore = before === undefined ? [] : shiftShares(desk, rotation, before).map(({ login }) => login);
  return { ...work, shifts: work.shifts.map(hundredths), holidays: work.holidays.map(hundredths), last: new Set(justBefore.map((login) => people.indexOf(login))) };
}

/** Skips shifts without working days, such as weekends. */
function lastShiftBefore(rotation: Rotation, next: number): number | undefined {
  let before = next - 1;
  while (before >= 0 && next - before < 7 && workingDays(rotation, before).length === 0) before -= 1;
  return before < 0 ? undefined : before;
}

function firstOfYear(rotation: Rotation, number: number): number {
  const { year } = firstDayOf(rotation, number);
  let first = number;
  while (first > 0 && firstDayOf(rotation, first - 1).year === year) first -= 1;
  return first;
}

function add(numbers: number[], index: number, amount: number): void {
  numbers[index] = (numbers[index] ?? 0) + amount;
}

function hundredths(amount: number): number {
  return Math.round(amount * 100) / 100;
}

/** Numbers of the next shifts with working days that start on or after a day. */
export function shiftsFrom(rotation: Rotation, day: CalendarDate, count: number): readonly number[] {
  const on = Math.max(shiftOfDay(rotation, day), 0);
  const shifts: number[] = [];
  for (let number = dateText(firstDayOf(rotation, on)) < dateText(day) ? on + 1 : on; shifts.length < count; number += 1) {
    if (workingDays(rotation, number).length > 0) shifts.push(number);
  }
  return shifts;
}

/** Who holds a role of another rotation during shift n. */
function onCallElsewhere(desk: Desk, rotation: Rotation, number: number): ReadonlySet<string> {
  const others = rotationsOf(desk).filter(({ name }) => name !== rotation.name);
  if (others.length === 0) return new Set();
  const { rotation: _, ...rest } = desk;
  const [firstDay, nextDay] = [firstDayOf(rotation, number), firstDayOf(rotation, number + 1)];
  const spans = onCallSpans(rotation, firstDay, nextDay, desk.timezone);
  // A shift can end in the morning after its last day.
  const shifts = shiftsBetween({ ...rest, rotations: others }, firstDay, addDays(nextDay, 1));
  const meets = (from: number, to: number): boolean => spans.some((span) => from < span.to && span.from < to);
  return new Set(shifts.filter(({ from, to }) => meets(millisecondsOf(from), millisecondsOf(to))).flatMap(({ holders }) => Object.values(holders)));
}
