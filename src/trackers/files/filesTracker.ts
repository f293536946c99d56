import { findForms, readForms } from "../../core/forms/readForms";
import { spaceChecklists } from "../../core/markup/checklistRegion";
import { readEvents } from "../../core/markup/eventLog";
import { deskFolder, gitAttributes, idOfKey, issuePath, renderIssueFile } from "../../core/markup/issueFile";
import { carriesLink, relationsOf } from "../../core/markup/linkRegion";
import { contended } from "../../core/model/failure";
import { compareInstants } from "../../core/model/instant";
import type { Instant, IssueDraft, IssueSnapshot } from "../../core/model/issue";
import { linkEnds } from "../../core/model/issueChange";
import { type IssueRef, sameRef, stableKey } from "../../core/model/issueRef";
import type { OperationKey } from "../../core/model/operation";
import type { Clock, Commits, Files, Ids, IssueTracker } from "../../core/model/ports";
import { createKeyedQueue } from "../../core/model/queues";
import { failed, ok, type Result } from "../../core/model/result";
import type { TimelineEvent } from "../../core/model/timelineEvent";
import { createIssueIndex, type IssueIndex } from "../../core/search/issueIndex";
import { isOlder } from "../../core/sync/mergeIssue";
import { type ConfirmedChange, type DeskFiles, type FolderChanges, maxAttempts } from "./deskFiles";
import { addComment, editIssue } from "./editIssue";
import { type FolderContent, issueFolder, type IssuePath, type StoredIssue } from "./issueFolder";
import { namingCommits } from "./namingCommits";
import { type FolderReading, type FolderRecords, recordReader } from "./readRecords";
import { renumber } from "./renumber";
import type { Renumbered } from "./separateIssues";

/** Dependencies of the tracker. `pause` is for tests and slow file systems. */
interface FilesTrackerParts {
  readonly files: Files;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly me: () => string;
  readonly pause?: number;
  /** The index for searching issues. Default: one of the tracker's own. */
  readonly issueIndex?: IssueIndex;
  /** Milliseconds since an arbitrary start, for measuring reads and writes. */
  readonly elapsed?: () => number;
  /** Changes since the last reading. Absent if the folder is not watched: each list reads everything. */
  readonly changes?: FolderChanges;
  /** The checkout around the folder, if it can be read. */
  readonly commits?: Commits;
  /** Whether writing is allowed now. */
  readonly writable?: () => boolean;
  /** Called for issues that this window renumbered. */
  readonly onRenumbered?: (renumbered: readonly Renumbered[]) => void;
}

/** An issue tracker on plain files, which also returns the last known issues without reading. */
export interface FilesTracker extends IssueTracker {
  remembered(): IssueSnapshot | undefined;
  /** The issues with their events, for metrics: those of the last list, so that both show the same. Reads only what changed since the last call. */
  records(reading: FolderReading): Promise<Result<FolderRecords>>;
}

const usualPause = 100;

/** Maximum time of another window from reading to writing, as a multiple of the pause. */
const slowestWriter = 10;

const maxFound = 20;

/** Creates an issue tracker on Markdown files under `.desk/`. Changes by others are merged, never overwritten. */
export function createFilesTracker(parts: FilesTrackerParts): FilesTracker {
  const { files, clock, me, pause = usualPause, elapsed = () => performance.now(), changes, commits, writable = () => true, onRenumbered = () => undefined, issueIndex = createIssueIndex(() => clock.wait(0)) } = parts;
  const folder = issueFolder(files);
  const recordsOf = recordReader(folder);
  const queue = createKeyedQueue();
  let confirmed: readonly (ConfirmedChange & { readonly until: number })[] = [];
  let prepared = false;
  const desk: DeskFiles = {
    files, folder, clock, me, elapsed,
    pause: (took) => Math.max(pause, Math.ceil(2 * took)),
    confirmed: (change, took) => void (confirmed = [...confirmed, { ...change, until: elapsed() + slowestWriter * desk.pause(took) }]),
    async prepare() {
      if (prepared) return;
      prepared = true;
      const top = await files.list(deskFolder);
      if (top.kind === "failed" || top.value.some(({ name }) => gitAttributes.path === `${deskFolder}/${name}`)) return;
      // If this write fails, the next one will fail as well and report it. Preparation is retried then.
      prepared = (await files.write(gitAttributes.path, gitAttributes.text)).kind === "ok";
    },
  };

  function snapshotOf({ stored, broken }: FolderContent): IssueSnapshot {
    return { at: clock.now(), issues: stored.map(folder.timed), broken: broken.map(({ path, reason }) => ({ path, reason })) };
  }

  /** Reads what changed, or everything. */
  async function read(): Promise<Result<FolderContent>> {
    const taken = changes?.take() ?? "all";
    const due = confirmed.filter(({ until }) => elapsed() <= until);
    confirmed = [];
    const content = taken === "all" ? await folder.readAll() : await folder.readChanged(taken);
    if (content.kind === "failed") {
      changes?.noteAll();
      confirmed = [...due, ...confirmed];
      return content;
    }
    const lost: ConfirmedChange[] = [];
    for (const change of due) {
      if (taken !== "all" && !taken.has(change.path)) confirmed = [...confirmed, change];
      else if (await change.isLost()) lost.push(change);
    }
    if (lost.length === 0) return content;
    // Another window read the file before these changes were written, and wrote it after they were confirmed.
    for (const change of lost) await change.again();
    return ok(folder.lastRead() ?? content.value);
  }

  async function list(): Promise<Result<FolderContent>> {
    const content = await read();
    if (content.kind === "failed" || !writable()) return content;
    const renumbered = await queue(["create"], () => renumber(desk, content.value));
    if (renumbered.kind === "failed" || renumbered.value.length === 0) return ok(folder.lastRead() ?? content.value);
    onRenumbered(renumbered.value);
    return folder.readAll();
  }

  const tracker: FilesTracker = {
    async list({ state }) {
      const content = await list();
      if (content.kind === "failed") return content;
      const all = snapshotOf(content.value);
      return ok({ ...all, issues: all.issues.filter((issue) => state === "all" || issue.state === state) });
    },

    remembered() {
      const content = folder.lastRead();
      return content && snapshotOf(content);
    },

    async records(reading) {
      const last = folder.lastRead();
      const content = last === undefined ? await folder.readAll() : ok(last);
      return content.kind === "failed" ? content : ok(await recordsOf(content.value, reading));
    },

    async get(ref) {
      const found = await folder.find(ref);
      if (found.kind === "failed") return found;
      const log = await folder.readLog(found.value);
      return log.kind === "failed" ? log : ok(folder.timed(found.value));
    },

    create: (draft, key) => queue(["create"], () => createIssue(desk, draft, key)),

    edit: (ref, change, key) => queue([stableKey(ref)], () => editIssue(desk, ref, change, key)),

    comment: (ref, markdown, key) => queue([stableKey(ref)], () => addComment(desk, ref, markdown, key)),

    async link(parent, child, relation, step) {
      if (sameRef(parent, child)) return failed({ kind: "selfLink", ref: child });
      const end = await folder.find(child);
      if (end.kind === "failed") return end;
      const { onParent, onChild } = linkEnds(parent, child, relation);
      const key = `link ${relation} ${stableKey(parent)} ${stableKey(child)}`;
      const above = await tracker.edit(parent, { kind: "addLink", link: onParent, ...(step === undefined ? {} : { step }) }, key);
      if (above.kind === "failed") return above;
      // A new child issue contains the link from the start.
      if (carriesLink(end.value.issue, onChild)) return ok(undefined);
      const below = await tracker.edit(child, { kind: "addLink", link: onChild }, key);
      return below.kind === "failed" ? below : ok(undefined);
    },

    async relations(ref) {
      const found = await folder.find(ref);
      return found.kind === "failed" ? found : ok(relationsOf(found.value.issue));
    },

    async timeline(ref) {
      const found = await folder.find(ref);
      if (found.kind === "failed") return found;
      const log = await folder.readLog(found.value);
      if (log.kind === "failed") return log;
      const { createdAt, author } = found.value.issue;
      const events: readonly TimelineEvent[] = [
        { kind: "opened", at: createdAt, by: author },
        ...readEvents(log.value.text).map(({ event }) => event),
        ...namingCommits(await commits?.recent() ?? [], found.value.issue),
      ];
      return ok(events.filter(({ kind }, index) => kind !== "opened" || index === 0).sort((a, b) => compareInstants(a.at, b.at)));
    },

    async search(text, scope) {
      const content = await folder.readAll();
      if (content.kind === "failed") return content;
      const issues = content.value.stored.map(({ issue }) => issue).filter(({ ref }) => scope.length === 0 || scope.includes(ref.repository));
      await issueIndex.add(issues);
      return ok(issueIndex.find(text, issues, maxFound));
    },

    // A folder has one set of forms for all repositories, and everybody who works in it can change them.
    async forms() {
      const found = await findForms(files);
      if (found.kind === "failed") return found;
      return ok(readForms(found.value, true, (path) => ({ kind: "file", path })));
    },
  };
  return tracker;
}

/**
 * Writes the draft to a file with the next number. Other windows may do the same, so it checks again after a pause: of two
 * files with one key the lower number stays, and of two issues with one number the newer one is renumbered.
 */
async function createIssue(desk: DeskFiles, draft: IssueDraft, key: OperationKey): Promise<Result<IssueRef>> {
  const { files, folder, clock } = desk;
  const known = new Map<string, StoredIssue | "broken">();
  let recent = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const startedAt = desk.elapsed();
    const locations = await folder.locations();
    if (locations.kind === "failed") return locations;
    if (attempt === 0) for (const { path } of locations.value) note(known, path, folder.known(path));
    const fresh = locations.value.filter(({ path, number }) => number >= recent || !known.has(path));
    const content = await folder.readSome(fresh);
    // Issues that another window has renumbered since are in neither list and do not compete.
    for (const { path } of fresh) known.delete(path);
    for (const one of content.stored) known.set(one.path, one);
    for (const { path } of content.broken) known.set(path, "broken");
    const mine = locations.value.flatMap(({ path }) => {
      const one = known.get(path);
      return one === undefined || one === "broken" || one.key !== key ? [] : [one];
    });
    const [keep, ...others] = mine;
    // An issue with other changes, as from a merged branch, is not a leftover of our attempt.
    const duplicates = others.filter((one) => isUntouched(one, draft, key));
    if (keep !== undefined && duplicates.length === 0 && !hasToMove(keep, locations.value, known)) return ok(keep.issue.ref);

    for (const { path } of duplicates) {
      const removed = await files.remove(path);
      if (removed.kind === "failed" && removed.failure.kind !== "missing" && removed.failure.kind !== "unwritable") return removed;
    }
    if (duplicates.length === 0) {
      const now = await folder.locations();
      if (now.kind === "failed") return now;
      await desk.prepare();
      const number = folder.freeNumber(now.value);
      const path = issuePath(draft.kind, number, draft.title);
      const written = keep === undefined ? await files.write(path, newFile(desk, draft, key, path)) : await files.move(keep.path, path);
      if (written.kind === "failed" && (keep === undefined || written.failure.kind === "untrusted")) return written;
      recent = Math.min(recent, number, keep?.issue.ref.number ?? number);
    }
    await clock.wait(desk.pause(desk.elapsed() - startedAt));
  }
  return failed({ kind: "unwritable", path: issuePath(draft.kind, 0, draft.title), reason: contended });
}

/** Whether an earlier file, or an unreadable one, has the issue's number. */
function hasToMove(keep: StoredIssue, locations: readonly IssuePath[], known: ReadonlyMap<string, StoredIssue | "broken">): boolean {
  return locations.some(({ path, number }) => {
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
      body: spaceChecklists(draft.body, draft.repository),
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
