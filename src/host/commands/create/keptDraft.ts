import type * as vscode from "vscode";
import { type CreateState, readKeptState } from "./createState";
import { runInBackground } from "../../platform/background";

/** What a person typed into a flow they left, kept for the workspace until they create it or throw it away. */
export interface KeptDraft {
  read(): CreateState | undefined;
  keep(state: CreateState): void;
  forget(): void;
}

/** The draft of a kind of issue in the memory of the workspace. */
export function keptDraft(memento: vscode.Memento, kind: string): KeptDraft {
  const key = `responseDesk.draft.${kind}`;
  return {
    read: () => readKeptState(memento.get(key)),
    keep: (state) => runInBackground(memento.update(key, readKeptState(state))),
    forget: () => runInBackground(memento.update(key, undefined)),
  };
}
