import assert from 'node:assert/strict';
import type { Memory } from '../../../../src/core/model/ports';
import { deskIdentity } from '../../../../src/host/app/identity';
import { countingIds } from '../../../support/countingIds';
import { type MemoryFiles, memoryFiles } from '../../../support/memoryFiles';
import { memoryMemory } from '../../../support/memoryMemory';

/** A machine: folders by address, and its stored values. */
function machine() {
  const folders = new Map<string, MemoryFiles>();
  const memories = new Map<string, Memory>();
  const ids = countingIds("abcdefgh");
  const folder = (address: string, texts: Readonly<Record<string, string>> = { ".desk/incident/1-a.md": "x" }): MemoryFiles => {
    const made = memoryFiles(texts);
    folders.set(address, made);
    return made;
  };
  return {
    folders,
    folder,
    copy: (from: string, to: string) => folder(to, Object.fromEntries(folders.get(from)?.texts ?? [])),
    move(from: string, to: string) {
      const moved = folders.get(from);
      assert.ok(moved);
      folders.delete(from);
      folders.set(to, moved);
    },
    open: (address: string, writable = true): Promise<string> =>
      deskIdentity({
        files: folders.get(address)?.files ?? memoryFiles().files,
        address,
        at: (other) => folders.get(other)?.files ?? memoryFiles().files,
        memory: async (name) => memories.get(name) ?? (memories.set(name, memoryMemory()), memories.get(name) ?? memoryMemory()),
        ids,
        writable,
      }),
  };
}

describe("the name of a desk on this machine", () => {
  it("stays the same when the folder is renamed, and renamed again", async () => {
    const m = machine();
    m.folder("file:///a");
    const name = await m.open("file:///a");
    assert.match(name, /^desk /);
    assert.equal(await m.open("file:///a"), name);
    m.move("file:///a", "file:///b");
    assert.equal(await m.open("file:///b"), name);
    m.move("file:///b", "file:///a");
    assert.equal(await m.open("file:///a"), name);
  });

  it("is different for another clone and for a copy, whichever is opened first", async () => {
    const m = machine();
    m.folder("file:///a");
    m.folder("file:///clone");
    const name = await m.open("file:///a");
    assert.notEqual(await m.open("file:///clone"), name);
    m.copy("file:///a", "file:///copy");
    const copy = await m.open("file:///copy");
    assert.notEqual(copy, name);
    assert.deepEqual([await m.open("file:///a"), await m.open("file:///copy")], [name, copy]);
  });

  it("is not shared when the folder was renamed and an older copy is restored at its address", async () => {
    const m = machine();
    m.folder("file:///a");
    const name = await m.open("file:///a");
    m.copy("file:///a", "file:///backup");
    m.move("file:///a", "file:///b");
    assert.equal(await m.open("file:///b"), name);
    m.move("file:///backup", "file:///a");
    assert.notEqual(await m.open("file:///a"), name);
    assert.equal(await m.open("file:///b"), name);
  });

  it("is the same for two addresses of one folder", async () => {
    const m = machine();
    const made = m.folder("file:///a");
    m.folders.set("file:///link", made);
    const name = await m.open("file:///a");
    assert.deepEqual([await m.open("file:///link"), await m.open("file:///a"), await m.open("file:///link")], [name, name, name]);
  });

  it("is the address, and nothing is written, for a folder without issues or one that cannot be written", async () => {
    const m = machine();
    const empty = m.folder("file:///empty", { "README.md": "x" });
    assert.equal(await m.open("file:///empty"), "file:///empty");
    const shut = m.folder("file:///shut");
    assert.equal(await m.open("file:///shut", false), "file:///shut");
    assert.deepEqual([empty.texts.size, shut.texts.size], [1, 1]);
  });

  it("is stored in a folder that Git ignores, and created again if it is broken or deleted", async () => {
    const m = machine();
    const { texts } = m.folder("file:///a");
    const name = await m.open("file:///a");
    assert.equal(texts.get(".desk/.local/.gitignore"), "*\n");
    for (const broken of ["{", "{}", JSON.stringify({ id: "../x", address: "file:///a" })]) {
      texts.set(".desk/.local/desk.json", broken);
      assert.equal(await m.open("file:///a"), name);
    }
    // As after `git clean -x`.
    texts.delete(".desk/.local/desk.json");
    assert.equal(await m.open("file:///a"), name);
    assert.ok(texts.has(".desk/.local/desk.json"));
  });
});
