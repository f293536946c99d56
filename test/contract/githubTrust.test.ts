import assert from 'node:assert/strict';
import { timeline } from '../../src/core/incident/timeline';
import { appendChecklist, readChecklists } from '../../src/core/markup/checklistRegion';
import { noteClock, readClock } from '../../src/core/markup/clockRegion';
import { renderCommand } from '../../src/core/markup/commandMark';
import { readHandoff } from '../../src/core/markup/handoffRegion';
import { addLink, readLinks } from '../../src/core/markup/linkRegion';
import { readMilestone, renderMilestone } from '../../src/core/markup/milestone';
import type { Issue } from '../../src/core/model/issue';
import type { IssueRef } from '../../src/core/model/issueRef';
import { withKey } from '../../src/trackers/github/keyMark';
import { incidentDraft as draft } from '../support/startedIncident';
import { type FakeGithub, startFakeGithub } from '../support/fakeGithub/fakeGithub';
import { type GithubPerson, githubPerson } from '../support/githubPerson';
import { must } from '../support/must';
import { sampleChecklist, step } from '../support/sampleChecklist';

const home = "acme/desk";

const ref: IssueRef = { repository: home, number: 1 };

const report = "Nobody can sign in.  \r\n\r\nSee `log`.";

const checklist = sampleChecklist([step("a"), step("b"), step("c")]);

const ack = { acknowledged: "2026-11-20T16:01:00Z", by: "ben" };

const acknowledge = { kind: "noteClock", marks: { acknowledged: "2026-11-20T16:09:00Z", by: "ana" } } as const;

const tick = (name: string, by = "ana") => ({ kind: "markStep", run: "run1", step: name, mark: { kind: "done", by, at: "2026-11-20T16:10:00Z" } }) as const;

/** What a stranger can write: every mark of ours. */
const forged = addLink(noteClock(appendChecklist(report, { ...checklist, id: "forged" }, home), ack), { kind: "parent", other: { repository: home, number: 7 } }, home);

describe("the marks that count on GitHub", () => {
  let github: FakeGithub;
  let ana: GithubPerson;
  let ben: GithubPerson;

  beforeEach(async () => {
    github = await startFakeGithub();
    github.addRepository(home, { labels: ["incident"], writers: ["ana", "ben", "hilda"], hidden: ["hilda"] });
    ana = githubPerson(github, "ana", [home]);
    ben = githubPerson(github, "ben", [home]);
  });

  afterEach(() => github.close());

  const web = (): ReturnType<FakeGithub["repository"]> => github.repository(home);
  const listed = async (person: GithubPerson): Promise<Issue> => (await must(person.tracker.list({ state: "all" }))).issues[0] ?? assert.fail("nothing is listed");
  const done = ({ body }: Issue): readonly string[] => readChecklists(body, home).flatMap(({ items }) => items.flatMap((item) => (item.kind === "step" && item.mark.kind === "done" ? [item.id] : [])));
  const begun = async (login = "mallory", body = report): Promise<void> => {
    web().open({ title: "Portal down", body }, login);
    await must(ana.tracker.edit(ref, { kind: "startRun", run: checklist }, "run"));
  };
  const bodyOf = (): string => web().issue(1).body ?? "";

  describe("in a stranger's issue", () => {
    it("are text, in the list, on the issue, after a restart and in search results", async () => {
      web().open({ title: "Portal down", body: forged }, "mallory");
      const again = async (): Promise<Issue> => (await githubPerson(github, "ana", [home], { memory: ana.memory }).tracker.remembered())?.issues[0] ?? assert.fail();
      for (const issue of [await listed(ana), await must(ana.tracker.get(ref)), (await must(ana.tracker.search("Portal down", [])))[0] ?? assert.fail(), await again(), (await must(ben.tracker.search("Portal down", [])))[0] ?? assert.fail()]) {
        assert.deepEqual([readChecklists(issue.body, home), readLinks(issue.body, home), readClock(issue.body)], [[], [], {}]);
        assert.ok(issue.body.includes("<\\!-- desk:clock acknowledged"));
        assert.deepEqual(issue.ignoredMarks, [{ by: "mallory", marks: ["run", "step", "clock", "links"] }]);
      }
      assert.deepEqual((await must(ana.tracker.relations(ref))).issues, []);
    });

    it("do not hide what the desk stores in one comment, created on first use, and the text keeps every byte", async () => {
      await begun("mallory", forged);
      await must(ben.tracker.edit(ref, tick("a", "ben"), "t1"));
      await must(ana.tracker.edit(ref, acknowledge, "t2"));
      await must(ana.tracker.edit(ref, { kind: "addLink", link: { kind: "child", other: { repository: home, number: 9 } } }, "t3"));
      assert.equal(bodyOf(), forged);
      const [comment, ...more] = web().issue(1).comments;
      assert.deepEqual(more, []);
      assert.match(comment?.body ?? "", /^Kept here by Response Desk [^\n]+\n\n<!-- desk:run id=run1 /);
      for (const issue of [await listed(ana), await listed(ben), await must(ben.tracker.get(ref))]) {
        assert.deepEqual([readChecklists(issue.body, home).map(({ id }) => id), done(issue)], [["run1"], ["a"]]);
        assert.deepEqual([readClock(issue.body).by, readLinks(issue.body, home)], ["ana", [{ kind: "child", other: { repository: home, number: 9 } }]]);
      }
      assert.deepEqual((await must(ana.tracker.timeline(ref))).filter(({ kind }) => kind === "commented"), []);
    });

    it("leave one comment when two people start at the same time, without losing either change", async () => {
      web().open({ title: "Portal down", body: report }, "mallory");
      await Promise.all([must(ana.tracker.edit(ref, { kind: "startRun", run: checklist }, "k1")), must(ben.tracker.edit(ref, { kind: "startRun", run: { ...checklist, id: "run2" } }, "k2")), must(ben.tracker.edit(ref, { kind: "noteClock", marks: ack }, "k3"))]);
      assert.equal(web().issue(1).comments.length, 1);
      for (const issue of [await must(ana.tracker.get(ref)), await listed(ben)]) {
        assert.deepEqual([...readChecklists(issue.body, home).map(({ id }) => id)].sort(), ["run1", "run2"]);
        assert.equal(readClock(issue.body).by, "ben");
      }
      await Promise.all([..."abc"].map((name, index) => must((index % 2 === 0 ? ana : ben).tracker.edit(ref, tick(name), `t${name}`))));
      assert.ok(done(await must(ana.tracker.get(ref))).join("").startsWith("abc"));
    });

    for (const [name, fault] of Object.entries({ "the answer is lost": { kind: "dropAfter" }, "the request is lost": { kind: "dropBefore" }, "the server fails": { kind: "status", status: 502, after: true } } as const)) {
      it(`leave one comment when ${name}, and the editor is restarted`, async () => {
        web().open({ title: "Portal down", body: report }, "mallory");
        github.fault({ match: (request) => request.method === "POST", times: 2, do: fault });
        let result = await ana.tracker.edit(ref, { kind: "startRun", run: checklist }, "k1");
        for (let attempt = 0; result.kind === "failed" && attempt < 3; attempt += 1) result = await githubPerson(github, "ana", [home], { memory: ana.memory }).tracker.edit(ref, { kind: "startRun", run: checklist }, "k1");
        assert.equal(result.kind, "ok");
        assert.equal(web().issue(1).comments.length, 1);
        assert.deepEqual(readChecklists((await listed(ben)).body, home).map(({ id }) => id), ["run1"]);
      });
    }

    it("are followed by readers with one conditional request for all comments", async () => {
      for (let count = 0; count < 3; count += 1) {
        web().open({ title: "Portal down", body: report }, "mallory");
        await must(ana.tracker.edit({ ...ref, number: count + 1 }, { kind: "startRun", run: checklist }, `run${count}`));
      }
      for (let look = 0; look < 3; look += 1) await listed(ben);
      const before = github.requests.length;
      await listed(ben);
      await must(ana.tracker.edit(ref, tick("a"), "t1"));
      const middle = github.requests.length;
      assert.deepEqual(done(await listed(ben)), ["a"]);
      // Beside the one page of open issues that each look reads for their links.
      const asked = (from: number, to?: number): readonly string[] => github.requests.slice(from, to).filter(({ login, path }) => login === "ben" && !path.includes("direction=asc")).map(({ path, status }) => `${path.replace(/\?.*/, "")} ${status}`);
      assert.deepEqual(asked(before, middle), [`/repos/${home}/issues 304`, `/repos/${home}/issues/comments 304`]);
      assert.deepEqual(asked(middle), [`/repos/${home}/issues 304`, `/repos/${home}/issues/comments 200`]);
    });

    it("are shown after a restart without a request", async () => {
      await begun();
      await listed(ana);
      const before = github.requests.length;
      const again = await githubPerson(github, "ana", [home], { memory: ana.memory }).tracker.remembered();
      assert.deepEqual(readChecklists(again?.issues[0]?.body ?? "", home).map(({ id }) => id), ["run1"]);
      assert.equal(github.requests.length, before);
    });

    it("are lost with the comment when a person deletes it, and start again", async () => {
      await begun();
      await listed(ben);
      web().deleteComment(1, web().issue(1).comments[0]?.id ?? 0);
      assert.deepEqual(readChecklists((await listed(ben)).body, home), []);
      assert.equal((await ana.tracker.edit(ref, tick("a"), "t1")).kind, "failed");
      await must(ana.tracker.edit(ref, { kind: "startRun", run: { ...checklist, id: "run2" } }, "k2"));
      assert.deepEqual(readChecklists((await listed(ben)).body, home).map(({ id }) => id), ["run2"]);
    });

    it("keep text that people write around them in the comment", async () => {
      await begun();
      const [comment] = web().issue(1).comments;
      web().editComment(1, comment?.id ?? 0, `First\r\n${comment?.body ?? ""}\r\nLast`);
      await must(ben.tracker.edit(ref, tick("b"), "t1"));
      const text = web().issue(1).comments[0]?.body ?? "";
      assert.ok(text.startsWith("First\r\n") && text.endsWith("\r\nLast"), text);
      assert.deepEqual(done(await listed(ana)), ["b"]);
    });

    it("move to comments of their own when the desk's comment is full", async () => {
      await begun();
      const long = (id: string) => sampleChecklist(Array.from({ length: 400 }, (_, index) => step(`s${index}`, { text: `Look at machine ${index}, then at the one beside it` })), id);
      await must(ana.tracker.edit(ref, { kind: "startRun", run: long("run2") }, "k2"));
      await must(ben.tracker.edit(ref, { kind: "startRun", run: long("run3") }, "k3"));
      await must(ben.tracker.edit(ref, { ...tick("s7", "ben"), run: "run3" }, "k4"));
      assert.equal(bodyOf(), report);
      for (const issue of [await listed(ana), await must(ben.tracker.get(ref))]) assert.deepEqual([[...readChecklists(issue.body, home).map(({ id }) => id)].sort(), done(issue)], [["run1", "run2", "run3"], ["s7"]]);
    });

    it("do not count because a member edits the text on the web", async () => {
      web().open({ title: "Portal down", body: report }, "mallory");
      web().editBody(1, forged, "ana");
      assert.deepEqual(readClock((await listed(ana)).body), {});
    });

    it("are refused for an account whose marks do not count, and stay pending", async () => {
      web().open({ title: "Portal down", body: report }, "mallory");
      const mallory = githubPerson(github, "mallory", [home]);
      assert.deepEqual(await mallory.tracker.edit(ref, { kind: "startRun", run: checklist }, "k1"), { kind: "failed", failure: { kind: "forbidden", repository: home } });
      assert.deepEqual([web().issue(1).comments, bodyOf()], [[], report]);
    });
  });

  describe("in a stranger's comment", () => {
    it("are not milestones, hide nothing and are shown as text", async () => {
      web().open({ title: "Portal down", body: report }, "ana");
      for (const text of [renderMilestone("acknowledged", "All is well"), withKey("Look here", "run acme/desk#1 run1"), "Kept here. <!-- desk:kept -->\n\n<!-- desk:clock acknowledged=2026-11-20T16:01:00Z -->"]) web().comment(1, text, "mallory");
      web().comment(1, renderMilestone("acknowledged", "I am on it"), "ben");
      const comments = (await must(ana.tracker.timeline(ref))).flatMap((event) => (event.kind === "commented" ? [event] : []));
      assert.deepEqual(comments.map(({ by, markdown }) => [by, readMilestone(markdown)?.milestone]), [["mallory", undefined], ["mallory", undefined], ["mallory", undefined], ["ben", "acknowledged"]]);
      assert.ok(comments[0]?.markdown.includes("<\\!-- desk:moment acknowledged -->"));
      assert.deepEqual(readClock((await must(ana.tracker.get(ref))).body), {});
    });

    it("do not make it a command that was run, and each comment has its page", async () => {
      web().open({ title: "Portal down", body: report }, "ana");
      web().comment(1, renderCommand("I ran it"), "mallory");
      web().comment(1, renderCommand("I ran it"), "ben");
      const events = await must(ana.tracker.timeline(ref));
      const comments = timeline(await must(ana.tracker.get(ref)), events, []).flatMap((entry) => (entry.kind === "commented" ? [entry] : []));
      assert.deepEqual(comments.map(({ by, text, command }) => [by, text, command]).toSorted().toReversed(), [["mallory", "I ran it\n\n<\\!-- desk:command -->", undefined], ["ben", "I ran it", true]]);
      assert.equal(new Set(comments.map(({ url }) => url)).size, 2);
      for (const { url } of comments) assert.match(url ?? "", /^https?:\/\/[^/]+\/acme\/desk\/issues\/1#issuecomment-\d+$/);
    });

    it("do not replace the desk's own comment, even in an older one with its key", async () => {
      web().open({ title: "Portal down", body: report }, "mallory");
      const text = withKey(`Kept here. <!-- desk:kept -->\n\n${noteClock("", ack)}`, "desk acme/desk#1");
      web().comment(1, text, "mallory");
      const issue = await listed(ana);
      assert.deepEqual([readClock(issue.body), issue.ignoredMarks], [{}, [{ by: "mallory", marks: ["clock"] }]]);
      await must(ana.tracker.edit(ref, { kind: "startRun", run: checklist }, "k1"));
      await must(ben.tracker.edit(ref, tick("a"), "k2"));
      assert.deepEqual(web().issue(1).comments.map(({ login }) => login), ["mallory", "ana"]);
      assert.equal(web().issue(1).comments[0]?.body, text);
      for (const each of [await listed(ana), await listed(ben)]) assert.deepEqual([done(each), readClock(each.body)], [["a"], {}]);
    });

    it("with the key of our comment do not prevent it from being sent once", async () => {
      web().open({ title: "Portal down", body: report }, "ana");
      web().comment(1, withKey("Never mind", "k1"), "mallory");
      github.fault({ match: (request) => request.method === "POST", times: 1, do: { kind: "dropBefore" } });
      await must(ana.tracker.comment(ref, "Look at the log", "k1"));
      assert.deepEqual(web().issue(1).comments.map(({ login }) => login), ["mallory", "ana"]);
    });
  });

  it("with the key of our issue do not prevent it from being created", async () => {
    web().open({ title: "Checklist", body: withKey("Nothing to do", "checklist:2026-11-20 runbooks/day.md") }, "mallory");
    const created = await must(ana.tracker.create({ ...draft, title: "Checklist" }, "checklist:2026-11-20 runbooks/day.md"));
    assert.equal(created.number, 2);
    assert.deepEqual((await must(ana.tracker.list({ state: "open" }))).issues.length, 2);
    assert.deepEqual(await must(ben.tracker.create({ ...draft, title: "Checklist" }, "checklist:2026-11-20 runbooks/day.md")), created);
  });

  it("count for the desk's people with hidden membership, in any case", async () => {
    web().open({ title: "Portal down", body: forged }, "hilda");
    const people = (): readonly string[] => ["Hilda"];
    assert.deepEqual(readClock((await listed(ana)).body), {});
    const withPeople = githubPerson(github, "ben", [home], { people });
    assert.equal(readClock((await listed(withPeople)).body).by, "ben");
  });

  it("count for the signed-in account if it has write access, which is requested once and stored", async () => {
    const hilda = githubPerson(github, "hilda", [home]);
    await must(hilda.tracker.create({ ...draft, body: forged }, "k1"));
    assert.equal(readClock((await listed(hilda)).body).by, "ben");
    await must(hilda.tracker.edit(ref, { ...tick("a", "hilda"), run: "forged" }, "t1"));
    await listed(hilda);
    assert.equal(github.requests.filter(({ path, login }) => path === `/repos/${home}` && login === "hilda").length, 1);
    const before = github.requests.length;
    assert.equal(readClock((await githubPerson(github, "hilda", [home], { memory: hilda.memory }).tracker.remembered())?.issues[0]?.body ?? "").by, "ben");
    assert.equal(github.requests.length, before);
  });

  it("do not count for a stranger who uses the product, whose issues are still created once", async () => {
    const mallory = githubPerson(github, "mallory", [home]);
    github.fault({ match: (request) => request.method === "POST", times: 1, do: { kind: "dropAfter" } });
    await must(mallory.tracker.create({ ...draft, body: forged }, "k1"));
    assert.equal(web().issues().length, 1);
    assert.deepEqual([readClock((await listed(mallory)).body), readClock((await listed(ana)).body)], [{}, {}]);
  });

  describe("of somebody who joins the desk's people", () => {
    it("count from then on, without a request, and the desk's comment stays", async () => {
      let people: readonly string[] = [];
      const cleo = githubPerson(github, "ana", [home], { people: () => people });
      await begun("mallory", noteClock(report, ack));
      assert.deepEqual(readClock((await listed(cleo)).body), {});
      const before = github.requests.length;
      people = ["mallory"];
      const issue = (await cleo.tracker.remembered())?.issues[0];
      assert.deepEqual([readClock(issue?.body ?? "").by, readChecklists(issue?.body ?? "", home).map(({ id }) => id), issue?.ignoredMarks], ["ben", ["run1"], undefined]);
      assert.equal(github.requests.length, before);
      await must(cleo.tracker.edit(ref, tick("a"), "t1"));
      await must(cleo.tracker.edit(ref, { kind: "noteClock", marks: { updated: "2026-11-20T17:00:00Z" } }, "t2"));
      for (const each of [await listed(cleo), await must(cleo.tracker.get(ref))]) assert.deepEqual([done(each), readClock(each.body).updated, readClock(each.body).by], [["a"], "2026-11-20T17:00:00Z", "ben"]);
      assert.ok(bodyOf().startsWith(report));
      assert.equal(web().issue(1).comments.length, 1);
    });

    it("and leaves them are text again, without a request", async () => {
      let people: readonly string[] = ["mallory", "cleo"];
      const cleo = githubPerson(github, "cleo", [home], { people: () => people });
      web().open({ title: "Portal down", body: forged }, "mallory");
      web().open({ title: "Another", body: report }, "nora");
      await must(cleo.tracker.edit({ ...ref, number: 2 }, { kind: "startRun", run: checklist }, "k2"));
      const counted = async (): Promise<readonly unknown[]> => (await cleo.tracker.remembered())?.issues.map(({ body }) => readChecklists(body, home).length) ?? [];
      await listed(cleo);
      assert.deepEqual(await counted(), [1, 1]);
      people = [];
      const before = github.requests.length;
      assert.deepEqual(await counted(), [0, 0]);
      assert.deepEqual((await cleo.tracker.remembered())?.issues.map(({ ignoredMarks }) => ignoredMarks?.[0]?.by), ["mallory", "cleo"]);
      assert.equal(github.requests.length, before);
      people = ["mallory", "cleo"];
      assert.deepEqual(await counted(), [1, 1]);
    });
  });

  it("accept no handoff of a stranger, whose issues are assigned to nobody", async () => {
    const { renderHandoff } = await import("../../src/core/markup/handoffRegion");
    const { textsOf } = await import("../../src/core/model/handoff");
    const { performOperation } = await import("../../src/core/sync/performOperation");
    const item = { ref: { repository: home, number: 2 }, title: "Down", status: "To do", owners: [], updated: "2026-11-20T16:00:00Z", next: "" };
    const handoff = { outgoing: "ben", incoming: "ana", beside: [], from: "2026-11-16T00:00:00Z", to: "2026-11-23T00:00:00Z", felt: "", items: [item], texts: textsOf(() => "") };
    web().open({ title: "Handoff", body: renderHandoff(handoff, { home, timezone: "UTC" }), labels: ["handoff"] }, "mallory");
    web().open({ title: "Down", body: report, assignees: ["ben"] }, "ana");
    assert.equal(readHandoff((await must(ana.tracker.get(ref))).body), undefined);
    const accepted = await performOperation(ana.tracker, { key: "k1", at: "2026-11-23T00:00:00Z", by: "ana", operation: { kind: "acceptHandoff", ref, outgoing: "ben", items: [item.ref], at: "2026-11-23T00:00:00Z" } });
    assert.equal(accepted.kind, "failed");
    assert.deepEqual(web().issue(2).assignees, ["ben"]);
  });

  it("cost no requests when all issues are by people who count", async () => {
    web().open({ title: "Portal down", body: forged }, "ana");
    await listed(ben);
    await must(ben.tracker.get(ref));
    assert.deepEqual(github.requests.filter(({ path }) => path.includes("comments")), []);
  });

  it("cost at most ten requests in a large repository at first, and fifteen with a later poll until all comments are read", async () => {
    let minutes = 0;
    github.setNow(() => Date.parse("2026-11-01T00:00:00Z") + minutes * 60_000);
    web().open({ title: "Portal down", body: report }, "mallory");
    await must(ana.tracker.edit(ref, { kind: "startRun", run: checklist }, "k1"));
    web().open({ title: "Busy", body: report }, "ana");
    const talk = (count: number): void => {
      for (let index = 0; index < count; index += 1) {
        minutes += 1;
        web().comment(2, "More", "nora");
      }
    };
    talk(2500);
    const look = async (): Promise<number> => {
      const before = github.requests.length;
      await listed(ben);
      return github.requests.slice(before).filter(({ path }) => path.includes("/issues/comments")).length;
    };
    assert.deepEqual([await look(), (await ben.tracker.remembered())?.issues.map(({ body }) => readChecklists(body, home).length)], [10, [0, 0]]);
    const later = [await look(), await look(), await look(), await look(), await look()];
    assert.ok(later.every((count) => count <= 6) && later.at(-1) === 1, later.join());
    assert.deepEqual(readChecklists((await listed(ben)).body, home).map(({ id }) => id), ["run1"]);
    // After a long time offline the same holds.
    talk(1500);
    await must(ana.tracker.edit(ref, tick("a"), "t1"));
    talk(1500);
    assert.ok((await look()) <= 15);
    for (let count = 0; count < 8; count += 1) assert.ok((await look()) <= 15);
    assert.deepEqual(done(await listed(ben)), ["a"]);
  });
});
