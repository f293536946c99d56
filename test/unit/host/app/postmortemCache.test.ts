import assert from 'node:assert/strict';
import type { Files } from '../../../../src/core/model/ports';
import { failed } from '../../../../src/core/model/result';
import { postmortemCache, type PostmortemFiles } from '../../../../src/host/app/postmortemCache';
import { memoryFiles } from '../../../support/memoryFiles';

const text = (title: string, number = 12): string => `---\nissue: "#${number}"\nstarted: 2026-11-20T02:00:00Z\n---\n\n# Post-mortem: ${title}\n`;

function cacheOf(files: Pick<Files, "list" | "read">, more: Partial<Parameters<typeof postmortemCache>[0]> = {}): ReturnType<typeof postmortemCache> {
  return postmortemCache({ files, folder: () => "postmortems", timezone: () => "America/Los_Angeles", pause: async () => undefined, elapsed: () => 0, ...more });
}

const titles = ({ postmortems }: PostmortemFiles): readonly string[] => postmortems.map(({ title }) => title);

describe("the cache of post-mortems", () => {
  it("reads all Markdown files below the folder, but not those about the folder", async () => {
    const { files } = memoryFiles({
      "postmortems/a.md": text("A"),
      "postmortems/2024/b.markdown": text("B"),
      "postmortems/2024/README.md": text("In a folder of its own"),
      "postmortems/README.md": text("About this folder"),
      "postmortems/template.md": text("Copy this"),
      "postmortems/a.txt": "A",
      "elsewhere/c.md": text("C"),
    });
    assert.deepEqual(titles(await cacheOf(files).read()), ["In a folder of its own", "B", "A"]);
  });

  it("reads nothing before it is asked, and a file only once", async () => {
    const { files } = memoryFiles({ "postmortems/a.md": text("A") });
    const asked: string[] = [];
    const cache = cacheOf({ list: (folder) => (asked.push(folder), files.list(folder)), read: (path) => (asked.push(path), files.read(path)) });
    assert.deepEqual(asked, []);
    await cache.read();
    await cache.read();
    assert.deepEqual(asked, ["postmortems", "postmortems/a.md"]);
  });

  it("follows a file that changed, and keeps the object of one that did not", async () => {
    const { files, texts } = memoryFiles({ "postmortems/a.md": text("A"), "postmortems/b.md": text("B") });
    const cache = cacheOf(files);
    const [first, second] = (await cache.read()).postmortems;
    texts.set("postmortems/b.md", text("C"));
    cache.forget("postmortems/a.md");
    cache.forget("postmortems/b.md");
    const after = await cache.read();
    assert.deepEqual(titles(after), ["A", "C"]);
    assert.equal(after.postmortems[0], first);
    assert.notEqual(after.postmortems[1], second);
    texts.delete("postmortems/a.md");
    texts.set("postmortems/d.md", text("D"));
    cache.forgetList();
    const listed = await cache.read();
    assert.deepEqual(titles(listed), ["C", "D"]);
    assert.equal(listed.postmortems[0], after.postmortems[1]);
    texts.set("postmortems/d.md", text("E"));
    cache.forgetAll();
    assert.deepEqual(titles(await cache.read()), ["C", "E"]);
  });

  it("finds a file that was added while the folder was listed", async () => {
    const { files, texts } = memoryFiles({ "postmortems/a.md": text("A") });
    const cache = cacheOf({
      ...files,
      async list(folder) {
        const names = await files.list(folder);
        if (!texts.has("postmortems/b.md")) cache.forgetList();
        texts.set("postmortems/b.md", text("B"));
        return names;
      },
    });
    assert.deepEqual(titles(await cache.read()), ["A"]);
    assert.deepEqual(titles(await cache.read()), ["A", "B"]);
  });

  it("lists files whose text or fields cannot be read, with the reason", async () => {
    const { files } = memoryFiles({ "postmortems/a.md": text("A"), "postmortems/b.md": "---\nissue: [\n---\n", "postmortems/c.md": text("C") });
    const cache = cacheOf({ ...files, read: async (path) => (path.endsWith("c.md") ? failed({ kind: "unreadable", path, reason: "not UTF-8" }) : files.read(path)) });
    const { postmortems, unreadable } = await cache.read();
    assert.deepEqual(postmortems.map(({ path, problem }) => [path, problem]), [["postmortems/a.md", undefined], ["postmortems/b.md", "badYaml"]]);
    assert.deepEqual(unreadable, [{ path: "postmortems/c.md", reason: "unreadable" }]);
  });

  it("returns why the folder cannot be read, and tries again", async () => {
    const { files } = memoryFiles({ "postmortems/a.md": text("A") });
    const failure = { kind: "unreadable", path: "postmortems", reason: "no access" } as const;
    let blocked = true;
    const cache = cacheOf({ ...files, list: async (folder) => (blocked ? failed(failure) : files.list(folder)) });
    assert.deepEqual(await cache.read(), { postmortems: [], unreadable: [], failure });
    blocked = false;
    assert.deepEqual(titles(await cache.read()), ["A"]);
  });

  it("is empty without a folder, and follows the folder and time zone of the desk", async () => {
    const { files } = memoryFiles({ "incidents/a.md": text("A") });
    let [folder, timezone] = ["postmortems", "America/Los_Angeles"];
    const cache = cacheOf(files, { folder: () => folder, timezone: () => timezone });
    assert.deepEqual(await cache.read(), { postmortems: [], unreadable: [] });
    folder = "incidents";
    assert.deepEqual((await cache.read()).postmortems.map(({ date }) => date), ["2026-11-19"]);
    timezone = "UTC";
    assert.deepEqual((await cache.read()).postmortems.map(({ date }) => date), ["2026-11-20"]);
  });

  it("pauses between slices of several hundred files", async () => {
    const { files } = memoryFiles(Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`postmortems/${index}.md`, text(`Number ${index}`)])));
    let [now, pauses, longest, since] = [0, 0, 0, 0];
    const cache = cacheOf(files, {
      // Parsing a file takes a millisecond here.
      timezone: () => ((now += 1), "UTC"),
      elapsed: () => now,
      pause: async () => ((pauses += 1), (longest = Math.max(longest, now - since)), void (since = now)),
    });
    assert.equal((await cache.read()).postmortems.length, 400);
    assert.ok(pauses >= 20 && longest <= 15, `${pauses} pauses, at most ${longest} ms apart`);
  });
});
