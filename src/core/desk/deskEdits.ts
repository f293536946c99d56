import { addDays } from "temporal-polyfill/fns/PlainDate";
import { addScalar, copyItem, editedMap, replaceValue, type TextEdit, withEdits } from "../markup/yamlEdit";
import { rangeAt, readYamlTree, type YamlPath } from "../markup/yamlTree";
import { dateText } from "../model/calendarDate";
import { type Desk, type DeskProblemCode, type Rotation, rotationsOf } from "../model/desk";
import type { Instant } from "../model/issue";
import { hasLogin, sameLogin } from "../model/names";
import { type Problem, textStart } from "../model/problem";
import { dayAt, firstDayOf, firstWorkingDay, orderOf, shiftOfDay } from "../oncall/rotationDays";
import { stretchesOf } from "../oncall/stretches";
import { parseDesk } from "./parseDesk";

/** A person who was added to or removed from a rotation, which changes past or current shifts. */
interface MemberChange {
  readonly kind: "joinsNow" | "leavesNow";
  readonly login: string;
  /** The rotation after the change. */
  readonly rotation: Rotation;
  /** The first day, or last day, that would leave those shifts unchanged. */
  readonly date: string;
}

/** Number of shifts before the current one that are compared. */
const shiftsBack = 8;

/** Warns about people whose addition or removal changes past or current shifts. `before` is the previous text of `desk.yml`. */
export function checkChange(before: string, text: string, now: Instant): readonly Problem<DeskProblemCode>[] {
  if (before === text) return [];
  const { desk } = parseDesk(text);
  const changes = memberChanges(parseDesk(before).desk, desk, now);
  const { tree } = changes.length === 0 ? { tree: undefined } : readYamlTree(text);
  return changes.map((change) => ({
    severity: "warning",
    code: change.kind,
    range: tree === undefined || desk === undefined ? textStart : rangeAt(tree, yamlPathOf(change, desk), change.kind === "leavesNow" ? "key" : "value"),
    details: { value: change.login, date: change.date },
  }));
}

/** Edits that add a first or last day for such a person. Empty if the text cannot be edited safely. */
export function fixChange(before: string, text: string, now: Instant, { code, details }: Problem): readonly TextEdit[] {
  const [was, desk] = [parseDesk(before).desk, parseDesk(text).desk];
  const change = memberChanges(was, desk, now).find(({ kind, login }) => kind === code && login === details["value"]);
  if (was === undefined || desk === undefined || change === undefined) return [];
  const edits = change.kind === "joinsNow" ? joinEdits(text, desk, change) : leaveEdits(before, text, was, change);
  const after = edits === undefined ? undefined : parseDesk(withEdits(text, edits)).desk;
  return edits === undefined || memberChanges(was, after, now).some(({ login }) => login === change.login) ? [] : edits;
}

function memberChanges(before: Desk | undefined, after: Desk | undefined, now: Instant): readonly MemberChange[] {
  if (before === undefined || after === undefined) return [];
  return rotationsOf(after).flatMap((rotation): readonly MemberChange[] => {
    const was = rotationsOf(before).find(({ name }) => name === rotation.name);
    if (was === undefined) return [];
    const number = shiftOfDay(rotation, dayAt(rotation, now, after.timezone));
    const shifts = Array.from({ length: Math.min(number, shiftsBack) + 1 }, (_, step) => number - step);
    const holders = (desk: Desk, of: Rotation): string => JSON.stringify(shifts.map((shift) => stretchesOf(desk, of, shift).map((one) => one.shift)));
    if (holders(before, was) === holders(after, rotation)) return [];
    const near = Array.from({ length: 8 }, (_, step) => firstWorkingDay(rotation, number + 1 + step));
    const from = near.find((day) => day !== undefined) ?? rotation.starts;
    const until = dateText(addDays(firstDayOf(rotation, number + 1), -1));
    const takesShift = (of: Rotation, login: string): boolean => shifts.some((shift) => orderOf(of, shift).includes(login));
    return [
      ...rotation.people.filter((login) => !hasLogin(was.people, login) && takesShift(rotation, login)).map((login) => ({ kind: "joinsNow" as const, login, rotation, date: from })),
      ...was.people.filter((login) => !hasLogin(rotation.people, login) && takesShift(was, login)).map((login) => ({ kind: "leavesNow" as const, login, rotation, date: until })),
    ];
  });
}

/** The path of the added person, or of the list that lacks the removed one. */
function yamlPathOf({ kind, login, rotation }: MemberChange, desk: Desk): YamlPath {
  const index = desk.people.findIndex((person) => sameLogin(person.login, login));
  const own = [...pathOf(rotation), "people"];
  if (kind === "leavesNow") return index < 0 ? ["people"] : own;
  return index < 0 ? [...own, rotation.people.indexOf(login)] : ["people", index];
}

function joinEdits(text: string, desk: Desk, { login, rotation, date }: MemberChange): readonly TextEdit[] | undefined {
  const person = desk.people.findIndex((one) => sameLogin(one.login, login));
  const whole = editedMap(text, []);
  const own = editedMap(text, pathOf(rotation));
  // A person in the rotation's own list joins the rotation. Otherwise they join the team.
  const listed = own === undefined ? undefined : replaceValue(own, ["people", rotation.people.indexOf(login)], `{ login: ${JSON.stringify(login)}, from: ${date} }`);
  const edit = listed ?? (whole === undefined || person < 0 ? undefined : addScalar(whole, ["people", person], "from", date));
  return edit === undefined ? undefined : [edit];
}

function leaveEdits(before: string, text: string, was: Desk, { login, date }: MemberChange): readonly TextEdit[] | undefined {
  const person = was.people.findIndex((one) => sameLogin(one.login, login));
  const [from, to] = [editedMap(before, []), editedMap(text, [])];
  if (person < 0 || from === undefined || to === undefined) return undefined;
  const edit = copyItem(from, to, ["people"], person, { key: "until", value: date });
  return edit === undefined ? undefined : [edit];
}

function pathOf({ name }: Rotation): readonly string[] {
  return name === undefined ? ["rotation"] : ["rotations", name];
}
