import assert from 'node:assert/strict';
import { readChecklists } from '../../src/core/markup/checklistRegion';
import { readLinks } from '../../src/core/markup/linkRegion';
import type { IssueDraft, Relation } from '../../src/core/model/issue';
import { linkEnds } from '../../src/core/model/issueChange';
import type { IssueRef } from '../../src/core/model/issueRef';
import type { PendingOperation } from '../../src/core/model/operation';
import { createOutbox } from '../../src/core/sync/outbox';
import { withPending } from '../../src/core/sync/pendingSnapshot';
import { performOperation } from '../../src/core/sync/performOperation';
import { startedIncident } from '../support/startedIncident';
import { countConcurrent } from '../support/countConcurrent';
import { countingIds } from '../support/countingIds';
import { type FakeGithub, startFakeGithub } from '../support/fakeGithub/fakeGithub';
import { type GithubPerson, githubPerson } from '../support/githubPerson';
import { pollForAnHour } from '../support/pollForAnHour';
import { manyRepositories, openMany } from '../support/manyIssues';
import { must } from '../support/must';
import { passingTime } from '../support/passingTime';
import { realClock } from '../support/realClock';

const home = "acme/desk";

describe("the number of requests to GitHub", function () {
  let github: FakeGithub;
  let ana: GithubPerson;

  beforeEach(async () => {
    github = await startFakeGithub();
    github.addRepository(home, { labels: ["incident"] });
    ana = githubPerson(github, "ana", [home]);
  });

  afterEach(() => github.close());

  const since = (from: number): readonly string[] => github.requests.slice(from).map(({ method, status }) => `${method} ${status}`);

  it("for a first reading is one per page, and for a later one two conditional requests per repository", async () => {
    github.addRepository("acme/engine");
    for (let number = 1; number <= 250; number += 1) github.repository(home).open({ title: `Issue ${number}` }, "ben");
    github.repository(home).open({ title: "A pull request", pullRequest: true }, "ben");
    const both = githubPerson(github, "ana", [home, "acme/engine"]);
    let from = github.requests.length;
    assert.equal((await must(both.tracker.list({ state: "open" }))).issues.length, 250);
    // Who it is, three pages of open issues, one page of closed ones; of the empty repository one page each.
    assert.deepEqual(since(from), Array.from({ length: 7 }, () => "GET 200"));
    await must(both.tracker.list({ state: "open" }));
    from = github.requests.length;
    await must(both.tracker.list({ state: "open" }));
    const lists = github.requests.slice(from).filter(({ path }) => path.includes("/issues"));
    // What changed since, and one page of the open issues for their links; a repository without issues has none.
    assert.deepEqual(lists.map(({ status, conditional }) => [status, conditional]), [[304, true], [304, true], [304, true]]);
  });

  it("for a tick is a read, a write and a confirming conditional read", async () => {
    const ref = await startedIncident(ana.tracker);
    const from = github.requests.length;
    await must(ana.tracker.edit(ref, { kind: "markStep", run: "run1", step: "a", mark: { kind: "done", by: "ana", at: "2026-11-20T16:10:00Z" } }, "t1"));
    assert.deepEqual(since(from), ["GET 200", "PATCH 200", "GET 304"]);
  });

  it("is zero for showing known issues after a restart", async () => {
    await startedIncident(ana.tracker);
    const read = await must(ana.tracker.list({ state: "all" }));
    const from = github.requests.length;
    const restarted = githubPerson(github, "ana", [home], { memory: ana.memory });
    assert.deepEqual((await restarted.tracker.remembered())?.issues, read.issues);
    assert.equal(github.requests.length, from);
    const other = githubPerson(github, "ben", [home], { memory: ana.memory });
    github.repository(home).delete(1);
    assert.deepEqual((await must(other.tracker.list({ state: "all" }))).issues, []);
  });

  it("for five repositories is one per page, and they are read concurrently", async () => {
    openMany(github, 120);
    const { fetch, most } = countConcurrent();
    const many = githubPerson(github, "ana", manyRepositories, { fetch });
    const from = github.requests.length;
    assert.equal((await must(many.tracker.list({ state: "open" }))).issues.length, 5 * 120);
    const asked = github.requests.slice(from).map(({ path }) => path);
    // Who it is; of each repository two pages of open issues and one of closed ones.
    assert.equal(asked.length, 1 + 5 * 3);
    assert.equal(new Set(asked).size, asked.length);
    // The first pages of open and closed issues of all repositories.
    assert.equal(most(), 2 * 5);
  });

  it("for an idle hour is two conditional requests for each repository and poll, answered as unchanged", async () => {
    const time = passingTime();
    github.setNow(time.now);
    openMany(github, 120, time.now);
    const many = githubPerson(github, "ana", manyRepositories, { clock: time.clock });
    await must(many.tracker.list({ state: "open" }));
    await must(many.tracker.list({ state: "open" }));
    const from = github.requests.length;
    const looks = await pollForAnHour(time, () => must(many.tracker.list({ state: "open" })));
    const lists = github.requests.slice(from).filter(({ path }) => path.includes("/issues"));
    assert.equal(lists.length, 2 * looks * manyRepositories.length);
    assert.deepEqual([...new Set(lists.map(({ status, conditional }) => `${status} ${conditional}`))], ["304 true"]);
    assert.ok(looks > 0 && looks <= 20, String(looks));
  });

  it("for showing a tick is zero", async () => {
    const ref = await startedIncident(ana.tracker);
    const snapshot = await must(ana.tracker.list({ state: "all" }));
    const outbox = createOutbox({ memory: ana.memory, tracker: ana.tracker, clock: realClock, ids: countingIds(), log: { info() {}, error() {} } });
    const from = github.requests.length;
    github.fault({ match: () => true, do: { kind: "slow", ms: 300 } });
    const sent = outbox.submit({ kind: "edit", ref, change: { kind: "markStep", run: "run1", step: "a", mark: { kind: "done", by: "ana", at: "2026-11-20T16:10:00Z" } } }, "ana");
    const shown = withPending(snapshot, outbox.pending()).issues.find((issue) => issue.ref.number === ref.number);
    assert.deepEqual(readChecklists(shown?.body ?? "", home).flatMap(({ items }) => items.flatMap((item) => (item.kind === "step" ? [item.mark.kind] : []))), ["done", "open", "open"]);
    assert.equal(github.requests.slice(from).filter(({ status }) => status !== 0).length, 0);
    assert.equal((await sent).kind, "done");
    assert.deepEqual(since(from), ["GET 200", "PATCH 200", "GET 304"]);
    // What the write answered is known without a list.
    const known = (await ana.tracker.remembered())?.issues.find((issue) => issue.ref.number === ref.number);
    assert.equal(known?.body, github.repository(home).issue(ref.number).body);
    assert.equal(github.requests.length, from + 3);
  });

  it("does not grow when a list was running during a write, and the write is kept", async () => {
    // GitHub's times are whole seconds: by them alone nobody can tell which of two texts is the newer one.
    const second = Date.now();
    github.setNow(() => second);
    const ref = await startedIncident(ana.tracker);
    let release: () => void = () => undefined;
    let held = false;
    const released = new Promise<void>((resolve) => (release = resolve));
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const answer = await globalThis.fetch(input, init);
      if (held && String(input).includes("/issues?")) await released;
      return answer;
    };
    const slow = githubPerson(github, "ana", [home], { fetch });
    await must(slow.tracker.list({ state: "all" }));
    held = true;
    const listing = slow.tracker.list({ state: "all" });
    await must(slow.tracker.edit(ref, { kind: "markStep", run: "run1", step: "a", mark: { kind: "done", by: "ana", at: "2026-11-20T16:10:00Z" } }, "t1"));
    release();
    await must(listing);
    assert.match((await slow.tracker.remembered())?.issues[0]?.body ?? "", /- \[x\] Do a/);
  });

  it("does not include a list for a new issue and its links", async () => {
    const ref = await startedIncident(ana.tracker);
    await must(ana.tracker.list({ state: "all" }));
    const from = github.requests.length;
    const child = await must(ana.tracker.create({ repository: home, kind: "issue", title: "Renew the certificate", body: "Soon.", labels: [], assignees: [] }, "c1"));
    await must(ana.tracker.link(ref, child, "child"));
    const known = (await ana.tracker.remembered())?.issues ?? [];
    assert.deepEqual(known.map(({ title, native }) => [title, native?.children, native?.parent?.number]), [["[INCIDENT] Portal down", 1, undefined], ["Renew the certificate", undefined, undefined]]);
    assert.equal(known.length, 2);
    assert.equal(github.requests.slice(from).filter(({ path }) => path.includes("/issues?")).length, 1, "whether a second window created it too");
  });

  describe("for an issue that is created below another one", () => {
    const child = (repository: string): IssueDraft => ({ repository, kind: "issue", title: "Renew the certificate", body: "Soon.", labels: ["late"], assignees: ["ana"] });
    const operationOf = (parent: IssueRef, repository = home, relation: Relation = "child"): PendingOperation =>
      ({ key: "c1", at: "2026-11-20T16:10:00Z", by: "ana", operation: { kind: "create", draft: child(repository), under: { parent, relation, step: { run: "run1", step: "b" } } } });
    const isWhole = (parent: IssueRef, ref: IssueRef, relation: Relation = "child"): void => {
      const text = github.repository(parent.repository).issue(parent.number).body ?? "";
      const below = github.repository(ref.repository).issue(ref.number);
      const { onParent, onChild } = linkEnds(parent, ref, relation);
      assert.deepEqual(readLinks(text, home), [onParent]);
      assert.deepEqual(readLinks(below.body ?? "", ref.repository), [onChild]);
      assert.deepEqual(readChecklists(text, home).flatMap(({ items }) => items.flatMap((item) => (item.kind === "step" && item.id === "b" ? item.links : []))), [ref]);
      const web = github.repository(home);
      assert.deepEqual((relation === "child" ? web.subIssues(parent.number) : web.blockers(parent.number)).map(({ id }) => id), [below.id]);
      assert.equal(github.repository(ref.repository).issues().filter(({ title }) => title === "Renew the certificate").length, 1);
    };

    for (const relation of ["child", "blockedBy"] as const) {
      it(`is three writes and six requests in total (${relation})`, async () => {
        github.addRepository("acme/engine");
        const parent = await startedIncident(ana.tracker);
        const from = github.requests.length;
        const { ref } = await must(performOperation(ana.tracker, operationOf(parent, "acme/engine", relation)));
        // The issue; whether another window created it too; the parent's text, read, written once and confirmed; the server's own link.
        assert.deepEqual(since(from), ["POST 201", "GET 200", "GET 200", "PATCH 200", "GET 304", "POST 201"]);
        isWhole(parent, ref, relation);
      });
    }

    it("leads to one complete issue when any request or response is lost, in the same window or the next", async () => {
      github.addRepository("acme/engine");
      for (const kind of ["dropBefore", "dropAfter"] as const) {
        for (let lost = 0; lost < 6; lost += 1) {
          for (const restarts of [false, true]) {
            await github.close();
            github = await startFakeGithub();
            for (const each of [home, "acme/engine"]) github.addRepository(each);
            ana = githubPerson(github, "ana", [home, "acme/engine"]);
            const parent = await startedIncident(ana.tracker);
            let seen = -1;
            github.fault({ match: () => (seen += 1) === lost, do: { kind } });
            let person = ana;
            let result = await performOperation(person.tracker, operationOf(parent, "acme/engine"));
            for (let attempt = 0; attempt < 3 && result.kind === "failed"; attempt += 1) {
              if (restarts) person = githubPerson(github, "ana", [home, "acme/engine"], { memory: ana.memory });
              result = await performOperation(person.tracker, operationOf(parent, "acme/engine"));
            }
            isWhole(parent, (await must(Promise.resolve(result))).ref);
            assert.deepEqual(person.notices, []);
          }
        }
      }
    });

    it("completes a half-finished issue of an earlier version, wherever that stopped", async () => {
      // It created the issue without a link, and then linked parent, child, both natively, and showed the child at its step.
      for (let stopped = 0; stopped < 5; stopped += 1) {
        await github.close();
        github = await startFakeGithub();
        github.addRepository(home);
        ana = githubPerson(github, "ana", [home]);
        const parent = await startedIncident(ana.tracker);
        const ref = await must(ana.tracker.create(child(home), "c1"));
        const { onParent, onChild } = linkEnds(parent, ref, "child");
        if (stopped > 0) await must(ana.tracker.edit(parent, { kind: "addLink", link: onParent }, "l1"));
        if (stopped > 1) await must(ana.tracker.edit(ref, { kind: "addLink", link: onChild }, "l2"));
        if (stopped > 2) github.repository(home).addSubIssue(parent.number, ref.number);
        if (stopped > 3) await must(ana.tracker.edit(parent, { kind: "linkStep", run: "run1", step: "b", child: ref }, "l3"));
        const again = githubPerson(github, "ana", [home], { memory: ana.memory });
        assert.deepEqual(await must(performOperation(again.tracker, operationOf(parent))), { ref });
        isWhole(parent, ref);
      }
    });

    it("includes the link even if its step or checklist was removed meanwhile", async () => {
      const parent = await startedIncident(ana.tracker);
      github.repository(home).editBody(parent.number, "Nobody can sign in.", "ben");
      const { ref } = await must(performOperation(ana.tracker, operationOf(parent)));
      assert.deepEqual(readLinks(github.repository(home).issue(parent.number).body ?? "", home), [{ kind: "child", other: ref }]);
    });
  });
});
