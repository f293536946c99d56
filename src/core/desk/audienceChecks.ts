import { isOneAddress } from "../handoff/mailto";
import type { YamlPath } from "../markup/yamlTree";
import type { Desk } from "../model/desk";
import { sameName } from "../model/names";
import type { DeskFinding } from "./buildDesk";

/** Checks audiences: two of the same name, nobody to reach, email addresses that are none, and cadences of unknown priorities. */
export function checkAudiences({ audiences, priorities }: Desk): readonly DeskFinding[] {
  return audiences.flatMap(({ name, slack, email, webhook, updateEvery }, index): readonly DeskFinding[] => {
    const path = ["audiences", name];
    const unknown = Object.keys(updateEvery).filter((priority) => !priorities.some((one) => one.name === priority));
    return [
      ...(audiences.slice(0, index).some((other) => sameName(other.name, name)) ? [finding("error", "duplicateName", path, name, "key")] : []),
      ...(slack === undefined && webhook === undefined && email.length === 0 ? [finding("warning", "unreachableAudience", path, name, "key")] : []),
      ...email.flatMap((address, at) => (isOneAddress(address) ? [] : [finding("warning", "badEmail", [...path, "email", at], address)])),
      ...unknown.map((priority) => finding("warning", "unknownPriority", [...path, "updateEvery", priority], priority, "key")),
    ];
  });
}

function finding(severity: DeskFinding["severity"], code: DeskFinding["code"], path: YamlPath, value: string, part: DeskFinding["part"] = "value"): DeskFinding {
  return { severity, code, path, part, details: { value } };
}
