import type * as vscode from "vscode";
import { sameData } from "../../core/model/plainData";

/** Calls the listener after any of the events, until the returned disposable is disposed of. */
export function followEvents(listener: () => void, ...events: readonly vscode.Event<unknown>[]): vscode.Disposable {
  const subscriptions = events.map((event) => event(() => listener()));
  return { dispose: () => subscriptions.forEach((each) => void each.dispose()) };
}

/** The event, fired only if the value computed from it differs from the last one. */
export function changesOf<T>(event: vscode.Event<T>, value: (fired: T) => unknown): vscode.Event<T> {
  let last: unknown;
  return filterEvent(event, (fired) => {
    const before = last;
    last = value(fired);
    return !sameData(before, last);
  });
}

/** The event, fired only if its value passes the test. */
export function filterEvent<T>(event: vscode.Event<T>, passes: (value: T) => boolean): vscode.Event<T> {
  return (listener, thisArgs, disposables) => event((value) => (passes(value) ? listener.call(thisArgs, value) : undefined), undefined, disposables);
}
