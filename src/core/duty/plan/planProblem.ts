/** A rota to be found, with people and roles as numbers from 0. */
export interface PlanProblem {
  readonly people: number;
  readonly roles: number;
  readonly turns: readonly TurnToPlan[];
  /** Who can back up somebody newer; everybody where the desk does not say it of anybody. */
  readonly experienced: readonly boolean[];
  readonly before: WorkBefore;
}

export interface TurnToPlan {
  /** Per person: whether they are there on all of its days, and not needed in another rotation. */
  readonly there: readonly boolean[];
  /** Per role: who holds it whatever is planned; `null` is somebody who takes no turns otherwise. */
  readonly fixed: readonly (number | null | undefined)[];
  readonly holiday: boolean;
}

/** What people have done this year before the first of the turns to plan, per person; parts of turns count as parts. */
export interface WorkBefore {
  readonly turns: readonly number[];
  readonly holidays: readonly number[];
  /** Per person and role. */
  readonly byRole: readonly (readonly number[])[];
  /** Who held a role in the turn just before. */
  readonly last: ReadonlySet<number>;
}

/** Per turn and role: the person, or nobody. */
export type PlanSolution = readonly (readonly (number | undefined)[])[];

/** The roles that can be filled in a turn are the first so many: the fixed ones, and as many more as people are there. */
export function openRoles({ people, roles }: PlanProblem, { there, fixed }: TurnToPlan): readonly number[] {
  const taken = new Set(fixed.filter((person) => person != null));
  let free = Array.from({ length: people }, (_, person) => person).filter((person) => there[person] === true && !taken.has(person)).length;
  return Array.from({ length: roles }, (_, role) => role).filter((role) => {
    if (fixed[role] !== undefined) return false;
    free -= 1;
    return free >= 0;
  });
}
