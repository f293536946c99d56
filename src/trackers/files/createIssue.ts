import { issuePath } from "../../core/issue/fileName";
import type { Instant, IssueDraft } from "../../core/issue/issue";
import { idOfKey, renderIssueFile } from "../../core/issue/issueFile";
import type { IssueRef } from "../../core/issue/issueRef";
import type { OperationKey } from "../../core/issue/operation";
import { failed, ok, type Result } from "../../core/result";
import { isOlder } from "../../core/issue/mergeIssue";
import { spaceRuns } from "../../core/issue/runRegion";
import { contended } from "../../core/failure";
import { mostAttempts, type DeskFiles } from "./deskFiles";
import type { IssuePlace, StoredIssue } from "./issueFolder";

/**
 * Writes the draft as a file with the next number, once for each key. Other windows may be doing the same, so it looks
 * again after a pause: of two files with one key the lower number stays, of two issues with one number the younger
 * moves on.
 */
export async function createIssue(desk: DeskFiles, draft: IssueDraft, key: OperationKey): Promise<Result<IssueRef>> {
  const { files, folder, clock } = desk;
  const known = new Map<string, StoredIssue | "broken">();
  let recent = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const began = desk.elapsed();
    const places = await folder.places();
    if (places.kind === "failed") return places;
    if (attempt === 0) for (const { path } of places.value) note(known, path, folder.known(path));
    const fresh = places.value.filter(({ path, number }) => number >= recent || !known.has(path));
    const content = await folder.readSome(fresh);
    // What another window moved on since it was listed is in neither of them, and nobody's rival.
    for (const { path } of fresh) known.delete(path);
    for (const one of content.stored) known.set(one.path, one);
    for (const { path } of content.broken) known.set(path, "broken");
    const mine = places.value.flatMap(({ path }) => {
      const one = known.get(path);
      return one === undefined || one === "broken" || one.key !== key ? [] : [one];
    });
    const [keep, ...others] = mine;
    // One that somebody worked on, as on a branch that was merged, is no leftover of an attempt of ours.
    const doubles = others.filter((one) => isUntouched(one, draft, key));
    if (keep !== undefined && doubles.length === 0 && !hasToMove(keep, places.value, known)) return ok(keep.issue.ref);

    for (const { path } of doubles) {
      const removed = await files.remove(path);
      if (removed.kind === "failed" && removed.failure.kind !== "missing" && removed.failure.kind !== "unwritable") return removed;
    }
    if (doubles.length === 0) {
      const now = await folder.places();
      if (now.kind === "failed") return now;
      await desk.prepare();
      const number = folder.freeNumber(now.value);
      const path = issuePath(draft.kind, number, draft.title);
      const written = keep === undefined ? await files.write(path, newFile(desk, draft, key, path)) : await files.move(keep.path, path);
      if (written.kind === "failed" && (keep === undefined || written.failure.kind === "untrusted")) return written;
      recent = Math.min(recent, number, keep?.issue.ref.number ?? number);
    }
    await clock.wait(desk.pause(desk.elapsed() - began));
  }
  return failed({ kind: "unwritable", path: issuePath(draft.kind, 0, draft.title), reason: contended });
}

/** Whether a file that came first, or one that cannot be understood, has the issue's number. */
function hasToMove(keep: StoredIssue, places: readonly IssuePlace[], known: ReadonlyMap<string, StoredIssue | "broken">): boolean {
  return places.some(({ path, number }) => {
    if (path === keep.path || number !== keep.issue.ref.number) return false;
    const rival = known.get(path);
    return rival === "broken" || (rival !== undefined && isOlder(rival, keep));
  });
}

function note(known: Map<string, StoredIssue | "broken">, path: string, one: StoredIssue | "broken" | undefined): void {
  if (one !== undefined && one !== "broken") known.set(path, one);
}

function isUntouched({ issue, text, path }: StoredIssue, draft: IssueDraft, key: OperationKey): boolean {
  return text === fileOf(draft, key, path, issue.author, issue.createdAt);
}

function newFile({ clock, me }: DeskFiles, draft: IssueDraft, key: OperationKey, path: string): string {
  return fileOf(draft, key, path, me(), clock.now());
}

function fileOf(draft: IssueDraft, key: OperationKey, path: string, author: string, at: Instant): string {
  return renderIssueFile({
    key,
    issue: {
      ref: { repository: draft.repository, number: 0, id: idOfKey(key) },
      title: draft.title,
      body: spaceRuns(draft.body, draft.repository),
      state: "open",
      labels: draft.labels,
      assignees: draft.assignees,
      author,
      createdAt: at,
      updatedAt: at,
      location: { kind: "file", path },
    },
  });
}
