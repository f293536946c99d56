import type { Instant } from "../../model/issue";
import type { Holders } from "../../model/shift";

/** A rota that is proposed: nothing of it holds before a person has taken it over into `desk.yml`. */
export interface ShiftPlan {
  /** The name of the rotation, where it has one. */
  readonly rotation?: string;
  readonly shifts: readonly ProposedShift[];
  /** Everybody who takes turns, in the order of the rotation. */
  readonly loads: readonly PlannedLoad[];
  /** Rules that could not be kept, and why. */
  readonly problems: readonly PlanProblemFound[];
}

export interface ProposedShift {
  /** ISO dates of the first and the last day. */
  readonly starts: string;
  readonly ends: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly holders: Holders;
  readonly holiday: boolean;
  readonly choices: readonly PlanChoice[];
}

/** Why somebody holds a role in a turn; the first reason weighs most. Whoever is in another rotation then counts as away. */
interface PlanChoice {
  readonly role: string;
  readonly login: string;
  readonly reasons: readonly ChoiceReason[];
}

export type ChoiceReason =
  /** An override gives the role for the whole turn. */
  | { readonly kind: "override" }
  /** Nobody else was there who had no turn just before or holds another role in this one. */
  | { readonly kind: "onlyOne"; readonly away: readonly string[]; readonly justServed: readonly string[] }
  /** The experienced backup of somebody newer. */
  | { readonly kind: "backs"; readonly login: string }
  /** Has had the fewest turns this year of all who could take it. */
  | { readonly kind: "fewestShifts"; readonly shifts: number }
  /** Has had the fewest turns with holidays this year of all who could take it. */
  | { readonly kind: "fewestHolidays"; readonly holidays: number }
  /** So that everybody comes out even at the end. */
  | { readonly kind: "evenInTheEnd"; readonly total: number };

/** Turns this year; parts of turns count as parts. */
export interface PlannedLoad {
  readonly login: string;
  readonly before: number;
  readonly planned: number;
  readonly total: number;
  /** How many of them have a holiday. */
  readonly holidays: number;
}

/** What a plan could not keep. Whoever is in another rotation then counts as away. */
export type PlanProblemFound =
  /** Nobody is left for the role on all days of the turn. */
  | { readonly kind: "gap"; readonly starts: string; readonly role: string; readonly away: readonly string[] }
  /** All others are away or on duty already. */
  | { readonly kind: "twoInARow"; readonly starts: string; readonly login: string; readonly away: readonly string[] }
  | { readonly kind: "noExperiencedBackup"; readonly starts: string; readonly primary: string; readonly backup: string; readonly away: readonly string[] }
  /** The turns of the year differ by more than one: who has fewer or more than their share, and why. */
  | { readonly kind: "uneven"; readonly fewest: number; readonly most: number; readonly people: readonly UnevenLoad[] };

export interface UnevenLoad {
  readonly login: string;
  readonly total: number;
  readonly side: "fewer" | "more";
  readonly because: UnevenReason;
}

export type UnevenReason =
  /** There in only so many of the turns to plan. */
  | { readonly kind: "away"; readonly shiftsThere: number }
  /** Had so many turns, or so few, earlier this year. */
  | { readonly kind: "before"; readonly shifts: number }
  /** Newer primaries need somebody experienced beside them. */
  | { readonly kind: "experience" }
  /** Others could not take more. */
  | { readonly kind: "others" }
  /** No turns in a row, and who is there when: no more even plan was found. */
  | { readonly kind: "rest" };

/** A rota to be found, with people and roles as numbers from 0. */
export interface PlanProblem {
  readonly people: number;
  readonly roles: number;
  readonly shifts: readonly ShiftToPlan[];
  /** Who can back up somebody newer; everybody where the desk does not say it of anybody. */
  readonly experienced: readonly boolean[];
  readonly before: WorkBefore;
}

export interface ShiftToPlan {
  /** Per person: whether they are there on all of its days, and not needed in another rotation. */
  readonly there: readonly boolean[];
  /** Per role: who holds it whatever is planned; `null` is somebody who takes no turns otherwise. */
  readonly fixed: readonly (number | null | undefined)[];
  readonly holiday: boolean;
}

/** What people have done this year before the first of the turns to plan, per person; parts of turns count as parts. */
export interface WorkBefore {
  readonly shifts: readonly number[];
  readonly holidays: readonly number[];
  /** Per person and role. */
  readonly byRole: readonly (readonly number[])[];
  /** Who held a role in the turn just before. */
  readonly last: ReadonlySet<number>;
}

/** Per turn and role: the person, or nobody. */
export type PlanSolution = readonly (readonly (number | undefined)[])[];

/** The roles that can be filled in a turn are the first so many: the fixed ones, and as many more as people are there. */
export function openRoles({ people, roles }: PlanProblem, { there, fixed }: ShiftToPlan): readonly number[] {
  const taken = new Set(fixed.filter((person) => person != null));
  let free = Array.from({ length: people }, (_, person) => person).filter((person) => there[person] === true && !taken.has(person)).length;
  return Array.from({ length: roles }, (_, role) => role).filter((role) => {
    if (fixed[role] !== undefined) return false;
    free -= 1;
    return free >= 0;
  });
}
