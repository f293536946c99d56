import { readEvents } from "../../core/issue/eventLog";
import { linkEnds } from "../../core/issue/issueChange";
import { refKey, sameRef } from "../../core/issue/issueRef";
import type { TimelineEvent } from "../../core/incident/timelineEvent";
import { compareInstants } from "../../core/issue/compareInstants";
import { relationsOf } from "../../core/issue/relations";
import type { Clock, Files, Ids, IssueTracker } from "../../core/ports";
import { failed, ok } from "../../core/result";
import { createIssue } from "./createIssue";
import type { DeskFiles } from "./deskFiles";
import { addComment, editIssue, readLog } from "./editIssue";
import { issueFolder } from "./issueFolder";
import { inTurns } from "../inTurns";

/** What the tracker needs; `pause` is for tests and slow file systems. */
export interface FilesTrackerParts {
  readonly files: Files;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly me: () => string;
  readonly pause?: number;
}

const usualPause = 100;
const mostFound = 20;

/** Issues as Markdown files under `.desk/`, shared with whoever else writes there: merged, never overwritten. */
export function createFilesTracker({ files, clock, me, pause = usualPause }: FilesTrackerParts): IssueTracker {
  const folder = issueFolder(files);
  const desk: DeskFiles = { files, folder, clock, me, pause };
  const turn = inTurns();

  const tracker: IssueTracker = {
    async list({ state }) {
      const at = clock.now();
      const content = await folder.readAll();
      if (content.kind === "failed") return content;
      const issues = content.value.stored.map(({ issue }) => issue).filter((issue) => state === "all" || issue.state === state);
      return ok({ at, issues, broken: content.value.broken.map(({ path, reason }) => ({ path, reason })) });
    },

    async get(ref) {
      const found = await folder.find(ref);
      return found.kind === "failed" ? found : ok(found.value.issue);
    },

    create: (draft, key) => turn("create", () => createIssue(desk, draft, key)),

    edit: (ref, change, key) => turn(refKey(ref), () => editIssue(desk, ref, change, key)),

    comment: (ref, markdown, key) => turn(refKey(ref), () => addComment(desk, ref, markdown, key)),

    async link(parent, child, relation) {
      if (sameRef(parent, child)) return failed({ kind: "selfLink", ref: child });
      const end = await folder.find(child);
      if (end.kind === "failed") return end;
      const { onParent, onChild } = linkEnds(parent, child, relation);
      const key = `link ${relation} ${refKey(parent)} ${refKey(child)}`;
      const above = await tracker.edit(parent, { kind: "addLink", link: onParent }, key);
      if (above.kind === "failed") return above;
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
      const log = await readLog(desk, found.value.path);
      if (log.kind === "failed") return log;
      const { createdAt, author } = found.value.issue;
      const events: readonly TimelineEvent[] = [{ kind: "opened", at: createdAt, by: author }, ...readEvents(log.value).map(({ event }) => event)];
      return ok(events.filter(({ kind }, index) => kind !== "opened" || index === 0).sort((a, b) => compareInstants(a.at, b.at)));
    },

    async search(text, scope) {
      const content = await folder.readAll();
      if (content.kind === "failed") return content;
      const issues = content.value.stored.map(({ issue }) => issue).filter(({ ref }) => scope.length === 0 || scope.includes(ref.repository));
      const { similarIssues } = await import("../../core/issue/similarIssues");
      return ok(similarIssues(text, issues, mostFound));
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
