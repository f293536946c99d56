import { dateFrom, dateText, isDate } from "../calendarDate";
import { firstDayOf, turnOfDay } from "../duty/rotationDays";
import type { Desk, Rotation } from "./desk";
import type { DeskFinding } from "./buildDesk";
import { deskRoles, rotationsOf } from "./roles";
import type { YamlPath } from "./yamlTree";

/**
 * People, roles and priorities that the desk mentions and does not have. Warnings: the rest of the desk still means what
 * it says. Logins are only checked when the desk lists people.
 */
export function checkMentions(desk: Desk): readonly DeskFinding[] {
  const findings: DeskFinding[] = [];
  const warn = (code: DeskFinding["code"], path: YamlPath, value: string, part: DeskFinding["part"] = "value"): void => {
    findings.push({ severity: "warning", code, path, part, details: { value } });
  };
  const logins = new Set(desk.people.map((person) => person.login));
  const unknownLogin = (login: string): boolean => logins.size > 0 && !logins.has(login);
  const roles = new Set(deskRoles(desk));

  for (const rotation of rotationsOf(desk)) {
    const place: YamlPath = rotation.name === undefined ? ["rotation"] : ["rotations", rotation.name];
    const checkHolders = (holders: Readonly<Record<string, string>>, path: YamlPath): void => {
      for (const [role, login] of Object.entries(holders)) {
        if (!rotation.roles.includes(role)) warn("unknownRole", [...path, role], role, "key");
        if (unknownLogin(login)) warn("unknownPerson", [...path, role], login);
      }
    };
    for (const [index, login] of rotation.people.entries()) {
      if (unknownLogin(login)) warn("unknownPerson", [...place, "people", index], login);
    }
    for (const planned of rotation.planned) {
      const path = [...place, "planned", planned.starts];
      if (!beginsTurn(rotation, planned.starts)) warn("noTurn", path, planned.starts, "key");
      checkHolders(planned.roles, path);
    }
    for (const [index, override] of rotation.overrides.entries()) checkHolders(override.roles, [...place, "overrides", index]);
  }
  for (const [index, level] of desk.escalation.entries()) {
    for (const [at, to] of level.to.entries()) {
      if (!roles.has(to) && (logins.size === 0 || unknownLogin(to))) warn("unknownPerson", ["escalation", index, "to", at], to);
    }
  }
  for (const [index, priority] of desk.postmortem.for.entries()) {
    if (!desk.priorities.some((one) => one.name === priority)) warn("unknownPriority", ["postmortem", "for", index], priority);
  }
  return findings;
}

/** Whether a turn begins on the day; where a date is bad, that is said already. */
function beginsTurn(rotation: Rotation, starts: string): boolean {
  if (!isDate(starts) || !isDate(rotation.starts)) return true;
  const number = turnOfDay(rotation, dateFrom(starts));
  return number >= 0 && dateText(firstDayOf(rotation, number)) === starts;
}
