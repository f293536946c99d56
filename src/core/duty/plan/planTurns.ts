import { addDays } from "temporal-polyfill/fns/PlainDate";
import { dateFrom, dateText } from "../../calendarDate";
import type { Desk, Rotation } from "../../desk/desk";
import { rotationsOf } from "../../desk/roles";
import { withoutPause, type Steps } from "../../steps";
import { instantAt } from "../../instantTime";
import { dutySpans, firstDayOf } from "../rotationDays";
import { choiceReasons } from "./choiceReasons";
import { planProblems } from "./planProblems";
import { rotaProblem, turnsFrom } from "./rotaProblem";
import { solvePlan } from "./solvePlan";
import type { PlannedLoad, ProposedTurn, TurnPlan } from "./turnPlan";

/** Which turns to plan. */
export interface PlanRequest {
  /** The first of them begins on this ISO date or later. */
  readonly from: string;
  /** How many. */
  readonly turns: number;
  /** The name of the rotation; absent: the desk's first. */
  readonly rotation?: string;
  /** ISO dates of holidays; absent: those that the desk gives as dates. */
  readonly holidays?: ReadonlySet<string>;
}

/**
 * Proposes who takes the next turns of a rotation: nobody who is away on a day of the turn, nobody in two roles (of other
 * rotations, as far as enough people are left), nobody two turns in a row, an experienced backup beside a newer primary, and within that loads over the calendar year as even as can be, holidays
 * and roles included. What cannot be kept is told. The same desk always gives the same plan; `undefined` without such a rotation.
 */
export function planTurns(desk: Desk, request: PlanRequest): TurnPlan | undefined {
  return withoutPause(planSteps(desk, request));
}

/** The same plan in steps, none of which takes long. */
export function* planSteps(desk: Desk, { from, turns: count, rotation: name, holidays }: PlanRequest): Steps<TurnPlan | undefined> {
  const rotation = rotationsOf(desk).find((one) => name === undefined || one.name === name);
  if (rotation === undefined) return undefined;
  const turns = turnsFrom(rotation, dateFrom(from), count);
  const problem = yield* rotaProblem(desk, rotation, turns, holidays ?? datesOf(desk));
  const solved = yield* solvePlan(problem);
  const login = (person: number): string => rotation.people[person] ?? "";
  const choices = yield* choiceReasons(problem, solved.solution, login);
  const problems = yield* planProblems(problem, solved, { login, role: (index) => rotation.roles[index] ?? "", starts: (turn) => dateText(firstDayOf(rotation, turns[turn] ?? 0)) });
  const proposed: ProposedTurn[] = [];
  for (const [turn, number] of turns.entries()) {
    const held = solved.solution[turn] ?? [];
    proposed.push({
      ...timesOf(desk, rotation, number),
      holders: Object.fromEntries(rotation.roles.flatMap((role, index) => (held[index] === undefined ? [] : [[role, login(held[index])]]))),
      holiday: problem.turns[turn]?.holiday === true,
      choices: rotation.roles.flatMap((role, index) => (held[index] === undefined ? [] : [{ role, login: login(held[index]), reasons: choices[turn]?.[index] ?? [] }])),
    });
    yield 1;
  }
  const loads: PlannedLoad[] = [];
  for (const [person, one] of rotation.people.entries()) {
    const own = problem.turns.filter((_, turn) => solved.solution[turn]?.includes(person) === true);
    const before = problem.before.turns[person] ?? 0;
    loads.push({ login: one, before, planned: own.length, total: before + own.length, holidays: (problem.before.holidays[person] ?? 0) + own.filter(({ holiday }) => holiday).length });
    yield 1;
  }
  return { ...(rotation.name === undefined ? {} : { rotation: rotation.name }), turns: proposed, loads, problems };
}

function datesOf(desk: Desk): ReadonlySet<string> {
  return new Set(desk.holidays.flatMap((holiday) => (holiday.kind === "date" ? [holiday.date] : [])));
}

function timesOf(desk: Desk, rotation: Rotation, number: number) {
  const firstDay = firstDayOf(rotation, number);
  const nextDay = firstDayOf(rotation, number + 1);
  const spans = dutySpans(rotation, firstDay, nextDay, desk.timezone);
  return { starts: dateText(firstDay), ends: dateText(addDays(nextDay, -1)), from: instantAt(spans[0]?.from ?? 0), to: instantAt(spans.at(-1)?.to ?? 0) };
}
