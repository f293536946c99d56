import { addDays } from "temporal-polyfill/fns/PlainDate";
import { dateTextOf, localTime, type Span } from "../calendar/localTime";
import type { YamlPath } from "../markup/yamlTree";
import { dateFrom, dateText } from "../model/calendarDate";
import { type Desk, type Rotation, rotationsOf } from "../model/desk";
import { instantAt } from "../model/instant";
import { isAway, isAwayOn } from "../oncall/absence";
import { dayAt, dayStart, onCallSpans, orderOf, shiftOfDay, workingDays } from "../oncall/rotationDays";
import { overrideSpan, stretchesOf } from "../oncall/stretches";
import type { DeskFinding } from "./buildDesk";

/** Warns about overrides, planned shifts and absences that have no effect, and about shifts whose absences leave a role to nobody. */
export function checkSchedule(desk: Desk): readonly DeskFinding[] {
  return [...rotationsOf(desk).flatMap((rotation) => [...idleOverrides(desk, rotation), ...idlePlans(desk, rotation), ...gaps(desk, rotation)]), ...idleAbsences(desk)];
}

function idleOverrides(desk: Desk, rotation: Rotation): readonly DeskFinding[] {
  return rotation.overrides.flatMap((override, index): readonly DeskFinding[] => {
    const path = [...yamlPathOf(rotation), "overrides", index];
    const span = overrideSpan(rotation, override, desk.timezone);
    const idle = idleness(desk, rotation, span);
    if (idle !== undefined) return [{ ...idle, path }];
    if (Object.keys(override.roles).length === 0) return [warning("noRole", path, "")];
    const [first, last] = [dateTextOf(instantAt(span.from), desk.timezone), dateTextOf(instantAt(span.to - 1), desk.timezone)];
    return Object.entries(override.roles).flatMap(([role, login]) => (isOnTeam(desk, login, first, last) ? [] : [warning("notOnTeam", [...path, role], login)]));
  });
}

function idlePlans(desk: Desk, rotation: Rotation): readonly DeskFinding[] {
  return rotation.planned.flatMap(({ starts, roles }): readonly DeskFinding[] => {
    const path = [...yamlPathOf(rotation), "planned", starts];
    const number = shiftOfDay(rotation, dateFrom(starts));
    const days = number < 0 ? [] : workingDays(rotation, number);
    const [first, last] = [days[0], days.at(-1)];
    // If no shift starts on the date, that is reported already.
    if (number >= 0 && first === undefined) return [warning("noWorkingDay", path, starts, "key")];
    if (first === undefined || last === undefined) return [];
    return Object.entries(roles).flatMap(([role, login]) => (isOnTeam(desk, login, first, last) ? [] : [warning("notOnTeam", [...path, role], login)]));
  });
}

function idleAbsences(desk: Desk): readonly DeskFinding[] {
  return desk.people.flatMap((person, index) => {
    const own = rotationsOf(desk).filter(({ people }) => people.includes(person.login));
    return person.away.flatMap((interval, at): readonly DeskFinding[] => {
      const span = { from: localTime(interval.slice(0, 10), "start", desk.timezone), to: localTime(interval.slice(-10), "end", desk.timezone) };
      const idle = own.map((rotation) => idleness(desk, rotation, span));
      const [first] = idle;
      return first === undefined || idle.includes(undefined) ? [] : [{ ...(idle.find((one) => one?.code === "noWorkingDay") ?? first), path: ["people", index, "away", at] }];
    });
  });
}

/** Why nobody is on call in a span of time. Returns `undefined` if somebody is. */
function idleness(desk: Desk, rotation: Rotation, { from, to }: Span): Omit<DeskFinding, "path"> | undefined {
  const start = Math.max(from, dayStart(rotation, dateFrom(rotation.starts), desk.timezone));
  if (to <= start) return warning("beforeStart", [], rotation.starts);
  // On-call hours repeat every week, so checking one week is enough.
  const day = addDays(dayAt(rotation, instantAt(start), desk.timezone), -1);
  const first = dateText(day) < rotation.starts ? dateFrom(rotation.starts) : day;
  const spans = onCallSpans(rotation, first, addDays(first, 10), desk.timezone);
  return spans.some((span) => span.from < to && start < span.to) ? undefined : warning("noWorkingDay", [], rotation.starts);
}

/** Whether a person is on the team on a day of an interval. True if unknown. */
function isOnTeam(desk: Desk, login: string, first: string, last: string): boolean {
  const { from = first, until = last } = desk.people.find((person) => person.login === login) ?? {};
  return from <= last && first <= until;
}

/** Maximum number of shifts per rotation that are checked for gaps, to limit the cost of malicious files. */
const maxShifts = 400;

function gaps(desk: Desk, rotation: Rotation): readonly DeskFinding[] {
  const found: { role: string; from: string; to: string; last: number; path: YamlPath }[] = [];
  for (const number of shiftsToCheck(desk, rotation)) {
    const days = workingDays(rotation, number);
    const members = orderOf(rotation, number);
    const [first = "", last = ""] = [days[0], days.at(-1)];
    const stretches = stretchesOf(desk, rotation, number);
    for (const role of rotation.roles.slice(0, members.length)) {
      if (stretches.every(({ shift }) => shift.holders[role] !== undefined)) continue;
      const before = found.find((one) => one.role === role && one.last === number - 1);
      if (before !== undefined) {
        before.to = last;
        before.last = number;
        continue;
      }
      const person = desk.people.findLastIndex((one) => members.includes(one.login) && isAway(one, days));
      const interval = desk.people[person]?.away.findIndex((each) => isAwayOn({ away: [each] }, first)) ?? -1;
      if (interval >= 0) found.push({ role, from: first, to: last, last: number, path: ["people", person, "away", interval] });
    }
  }
  return found.map(({ role, from, to, path }) => ({ ...warning("nobodyLeft", path, role), details: { value: role, from, to } }));
}

/** Numbers of the shifts, in order, with enough absences that a role may be left to nobody. */
function shiftsToCheck(desk: Desk, rotation: Rotation): readonly number[] {
  const few = Math.max(rotation.people.length - rotation.roles.length + 1 - (rotation.terms?.length ?? 0), 1);
  const members = desk.people.filter(({ login }) => rotation.people.includes(login));
  const from = rotation.starts;
  const starts = [...new Set(members.flatMap(({ away }) => away).filter((interval) => interval.slice(-10) >= from).map((interval) => (interval < from ? from : interval.slice(0, 10))))].toSorted();
  const numbers = new Set<number>();
  for (const day of starts) {
    // The number of absent people is highest right after the last of them has left.
    const ends = members.flatMap(({ away }) => away.filter((interval) => isAwayOn({ away: [interval] }, day)).map((interval) => interval.slice(-10)).toSorted().slice(-1)).toSorted().toReversed();
    const end = ends[few - 1];
    if (end === undefined) continue;
    const last = Math.max(shiftOfDay(rotation, dateFrom(end)), 0);
    for (let number = Math.max(shiftOfDay(rotation, dateFrom(day)), 0); number <= last && numbers.size < maxShifts; number += 1) numbers.add(number);
  }
  return [...numbers].toSorted((a, b) => a - b);
}

function yamlPathOf({ name }: Rotation): YamlPath {
  return name === undefined ? ["rotation"] : ["rotations", name];
}

function warning(code: DeskFinding["code"], path: YamlPath, value: string, part: DeskFinding["part"] = "value"): DeskFinding {
  return { severity: "warning", code, path, part, details: { value } };
}
