import { readLog } from "../../core/markup/eventLog";
import type { IssueRecord } from "../../core/metrics/issueHistory";
import type { UnreadableIssue } from "../../core/metrics/report";
import type { Files } from "../../core/model/ports";
import { ok, type Result } from "../../core/model/result";
import { inBatches, issueFolder } from "./issueFolder";

/** All issues with their events, and the files that cannot be read. */
interface FolderRecords {
  readonly records: readonly IssueRecord[];
  readonly unreadable: readonly UnreadableIssue[];
}

interface FolderReading {
  /** Set to end the reading. What is returned then is not complete. */
  readonly signal?: { readonly aborted: boolean };
  /** Called with how many issues were read, of how many. */
  readonly progress?: (done: number, of: number) => void;
}

/** Reads all issues below `.desk/` with their events, for metrics. Nothing is written, and two issues with the same number stay as they are. */
export async function readRecords(files: Files, { signal, progress }: FolderReading = {}): Promise<Result<FolderRecords>> {
  const folder = issueFolder(files);
  const content = await folder.readAll();
  if (content.kind === "failed") return content;
  const { stored, broken } = content.value;
  let done = 0;
  const records = await inBatches(stored, async (one): Promise<IssueRecord> => {
    const { issue } = one;
    if (signal?.aborted === true) return { issue, events: [], isIncomplete: true };
    const log = await folder.readLog(one);
    done += 1;
    progress?.(done, stored.length);
    if (log.kind === "failed") return { issue, events: [], isIncomplete: true };
    const { events, hasInvalidLines } = readLog(log.value.text);
    return { issue, events: events.map(({ event }) => event), ...(hasInvalidLines ? { isIncomplete: true } : {}) };
  });
  return ok({ records, unreadable: broken.map(({ path: name, reason }) => ({ name, reason })) });
}
