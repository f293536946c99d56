import assert from "node:assert/strict";
import { desk, everyFakeGithub, name, refused } from "./everyFakeGithub";

describe("the fake GitHub", () => {
  const fake = everyFakeGithub();

  describe("limits", () => {
    it("count down, each search apart, and refuse at the end until the clock has passed the reset", async () => {
      let now = Date.parse("2026-11-21T10:00:00Z");
      await fake.restart({ now: () => now });
      await fake.octokit.issues.listForRepo(desk);
      fake.github.limit({ kind: "primary", remaining: 1, resetIn: 60 });
      const { headers } = await fake.octokit.issues.listForRepo(desk);
      assert.deepEqual([headers["x-ratelimit-remaining"], Number(headers["x-ratelimit-reset"])], ["0", now / 1000 + 60]);
      const last = await refused(fake.octokit.issues.listForRepo(desk), 403, /rate limit exceeded/);
      assert.deepEqual([last["x-ratelimit-remaining"], last["x-ratelimit-resource"]], ["0", "core"]);
      assert.equal((await fake.octokit.search.issuesAndPullRequests({ q: "is:issue a" })).headers["x-ratelimit-remaining"], "29");
      assert.equal((await fake.octokit.rateLimit.get()).data.resources.core.remaining, 0);
      now += 60_000;
      assert.equal((await fake.octokit.issues.listForRepo(desk)).headers["x-ratelimit-remaining"], "4999");
    });

    it("of the secondary kind refuse with and without saying until when", async () => {
      fake.github.limit({ kind: "secondary", status: 429, retryAfter: 7, writesOnly: true });
      assert.equal((await fake.octokit.issues.listForRepo(desk)).status, 200);
      assert.equal((await refused(fake.octokit.issues.create({ ...desk, title: "a" }), 429, /secondary rate limit/))["retry-after"], "7");
      fake.github.clearFaults();
      fake.github.limit({ kind: "secondary" });
      assert.equal((await refused(fake.octokit.issues.listForRepo(desk), 403, /secondary/))["retry-after"], undefined);
      fake.github.clearFaults();
      assert.equal((await fake.octokit.issues.listForRepo(desk)).status, 200);
    });
  });

  describe("goes wrong", () => {
    const post = ({ method }: { method: string }) => method === "POST";
    const create = () => fake.octokit.issues.create({ ...desk, title: "a" });
    const count = () => fake.github.repository(name).issues().length;

    it("before anything happened", async () => {
      fake.github.fault({ match: post, do: { kind: "dropBefore" } });
      await assert.rejects(create());
      assert.deepEqual([count(), fake.github.requests.at(-1)?.status], [0, 0]);
      await create();
      assert.equal(count(), 1);
    });

    it("after it happened", async () => {
      fake.github.fault({ match: post, do: { kind: "dropAfter" }, times: 2 });
      await assert.rejects(create());
      await assert.rejects(create());
      await create();
      assert.equal(count(), 3);
    });

    it("with another status, before or after", async () => {
      fake.github.fault({ match: post, do: { kind: "status", status: 502 } });
      fake.github.fault({ match: ({ login, path }) => login === "ana" && path === "/repos/acme/desk/issues", do: { kind: "status", status: 503, after: true, headers: { "Retry-After": "3" } } });
      await refused(create(), 502, /Something went wrong/);
      assert.equal(count(), 0);
      assert.equal((await refused(create(), 503, /Something went wrong/))["retry-after"], "3");
      assert.equal(count(), 1);
    });

    it("late or never", async () => {
      fake.github.fault({ match: post, do: { kind: "slow", ms: 30 } });
      assert.equal((await create()).status, 201);
      fake.github.fault({ match: post, do: { kind: "hang" } });
      await assert.rejects(fake.octokit.issues.create({ ...desk, title: "b", request: { signal: AbortSignal.timeout(50) } }));
      assert.equal(count(), 1);
    });

    it("by showing an earlier state in lists and searches", async () => {
      let now = Date.parse("2026-11-21T10:00:00Z");
      await fake.restart({ now: () => now });
      await create();
      now += 10_000;
      await fake.octokit.issues.update({ ...desk, issue_number: 1, title: "b" });
      await fake.octokit.issues.create({ ...desk, title: "c" });
      fake.github.fault({ match: ({ method }) => method === "GET", times: 2, do: { kind: "stale", ms: 5000 } });
      assert.deepEqual((await fake.octokit.issues.listForRepo(desk)).data.map(({ title }) => title), ["a"]);
      assert.equal((await fake.octokit.search.issuesAndPullRequests({ q: "is:issue b" })).data.total_count, 0);
      assert.equal((await fake.octokit.issues.listForRepo(desk)).data.length, 2);
    });

    it("no more once the faults are cleared", async () => {
      fake.github.fault({ match: () => true, do: { kind: "dropBefore" } });
      fake.github.clearFaults();
      assert.equal((await create()).status, 201);
    });
  });
});
