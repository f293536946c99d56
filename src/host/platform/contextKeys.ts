import type * as vscode from "vscode";
import { sameData } from "../../core/model/equality";

/** Sets context keys of the manifest, by their names without `responseDesk.`; a key that has this value already is not set again. */
export function contextKeys(execute: typeof vscode.commands.executeCommand): (name: string, value: unknown) => Promise<void> {
  const known = new Map<string, unknown>();
  return async (name, value) => {
    if (known.has(name) && sameData(known.get(name), value)) return;
    known.set(name, value);
    await execute("setContext", `responseDesk.${name}`, value);
  };
}
