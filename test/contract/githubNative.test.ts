import assert from 'node:assert/strict';
import { readLinks } from '../../src/core/markup/linkRegion';
import type { IssueDraft, Relation } from '../../src/core/model/issue';
import type { IssueRef } from '../../src/core/model/issueRef';
import { type FakeGithub, type FakeGithubOptions, startFakeGithub } from '../support/fakeGithub/fakeGithub';
import type { FaultKind } from '../support/fakeGithub/faults';
import { type GithubPerson, githubPerson } from '../support/githubPerson';
import { must } from '../support/must';

const [home, away, foreign] = ["acme/desk", "acme/engine", "umbra/engine"];

const draft: IssueDraft = { repository: home, kind: "incident", title: "[INCIDENT] Portal down", body: "Nobody can sign in.", labels: [], assignees: [] };

describe("GitHub's own links", function () {
  let github: FakeGithub;
  let ana: GithubPerson;
  let web: ReturnType<FakeGithub["repository"]>;

  async function begin(options: FakeGithubOptions = {}): Promise<void> {
    github = await startFakeGithub(options);
    for (const repository of [home, away, foreign]) github.addRepository(repository, { types: ["Incident"] });
    ana = githubPerson(github, "ana", [home, away]);
    web = github.repository(home);
  }

  beforeEach(() => begin());
  afterEach(() => github.close());

  const older = async (): Promise<void> => {
    await github.close();
    await begin({ features: false });
  };
  const open = (repository = home, title = "An issue"): IssueRef => ({ repository, number: github.repository(repository).open({ title }, "ben").number });
  const asked = (from: number): readonly string[] => github.requests.slice(from).map(({ method, path }) => `${method} ${path.replace(/\?.*/, "").replace(/^\/repos\/[^/]+\/[^/]+\/issues/, "")}`);
  const isLink = ({ method, path }: { readonly method: string; readonly path: string }): boolean => method === "POST" && /\/(?:sub_issues|blocked_by)$/.test(path);
  const sent = (): number => github.requests.filter(isLink).length;
  const natives = (ref: IssueRef, relation: Relation): readonly number[] => {
    const repository = github.repository(ref.repository);
    return (relation === "child" ? repository.subIssues(ref.number) : repository.blockers(ref.number)).map(({ id }) => id);
  };
  const idOf = (ref: IssueRef): number => github.repository(ref.repository).issue(ref.number).id;
  const textOf = (ref: IssueRef): string => github.repository(ref.repository).issue(ref.number).body ?? "";

  for (const relation of ["child", "blockedBy"] as const) {
    describe(`for ${relation === "child" ? "a sub-issue" : "a dependency"}`, () => {
      it("are created once in addition to those in the texts, across repositories", async () => {
        const [parent, child] = [open(), open(away)];
        for (let time = 0; time < 2; time += 1) await must(ana.tracker.link(parent, child, relation));
        assert.deepEqual(natives(parent, relation), [idOf(child)]);
        assert.deepEqual(readLinks(textOf(parent), home), [{ kind: relation, other: child }]);
        assert.equal(sent(), 1);
        assert.deepEqual(ana.notices, []);
      });

      const faults: Readonly<Record<string, { readonly do: FaultKind; readonly times?: number }>> = {
        "the request is lost": { do: { kind: "dropBefore" } },
        "the answer is lost": { do: { kind: "dropAfter" } },
        "the server fails before it wrote": { do: { kind: "status", status: 502 } },
        "the server fails after it wrote": { do: { kind: "status", status: 502, after: true } },
        "the answer is lost twice": { do: { kind: "dropAfter" }, times: 2 },
      };
      for (const [name, fault] of Object.entries(faults)) {
        it(`are created once when ${name}`, async () => {
          const [parent, child] = [open(), open(away)];
          github.fault({ match: isLink, ...fault });
          const first = await ana.tracker.link(parent, child, relation);
          assert.ok(first.kind === "failed" && ["offline", "serverError"].includes(first.failure.kind), JSON.stringify(first));
          for (let attempt = 0; attempt < 3; attempt += 1) if ((await ana.tracker.link(parent, child, relation)).kind === "ok") break;
          assert.deepEqual(natives(parent, relation), [idOf(child)]);
          assert.deepEqual(ana.notices, []);
        });
      }

      it("are created once by two windows at the same time", async () => {
        const [parent, child] = [open(), open(away)];
        const windows = [ana, githubPerson(github, "ana", [home, away])];
        await Promise.all(windows.map(({ tracker }) => must(tracker.link(parent, child, relation))));
        assert.deepEqual(natives(parent, relation), [idOf(child)]);
        assert.deepEqual(windows.flatMap(({ notices }) => notices), []);
      });

      it("are not requested on a server without them, without a notice", async () => {
        await older();
        const [parent, child, second] = [open(), open(away), open(away)];
        await must(ana.tracker.link(parent, child, relation));
        assert.deepEqual(readLinks(textOf(child), away), [{ kind: relation === "child" ? "parent" : "blocks", other: parent }]);
        const before = github.requests.filter(({ method }) => method === "GET").length;
        await must(ana.tracker.link(parent, second, relation));
        const later = github.requests.filter(({ method }) => method === "GET").length - before;
        assert.equal(later, before);
        assert.ok(!github.requests.some(({ path }) => /sub_issues|dependencies/.test(path)));
        assert.deepEqual(ana.notices, []);
      });

      it("are detected as missing on a server that shows them but has no such endpoint", async () => {
        const [parent, child] = [open(), open(away)];
        github.fault({ match: ({ path }) => /sub_issues|dependencies/.test(path), times: 9, do: { kind: "status", status: 404 } });
        await must(ana.tracker.link(parent, child, relation));
        assert.deepEqual([sent(), ana.notices.length], [0, 0]);
      });

      it("stay in the texts with a notice if the account cannot create them", async () => {
        const [parent, child] = [open(), open(away)];
        github.fault({ match: isLink, do: { kind: "status", status: 403, body: { message: "Must have admin rights to Repository." } } });
        await must(ana.tracker.link(parent, child, relation));
        assert.deepEqual(readLinks(textOf(child), away).length, 1);
        assert.deepEqual(ana.notices, [{ kind: "textOnly", ref: parent, other: child, relation, failure: { kind: "forbidden", repository: home } }]);
      });
    });
  }

  it("stay in the texts after the hundredth sub-issue, below the eighth level, and for a second parent", async () => {
    const [full, child] = [open(), open()];
    for (let count = 0; count < 100; count += 1) web.addSubIssue(full.number, open().number);
    await must(ana.tracker.link(full, child, "child"));
    const levels = Array.from({ length: 8 }, () => open());
    for (const [index, each] of levels.entries()) if (index > 0) web.addSubIssue(levels[index - 1]?.number ?? 0, each.number);
    const deepest = levels.at(-1) ?? assert.fail();
    await must(ana.tracker.link(deepest, child, "child"));
    const taken = levels[1] ?? assert.fail();
    await must(ana.tracker.link(child, taken, "child"));
    assert.deepEqual(web.subIssues(child.number), []);
    assert.equal(web.issue(child.number).parent, null);
    assert.deepEqual(readLinks(textOf(child), home), [{ kind: "parent", other: full }, { kind: "parent", other: deepest }, { kind: "child", other: taken }]);
    const reasons = ana.notices.map((notice) => (notice.kind === "textOnly" && notice.failure?.kind === "refused" ? notice.failure.reason : JSON.stringify(notice)));
    assert.equal(reasons.length, 3);
    assert.match(reasons.join("; "), /^Parent cannot have more than 100 sub-issues; .*8 levels; .*one parent$/);
  });

  it("stay in the texts between issues of two owners, without a request", async () => {
    const [parent, child] = [open(), open(foreign)];
    await must(ana.tracker.link(parent, child, "child"));
    assert.deepEqual([sent(), ana.notices], [0, [{ kind: "textOnly", ref: parent, other: child, relation: "child" }]]);
  });

  it("are combined with those of the text, without duplicates, with titles and states, and in the spelling of the desk", async () => {
    const person = githubPerson(github, "ana", ["Acme/Desk", away]);
    const mine = (ref: IssueRef): IssueRef => ({ ...ref, repository: ref.repository === home ? "Acme/Desk" : ref.repository });
    const issue = open();
    const [parent, child, blocker, blocked, told] = [open(home, "Above"), open(home, "Below"), open(away, "First"), open(home, "After"), open(home, "Only told")];
    web.addSubIssue(parent.number, issue.number);
    web.addBlocker(issue.number, blocker.number, away);
    web.addBlocker(blocked.number, issue.number);
    github.repository(away).close(blocker.number, "ben");
    await must(person.tracker.link(mine(issue), mine(child), "child"));
    await must(person.tracker.link(mine(issue), mine(told), "related"));
    const from = github.requests.length;
    const { issues, pullRequests } = await must(person.tracker.relations(mine(issue)));
    assert.deepEqual(issues, [
      { kind: "parent", ref: mine(parent), title: "Above", state: "open" },
      { kind: "child", ref: mine(child), title: "Below", state: "open" },
      { kind: "blockedBy", ref: blocker, title: "First", state: "closed" },
      { kind: "blocks", ref: mine(blocked), title: "After", state: "open" },
      { kind: "related", ref: mine(told) },
    ]);
    assert.deepEqual(pullRequests, []);
    assert.equal(asked(from).length, 6);
  });

  it("are counted in a list that was read anyway", async () => {
    const [waiting, blocker, done, parent, alone] = [open(), open(), open(), open(), open()];
    web.addBlocker(waiting.number, blocker.number);
    web.addBlocker(waiting.number, done.number);
    web.close(done.number, "ben");
    web.addSubIssue(parent.number, waiting.number);
    const { issues } = await must(ana.tracker.list({ state: "all" }));
    const native = (ref: IssueRef): unknown => issues.find(({ ref: { number } }) => number === ref.number)?.native;
    assert.deepEqual(native(waiting), { parent, children: 0, blockedBy: 2, blockers: 1, blocks: 0 });
    assert.deepEqual([native(parent), native(alone)], [{ children: 1, blockedBy: 0, blockers: 0, blocks: 0 }, undefined]);
  });

  describe("that are created on the web", () => {
    const nativeOf = async (ref: IssueRef, person = ana): Promise<unknown> => (await must(person.tracker.list({ state: "all" }))).issues.find(({ ref: { number } }) => number === ref.number)?.native;
    const refresh = async (person = ana): Promise<unknown> => must(person.tracker.list({ state: "all" }));
    /** Issues that changed long ago, so that only the latest one is asked for again as a change. */
    const openLongAgo = (count: number): readonly IssueRef[] => {
      const now = Date.now();
      github.setNow(() => now - 10 * 3_600_000);
      const all = Array.from({ length: count }, () => open());
      github.setNow(() => now);
      open(home, "The latest");
      return all;
    };

    it("are seen with the next refresh, like a blocker that is closed, although neither changes the issue's update time", async () => {
      const [waiting = assert.fail(), blocker = assert.fail(), parent = assert.fail()] = openLongAgo(3);
      await refresh();
      await refresh();
      const before = web.issue(waiting.number).updatedAt;
      web.addBlocker(waiting.number, blocker.number);
      web.addSubIssue(parent.number, waiting.number);
      assert.deepEqual(await nativeOf(waiting), { parent, children: 0, blockedBy: 1, blockers: 1, blocks: 0 });
      assert.deepEqual(await nativeOf(parent), { children: 1, blockedBy: 0, blockers: 0, blocks: 0 });
      web.close(blocker.number, "ben");
      assert.deepEqual(await nativeOf(waiting), { parent, children: 0, blockedBy: 1, blockers: 0, blocks: 0 });
      assert.equal(web.issue(waiting.number).updatedAt, before);
    });

    it("are seen within two refreshes among two hundred open issues, and after a restart", async () => {
      const all = openLongAgo(199);
      const [first, last] = [all[0] ?? assert.fail(), all.at(-1) ?? assert.fail()];
      await refresh();
      await refresh();
      web.addBlocker(first.number, last.number);
      web.addSubIssue(first.number, last.number);
      await refresh();
      await refresh();
      assert.deepEqual([await nativeOf(first), await nativeOf(last)], [{ children: 1, blockedBy: 1, blockers: 1, blocks: 0 }, { parent: first, children: 0, blockedBy: 0, blockers: 0, blocks: 1 }]);
      const again = githubPerson(github, "ana", [home, away], { memory: ana.memory });
      web.addBlocker(last.number, all[1]?.number ?? 0);
      await refresh(again);
      await refresh(again);
      assert.deepEqual(await nativeOf(last, again), { parent: first, children: 0, blockedBy: 1, blockers: 1, blocks: 1 });
    });

    it("are seen even if the other end shows them later, and an edit with older data comes between", async () => {
      await github.close();
      let now = Date.now();
      await begin({ countsLag: 2000, now: () => now });
      const [parent, child, blocked] = [open(), open(), open()];
      now += 3_600_000;
      open(home, "The latest");
      await refresh();
      await refresh();
      await must(ana.tracker.link(parent, child, "child"));
      assert.deepEqual((await ana.tracker.remembered())?.issues.find(({ ref }) => ref.number === parent.number)?.native, { children: 1, blockedBy: 0, blockers: 0, blocks: 0 });
      web.addBlocker(blocked.number, parent.number);
      await refresh();
      await must(ana.tracker.edit(parent, { kind: "retitle", title: "Another" }, "r1"));
      await refresh();
      now += 5000;
      await refresh();
      assert.deepEqual([await nativeOf(parent), await nativeOf(child)], [{ children: 1, blockedBy: 0, blockers: 0, blocks: 1 }, { parent, children: 0, blockedBy: 0, blockers: 0, blocks: 0 }]);
    });

    it("are not checked on a server without them, and in a repository without issues", async () => {
      await older();
      open();
      await refresh();
      await refresh();
      const from = github.requests.length;
      await refresh();
      assert.equal(github.requests.slice(from).filter(({ path }) => path.includes("/issues?")).length, 2, "what changed in each of the two repositories");
    });

    it("keep the known state when checking fails", async () => {
      const [waiting = assert.fail(), blocker = assert.fail()] = openLongAgo(2);
      web.addBlocker(waiting.number, blocker.number);
      await refresh();
      github.fault({ match: ({ path }) => path.includes("direction=asc"), do: { kind: "status", status: 200, body: [null] } });
      web.editTitle(blocker.number, "Found", "ben");
      assert.deepEqual(await nativeOf(waiting), { children: 0, blockedBy: 1, blockers: 1, blocks: 0 });
      assert.equal((await ana.tracker.remembered())?.issues.find(({ ref }) => ref.number === blocker.number)?.title, "Found");
    });
  });

  it("cost one request for an issue without links and one for its timeline", async () => {
    const issue = open();
    const from = github.requests.length;
    assert.deepEqual(await must(ana.tracker.relations(issue)), { issues: [], pullRequests: [] });
    assert.deepEqual([...asked(from)].sort(), ["GET /1", "GET /1/timeline"]);
  });

  it("come only from the text on a server without them", async () => {
    await older();
    const [parent, child] = [open(), open(away)];
    await must(ana.tracker.link(parent, child, "child"));
    assert.deepEqual((await must(ana.tracker.relations(parent))).issues, [{ kind: "child", ref: child }]);
  });

  it("report what went wrong", async () => {
    const issue = open();
    web.addBlocker(issue.number, open().number);
    github.fault({ match: ({ path }) => path.includes("blocked_by"), do: { kind: "status", status: 503 } });
    assert.deepEqual(await ana.tracker.relations(issue), { kind: "failed", failure: { kind: "serverError", server: github.url, status: 503 } });
  });

  describe("to pull requests", () => {
    it("are those that mention the issue, with their state, without further requests", async () => {
      const issue = open();
      const pull = (title: string, more: { readonly draft?: boolean } = {}, repository = home): number =>
        github.repository(repository).open({ title, body: `Fixes ${home}#${issue.number}`, pullRequest: true, ...more }, "ben").number;
      const numbers = [pull("Draft", { draft: true }), pull("Open"), pull("Merged"), pull("Closed"), pull("Elsewhere", {}, away)];
      web.merge(numbers[2] ?? 0, "ben");
      web.close(numbers[3] ?? 0, "ben");
      web.open({ title: "Not a pull request", body: `See #${issue.number}` }, "ben");
      const from = github.requests.length;
      const { pullRequests } = await must(ana.tracker.relations(issue));
      assert.deepEqual(pullRequests.map(({ ref, title, state }) => [ref.number, title, state]), [
        [numbers[0], "Draft", "draft"], [numbers[1], "Open", "open"], [numbers[2], "Merged", "merged"], [numbers[3], "Closed", "closed"], [numbers[4], "Elsewhere", "open"],
      ]);
      assert.equal(pullRequests[4]?.url, `${github.url}/${away}/pull/${numbers[4]}`);
      assert.equal(asked(from).length, 2);
    });
  });

  describe("and types", () => {
    const typed = { ...draft, type: "Incident" };
    const typeOf = (ref: IssueRef): string | null => web.issue(ref.number).type;

    it("are set on a new issue, and read", async () => {
      const ref = await must(ana.tracker.create(typed, "k1"));
      assert.deepEqual([typeOf(ref), (await must(ana.tracker.get(ref))).type, ana.notices], ["Incident", "Incident", []]);
    });

    it("are reported when the server ignores them", async () => {
      github.fault({ match: ({ method, path }) => method === "POST" && path.endsWith("/issues"), do: { kind: "silent", drop: ["type"] } });
      const ref = await must(ana.tracker.create(typed, "k1"));
      assert.deepEqual(ana.notices, [{ kind: "ignored", ref, what: "type", names: ["Incident"] }]);
    });

    it("do not prevent an issue when the server does not know them", async () => {
      const ref = await must(ana.tracker.create({ ...draft, type: "Outage" }, "k1"));
      assert.deepEqual([typeOf(ref), web.issues().length], [null, 1]);
      assert.deepEqual(ana.notices, [{ kind: "ignored", ref, what: "type", names: ["Outage"] }]);
    });

    it("cause no notice on a server without types", async () => {
      await older();
      await must(ana.tracker.create(typed, "k1"));
      assert.deepEqual([web.issues().length, ana.notices], [1, []]);
    });

    it("leave one issue though the response is lost", async () => {
      github.fault({ match: ({ method, path }) => method === "POST" && path.endsWith("/issues"), do: { kind: "dropAfter" } });
      const ref = await must(ana.tracker.create(typed, "k1"));
      assert.deepEqual([typeOf(ref), web.issues().length], ["Incident", 1]);
    });
  });
});
