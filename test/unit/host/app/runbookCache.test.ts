import assert from 'node:assert/strict';
import { defaultDesk } from '../../../../src/core/desk/defaultDesk';
import type { Files } from '../../../../src/core/model/ports';
import { failed } from '../../../../src/core/model/result';
import { type RunbookCache, runbookCache } from '../../../../src/host/app/runbookCache';
import { memoryLog } from '../../../support/memoryLog';
import { memoryFiles } from '../../../support/memoryFiles';

const path = "runbooks/a.md";

function cacheOf(files: Files, unsaved: (path: string) => string | undefined = () => undefined): RunbookCache {
  return runbookCache({ files, unsaved, log: memoryLog(), desk: () => defaultDesk("local"), deskFolder: () => "runbooks", folders: () => ["runbooks"] });
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

  it("returns a section by its procedure's path, until the file changes", async () => {
    const { files, texts } = memoryFiles({ [path]: "# Day\n- [ ] one\n# Night\n- [ ] two" });
    const cache = cacheOf(files);
    assert.deepEqual(steps(await cache.one(`${path}#night`)), ["two"]);
    assert.equal(await cache.one(`${path}#night`), await cache.one(`${path}#night`));
    assert.equal(await cache.one(`${path}#noon`), undefined);
    assert.equal(await cache.one("runbooks/none.md#night"), undefined);
    texts.set(path, "# Night\n- [ ] three");
    cache.forget(path);
    assert.deepEqual(steps(await cache.one(`${path}#night`)), ["three"]);
    assert.deepEqual(steps(await cache.one(path)), ["three"]);
  });

  it("finds the checklists of roles in front matter and in the desk", async () => {
    const { files } = memoryFiles({ [path]: "# Day\n- [ ] one", "runbooks/b.md": "---\nwhen: end-of-day\n---\n- [ ] b", "runbooks/c.md": "- [ ] c" });
    const desk = { ...defaultDesk("local"), checklists: [{ runbook: "a.md#day", role: "primary", when: "start-of-day" as const }, { runbook: "a.md#gone", when: "start-of-day" as const }, { runbook: "c.md", when: "during-day" as const }] };
    const cache = runbookCache({ files, unsaved: () => undefined, log: memoryLog(), desk: () => desk, deskFolder: () => "runbooks", folders: () => ["runbooks"] });
    assert.deepEqual((await cache.roleChecklists()).map(({ path, details: { when, role } }) => [path, when, role]), [["runbooks/b.md", "end-of-day", undefined], ["runbooks/c.md", "during-day", undefined], ["runbooks/a.md#day", "start-of-day", "primary"]]);
  });

  it("gives each role checklist a title of its own, once", async () => {
    const { files } = memoryFiles({ [path]: "# Day\n- [ ] one\n# Day\n- [ ] two" });
    const listed = (slug: string, role: string) => ({ runbook: `a.md#${slug}`, role, when: "start-of-day" as const });
    const desk = { ...defaultDesk("local"), checklists: [listed("day", "primary"), listed("day-1", "backup"), listed("day", "lead")] };
    const cache = runbookCache({ files, unsaved: () => undefined, log: memoryLog(), desk: () => desk, deskFolder: () => "runbooks", folders: () => ["runbooks"] });
    assert.deepEqual((await cache.roleChecklists()).map(({ path, title }) => [path, title]), [["runbooks/a.md#day", "Day (primary)"], ["runbooks/a.md#day-1", "Day (backup)"]]);
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
