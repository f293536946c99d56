import { addDays } from "temporal-polyfill/fns/PlainDate";
import { dateText } from "../calendarDate";
import type { Desk, Rotation } from "../desk/desk";
import { firstDayOf } from "./rotationDays";
import { turnShares } from "./turnShares";

/** A turn as one role sees it: its first and last day as ISO dates, and who has the role for most of it. */
export interface RoleTurn {
  readonly from: string;
  readonly to: string;
  readonly login: string;
}

/** Turn n of a rotation for one of its roles; `undefined` before the first turn and where nobody has the role. */
export function roleTurn(desk: Desk, rotation: Rotation, role: string, number: number): RoleTurn | undefined {
  if (number < 0) return undefined;
  const [most] = turnShares(desk, rotation, number).filter((one) => one.role === role).toSorted((a, b) => b.share - a.share);
  if (most === undefined) return undefined;
  return { from: dateText(firstDayOf(rotation, number)), to: dateText(addDays(firstDayOf(rotation, number + 1), -1)), login: most.login };
}
