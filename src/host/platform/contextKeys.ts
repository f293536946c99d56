import type * as vscode from "vscode";
import { sameData } from "../../core/model/plainData";

/** Sets context keys by their names without `responseDesk.`. Skips keys that already have the value. */
export function contextKeys(execute: typeof vscode.commands.executeCommand): (name: string, value: unknown) => Promise<void> {
  const known = new Map<string, unknown>();
  return async (name, value) => {
    if (known.has(name) && sameData(known.get(name), value)) return;
    known.set(name, value);
    await execute("setContext", `responseDesk.${name}`, value);
  };
}
