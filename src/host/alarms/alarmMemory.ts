import type * as vscode from "vscode";
import type { DeskSession } from "../session";
import { sharedMemory } from "../platform/storage";

/** Milliseconds in which another window may have taken the same alarm. */
const settle = 300;

/** Gives whether it is for this window to tell an alarm of that name: no window told it before, and of several that want to now, the one that wrote last does. */
export function alarmMemory(context: vscode.ExtensionContext, session: DeskSession): (name: string) => Promise<boolean> {
  return async (name) => {
    const memory = await sharedMemory(context, `${session.folder.uri.toString()} alarms`);
    const told = await memory.read(name);
    if (told.kind === "ok" && told.value !== undefined) return false;
    const id = session.ids.next();
    const written = await memory.write(name, id);
    await session.clock.wait(settle);
    const now = await memory.read(name);
    // Rather twice than never where nothing can be remembered.
    return written.kind === "failed" || now.kind === "failed" || now.value === id;
  };
}
