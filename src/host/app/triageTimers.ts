import type * as vscode from "vscode";
import { readTimers, type TriageTimer } from "../../core/incident/triage";
import type { NewEmitter } from "./changeEvent";

const key = "responseDesk.triage.timers";

/** The reports that are being looked into, stored for the workspace, so that they survive a restart. */
export interface TriageTimers {
  all(): readonly TriageTimer[];
  /** Stores a timer, and replaces the one with its id. */
  put(timer: TriageTimer): Promise<void>;
  remove(id: string): Promise<void>;
  /** Fires after a timer was put or removed. */
  readonly onDidChange: vscode.Event<void>;
}

/** Keeps the timers in a memento. */
export function createTriageTimers(memento: vscode.Memento, newEmitter: NewEmitter): TriageTimers & vscode.Disposable {
  const changed = newEmitter<void>();
  const all = (): readonly TriageTimer[] => readTimers(memento.get(key));
  return {
    all,
    async put(timer) {
      const others = all();
      const known = others.some(({ id }) => id === timer.id);
      await memento.update(key, known ? others.map((each) => (each.id === timer.id ? timer : each)) : [...others, timer]);
      changed.fire();
    },
    async remove(id) {
      await memento.update(key, all().filter((each) => each.id !== id));
      changed.fire();
    },
    onDidChange: changed.event,
    dispose: () => changed.dispose(),
  };
}
