import type { Ids } from '../../src/core/model/ports';

/** Names in a row, unlike those of any other prefix: `a1`, `a2`, … */
export function countingIds(prefix = "id"): Ids {
  let count = 0;
  return {
    next() {
      count += 1;
      return `${prefix}${count}`;
    },
  };
}
