import assert from "node:assert/strict";
import { addLink, readLinks } from "../../../../src/core/issue/linkRegion";
import { relink } from "../../../../src/core/issue/relink";
import { appendRun, readRuns } from "../../../../src/core/issue/runRegion";
import { sampleRun, step } from "../../../support/sampleRun";

const home = "acme/desk";
const twin = { repository: "acme/engine", number: 8 };
const stays = { repository: "acme/engine", number: 7 };
const other = { repository: home, number: 3 };

describe("links that lead to another issue", () => {
  const run = sampleRun([{ ...step("a"), links: [other, twin] }, { ...step("b"), links: [stays, twin] }, step("c")]);
  const body = addLink(addLink(appendRun("Nobody can sign in: acme/engine#8?", run, home), { kind: "child", other: twin }, home), { kind: "related", other }, home);

  it("are moved in the links and at each step, once each, and nowhere else", () => {
    const moved = relink(body, twin, stays, home);
    assert.deepEqual(readLinks(moved, home), [{ kind: "child", other: stays }, { kind: "related", other }]);
    assert.deepEqual(readRuns(moved, home)[0]?.items.map((item) => (item.kind === "step" ? item.links : [])), [[other, stays], [stays], []]);
    assert.ok(moved.startsWith("Nobody can sign in: acme/engine#8?"));
    assert.equal(relink(moved, twin, stays, home), moved);
  });

  it("do not double one that is there already", () => {
    const both = addLink(body, { kind: "child", other: stays }, home);
    assert.deepEqual(readLinks(relink(both, twin, stays, home), home), [{ kind: "related", other }, { kind: "child", other: stays }]);
  });

  it("leave a text without them to the byte", () => {
    const plain = "A text with acme/engine#8\r\n\r\n- [ ] and a box  ";
    assert.equal(relink(plain, twin, stays, home), plain);
  });
});
