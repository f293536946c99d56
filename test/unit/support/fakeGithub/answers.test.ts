import assert from "node:assert/strict";
import { desk, everyFakeGithub, name, refused } from "./everyFakeGithub";

describe("the fake GitHub", () => {
  const fake = everyFakeGithub();

  describe("answers like GitHub", () => {
    it("304 to a mark that still holds, per token and at no cost", async () => {
      await fake.octokit.issues.create({ ...desk, title: "a" });
      const { headers } = await fake.octokit.issues.listForRepo(desk);
      const again = await fake.raw("/repos/acme/desk/issues", { headers: { "if-none-match": headers.etag ?? "" } });
      assert.deepEqual([again.status, again.headers.get("x-ratelimit-remaining")], [304, headers["x-ratelimit-remaining"]]);
      assert.equal((await fake.raw("/repos/acme/desk/issues", { headers: { "if-none-match": headers.etag ?? "" } }, "token-ben")).status, 200);
      const patched = await fake.octokit.issues.update({ ...desk, issue_number: 1, title: "b" });
      assert.equal((await fake.raw("/repos/acme/desk/issues/1", { headers: { "if-none-match": patched.headers.etag ?? "" } })).status, 304);
      assert.equal((await fake.raw("/repos/acme/desk/issues", { headers: { "if-none-match": headers.etag ?? "" } })).status, 200);
      assert.deepEqual(fake.github.requests.filter(({ conditional }) => conditional).map(({ status }) => status), [304, 200, 304, 200]);
    });

    it("400 to If-Match on a change", async () => {
      await fake.octokit.issues.create({ ...desk, title: "a" });
      await refused(fake.octokit.issues.update({ ...desk, issue_number: 1, title: "b", headers: { "if-match": "x" } }), 400, /Conditional/);
    });

    it("401 to a token it does not know or knows no more", async () => {
      fake.github.revoke("token-ana");
      await refused(fake.octokit.users.getAuthenticated(), 401, /Bad credentials/);
      const { data, headers } = await fake.client("token-ben").users.getAuthenticated();
      assert.deepEqual([data.login, headers["x-oauth-scopes"]], ["ben", "repo"]);
    });

    it("301 and 307 to a former name of a repository", async () => {
      await fake.octokit.issues.create({ ...desk, title: "a" });
      fake.github.repository(name).rename("acme/moved");
      const read = await fake.raw("/repos/acme/desk/issues?state=all");
      assert.equal(read.status, 301);
      assert.match(read.headers.get("location") ?? "", /\/api\/v3\/repositories\/\d+\/issues\?state=all$/);
      assert.equal((await fake.raw("/repos/acme/desk/issues", { method: "POST", body: JSON.stringify({ title: "b" }) })).status, 307);
      await fake.octokit.issues.create({ ...desk, title: "c" });
      assert.deepEqual((await fake.octokit.issues.listForRepo(desk)).data.map(({ title, repository_url }) => [title, repository_url.slice(-10)]), [["c", "acme/moved"], ["a", "acme/moved"]]);
    });

    it("301 to a transferred issue and 410 to a deleted one", async () => {
      fake.github.addRepository("acme/other");
      for (const title of ["a", "b"]) await fake.octokit.issues.create({ ...desk, title });
      fake.github.repository("acme/other").open({ title: "old" }, "ben");
      assert.equal(fake.github.repository(name).transfer(1, "acme/other"), 2);
      fake.github.repository(name).delete(2);
      assert.match((await fake.raw("/repos/acme/desk/issues/1")).headers.get("location") ?? "", /\/repositories\/\d+\/issues\/2$/);
      const { data } = await fake.octokit.issues.get({ ...desk, issue_number: 1 });
      assert.deepEqual([data.number, data.html_url], [2, `${fake.github.url}/acme/other/issues/2`]);
      assert.equal((await fake.octokit.issues.update({ ...desk, issue_number: 1, title: "A" })).data.title, "A");
      await refused(fake.octokit.issues.get({ ...desk, issue_number: 2 }), 410, /deleted/);
      assert.deepEqual((await fake.octokit.issues.listForRepo(desk)).data, []);
    });

    it("410 where issues are switched off, 403 where it is archived", async () => {
      fake.github.repository(name).archive();
      await refused(fake.octokit.issues.create({ ...desk, title: "a" }), 403, /Repository was archived so is read-only\./);
      fake.github.repository(name).switchIssues(false);
      await refused(fake.octokit.issues.listForRepo(desk), 410, /disabled/);
    });

    it("403 to people who cannot write in a locked conversation", async () => {
      const few = fake.only("ana");
      fake.github.repository("acme/few").open({ title: "a" }, "ben");
      fake.github.repository("acme/few").lock(1);
      await refused(fake.client("token-ben").issues.createComment({ ...few, issue_number: 1, body: "b" }), 403, /locked/);
      await refused(fake.client("token-ben").issues.update({ ...few, issue_number: 1, body: "b" }), 403, /locked/);
      assert.equal((await fake.octokit.issues.createComment({ ...few, issue_number: 1, body: "b" })).status, 201);
    });

    it("404 to what is invisible, 403 to what is forbidden", async () => {
      const few = fake.only("ana");
      fake.github.addRepository("acme/secret", { private: true, writers: ["ana"] });
      fake.github.addUser("cleo", "token-cleo", { scopes: ["public_repo"] });
      fake.github.addUser("ana", "token-read", { readOnly: true });
      await fake.octokit.issues.create({ ...few, title: "a" });
      await refused(fake.client("token-ben").issues.listForRepo({ owner: "acme", repo: "secret" }), 404, /Not Found/);
      await refused(fake.octokit.repos.get({ owner: "acme", repo: "none" }), 404, /Not Found/);
      await refused(fake.client("token-ben").issues.update({ ...few, issue_number: 1, title: "b" }), 403, /Must have admin rights/);
      await refused(fake.client("token-ben").issues.addLabels({ ...few, issue_number: 1, labels: ["incident"] }), 403, /Must have admin rights/);
      assert.equal((await fake.client("token-cleo").issues.create({ ...few, title: "b" })).status, 201);
      const headers = await refused(fake.client("token-read").issues.create({ ...few, title: "c" }), 403, /Resource not accessible by personal access token/);
      assert.equal(headers["x-accepted-github-permissions"], "issues=write");
      fake.github.addUser("ana", "token-none", { scopes: [] });
      assert.equal((await refused(fake.client("token-none").issues.create({ ...desk, title: "c" }), 404, /Not Found/))["x-accepted-oauth-scopes"], "repo, public_repo");
    });

    it("422 to what is too long or missing, with the field", async () => {
      await fake.octokit.issues.create({ ...desk, title: "a", body: "x".repeat(65_536) });
      await refused(fake.octokit.issues.create({ ...desk, title: "a", body: "x".repeat(65_537) }), 422, /body is too long \(maximum is 65536 characters\)/);
      await refused(fake.octokit.issues.createComment({ ...desk, issue_number: 1, body: "x".repeat(65_537) }), 422, /too long/);
      await refused(fake.octokit.issues.create({ ...desk, title: " " }), 422, /missing_field.*title/);
      await refused(fake.octokit.issues.update({ ...desk, issue_number: 1, title: "x".repeat(257) }), 422, /title is too long/);
      assert.equal(fake.github.repository(name).issues().length, 1);
    });

    it("422 to fields of a wrong type, where it is not held to the description", async () => {
      await fake.restart({ checkDescription: false });
      const { status, message } = await fake.raw("/repos/acme/desk/issues", { method: "POST", body: JSON.stringify({ title: "a", labels: "b" }) }).then(async answer => ({ status: answer.status, message: Object(await answer.json()).message }));
      assert.equal(status, 422);
      assert.match(String(message), /properties\/labels.*not an array/);
    });

    it("422 to whoever may write and names somebody who cannot be assigned, but for the list of assignees itself", async () => {
      const few = fake.only("ana");
      await fake.octokit.issues.create({ ...few, title: "Down" });
      const one = { ...few, issue_number: 1 };
      const invalid = /"resource":"Issue","code":"invalid","field":"assignees"/;
      await refused(fake.octokit.issues.create({ ...few, title: "Up", assignees: ["ana", "ben"] }), 422, invalid);
      await refused(fake.octokit.issues.update({ ...one, title: "Up", assignees: ["nobody"] }), 422, invalid);
      const { data } = await fake.octokit.issues.addAssignees({ ...one, assignees: ["ana", "ben", "nobody"] });
      assert.deepEqual([data.title, data.assignees?.map(({ login }) => login), fake.github.repository("acme/few").issues().length], ["Down", ["ana"], 1]);
    });

    it("links without a new time of change, and counts them at the other end a little later", async () => {
      let now = Date.parse("2026-11-21T10:00:00Z");
      await fake.restart({ now: () => now, countsLag: 1500 });
      for (const title of ["Above", "Below"]) await fake.octokit.issues.create({ ...desk, title });
      const [above, below] = [1, 2].map(issue_number => ({ ...desk, issue_number }));
      assert.ok(above && below);
      const idOf = async (one: typeof above): Promise<number> => (await fake.octokit.issues.get(one)).data.id;
      now += 60_000;
      await fake.octokit.issues.addSubIssue({ ...above, sub_issue_id: await idOf(below) });
      await fake.octokit.issues.addBlockedByDependency({ ...above, issue_id: await idOf(below) });
      const seen = async () => [(await fake.octokit.issues.get(above)).data, (await fake.octokit.issues.get(below)).data].map(({ updated_at, sub_issues_summary, issue_dependencies_summary: counts, parent_issue_url }) =>
        [updated_at.slice(11, 19), sub_issues_summary?.total, counts?.blocked_by, counts?.blocking, parent_issue_url?.split("/").at(-1)]);
      assert.deepEqual(await seen(), [["10:00:00", 0, 1, 0, undefined], ["10:00:00", 0, 0, 0, "1"]]);
      now += 2000;
      assert.deepEqual(await seen(), [["10:00:00", 1, 1, 0, undefined], ["10:00:00", 0, 0, 1, "1"]]);
    });

    it("issues without what they cannot have: a parent, a type in a person's repository, links of a pull request", async () => {
      fake.github.addRepository("ana/notes", { ofUser: true, types: ["Bug"] });
      await fake.octokit.issues.create({ owner: "ana", repo: "notes", title: "Down", type: "Bug" });
      const { data } = await fake.octokit.issues.get({ owner: "ana", repo: "notes", issue_number: 1 });
      assert.deepEqual([data.type, "parent_issue_url" in data, "sub_issues_summary" in data], [undefined, false, true]);
      fake.github.repository(name).open({ title: "A change", pullRequest: true }, "ben");
      const [pull] = (await fake.octokit.issues.listForRepo(desk)).data;
      assert.ok(pull && !("sub_issues_summary" in pull) && !("issue_dependencies_summary" in pull));
    });

    it("400 to a version of its API that it does not serve", async () => {
      await refused(fake.octokit.issues.listForRepo({ ...desk, headers: { "x-github-api-version": "2031-01-01" } }), 400, /not a supported API version/);
      await fake.octokit.issues.listForRepo({ ...desk, headers: { "x-github-api-version": "2022-11-28" } });
      assert.equal(fake.github.requests.at(-1)?.version, "2022-11-28");
    });

    it("success to labels and assignees it silently drops", async () => {
      const few = fake.only("ana");
      fake.github.addUser("tess", "token-tess");
      const wanted = { ...few, title: "a", labels: ["incident", "new"], assignees: ["ben"] };
      const { data } = await fake.client("token-ben").issues.create(wanted);
      assert.deepEqual([data.labels, data.assignees], [[], []]);
      const { data: triaged } = await fake.client("token-tess").issues.create({ ...wanted, assignees: ["tess"] });
      assert.deepEqual([triaged.labels.length, triaged.assignees?.length], [1, 1]);
      await refused(fake.client("token-tess").issues.update({ ...few, issue_number: 1, body: "b" }), 403, /Must have admin rights/);
      assert.equal((await fake.client("token-tess").issues.update({ ...few, issue_number: 1, state: "closed" })).data.state, "closed");
      fake.github.fault({ match: ({ method }) => method === "POST", do: { kind: "silent", drop: ["labels"] } });
      const { data: dropped } = await fake.octokit.issues.create({ ...wanted, assignees: ["ana"] });
      assert.deepEqual([dropped.labels, dropped.assignees?.length], [[], 1]);
    });

    it("to a browser's question whether it may ask", async () => {
      const answer = await fetch(`${fake.github.url}/api/v3/user`, { method: "OPTIONS" });
      assert.deepEqual([answer.status, answer.headers.get("access-control-allow-origin")], [204, "*"]);
      assert.match(answer.headers.get("access-control-expose-headers") ?? "", /ETag, Link/);
    });
  });
});
