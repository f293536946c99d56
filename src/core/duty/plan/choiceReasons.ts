import type { Steps } from "../../steps";
import type { PlanProblem, PlanSolution } from "./planProblem";
import type { ChoiceReason } from "./turnPlan";

/** Per turn and role of a plan, why its person has it; `login` names a person. */
export function* choiceReasons(problem: PlanProblem, solution: PlanSolution, login: (person: number) => string): Steps<readonly (readonly (readonly ChoiceReason[])[])[]> {
  const { turns, experienced, before } = problem;
  const people = Array.from({ length: problem.people }, (_, person) => person);
  const loads = [...before.turns];
  const holidays = [...before.holidays];
  const totals = people.map((person) => (before.turns[person] ?? 0) + solution.filter((held) => held.includes(person)).length);
  const all: (readonly (readonly ChoiceReason[])[])[] = [];
  for (const [turn, { there, fixed, holiday }] of turns.entries()) {
    const held = solution[turn] ?? [];
    const justServed = turn === 0 ? before.last : new Set(solution[turn - 1]);
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
        ...(least(loads) ? [{ kind: "fewestTurns", turns: loads[person] ?? 0 } as const] : []),
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
