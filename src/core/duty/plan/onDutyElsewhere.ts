import { addDays } from "temporal-polyfill/fns/PlainDate";
import type { Desk, Rotation } from "../../desk/desk";
import { rotationsOf } from "../../desk/roles";
import { millisecondsOf } from "../../instantTime";
import { turnsBetween } from "../rotation";
import { dutySpans, firstDayOf } from "../rotationDays";

/** Who has a role of another rotation at some time of turn n. */
export function onDutyElsewhere(desk: Desk, rotation: Rotation, number: number): ReadonlySet<string> {
  const others = rotationsOf(desk).filter(({ name }) => name !== rotation.name);
  if (others.length === 0) return new Set();
  const { rotation: _, ...rest } = desk;
  const [firstDay, nextDay] = [firstDayOf(rotation, number), firstDayOf(rotation, number + 1)];
  const spans = dutySpans(rotation, firstDay, nextDay, desk.timezone);
  // A turn may end in the morning, and its last night with it.
  const turns = turnsBetween({ ...rest, rotations: others }, firstDay, addDays(nextDay, 1));
  const meets = (from: number, to: number): boolean => spans.some((span) => from < span.to && span.from < to);
  return new Set(turns.filter(({ from, to }) => meets(millisecondsOf(from), millisecondsOf(to))).flatMap(({ holders }) => Object.values(holders)));
}
