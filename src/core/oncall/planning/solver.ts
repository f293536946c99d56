import type { Steps } from "../../model/cooperative";
import { fairLoads } from "./fairLoads";
import { openRoles, type PlanProblem, type PlanSolution } from "./plan";

/** A plan, its cost, and the fairest loads. */
export interface SolvedPlan {
  readonly solution: PlanSolution;
  readonly cost: PlanCost;
  /** The most even loads that all rules except the one against consecutive shifts allow. */
  readonly fairLoads: readonly number[];
}

/**
 * Finds a plan that violates the fewest rules and is then the most even one found: simulated annealing from a greedy start,
 * restarted with more steps while the result is not provably optimal. The plan is deterministic, with or without pauses.
 */
export function* solvePlan(problem: PlanProblem): Steps<SolvedPlan> {
  const fair = yield* fairLoads(problem, problem.experienced);
  const least = { broken: leastBroken(problem), squares: fair.reduce((sum, load) => sum + load * load, 0) };
  yield problem.shifts.length;
  let best: { readonly solution: PlanSolution; readonly cost: PlanCost } | undefined;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const found = yield* anneal(problem, { seed: attempt, range: spread(fair) });
    if (best === undefined || isBetter(found.cost, best.cost)) best = found;
    if (best.cost.broken <= least.broken && best.cost.squares <= least.squares + 0.01) break;
  }
  return { ...(best ?? { solution: [], cost: { broken: 0, squares: 0, unpleasant: 0 } }), fairLoads: fair };
}

const attempts = 3;

function spread(loads: readonly number[]): number {
  return Math.max(...loads) - Math.min(...loads);
}

/** The minimum number of violations in any plan: too few people for consecutive shifts, or nobody experienced available. */
function leastBroken({ people, roles, shifts, experienced }: PlanProblem): number {
  const needed = shifts.map(({ there }) => Math.min(roles, there.filter(Boolean).length));
  return shifts.reduce((sum, { there }, shift) => {
    const next = shifts[shift + 1];
    const either = next === undefined ? people * 2 : there.filter((is, person) => is || next.there[person] === true).length;
    const row = Math.max((needed[shift] ?? 0) + (needed[shift + 1] ?? 0) - either, 0);
    return sum + row + (roles > 1 && (needed[shift] ?? 0) > 1 && !there.some((is, person) => is && experienced[person] === true) ? 1 : 0);
  }, 0);
}

function isBetter(one: PlanCost, other: PlanCost): boolean {
  if (one.broken !== other.broken) return one.broken < other.broken;
  return Math.abs(one.squares - other.squares) > 0.001 ? one.squares < other.squares : one.unpleasant < other.unpleasant;
}

interface Annealing {
  readonly seed: number;
  /** Difference between the highest and lowest of the fairest loads. */
  readonly range: number;
}

/** Number of moves between pauses. */
const movesAtOnce = 1000;

function* anneal(problem: PlanProblem, { seed, range }: Annealing): Steps<{ readonly solution: PlanSolution; readonly cost: PlanCost }> {
  const board = planBoard(problem);
  yield problem.shifts.length;
  yield* fillGreedily(problem, board);
  let best = board.cost();
  board.save();
  if (board.open.length === 0) return { solution: board.saved(), cost: best };

  const random = randomNumbers(seed);
  const evenness = 100;
  const rule = evenness * 2 * (range + 6);
  const total = ({ broken, squares, unpleasant }: PlanCost): number => broken * rule + squares * evenness + unpleasant;
  const steps = Math.min(Math.max(board.open.length * 1000 * seed, 40_000), 300_000);
  const [hot, cold] = [rule / 2, 1];
  const undone: number[] = [];
  const put: Put = (slot, person) => {
    undone.push(slot, board.personAt(slot));
    board.put(slot, person);
  };
  let current = total(board.cost());
  for (let step = 0; step < steps; step += 1) {
    if (step % movesAtOnce === movesAtOnce - 1) yield movesAtOnce;
    undone.length = 0;
    if (!tryMove(problem, board, random, put)) continue;
    const cost = board.cost();
    const after = total(cost);
    const temperature = hot * (cold / hot) ** (step / steps);
    if (after <= current || random() < Math.exp((current - after) / temperature)) {
      current = after;
      if (isBetter(cost, best)) {
        best = cost;
        board.save();
      }
    } else {
      for (let index = undone.length - 2; index >= 0; index -= 2) board.put(undone[index] ?? 0, undone[index + 1] ?? nobody);
    }
  }
  return { solution: board.saved(), cost: best };
}

/** Fills each shift with the people who have the fewest shifts and were not on call just before. */
function* fillGreedily({ people }: PlanProblem, board: PlanBoard): Steps<void> {
  for (const slot of board.open) {
    const shift = Math.floor(slot / board.roles);
    let chosen = nobody;
    const rank = (person: number): number => board.load(person) + (shift > 0 && board.isIn(shift - 1, person) ? 1000 : 0);
    for (let person = 0; person < people; person += 1) {
      if (board.isThere(shift, person) && !board.isIn(shift, person) && (chosen === nobody || rank(person) < rank(chosen))) chosen = person;
    }
    board.put(slot, chosen);
    yield 1;
  }
}

type Put = (slot: number, person: number) => void;

/** Makes one random change. Returns `false` without a change if the random move is not possible. */
function tryMove(problem: PlanProblem, board: PlanBoard, random: () => number, put: Put): boolean {
  const { people, shifts } = problem;
  const draw = (count: number): number => Math.floor(random() * count);
  const kind = random();
  const slot = board.open[draw(board.open.length)] ?? 0;
  const shift = Math.floor(slot / board.roles);
  const person = board.personAt(slot);
  if (kind < 0.5) return replace(board, slot, draw(people), put);
  if (kind < 0.8) {
    const other = board.open[draw(board.open.length)] ?? 0;
    return exchange(board, slot, other, put);
  }
  const longest = Math.min(shifts.length - shift, kind < 0.95 ? 6 : shifts.length);
  return relabel(board, { from: shift, to: shift + 1 + draw(longest), one: person, other: draw(people) }, put);
}

/** Assigns a slot to another person, who gives up their own role in this shift in return. */
function replace(board: PlanBoard, slot: number, person: number, put: Put): boolean {
  const shift = Math.floor(slot / board.roles);
  const old = board.personAt(slot);
  if (person === old || !board.isThere(shift, person)) return false;
  if (board.isIn(shift, person)) {
    const own = slotOf(board, shift, person);
    if (!board.isOpen(own)) return false;
    put(own, old);
  }
  put(slot, person);
  return true;
}

/** Swaps two people of different shifts. */
function exchange(board: PlanBoard, slot: number, other: number, put: Put): boolean {
  const [shift, otherShift] = [Math.floor(slot / board.roles), Math.floor(other / board.roles)];
  const [person, otherPerson] = [board.personAt(slot), board.personAt(other)];
  if (shift === otherShift || person === otherPerson || !board.isThere(shift, otherPerson) || !board.isThere(otherShift, person)) return false;
  if (board.isIn(shift, otherPerson) || board.isIn(otherShift, person)) return false;
  put(slot, otherPerson);
  put(other, person);
  return true;
}

interface Relabelling {
  readonly from: number;
  readonly to: number;
  readonly one: number;
  readonly other: number;
}

/** Swaps two people in a range of consecutive shifts. */
function relabel(board: PlanBoard, { from, to, one, other }: Relabelling, put: Put): boolean {
  if (one === other) return false;
  for (let shift = from; shift < to; shift += 1) {
    for (const [person, next] of [[one, other], [other, one]] as const) {
      if (board.isIn(shift, person) && !(board.isThere(shift, next) && board.isOpen(slotOf(board, shift, person)))) return false;
    }
  }
  for (let shift = from; shift < to; shift += 1) {
    const [first, second] = [slotOf(board, shift, one), slotOf(board, shift, other)];
    if (first !== nobody) put(first, other);
    if (second !== nobody) put(second, one);
  }
  return true;
}

/** The slot of a person in a shift, or -1. */
function slotOf(board: PlanBoard, shift: number, person: number): number {
  for (let role = 0; role < board.roles; role += 1) if (board.personAt(shift * board.roles + role) === person) return shift * board.roles + role;
  return nobody;
}

/** Deterministic pseudorandom numbers from 0 to 1 (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The cost of a plan, compared in this order: violated rules, even loads, preferences. */
interface PlanCost {
  /** Consecutive shifts of one person, and newer primaries without an experienced backup. */
  readonly broken: number;
  /** The sum of the squares of everybody's shifts in the year. */
  readonly squares: number;
  /** The same for holidays and for each role, and how close together the shifts of one person are. */
  readonly unpleasant: number;
}

/** A plan under construction that maintains its cost. */
interface PlanBoard {
  readonly roles: number;
  /** Slots (shift × roles + role) whose person can be chosen. */
  readonly open: readonly number[];
  readonly isOpen: (slot: number) => boolean;
  readonly personAt: (slot: number) => number;
  /** Whether the person can take the shift. */
  readonly isThere: (shift: number, person: number) => boolean;
  readonly isIn: (shift: number, person: number) => boolean;
  readonly load: (person: number) => number;
  readonly put: (slot: number, person: number) => void;
  readonly cost: () => PlanCost;
  /** Saves the current plan. */
  readonly save: () => void;
  /** The last saved plan. */
  readonly saved: () => PlanSolution;
}

const nobody = -1;

const pleasure = { holiday: 8, role: 2 };

/** A plan with only the fixed holders. */
function planBoard({ people, roles, shifts, experienced, before }: PlanProblem): PlanBoard {
  const count = shifts.length;
  const held = new Int16Array(count * roles).fill(nobody);
  const best = new Int16Array(count * roles).fill(nobody);
  const presence = new Uint8Array(count * people);
  const there = new Uint8Array(count * people);
  const loads = Float64Array.from(before.shifts);
  const holidays = Float64Array.from(before.holidays);
  const byRole = Float64Array.from(before.byRole.flat());
  const newer = Uint8Array.from(experienced, (is) => (is ? 0 : 1));
  // In a strict rotation, this is the number of shifts between two of one person.
  const near = Math.min(6, Math.floor(people / roles) - 1);
  let broken = 0;
  let squares = loads.reduce((sum, load) => sum + load * load, 0);
  let unpleasant = 0;

  const present = (shift: number, person: number): number =>
    shift < 0 ? (shift === -1 && before.last.has(person) ? 1 : 0) : shift < count ? (presence[shift * people + person] ?? 0) : 0;

  function unpaired(shift: number): number {
    const [primary = nobody, backup = nobody] = [held[shift * roles], held[shift * roles + 1]];
    return roles > 1 && primary !== nobody && backup !== nobody && newer[primary] === 1 && newer[backup] === 1 ? 1 : 0;
  }

  /** Adds a person to a shift (`by` 1) or removes them (-1). */
  function change(shift: number, role: number, person: number, by: 1 | -1): void {
    if (by === -1) presence[shift * people + person] = (presence[shift * people + person] ?? 0) - 1;
    broken += by * (present(shift - 1, person) + present(shift + 1, person));
    for (let distance = 2; distance <= near; distance += 1) {
      unpleasant += by * (near + 1 - distance) * (present(shift - distance, person) + present(shift + distance, person));
    }
    if (by === 1) presence[shift * people + person] = (presence[shift * people + person] ?? 0) + 1;
    squares += grown(loads, person, by);
    unpleasant += pleasure.role * grown(byRole, person * roles + role, by);
    if (shifts[shift]?.holiday === true) unpleasant += pleasure.holiday * grown(holidays, person, by);
  }

  function put(slot: number, person: number): void {
    const shift = Math.floor(slot / roles);
    const role = slot - shift * roles;
    const old = held[slot] ?? nobody;
    if (role < 2) broken -= unpaired(shift);
    if (old !== nobody) change(shift, role, old, -1);
    held[slot] = person;
    if (person !== nobody) change(shift, role, person, 1);
    if (role < 2) broken += unpaired(shift);
  }

  const open: number[] = [];
  const isOpen = new Uint8Array(count * roles);
  for (const [shift, one] of shifts.entries()) {
    for (let person = 0; person < people; person += 1) there[shift * people + person] = one.there[person] === true ? 1 : 0;
    for (const role of openRoles({ people, roles, shifts, experienced, before }, one)) open.push(shift * roles + role);
    for (const [role, person] of one.fixed.entries()) if (person != null) put(shift * roles + role, person);
  }
  for (const slot of open) isOpen[slot] = 1;

  return {
    roles,
    open,
    isOpen: (slot) => isOpen[slot] === 1,
    personAt: (slot) => held[slot] ?? nobody,
    isThere: (shift, person) => there[shift * people + person] === 1,
    isIn: (shift, person) => (presence[shift * people + person] ?? 0) > 0,
    load: (person) => loads[person] ?? 0,
    put,
    cost: () => ({ broken, squares, unpleasant }),
    save: () => best.set(held),
    saved: () =>
      shifts.map((_, shift) =>
        Array.from(best.subarray(shift * roles, (shift + 1) * roles), (person) => (person === nobody ? undefined : person)),
      ),
  };
}

/** Changes a number by one and returns how much its square grows. */
function grown(numbers: Float64Array, index: number, by: 1 | -1): number {
  const old = numbers[index] ?? 0;
  numbers[index] = old + by;
  return by * 2 * old + 1;
}
