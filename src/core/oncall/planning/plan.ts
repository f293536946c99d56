import type { Instant } from "../../model/issue";
import type { Holders } from "../../model/shift";

/** A proposed schedule. It has no effect until a person saves it to `desk.yml`. */
export interface ShiftPlan {
  /** The name of the rotation, if it has one. */
  readonly rotation?: string;
  readonly shifts: readonly ProposedShift[];
  /** All participants in rotation order. */
  readonly loads: readonly PlannedLoad[];
  /** The rules that could not be satisfied, and why. */
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

/** Why a person holds a role in a shift, most important reason first. People who are on call in another rotation count as away. */
interface PlanChoice {
  readonly role: string;
  readonly login: string;
  readonly reasons: readonly ChoiceReason[];
}

export type ChoiceReason =
  /** An override assigns the role for the whole shift. */
  | { readonly kind: "override" }
  /** Nobody else was available who had no shift just before and no other role in this one. */
  | { readonly kind: "onlyOne"; readonly away: readonly string[]; readonly justServed: readonly string[] }
  /** The experienced backup of a newer primary. */
  | { readonly kind: "backs"; readonly login: string }
  /** Has the fewest shifts this year of all available people. */
  | { readonly kind: "fewestShifts"; readonly shifts: number }
  /** Has the fewest shifts with holidays this year of all available people. */
  | { readonly kind: "fewestHolidays"; readonly holidays: number }
  /** Makes the totals at the end more even. */
  | { readonly kind: "evenInTheEnd"; readonly total: number };

/** Shifts this year. Parts of shifts count as fractions. */
export interface PlannedLoad {
  readonly login: string;
  readonly before: number;
  readonly planned: number;
  readonly total: number;
  /** Number of shifts with a holiday. */
  readonly holidays: number;
}

/** A rule that a plan does not satisfy. People who are on call in another rotation count as away. */
export type PlanProblemFound =
  /** Nobody is available for the role on all days of the shift. */
  | { readonly kind: "gap"; readonly starts: string; readonly role: string; readonly away: readonly string[] }
  /** Everybody else is away or already on call. */
  | { readonly kind: "twoInARow"; readonly starts: string; readonly login: string; readonly away: readonly string[] }
  | { readonly kind: "noExperiencedBackup"; readonly starts: string; readonly primary: string; readonly backup: string; readonly away: readonly string[] }
  /** The shifts of the year differ by more than one: who has fewer or more than their share, and why. */
  | { readonly kind: "uneven"; readonly fewest: number; readonly most: number; readonly people: readonly UnevenLoad[] };

export interface UnevenLoad {
  readonly login: string;
  readonly total: number;
  readonly side: "fewer" | "more";
  readonly because: UnevenReason;
}

export type UnevenReason =
  /** Available in only this number of the planned shifts. */
  | { readonly kind: "away"; readonly shiftsThere: number }
  /** Had this number of shifts earlier this year. */
  | { readonly kind: "before"; readonly shifts: number }
  /** Newer primaries need an experienced backup. */
  | { readonly kind: "experience" }
  /** Other people could not take more. */
  | { readonly kind: "others" }
  /** Because of the rule against consecutive shifts and people's absences, no more even plan was found. */
  | { readonly kind: "rest" };

/** A planning problem, with people and roles as indexes. */
export interface PlanProblem {
  readonly people: number;
  readonly roles: number;
  readonly shifts: readonly ShiftToPlan[];
  /** Who can back up a newer primary. Everybody, if the desk marks nobody as experienced. */
  readonly experienced: readonly boolean[];
  readonly before: WorkBefore;
}

export interface ShiftToPlan {
  /** Per person: whether they are available on all days and not needed in another rotation. */
  readonly there: readonly boolean[];
  /** Per role: the fixed holder. `null` is a person who is not a participant. */
  readonly fixed: readonly (number | null | undefined)[];
  readonly holiday: boolean;
}

/** Work of this year before the planned shifts, per person. Parts of shifts count as fractions. */
export interface WorkBefore {
  readonly shifts: readonly number[];
  readonly holidays: readonly number[];
  /** Per person and role. */
  readonly byRole: readonly (readonly number[])[];
  /** Who held a role in the shift just before. */
  readonly last: ReadonlySet<number>;
}

/** Per shift and role: the person, or nobody. */
export type PlanSolution = readonly (readonly (number | undefined)[])[];

/** Number of roles that can be filled in a shift: the fixed ones, and one for each available person. */
export function openRoles({ people, roles }: PlanProblem, { there, fixed }: ShiftToPlan): readonly number[] {
  const taken = new Set(fixed.filter((person) => person != null));
  let free = Array.from({ length: people }, (_, person) => person).filter((person) => there[person] === true && !taken.has(person)).length;
  return Array.from({ length: roles }, (_, role) => role).filter((role) => {
    if (fixed[role] !== undefined) return false;
    free -= 1;
    return free >= 0;
  });
}
