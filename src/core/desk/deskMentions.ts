import type { Desk } from "./desk";
import type { DeskFinding } from "./buildDesk";
import { deskRoles } from "./roles";
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

  for (const [index, login] of (desk.rotation?.people ?? []).entries()) {
    if (unknownLogin(login)) warn("unknownPerson", ["rotation", "people", index], login);
  }
  for (const [index, override] of (desk.rotation?.overrides ?? []).entries()) {
    for (const [role, login] of Object.entries(override.roles)) {
      const path = ["rotation", "overrides", index, role];
      if (desk.rotation?.roles.includes(role) === false) warn("unknownRole", path, role, "key");
      if (unknownLogin(login)) warn("unknownPerson", path, login);
    }
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
