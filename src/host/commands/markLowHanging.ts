import * as vscode from "vscode";
import { isLowHanging, lowHangingLabel } from "../../core/issue/lowHanging";
import type { CommandEnd, DeskTools } from "./command";
import { chooseIssue } from "./input/pickIssue";

/** Marks an issue as taking at most half a day, so that it is at hand when there is time left over. */
export async function run(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  return label(tools, argument, true);
}

/** Takes that mark off again. */
export async function unmark(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  return label(tools, argument, false);
}

async function label({ session, submit }: DeskTools, argument: unknown, mark: boolean): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const ref = await chooseIssue(session, argument, {
    title: mark ? t("Mark as low-hanging fruit") : t("No longer low-hanging fruit"),
    placeholder: mark ? t("Which issue takes at most half a day?") : t("Which issue?"),
    suits: (issue) => issue.state === "open" && isLowHanging(issue) !== mark,
  });
  if (ref === undefined) return undefined;
  const [add, remove] = mark ? [[lowHangingLabel], []] : [[], [lowHangingLabel]];
  return submit(t("Labelling…"), { kind: "edit", ref, change: { kind: "label", add, remove } });
}
