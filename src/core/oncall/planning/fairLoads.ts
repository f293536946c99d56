import type { Steps } from "../../model/cooperative";
import { openRoles, type PlanProblem } from "./plan";

/**
 * The most even number of shifts per person that absences, earlier work and the need for an `experienced` person per shift
 * allow, ignoring the rule against consecutive shifts. No plan has a smaller sum of squares.
 */
export function* fairLoads(problem: PlanProblem, experienced: readonly boolean[]): Steps<readonly number[]> {
  const loads = [...problem.before.shifts];
  const held: RoleChoice[] = [];
  for (const shift of problem.shifts) {
    for (const person of shift.fixed) if (person != null) loads[person] = (loads[person] ?? 0) + 1;
    const taken = new Set(shift.fixed);
    const free = Array.from({ length: problem.people }, (_, person) => person).filter((person) => shift.there[person] === true && !taken.has(person));
    const byLoad = free.toSorted((a, b) => (loads[a] ?? 0) - (loads[b] ?? 0));
    const open = openRoles(problem, shift).length;
    const first = problem.roles > 1 && open > 0 && !shift.fixed.some((person) => person != null && experienced[person] === true) ? byLoad.find((person) => experienced[person] === true) : undefined;
    const chosen = new Set([...(first === undefined ? [] : [first]), ...byLoad.filter((person) => person !== first)].slice(0, open));
    for (const person of chosen) loads[person] = (loads[person] ?? 0) + 1;
    held.push({ chosen, free, experienced: first === undefined ? undefined : experienced });
    yield 1;
  }

  for (let path = shorteningPath(held, loads); path !== undefined; path = shorteningPath(held, loads)) {
    for (const { from, to, shift } of path) {
      held[shift]?.chosen.delete(from);
      held[shift]?.chosen.add(to);
    }
    const [first, last] = [path[0]?.from ?? 0, path.at(-1)?.to ?? 0];
    loads[first] = (loads[first] ?? 0) - 1;
    loads[last] = (loads[last] ?? 0) + 1;
    yield path.length;
  }
  return loads;
}

interface RoleChoice {
  readonly chosen: Set<number>;
  readonly free: readonly number[];
  /** At least one of these people has to be chosen. */
  readonly experienced: readonly boolean[] | undefined;
}

/** One person replaces another in a shift. */
interface Exchange {
  readonly from: number;
  readonly to: number;
  readonly shift: number;
}

/** A chain of exchanges that moves a shift from one person to another with at least two fewer, if there is one. */
function shorteningPath(held: readonly RoleChoice[], loads: readonly number[]): readonly Exchange[] | undefined {
  const exchanges = loads.map(() => new Map<number, number>());
  for (const [shift, { chosen, free, experienced }] of held.entries()) {
    const last = experienced === undefined ? [] : [...chosen].filter((person) => experienced[person] === true);
    for (const from of chosen) {
      const needed = last.length === 1 && last[0] === from;
      for (const to of free) if (!chosen.has(to) && (!needed || experienced?.[to] === true)) exchanges[from]?.set(to, shift);
    }
  }
  for (const start of [...loads.keys()].toSorted((a, b) => (loads[b] ?? 0) - (loads[a] ?? 0))) {
    const reached = new Map<number, Exchange>();
    const queue = [start];
    for (let person = queue.shift(); person !== undefined; person = queue.shift()) {
      for (const [to, shift] of exchanges[person] ?? []) {
        if (to === start || reached.has(to)) continue;
        reached.set(to, { from: person, to, shift });
        // Earlier work is counted in fractions of shifts. Ignore negligible gains.
        if ((loads[to] ?? 0) + 1.001 < (loads[start] ?? 0)) return pathTo(to, start, reached);
        queue.push(to);
      }
    }
  }
  return undefined;
}

function pathTo(end: number, start: number, reached: ReadonlyMap<number, Exchange>): readonly Exchange[] {
  const path: Exchange[] = [];
  for (let exchange = reached.get(end); exchange !== undefined; exchange = exchange.from === start ? undefined : reached.get(exchange.from)) path.unshift(exchange);
  return path;
}
