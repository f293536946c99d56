import { addDays } from "temporal-polyfill/fns/PlainDate";
import { deskToEdit, plannedEdit, type RotationEdit } from "../../desk/scheduleEdit";
import { dateFrom, dateText } from "../../model/calendarDate";
import { type Steps, withoutPause } from "../../model/cooperative";
import { type Desk, type Rotation, rotationsOf } from "../../model/desk";
import { instantAt } from "../../model/instant";
import { failed } from "../../model/result";
import { firstDayOf, onCallSpans } from "../rotationDays";
import { fairLoads } from "./fairLoads";
import type { ChoiceReason, PlannedLoad, PlanProblem, PlanProblemFound, PlanSolution, ProposedShift, ShiftPlan, UnevenLoad, UnevenReason } from "./plan";
import { scheduleProblem, shiftsFrom } from "./scheduleProblem";
import { type SolvedPlan, solvePlan } from "./solver";

/** The shifts to plan. */
export interface PlanRequest {
  /** The first shift starts on this ISO date or later. */
  readonly from: string;
  /** Number of shifts. */
  readonly shifts: number;
  /** The name of the rotation. Absent: the desk's first. */
  readonly rotation?: string;
  /** ISO dates of holidays. Absent: those that the desk lists as dates. */
  readonly holidays?: ReadonlySet<string>;
}

/**
 * Proposes holders for the next shifts of a rotation. Rules in order: nobody who is away on a day of the shift, nobody in two
 * roles (of other rotations, as far as enough people remain), no consecutive shifts, an experienced backup for a newer primary,
 * and then even loads over the calendar year, including holidays and roles. Violations are listed. The plan is deterministic.
 * Returns `undefined` if there is no such rotation.
 */
export function planShifts(desk: Desk, request: PlanRequest): ShiftPlan | undefined {
  return withoutPause(planSteps(desk, request));
}

/** Like `planShifts`, in short steps. */
export function* planSteps(desk: Desk, { from, shifts: count, rotation: name, holidays }: PlanRequest): Steps<ShiftPlan | undefined> {
  const rotation = rotationsOf(desk).find((one) => name === undefined || one.name === name);
  if (rotation === undefined) return undefined;
  const shifts = shiftsFrom(rotation, dateFrom(from), count);
  const problem = yield* scheduleProblem(desk, rotation, shifts, holidays ?? datesOf(desk));
  const solved = yield* solvePlan(problem);
  const login = (person: number): string => rotation.people[person] ?? "";
  const choices = yield* choiceReasons(problem, solved.solution, login);
  const problems = yield* planProblems(problem, solved, { login, role: (index) => rotation.roles[index] ?? "", starts: (shift) => dateText(firstDayOf(rotation, shifts[shift] ?? 0)) });
  const proposed: ProposedShift[] = [];
  for (const [shift, number] of shifts.entries()) {
    const held = solved.solution[shift] ?? [];
    proposed.push({
      ...timesOf(desk, rotation, number),
      holders: Object.fromEntries(rotation.roles.flatMap((role, index) => (held[index] === undefined ? [] : [[role, login(held[index])]]))),
      holiday: problem.shifts[shift]?.holiday === true,
      choices: rotation.roles.flatMap((role, index) => (held[index] === undefined ? [] : [{ role, login: login(held[index]), reasons: choices[shift]?.[index] ?? [] }])),
    });
    yield 1;
  }
  const loads: PlannedLoad[] = [];
  for (const [person, one] of rotation.people.entries()) {
    const own = problem.shifts.filter((_, shift) => solved.solution[shift]?.includes(person) === true);
    const before = problem.before.shifts[person] ?? 0;
    loads.push({ login: one, before, planned: own.length, total: before + own.length, holidays: (problem.before.holidays[person] ?? 0) + own.filter(({ holiday }) => holiday).length });
    yield 1;
  }
  return { ...(rotation.name === undefined ? {} : { rotation: rotation.name }), shifts: proposed, loads, problems };
}

function datesOf(desk: Desk): ReadonlySet<string> {
  return new Set(desk.holidays.flatMap((holiday) => (holiday.kind === "date" ? [holiday.date] : [])));
}

function timesOf(desk: Desk, rotation: Rotation, number: number) {
  const firstDay = firstDayOf(rotation, number);
  const nextDay = firstDayOf(rotation, number + 1);
  const spans = onCallSpans(rotation, firstDay, nextDay, desk.timezone);
  return { starts: dateText(firstDay), ends: dateText(addDays(nextDay, -1)), from: instantAt(spans[0]?.from ?? 0), to: instantAt(spans.at(-1)?.to ?? 0) };
}

/** Why each person of a plan has a role, per shift and role. `login` returns the name of a person. */
function* choiceReasons(problem: PlanProblem, solution: PlanSolution, login: (person: number) => string): Steps<readonly (readonly (readonly ChoiceReason[])[])[]> {
  const { shifts, experienced, before } = problem;
  const people = Array.from({ length: problem.people }, (_, person) => person);
  const loads = [...before.shifts];
  const holidays = [...before.holidays];
  const totals = people.map((person) => (before.shifts[person] ?? 0) + solution.filter((held) => held.includes(person)).length);
  const all: (readonly (readonly ChoiceReason[])[])[] = [];
  for (const [shift, { there, fixed, holiday }] of shifts.entries()) {
    const held = solution[shift] ?? [];
    const justServed = shift === 0 ? before.last : new Set(solution[shift - 1]);
    const reasons = held.map((person, role): readonly ChoiceReason[] => {
      if (person === undefined) return [];
      if (fixed[role] !== undefined) return [{ kind: "override" }];
      const free = people.filter((other) => other !== person && !held.includes(other));
      const others = free.filter((other) => there[other] === true && !justServed.has(other));
      if (others.length === 0) {
        return [{ kind: "onlyOne", away: free.filter((other) => there[other] !== true).map(login), justServed: free.filter((other) => there[other] === true).map(login) }];
      }
      const primary = role === 1 ? held[0] : undefined;
      const backs: readonly ChoiceReason[] = primary !== undefined && experienced[primary] === false && experienced[person] === true ? [{ kind: "backs", login: login(primary) }] : [];
      const least = (numbers: readonly number[]): boolean => others.every((other) => (numbers[person] ?? 0) <= (numbers[other] ?? 0));
      const found: readonly ChoiceReason[] = [
        ...backs,
        ...(least(loads) ? [{ kind: "fewestShifts", shifts: loads[person] ?? 0 } as const] : []),
        ...(holiday && least(holidays) ? [{ kind: "fewestHolidays", holidays: holidays[person] ?? 0 } as const] : []),
      ];
      return found.length > 0 ? found : [{ kind: "evenInTheEnd", total: totals[person] ?? 0 }];
    });
    for (const person of held) {
      if (person === undefined) continue;
      loads[person] = (loads[person] ?? 0) + 1;
      if (holiday) holidays[person] = (holidays[person] ?? 0) + 1;
    }
    all.push(reasons);
    yield 1;
  }
  return all;
}

/** The names behind the indexes. */
interface PlanNames {
  readonly login: (person: number) => string;
  readonly role: (role: number) => string;
  /** The ISO date of a shift's first day. */
  readonly starts: (shift: number) => string;
}

/** The rules that a plan violates, in the order of shifts, followed by uneven loads. */
function* planProblems(problem: PlanProblem, { solution }: Pick<SolvedPlan, "solution">, names: PlanNames): Steps<readonly PlanProblemFound[]> {
  const { people, shifts, experienced, before } = problem;
  const found: PlanProblemFound[] = [];
  for (const [shift, { there, fixed }] of shifts.entries()) {
    const held = solution[shift] ?? [];
    const starts = names.starts(shift);
    const away = Array.from({ length: people }, (_, person) => person).filter((person) => there[person] !== true);
    const justServed = shift === 0 ? before.last : new Set(solution[shift - 1]);
    for (const [role, person] of held.entries()) {
      if (person === undefined && fixed[role] === undefined) found.push({ kind: "gap", starts, role: names.role(role), away: away.map(names.login) });
      if (person !== undefined && justServed.has(person)) found.push({ kind: "twoInARow", starts, login: names.login(person), away: away.map(names.login) });
    }
    const [primary, backup] = held;
    if (primary !== undefined && backup !== undefined && experienced[primary] !== true && experienced[backup] !== true) {
      found.push({ kind: "noExperiencedBackup", starts, primary: names.login(primary), backup: names.login(backup), away: away.filter((person) => experienced[person] === true).map(names.login) });
    }
    yield 1;
  }
  return [...found, ...(yield* unevenness(problem, solution, names))];
}

function* unevenness(problem: PlanProblem, solution: SolvedPlan["solution"], names: PlanNames): Steps<readonly PlanProblemFound[]> {
  const totals = problem.before.shifts.map((shifts, person) => shifts + solution.filter((held) => held.includes(person)).length);
  const [fewest, most] = [Math.min(...totals), Math.max(...totals)];
  if (totals.length === 0 || most - fewest <= tolerance) return [];
  const average = totals.reduce((sum, total) => sum + total, 0) / totals.length;
  const everyone = problem.experienced.map(() => true);
  const plain = yield* fairLoads(problem, everyone);
  const people: UnevenLoad[] = [];
  for (const [person, total] of totals.entries()) {
    yield 1;
    if (total >= Math.floor(average) && total <= Math.ceil(average)) continue;
    const side = total < average ? "fewer" : "more";
    people.push({ login: names.login(person), total, side, because: reasonFor(problem, { person, side, total, average, plain: plain[person] ?? 0 }) });
  }
  return [{ kind: "uneven", fewest, most, people }];
}

/** Earlier work is counted in hundredths of shifts, so sums can be slightly larger. */
const tolerance = 1.005;

interface OffShare {
  readonly person: number;
  readonly side: UnevenLoad["side"];
  readonly total: number;
  readonly average: number;
  /** The person's total without the rules about experience and consecutive shifts. */
  readonly plain: number;
}

function reasonFor(problem: PlanProblem, { person, side, total, average, plain }: OffShare): UnevenReason {
  const before = problem.before.shifts[person] ?? 0;
  const usesExperience = problem.experienced.includes(false);
  if (side === "more") {
    if (before > Math.ceil(average)) return { kind: "before", shifts: before };
    return usesExperience && problem.experienced[person] === true && plain < total - 0.5 ? { kind: "experience" } : { kind: "others" };
  }
  const shiftsThere = problem.shifts.filter(({ there }) => there[person] === true).length;
  if (total - before >= maxShifts(problem, person)) return shiftsThere < problem.shifts.length ? { kind: "away", shiftsThere } : { kind: "before", shifts: before };
  if (usesExperience && problem.experienced[person] === false && plain > total + 0.5) return { kind: "experience" };
  return { kind: "rest" };
}

/** The maximum number of shifts for a person without consecutive ones. */
function maxShifts({ shifts, before }: PlanProblem, person: number): number {
  let most = 0;
  let free = !before.last.has(person);
  for (const { there } of shifts) {
    const takes = free && there[person] === true;
    if (takes) most += 1;
    free = !takes;
  }
  return most;
}

/** Adds the shifts of a plan to the text of a `desk.yml` and replaces earlier planned shifts. */
export function planEdit(text: string, plan: Pick<ShiftPlan, "rotation" | "shifts">): RotationEdit {
  return withoutPause(planEditSteps(text, plan));
}

/** Like `planEdit`, in short steps. */
export function* planEditSteps(text: string, plan: Pick<ShiftPlan, "rotation" | "shifts">): Steps<RotationEdit> {
  const desk = deskToEdit(text);
  yield 1;
  if (desk.kind === "failed") return desk;
  const rotation = rotationsOf(desk.value).find(({ name }) => name === plan.rotation);
  if (rotation === undefined) return failed({ kind: "noRotation" });
  return yield* plannedEdit(text, desk.value, rotation, plan.shifts.map(({ starts, holders }) => ({ starts, roles: holders })));
}
