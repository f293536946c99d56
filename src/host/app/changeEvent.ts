import type * as vscode from "vscode";
import { sameData } from "../../core/model/equality";

/** Makes an emitter. It is a port, so that services run in tests without an editor. */
export type NewEmitter = <T>() => vscode.EventEmitter<T>;

/** An event that fires for what differs between two looks at a state. */
interface ChangeEvent<Change, Hint> extends vscode.Disposable {
  readonly event: vscode.Event<Change>;
  /** Compares the state with the one of the last call and fires for what differs. The first call fires nothing. */
  compare(hint?: Hint): void;
}

/** `changesOf` gives the values to fire, in their order; `hint` is what `compare` was called with. */
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

/** An event without a value that fires when plain data is no longer equal to what it was. */
export function dataChangeEvent(newEmitter: NewEmitter, state: () => unknown): ChangeEvent<void, never> {
  return changeEvent<unknown, void>(newEmitter, state, (before, now) => (sameData(before, now) ? [] : [undefined]));
}
