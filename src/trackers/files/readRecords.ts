import { readLog } from "../../core/markup/eventLog";
import type { IssueRecord } from "../../core/metrics/history/issueHistory";
import type { UnreadableIssue } from "../../core/metrics/report";
import { sameData } from "../../core/model/plainData";
import type { Files } from "../../core/model/ports";
import { ok, type Result } from "../../core/model/result";
import { type FolderContent, inBatches, type IssueFolder, issueFolder, type StoredIssue } from "./issueFolder";

/** All issues with their events, and the files that cannot be read. */
export interface FolderRecords {
  readonly records: readonly IssueRecord[];
  readonly unreadable: readonly UnreadableIssue[];
}

export interface FolderReading {
  /** Set to end the reading. What is returned then is not complete. */
  readonly signal?: { readonly aborted: boolean };
  /** Called with how many issues were read, of how many. */
  readonly progress?: (done: number, of: number) => void;
}

/** Reads all issues below `.desk/` with their events, for metrics. Nothing is written, and two issues with the same number stay as they are. */
export async function readRecords(files: Files, reading: FolderReading = {}): Promise<Result<FolderRecords>> {
  const folder = issueFolder(files);
  const content = await folder.readAll();
  return content.kind === "failed" ? content : ok(await recordReader(folder)(content.value, reading));
}

/**
 * Creates a function that adds the events to issues that were read. Only logs that may have changed since its last call are read,
 * and records that did not change stay the same objects.
 */
export function recordReader(folder: IssueFolder): (content: FolderContent, reading: FolderReading) => Promise<FolderRecords> {
  let known: ReadonlyMap<string, { readonly stored: StoredIssue; readonly revision: number | undefined; readonly record: IssueRecord }> = new Map();

  async function read(stored: StoredIssue): Promise<IssueRecord> {
    const issue = stored.formerlyClosed === undefined ? stored.issue : { ...stored.issue, closedAt: stored.formerlyClosed };
    const log = await folder.readLog(stored);
    if (log.kind === "failed") return { issue, events: [], isIncomplete: true };
    const { events, hasInvalidLines } = readLog(log.value.text);
    return { issue, events: events.map(({ event }) => event), ...(hasInvalidLines ? { isIncomplete: true } : {}) };
  }

  return async ({ stored, broken }, { signal, progress }) => {
    let done = 0;
    const all = await inBatches(stored, async (one) => {
      const before = known.get(one.path);
      if (signal?.aborted === true) return before ?? { stored: one, revision: undefined, record: { issue: one.issue, events: [], isIncomplete: true } };
      const isCurrent = before?.stored === one && before.revision !== undefined && before.revision === folder.logRevision(one);
      const record = isCurrent ? before.record : await read(one);
      done += 1;
      progress?.(done, stored.length);
      return { stored: one, revision: folder.logRevision(one), record: before !== undefined && sameData(before.record, record) ? before.record : record };
    });
    known = new Map(all.map((one) => [one.stored.path, one]));
    return { records: all.map(({ record }) => record), unreadable: [...broken, ...folder.strays()].map(({ path: name, reason }) => ({ name, reason })) };
  };
}
