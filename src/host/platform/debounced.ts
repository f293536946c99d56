import type * as vscode from "vscode";

/** Calls that come close together become one, `milliseconds` after the last of them. */
export function debounced(milliseconds: number, action: () => void): (() => void) & vscode.Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const call = (): void => {
    clearTimeout(timer);
    timer = setTimeout(action, milliseconds);
  };
  return Object.assign(call, { dispose: () => clearTimeout(timer) });
}
