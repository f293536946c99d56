import type * as vscode from "vscode";
import type { IssueRef } from "../../../core/model/issueRef";
import { isRecord } from "../../../core/model/record";
import { runInBackground } from "../../platform/background";
import { type FormState, readFilled } from "./formState";

/** What a person has answered so far about an issue to be created. */
export interface CreateState extends FormState {
  readonly title: string;
  /** A known issue they chose while typing the title, and what to do about it. */
  readonly known?: IssueRef;
  readonly about?: "open" | "add" | "related" | "new";
  readonly priority?: string;
  readonly services: readonly string[];
  readonly repository?: string;
  /** Path of the runbook to start; absent: none. */
  readonly runbook?: string;
}

/** Whether it comes to a new issue. */
export function creates(state: CreateState): boolean {
  return state.about === undefined || state.about === "new" || state.about === "related";
}

/** Nothing answered yet. */
export const emptyState: CreateState = { title: "", details: "", services: [] };

/** Reads a state that an earlier session kept; `undefined` when it is not one or has nothing worth keeping. */
export function readSavedState(value: unknown): CreateState | undefined {
  if (!isRecord(value)) return undefined;
  const { title, details, priority, services, repository, runbook, form, filled } = value;
  if (typeof title !== "string" || typeof details !== "string") return undefined;
  if (title.trim() === "" && details.trim() === "") return undefined;
  return {
    title,
    details,
    services: Array.isArray(services) ? services.filter((service) => typeof service === "string") : [],
    ...(typeof priority === "string" ? { priority } : {}),
    ...(typeof repository === "string" ? { repository } : {}),
    ...(typeof runbook === "string" ? { runbook } : {}),
    ...(typeof form === "string" ? { form } : {}),
    ...(isRecord(filled) ? { filled: readFilled(filled) } : {}),
  };
}

/** What a person typed into a flow they left, kept for the workspace until they create it or throw it away. */
export interface SavedDraft {
  read(): CreateState | undefined;
  keep(state: CreateState): void;
  forget(): void;
}

/** The draft of a kind of issue in the memory of the workspace. */
export function savedDraft(memento: vscode.Memento, kind: string): SavedDraft {
  const key = `responseDesk.draft.${kind}`;
  return {
    read: () => readSavedState(memento.get(key)),
    keep: (state) => runInBackground(memento.update(key, readSavedState(state))),
    forget: () => runInBackground(memento.update(key, undefined)),
  };
}
