import assert from "node:assert/strict";
import { desk, everyFakeGithub, name } from "./everyFakeGithub";

describe("the fake GitHub", () => {
  const fake = everyFakeGithub();

  describe("holds both sides to GitHub's description", () => {
    it("and refuses a field it does not name", async () => {
      assert.match(await fake.told(await fake.raw("/repos/acme/desk/issues", { method: "POST", body: JSON.stringify({ title: "a", lables: [] }) })), /lables/);
      assert.equal(fake.github.repository(name).issues().length, 0);
    });

    it("and a value, a parameter and an operation it does not name", async () => {
      await fake.octokit.issues.create({ ...desk, title: "a" });
      assert.match(await fake.told(await fake.raw("/repos/acme/desk/issues/1", { method: "PATCH", body: JSON.stringify({ state: "done" }) })), /state/);
      assert.match(await fake.told(await fake.raw("/repos/acme/desk/issues?stat=all")), /stat is not/);
      assert.match(await fake.told(await fake.raw("/repos/acme/desk/issues?per_page=101")), /per_page/);
      assert.match(await fake.told(await fake.raw("/repos/acme/desk/issues?since=yesterday")), /since/);
      assert.match(await fake.told(await fake.raw("/repos/acme/desk/isues")), /no operation/);
      assert.match(await fake.told(await fake.raw("/search/issues")), /no q/);
    });

    it("and an answer of its own that is wrong, also in a timeline", async () => {
      const issue = fake.github.repository(name).open({ title: "a" }, "ana");
      for (const version of fake.github.state.repositories.values()) {
        version.issues.set(1, [{ at: 0, issue: { ...issue, events: [{ id: 1, at: 0, login: "ana", event: "labeled", label: Object(5) }], title: Object(5) } }]);
      }
      assert.match(await fake.told(await fake.raw("/repos/acme/desk/issues/1")), /answer\/title/);
      assert.match(await fake.told(await fake.raw("/repos/acme/desk/issues")), /answer\/0\/title/);
      assert.match(await fake.told(await fake.raw("/repos/acme/desk/issues/1/timeline")), /event\/label\/name/);
    });
  });

  it("goes on with the state of another one", async () => {
    await fake.octokit.issues.create({ ...desk, title: "a" });
    await fake.restart({ state: fake.github.state });
    assert.equal((await fake.client("token-ana").issues.get({ ...desk, issue_number: 1 })).data.html_url, `${fake.github.url}/acme/desk/issues/1`);
  });
});
