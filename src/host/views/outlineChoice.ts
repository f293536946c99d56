import { isRecord } from "../../core/model/plainData";
import type { LibraryGrouping } from "../../core/postmortem/library/library";

/** How issues are grouped and which are shown, and how post-mortems are grouped. All issue views of a workspace share one choice. */
export interface OutlineChoice {
  readonly group: Grouping;
  readonly filter: IssueFilter;
  readonly postmortems: LibraryGrouping;
}

export type Grouping = "none" | "stage" | "priority" | "assignee" | "kind";

export interface IssueFilter {
  readonly state: "open" | "closed" | "all";
  /** Words that must all occur in title, labels or number. */
  readonly text?: string;
  /** A login, `@me` for the current user, or `@nobody`. */
  readonly assignee?: string;
  readonly priority?: string;
  readonly stage?: string;
  readonly service?: string;
}

/** All groupings, in the order in which they are offered. */
export const groupings: readonly Grouping[] = ["none", "stage", "priority", "assignee", "kind"];

/** The same for post-mortems. */
export const libraryGroupings: readonly LibraryGrouping[] = ["service", "factor", "status"];

/** All open issues in one list. */
export const plainChoice: OutlineChoice = { group: "none", filter: { state: "open" }, postmortems: "service" };

/** Key of the choice in the workspace state. */
export const choiceKey = "responseDesk.outline";

/** Reads a stored choice. Values that are not recognized become the default. */
export function readChoice(value: unknown): OutlineChoice {
  if (!isRecord(value)) return plainChoice;
  const group = groupings.find((each) => each === value["group"]) ?? "none";
  const filter = isRecord(value["filter"]) ? value["filter"] : {};
  const state = (["open", "closed", "all"] as const).find((each) => each === filter["state"]) ?? "open";
  const postmortems = libraryGroupings.find((each) => each === value["postmortems"]) ?? "service";
  return { group, filter: { state, ...texts(filter) }, postmortems };
}

/** Whether the filter hides anything that the default shows. */
export function isFiltered(filter: IssueFilter): boolean {
  return Object.entries(filter).some(([name, value]) => (name === "state" ? value !== "open" : value !== undefined && value !== ""));
}

function texts(from: Readonly<Record<string, unknown>>): Omit<IssueFilter, "state"> {
  const names = ["text", "assignee", "priority", "stage", "service"] as const;
  return Object.fromEntries(names.flatMap((name) => (typeof from[name] === "string" && from[name] !== "" ? [[name, from[name]]] : [])));
}
