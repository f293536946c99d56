import assert from "node:assert/strict";
import { Octokit } from "@octokit/rest";
import { type FakeGithub, type FakeGithubOptions, startFakeGithub } from "../../support/fakeGithub/fakeGithub";

const desk = { owner: "acme", repo: "desk" };
const name = "acme/desk";

describe("the fake GitHub", () => {
  let github: FakeGithub;
  let expectsViolation: boolean;

  const client = (token: string) => new Octokit({ auth: token, baseUrl: `${github.url}/api/v3`, log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} } });
  const start = async (options: FakeGithubOptions = {}) => {
    github = await startFakeGithub(options);
    expectsViolation = false;
    github.addUser("ana", "token-ana");
    github.addUser("ben", "token-ben");
    github.addRepository(name, { labels: ["incident"] });
    return client("token-ana");
  };
  const restart = async (options: FakeGithubOptions) => {
    await github.close();
    return await start(options);
  };
  const only = (...logins: string[]) => { github.addRepository("acme/few", { writers: logins, triagers: ["tess"], labels: ["incident"] }); return { owner: "acme", repo: "few" }; };
  const raw = (path: string, init: RequestInit = {}, token = "token-ana") => fetch(`${github.url}/api/v3${path}`, { redirect: "manual", ...init, headers: { authorization: `token ${token}`, ...init.headers } });
  const refused = async (work: Promise<unknown>, status: number, message: RegExp): Promise<Record<string, unknown>> => {
    const error: unknown = await work.then(() => undefined, (reason: unknown) => reason);
    assert.ok(error instanceof Error && "status" in error && "response" in error, `nothing was refused: ${String(error)}`);
    assert.equal(error.status, status);
    assert.match(error.message, message);
    return Object(Object(error.response).headers);
  };

  let octokit: Octokit;
  beforeEach(async () => { octokit = await start(); });
  afterEach(async () => {
    if (expectsViolation) await assert.rejects(github.close(), /Not as GitHub describes it/);
    else await github.close();
  });

  describe("keeps issues", () => {
    it("opened with labels, made where they are new, and with assignees", async () => {
      const { data } = await octokit.issues.create({ ...desk, title: "  Down ", body: "Since noon", labels: ["INCIDENT", "high"], assignees: ["BEN"] });
      assert.deepEqual([data.number, data.title, data.body, data.labels.map(label => typeof label === "string" ? label : label.name), data.assignees?.map(({ login }) => login)], [1, "Down", "Since noon", ["incident", "high"], ["ben"]]);
      assert.equal(data.html_url, `${github.url}/acme/desk/issues/1`);
      assert.deepEqual(github.repository(name).labels(), ["incident", "high"]);
      assert.deepEqual((await octokit.issues.get({ ...desk, issue_number: 1 })).data, data);
    });

    it("and changes them, with whole seconds as times", async () => {
      let now = Date.parse("2026-11-21T10:00:00.900Z");
      octokit = await restart({ now: () => now });
      await octokit.issues.create({ ...desk, title: "Down" });
      now += 1000;
      const { data } = await octokit.issues.update({ ...desk, issue_number: 1, title: "Up", body: "", state: "closed", state_reason: "not_planned", labels: ["incident"], assignees: ["ana"] });
      assert.deepEqual([data.title, data.body, data.state, data.state_reason, data.updated_at, data.closed_at, data.created_at], ["Up", null, "closed", "not_planned", "2026-11-21T10:00:01Z", "2026-11-21T10:00:01Z", "2026-11-21T10:00:00Z"]);
    });

    it("and tells what happened in GitHub's order and forms", async () => {
      await octokit.issues.create({ ...desk, title: "Down", body: "for @ben" });
      const one = { ...desk, issue_number: 1 };
      await octokit.issues.addLabels({ ...one, labels: ["incident", "high"] });
      await octokit.issues.removeLabel({ ...one, name: "high" });
      await octokit.issues.setLabels({ ...one, labels: [] });
      await octokit.issues.addAssignees({ ...one, assignees: ["ben"] });
      await octokit.issues.removeAssignees({ ...one, assignees: ["ben"] });
      await octokit.issues.update({ ...one, title: "Slow" });
      await octokit.issues.createComment({ ...one, body: "Looking" });
      await octokit.issues.update({ ...one, state: "closed" });
      await octokit.issues.update({ ...one, state: "open" });
      await octokit.issues.lock(one);
      await octokit.issues.create({ ...desk, title: "Other", body: "From acme/desk#1" });
      await octokit.issues.create({ ...desk, title: "Silent", body: "`#1` <!-- #1 -->\n```\n#1 @ben\n```" });
      const { data } = await octokit.issues.listEventsForTimeline(one);
      assert.deepEqual(data.map(({ event }) => event), [
        "mentioned", "subscribed", "labeled", "labeled", "unlabeled", "unlabeled", "assigned", "unassigned", "renamed", "commented", "closed", "reopened", "locked", "cross-referenced",
      ]);
      const source = data.find(({ event }) => event === "cross-referenced");
      assert.equal(source !== undefined && "source" in source ? source.source?.issue?.number : 0, 2);
      const { data: events } = await octokit.issues.listEventsForRepo(desk);
      assert.deepEqual([events[0]?.event, events.at(-1)?.event, events.some(({ event }) => event === "commented")], ["locked", "mentioned", false]);
      assert.equal(events.find(({ event }) => event === "assigned")?.assignee?.login, "ben");
    });

    it("and their comments", async () => {
      await octokit.issues.create({ ...desk, title: "Down" });
      const { data } = await octokit.issues.createComment({ ...desk, issue_number: 1, body: "One" });
      await octokit.issues.updateComment({ ...desk, comment_id: data.id, body: "Two" });
      assert.deepEqual((await octokit.issues.listComments({ ...desk, issue_number: 1 })).data.map(({ body }) => body), ["Two"]);
      assert.deepEqual((await octokit.issues.listCommentsForRepo({ ...desk, since: "2030-01-01T00:00:00Z" })).data, []);
      await octokit.issues.deleteComment({ ...desk, comment_id: data.id });
      assert.equal((await octokit.issues.get({ ...desk, issue_number: 1 })).data.comments, 0);
    });
  });

  describe("lists", () => {
    it("page by page, only by the links to the next, with pull requests among the issues", async () => {
      for (const title of ["a", "b", "c"]) await octokit.issues.create({ ...desk, title });
      github.repository(name).open({ title: "d", pullRequest: true }, "ben");
      const { headers, data } = await octokit.issues.listForRepo({ ...desk, per_page: 3 });
      assert.match(headers.link ?? "", /^<http[^>]+\/api\/v3\/repositories\/\d+\/issues\?per_page=3&page=2&after=\w+>; rel="next"$/);
      assert.deepEqual(data.map(({ title, pull_request }) => title + (pull_request === undefined ? "" : "!")), ["d!", "c", "b"]);
      assert.deepEqual((await octokit.paginate(octokit.issues.listForRepo, { ...desk, per_page: 1 })).map(({ title }) => title), ["d", "c", "b", "a"]);
      const comments = await octokit.issues.listLabelsForRepo({ ...desk, per_page: 1 });
      assert.equal(comments.headers.link, undefined);
    });

    it("by state, time of change, label and order", async () => {
      let now = Date.parse("2026-11-21T10:00:00Z");
      octokit = await restart({ now: () => now });
      for (const title of ["a", "b", "c"]) {
        await octokit.issues.create({ ...desk, title, labels: title === "b" ? ["incident"] : [] });
        now += 10_000;
      }
      await octokit.issues.update({ ...desk, issue_number: 1, state: "closed" });
      const titles = async (more: NonNullable<Parameters<typeof octokit.issues.listForRepo>[0]> | object) => (await octokit.issues.listForRepo({ ...desk, ...more })).data.map(({ title }) => title).join("");
      assert.equal(await titles({}), "cb");
      assert.equal(await titles({ state: "all", sort: "updated", direction: "desc" }), "acb");
      assert.equal(await titles({ state: "all", since: "2026-11-21T10:00:20Z" }), "ca");
      assert.equal(await titles({ labels: "incident" }), "b");
    });

    it("find words and qualifiers in what the person may see", async () => {
      github.addRepository("acme/secret", { private: true, writers: ["ben"] });
      github.repository("acme/secret").open({ title: "Printer down" }, "ben");
      await octokit.issues.create({ ...desk, title: "Printer down", labels: ["incident"] });
      await octokit.issues.create({ ...desk, title: "Printer up" });
      const found = async (q: string, as = octokit) => (await as.search.issuesAndPullRequests({ q })).data.items.map(({ html_url }) => html_url.replace(github.url, ""));
      assert.deepEqual(await found("is:issue printer down"), ["/acme/desk/issues/1"]);
      assert.equal((await found("is:issue printer down", client("token-ben"))).length, 2);
      assert.deepEqual(await found("is:issue repo:acme/desk -label:incident"), ["/acme/desk/issues/2"]);
      await refused(found("repo:acme/secret is:issue"), 422, /cannot be searched/);
      await refused(found("printer"), 422, /must include/);
    });
  });

  describe("answers like GitHub", () => {
    it("304 to a mark that still holds, per token and at no cost", async () => {
      await octokit.issues.create({ ...desk, title: "a" });
      const { headers } = await octokit.issues.listForRepo(desk);
      const again = await raw("/repos/acme/desk/issues", { headers: { "if-none-match": headers.etag ?? "" } });
      assert.deepEqual([again.status, again.headers.get("x-ratelimit-remaining")], [304, headers["x-ratelimit-remaining"]]);
      assert.equal((await raw("/repos/acme/desk/issues", { headers: { "if-none-match": headers.etag ?? "" } }, "token-ben")).status, 200);
      const patched = await octokit.issues.update({ ...desk, issue_number: 1, title: "b" });
      assert.equal((await raw("/repos/acme/desk/issues/1", { headers: { "if-none-match": patched.headers.etag ?? "" } })).status, 304);
      assert.equal((await raw("/repos/acme/desk/issues", { headers: { "if-none-match": headers.etag ?? "" } })).status, 200);
      assert.deepEqual(github.requests.filter(({ conditional }) => conditional).map(({ status }) => status), [304, 200, 304, 200]);
    });

    it("400 to If-Match on a change", async () => {
      await octokit.issues.create({ ...desk, title: "a" });
      await refused(octokit.issues.update({ ...desk, issue_number: 1, title: "b", headers: { "if-match": "x" } }), 400, /Conditional/);
    });

    it("401 to a token it does not know or knows no more", async () => {
      github.revoke("token-ana");
      await refused(octokit.users.getAuthenticated(), 401, /Bad credentials/);
      const { data, headers } = await client("token-ben").users.getAuthenticated();
      assert.deepEqual([data.login, headers["x-oauth-scopes"]], ["ben", "repo"]);
    });

    it("301 and 307 to a former name of a repository", async () => {
      await octokit.issues.create({ ...desk, title: "a" });
      github.repository(name).rename("acme/moved");
      const read = await raw("/repos/acme/desk/issues?state=all");
      assert.equal(read.status, 301);
      assert.match(read.headers.get("location") ?? "", /\/api\/v3\/repositories\/\d+\/issues\?state=all$/);
      assert.equal((await raw("/repos/acme/desk/issues", { method: "POST", body: JSON.stringify({ title: "b" }) })).status, 307);
      await octokit.issues.create({ ...desk, title: "c" });
      assert.deepEqual((await octokit.issues.listForRepo(desk)).data.map(({ title, repository_url }) => [title, repository_url.slice(-10)]), [["c", "acme/moved"], ["a", "acme/moved"]]);
    });

    it("301 to a transferred issue and 410 to a deleted one", async () => {
      github.addRepository("acme/other");
      for (const title of ["a", "b"]) await octokit.issues.create({ ...desk, title });
      github.repository("acme/other").open({ title: "old" }, "ben");
      assert.equal(github.repository(name).transfer(1, "acme/other"), 2);
      github.repository(name).delete(2);
      assert.match((await raw("/repos/acme/desk/issues/1")).headers.get("location") ?? "", /\/repositories\/\d+\/issues\/2$/);
      const { data } = await octokit.issues.get({ ...desk, issue_number: 1 });
      assert.deepEqual([data.number, data.html_url], [2, `${github.url}/acme/other/issues/2`]);
      assert.equal((await octokit.issues.update({ ...desk, issue_number: 1, title: "A" })).data.title, "A");
      await refused(octokit.issues.get({ ...desk, issue_number: 2 }), 410, /deleted/);
      assert.deepEqual((await octokit.issues.listForRepo(desk)).data, []);
    });

    it("410 where issues are switched off, 403 where it is archived", async () => {
      github.repository(name).archive();
      await refused(octokit.issues.create({ ...desk, title: "a" }), 403, /Repository was archived so is read-only\./);
      github.repository(name).switchIssues(false);
      await refused(octokit.issues.listForRepo(desk), 410, /disabled/);
    });

    it("403 to people who cannot write in a locked conversation", async () => {
      const few = only("ana");
      github.repository("acme/few").open({ title: "a" }, "ben");
      github.repository("acme/few").lock(1);
      await refused(client("token-ben").issues.createComment({ ...few, issue_number: 1, body: "b" }), 403, /locked/);
      await refused(client("token-ben").issues.update({ ...few, issue_number: 1, body: "b" }), 403, /locked/);
      assert.equal((await octokit.issues.createComment({ ...few, issue_number: 1, body: "b" })).status, 201);
    });

    it("404 to what is invisible, 403 to what is forbidden", async () => {
      const few = only("ana");
      github.addRepository("acme/secret", { private: true, writers: ["ana"] });
      github.addUser("cleo", "token-cleo", { scopes: ["public_repo"] });
      github.addUser("ana", "token-read", { readOnly: true });
      await octokit.issues.create({ ...few, title: "a" });
      await refused(client("token-ben").issues.listForRepo({ owner: "acme", repo: "secret" }), 404, /Not Found/);
      await refused(octokit.repos.get({ owner: "acme", repo: "none" }), 404, /Not Found/);
      await refused(client("token-ben").issues.update({ ...few, issue_number: 1, title: "b" }), 403, /Must have admin rights/);
      await refused(client("token-ben").issues.addLabels({ ...few, issue_number: 1, labels: ["incident"] }), 403, /Must have admin rights/);
      assert.equal((await client("token-cleo").issues.create({ ...few, title: "b" })).status, 201);
      const headers = await refused(client("token-read").issues.create({ ...few, title: "c" }), 403, /Resource not accessible by personal access token/);
      assert.equal(headers["x-accepted-github-permissions"], "issues=write");
      github.addUser("ana", "token-none", { scopes: [] });
      assert.equal((await refused(client("token-none").issues.create({ ...desk, title: "c" }), 404, /Not Found/))["x-accepted-oauth-scopes"], "repo, public_repo");
    });

    it("422 to what is too long or missing, with the field", async () => {
      await octokit.issues.create({ ...desk, title: "a", body: "x".repeat(65_536) });
      await refused(octokit.issues.create({ ...desk, title: "a", body: "x".repeat(65_537) }), 422, /body is too long \(maximum is 65536 characters\)/);
      await refused(octokit.issues.createComment({ ...desk, issue_number: 1, body: "x".repeat(65_537) }), 422, /too long/);
      await refused(octokit.issues.create({ ...desk, title: " " }), 422, /missing_field.*title/);
      await refused(octokit.issues.update({ ...desk, issue_number: 1, title: "x".repeat(257) }), 422, /title is too long/);
      assert.equal(github.repository(name).issues().length, 1);
    });

    it("422 to fields of a wrong type, where it is not held to the description", async () => {
      await restart({ checkDescription: false });
      const { status, message } = await raw("/repos/acme/desk/issues", { method: "POST", body: JSON.stringify({ title: "a", labels: "b" }) }).then(async answer => ({ status: answer.status, message: Object(await answer.json()).message }));
      assert.equal(status, 422);
      assert.match(String(message), /properties\/labels.*not an array/);
    });

    it("422 to whoever may write and names somebody who cannot be assigned, but for the list of assignees itself", async () => {
      const few = only("ana");
      await octokit.issues.create({ ...few, title: "Down" });
      const one = { ...few, issue_number: 1 };
      const invalid = /"resource":"Issue","code":"invalid","field":"assignees"/;
      await refused(octokit.issues.create({ ...few, title: "Up", assignees: ["ana", "ben"] }), 422, invalid);
      await refused(octokit.issues.update({ ...one, title: "Up", assignees: ["nobody"] }), 422, invalid);
      const { data } = await octokit.issues.addAssignees({ ...one, assignees: ["ana", "ben", "nobody"] });
      assert.deepEqual([data.title, data.assignees?.map(({ login }) => login), github.repository("acme/few").issues().length], ["Down", ["ana"], 1]);
    });

    it("links without a new time of change, and counts them at the other end a little later", async () => {
      let now = Date.parse("2026-11-21T10:00:00Z");
      octokit = await restart({ now: () => now, countsLag: 1500 });
      for (const title of ["Above", "Below"]) await octokit.issues.create({ ...desk, title });
      const [above, below] = [1, 2].map(issue_number => ({ ...desk, issue_number }));
      assert.ok(above && below);
      const idOf = async (one: typeof above): Promise<number> => (await octokit.issues.get(one)).data.id;
      now += 60_000;
      await octokit.issues.addSubIssue({ ...above, sub_issue_id: await idOf(below) });
      await octokit.issues.addBlockedByDependency({ ...above, issue_id: await idOf(below) });
      const seen = async () => [(await octokit.issues.get(above)).data, (await octokit.issues.get(below)).data].map(({ updated_at, sub_issues_summary, issue_dependencies_summary: counts, parent_issue_url }) =>
        [updated_at.slice(11, 19), sub_issues_summary?.total, counts?.blocked_by, counts?.blocking, parent_issue_url?.split("/").at(-1)]);
      assert.deepEqual(await seen(), [["10:00:00", 0, 1, 0, undefined], ["10:00:00", 0, 0, 0, "1"]]);
      now += 2000;
      assert.deepEqual(await seen(), [["10:00:00", 1, 1, 0, undefined], ["10:00:00", 0, 0, 1, "1"]]);
    });

    it("issues without what they cannot have: a parent, a type in a person's repository, links of a pull request", async () => {
      github.addRepository("ana/notes", { ofUser: true, types: ["Bug"] });
      await octokit.issues.create({ owner: "ana", repo: "notes", title: "Down", type: "Bug" });
      const { data } = await octokit.issues.get({ owner: "ana", repo: "notes", issue_number: 1 });
      assert.deepEqual([data.type, "parent_issue_url" in data, "sub_issues_summary" in data], [undefined, false, true]);
      github.repository(name).open({ title: "A change", pullRequest: true }, "ben");
      const [pull] = (await octokit.issues.listForRepo(desk)).data;
      assert.ok(pull && !("sub_issues_summary" in pull) && !("issue_dependencies_summary" in pull));
    });

    it("400 to a version of its API that it does not serve", async () => {
      await refused(octokit.issues.listForRepo({ ...desk, headers: { "x-github-api-version": "2031-01-01" } }), 400, /not a supported API version/);
      await octokit.issues.listForRepo({ ...desk, headers: { "x-github-api-version": "2022-11-28" } });
      assert.equal(github.requests.at(-1)?.version, "2022-11-28");
    });

    it("success to labels and assignees it silently drops", async () => {
      const few = only("ana");
      github.addUser("tess", "token-tess");
      const wanted = { ...few, title: "a", labels: ["incident", "new"], assignees: ["ben"] };
      const { data } = await client("token-ben").issues.create(wanted);
      assert.deepEqual([data.labels, data.assignees], [[], []]);
      const { data: triaged } = await client("token-tess").issues.create({ ...wanted, assignees: ["tess"] });
      assert.deepEqual([triaged.labels.length, triaged.assignees?.length], [1, 1]);
      await refused(client("token-tess").issues.update({ ...few, issue_number: 1, body: "b" }), 403, /Must have admin rights/);
      assert.equal((await client("token-tess").issues.update({ ...few, issue_number: 1, state: "closed" })).data.state, "closed");
      github.fault({ match: ({ method }) => method === "POST", do: { kind: "silent", drop: ["labels"] } });
      const { data: dropped } = await octokit.issues.create({ ...wanted, assignees: ["ana"] });
      assert.deepEqual([dropped.labels, dropped.assignees?.length], [[], 1]);
    });

    it("to a browser's question whether it may ask", async () => {
      const answer = await fetch(`${github.url}/api/v3/user`, { method: "OPTIONS" });
      assert.deepEqual([answer.status, answer.headers.get("access-control-allow-origin")], [204, "*"]);
      assert.match(answer.headers.get("access-control-expose-headers") ?? "", /ETag, Link/);
    });
  });

  describe("limits", () => {
    it("count down, each search apart, and refuse at the end until the clock has passed the reset", async () => {
      let now = Date.parse("2026-11-21T10:00:00Z");
      octokit = await restart({ now: () => now });
      await octokit.issues.listForRepo(desk);
      github.limit({ kind: "primary", remaining: 1, resetIn: 60 });
      const { headers } = await octokit.issues.listForRepo(desk);
      assert.deepEqual([headers["x-ratelimit-remaining"], Number(headers["x-ratelimit-reset"])], ["0", now / 1000 + 60]);
      const last = await refused(octokit.issues.listForRepo(desk), 403, /rate limit exceeded/);
      assert.deepEqual([last["x-ratelimit-remaining"], last["x-ratelimit-resource"]], ["0", "core"]);
      assert.equal((await octokit.search.issuesAndPullRequests({ q: "is:issue a" })).headers["x-ratelimit-remaining"], "29");
      assert.equal((await octokit.rateLimit.get()).data.resources.core.remaining, 0);
      now += 60_000;
      assert.equal((await octokit.issues.listForRepo(desk)).headers["x-ratelimit-remaining"], "4999");
    });

    it("of the secondary kind refuse with and without saying until when", async () => {
      github.limit({ kind: "secondary", status: 429, retryAfter: 7, writesOnly: true });
      assert.equal((await octokit.issues.listForRepo(desk)).status, 200);
      assert.equal((await refused(octokit.issues.create({ ...desk, title: "a" }), 429, /secondary rate limit/))["retry-after"], "7");
      github.clearFaults();
      github.limit({ kind: "secondary" });
      assert.equal((await refused(octokit.issues.listForRepo(desk), 403, /secondary/))["retry-after"], undefined);
      github.clearFaults();
      assert.equal((await octokit.issues.listForRepo(desk)).status, 200);
    });
  });

  describe("goes wrong", () => {
    const post = ({ method }: { method: string }) => method === "POST";
    const create = () => octokit.issues.create({ ...desk, title: "a" });
    const count = () => github.repository(name).issues().length;

    it("before anything happened", async () => {
      github.fault({ match: post, do: { kind: "dropBefore" } });
      await assert.rejects(create());
      assert.deepEqual([count(), github.requests.at(-1)?.status], [0, 0]);
      await create();
      assert.equal(count(), 1);
    });

    it("after it happened", async () => {
      github.fault({ match: post, do: { kind: "dropAfter" }, times: 2 });
      await assert.rejects(create());
      await assert.rejects(create());
      await create();
      assert.equal(count(), 3);
    });

    it("with another status, before or after", async () => {
      github.fault({ match: post, do: { kind: "status", status: 502 } });
      github.fault({ match: ({ login, path }) => login === "ana" && path === "/repos/acme/desk/issues", do: { kind: "status", status: 503, after: true, headers: { "Retry-After": "3" } } });
      await refused(create(), 502, /Something went wrong/);
      assert.equal(count(), 0);
      assert.equal((await refused(create(), 503, /Something went wrong/))["retry-after"], "3");
      assert.equal(count(), 1);
    });

    it("late or never", async () => {
      github.fault({ match: post, do: { kind: "slow", ms: 30 } });
      assert.equal((await create()).status, 201);
      github.fault({ match: post, do: { kind: "hang" } });
      await assert.rejects(octokit.issues.create({ ...desk, title: "b", request: { signal: AbortSignal.timeout(50) } }));
      assert.equal(count(), 1);
    });

    it("by showing an earlier state in lists and searches", async () => {
      let now = Date.parse("2026-11-21T10:00:00Z");
      octokit = await restart({ now: () => now });
      await create();
      now += 10_000;
      await octokit.issues.update({ ...desk, issue_number: 1, title: "b" });
      await octokit.issues.create({ ...desk, title: "c" });
      github.fault({ match: ({ method }) => method === "GET", times: 2, do: { kind: "stale", ms: 5000 } });
      assert.deepEqual((await octokit.issues.listForRepo(desk)).data.map(({ title }) => title), ["a"]);
      assert.equal((await octokit.search.issuesAndPullRequests({ q: "is:issue b" })).data.total_count, 0);
      assert.equal((await octokit.issues.listForRepo(desk)).data.length, 2);
    });

    it("no more once the faults are cleared", async () => {
      github.fault({ match: () => true, do: { kind: "dropBefore" } });
      github.clearFaults();
      assert.equal((await create()).status, 201);
    });
  });

  describe("holds both sides to GitHub's description", () => {
    const told = async (answer: Response) => { assert.equal(answer.status, 599); expectsViolation = true; return String(Object(await answer.json()).message); };

    it("and refuses a field it does not name", async () => {
      assert.match(await told(await raw("/repos/acme/desk/issues", { method: "POST", body: JSON.stringify({ title: "a", lables: [] }) })), /lables/);
      assert.equal(github.repository(name).issues().length, 0);
    });

    it("and a value, a parameter and an operation it does not name", async () => {
      await octokit.issues.create({ ...desk, title: "a" });
      assert.match(await told(await raw("/repos/acme/desk/issues/1", { method: "PATCH", body: JSON.stringify({ state: "done" }) })), /state/);
      assert.match(await told(await raw("/repos/acme/desk/issues?stat=all")), /stat is not/);
      assert.match(await told(await raw("/repos/acme/desk/issues?per_page=101")), /per_page/);
      assert.match(await told(await raw("/repos/acme/desk/issues?since=yesterday")), /since/);
      assert.match(await told(await raw("/repos/acme/desk/isues")), /no operation/);
      assert.match(await told(await raw("/search/issues")), /no q/);
    });

    it("and an answer of its own that is wrong, also in a timeline", async () => {
      const issue = github.repository(name).open({ title: "a" }, "ana");
      for (const version of github.state.repositories.values()) {
        version.issues.set(1, [{ at: 0, issue: { ...issue, events: [{ id: 1, at: 0, login: "ana", event: "labeled", label: Object(5) }], title: Object(5) } }]);
      }
      assert.match(await told(await raw("/repos/acme/desk/issues/1")), /answer\/title/);
      assert.match(await told(await raw("/repos/acme/desk/issues")), /answer\/0\/title/);
      assert.match(await told(await raw("/repos/acme/desk/issues/1/timeline")), /event\/label\/name/);
    });
  });

  it("goes on with the state of another one", async () => {
    await octokit.issues.create({ ...desk, title: "a" });
    const { state } = github;
    await github.close();
    github = await startFakeGithub({ state });
    assert.equal((await client("token-ana").issues.get({ ...desk, issue_number: 1 })).data.html_url, `${github.url}/acme/desk/issues/1`);
  });
});
