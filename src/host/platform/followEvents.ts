import type * as vscode from "vscode";
import { sameData } from "../../core/model/equality";

/** Calls the listener after any of the events, until what it gives is disposed of. */
export function followEvents(listener: () => void, ...events: readonly vscode.Event<unknown>[]): vscode.Disposable {
  const subscriptions = events.map((event) => event(() => listener()));
  return { dispose: () => subscriptions.forEach((each) => void each.dispose()) };
}

/** The event, fired only where what is worked out from its value is no longer equal to what it was the last time. */
export function changesOf<T>(event: vscode.Event<T>, value: (fired: T) => unknown): vscode.Event<T> {
  let last: unknown;
  return filterEvent(event, (fired) => {
    const before = last;
    last = value(fired);
    return !sameData(before, last);
  });
}

/** The event, fired only where its value passes. */
export function filterEvent<T>(event: vscode.Event<T>, passes: (value: T) => boolean): vscode.Event<T> {
  return (listener, thisArgs, disposables) => event((value) => (passes(value) ? listener.call(thisArgs, value) : undefined), undefined, disposables);
}
