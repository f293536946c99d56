import * as vscode from "vscode";
import { dueAlarms } from "./alarms/dueAlarms";
import { handoffAlarms } from "./alarms/handoffAlarms";
import type { DeskSession } from "./session";
import { stepAlarms } from "./alarms/stepAlarms";
import { dutyStatus } from "./views/dutyStatus";

/** What goes on by itself while a desk is open: the status bar, and the alarms of clocks, steps and the turn's end. */
export function watchDuty(context: vscode.ExtensionContext, session: DeskSession): vscode.Disposable {
  return vscode.Disposable.from(dutyStatus(session), dueAlarms(context, session), stepAlarms(session), handoffAlarms(session));
}
