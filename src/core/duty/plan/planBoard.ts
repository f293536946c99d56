import { openRoles, type PlanProblem, type PlanSolution } from "./planProblem";

/** How good a plan is: the fewest broken rules come first, then even loads, then what is merely pleasant. */
export interface PlanCost {
  /** Turns in a row of one person, and newer primaries without an experienced backup. */
  readonly broken: number;
  /** The sum of the squares of everybody's turns in the year. */
  readonly squares: number;
  /** The same for holidays and for each role, and how close turns of one person are. */
  readonly unpleasant: number;
}

/** A plan in the making that knows its cost at all times. */
export interface PlanBoard {
  readonly roles: number;
  /** Slots (turn × roles + role) whose person may be chosen. */
  readonly open: readonly number[];
  readonly isOpen: (slot: number) => boolean;
  readonly personAt: (slot: number) => number;
  /** Whether the person may take the turn. */
  readonly isThere: (turn: number, person: number) => boolean;
  readonly isIn: (turn: number, person: number) => boolean;
  readonly load: (person: number) => number;
  readonly put: (slot: number, person: number) => void;
  readonly cost: () => PlanCost;
  /** Remembers the plan as it is now. */
  readonly keep: () => void;
  /** The plan that was remembered last. */
  readonly kept: () => PlanSolution;
}

export const nobody = -1;

const pleasure = { holiday: 8, role: 2 };

/** An empty plan but for what is fixed. */
export function planBoard({ people, roles, turns, experienced, before }: PlanProblem): PlanBoard {
  const count = turns.length;
  const held = new Int16Array(count * roles).fill(nobody);
  const best = new Int16Array(count * roles).fill(nobody);
  const presence = new Uint8Array(count * people);
  const there = new Uint8Array(count * people);
  const loads = Float64Array.from(before.turns);
  const holidays = Float64Array.from(before.holidays);
  const byRole = Float64Array.from(before.byRole.flat());
  const newer = Uint8Array.from(experienced, (is) => (is ? 0 : 1));
  // With everybody in order, as many turns are between two of one person as there are others.
  const near = Math.min(6, Math.floor(people / roles) - 1);
  let broken = 0;
  let squares = loads.reduce((sum, load) => sum + load * load, 0);
  let unpleasant = 0;

  const present = (turn: number, person: number): number =>
    turn < 0 ? (turn === -1 && before.last.has(person) ? 1 : 0) : turn < count ? (presence[turn * people + person] ?? 0) : 0;

  function unpaired(turn: number): number {
    const [primary = nobody, backup = nobody] = [held[turn * roles], held[turn * roles + 1]];
    return roles > 1 && primary !== nobody && backup !== nobody && newer[primary] === 1 && newer[backup] === 1 ? 1 : 0;
  }

  /** Adds a person to a turn (`by` 1) or takes them out (-1). */
  function change(turn: number, role: number, person: number, by: 1 | -1): void {
    if (by === -1) presence[turn * people + person] = (presence[turn * people + person] ?? 0) - 1;
    broken += by * (present(turn - 1, person) + present(turn + 1, person));
    for (let distance = 2; distance <= near; distance += 1) {
      unpleasant += by * (near + 1 - distance) * (present(turn - distance, person) + present(turn + distance, person));
    }
    if (by === 1) presence[turn * people + person] = (presence[turn * people + person] ?? 0) + 1;
    squares += grown(loads, person, by);
    unpleasant += pleasure.role * grown(byRole, person * roles + role, by);
    if (turns[turn]?.holiday === true) unpleasant += pleasure.holiday * grown(holidays, person, by);
  }

  function put(slot: number, person: number): void {
    const turn = Math.floor(slot / roles);
    const role = slot - turn * roles;
    const old = held[slot] ?? nobody;
    if (role < 2) broken -= unpaired(turn);
    if (old !== nobody) change(turn, role, old, -1);
    held[slot] = person;
    if (person !== nobody) change(turn, role, person, 1);
    if (role < 2) broken += unpaired(turn);
  }

  const open: number[] = [];
  const isOpen = new Uint8Array(count * roles);
  for (const [turn, one] of turns.entries()) {
    for (let person = 0; person < people; person += 1) there[turn * people + person] = one.there[person] === true ? 1 : 0;
    for (const role of openRoles({ people, roles, turns, experienced, before }, one)) open.push(turn * roles + role);
    for (const [role, person] of one.fixed.entries()) if (person != null) put(turn * roles + role, person);
  }
  for (const slot of open) isOpen[slot] = 1;

  return {
    roles,
    open,
    isOpen: (slot) => isOpen[slot] === 1,
    personAt: (slot) => held[slot] ?? nobody,
    isThere: (turn, person) => there[turn * people + person] === 1,
    isIn: (turn, person) => (presence[turn * people + person] ?? 0) > 0,
    load: (person) => loads[person] ?? 0,
    put,
    cost: () => ({ broken, squares, unpleasant }),
    keep: () => best.set(held),
    kept: () =>
      turns.map((_, turn) =>
        Array.from(best.subarray(turn * roles, (turn + 1) * roles), (person) => (person === nobody ? undefined : person)),
      ),
  };
}

/** Changes a number by one and gives by how much its square grows. */
function grown(numbers: Float64Array, index: number, by: 1 | -1): number {
  const old = numbers[index] ?? 0;
  numbers[index] = old + by;
  return by * 2 * old + 1;
}
