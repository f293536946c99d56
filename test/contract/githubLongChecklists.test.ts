import assert from 'node:assert/strict';
import { passesOf } from '../../src/core/checklist/passes';
import { readChecklists } from '../../src/core/markup/checklistRegion';
import type { Checklist } from '../../src/core/model/checklist';
import type { IssueChange } from '../../src/core/model/issueChange';
import type { IssueRef } from '../../src/core/model/issueRef';
import { applyChange } from '../../src/core/sync/applyChange';
import { incidentDraft as draft } from '../support/startedIncident';
import { type FakeGithub, startFakeGithub } from '../support/fakeGithub/fakeGithub';
import { type GithubPerson, githubPerson } from '../support/githubPerson';
import { must } from '../support/must';
import { loopingChecklist } from '../support/sampleChart';
import { sampleIssue } from '../support/sampleIssue';
import { sampleChecklist, step } from '../support/sampleChecklist';

const home = "acme/desk";

const report = "x".repeat(55_000);

describe("a checklist that does not fit in an issue's text", function () {
  let github: FakeGithub;
  let ana: GithubPerson;
  let ben: GithubPerson;

  beforeEach(async () => {
    github = await startFakeGithub();
    github.addRepository(home, { labels: ["incident"] });
    ana = githubPerson(github, "ana", [home]);
    ben = githubPerson(github, "ben", [home]);
  });

  afterEach(() => github.close());

  const long = (id: string, steps = 300): Checklist => sampleChecklist(Array.from({ length: steps }, (_, index) => step(`s${index}`, { text: `Look at machine ${index}, then at the one beside it` })), id);
  const tick = (run: string, name: string, by = "ana") => ({ kind: "markStep", run, step: name, mark: { kind: "done", by, at: "2026-11-20T16:10:00Z" } }) as const;
  const web = (): ReturnType<ReturnType<FakeGithub["repository"]>["issue"]> => github.repository(home).issue(1);
  const bodyOnWeb = (): string => web().body ?? "";
  const done = async (person: GithubPerson, ref: IssueRef, run: string): Promise<readonly string[]> =>
    readChecklists((await must(person.tracker.get(ref))).body, home).flatMap(({ id, items }) => (id === run ? items.flatMap((item) => (item.kind === "step" && item.mark.kind === "done" ? [item.id] : [])) : []));
  const listed = async (person: GithubPerson): Promise<readonly string[]> => (await must(person.tracker.list({ state: "open" }))).issues.flatMap(({ body }) => readChecklists(body, home).map(({ id }) => id));

  async function moved(): Promise<IssueRef> {
    const ref = await must(ana.tracker.create({ ...draft, body: report }, "k1"));
    await must(ana.tracker.edit(ref, { kind: "startRun", run: long("run1") }, "k2"));
    return ref;
  }

  it("keeps the ways, passes and values of a flowchart in its comment", async () => {
    const stamp = (second: number) => ({ by: "ana", at: `2026-11-20T16:10:0${second}Z` });
    const done = (second: number) => ({ kind: "done" as const, ...stamp(second) });
    const run = { ...long("run1"), items: [...loopingChecklist().items, ...long("run1").items] };
    const changes: readonly IssueChange[] = [
      { kind: "startRun", run },
      { kind: "markStep", run: "run1", step: "test", mark: done(1), values: [{ name: "version", value: "1.2 | rc", ...stamp(1) }], comment: "It failed" },
      { kind: "choose", run: "run1", option: "passed>fix", mark: done(2) },
      { kind: "choose", run: "run1", option: "again>test", mark: done(3) },
    ];
    const ref = await must(ana.tracker.create({ ...draft, body: report }, "k1"));
    for (const [index, change] of changes.entries()) await must(ana.tracker.edit(ref, change, `k${index + 2}`));
    assert.doesNotMatch(bodyOnWeb(), /desk:step test/);
    const local = changes.reduce((now, change) => {
      const applied = applyChange(now, change, stamp(5).at);
      return applied.kind === "ok" ? applied.value : assert.fail();
    }, sampleIssue({ body: report }));
    const [expected] = readChecklists(local.body, home);
    assert.equal(expected === undefined ? undefined : passesOf(expected).get("test")?.pass, 2);
    assert.deepEqual(readChecklists((await must(ben.tracker.get(ref))).body, home), [expected]);
  });

  it("moves to a comment that is readable on the web, and is ticked there by everyone", async () => {
    const ref = await moved();
    assert.equal(web().comments.length, 1);
    assert.ok(bodyOnWeb().startsWith(report));
    assert.match(bodyOnWeb(), /\n### Incident response · \[in a comment\]\([^)]+\), for this text is full <!-- desk:moved run=run1 comment=\d+ -->\n/);
    await must(ben.tracker.edit(ref, tick("run1", "s7", "ben"), "k3"));
    await must(ana.tracker.edit(ref, tick("run1", "s8"), "k4"));
    assert.equal(web().comments.length, 1);
    for (const person of [ana, ben]) assert.deepEqual(await done(person, ref, "run1"), ["s7", "s8"]);
    assert.deepEqual(await listed(ben), ["run1"]);
  });

  it("is ticked with two reads, one write and two unchanged conditional requests", async () => {
    const ref = await moved();
    const before = github.requests.length;
    await must(ben.tracker.edit(ref, tick("run1", "s7", "ben"), "k3"));
    assert.deepEqual(github.requests.slice(before).map(({ method, status }) => `${method} ${status}`), ["GET 200", "GET 200", "PATCH 200", "GET 304", "GET 304"]);
  });

  it("moves once, though two people start one at the same time and fill the text together", async () => {
    const ref = await must(ana.tracker.create({ ...draft, body: report }, "k1"));
    await Promise.all([must(ana.tracker.edit(ref, { kind: "startRun", run: long("run1") }, "k2")), must(ben.tracker.edit(ref, { kind: "startRun", run: long("run2", 250) }, "k3"))]);
    for (const person of [ana, ben]) assert.deepEqual([...readChecklists((await must(person.tracker.get(ref))).body, home).map(({ id }) => id)].sort(), ["run1", "run2"]);
    await Promise.all([must(ana.tracker.edit(ref, tick("run1", "s1"), "k4")), must(ben.tracker.edit(ref, tick("run1", "s2"), "k5")), must(ben.tracker.edit(ref, tick("run2", "s3"), "k6"))]);
    assert.deepEqual(await done(ana, ref, "run1"), ["s1", "s2"]);
    assert.deepEqual(await done(ana, ref, "run2"), ["s3"]);
  });

  it("is created together with its issue", async () => {
    const run = long("run1", 420);
    const { draftWithChecklist } = await import("../../src/core/issue/draftIssue");
    const ref = await must(ana.tracker.create(draftWithChecklist({ ...draft, body: report }, run), "k1"));
    assert.deepEqual(readChecklists((await must(ben.tracker.get(ref))).body, home).map(({ items }) => items.length), [420]);
    assert.deepEqual(await must(ana.tracker.create(draftWithChecklist({ ...draft, body: report }, run), "k1")), ref);
    assert.deepEqual([github.repository(home).issues().length, web().comments.length], [1, 1]);
  });

  for (const [name, fault] of Object.entries({ "the answer is lost": { kind: "dropAfter" }, "the request is lost": { kind: "dropBefore" }, "the server fails": { kind: "status", status: 502, after: true } } as const)) {
    for (const method of ["POST", "PATCH"]) {
      it(`moves once when ${name} to a ${method}, and the editor is restarted`, async () => {
        const ref = await must(ana.tracker.create({ ...draft, body: report }, "k1"));
        github.fault({ match: (request) => request.method === method, times: 2, do: fault });
        let result = await ana.tracker.edit(ref, { kind: "startRun", run: long("run1") }, "k2");
        for (let attempt = 0; result.kind === "failed" && attempt < 3; attempt += 1) {
          const again = githubPerson(github, "ana", [home], { memory: ana.memory });
          result = await again.tracker.edit(ref, { kind: "startRun", run: long("run1") }, "k2");
        }
        assert.equal(result.kind, "ok");
        assert.equal(web().comments.length, 1);
        assert.deepEqual(readChecklists((await must(ben.tracker.get(ref))).body, home).map(({ id }) => id), ["run1"]);
      });
    }
  }

  it("is followed in its comment by readers, and shown completely after a restart", async () => {
    const ref = await moved();
    for (let look = 0; look < 2; look += 1) assert.deepEqual(await listed(ben), ["run1"]);
    await must(ana.tracker.edit(ref, tick("run1", "s9"), "k3"));
    const before = github.requests.length;
    const [issue] = (await must(ben.tracker.list({ state: "open" }))).issues;
    assert.match(issue?.body ?? "", /- \[x\] Look at machine 9/);
    await listed(ben);
    // Beside the one page of open issues that each look reads for their links.
    const asked = github.requests.slice(before).flatMap(({ path, status }) => (path.startsWith(`/repos/${home}/issues`) && !path.includes("direction=asc") ? [`${path.includes("/comments/") ? "comment" : "list"} ${status}`] : []));
    assert.deepEqual(asked, ["list 304", "comment 200", "list 304", "comment 304"]);
    const again = githubPerson(github, "ben", [home], { memory: ben.memory });
    assert.match((await again.tracker.remembered())?.issues[0]?.body ?? "", /- \[x\] Look at machine 9/);
  });

  it("keeps text that a person writes around it, on either side", async () => {
    const ref = await moved();
    const [comment] = web().comments;
    github.repository(home).editBody(1, `First words\r\n${bodyOnWeb()}Last words\r\n`, "dan");
    github.repository(home).editComment(1, comment?.id ?? 0, `Before it\n${comment?.body ?? ""}\nAfter it`);
    await must(ana.tracker.edit(ref, tick("run1", "s1"), "k3"));
    assert.ok(bodyOnWeb().startsWith("First words\r\n") && bodyOnWeb().endsWith("Last words\r\n"));
    const text = web().comments[0]?.body ?? "";
    assert.ok(text.startsWith("Before it\n") && text.endsWith("\nAfter it"));
    assert.match(text, /- \[x\] Look at machine 1,/);
  });

  it("that a person deleted is reported as gone, and the issue stays usable", async () => {
    const ref = await moved();
    github.repository(home).deleteComment(1, web().comments[0]?.id ?? 0);
    const ticked = await ben.tracker.edit(ref, tick("run1", "s1", "ben"), "k3");
    assert.deepEqual(ticked, { kind: "failed", failure: { kind: "runGone", ref, run: "run1" } });
    await must(ben.tracker.edit(ref, { kind: "startRun", run: sampleChecklist([step("a")], "run2") }, "k4"));
    assert.deepEqual(await listed(ben), ["run2"]);
  });

  it("is not a comment in the timeline", async () => {
    const ref = await moved();
    assert.deepEqual((await must(ana.tracker.timeline(ref))).filter(({ kind }) => kind === "commented"), []);
  });

  it("is refused with a message when it does not fit in a comment", async () => {
    const ref = await must(ana.tracker.create(draft, "k1"));
    const result = await ana.tracker.edit(ref, { kind: "startRun", run: long("run1", 900) }, "k2");
    assert.equal(result.kind === "failed" ? result.failure.kind : "", "bodyTooLong");
    assert.equal(web().comments.length, 0);
  });
});
