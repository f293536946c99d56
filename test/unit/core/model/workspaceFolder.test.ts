import assert from 'node:assert/strict';
import { defaultDesk } from '../../../../src/core/desk/defaultDesk';
import { folderMark, folderMarks, resolvePath, withoutMark } from '../../../../src/core/model/paths';
import { canLink, movedLinks, movesOf } from '../../../../src/core/runbook/links';
import { isRunbookPath, runbookFolders } from '../../../../src/core/runbook/runbookFolders';
import { readMarkdown } from '../../../../src/markdown/readMarkdown';

describe("A path in an additional workspace folder", () => {
  it("starts with the folder's unique prefix", () => {
    assert.deepEqual(folderMarks(["ops", "on call", "a/b", "ops"]), ["ops:", "on call:", "a-b:", "ops 2:"]);
    assert.deepEqual(["ops:/runbooks/a.md", "on call:/a.md", "runbooks/a.md", "runbooks/a:/b.md", "a:b.md"].map(folderMark), ["ops:", "on call:", "", "", ""]);
    assert.deepEqual(["ops:/runbooks/a.md", "runbooks/a.md"].map(withoutMark), ["runbooks/a.md", "runbooks/a.md"]);
  });

  it("is linked from and to only within its folder", () => {
    const cases = [["b.md", "ops:/runbooks/b.md"], ["../b.md", "ops:/b.md"], ["/b.md", "ops:/b.md"], ["../../b.md", undefined], ["/../b.md", undefined]] as const;
    for (const [written, expected] of cases) assert.equal(resolvePath("ops:/runbooks/a.md", written), expected, written);
    assert.equal(canLink("ops:/a.md", "ops:/b/c.md"), true);
    assert.equal(canLink("ops:/a.md", "runbooks/c.md"), false);
  });

  it("is a runbook in the folders that the desk lists, even if that is the whole folder", () => {
    const desk = defaultDesk("local");
    const named = runbookFolders(desk, "team", ["ops:", "packages/web"]);
    assert.deepEqual(named, ["team", "ops:/runbooks", "packages/web/runbooks"]);
    const whole = { ...desk, folders: ["", "guides"] };
    assert.deepEqual(runbookFolders(whole, "", ["ops:"]), ["", "guides", "ops:", "ops:/guides"]);
    const own = { ...desk, folders: [""] };
    assert.equal(isRunbookPath("ops:/a.md", runbookFolders(own, "", [])), false);
    assert.equal(isRunbookPath("ops:/a.md", runbookFolders(own, "", ["ops:"])), true);
  });

  it("keeps its links when it moves, except those that no link can follow", () => {
    const text = readMarkdown("[b](b.md) [c](/runbooks/c.md)");
    const within = movesOf([{ from: "ops:/runbooks/a.md", to: "ops:/runbooks/x/a.md" }, { from: "ops:/runbooks/c.md", to: "ops:/c.md" }]);
    assert.deepEqual(movedLinks("ops:/runbooks/a.md", text, within).map((change) => change.text), ["../b.md", "/c.md"]);
    assert.deepEqual(movedLinks("ops:/runbooks/a.md", text, movesOf([{ from: "ops:/runbooks/a.md", to: "runbooks/a.md" }])), []);
  });
});
