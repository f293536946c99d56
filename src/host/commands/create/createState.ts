import { isRecord } from "../../../core/isRecord";
import type { IssueRef } from "../../../core/issue/issueRef";
import { readFilled, type FormState } from "../forms/formState";

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
export function readKeptState(value: unknown): CreateState | undefined {
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
