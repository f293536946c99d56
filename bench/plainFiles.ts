import { appendChecklist } from '../src/core/markup/checklistRegion';
import { renderIssueFile } from '../src/core/markup/issueFile';
import type { Result } from '../src/core/model/result';
import { folderChanges } from '../src/trackers/files/deskFiles';
import { createFilesTracker } from '../src/trackers/files/filesTracker';
import { countingIds } from '../test/support/countingIds';
import { memoryFiles } from '../test/support/memoryFiles';
import { realClock } from '../test/support/realClock';
import { sampleIssue } from '../test/support/sampleIssue';
import { sampleChecklist, step } from '../test/support/sampleChecklist';
import type { Figure } from './figure';

const count = 2000;

const ticks = 12;

/** What a tick reads with 2,000 issues in plain files, and the time of the next list, compared with a list that reads everything. */
export async function plainFileFigures(): Promise<readonly Figure[]> {
  const { files } = memoryFiles(Object.fromEntries(Array.from({ length: count }, (_, index) => fileOf(index + 1))));
  const changes = folderChanges();
  let reads = 0;
  const counted: typeof files = {
    ...files,
    read(path) {
      reads += 1;
      return files.read(path);
    },
    write(path, text) {
      changes.note(path);
      return files.write(path, text);
    },
  };
  const tracker = createFilesTracker({ files: counted, clock: realClock, ids: countingIds(), me: () => "ana", pause: 1, changes });
  const list = async (): Promise<number> => {
    const began = performance.now();
    must(await tracker.list({ state: "all" }));
    return performance.now() - began;
  };
  await list();
  changes.noteAll();
  reads = 0;
  const wholeTime = await list();
  const wholeReads = reads;
  reads = 0;
  let listTime = 0;
  for (let index = 0; index < ticks; index += 1) {
    const ref = { repository: "acme/desk", number: 100 + index, id: idOf(100 + index) };
    must(await tracker.edit(ref, { kind: "markStep", run: "run1", step: "b", mark: { kind: "done", by: "ana", at: "2026-11-20T17:00:00Z" } }, `tick-${index}`));
    listTime += await list();
  }
  return [
    { name: `files read for a tick at ${count} issues`, value: reads / ticks, unit: "files", baseline: wholeReads },
    { name: `list after a tick at ${count} issues`, value: Number((listTime / ticks).toFixed(3)), unit: "ms", baseline: Number(wholeTime.toFixed(3)) },
  ];
}

function idOf(number: number): string {
  return `issue${String(number).padStart(6, "0")}`;
}

function fileOf(number: number): readonly [string, string] {
  const checklist = sampleChecklist(["a", "b", "c", "d", "e"].map((id) => step(id)));
  const issue = sampleIssue({ ref: { repository: "acme/desk", number, id: idOf(number) }, body: appendChecklist("Words", checklist, "acme/desk", { spaced: true }) });
  return [`.desk/incident/${number}-issue.md`, renderIssueFile({ issue, key: `key${number}` })];
}

function must<T>(result: Result<T>): T {
  if (result.kind === "failed") throw new Error(JSON.stringify(result.failure));
  return result.value;
}
