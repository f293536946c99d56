import * as vscode from "vscode";
import { choiceKey, groupings, readChoice, type Grouping } from "../views/outlineChoice";
import { ok } from "../../core/result";
import type { CommandEnd, DeskTools } from "./command";
import { pickOne } from "./input/pick";

/** Groups the issues of all views by what a person picks. */
export async function run({ context }: DeskTools): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const choice = readChoice(context.workspaceState.get(choiceKey));
  const names: Readonly<Record<Grouping, string>> = {
    none: t("No groups"),
    stage: t("Stage"),
    priority: t("Priority"),
    assignee: t("Assignee"),
    kind: t("Kind"),
  };
  const answer = await pickOne({
    place: { title: t("Group issues by"), back: false },
    placeholder: t("By what?"),
    choices: groupings.map((group) => ({ label: names[group], description: group === choice.group ? t("now") : "", value: group })),
    active: (group) => group === choice.group,
  });
  if (answer.kind !== "next") return undefined;
  await context.workspaceState.update(choiceKey, { ...choice, group: answer.value });
  await vscode.commands.executeCommand("responseDesk._views.update");
  return ok(undefined);
}
