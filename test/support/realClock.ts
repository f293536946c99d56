import type { Clock } from '../../src/core/model/ports';

/** The machine's clock, as the product uses it. */
export const realClock: Clock = {
  now: () => `${new Date().toISOString().slice(0, 19)}Z`,
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};
