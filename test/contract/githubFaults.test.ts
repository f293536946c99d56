import assert from 'node:assert/strict';
import { readChecklists } from '../../src/core/markup/checklistRegion';
import type { Result } from '../../src/core/model/result';
import { incidentDraft as draft, startedIncident } from '../support/startedIncident';
import { type FakeGithub, startFakeGithub } from '../support/fakeGithub/fakeGithub';
import type { FaultKind } from '../support/fakeGithub/faults';
import { type GithubPerson, githubPerson, tokenOf } from '../support/githubPerson';
import { must } from '../support/must';

const home = "acme/desk";

describe("GitHub with failures", function () {
  let github: FakeGithub;
  let ana: GithubPerson;

  beforeEach(async () => {
    github = await startFakeGithub();
    github.addRepository(home, { labels: ["incident"] });
    ana = githubPerson(github, "ana", [home]);
  });

  afterEach(() => github.close());

  const refused = async (promise: Promise<Result<unknown>>): Promise<unknown> => {
    const result = await promise;
    return result.kind === "failed" ? result.failure : assert.fail("It was not refused");
  };
  const isCreation = ({ method, path }: { readonly method: string; readonly path: string }): boolean => method === "POST" && path.endsWith("/issues");
  const ticks = (body: string): readonly string[] => readChecklists(body, home).flatMap(({ items }) => items.flatMap((item) => (item.kind === "step" ? [item.mark.kind] : [])));

  describe("an issue is created once", () => {
    const faults: Readonly<Record<string, { readonly do: FaultKind; readonly times?: number }>> = {
      "when the request is lost": { do: { kind: "dropBefore" } },
      "when the answer is lost": { do: { kind: "dropAfter" } },
      "when the answer is cut short": { do: { kind: "cut" } },
      "when the server fails before it wrote": { do: { kind: "status", status: 502 } },
      "when the server fails after it wrote": { do: { kind: "status", status: 502, after: true } },
      "when the request is lost twice": { do: { kind: "dropBefore" }, times: 2 },
      "when the answer is lost twice": { do: { kind: "dropAfter" }, times: 2 },
    };
    for (const [name, fault] of Object.entries(faults)) {
      it(name, async () => {
        github.fault({ match: isCreation, ...fault });
        for (let attempt = 0; attempt < 3; attempt += 1) {
          const result = await ana.tracker.create(draft, "k1");
          if (result.kind === "ok") break;
          assert.ok(["offline", "serverError"].includes(result.failure.kind), JSON.stringify(result.failure));
        }
        assert.deepEqual(github.repository(home).issues().map(({ number, state }) => [number, state]), [[1, "open"]]);
      });
    }

    it("when the server does not respond for a while", async () => {
      const hasty = githubPerson(github, "ana", [home], { timeoutMilliseconds: 2500 });
      github.fault({ match: isCreation, do: { kind: "hang" } });
      assert.equal((await must(hasty.tracker.create(draft, "k1"))).number, 1);
      assert.equal(github.repository(home).issues().length, 1);
    });

    it("when the response is lost, the network is down, and the editor is restarted", async () => {
      github.fault({ match: isCreation, do: { kind: "dropAfter" } });
      github.fault({ match: ({ method }) => method === "GET", times: 50, do: { kind: "dropBefore" } });
      assert.deepEqual(await refused(ana.tracker.create(draft, "k1")), { kind: "offline", server: github.url });
      github.clearFaults();
      const restarted = githubPerson(github, "ana", [home], { memory: ana.memory });
      assert.equal((await must(restarted.tracker.create(draft, "k1"))).number, 1);
      assert.equal(github.repository(home).issues().length, 1);
    });

    it("when lists lag behind, and a duplicate is closed once it appears", async () => {
      github.fault({ match: isCreation, do: { kind: "dropAfter" } });
      github.fault({ match: ({ method, path }) => method === "GET" && path.includes("sort=created"), times: 3, do: { kind: "stale", ms: 60_000 } });
      await must(ana.tracker.create(draft, "k1"));
      assert.deepEqual(github.repository(home).issues().map(({ number, state }) => [number, state]), [[1, "open"], [2, "closed"]]);
      assert.deepEqual((await must(ana.tracker.list({ state: "all" }))).issues.map(({ ref }) => ref.number), [1]);
      assert.deepEqual(ana.notices, [{ kind: "duplicateClosed", ref: { repository: home, number: 2 }, of: { repository: home, number: 1 } }]);
    });

    it("and an issue that a person copied on the web stays", async () => {
      const ref = await must(ana.tracker.create(draft, "k1"));
      const body = github.repository(home).issue(ref.number).body ?? "";
      github.repository(home).open({ title: "A copy", body }, "ben");
      assert.equal((await must(ana.tracker.list({ state: "open" }))).issues.length, 2);
    });
  });

  it("adds a comment once although its response is lost", async () => {
    const ref = await startedIncident(ana.tracker);
    github.fault({ match: ({ method, path }) => method === "POST" && path.endsWith("/comments"), do: { kind: "dropAfter" } });
    await must(ana.tracker.comment(ref, "Rolled back.", "c1"));
    await must(ana.tracker.comment(ref, "Rolled back.", "c1"));
    assert.equal(github.repository(home).issue(ref.number).comments.length, 1);
  });

  it("rejects a truncated response: no list without its first page, and no needless change", async () => {
    for (let number = 1; number <= 150; number += 1) github.repository(home).open({ title: `Issue ${number}` }, "ben");
    const isList = ({ path }: { readonly path: string }): boolean => path.includes("/issues?");
    github.fault({ match: isList, do: { kind: "cut" } });
    assert.deepEqual(await refused(ana.tracker.list({ state: "open" })), { kind: "offline", server: github.url });
    assert.equal((await must(ana.tracker.list({ state: "open" }))).issues.length, 150);
    github.repository(home).editTitle(7, "Seen at once", "ben");
    github.fault({ match: isList, do: { kind: "cut" } });
    assert.deepEqual(await refused(ana.tracker.list({ state: "open" })), { kind: "offline", server: github.url });
    const titleOf = async (): Promise<string | undefined> => (await must(ana.tracker.list({ state: "open" }))).issues.find(({ ref }) => ref.number === 7)?.title;
    assert.equal(await titleOf(), "Seen at once");

    const ref = { repository: home, number: 7 };
    for (const method of ["GET", "PATCH"]) {
      github.fault({ match: (request) => request.method === method, do: { kind: "cut" } });
      assert.deepEqual(await refused(ana.tracker.edit(ref, { kind: "retitle", title: `After ${method}` }, method)), { kind: "offline", server: github.url });
      await must(ana.tracker.edit(ref, { kind: "retitle", title: `After ${method}` }, method));
      assert.equal(github.repository(home).issue(7).title, `After ${method}`);
    }
  });

  it("keeps the ticks of several people while responses are lost", async () => {
    const ref = await startedIncident(ana.tracker);
    const others = ["ben", "cho"].map((login) => githubPerson(github, login, [home]));
    github.fault({ match: ({ method }) => method === "PATCH", times: 2, do: { kind: "dropAfter" } });
    await Promise.all(
      [ana, ...others].map(async ({ tracker }, index) => {
        const mark = { kind: "done", at: "2026-11-20T16:10:00Z" } as const;
        for (let attempt = 0; attempt < 5; attempt += 1) {
          const result = await tracker.edit(ref, { kind: "markStep", run: "run1", step: ["a", "b", "c"][index] ?? "", mark }, `t${index}`);
          if (result.kind === "ok") return;
        }
        assert.fail("A tick was refused five times");
      }),
    );
    assert.deepEqual(ticks(github.repository(home).issue(ref.number).body ?? ""), ["done", "done", "done"]);
  });

  it("keeps a text that somebody edits on the web at the same time", async () => {
    const ref = await startedIncident(ana.tracker);
    const web = github.repository(home);
    github.fault({ match: ({ method }) => method === "PATCH", do: { kind: "slow", ms: 300 } });
    const tick = ana.tracker.edit(ref, { kind: "markStep", run: "run1", step: "a", mark: { kind: "done", by: "ana", at: "2026-11-20T16:10:00Z" } }, "t1");
    // The tick is written, and its answer is still on the way.
    while (!ticks(web.issue(ref.number).body ?? "").includes("done")) await new Promise((resolve) => setTimeout(resolve, 1));
    web.editBody(ref.number, (web.issue(ref.number).body ?? "").replace("Nobody can sign in.", "Nobody in Europe can sign in."), "ben");
    await must(tick);
    const body = web.issue(ref.number).body ?? "";
    assert.ok(body.includes("Nobody in Europe can sign in."), body);
    assert.deepEqual(ticks(body), ["done", "open", "open"]);
  });

  it("does not close an issue again that somebody reopened after the response was lost", async () => {
    const ref = await startedIncident(ana.tracker);
    github.fault({ match: ({ method }) => method === "PATCH", do: { kind: "dropAfter" } });
    assert.deepEqual(await refused(ana.tracker.edit(ref, { kind: "close" }, "x1")), { kind: "offline", server: github.url });
    github.repository(home).reopen(ref.number, "ben");
    await must(ana.tracker.edit(ref, { kind: "close" }, "x1"));
    assert.equal(github.repository(home).issue(ref.number).state, "open");
    await must(ana.tracker.edit(ref, { kind: "close" }, "x2"));
    assert.equal(github.repository(home).issue(ref.number).state, "closed");
  });

  describe("a refusal is recognized", () => {
    it("as a rate limit, and nothing is sent until it ends", async () => {
      github.limit({ kind: "secondary", retryAfter: 30 });
      const failure = await refused(ana.tracker.list({ state: "open" }));
      assert.ok(typeof failure === "object" && failure !== null && "kind" in failure && failure.kind === "limited" && "until" in failure, JSON.stringify(failure));
      const sent = github.requests.length;
      assert.deepEqual(await refused(ana.tracker.list({ state: "open" })), failure);
      assert.equal(github.requests.length, sent);
    });

    it("as a rate limit without an end: a minute at first, then longer", async () => {
      github.limit({ kind: "secondary", status: 403 });
      const failure = await refused(ana.tracker.get({ repository: home, number: 1 }));
      assert.ok(typeof failure === "object" && failure !== null && "until" in failure && typeof failure.until === "string");
      const seconds = (Date.parse(failure.until) - Date.now()) / 1000;
      assert.ok(seconds > 50 && seconds <= 61, String(seconds));
    });

    it("as the hourly rate limit, until it is reset", async () => {
      github.limit({ kind: "primary", resetIn: 600 });
      const failure = await refused(ana.tracker.get({ repository: home, number: 1 }));
      assert.ok(typeof failure === "object" && failure !== null && "until" in failure && typeof failure.until === "string", JSON.stringify(failure));
      const seconds = (Date.parse(failure.until) - Date.now()) / 1000;
      assert.ok(seconds > 590 && seconds <= 601, String(seconds));
    });

    it("for a token that was revoked", async () => {
      github.revoke(tokenOf("ana"));
      assert.deepEqual(await refused(ana.tracker.list({ state: "open" })), { kind: "signedOut", server: github.url, reason: "refused" });
    });

    it("for a token without the right scope, and a read-only one", async () => {
      const ref = await startedIncident(ana.tracker);
      github.addUser("ana", tokenOf("ana"), { readOnly: true });
      const failure = await refused(ana.tracker.edit(ref, { kind: "retitle", title: "x" }, "r1"));
      assert.ok(typeof failure === "object" && failure !== null && "kind" in failure && failure.kind === "forbidden", JSON.stringify(failure));
    });

    it("for a repository that is missing, archived, or has no issues", async () => {
      assert.deepEqual(await refused(ana.tracker.create({ ...draft, repository: "acme/nowhere" }, "n1")), { kind: "noRepository", repository: "acme/nowhere" });
      const ref = await startedIncident(ana.tracker);
      github.repository(home).archive();
      assert.deepEqual(await refused(ana.tracker.edit(ref, { kind: "close" }, "a1")), { kind: "archived", repository: home });
      github.repository(home).archive(false);
      github.repository(home).switchIssues(false);
      assert.deepEqual(await refused(ana.tracker.create(draft, "n2")), { kind: "issuesOff", repository: home });
    });

    it("for an issue that was deleted, transferred or locked", async () => {
      const ref = await startedIncident(ana.tracker);
      github.addUser("eve", tokenOf("eve"));
      github.addRepository("acme/other");
      github.repository(home).lock(ref.number);
      github.addRepository("acme/shut", { writers: ["acme"] });
      const number = github.repository(home).transfer(ref.number, "acme/other");
      assert.deepEqual(await refused(ana.tracker.edit(ref, { kind: "close" }, "m1")), { kind: "transferred", ref, to: { repository: "acme/other", number } });
      const second = await must(ana.tracker.create(draft, "second"));
      github.repository(home).delete(second.number);
      assert.deepEqual(await refused(ana.tracker.get(second)), { kind: "gone", ref: second });
      const shut = github.repository("acme/shut").open({ title: "Shut" }, "acme");
      github.repository("acme/shut").lock(shut.number);
      assert.deepEqual(await refused(ana.tracker.comment({ repository: "acme/shut", number: shut.number }, "x", "l1")), { kind: "locked", ref: { repository: "acme/shut", number: shut.number } });
    });

    it("for a renamed repository, which is followed and reported", async () => {
      const ref = await startedIncident(ana.tracker);
      github.repository(home).rename("acme/front");
      await must(ana.tracker.edit(ref, { kind: "markStep", run: "run1", step: "a", mark: { kind: "done", by: "ana", at: "2026-11-20T16:10:00Z" } }, "t1"));
      assert.deepEqual(ticks(github.repository("acme/front").issue(ref.number).body ?? ""), ["done", "open", "open"]);
      assert.ok(ana.notices.some(({ kind }) => kind === "renamed"), JSON.stringify(ana.notices));
    });

    it("for labels and people that the server ignores", async () => {
      github.fault({ match: isCreation, times: 2, do: { kind: "silent", drop: ["labels"] } });
      const ref = await must(ana.tracker.create({ ...draft, assignees: ["nobody-known"] }, "k1"));
      assert.deepEqual(ana.notices, [
        { kind: "ignored", ref, what: "labels", names: ["incident"] },
        { kind: "ignored", ref, what: "assignees", names: ["nobody-known"] },
      ]);
    });

    it("for a text that is too long, before it is sent", async () => {
      const failure = await refused(ana.tracker.create({ ...draft, body: "x".repeat(65_536) }, "k1"));
      assert.ok(typeof failure === "object" && failure !== null && "kind" in failure && failure.kind === "bodyTooLong");
      assert.equal(github.requests.length, 0);
    });

    it("for a repository that nobody has confirmed yet", async () => {
      const careful = githubPerson(github, "ana", [home], { mayWrite: async () => false });
      assert.deepEqual(await refused(careful.tracker.create(draft, "k1")), { kind: "unconfirmed", repository: home });
      assert.equal(github.requests.length, 0);
    });
  });

  it("never includes the token in logs, failures or notices", async () => {
    const ref = await startedIncident(ana.tracker);
    github.fault({ match: () => true, times: 3, do: { kind: "status", status: 500 } });
    const told = [await ana.tracker.list({ state: "open" }), await ana.tracker.edit(ref, { kind: "close" }, "x"), await ana.tracker.create(draft, "y"), ana.log, ana.notices];
    github.revoke(tokenOf("ana"));
    told.push(await ana.tracker.get(ref));
    assert.ok(!JSON.stringify(told).includes(tokenOf("ana")));
  });
});
