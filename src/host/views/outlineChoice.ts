import { isRecord } from "../../core/model/record";

/** By what issues are grouped, and which are shown; one choice for all issue views of a workspace. */
export interface OutlineChoice {
  readonly group: Grouping;
  readonly filter: IssueFilter;
}

export type Grouping = "none" | "stage" | "priority" | "assignee" | "kind";

export interface IssueFilter {
  readonly state: "open" | "closed" | "all";
  /** Words that all must be in title, labels or number. */
  readonly text?: string;
  /** A login, or `@me` for whoever is at the keyboard, or `@nobody`. */
  readonly assignee?: string;
  readonly priority?: string;
  readonly stage?: string;
  readonly service?: string;
}

/** Every grouping, as they are offered. */
export const groupings: readonly Grouping[] = ["none", "stage", "priority", "assignee", "kind"];

/** All open issues in one list. */
export const plainChoice: OutlineChoice = { group: "none", filter: { state: "open" } };

/** Where the choice is kept in the workspace's memory. */
export const choiceKey = "responseDesk.outline";

/** Reads a kept choice; what is not understood is as if never chosen. */
export function readChoice(value: unknown): OutlineChoice {
  if (!isRecord(value)) return plainChoice;
  const group = groupings.find((each) => each === value["group"]) ?? "none";
  const filter = isRecord(value["filter"]) ? value["filter"] : {};
  const state = (["open", "closed", "all"] as const).find((each) => each === filter["state"]) ?? "open";
  return { group, filter: { state, ...texts(filter) } };
}

/** Whether the filter hides anything that is shown without one. */
export function isFiltered(filter: IssueFilter): boolean {
  return Object.entries(filter).some(([name, value]) => (name === "state" ? value !== "open" : value !== undefined && value !== ""));
}

function texts(from: Readonly<Record<string, unknown>>): Omit<IssueFilter, "state"> {
  const names = ["text", "assignee", "priority", "stage", "service"] as const;
  return Object.fromEntries(names.flatMap((name) => (typeof from[name] === "string" && from[name] !== "" ? [[name, from[name]]] : [])));
}
