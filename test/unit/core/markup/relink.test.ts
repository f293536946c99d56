import assert from 'node:assert/strict';
import { appendChecklist, readChecklists } from '../../../../src/core/markup/checklistRegion';
import { addLink, readLinks, relink } from '../../../../src/core/markup/linkRegion';
import { sampleChecklist, step } from '../../../support/sampleChecklist';

const home = "acme/desk";

const duplicate = { repository: "acme/engine", number: 8 };

const stays = { repository: "acme/engine", number: 7 };

const other = { repository: home, number: 3 };

describe("redirected links", () => {
  const checklist = sampleChecklist([{ ...step("a"), links: [other, duplicate] }, { ...step("b"), links: [stays, duplicate] }, step("c")]);
  const body = addLink(addLink(appendChecklist("Nobody can sign in: acme/engine#8?", checklist, home), { kind: "child", other: duplicate }, home), { kind: "related", other }, home);

  it("are changed in the link region and at each step, without duplicates, and nowhere else", () => {
    const moved = relink(body, duplicate, stays, home);
    assert.deepEqual(readLinks(moved, home), [{ kind: "child", other: stays }, { kind: "related", other }]);
    assert.deepEqual(readChecklists(moved, home)[0]?.items.map((item) => (item.kind === "step" ? item.links : [])), [[other, stays], [stays], []]);
    assert.ok(moved.startsWith("Nobody can sign in: acme/engine#8?"));
    assert.equal(relink(moved, duplicate, stays, home), moved);
  });

  it("are not duplicated if the link exists already", () => {
    const both = addLink(body, { kind: "child", other: stays }, home);
    assert.deepEqual(readLinks(relink(both, duplicate, stays, home), home), [{ kind: "related", other }, { kind: "child", other: stays }]);
  });

  it("keep every byte of a text without them", () => {
    const plain = "A text with acme/engine#8\r\n\r\n- [ ] and a box  ";
    assert.equal(relink(plain, duplicate, stays, home), plain);
  });
});
