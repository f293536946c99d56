import { readEvents } from "../../core/issue/eventLog";
import { deskFolder, gitAttributes } from "../../core/issue/fileName";
import type { IssueSnapshot } from "../../core/issue/issue";
import type { IssueIndex } from "../../core/issue/issueIndex";
import { linkEnds } from "../../core/issue/issueChange";
import { carriesLink } from "../../core/issue/linkRegion";
import { lastingKey, sameRef } from "../../core/issue/issueRef";
import type { TimelineEvent } from "../../core/incident/timelineEvent";
import { compareInstants } from "../../core/issue/compareInstants";
import { relationsOf } from "../../core/issue/relations";
import type { Clock, Files, Ids, IssueTracker } from "../../core/ports";
import { failed, ok, type Result } from "../../core/result";
import { createIssue } from "./createIssue";
import type { ConfirmedChange, DeskFiles } from "./deskFiles";
import { addComment, editIssue } from "./editIssue";
import type { FolderChanges } from "./folderChanges";
import { issueFolder, type FolderContent } from "./issueFolder";
import { renumber } from "./renumber";
import type { Renumbered } from "./separateIssues";
import { createKeyedQueue } from "../../core/model/queues";
import { lazyIssueIndex } from "../lazyIssueIndex";

/** What the tracker needs; `pause` is for tests and slow file systems. */
export interface FilesTrackerParts {
  readonly files: Files;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly me: () => string;
  readonly pause?: number;
  /** What issues are searched with; one of the tracker's own unless given. */
  readonly issueIndex?: () => Promise<IssueIndex>;
  /** Milliseconds since some moment, by which reading and writing are measured. */
  readonly elapsed?: () => number;
  /** What changed since the last reading, where something watches the folder; else each list reads everything. */
  readonly changes?: FolderChanges;
  /** Whether anything may be written now. */
  readonly writable?: () => boolean;
  /** Told of issues that this window gave another number. */
  readonly told?: (renumbered: readonly Renumbered[]) => void;
}

/** Issues as files; also what they were when they were last read or written, without reading any. */
export interface FilesTracker extends IssueTracker {
  remembered(): IssueSnapshot | undefined;
}

const usualPause = 100;
/** How many of these pauses another window may take, at the most, from reading to writing. */
const slowestWriter = 10;
const mostFound = 20;

/** Issues as Markdown files under `.desk/`, shared with whoever else writes there: merged, never overwritten. */
export function createFilesTracker(parts: FilesTrackerParts): FilesTracker {
  const { files, clock, me, pause = usualPause, elapsed = () => performance.now(), changes, writable = () => true, told = () => undefined, issueIndex = lazyIssueIndex(clock) } = parts;
  const folder = issueFolder(files);
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
      // Where it cannot be written, neither can what is about to be; that one says so, and the next one tries again.
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
    // Another window read before these were written, and wrote after they were seen.
    for (const change of lost) await change.again();
    return ok(folder.lastRead() ?? content.value);
  }

  async function list(): Promise<Result<FolderContent>> {
    const content = await read();
    if (content.kind === "failed" || !writable()) return content;
    const renumbered = await queue(["create"], () => renumber(desk, content.value));
    if (renumbered.kind === "failed" || renumbered.value.length === 0) return ok(folder.lastRead() ?? content.value);
    told(renumbered.value);
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

    async get(ref) {
      const found = await folder.find(ref);
      if (found.kind === "failed") return found;
      const log = await folder.readLog(found.value);
      return log.kind === "failed" ? log : ok(folder.timed(found.value));
    },

    create: (draft, key) => queue(["create"], () => createIssue(desk, draft, key)),

    edit: (ref, change, key) => queue([lastingKey(ref)], () => editIssue(desk, ref, change, key)),

    comment: (ref, markdown, key) => queue([lastingKey(ref)], () => addComment(desk, ref, markdown, key)),

    async link(parent, child, relation, step) {
      if (sameRef(parent, child)) return failed({ kind: "selfLink", ref: child });
      const end = await folder.find(child);
      if (end.kind === "failed") return end;
      const { onParent, onChild } = linkEnds(parent, child, relation);
      const key = `link ${relation} ${lastingKey(parent)} ${lastingKey(child)}`;
      const above = await tracker.edit(parent, { kind: "addLink", link: onParent, ...(step === undefined ? {} : { step }) }, key);
      if (above.kind === "failed") return above;
      // An issue that was created below another one names it from the start.
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
      const events: readonly TimelineEvent[] = [{ kind: "opened", at: createdAt, by: author }, ...readEvents(log.value.text).map(({ event }) => event)];
      return ok(events.filter(({ kind }, index) => kind !== "opened" || index === 0).sort((a, b) => compareInstants(a.at, b.at)));
    },

    async search(text, scope) {
      const content = await folder.readAll();
      if (content.kind === "failed") return content;
      const issues = content.value.stored.map(({ issue }) => issue).filter(({ ref }) => scope.length === 0 || scope.includes(ref.repository));
      const index = await issueIndex();
      await index.add(issues);
      return ok(index.find(text, issues, mostFound));
    },

    // A folder has one set of forms, whatever its repository is called, and whoever works in it may change them.
    async forms() {
      const { findForms } = await import("../../core/forms/findForms");
      const found = await findForms(files);
      if (found.kind === "failed") return found;
      const { readForms } = await import("../../core/forms/readForms");
      return ok(readForms(found.value, true, (path) => ({ kind: "file", path })));
    },
  };
  return tracker;
}
