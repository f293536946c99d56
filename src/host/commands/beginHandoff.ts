import * as vscode from "vscode";
import { wasOnDuty } from "../../core/duty/rotation";
import { openHandoff } from "../ui/openPanel";
import type { CommandEnd, DeskTools } from "./command";

/** Opens the hand-off of the person at the keyboard. One by somebody who was not on duty would not count, and is not begun. */
export async function run({ session }: DeskTools): Promise<CommandEnd> {
  const me = await session.account.me();
  if (me === undefined) return undefined;
  if (wasOnDuty(session.desk.config(), me, session.clock.now())) openHandoff(me);
  else {
    const t = vscode.l10n.t;
    const cover = t("Cover…");
    const text = t("Only somebody who is on duty, or was in the last shift, can hand off. Take over a shift first, or ask whoever was on duty to hand off.");
    if ((await vscode.window.showWarningMessage(text, cover)) === cover) await vscode.commands.executeCommand("responseDesk.rota.cover");
  }
  return undefined;
}
