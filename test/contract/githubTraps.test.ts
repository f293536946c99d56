import assert from 'node:assert/strict';
import type { IssueDraft } from '../../src/core/model/issue';
import { githubApi } from '../../src/trackers/github/githubApi';
import { type FakeGithub, startFakeGithub } from '../support/fakeGithub/fakeGithub';
import { type GithubPerson, githubPerson, tokenOf } from '../support/githubPerson';
import { memoryLog } from '../support/memoryLog';
import { memoryMemory } from '../support/memoryMemory';
import { must } from '../support/must';
import { realClock } from '../support/realClock';

const home = "acme/desk";

const hour = 3_600_000;

const draft: IssueDraft = { repository: home, kind: "incident", title: "[INCIDENT] Portal down", body: "Nobody can sign in.", labels: [], assignees: [] };

describe("the GitHub tracker", function () {
  let github: FakeGithub;
  let ana: GithubPerson;

  beforeEach(async () => {
    github = await startFakeGithub();
    github.addRepository(home);
    ana = githubPerson(github, "ana", [home]);
  });

  afterEach(() => github.close());

  const numbers = async (person: GithubPerson): Promise<readonly number[]> => (await must(person.tracker.list({ state: "all" }))).issues.map(({ ref }) => ref.number);

  it("uses no responses from a browser's cache, which can be a minute old", async () => {
    const modes: (string | undefined)[] = [];
    const fetch: typeof globalThis.fetch = (input, init) => {
      modes.push(init?.cache);
      return globalThis.fetch(input, init);
    };
    const api = githubApi({ server: github.url, token: async () => tokenOf("ana"), clock: realClock, log: memoryLog(), fetch });
    await must(api.login());
    assert.deepEqual(modes, ["no-store"]);
  });

  it("reports that an issue was transferred when a comment on it would be lost", async () => {
    const ref = await must(ana.tracker.create(draft, "k1"));
    github.addRepository("acme/other");
    const number = github.repository(home).transfer(ref.number, "acme/other");
    assert.deepEqual(await ana.tracker.comment(ref, "Rolled back.", "c1"), { kind: "failed", failure: { kind: "transferred", ref, to: { repository: "acme/other", number } } });
  });

  it("does not list an issue any more after a comment or its timeline showed that it is gone", async () => {
    const [first, second, third] = [await must(ana.tracker.create(draft, "k1")), await must(ana.tracker.create({ ...draft, title: "Another" }, "k2")), await must(ana.tracker.create({ ...draft, title: "A third" }, "k3"))];
    await must(ana.tracker.list({ state: "all" }));
    github.addRepository("acme/other");
    github.repository(home).transfer(first.number, "acme/other");
    github.repository(home).delete(second.number);
    assert.equal((await ana.tracker.comment(first, "Rolled back.", "c1")).kind, "failed");
    assert.equal((await ana.tracker.timeline(second)).kind, "failed");
    assert.deepEqual((await must(ana.tracker.list({ state: "all" }))).issues.map(({ ref }) => ref.number), [third.number]);
  });

  it("adds one comment, and one reference to the issue that stays, when two windows write at the same time", async () => {
    const memory = memoryMemory();
    const windows = [githubPerson(github, "ana", [home], { memory }), githubPerson(github, "ana", [home], { memory })];
    const refs = await Promise.all(windows.map(({ tracker }) => must(tracker.create(draft, "k1"))));
    const [ref] = refs;
    assert.ok(ref);
    await Promise.all(windows.map(({ tracker }) => must(tracker.comment(ref, "Rolled back.", "c1"))));
    const [first, second] = github.repository(home).issues();
    assert.deepEqual([first?.state, first?.comments.length, second?.state, second?.comments.length], ["open", 1, "closed", 1]);
  });

  it("leaves one comment when two windows wrote it and neither could see the other's", async () => {
    const memory = memoryMemory();
    const windows = [githubPerson(github, "ana", [home], { memory }), githubPerson(github, "ana", [home], { memory })];
    const ref = await must(ana.tracker.create(draft, "k1"));
    let sent = 0;
    github.fault({
      match: ({ method, path }) => {
        if (method === "POST" && path.endsWith("/comments")) sent += 1;
        return sent === 2 && method === "GET" && path.includes("/comments");
      },
      times: 20,
      do: { kind: "dropBefore" },
    });
    const first = await Promise.all(windows.map(({ tracker }) => tracker.comment(ref, "Rolled back.", "c1")));
    assert.equal(github.repository(home).issues()[0]?.comments.length, 2, "the two did not write at once");
    assert.deepEqual(first.map((result) => result.kind), ["failed", "failed"]);
    github.clearFaults();
    for (const { tracker } of windows) await must(tracker.comment(ref, "Rolled back.", "c1"));
    assert.equal(github.repository(home).issues()[0]?.comments.length, 1);
  });

  it("keeps a comment's trailing line breaks", async () => {
    const ref = await must(ana.tracker.create(draft, "k1"));
    await must(ana.tracker.comment(ref, "```\nlog\n```\r\n\r\n", "c1"));
    const reported = (await must(ana.tracker.timeline(ref))).flatMap((event) => (event.kind === "commented" ? [event.markdown] : []));
    assert.deepEqual(reported, ["```\nlog\n```\r\n\r\n"]);
  });

  it("sets a label again that was removed before, though the first request is lost", async () => {
    const now = Date.now();
    github.setNow(() => now);
    const ref = await must(ana.tracker.create(draft, "k1"));
    github.setNow(() => now + 5000);
    await must(ana.tracker.edit(ref, { kind: "label", add: ["stage: In progress"], remove: [] }, "l1"));
    github.setNow(() => now + 10_000);
    await must(ana.tracker.edit(ref, { kind: "label", add: [], remove: ["stage: In progress"] }, "l2"));
    github.setNow(() => now + 15_000);
    github.repository(home).editBody(ref.number, "Something else.", "ben");
    github.setNow(() => now + 20_000);
    github.fault({ match: ({ method }) => method === "POST", do: { kind: "dropBefore" } });
    assert.equal((await ana.tracker.edit(ref, { kind: "label", add: ["stage: In progress"], remove: [] }, "l3")).kind, "failed");
    await must(ana.tracker.edit(ref, { kind: "label", add: ["stage: In progress"], remove: [] }, "l3"));
    assert.deepEqual(github.repository(home).issue(ref.number).labels, ["stage: In progress"]);
  });

  it("sees changes by others after a label was set on a machine whose clock is ahead", async () => {
    const clock = { ...realClock, now: () => `${new Date(Date.now() + hour).toISOString().slice(0, 19)}Z` };
    const person = githubPerson(github, "ana", [home], { clock });
    const ref = await must(person.tracker.create(draft, "k1"));
    await numbers(person);
    await must(person.tracker.edit(ref, { kind: "label", add: ["late"], remove: [] }, "l1"));
    github.repository(home).editTitle(ref.number, "Slow", "ben");
    assert.deepEqual((await must(person.tracker.list({ state: "all" }))).issues.map(({ title, labels }) => [title, labels]), [["Slow", ["late"]]]);
  });

  it("forgets a deleted issue and everything about it within a day", async () => {
    let now = Date.now();
    const clock = { ...realClock, now: () => new Date(now).toISOString() };
    const [first, second] = [await must(ana.tracker.create(draft, "k1")), await must(ana.tracker.create(draft, "k2"))];
    const memory = memoryMemory();
    const person = githubPerson(github, "ana", [home], { memory, clock });
    assert.deepEqual(await numbers(person), [first.number, second.number]);
    github.repository(home).delete(first.number);
    now += 24 * hour;
    assert.deepEqual(await numbers(person), [second.number]);
    assert.deepEqual((await githubPerson(github, "ana", [home], { memory, clock }).tracker.remembered())?.issues.map(({ ref }) => ref.number), [second.number]);
  });

  it("spells a repository as the desk does, also after it was renamed, and reports the new name once", async () => {
    const person = githubPerson(github, "ana", ["Acme/Desk"]);
    const ref = await must(person.tracker.create({ ...draft, repository: "Acme/Desk" }, "k1"));
    const names = async (): Promise<readonly string[]> => (await must(person.tracker.list({ state: "all" }))).issues.map(({ ref: { repository } }) => repository);
    assert.deepEqual([ref.repository, await names()], ["Acme/Desk", ["Acme/Desk"]]);
    github.repository(home).rename("acme/front");
    await must(person.tracker.edit(ref, { kind: "retitle", title: "Slow" }, "r1"));
    for (let time = 0; time < 3; time += 1) assert.deepEqual(await names(), ["Acme/Desk"]);
    assert.deepEqual(person.notices, [{ kind: "renamed", from: "Acme/Desk", to: "acme/front" }]);
  });

  it("reports once that one of several repositories cannot be read", async () => {
    const person = githubPerson(github, "ana", [home, "acme/nowhere"]);
    for (let time = 0; time < 3; time += 1) await must(person.tracker.list({ state: "open" }));
    assert.deepEqual(person.notices, [{ kind: "unread", repository: "acme/nowhere", failure: { kind: "noRepository", repository: "acme/nowhere" } }]);
  });

  it("sends two conditional requests per repository after a change was read", async () => {
    github.repository(home).open({ title: "Old" }, "ben");
    await numbers(ana);
    await numbers(ana);
    const now = Date.now();
    github.setNow(() => now + 5000);
    const ref = await must(ana.tracker.create(draft, "k1"));
    await numbers(ana);
    const from = github.requests.length;
    assert.ok((await numbers(ana)).includes(ref.number));
    assert.deepEqual(github.requests.slice(from).filter(({ path }) => path.includes("/issues")).map(({ status }) => status), [304, 304]);
  });

  it("notices a changed old issue while more than a page of issues is new", async () => {
    const now = Date.now();
    github.setNow(() => now - 10 * hour);
    const { number: old } = github.repository(home).open({ title: "Old" }, "ben");
    github.setNow(() => now);
    for (let number = 0; number < 120; number += 1) github.repository(home).open({ title: `New ${number}` }, "ben");
    for (let time = 0; time < 3; time += 1) await numbers(ana);
    github.setNow(() => now + 1000);
    github.repository(home).editBody(old, "Worse.", "ben");
    const found = (await must(ana.tracker.list({ state: "all" }))).issues.find(({ title }) => title === "Old");
    assert.equal(found?.body, "Worse.");
  });
});
