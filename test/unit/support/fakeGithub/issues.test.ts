import assert from "node:assert/strict";
import { desk, everyFakeGithub, name, refused } from "./everyFakeGithub";

describe("the fake GitHub", () => {
  const fake = everyFakeGithub();

  describe("keeps issues", () => {
    it("opened with labels, made where they are new, and with assignees", async () => {
      const { data } = await fake.octokit.issues.create({ ...desk, title: "  Down ", body: "Since noon", labels: ["INCIDENT", "high"], assignees: ["BEN"] });
      assert.deepEqual([data.number, data.title, data.body, data.labels.map(label => typeof label === "string" ? label : label.name), data.assignees?.map(({ login }) => login)], [1, "Down", "Since noon", ["incident", "high"], ["ben"]]);
      assert.equal(data.html_url, `${fake.github.url}/acme/desk/issues/1`);
      assert.deepEqual(fake.github.repository(name).labels(), ["incident", "high"]);
      assert.deepEqual((await fake.octokit.issues.get({ ...desk, issue_number: 1 })).data, data);
    });

    it("and changes them, with whole seconds as times", async () => {
      let now = Date.parse("2026-11-21T10:00:00.900Z");
      await fake.restart({ now: () => now });
      await fake.octokit.issues.create({ ...desk, title: "Down" });
      now += 1000;
      const { data } = await fake.octokit.issues.update({ ...desk, issue_number: 1, title: "Up", body: "", state: "closed", state_reason: "not_planned", labels: ["incident"], assignees: ["ana"] });
      assert.deepEqual([data.title, data.body, data.state, data.state_reason, data.updated_at, data.closed_at, data.created_at], ["Up", null, "closed", "not_planned", "2026-11-21T10:00:01Z", "2026-11-21T10:00:01Z", "2026-11-21T10:00:00Z"]);
    });

    it("and tells what happened in GitHub's order and forms", async () => {
      await fake.octokit.issues.create({ ...desk, title: "Down", body: "for @ben" });
      const one = { ...desk, issue_number: 1 };
      await fake.octokit.issues.addLabels({ ...one, labels: ["incident", "high"] });
      await fake.octokit.issues.removeLabel({ ...one, name: "high" });
      await fake.octokit.issues.setLabels({ ...one, labels: [] });
      await fake.octokit.issues.addAssignees({ ...one, assignees: ["ben"] });
      await fake.octokit.issues.removeAssignees({ ...one, assignees: ["ben"] });
      await fake.octokit.issues.update({ ...one, title: "Slow" });
      await fake.octokit.issues.createComment({ ...one, body: "Looking" });
      await fake.octokit.issues.update({ ...one, state: "closed" });
      await fake.octokit.issues.update({ ...one, state: "open" });
      await fake.octokit.issues.lock(one);
      await fake.octokit.issues.create({ ...desk, title: "Other", body: "From acme/desk#1" });
      await fake.octokit.issues.create({ ...desk, title: "Silent", body: "`#1` <!-- #1 -->\n```\n#1 @ben\n```" });
      const { data } = await fake.octokit.issues.listEventsForTimeline(one);
      assert.deepEqual(data.map(({ event }) => event), [
        "mentioned", "subscribed", "labeled", "labeled", "unlabeled", "unlabeled", "assigned", "unassigned", "renamed", "commented", "closed", "reopened", "locked", "cross-referenced",
      ]);
      const source = data.find(({ event }) => event === "cross-referenced");
      assert.equal(source !== undefined && "source" in source ? source.source?.issue?.number : 0, 2);
      const { data: events } = await fake.octokit.issues.listEventsForRepo(desk);
      assert.deepEqual([events[0]?.event, events.at(-1)?.event, events.some(({ event }) => event === "commented")], ["locked", "mentioned", false]);
      assert.equal(events.find(({ event }) => event === "assigned")?.assignee?.login, "ben");
    });

    it("and their comments", async () => {
      await fake.octokit.issues.create({ ...desk, title: "Down" });
      const { data } = await fake.octokit.issues.createComment({ ...desk, issue_number: 1, body: "One" });
      await fake.octokit.issues.updateComment({ ...desk, comment_id: data.id, body: "Two" });
      assert.deepEqual((await fake.octokit.issues.listComments({ ...desk, issue_number: 1 })).data.map(({ body }) => body), ["Two"]);
      assert.deepEqual((await fake.octokit.issues.listCommentsForRepo({ ...desk, since: "2030-01-01T00:00:00Z" })).data, []);
      await fake.octokit.issues.deleteComment({ ...desk, comment_id: data.id });
      assert.equal((await fake.octokit.issues.get({ ...desk, issue_number: 1 })).data.comments, 0);
    });
  });

  describe("lists", () => {
    it("page by page, only by the links to the next, with pull requests among the issues", async () => {
      for (const title of ["a", "b", "c"]) await fake.octokit.issues.create({ ...desk, title });
      fake.github.repository(name).open({ title: "d", pullRequest: true }, "ben");
      const { headers, data } = await fake.octokit.issues.listForRepo({ ...desk, per_page: 3 });
      assert.match(headers.link ?? "", /^<http[^>]+\/api\/v3\/repositories\/\d+\/issues\?per_page=3&page=2&after=\w+>; rel="next"$/);
      assert.deepEqual(data.map(({ title, pull_request }) => title + (pull_request === undefined ? "" : "!")), ["d!", "c", "b"]);
      assert.deepEqual((await fake.octokit.paginate(fake.octokit.issues.listForRepo, { ...desk, per_page: 1 })).map(({ title }) => title), ["d", "c", "b", "a"]);
      const comments = await fake.octokit.issues.listLabelsForRepo({ ...desk, per_page: 1 });
      assert.equal(comments.headers.link, undefined);
    });

    it("by state, time of change, label and order", async () => {
      let now = Date.parse("2026-11-21T10:00:00Z");
      await fake.restart({ now: () => now });
      for (const title of ["a", "b", "c"]) {
        await fake.octokit.issues.create({ ...desk, title, labels: title === "b" ? ["incident"] : [] });
        now += 10_000;
      }
      await fake.octokit.issues.update({ ...desk, issue_number: 1, state: "closed" });
      const titles = async (more: NonNullable<Parameters<typeof fake.octokit.issues.listForRepo>[0]> | object) => (await fake.octokit.issues.listForRepo({ ...desk, ...more })).data.map(({ title }) => title).join("");
      assert.equal(await titles({}), "cb");
      assert.equal(await titles({ state: "all", sort: "updated", direction: "desc" }), "acb");
      assert.equal(await titles({ state: "all", since: "2026-11-21T10:00:20Z" }), "ca");
      assert.equal(await titles({ labels: "incident" }), "b");
    });

    it("find words and qualifiers in what the person may see", async () => {
      fake.github.addRepository("acme/secret", { private: true, writers: ["ben"] });
      fake.github.repository("acme/secret").open({ title: "Printer down" }, "ben");
      await fake.octokit.issues.create({ ...desk, title: "Printer down", labels: ["incident"] });
      await fake.octokit.issues.create({ ...desk, title: "Printer up" });
      const found = async (q: string, as = fake.octokit) => (await as.search.issuesAndPullRequests({ q })).data.items.map(({ html_url }) => html_url.replace(fake.github.url, ""));
      assert.deepEqual(await found("is:issue printer down"), ["/acme/desk/issues/1"]);
      assert.equal((await found("is:issue printer down", fake.client("token-ben"))).length, 2);
      assert.deepEqual(await found("is:issue repo:acme/desk -label:incident"), ["/acme/desk/issues/2"]);
      await refused(found("repo:acme/secret is:issue"), 422, /cannot be searched/);
      await refused(found("printer"), 422, /must include/);
    });
  });
});
