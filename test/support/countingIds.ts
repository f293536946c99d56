import type { Ids } from '../../src/core/model/ports';

/** Consecutive ids that differ for each prefix: `a1`, `a2`, … */
export function countingIds(prefix = "id"): Ids {
  let count = 0;
  return {
    next() {
      count += 1;
      return `${prefix}${count}`;
    },
  };
}
