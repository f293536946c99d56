import type * as vscode from "vscode";
import type { DeskSession } from "./session";
import { sharedMemory } from "./platform/storage";

/** Milliseconds in which another window may have taken the same alarm. */
const settle = 300;

/** Whether this window is the one to tell an alarm of this name: on one machine it is told once, and never again after a restart. Of several windows the one that wrote last tells. */
export async function takesAlarm(context: vscode.ExtensionContext, session: DeskSession, name: string): Promise<boolean> {
  const memory = await sharedMemory(context, `${session.folder.uri.toString()} alarms`);
  const told = await memory.read(name);
  if (told.kind === "ok" && told.value !== undefined) return false;
  const id = session.ids.next();
  const written = await memory.write(name, id);
  await session.clock.wait(settle);
  const now = await memory.read(name);
  // Rather twice than never where nothing can be remembered.
  return written.kind === "failed" || now.kind === "failed" || now.value === id;
}
