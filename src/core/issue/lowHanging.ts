import type { Issue } from "./issue";

/** The label of issues that take at most half a day: work for time left over. */
export const lowHangingLabel = "low-hanging fruit";

/** Whether an open issue is marked so. */
export function isLowHanging({ state, labels }: Issue): boolean {
  return state === "open" && labels.some((label) => label.toLowerCase() === lowHangingLabel);
}
