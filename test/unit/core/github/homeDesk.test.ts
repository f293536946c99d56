import assert from "node:assert/strict";
import { parseDesk } from "../../../../src/core/desk/parseDesk";
import { deskRepositories, homeDesk } from "../../../../src/core/github/homeDesk";

function desk(text: string) {
  return parseDesk(text).desk ?? assert.fail("The desk of this test is broken");
}

describe("A desk on GitHub", () => {
  it("uses the workspace's repositories if it names none", () => {
    const placed = homeDesk(desk("kinds: { incident: {}, request: { repository: acme/support } }"), ["acme/docs", "ana/docs"]);
    assert.deepEqual(placed.kinds.map(({ name, repositories }) => [name, ...repositories]), [["incident", "acme/docs", "ana/docs"], ["request", "acme/support"]]);
    assert.deepEqual(deskRepositories(placed), ["acme/docs", "ana/docs", "acme/support"]);
    assert.equal(placed.team, "docs");
    assert.equal(homeDesk(desk("team: Night"), ["acme/docs"]).team, "Night");
  });

  it("has none if neither names any", () => {
    const plain = desk("team: Night");
    assert.equal(homeDesk(plain, []), plain);
    assert.deepEqual(deskRepositories(plain), []);
  });
});
