import type * as vscode from "vscode";
import { sameData } from "../../core/model/plainData";

/** Creates an emitter. Passed in so that tests can run services without VS Code. */
export type NewEmitter = <T>() => vscode.EventEmitter<T>;

/** An event that fires for the differences between two versions of a state. */
interface ChangeEvent<Change, Hint> extends vscode.Disposable {
  readonly event: vscode.Event<Change>;
  /** Compares the state with that of the last call and fires for the differences. The first call fires nothing. */
  compare(hint?: Hint): void;
}

/** `changesOf` returns the values to fire, in order; `hint` is the argument of `compare`. */
export function changeEvent<State, Change, Hint = never>(
  newEmitter: NewEmitter,
  state: () => State,
  changesOf: (before: State, now: State, hint: Hint | undefined) => readonly Change[],
): ChangeEvent<Change, Hint> {
  const emitter = newEmitter<Change>();
  let last: { readonly state: State } | undefined;
  return {
    event: emitter.event,
    compare(hint) {
      const before = last;
      const now = state();
      last = { state: now };
      if (before !== undefined) for (const change of changesOf(before.state, now, hint)) emitter.fire(change);
    },
    dispose: () => emitter.dispose(),
  };
}

/** An event without a value that fires when plain data differs from the last call. */
export function dataChangeEvent(newEmitter: NewEmitter, state: () => unknown): ChangeEvent<void, never> {
  return changeEvent<unknown, void>(newEmitter, state, (before, now) => (sameData(before, now) ? [] : [undefined]));
}
