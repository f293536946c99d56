import { readIssueFile, renumberedPath } from "../../core/markup/issueFile";
import type { IssueRef } from "../../core/model/issueRef";
import { failed, ok, type Result } from "../../core/model/result";
import type { DeskFiles } from "./deskFiles";
import type { StoredIssue } from "./issueFolder";

/** An issue that was renumbered because an older one has its number. */
export interface Renumbered {
  readonly from: IssueRef;
  readonly to: IssueRef;
  readonly title: string;
}

/**
 * Splits two issues that a merge put into one file into separate files. The newer one gets another number. Neither keeps the
 * file name, so that in a merge with a third branch Git identifies the issue by its text.
 */
export async function separateIssues(desk: DeskFiles, both: StoredIssue): Promise<Result<Renumbered>> {
  const { files, folder } = desk;
  const all = await folder.readAll();
  const locations = await folder.locations();
  if (all.kind === "failed") return all;
  if (locations.kind === "failed") return locations;
  const { number } = both.issue.ref;
  const younger = readIssueFile(both.path, number, both.younger ?? "");
  if (younger.kind === "failed") return failed({ kind: "broken", path: both.path, reason: younger.failure });
  const { issue } = younger.value;
  // A window that closed during this may have written them already.
  const written = (id: string | undefined): StoredIssue | undefined => all.value.stored.find((one) => one.path !== both.path && id !== undefined && one.issue.ref.id === id);
  const free = folder.freeNumber(locations.value);
  const parts = [
    { path: renumberedPath(both.path, free, issue.ref.id), text: both.younger ?? "", id: issue.ref.id },
    { path: renumberedPath(both.path, number, both.issue.ref.id), text: both.text, id: both.issue.ref.id },
  ];
  for (const { path, text, id } of parts) {
    const done = written(id) === undefined ? await files.write(path, text) : ok(undefined);
    if (done.kind === "failed") return done;
  }
  const removed = await files.remove(both.path);
  if (removed.kind === "failed") return removed;
  return ok({ from: issue.ref, to: { ...issue.ref, number: written(issue.ref.id)?.issue.ref.number ?? free }, title: issue.title });
}
