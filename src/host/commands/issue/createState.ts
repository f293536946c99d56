import type * as vscode from "vscode";
import type { Answers, FormState } from "../../../core/model/issueForm";
import type { IssueRef } from "../../../core/model/issueRef";
import { isRecord } from "../../../core/model/plainData";
import { runInBackground } from "../../platform/background";

/** The answers so far about an issue to create. */
export interface CreateState extends FormState {
  readonly title: string;
  readonly details: string;
  /** A known issue that was selected while typing the title, and what to do with it. */
  readonly known?: IssueRef;
  readonly about?: "open" | "add" | "related" | "new";
  readonly priority?: string | undefined;
  /** The criteria of the desk's priorities that apply. */
  readonly criteria: readonly string[];
  readonly services: readonly string[];
  readonly severity?: string;
  readonly environments: readonly string[];
  /** Whether it is only an exercise. */
  readonly isTest?: boolean;
  readonly repository?: string;
  /** Path of the runbook to start, if any. */
  readonly runbook?: string;
}

/** Whether the flow creates a new issue. */
export function creates(state: CreateState): boolean {
  return state.about === undefined || state.about === "new" || state.about === "related";
}

export const emptyState: CreateState = { title: "", details: "", criteria: [], services: [], environments: [] };

/** Reads a saved state. `undefined` if it is not valid or has no text. */
export function readSavedState(value: unknown): CreateState | undefined {
  if (!isRecord(value)) return undefined;
  const { title, details, priority, criteria, services, severity, environments, isTest, repository, runbook, form, filled } = value;
  if (typeof title !== "string" || typeof details !== "string") return undefined;
  if (title.trim() === "" && details.trim() === "") return undefined;
  return {
    title,
    details,
    criteria: textsIn(criteria),
    services: textsIn(services),
    environments: textsIn(environments),
    ...(typeof priority === "string" ? { priority } : {}),
    ...(typeof severity === "string" ? { severity } : {}),
    ...(isTest === true ? { isTest } : {}),
    ...(typeof repository === "string" ? { repository } : {}),
    ...(typeof runbook === "string" ? { runbook } : {}),
    ...(typeof form === "string" ? { form } : {}),
    ...(isRecord(filled) ? { filled: readFilled(filled) } : {}),
  };
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

/** Reads saved answers. Values that are not valid are skipped. */
function readFilled(value: Readonly<Record<string, unknown>>): Readonly<Record<string, Answers>> {
  const forms = Object.entries(value).map(([path, answers]) => {
    const read = Object.entries(isRecord(answers) ? answers : {}).flatMap(([key, answer]): readonly (readonly [string, string | readonly string[]])[] =>
      typeof answer === "string" ? [[key, answer]] : Array.isArray(answer) ? [[key, answer.filter((one) => typeof one === "string")]] : [],
    );
    return [path, Object.fromEntries(read)] as const;
  });
  return Object.fromEntries(forms);
}

/** The input of a flow that the user left, saved for the workspace until the issue is created or the draft is discarded. */
export interface SavedDraft {
  read(): CreateState | undefined;
  save(state: CreateState): void;
  clear(): void;
}

/** The saved draft for a kind of issue. */
export function savedDraft(memento: vscode.Memento, kind: string): SavedDraft {
  const key = `responseDesk.draft.${kind}`;
  return {
    read: () => readSavedState(memento.get(key)),
    save: (state) => runInBackground(memento.update(key, readSavedState(state))),
    clear: () => runInBackground(memento.update(key, undefined)),
  };
}
