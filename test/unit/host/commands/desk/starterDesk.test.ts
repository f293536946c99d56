import assert from 'node:assert/strict';
import { failed } from '../../../../../src/core/model/result';
import { writeMissing } from '../../../../../src/host/commands/desk/starterDesk';
import { memoryFiles } from '../../../../support/memoryFiles';

describe("A new desk", () => {
  it("does not overwrite existing files, even if they cannot be read", async () => {
    const { files, texts } = memoryFiles({ "desk.yml": "mine", "shut.md": "mine too" });
    const wanted = ["desk.yml", "new.md", "shut.md"].map((path) => ({ path, text: "starter" }));
    const shut: typeof files = { ...files, read: async (path) => (path === "shut.md" ? failed({ kind: "unreadable", path, reason: "in use" }) : files.read(path)) };
    assert.equal((await writeMissing(shut, wanted)).kind, "failed");
    assert.deepEqual([...texts], [["desk.yml", "mine"], ["shut.md", "mine too"], ["new.md", "starter"]]);
  });
});
