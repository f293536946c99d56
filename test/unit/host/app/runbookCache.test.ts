import assert from 'node:assert/strict';
import { defaultDesk } from '../../../../src/core/desk/defaultDesk';
import type { Files } from '../../../../src/core/model/ports';
import { failed } from '../../../../src/core/model/result';
import { type RunbookCache, runbookCache } from '../../../../src/host/app/runbookCache';
import { memoryLog } from '../../../support/memoryLog';
import { memoryFiles } from '../../../support/memoryFiles';

const path = "runbooks/a.md";

function cacheOf(files: Files, unsaved: (path: string) => string | undefined = () => undefined): RunbookCache {
  return runbookCache({ files, unsaved, log: memoryLog(), desk: () => defaultDesk("local"), folders: () => ["runbooks"] });
}

function steps(runbook: Awaited<ReturnType<RunbookCache["one"]>>): readonly string[] | undefined {
  return runbook?.steps.map(({ text }) => text);
}

describe("runbookCache", () => {
  it("returns the text of an unsaved editor, otherwise that of the file", async () => {
    const { files } = memoryFiles({ [path]: "- [ ] saved" });
    let open: string | undefined = "- [ ] unsaved";
    const cache = cacheOf(files, () => open);
    assert.deepEqual(steps(await cache.one(path)), ["unsaved"]);
    open = undefined;
    cache.forget(path);
    assert.deepEqual(steps(await cache.one(path)), ["saved"]);
  });

  it("does not cache a text that changed while it was read", async () => {
    const { files, texts } = memoryFiles({ [path]: "- [ ] old" });
    const cache: RunbookCache = cacheOf({
      ...files,
      async read(one) {
        const text = await files.read(one);
        if (texts.get(path) === "- [ ] old") {
          texts.set(path, "- [ ] new");
          cache.forget(path);
        }
        return text;
      },
    });
    await cache.all();
    assert.deepEqual(steps(await cache.one(path)), ["new"]);
  });

  it("reads nothing outside its folders", async () => {
    const outside = ["../a.md", "runbooks/../../a.md", "runbooks\\..\\..\\a.md", "C:/a.md"];
    const { files } = memoryFiles(Object.fromEntries([path, ...outside].map((each) => [each, "- [ ] a"])));
    const cache = cacheOf(files);
    for (const each of outside) assert.equal(await cache.one(each), undefined);
    assert.notEqual(await cache.one(path), undefined);
  });

  it("returns the other runbooks if a folder cannot be read", async () => {
    const { files } = memoryFiles({ [path]: "- [ ] a", "runbooks/shut/b.md": "- [ ] b" });
    const cache = cacheOf({ ...files, list: async (folder) => (folder === "runbooks/shut" ? failed({ kind: "unreadable", path: folder, reason: "denied" }) : files.list(folder)) });
    assert.deepEqual((await cache.all()).map((runbook) => runbook.path), [path]);
  });
});
