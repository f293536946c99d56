import { wallTimeOf } from "../calendar/localTime";
import { addEntries, addItems, type EditedMap, editedMap, replaceValue, type TextEdit, withEdits } from "../markup/yamlEdit";
import { dateFrom, isDate } from "../model/calendarDate";
import type { Steps } from "../model/cooperative";
import { type Desk, type PlannedShift, type Rotation, type RotationOverride, rotationsOf } from "../model/desk";
import type { Instant } from "../model/issue";
import { sameLogin } from "../model/names";
import { failed, ok, type Result } from "../model/result";
import type { Holders } from "../model/shift";
import { holdingAt, roleShift } from "../oncall/rotation";
import { shiftOfDay } from "../oncall/rotationDays";
import { overrideSpan } from "../oncall/stretches";
import { parseDesk } from "./parseDesk";

/** Why a schedule change cannot be written to a `desk.yml`. */
export type RotationEditFailure =
  /** The text has an error. Invalid files are not edited. */
  | { readonly kind: "brokenDesk" }
  | { readonly kind: "noRotation" }
  /** Nobody holds the role then, or there is no shift. */
  | { readonly kind: "noHolder"; readonly role: string }
  | { readonly kind: "holdsAlready"; readonly role: string; readonly login: string }
  /** The end is not after the start, or a date does not exist. */
  | { readonly kind: "badTime"; readonly from: string; readonly to: string }
  /** The YAML has a structure that cannot be edited, such as an alias. */
  | { readonly kind: "unwritable" };

/** Edits of the given text. All other bytes stay the same. */
export type RotationEdit = Result<readonly TextEdit[], RotationEditFailure>;

/** Parses the desk of a text that is to be edited. */
export function deskToEdit(text: string): Result<Desk, RotationEditFailure> {
  const { desk } = parseDesk(text);
  return desk === undefined ? failed({ kind: "brokenDesk" }) : ok(desk);
}

/** The rotation that contains a role. */
function rotationOf(desk: Desk, role: string): Result<Rotation, RotationEditFailure> {
  const rotation = rotationsOf(desk).find(({ roles }) => roles.includes(role));
  return rotation === undefined ? failed({ kind: "noRotation" }) : ok(rotation);
}

/**
 * Adds overrides at the end of the rotation's list, where they take precedence. An override with the same time and roles is
 * changed in place unless a later one overlaps it.
 */
function overridesEdit(text: string, desk: Desk, rotation: Rotation, asked: readonly RotationOverride[]): RotationEdit {
  const map = mapOf(text, rotation);
  if (map === undefined) return failed({ kind: "unwritable" });
  const overrides = asked.map((one) => ({ ...one, roles: spelled(desk, one.roles) }));
  const changed = overrides.map((override) => ({ override, index: indexOfSame(desk, rotation, override) }));
  const added = changed.flatMap(({ override, index }) => (index === undefined ? [override] : []));
  const edits = [
    ...changed.flatMap(({ override, index }) => (index === undefined ? [] : valueEdits(map, ["overrides", index], rotation.overrides[index]?.roles ?? {}, override.roles))),
    added.length === 0 ? [] : addItems(map, "overrides", added.map(({ from, to, roles }) => flowMap({ from, to }, roles))),
  ].flat();
  const kept = rotation.overrides.map((one, index) => changed.find((each) => each.index === index)?.override ?? one);
  return checked(text, edits, desk, { ...rotation, overrides: [...kept, ...added] });
}

/** Adds planned shifts to the rotation. A planned shift with the same start is changed in place. */
export function* plannedEdit(text: string, desk: Desk, rotation: Rotation, asked: readonly PlannedShift[]): Steps<RotationEdit> {
  const map = mapOf(text, rotation);
  if (map === undefined) return failed({ kind: "unwritable" });
  const shifts = asked.map((one) => ({ ...one, roles: spelled(desk, one.roles) }));
  const before = new Map(rotation.planned.map((shift) => [shift.starts, shift]));
  const added = shifts.filter(({ starts }) => !before.has(starts));
  const edits = [
    ...shifts.flatMap(({ starts, roles }) => {
      const old = before.get(starts);
      return old === undefined ? [] : valueEdits(map, ["planned", starts], old.roles, roles);
    }),
    ...(added.length === 0 ? [] : (addEntries(map, "planned", added.map(({ starts, roles }) => ({ key: starts, value: flowMap({}, roles) }))) ?? [undefined])),
  ];
  yield 1;
  const after = new Map([...before, ...shifts.map((shift) => [shift.starts, shift] as const)]);
  return checked(text, edits, desk, { ...rotation, planned: [...after.values()] });
}

/** Role holders in the spelling of the desk. */
function spelled(desk: Desk, holders: Holders): Holders {
  const known = [...desk.people.map(({ login }) => login), ...rotationsOf(desk).flatMap(({ people }) => people)];
  return Object.fromEntries(Object.entries(holders).map(([role, login]) => [role, known.find((one) => sameLogin(one, login)) ?? login]));
}

function mapOf(text: string, { name }: Rotation): EditedMap | undefined {
  return editedMap(text, name === undefined ? ["rotation"] : ["rotations", name]);
}

/** Edits of the logins that differ, or of the whole map if the roles differ. */
function valueEdits(map: EditedMap, path: readonly (string | number)[], before: Holders, after: Holders): readonly (TextEdit | undefined)[] {
  const sameRoles = roleText(Object.keys(before)) === roleText(Object.keys(after));
  if (!sameRoles) return [replaceValue(map, path, flowMap({}, after))];
  return Object.entries(after).flatMap(([role, login]) => (before[role] === login ? [] : [replaceValue(map, [...path, role], word(login))]));
}

function indexOfSame(desk: Desk, rotation: Rotation, { from, to, roles }: RotationOverride): number | undefined {
  const index = rotation.overrides.findLastIndex((one) => one.from === from && one.to === to && roleText(Object.keys(one.roles)) === roleText(Object.keys(roles)));
  if (index < 0) return undefined;
  const span = overrideSpan(rotation, { from, to }, desk.timezone);
  const inTheWay = rotation.overrides.slice(index + 1).some((one) => {
    const later = overrideSpan(rotation, one, desk.timezone);
    return later.from < span.to && span.from < later.to;
  });
  return inTheWay ? undefined : index;
}

function roleText(roles: readonly string[]): string {
  return roles.toSorted().join();
}

/** Returns the edits if the edited text parses to exactly the desk with this rotation. */
function checked(text: string, edits: readonly (TextEdit | undefined)[], desk: Desk, rotation: Rotation): RotationEdit {
  const whole = edits.filter((edit) => edit !== undefined);
  if (whole.length < edits.length) return failed({ kind: "unwritable" });
  const same = (one: Rotation): boolean => one.name === rotation.name;
  const expected = { ...desk, ...(desk.rotation === undefined ? {} : { rotation: same(desk.rotation) ? rotation : desk.rotation }), rotations: desk.rotations.map((one) => (same(one) ? rotation : one)) };
  const after = parseDesk(withEdits(text, whole)).desk;
  return after !== undefined && meaning(after) === meaning(expected) ? ok(whole) : failed({ kind: "unwritable" });
}

/** A canonical text of the desk, independent of the order of planned shifts and of roles within one. */
function meaning(desk: Desk): string {
  const ordered = (rotation: Rotation) => ({ ...rotation, planned: rotation.planned.map(orderedRoles).toSorted((a, b) => (a.starts < b.starts ? -1 : 1)), overrides: rotation.overrides.map(orderedRoles) });
  return JSON.stringify({ ...desk, rotation: desk.rotation === undefined ? undefined : ordered(desk.rotation), rotations: desk.rotations.map(ordered) });
}

function orderedRoles<T extends { readonly roles: Holders }>(one: T) {
  return { ...one, roles: Object.entries(one.roles).toSorted(([a], [b]) => (a < b ? -1 : 1)) };
}

/** Formats times as they are, and roles and logins with quotes if YAML needs them. */
function flowMap(times: Readonly<Record<string, string>>, roles: Holders): string {
  const entries = [...Object.entries(times).map(([key, time]) => `${key}: ${time}`), ...Object.entries(roles).map(([role, login]) => `${word(role)}: ${word(login)}`)];
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

function word(text: string): string {
  const plain = /^[A-Za-z][\w-]*$/.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return plain ? text : JSON.stringify(text);
}

/** One person covers a role for a time. */
interface Cover {
  readonly role: string;
  readonly login: string;
  /** The first and last day, or local times such as `2026-11-24T12:00` with `to` exclusive. */
  readonly from: string;
  readonly to: string;
}

/** Adds a cover to the text of a `desk.yml` as an override. */
export function coverEdit(text: string, { role, login, from, to }: Cover): RotationEdit {
  const desk = deskToEdit(text);
  if (desk.kind === "failed") return desk;
  const rotation = rotationOf(desk.value, role);
  if (rotation.kind === "failed") return rotation;
  if (!isOnCallTime(from) || !isOnCallTime(to)) return failed({ kind: "badTime", from, to });
  const span = overrideSpan(rotation.value, { from, to }, desk.value.timezone);
  if (span.from >= span.to) return failed({ kind: "badTime", from, to });
  return overridesEdit(text, desk.value, rotation.value, [{ from, to, roles: { [role]: login } }]);
}

/** Whether a text is an existing date, or a local time to the minute. */
export function isOnCallTime(text: string): boolean {
  return isDate(text) || (/^T([01]\d|2[0-3]):[0-5]\d$/.test(text.slice(10)) && isDate(text.slice(0, 10)));
}

/** Two shifts whose holders of a role swap. Each is given by an ISO date in it. */
interface Swap {
  readonly role: string;
  readonly first: string;
  readonly second: string;
}

/** Adds a swap of two shifts to the text of a `desk.yml` as two overrides. */
export function swapEdit(text: string, { role, first, second }: Swap): RotationEdit {
  const desk = deskToEdit(text);
  if (desk.kind === "failed") return desk;
  const rotation = rotationOf(desk.value, role);
  if (rotation.kind === "failed") return rotation;
  if (!isDate(first) || !isDate(second)) return failed({ kind: "badTime", from: first, to: second });
  const [one, other] = [first, second].map((date) => roleShift(desk.value, rotation.value, role, shiftOfDay(rotation.value, dateFrom(date))));
  if (one === undefined || other === undefined) return failed({ kind: "noHolder", role });
  if (one.login === other.login) return failed({ kind: "holdsAlready", role, login: one.login });
  return overridesEdit(text, desk.value, rotation.value, [
    { from: one.from, to: one.to, roles: { [role]: other.login } },
    { from: other.from, to: other.to, roles: { [role]: one.login } },
  ]);
}

/** A person takes over a role now. */
interface ShiftTakeover {
  readonly role: string;
  readonly login: string;
  readonly at: Instant;
}

/**
 * Adds a takeover to the text of a `desk.yml`: an override from the current minute until the current holder's time ends. If the
 * new holder has another role of the rotation, such as backup, the two people swap roles.
 */
export function takeoverEdit(text: string, { role, login, at }: ShiftTakeover): RotationEdit {
  const desk = deskToEdit(text);
  if (desk.kind === "failed") return desk;
  const rotation = rotationOf(desk.value, role);
  if (rotation.kind === "failed") return rotation;
  const holdings = holdingAt(desk.value, at);
  const holding = holdings[role];
  if (holding === undefined) return failed({ kind: "noHolder", role });
  if (sameLogin(holding.login, login)) return failed({ kind: "holdsAlready", role, login });
  const own = rotation.value.roles.find((one) => sameLogin(holdings[one]?.login ?? "", login));
  const minute = (instant: Instant): string => wallTimeOf(instant, desk.value.timezone).slice(0, 16);
  return overridesEdit(text, desk.value, rotation.value, [
    { from: minute(at), to: minute(holding.to), roles: { [role]: login, ...(own === undefined ? {} : { [own]: holding.login }) } },
  ]);
}
