import { isRecord } from "../../../core/isRecord";
import type { IssueRef } from "../../../core/issue/issueRef";

/** What a person has answered so far about an issue to be created. */
export interface CreateState {
  readonly title: string;
  readonly details: string;
  /** A known issue they chose while typing the title, and what to do about it. */
  readonly known?: IssueRef;
  readonly about?: "open" | "add" | "related" | "new";
  readonly priority?: string;
  readonly services: readonly string[];
  readonly repository?: string;
  /** Path of the runbook to start; absent: none. */
  readonly runbook?: string;
}

/** Nothing answered yet. */
export const emptyState: CreateState = { title: "", details: "", services: [] };

/** Reads a state that an earlier session kept; `undefined` when it is not one or has nothing worth keeping. */
export function readKeptState(value: unknown): CreateState | undefined {
  if (!isRecord(value)) return undefined;
  const { title, details, priority, services, repository, runbook } = value;
  if (typeof title !== "string" || typeof details !== "string") return undefined;
  if (title.trim() === "" && details.trim() === "") return undefined;
  return {
    title,
    details,
    services: Array.isArray(services) ? services.filter((service) => typeof service === "string") : [],
    ...(typeof priority === "string" ? { priority } : {}),
    ...(typeof repository === "string" ? { repository } : {}),
    ...(typeof runbook === "string" ? { runbook } : {}),
  };
}
