import type { Failure } from "../../core/model/failure";
import type { Issue, Relation } from "../../core/model/issue";
import type { IssueRef, Repository } from "../../core/model/issueRef";
import { hasName } from "../../core/model/names";
import type { RawIssue } from "./answers";

/** What a person should hear of though nothing failed. */
export type Notice =
  /** The server took the write but left this out, as it does for whoever lacks the right to set it. */
  | { readonly kind: "ignored"; readonly ref: IssueRef; readonly what: "labels" | "assignees" | "type"; readonly names: readonly string[] }
  /** Both texts name the link, and the server keeps none of its own: it said why, or they are of two owners. */
  | { readonly kind: "textOnly"; readonly ref: IssueRef; readonly other: IssueRef; readonly relation: Relation; readonly failure?: Failure }
  | { readonly kind: "renamed"; readonly from: Repository; readonly to: Repository }
  | { readonly kind: "duplicateClosed"; readonly ref: IssueRef; readonly of: IssueRef }
  /** One repository of several could not be read; the others were. */
  | { readonly kind: "unread"; readonly repository: Repository; readonly failure: Failure };

/** Whether the server knows labels of such a length: with a longer one it takes nothing at all. */
export function isPossibleLabel(name: string): boolean {
  return [...name].length <= 50;
}

/** Whether the server refused because somebody cannot be assigned. */
export function isAboutAssignees(failure: Failure): boolean {
  return failure.kind === "refused" && failure.fields?.some((field) => /^assignees?$/.test(field)) === true;
}

/** Tells which of the wanted labels and people an issue did not get, as it happens to whoever may not set them. */
export function notifyIgnored(onNotice: (notice: Notice) => void, issue: Issue, labels: readonly string[], assignees: readonly string[]): void {
  const left = (wanted: readonly string[], got: readonly string[]): readonly string[] => wanted.filter((name) => !hasName(got, name));
  const [noLabels, nobody] = [left(labels, issue.labels), left(assignees, issue.assignees)];
  if (noLabels.length > 0) onNotice({ kind: "ignored", ref: issue.ref, what: "labels", names: noLabels });
  if (nobody.length > 0) onNotice({ kind: "ignored", ref: issue.ref, what: "assignees", names: nobody });
}

/** Tells of an issue that did not get the wanted type, where the server has types at all. */
export function notifyNoType(onNotice: (notice: Notice) => void, raw: RawIssue, repository: Repository, wanted: string | undefined): void {
  if (wanted === undefined || raw.type === undefined || raw.type?.name.toLowerCase() === wanted.toLowerCase()) return;
  onNotice({ kind: "ignored", ref: { repository, number: raw.number }, what: "type", names: [wanted] });
}
