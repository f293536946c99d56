import assert from 'node:assert/strict';
import { appendChecklist } from '../../../../src/core/markup/checklistRegion';
import { renderIssueFile } from '../../../../src/core/markup/issueFile';
import type { Files } from '../../../../src/core/model/ports';
import { type FolderChanges, folderChanges } from '../../../../src/trackers/files/deskFiles';
import { createFilesTracker } from '../../../../src/trackers/files/filesTracker';
import { countingIds } from '../../../support/countingIds';
import { memoryFiles } from '../../../support/memoryFiles';
import { must } from '../../../support/must';
import { sampleIssue } from '../../../support/sampleIssue';
import { sampleChecklist, step } from '../../../support/sampleChecklist';
import { virtualTime } from '../../../support/virtualTime';

const home = "acme/desk";

const checklist = sampleChecklist([step("a"), step("b"), step("c")]);

const tick = (id: string, by = "ana") => ({ kind: "markStep", run: "run1", step: id, mark: { kind: "done", by, at: "2026-11-20T16:10:00Z" } }) as const;

function fileOf(number: number): readonly [string, string] {
  const issue = sampleIssue({ ref: { repository: home, number, id: `issue${String(number).padStart(6, "0")}` }, title: `Issue ${number}`, body: appendChecklist("Words", checklist, home, { spaced: true }) });
  return [`.desk/incident/${number}-issue.md`, renderIssueFile({ issue, key: `key${number}` })];
}

/** Files whose reads are counted, and that tell a watcher of each write. */
function counted(initial: Readonly<Record<string, string>>, changes: FolderChanges): { readonly files: Files; readonly reads: string[]; readonly texts: Map<string, string> } {
  const { files, texts } = memoryFiles(initial);
  const reads: string[] = [];
  return {
    reads,
    texts,
    files: {
      ...files,
      read: (path) => (reads.push(path), files.read(path)),
      write: (path, text) => (changes.note(path), files.write(path, text)),
    },
  };
}

describe("What a window reads from plain files", () => {
  it("is at most three files for a tick with 2,000 issues, wherever it is shown", async () => {
    const changes = folderChanges();
    const { files, reads } = counted(Object.fromEntries(Array.from({ length: 2000 }, (_, index) => fileOf(index + 1))), changes);
    const time = virtualTime();
    const tracker = createFilesTracker({ files, clock: time.clock, ids: countingIds(), me: () => "ana", elapsed: time.elapsed, changes });
    const before = await must(time.run(tracker.list({ state: "all" })));
    assert.equal(reads.length, 2000);
    const ref = before.issues[1233]?.ref;
    assert.ok(ref !== undefined);
    for (const id of ["a", "b"]) {
      reads.length = 0;
      await must(time.run(tracker.edit(ref, tick(id), `tick-${id}`)));
      // What was written is shown without reading; then the watcher tells of the file.
      const written = tracker.remembered();
      const after = await must(time.run(tracker.list({ state: "all" })));
      assert.ok(reads.length <= 3, reads.join());
      assert.match(written?.issues[1233]?.body ?? "", new RegExp(`\\[x\\] Do ${id}`));
      assert.deepEqual(after.issues, written?.issues);
      assert.equal(after.issues.filter((issue, index) => issue !== before.issues[index]).length, 1);
    }
  });

  it("is everything after a folder or a file that is no issue changed", async () => {
    const changes = folderChanges();
    const { files, reads, texts } = counted(Object.fromEntries([fileOf(1), fileOf(2)]), changes);
    const time = virtualTime();
    const tracker = createFilesTracker({ files, clock: time.clock, ids: countingIds(), me: () => "ana", changes });
    const numbers = async (): Promise<readonly number[]> => (await must(time.run(tracker.list({ state: "all" })))).issues.map(({ ref: { number } }) => number);
    assert.deepEqual(await numbers(), [1, 2]);
    texts.delete(".desk/incident/2-issue.md");
    texts.set(...fileOf(3));
    assert.deepEqual(await numbers(), [1, 2]);
    changes.note(".desk/incident/3-issue.md");
    reads.length = 0;
    assert.deepEqual([await numbers(), reads], [[1, 2, 3], [".desk/incident/3-issue.md"]]);
    changes.note(".desk/incident");
    assert.deepEqual(await numbers(), [1, 3]);
    texts.set(...fileOf(4));
    changes.noteAll();
    assert.deepEqual(await numbers(), [1, 3, 4]);
    texts.delete(".desk/incident/3-issue.md");
    changes.note(".desk/incident/3-issue.md");
    assert.deepEqual(await numbers(), [1, 4]);
  });

  it("is each log of an open issue once, and again after a reported change of another window", async () => {
    const changes = folderChanges();
    const [path, text] = fileOf(1);
    const log = ".desk/incident/issue000001.events.jsonl";
    const line = (minute: string): string => `{"id":"k${minute}/0","kind":"commented","at":"2026-11-20T17:${minute}:00Z","by":"ben","markdown":"x"}\n`;
    const { files, reads, texts } = counted({ [path]: text, [log]: line("01") }, changes);
    const time = virtualTime();
    const tracker = createFilesTracker({ files, clock: time.clock, ids: countingIds(), me: () => "ana", changes });
    const updated = async (): Promise<string | undefined> => (await must(time.run(tracker.list({ state: "all" })))).issues[0]?.updatedAt;
    assert.equal(await updated(), "2026-11-20T17:01:00Z");
    changes.noteAll();
    reads.length = 0;
    assert.equal(await updated(), "2026-11-20T17:01:00Z");
    assert.deepEqual(reads, [path]);
    texts.set(log, line("01") + line("02"));
    changes.note(log);
    assert.equal(await updated(), "2026-11-20T17:02:00Z");
  });
});

describe("Confirming a change in plain files", () => {
  it("takes longer in a slow folder, so that neither of two windows loses a tick", async () => {
    for (const slow of [30, 120, 400, 1500]) {
      const [path, text] = fileOf(1);
      const { files, texts } = memoryFiles({ [path]: text });
      const time = virtualTime();
      const read: Files["read"] = async (from) => {
        const found = await files.read(from);
        await time.clock.wait(slow);
        return found;
      };
      const open = (login: string): ReturnType<typeof createFilesTracker> =>
        createFilesTracker({ files: { ...files, read }, clock: time.clock, ids: countingIds(login), me: () => login, elapsed: time.elapsed });
      const [ana, ben] = [open("ana"), open("ben")];
      const ref = { repository: home, number: 1 };
      const later = time.clock.wait(slow * 0.6).then(() => ben.edit(ref, tick("b"), "k-b"));
      const results = await time.run(Promise.all([ana.edit(ref, tick("a"), "k-a"), later]));
      assert.deepEqual(results.map(({ kind }) => kind), ["ok", "ok"]);
      assert.deepEqual(["a", "b"].filter((id) => !(texts.get(path) ?? "").includes(`[x] Do ${id}`)), [], `${slow} ms`);
    }
  });

  it("is repeated with the next reading, and restores what another window overwrote afterwards", async () => {
    const changes = folderChanges();
    const [path, text] = fileOf(1);
    const { files, texts } = counted({ [path]: text }, changes);
    const time = virtualTime();
    const tracker = createFilesTracker({ files, clock: time.clock, ids: countingIds(), me: () => "ana", elapsed: time.elapsed, changes });
    await must(time.run(tracker.list({ state: "all" })));
    const ref = { repository: home, number: 1 };
    await must(time.run(tracker.edit(ref, tick("a"), "k1")));
    await must(time.run(tracker.edit(ref, { kind: "label", add: ["later"], remove: [] }, "k2")));
    await must(time.run(tracker.comment(ref, "Looking at it.", "k3")));
    // A window that read before all this writes now.
    texts.set(path, text.replace("- [ ] Do b <!-- desk:step b -->", "- [x] Do b <!-- desk:step b by=ben at=2026-11-20T16:11:00Z -->"));
    texts.set(".desk/incident/issue000001.events.jsonl", "");
    for (const name of texts.keys()) changes.note(name);
    const { issues } = await must(time.run(tracker.list({ state: "all" })));
    assert.match(issues[0]?.body ?? "", /\[x\] Do a[^]*\[x\] Do b/);
    assert.deepEqual(issues[0]?.labels, ["incident", "later"]);
    assert.ok((await must(time.run(tracker.timeline(ref)))).some((event) => event.kind === "commented"));
    // The watcher tells of that write too. What a person takes back afterwards stays taken back.
    await must(time.run(tracker.list({ state: "all" })));
    texts.set(path, (texts.get(path) ?? "").replace("[x] Do a", "[ ] Do a").replace(", later", ""));
    changes.noteAll();
    const later = await must(time.run(tracker.list({ state: "all" })));
    assert.match(later.issues[0]?.body ?? "", /\[ \] Do a/);
    assert.deepEqual(later.issues[0]?.labels, ["incident"]);
  });

  it("does not restore what a person undoes later, even if the watcher reports before the confirmation", async () => {
    const changes = folderChanges();
    const [path, text] = fileOf(1);
    const { files, texts } = counted({ [path]: text }, changes);
    const time = virtualTime();
    const tracker = createFilesTracker({ files, clock: time.clock, ids: countingIds(), me: () => "ana", elapsed: time.elapsed, changes });
    await must(time.run(tracker.list({ state: "all" })));
    const ref = { repository: home, number: 1 };
    // The watcher tells of the log and of the file, and then of nothing more.
    const heard = time.clock.wait(150).then(() => tracker.list({ state: "all" }));
    await time.run(Promise.all([tracker.edit(ref, { kind: "label", add: ["later"], remove: [] }, "k1"), heard]));
    await time.run(time.clock.wait(60_000));
    texts.set(path, (texts.get(path) ?? "").replace(", later", ""));
    changes.note(path);
    const after = await must(time.run(tracker.list({ state: "all" })));
    assert.deepEqual(after.issues[0]?.labels, ["incident"]);
    assert.doesNotMatch(texts.get(path) ?? "", /later/);
  });
});
