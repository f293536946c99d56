import assert from "node:assert/strict";
import { defaultDesk } from "../../../../src/core/desk/defaultDesk";
import type { Files } from "../../../../src/core/ports";
import { runbookShelf, type RunbookShelf } from "../../../../src/host/platform/runbookShelf";
import { failed } from "../../../../src/core/result";
import { keptLog } from "../../../support/keptLog";
import { memoryFiles } from "../../../support/memoryFiles";

const path = "runbooks/a.md";

function shelfOf(files: Files, unsaved: (path: string) => string | undefined = () => undefined): RunbookShelf {
  return runbookShelf({ files, unsaved, log: keptLog(), desk: () => defaultDesk("local"), folders: () => ["runbooks"] });
}

function steps(runbook: Awaited<ReturnType<RunbookShelf["one"]>>): readonly string[] | undefined {
  return runbook?.steps.map(({ text }) => text);
}

describe("The shelf of runbooks", () => {
  it("shows the text an editor holds unsaved, and the file's when it does not", async () => {
    const { files } = memoryFiles({ [path]: "- [ ] saved" });
    let open: string | undefined = "- [ ] unsaved";
    const shelf = shelfOf(files, () => open);
    assert.deepEqual(steps(await shelf.one(path)), ["unsaved"]);
    open = undefined;
    shelf.forget(path);
    assert.deepEqual(steps(await shelf.one(path)), ["saved"]);
  });

  it("does not keep a text that changed while it was read", async () => {
    const { files, texts } = memoryFiles({ [path]: "- [ ] old" });
    const shelf: RunbookShelf = shelfOf({
      ...files,
      async read(one) {
        const text = await files.read(one);
        if (texts.get(path) === "- [ ] old") {
          texts.set(path, "- [ ] new");
          shelf.forget(path);
        }
        return text;
      },
    });
    await shelf.all();
    assert.deepEqual(steps(await shelf.one(path)), ["new"]);
  });

  it("reads nothing outside its folder", async () => {
    const outside = ["../a.md", "runbooks/../../a.md", "runbooks\\..\\..\\a.md", "C:/a.md"];
    const { files } = memoryFiles(Object.fromEntries([path, ...outside].map((each) => [each, "- [ ] a"])));
    const shelf = shelfOf(files);
    for (const each of outside) assert.equal(await shelf.one(each), undefined);
    assert.notEqual(await shelf.one(path), undefined);
  });

  it("has the runbooks beside a folder that cannot be read", async () => {
    const { files } = memoryFiles({ [path]: "- [ ] a", "runbooks/shut/b.md": "- [ ] b" });
    const shelf = shelfOf({ ...files, list: async (folder) => (folder === "runbooks/shut" ? failed({ kind: "unreadable", path: folder, reason: "denied" }) : files.list(folder)) });
    assert.deepEqual((await shelf.all()).map((runbook) => runbook.path), [path]);
  });
});
