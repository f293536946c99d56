import type { Failure } from "../../core/model/failure";
import type { Issue, Relation } from "../../core/model/issue";
import type { IssueRef, Repository } from "../../core/model/issueRef";
import { hasName } from "../../core/model/names";
import type { RawIssue } from "./responses";

/** A message for the person although nothing failed. */
export type Notice =
  /** The server accepted the write but ignored some fields, because the account lacks the permission to set them. */
  | { readonly kind: "ignored"; readonly ref: IssueRef; readonly what: "labels" | "assignees" | "type"; readonly names: readonly string[] }
  /** The link is in both texts but not native: the server rejected it, or the issues have different owners. */
  | { readonly kind: "textOnly"; readonly ref: IssueRef; readonly other: IssueRef; readonly relation: Relation; readonly failure?: Failure }
  | { readonly kind: "renamed"; readonly from: Repository; readonly to: Repository }
  | { readonly kind: "duplicateClosed"; readonly ref: IssueRef; readonly of: IssueRef }
  /** One of several repositories could not be read. */
  | { readonly kind: "unread"; readonly repository: Repository; readonly failure: Failure };

/** Whether the server supports labels of this length. With a longer one it rejects the whole request. */
export function isPossibleLabel(name: string): boolean {
  return [...name].length <= 50;
}

/** Whether the server refused because somebody cannot be assigned. */
export function isAboutAssignees(failure: Failure): boolean {
  return failure.kind === "refused" && failure.fields?.some((field) => /^assignees?$/.test(field)) === true;
}

/** Reports which of the requested labels and assignees an issue did not get, because the account lacks the permission. */
export function notifyIgnored(onNotice: (notice: Notice) => void, issue: Issue, labels: readonly string[], assignees: readonly string[]): void {
  const left = (wanted: readonly string[], got: readonly string[]): readonly string[] => wanted.filter((name) => !hasName(got, name));
  const [noLabels, nobody] = [left(labels, issue.labels), left(assignees, issue.assignees)];
  if (noLabels.length > 0) onNotice({ kind: "ignored", ref: issue.ref, what: "labels", names: noLabels });
  if (nobody.length > 0) onNotice({ kind: "ignored", ref: issue.ref, what: "assignees", names: nobody });
}

/** Reports that an issue did not get the requested type, if the server has types. */
export function notifyNoType(onNotice: (notice: Notice) => void, raw: RawIssue, repository: Repository, wanted: string | undefined): void {
  if (wanted === undefined || raw.type === undefined || raw.type?.name.toLowerCase() === wanted.toLowerCase()) return;
  onNotice({ kind: "ignored", ref: { repository, number: raw.number }, what: "type", names: [wanted] });
}
