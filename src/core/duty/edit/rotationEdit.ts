import type { Desk, PlannedTurn, Rotation, RotationOverride } from "../../desk/desk";
import { parseDesk } from "../../desk/parseDesk";
import { rotationsOf } from "../../desk/roles";
import { sameLogin } from "../../desk/sameLogin";
import { withEdits, type TextEdit } from "../../desk/textEdit";
import { addEntries, addItems, editedMap, replaceValue, type EditedMap } from "../../desk/yamlEdit";
import { failed, ok, type Result } from "../../result";
import type { Steps } from "../../steps";
import { overrideSpan } from "../stretches";
import type { Holders } from "../turn";

/** Why a change of duty cannot be written into a `desk.yml`. */
export type RotationEditFailure =
  /** The text has an error: nothing is written into what is not understood. */
  | { readonly kind: "brokenDesk" }
  | { readonly kind: "noRotation" }
  /** Nobody has the role then, or there is no turn. */
  | { readonly kind: "noHolder"; readonly role: string }
  | { readonly kind: "holdsAlready"; readonly role: string; readonly login: string }
  /** The end does not come after the start, or there is no such date. */
  | { readonly kind: "badTime"; readonly from: string; readonly to: string }
  /** The YAML is written in a way that this cannot be added to, as behind an alias. */
  | { readonly kind: "unwritable" };

/** Edits of the text that was given, which leave every other byte alone. */
export type RotationEdit = Result<readonly TextEdit[], RotationEditFailure>;

/** The desk of a text that is to be edited. */
export function deskToEdit(text: string): Result<Desk, RotationEditFailure> {
  const { desk } = parseDesk(text);
  return desk === undefined ? failed({ kind: "brokenDesk" }) : ok(desk);
}

/** The rotation that has a role. */
export function rotationOf(desk: Desk, role: string): Result<Rotation, RotationEditFailure> {
  const rotation = rotationsOf(desk).find(({ roles }) => roles.includes(role));
  return rotation === undefined ? failed({ kind: "noRotation" }) : ok(rotation);
}

/** Overrides at the end of the rotation's list, where they win; one for the same time and roles is changed in its place unless a later one is in its way. */
export function overridesEdit(text: string, desk: Desk, rotation: Rotation, asked: readonly RotationOverride[]): RotationEdit {
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

/** Planned turns in the rotation's map; one for the same turn is changed in its place. */
export function* plannedEdit(text: string, desk: Desk, rotation: Rotation, asked: readonly PlannedTurn[]): Steps<RotationEdit> {
  const map = mapOf(text, rotation);
  if (map === undefined) return failed({ kind: "unwritable" });
  const turns = asked.map((one) => ({ ...one, roles: spelled(desk, one.roles) }));
  const before = new Map(rotation.planned.map((turn) => [turn.starts, turn]));
  const added = turns.filter(({ starts }) => !before.has(starts));
  const edits = [
    ...turns.flatMap(({ starts, roles }) => {
      const old = before.get(starts);
      return old === undefined ? [] : valueEdits(map, ["planned", starts], old.roles, roles);
    }),
    ...(added.length === 0 ? [] : (addEntries(map, "planned", added.map(({ starts, roles }) => ({ key: starts, value: flowMap({}, roles) }))) ?? [undefined])),
  ];
  yield 1;
  const after = new Map([...before, ...turns.map((turn) => [turn.starts, turn] as const)]);
  return checked(text, edits, desk, { ...rotation, planned: [...after.values()] });
}

/** Holders whose logins are spelled as the desk spells them. */
function spelled(desk: Desk, holders: Holders): Holders {
  const known = [...desk.people.map(({ login }) => login), ...rotationsOf(desk).flatMap(({ people }) => people)];
  return Object.fromEntries(Object.entries(holders).map(([role, login]) => [role, known.find((one) => sameLogin(one, login)) ?? login]));
}

function mapOf(text: string, { name }: Rotation): EditedMap | undefined {
  return editedMap(text, name === undefined ? ["rotation"] : ["rotations", name]);
}

/** Logins that differ, one by one; the whole map where its roles do. */
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

/** The edits, if the text then means exactly the desk with this rotation. */
function checked(text: string, edits: readonly (TextEdit | undefined)[], desk: Desk, rotation: Rotation): RotationEdit {
  const whole = edits.filter((edit) => edit !== undefined);
  if (whole.length < edits.length) return failed({ kind: "unwritable" });
  const same = (one: Rotation): boolean => one.name === rotation.name;
  const expected = { ...desk, ...(desk.rotation === undefined ? {} : { rotation: same(desk.rotation) ? rotation : desk.rotation }), rotations: desk.rotations.map((one) => (same(one) ? rotation : one)) };
  const after = parseDesk(withEdits(text, whole)).desk;
  return after !== undefined && meaning(after) === meaning(expected) ? ok(whole) : failed({ kind: "unwritable" });
}

/** What a desk says, whatever the order of its planned turns and of roles in one. */
function meaning(desk: Desk): string {
  const ordered = (rotation: Rotation) => ({ ...rotation, planned: rotation.planned.map(orderedRoles).toSorted((a, b) => (a.starts < b.starts ? -1 : 1)), overrides: rotation.overrides.map(orderedRoles) });
  return JSON.stringify({ ...desk, rotation: desk.rotation === undefined ? undefined : ordered(desk.rotation), rotations: desk.rotations.map(ordered) });
}

function orderedRoles<T extends { readonly roles: Holders }>(one: T) {
  return { ...one, roles: Object.entries(one.roles).toSorted(([a], [b]) => (a < b ? -1 : 1)) };
}

/** Dates and times as they are, roles and logins in quotes where YAML needs them. */
function flowMap(times: Readonly<Record<string, string>>, roles: Holders): string {
  const entries = [...Object.entries(times).map(([key, time]) => `${key}: ${time}`), ...Object.entries(roles).map(([role, login]) => `${word(role)}: ${word(login)}`)];
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

function word(text: string): string {
  const plain = /^[A-Za-z][\w-]*$/.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return plain ? text : JSON.stringify(text);
}
