import { stepsOf } from "../../core/checklist/checklistSteps";
import { readChecklists } from "../../core/markup/checklistRegion";
import { appendEvents, readEvents } from "../../core/markup/eventLog";
import { eventsPath, renumberedPath } from "../../core/markup/issueFile";
import { readLinks } from "../../core/markup/linkRegion";
import { compareInstants } from "../../core/model/instant";
import type { Issue } from "../../core/model/issue";
import type { IssueLink } from "../../core/model/issueChange";
import { type IssueRef, sameRef } from "../../core/model/issueRef";
import { ok, type Result } from "../../core/model/result";
import type { DeskFiles } from "./deskFiles";
import { editIssue } from "./editIssue";
import type { FolderContent, StoredIssue } from "./issueFolder";
import { type Renumbered, separateIssues } from "./separateIssues";

/**
 * Gives the newer of two issues with the same number, as after merging two branches, the next free number, and updates its log
 * and links. Another window may do the same, so the result contains only what this one did.
 */
export async function renumber(desk: DeskFiles, before: FolderContent): Promise<Result<readonly Renumbered[]>> {
  const { folder, clock } = desk;
  const renumbered: Renumbered[] = [];
  if (before.duplicates.length > 0) {
    // Two windows that create issues at the same time resolve this themselves. Leave their files alone.
    await clock.wait(3 * desk.pause(0));
    const now = await folder.readAll();
    if (now.kind === "failed") return now;
    for (const duplicate of now.value.duplicates) {
      if (!before.duplicates.some(({ path, text }) => path === duplicate.path && text === duplicate.text)) continue;
      const moved = duplicate.younger === undefined ? await moveToFreeNumber(desk, duplicate, now.value) : await separateIssues(desk, duplicate);
      if (moved.kind === "failed") return renumbered.length === 0 ? moved : ok(renumbered);
      renumbered.push(moved.value);
    }
  }
  const after = renumbered.length === 0 ? ok(before) : await folder.readAll();
  if (after.kind === "failed") return after;
  for (const moved of renumbered) await moveUnnamedLinks(desk, moved, after.value);
  await moveStaleLinks(desk, after.value);
  return ok(renumbered);
}

async function moveToFreeNumber(desk: DeskFiles, duplicate: StoredIssue, { stored }: FolderContent): Promise<Result<Renumbered>> {
  const { files, folder } = desk;
  const locations = await folder.locations();
  if (locations.kind === "failed") return locations;
  const number = folder.freeNumber(locations.value);
  const path = renumberedPath(duplicate.path, number, duplicate.issue.ref.id);
  const log = await folder.readLog(duplicate);
  if (log.kind === "failed") return log;
  const lasting = eventsPath(path, duplicate.issue.ref.id);
  if (log.value.text !== "" && log.value.path !== lasting) {
    // A log of version 0.1 is named by number. If the older issue uses it too, the events that may belong to the newer one are copied.
    const shared = stored.some((other) => !other.hasId && eventsPath(other.path, undefined) === log.value.path);
    const own = readEvents(log.value.text).filter(({ event }) => compareInstants(event.at, duplicate.issue.createdAt) >= 0);
    const kept = shared ? await files.write(lasting, appendEvents("", own)) : await files.move(log.value.path, lasting);
    if (kept.kind === "failed") return kept;
  }
  const moved = await files.move(duplicate.path, path);
  if (moved.kind === "failed") return moved;
  const { ref, title } = duplicate.issue;
  return ok({ from: ref, to: { ...ref, number }, title });
}

/** Updates the numbers of links that contain the id of a renumbered issue. */
async function moveStaleLinks(desk: DeskFiles, { stored }: FolderContent): Promise<void> {
  const named = stored.filter(({ issue: { body } }) => body.includes("desk:link id=") || body.includes(" ids="));
  if (named.length === 0) return;
  const numbers = new Map(stored.flatMap(({ issue: { ref } }) => (ref.id === undefined ? [] : [[ref.id, ref] as const])));
  for (const { issue } of named) {
    const refs = [...readLinks(issue.body, issue.ref.repository).flatMap((link) => (link.kind === "postmortem" ? [] : [link.other])), ...stepLinks(issue)];
    for (const from of refs) {
      const to = from.id === undefined ? undefined : numbers.get(from.id);
      if (to !== undefined && to.number !== from.number) await relink(desk, issue.ref, from, to);
    }
  }
}

/** Links of version 0.1 contain no id. A link to an ambiguous number is moved to the newer issue if that links back and the older one does not. */
async function moveUnnamedLinks(desk: DeskFiles, { from, to }: Renumbered, { stored }: FolderContent): Promise<void> {
  const younger = stored.find(({ issue }) => sameRef(issue.ref, to))?.issue;
  const older = stored.find(({ issue }) => issue.ref.repository === from.repository && issue.ref.number === from.number)?.issue;
  const number = { repository: from.repository, number: from.number };
  for (const { issue } of stored) {
    const links = readLinks(issue.body, issue.ref.repository).filter((link) => link.kind !== "postmortem" && link.other.id === undefined && sameRef(link.other, number));
    const isYoungers = links.some((link) => linksBack(younger, issue.ref, link) && !linksBack(older, issue.ref, link));
    const others = [...stepLinks(issue)].some((link) => link.id !== undefined && link.number === number.number);
    if (isYoungers && !others) await relink(desk, issue.ref, number, to);
  }
}

function linksBack(issue: Issue | undefined, to: IssueRef, link: IssueLink): boolean {
  if (issue === undefined || link.kind === "postmortem") return false;
  const back = { parent: "child", child: "parent", related: "related", blockedBy: "blocks", blocks: "blockedBy", duplicateOf: "hasDuplicate", hasDuplicate: "duplicateOf" }[link.kind];
  return readLinks(issue.body, issue.ref.repository).some((own) => own.kind === back && "other" in own && sameRef(own.other, to));
}

function stepLinks(issue: Issue): readonly IssueRef[] {
  return readChecklists(issue.body, issue.ref.repository).flatMap((checklist) => stepsOf(checklist).flatMap(({ links }) => links));
}

async function relink(desk: DeskFiles, ref: IssueRef, from: IssueRef, to: IssueRef): Promise<void> {
  // A link that cannot be updated now still works by its id, and is updated with the next reading.
  await editIssue(desk, ref, { kind: "relink", from, to }, `relink ${to.id ?? ""} ${to.number}`);
}
