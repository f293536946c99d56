import type { Steps } from "../../steps";
import { fairLoads } from "./fairLoads";
import type { PlanProblem } from "./planProblem";
import type { SolvedPlan } from "./solvePlan";
import type { PlanProblemFound, UnevenLoad, UnevenReason } from "./turnPlan";

/** What numbers stand for. */
export interface PlanNames {
  readonly login: (person: number) => string;
  readonly role: (role: number) => string;
  /** The ISO date of a turn's first day. */
  readonly starts: (turn: number) => string;
}

/** The rules that a plan does not keep, in the order of turns, and last how uneven it is. */
export function* planProblems(problem: PlanProblem, { solution }: Pick<SolvedPlan, "solution">, names: PlanNames): Steps<readonly PlanProblemFound[]> {
  const { people, turns, experienced, before } = problem;
  const found: PlanProblemFound[] = [];
  for (const [turn, { there, fixed }] of turns.entries()) {
    const held = solution[turn] ?? [];
    const starts = names.starts(turn);
    const away = Array.from({ length: people }, (_, person) => person).filter((person) => there[person] !== true);
    const justServed = turn === 0 ? before.last : new Set(solution[turn - 1]);
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
  const totals = problem.before.turns.map((turns, person) => turns + solution.filter((held) => held.includes(person)).length);
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

/** Work before comes in hundredths of turns, which may add up to a little more. */
const tolerance = 1.005;

interface OffShare {
  readonly person: number;
  readonly side: UnevenLoad["side"];
  readonly total: number;
  readonly average: number;
  /** The person's total if experience did not matter, nor turns in a row. */
  readonly plain: number;
}

function reasonFor(problem: PlanProblem, { person, side, total, average, plain }: OffShare): UnevenReason {
  const before = problem.before.turns[person] ?? 0;
  const usesExperience = problem.experienced.includes(false);
  if (side === "more") {
    if (before > Math.ceil(average)) return { kind: "before", turns: before };
    return usesExperience && problem.experienced[person] === true && plain < total - 0.5 ? { kind: "experience" } : { kind: "others" };
  }
  const turnsThere = problem.turns.filter(({ there }) => there[person] === true).length;
  if (total - before >= mostTurns(problem, person)) return turnsThere < problem.turns.length ? { kind: "away", turnsThere } : { kind: "before", turns: before };
  if (usesExperience && problem.experienced[person] === false && plain > total + 0.5) return { kind: "experience" };
  return { kind: "rest" };
}

/** How many turns a person could take at most without two in a row. */
function mostTurns({ turns, before }: PlanProblem, person: number): number {
  let most = 0;
  let free = !before.last.has(person);
  for (const { there } of turns) {
    const takes = free && there[person] === true;
    if (takes) most += 1;
    free = !takes;
  }
  return most;
}
