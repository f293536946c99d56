import { renumberedPath } from "../../core/issue/fileName";
import type { IssueRef } from "../../core/issue/issueRef";
import { failed, ok, type Result } from "../../core/result";
import type { DeskFiles } from "./deskFiles";
import type { StoredIssue } from "./issueFolder";

/** An issue that was given another number because an older one has its own. */
export interface Renumbered {
  readonly from: IssueRef;
  readonly to: IssueRef;
  readonly title: string;
}

/** Writes the younger of two issues that a merge put into one file to a file of its own, then the older one to theirs. */
export async function separateIssues(desk: DeskFiles, both: StoredIssue): Promise<Result<Renumbered>> {
  const places = await desk.folder.places();
  if (places.kind === "failed") return places;
  const number = desk.folder.freeNumber(places.value);
  const path = renumberedPath(both.path, number);
  const written = await desk.files.write(path, both.younger ?? "");
  if (written.kind === "failed") return written;
  const left = await desk.files.write(both.path, both.text);
  if (left.kind === "failed") return left;
  const content = await desk.folder.readSome([{ path, number }]);
  const younger = content.stored[0]?.issue;
  if (younger === undefined) return failed({ kind: "unwritable", path, reason: "missing" });
  return ok({ from: { ...younger.ref, number: both.issue.ref.number }, to: younger.ref, title: younger.title });
}
