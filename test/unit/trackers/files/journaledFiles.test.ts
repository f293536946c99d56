import fc from 'fast-check';
import assert from 'node:assert/strict';
import type { Files } from '../../../../src/core/model/ports';
import { failed, ok } from '../../../../src/core/model/result';
import { journaledFiles } from '../../../../src/trackers/files/journaledFiles';
import { countingIds } from '../../../support/countingIds';
import { memoryLog } from '../../../support/memoryLog';
import { memoryFiles } from '../../../support/memoryFiles';
import { memoryMemory } from '../../../support/memoryMemory';

/** A disk that stops after `kept` characters of the next write, as a full disk or a killed process leaves it. */
function cutting(files: Files, texts: Map<string, string>, kept: number): Files {
  return {
    ...files,
    async write(path, text) {
      texts.set(path, text.slice(0, kept));
      return failed({ kind: "unwritable", path, reason: "no space left" });
    },
  };
}

function house(files: Files, values: Map<string, string>) {
  return journaledFiles({ files, journal: memoryMemory(values), ids: countingIds("j"), log: memoryLog() });
}

describe("files with a journal", () => {
  it("leave nothing in the journal after a successful write", async () => {
    const disk = memoryFiles();
    const values = new Map<string, string>();
    await house(disk.files, values).files.write("a.md", "text");
    assert.equal(disk.texts.get("a.md"), "text");
    assert.equal(values.size, 0);
  });

  it("complete a write that was interrupted anywhere", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.string({ minLength: 1 }), fc.nat(), async (before, after, cut) => {
        const disk = memoryFiles({ "a.md": before });
        const values = new Map<string, string>();
        await house(cutting(disk.files, disk.texts, cut % after.length), values).files.write("a.md", after);
        await house(disk.files, values).recover();
        assert.equal(disk.texts.get("a.md"), after);
        assert.equal(values.size, 0);
      }),
    );
  });

  it("leave later changes by others alone", async () => {
    const disk = memoryFiles({ "a.md": "old" });
    const values = new Map<string, string>();
    await house(cutting(disk.files, disk.texts, 1), values).files.write("a.md", "new text");
    disk.texts.set("a.md", "a person's text");
    await house(disk.files, values).recover();
    assert.equal(disk.texts.get("a.md"), "a person's text");
  });

  it("do not restore a file that somebody deleted since", async () => {
    const disk = memoryFiles({ "a.md": "old" });
    const values = new Map<string, string>();
    await house(cutting(disk.files, disk.texts, 1), values).files.write("a.md", "new text");
    disk.texts.delete("a.md");
    await house(disk.files, values).recover();
    assert.equal(disk.texts.has("a.md"), false);
  });

  it("repair an emptied file at the next reading", async () => {
    const disk = memoryFiles({ "a.md": "old" });
    const values = new Map<string, string>();
    await house(cutting(disk.files, disk.texts, 0), values).files.write("a.md", "new text");
    assert.deepEqual(await house(disk.files, values).files.read("a.md"), { kind: "ok", value: "new text" });
  });

  it("repair a partial write before it is read again", async () => {
    const disk = memoryFiles({ "a.md": "old" });
    let full = true;
    const shut = cutting(disk.files, disk.texts, 3);
    const { files } = house({ ...disk.files, write: (path, text) => (full ? shut : disk.files).write(path, text) }, new Map());
    await files.write("a.md", "new text");
    assert.deepEqual(await files.read("a.md"), { kind: "ok", value: "new" });
    full = false;
    assert.deepEqual(await files.read("a.md"), { kind: "ok", value: "new text" });
  });

  it("are not read while they have a part of a text that cannot be completed yet", async () => {
    const disk = memoryFiles({ "a.md": "old", "b.md": "old" });
    let space: Files = cutting(disk.files, disk.texts, 4);
    const readOnly: Files = { ...disk.files, write: async (path) => failed({ kind: "unwritable", path, reason: "read-only" }) };
    const { files } = house({ ...disk.files, write: (...write) => space.write(...write) }, new Map());
    await files.write("a.md", "new text", "old");
    assert.equal((await files.read("a.md")).kind, "failed");
    space = readOnly;
    await files.write("b.md", "old and new", "old");
    assert.deepEqual(await files.read("b.md"), ok("old"));
    space = disk.files;
    assert.deepEqual(await files.read("a.md"), ok("new text"));
  });

  it("notice that a disk took only a part of a text without an error", async () => {
    const disk = memoryFiles({ "a.md": "old" });
    let full = true;
    const short: Files = { ...disk.files, write: async (path, text, before) => disk.files.write(path, full ? text.slice(0, 3) : text, before) };
    const { files } = house(short, new Map());
    assert.deepEqual(await files.write("a.md", "new text", "old"), failed({ kind: "unwritable", path: "a.md", reason: "incomplete" }));
    assert.equal((await files.read("a.md")).kind, "failed");
    full = false;
    assert.deepEqual(await files.read("a.md"), ok("new text"));
  });

  it("complete a write that was interrupted inside a character", async () => {
    const disk = memoryFiles({ "a.md": "old" });
    const values = new Map<string, string>();
    await house(cutting(disk.files, disk.texts, 3), values).files.write("a.md", "café au lait");
    const torn = (): boolean => disk.texts.get("a.md") === "caf";
    const files: Files = { ...disk.files, read: async (path) => (torn() ? failed({ kind: "unreadable", path, reason: "not UTF-8" }) : disk.files.read(path)) };
    const remains: Files["read"] = async (path) => (torn() ? ok("caf\u{fffd}") : disk.files.read(path));
    const second = journaledFiles({ files, remains, journal: memoryMemory(values), ids: countingIds("k"), log: memoryLog() });
    assert.equal((await second.recover()).kind, "ok");
    assert.deepEqual(await second.files.read("a.md"), { kind: "ok", value: "café au lait" });
  });

  it("repair the other files when one cannot be repaired", async () => {
    const disk = memoryFiles({ "a.md": "old", "b.md": "old" });
    const values = new Map<string, string>();
    const cut = house(cutting(disk.files, disk.texts, 0), values).files;
    await cut.write("a.md", "new a");
    await cut.write("b.md", "new b");
    const shut: Files = { ...disk.files, write: async (path, text) => (path === "a.md" ? failed({ kind: "unwritable", path, reason: "denied" }) : disk.files.write(path, text)) };
    const { files } = house(shut, values);
    assert.deepEqual(await files.read("b.md"), { kind: "ok", value: "new b" });
    assert.equal((await files.read("a.md")).kind, "failed");
  });

  it("change no file while the journal cannot be written", async () => {
    const disk = memoryFiles({ "a.md": "old" });
    const journal = { ...memoryMemory(), write: async () => failed({ kind: "unwritable" as const, path: "journal", reason: "no space left" }) };
    const { files } = journaledFiles({ files: disk.files, journal, ids: countingIds(), log: memoryLog() });
    assert.equal((await files.write("a.md", "new text")).kind, "failed");
    assert.equal(disk.texts.get("a.md"), "old");
  });
});
