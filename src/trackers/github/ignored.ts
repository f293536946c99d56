import { hasName } from "../../core/sameName";
import type { Failure } from "../../core/failure";
import type { Issue } from "../../core/issue/issue";
import type { Repository } from "../../core/issue/issueRef";
import type { RawIssue } from "./answers";
import type { Notice } from "./notice";

/** Whether the server knows labels of such a length: with a longer one it takes nothing at all. */
export function isPossibleLabel(name: string): boolean {
  return [...name].length <= 50;
}

/** Whether the server refused because somebody cannot be assigned. */
export function isAboutAssignees(failure: Failure): boolean {
  return failure.kind === "refused" && failure.fields?.some((field) => /^assignees?$/.test(field)) === true;
}

/** Tells which of the wanted labels and people an issue did not get, as it happens to whoever may not set them. */
export function tellIgnored(told: (notice: Notice) => void, issue: Issue, labels: readonly string[], assignees: readonly string[]): void {
  const left = (wanted: readonly string[], got: readonly string[]): readonly string[] => wanted.filter((name) => !hasName(got, name));
  const [noLabels, nobody] = [left(labels, issue.labels), left(assignees, issue.assignees)];
  if (noLabels.length > 0) told({ kind: "ignored", ref: issue.ref, what: "labels", names: noLabels });
  if (nobody.length > 0) told({ kind: "ignored", ref: issue.ref, what: "assignees", names: nobody });
}

/** Tells of an issue that did not get the wanted type, where the server has types at all. */
export function tellNoType(told: (notice: Notice) => void, raw: RawIssue, repository: Repository, wanted: string | undefined): void {
  if (wanted === undefined || raw.type === undefined || raw.type?.name.toLowerCase() === wanted.toLowerCase()) return;
  told({ kind: "ignored", ref: { repository, number: raw.number }, what: "type", names: [wanted] });
}
