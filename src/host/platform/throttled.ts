import type * as vscode from "vscode";

/** The first call acts at once; calls within `milliseconds` after it become one at their end. */
export function throttled(milliseconds: number, action: () => void): (() => void) & vscode.Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let again = false;
  const call = (): void => {
    if (timer !== undefined) {
      again = true;
      return;
    }
    timer = setTimeout(() => {
      timer = undefined;
      if (again) call();
    }, milliseconds);
    again = false;
    action();
  };
  return Object.assign(call, { dispose: () => clearTimeout(timer) });
}
