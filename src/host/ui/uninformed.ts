import * as vscode from "vscode";
import type { UninformedAudience } from "../../core/incident/ending";
import { pickOne } from "./quickPick";
import { plainLabel } from "./safeText";

/** Which audiences were never updated, and which do not know how the incident ended, as sentences without the last period. */
export function describeUninformed(audiences: readonly UninformedAudience[]): readonly string[] {
  const t = vscode.l10n.t;
  const named = (code: UninformedAudience["code"]): string => plainLabel(audiences.filter((one) => one.code === code).map(({ audience }) => audience).join(", "));
  const [never, notAboutEnd] = [named("never"), named("notAboutEnd")];
  return [...(never === "" ? [] : [t("No update was sent to: {0}", never)]), ...(notAboutEnd === "" ? [] : [t("The end was not announced to: {0}", notAboutEnd)])];
}

/**
 * Asks once whether to end an incident that audiences do not know enough about, unless there are none. `send`: it is ended, and an
 * update follows. Returns `undefined` if the user leaves.
 */
export async function confirmUninformed(title: string, audiences: readonly UninformedAudience[]): Promise<"end" | "send" | undefined> {
  if (audiences.length === 0) return "end";
  const t = vscode.l10n.t;
  const answer = await pickOne<"end" | "send">({
    flowStep: { title, back: false },
    placeholder: describeUninformed(audiences).join(". "),
    choices: [
      { label: `$(megaphone) ${t("Close, Then Send Update")}`, description: plainLabel(audiences.map(({ audience }) => audience).join(", ")), value: "send" },
      { label: `$(pass) ${t("Close Without Update")}`, value: "end" },
    ],
  });
  return answer.kind === "next" ? answer.value : undefined;
}
