import type { Duration } from "./desk";

/** What a duration looks like in `desk.yml` and front matter, as in `15m`, `1h`, `5d`, `1w`. */
export const durationPattern = /^[1-9][0-9]{0,4}[mhdw]$/;

/** Reads `15m`, `1h`, `5d` or `1w`; `undefined` for anything else. */
export function parseDuration(text: string): Duration | undefined {
  if (!durationPattern.test(text)) return undefined;
  const unit = durationUnits.find((one) => text.endsWith(one));
  return unit === undefined ? undefined : { amount: Number(text.slice(0, -1)), unit };
}

const durationUnits = ["m", "h", "d", "w"] as const;
