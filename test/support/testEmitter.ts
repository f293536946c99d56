import type * as vscode from "vscode";

/** An emitter that calls its listeners at once, without an editor. */
export function testEmitter<T>(): vscode.EventEmitter<T> {
  const listeners = new Set<(value: T) => unknown>();
  return {
    event: (listener, self) => {
      const mine = (value: T): unknown => listener.call(self, value);
      listeners.add(mine);
      return { dispose: () => void listeners.delete(mine) };
    },
    fire: (value) => listeners.forEach((each) => each(value)),
    dispose: () => listeners.clear(),
  };
}
