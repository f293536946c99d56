import * as vscode from "vscode";
import type { RotationEditFailure } from "../../../core/duty/edit/rotationEdit";
import { assertNever } from "../../../core/result";
import { plainLabel } from "../../views/plainLabel";

/** Why a change of duty cannot be written, and what to do. */
export function sayRotaFailure(failure: RotationEditFailure): string {
  const t = vscode.l10n.t;
  switch (failure.kind) {
    case "brokenDesk":
      return t("desk.yml has an error, and nothing is written into what is not understood. Mend the marked lines, then do this again.");
    case "noRotation":
      return t("desk.yml has no rotation with this role. Write one under “rotation”, then do this again.");
    case "noHolder":
      return t("Nobody has the role {0} then. Cover that time instead.", plainLabel(failure.role));
    case "holdsAlready":
      return t("{0} has the role {1} already. Choose somebody else or another time.", plainLabel(failure.login), plainLabel(failure.role));
    case "badTime":
      return t("The end has to come after the beginning, on days that exist.");
    case "unwritable":
      return t("desk.yml is written in a way that this cannot be added to, as behind an alias (*). Nothing was changed; write it by hand.");
    default:
      return assertNever(failure);
  }
}

/** Says why nothing was written; the file is one click away. */
export async function tellRotaFailure(failure: RotationEditFailure): Promise<void> {
  const open = vscode.l10n.t("Open desk.yml");
  const chosen = await vscode.window.showWarningMessage(sayRotaFailure(failure), open);
  if (chosen === open) await vscode.commands.executeCommand("responseDesk.desk.open");
}
