import assert from 'node:assert/strict';
import { failed, ok } from '../../../../src/core/model/result';
import { createOutbox } from '../../../../src/core/sync/outbox';
import { folderMemory, type MemoryFiles } from '../../../../src/host/platform/folderMemory';
import { createFilesTracker } from '../../../../src/trackers/files/filesTracker';
import { countingIds } from '../../../support/countingIds';
import { memoryLog } from '../../../support/memoryLog';
import { memoryFiles } from '../../../support/memoryFiles';
import { virtualTime } from '../../../support/virtualTime';

const day = 24 * 3_600_000;

function world() {
  const { files, texts } = memoryFiles();
  const clock = { now: 1_000_000_000_000 };
  const memory: MemoryFiles = {
    ...files,
    async replace(from, to) {
      const text = texts.get(from);
      if (text === undefined) return failed({ kind: "unwritable", path: from, reason: "missing" });
      texts.delete(from);
      texts.set(to, text);
      return ok(undefined);
    },
  };
  return { texts, clock, files: memory, open: (more: Partial<MemoryFiles> = {}) => folderMemory({ ...memory, ...more }, countingIds("t"), () => clock.now) };
}

describe("values in a folder", () => {
  it("are read by key, and no other file remains", async () => {
    const { open, texts } = world();
    const memory = open();
    await memory.write("outbox/a b", { n: 1 });
    await memory.write("outbox/a b", { n: 2 });
    assert.deepEqual(await memory.read("outbox/a b"), ok({ n: 2 }));
    assert.deepEqual(await memory.keys("outbox/"), ok(["outbox/a b"]));
    assert.equal(texts.size, 1);
    await memory.remove("outbox/a b");
    assert.deepEqual([await memory.keys(""), await memory.text("outbox/a b")], [ok([]), ok("")]);
  });

  it("are found next to files of other programs", async () => {
    const { open, texts } = world();
    for (const stray of ["%zz.json", "a b.json", "notes.txt", "%E0%A4%A.json"]) texts.set(stray, "{}");
    await open().write("a", 1);
    assert.deepEqual(await open().keys(""), ok(["a"]));
  });

  it("keep the old value if the disk is full or the window crashes during a write", async () => {
    const { open, texts, files } = world();
    await open().write("a", "old");
    const full = failed({ kind: "unwritable" as const, path: "a.json", reason: "full" });
    // A full disk truncates the text.
    const short = open({ write: async (path, text) => (await files.write(path, text.slice(0, 2)), full) });
    assert.deepEqual(await short.write("a", "a new value"), full);
    assert.deepEqual([await open().read("a"), texts.size], [ok("old"), 1]);
    void open({ replace: () => new Promise(() => undefined) }).write("a", "new");
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual([await open().read("a"), await open().keys("")], [ok("old"), ok(["a"])]);
  });

  it("use the new value if a window crashed after the old one was removed, and temporary files are removed a day later", async () => {
    const { open, texts, clock, files } = world();
    void open({ replace: () => new Promise(() => undefined) }).write("a", "new");
    await new Promise((resolve) => setImmediate(resolve));
    clock.now += 30_000;
    assert.deepEqual(await open().keys(""), ok([]), "another window may be about to put it in its place");
    clock.now += 60_000;
    assert.deepEqual([await open().keys(""), await open().read("a"), texts.size], [ok(["a"]), ok("new"), 1]);
    await files.write(`b.json.${clock.now.toString(36)}-x.tmp`, "{ cut");
    clock.now += day - 1000;
    await open().keys("");
    assert.equal(texts.size, 2);
    clock.now += 2000;
    await open().keys("");
    assert.deepEqual([...texts.keys()], ["a.json"]);
  });

  it("that are not JSON can be read as text", async () => {
    const { open, texts } = world();
    texts.set("a.json", "{ cut");
    const read = await open().read("a");
    assert.equal(read.kind === "failed" && read.failure.kind, "unreadable");
    assert.deepEqual(await open().text("a"), ok("{ cut"));
  });
});

describe("an outbox in a folder with another file", () => {
  it("is sent", async () => {
    const { open, texts } = world();
    const time = virtualTime();
    const { files } = memoryFiles();
    const tracker = createFilesTracker({ files, clock: time.clock, ids: countingIds("x"), me: () => "ana" });
    const parts = { tracker, clock: time.clock, ids: countingIds("w"), log: memoryLog() };
    const created = await time.run(tracker.create({ repository: "acme/desk", kind: "request", title: "A", body: "", labels: [], assignees: [] }, "a"));
    assert.ok(created.kind === "ok");
    await open().write("outbox/2026-11-20T16:00:00Z/1", { key: "k", at: "2026-11-20T16:00:00Z", by: "ana", operation: { kind: "edit", ref: created.value, change: { kind: "close" } } });
    texts.set("%zz.json", "{}");
    assert.deepEqual(await time.run(createOutbox({ ...parts, memory: open() }).replay()), []);
    assert.deepEqual([...texts.keys()], ["%zz.json"]);
  });
});
