import type { Steps } from "../../steps";
import { fairLoads } from "./fairLoads";
import { nobody, planBoard, type PlanBoard, type PlanCost } from "./planBoard";
import type { PlanProblem, PlanSolution } from "./planProblem";

/** A plan, its cost, and how even it could be. */
export interface SolvedPlan {
  readonly solution: PlanSolution;
  readonly cost: PlanCost;
  /** The most even loads that all rules but that of turns in a row allow. */
  readonly fairLoads: readonly number[];
}

/**
 * A plan that breaks the fewest rules, and is then the most even one it finds: simulated annealing from a greedy start, begun
 * anew, for longer, when the result is not provably the best. The same problem always gives the same plan, with pauses or without.
 */
export function* solvePlan(problem: PlanProblem): Steps<SolvedPlan> {
  const fair = yield* fairLoads(problem, problem.experienced);
  const least = { broken: leastBroken(problem), squares: fair.reduce((sum, load) => sum + load * load, 0) };
  yield problem.turns.length;
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

/** Rules that any plan breaks at least: too few people for two turns in a row, nobody experienced there. */
function leastBroken({ people, roles, turns, experienced }: PlanProblem): number {
  const needed = turns.map(({ there }) => Math.min(roles, there.filter(Boolean).length));
  return turns.reduce((sum, { there }, turn) => {
    const next = turns[turn + 1];
    const either = next === undefined ? people * 2 : there.filter((is, person) => is || next.there[person] === true).length;
    const row = Math.max((needed[turn] ?? 0) + (needed[turn + 1] ?? 0) - either, 0);
    return sum + row + (roles > 1 && (needed[turn] ?? 0) > 1 && !there.some((is, person) => is && experienced[person] === true) ? 1 : 0);
  }, 0);
}

function isBetter(one: PlanCost, other: PlanCost): boolean {
  if (one.broken !== other.broken) return one.broken < other.broken;
  return Math.abs(one.squares - other.squares) > 0.001 ? one.squares < other.squares : one.unpleasant < other.unpleasant;
}

interface Annealing {
  readonly seed: number;
  /** How far the fairest loads are apart. */
  readonly range: number;
}

/** So many moves are tried before it stops for a moment. */
const movesAtOnce = 1000;

function* anneal(problem: PlanProblem, { seed, range }: Annealing): Steps<{ readonly solution: PlanSolution; readonly cost: PlanCost }> {
  const board = planBoard(problem);
  yield problem.turns.length;
  yield* fillGreedily(problem, board);
  let best = board.cost();
  board.keep();
  if (board.open.length === 0) return { solution: board.kept(), cost: best };

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
        board.keep();
      }
    } else {
      for (let index = undone.length - 2; index >= 0; index -= 2) board.put(undone[index] ?? 0, undone[index + 1] ?? nobody);
    }
  }
  return { solution: board.kept(), cost: best };
}

/** Turn by turn the people with the fewest turns who were not on duty just before. */
function* fillGreedily({ people }: PlanProblem, board: PlanBoard): Steps<void> {
  for (const slot of board.open) {
    const turn = Math.floor(slot / board.roles);
    let chosen = nobody;
    const rank = (person: number): number => board.load(person) + (turn > 0 && board.isIn(turn - 1, person) ? 1000 : 0);
    for (let person = 0; person < people; person += 1) {
      if (board.isThere(turn, person) && !board.isIn(turn, person) && (chosen === nobody || rank(person) < rank(chosen))) chosen = person;
    }
    board.put(slot, chosen);
    yield 1;
  }
}

type Put = (slot: number, person: number) => void;

/** Makes one change at random; `false` when what was drawn cannot be done, and nothing is changed. */
function tryMove(problem: PlanProblem, board: PlanBoard, random: () => number, put: Put): boolean {
  const { people, turns } = problem;
  const draw = (count: number): number => Math.floor(random() * count);
  const kind = random();
  const slot = board.open[draw(board.open.length)] ?? 0;
  const turn = Math.floor(slot / board.roles);
  const person = board.personAt(slot);
  if (kind < 0.5) return replace(board, slot, draw(people), put);
  if (kind < 0.8) {
    const other = board.open[draw(board.open.length)] ?? 0;
    return exchange(board, slot, other, put);
  }
  const longest = Math.min(turns.length - turn, kind < 0.95 ? 6 : turns.length);
  return relabel(board, { from: turn, to: turn + 1 + draw(longest), one: person, other: draw(people) }, put);
}

/** Gives a slot to somebody else, who gives their own role in this turn in return. */
function replace(board: PlanBoard, slot: number, person: number, put: Put): boolean {
  const turn = Math.floor(slot / board.roles);
  const old = board.personAt(slot);
  if (person === old || !board.isThere(turn, person)) return false;
  if (board.isIn(turn, person)) {
    const own = slotOf(board, turn, person);
    if (!board.isOpen(own)) return false;
    put(own, old);
  }
  put(slot, person);
  return true;
}

/** Two people of different turns take each other's place. */
function exchange(board: PlanBoard, slot: number, other: number, put: Put): boolean {
  const [turn, otherTurn] = [Math.floor(slot / board.roles), Math.floor(other / board.roles)];
  const [person, otherPerson] = [board.personAt(slot), board.personAt(other)];
  if (turn === otherTurn || person === otherPerson || !board.isThere(turn, otherPerson) || !board.isThere(otherTurn, person)) return false;
  if (board.isIn(turn, otherPerson) || board.isIn(otherTurn, person)) return false;
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

/** Two people take each other's place in all of some turns one after the other. */
function relabel(board: PlanBoard, { from, to, one, other }: Relabelling, put: Put): boolean {
  if (one === other) return false;
  for (let turn = from; turn < to; turn += 1) {
    for (const [person, next] of [[one, other], [other, one]] as const) {
      if (board.isIn(turn, person) && !(board.isThere(turn, next) && board.isOpen(slotOf(board, turn, person)))) return false;
    }
  }
  for (let turn = from; turn < to; turn += 1) {
    const [first, second] = [slotOf(board, turn, one), slotOf(board, turn, other)];
    if (first !== nobody) put(first, other);
    if (second !== nobody) put(second, one);
  }
  return true;
}

/** Where a person is in a turn, or -1. */
function slotOf(board: PlanBoard, turn: number, person: number): number {
  for (let role = 0; role < board.roles; role += 1) if (board.personAt(turn * board.roles + role) === person) return turn * board.roles + role;
  return nobody;
}

/** Numbers from 0 to 1 that look random and are the same each time (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
