/** Who is there in which turn (per person, per turn), how many roles a turn has, and who is experienced. */
export interface Cast {
  readonly roles: number;
  readonly experienced: readonly boolean[];
  readonly there: readonly (readonly boolean[])[];
}

/** By trying every plan: how many rules the best one breaks, and the smallest sum of the squares of loads among those that break so few. */
export function fewestBroken({ roles, experienced, there }: Cast): { readonly broken: number; readonly squares: number } {
  const shifts = there[0]?.length ?? 0;
  const usesExperience = roles > 1 && experienced.includes(true);
  let plans = new Map([[JSON.stringify({ held: [], loads: there.map(() => 0) }), 0]]);
  for (let turn = 0; turn < shifts; turn += 1) {
    const next = new Map<string, number>();
    const present = there.flatMap((weeks, person) => (weeks[turn] === true ? [person] : []));
    for (const [state, broken] of plans) {
      const { held, loads }: { readonly held: readonly number[]; readonly loads: readonly number[] } = JSON.parse(state);
      for (const chosen of subsets(present, Math.min(roles, present.length))) {
        const unpaired = usesExperience && chosen.length > 1 && !chosen.some((person) => experienced[person] === true);
        const all = broken + chosen.filter((person) => held.includes(person)).length + (unpaired ? 1 : 0);
        const key = JSON.stringify({ held: chosen, loads: loads.map((load, person) => load + (chosen.includes(person) ? 1 : 0)) });
        next.set(key, Math.min(all, next.get(key) ?? Infinity));
      }
    }
    plans = next;
  }
  const broken = Math.min(...plans.values());
  const squares = [...plans].filter(([, all]) => all === broken).map(([state]) => {
    const { loads }: { readonly loads: readonly number[] } = JSON.parse(state);
    return loads.reduce((sum, load) => sum + load ** 2, 0);
  });
  return { broken, squares: Math.min(...squares) };
}

function subsets(from: readonly number[], size: number): readonly (readonly number[])[] {
  if (size === 0) return [[]];
  return from.flatMap((first, index) => subsets(from.slice(index + 1), size - 1).map((rest) => [first, ...rest]));
}
