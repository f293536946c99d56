import { compareTexts } from "../model/sorting";
import { localTime } from "../calendar/localTime";
import { dateFrom } from "../model/calendarDate";
import { type Desk, type Rotation, rotationsOf } from "../model/desk";
import { instantAt, millisecondsOf } from "../model/instant";
import type { Instant } from "../model/issue";
import type { Holding, Shift } from "../model/shift";
import { absencesOf } from "./absence";
import { holdingsOf, shiftsBetween } from "./rotation";
import { orderOf, shiftOfDay, workingDays } from "./rotationDays";
import { shiftShares, stretchesOf } from "./stretches";

/** Problems of a schedule, sorted by start, and how evenly it is shared. */
interface ScheduleQuality {
  readonly flaws: readonly ScheduleFlaw[];
  readonly loads: readonly RotationLoads[];
}

export type ScheduleFlaw = { readonly from: Instant; readonly to: Instant } & (
  /** Nobody holds the role. */
  | { readonly kind: "gap"; readonly role: string }
  /** The holder of the role is away. `whole`: for all of their time in it. */
  | { readonly kind: "away"; readonly role: string; readonly login: string; readonly whole: boolean }
  /** The second of two consecutive shifts held mostly by the same person. */
  | { readonly kind: "twoInARow"; readonly login: string; readonly rotation?: string }
  /** Neither primary nor backup is experienced, in a desk that marks experienced people. */
  | { readonly kind: "noExperiencedBackup"; readonly primary: string; readonly backup: string }
  | { readonly kind: "twoRoles"; readonly login: string; readonly roles: readonly [string, string] }
);

/** The number of shifts of each person in a rotation. Parts of shifts count as fractions. */
interface RotationLoads {
  readonly rotation?: string;
  readonly people: readonly PersonLoad[];
  /** Difference between the most and the fewest shifts. More than 1 is uneven. */
  readonly spread: number;
  readonly spreadByRole: Readonly<Record<string, number>>;
}

interface PersonLoad {
  readonly login: string;
  readonly shifts: number;
  readonly byRole: Readonly<Record<string, number>>;
}

/** Checks the shifts that overlap two ISO dates, both inclusive. Shifts that overlap partly are checked completely. */
export function scheduleQuality(desk: Desk, from: string, to: string): ScheduleQuality {
  const shifts = shiftsBetween(desk, dateFrom(from), dateFrom(to));
  const rotations = rotationsOf(desk);
  const of = (rotation: Rotation): readonly Shift[] => shifts.filter((shift) => shift.rotation === rotation.name);
  const holdings = [...holdingsOf(shifts)].flatMap(([role, held]) => held.map((one) => ({ role, ...one })));
  const flaws = [
    ...rotations.flatMap((rotation) => gaps(rotation, of(rotation))),
    ...holdings.flatMap((holding) => absences(desk, holding)),
    ...rotations.flatMap((rotation) => rows(desk, rotation, numbersBetween(rotation, from, to))),
    ...rotations.flatMap((rotation) => unpaired(desk, rotation, of(rotation))),
    ...doubleShifts(holdings),
  ];
  return {
    flaws: flaws.toSorted((a, b) => compareTexts(a.from, b.from)),
    loads: rotations.map((rotation) => loadsOf(desk, rotation, numbersBetween(rotation, from, to))),
  };
}

interface RoleHolding extends Holding {
  readonly role: string;
}

function gaps({ roles }: Rotation, shifts: readonly Shift[]): readonly ScheduleFlaw[] {
  return roles.flatMap((role) => joined(shifts.filter(({ holders }) => holders[role] === undefined), () => "").map(({ from, to }) => ({ kind: "gap" as const, role, from, to })));
}

function absences(desk: Desk, { role, login, from, to }: RoleHolding): readonly ScheduleFlaw[] {
  const [start, end] = [millisecondsOf(from), millisecondsOf(to)];
  const person = desk.people.find((one) => one.login === login);
  return (person === undefined ? [] : absencesOf(person)).flatMap((interval): readonly ScheduleFlaw[] => {
    const first = Math.max(start, localTime(interval.slice(0, 10), "start", desk.timezone));
    const last = Math.min(end, localTime(interval.slice(-10), "end", desk.timezone));
    return first < last ? [{ kind: "away", role, login, from: instantAt(first), to: instantAt(last), whole: first === start && last === end }] : [];
  });
}

function rows(desk: Desk, rotation: Rotation, numbers: readonly number[]): readonly ScheduleFlaw[] {
  const mostly = (number: number | undefined): ReadonlySet<string> => new Set(number === undefined ? [] : shiftShares(desk, rotation, number).filter(({ share }) => share > 0.5).map(({ login }) => login));
  return numbers.flatMap((number, index) => {
    const before = mostly(numbers[index - 1]);
    const stretches = stretchesOf(desk, rotation, number);
    const [from, to] = [instantAt(stretches[0]?.from ?? 0), instantAt(stretches.at(-1)?.to ?? 0)];
    return [...mostly(number)].filter((login) => before.has(login)).map((login) => ({ kind: "twoInARow" as const, login, from, to, ...named(rotation) }));
  });
}

function unpaired(desk: Desk, { roles: [first, second] }: Rotation, shifts: readonly Shift[]): readonly ScheduleFlaw[] {
  const experienced = new Set(desk.people.filter((person) => person.experienced).map(({ login }) => login));
  if (experienced.size === 0 || first === undefined || second === undefined) return [];
  const newer = shifts.flatMap(({ from, to, holders }) => {
    const [primary, backup] = [holders[first], holders[second]];
    return primary === undefined || backup === undefined || experienced.has(primary) || experienced.has(backup) ? [] : [{ from, to, primary, backup }];
  });
  return joined(newer, ({ primary, backup }) => `${primary}/${backup}`).map((one) => ({ kind: "noExperiencedBackup", ...one }));
}

function doubleShifts(holdings: readonly RoleHolding[]): readonly ScheduleFlaw[] {
  return [...new Set(holdings.map(({ login }) => login))].flatMap((login) => {
    const held = holdings.filter((one) => one.login === login);
    return held.flatMap((one, index) =>
      held.slice(index + 1).flatMap((other): readonly ScheduleFlaw[] => {
        const from = one.from > other.from ? one.from : other.from;
        const to = one.to < other.to ? one.to : other.to;
        return from < to ? [{ kind: "twoRoles", login, roles: [one.role, other.role], from, to }] : [];
      }),
    );
  });
}

function loadsOf(desk: Desk, rotation: Rotation, numbers: readonly number[]): RotationLoads {
  const shares = numbers.flatMap((number) => shiftShares(desk, rotation, number));
  const logins = [...new Set([...rotation.people, ...shares.map(({ login }) => login)])];
  const sum = (login: string, role?: string): number =>
    Math.round(shares.filter((one) => one.login === login && (role === undefined || one.role === role)).reduce((all, { share }) => all + share, 0) * 100) / 100;
  const people = logins.map((login) => ({ login, shifts: sum(login), byRole: Object.fromEntries(rotation.roles.map((role) => [role, sum(login, role)])) }));
  // People who only cover, or take part for some of the time, have no comparable share.
  const own = people.filter(({ login }) => numbers.every((number) => orderOf(rotation, number).includes(login)));
  return {
    ...named(rotation),
    people,
    spread: spread(own.map(({ shifts }) => shifts)),
    spreadByRole: Object.fromEntries(rotation.roles.map((role) => [role, spread(own.map(({ byRole }) => byRole[role] ?? 0))])),
  };
}

function spread(loads: readonly number[]): number {
  return loads.length === 0 ? 0 : Math.round((Math.max(...loads) - Math.min(...loads)) * 100) / 100;
}

/** Numbers of the shifts with working days that overlap two dates. */
function numbersBetween(rotation: Rotation, from: string, to: string): readonly number[] {
  const first = Math.max(shiftOfDay(rotation, dateFrom(from)), 0);
  const count = Math.max(shiftOfDay(rotation, dateFrom(to)) - first + 1, 0);
  return Array.from({ length: count }, (_, step) => first + step).filter((number) => workingDays(rotation, number).length > 0);
}

/** Joins adjacent equal parts. */
function joined<T extends { readonly from: Instant; readonly to: Instant }>(parts: readonly T[], key: (part: T) => string): readonly T[] {
  return parts.reduce<readonly T[]>((all, part) => {
    const last = all.at(-1);
    return last?.to === part.from && key(last) === key(part) ? [...all.slice(0, -1), { ...last, to: part.to }] : [...all, part];
  }, []);
}

function named({ name }: Rotation): { readonly rotation?: string } {
  return name === undefined ? {} : { rotation: name };
}
