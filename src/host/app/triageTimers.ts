import type * as vscode from "vscode";
import { readTimers, type TriageTimer } from "../../core/incident/triage";

/** Internal command: reports that the timers changed. */
export const triageChanged = "responseDesk._triage.changed";

const key = "responseDesk.triage.timers";

/** The reports that are being looked into, stored for the workspace, so that they survive a restart. */
export interface TriageTimers {
  all(): readonly TriageTimer[];
  /** Stores a timer, and replaces the one with its id. */
  put(timer: TriageTimer): Promise<void>;
  remove(id: string): Promise<void>;
}

/** The timers in a memento. They are read each time, because commands and the status bar share them. */
export function triageTimers(memento: vscode.Memento): TriageTimers {
  const all = (): readonly TriageTimer[] => readTimers(memento.get(key));
  return {
    all,
    async put(timer) {
      const others = all();
      const known = others.some(({ id }) => id === timer.id);
      await memento.update(key, known ? others.map((each) => (each.id === timer.id ? timer : each)) : [...others, timer]);
    },
    async remove(id) {
      await memento.update(key, all().filter((each) => each.id !== id));
    },
  };
}
