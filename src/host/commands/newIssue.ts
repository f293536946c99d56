import * as vscode from "vscode";
import { plainLabel } from "../views/plainLabel";
import type { CommandEnd, DeskTools } from "./command";
import { createFlow } from "./create/createFlow";
import { pickOne } from "./input/pick";

/** Files an issue of any kind of the desk. */
export async function run(tools: DeskTools): Promise<CommandEnd> {
  const desk = tools.session.desk.config();
  const kind = await pickOne({
    place: { title: vscode.l10n.t("New issue"), back: false },
    placeholder: vscode.l10n.t("What kind of issue?"),
    choices: desk.kinds.map((each) => ({ label: plainLabel(each.name), description: plainLabel(each.repositories.join(", ")), value: each.name })),
  });
  if (kind.kind !== "next") return undefined;
  return createFlow(tools, { kind: kind.value, title: vscode.l10n.t("New {0}", plainLabel(kind.value)) });
}
