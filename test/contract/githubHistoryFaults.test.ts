import assert from "node:assert/strict";
import type { IssueRecord } from "../../src/core/metrics/history/issueHistory";
import { renderMilestone } from "../../src/core/markup/milestone";
import { type FakeGithub, type FaultKind, startFakeGithub } from "../support/fakeGithub/fakeGithub";
import type { WebRepository } from "../support/fakeGithub/web";
import { tokenOf } from "../support/githubPerson";
import { historyReader, readingTime } from "../support/historyReading";

const [live, engine] = ["acme/live", "acme/engine"];

describe("what happens to issues on GitHub and between readings of their histories", () => {
  let github: FakeGithub;
  let stored: Map<string, string>;
  let repository: WebRepository;
  let read: ReturnType<typeof historyReader>;

  beforeEach(async () => {
    github = await startFakeGithub();
    for (const name of [live, engine]) github.addRepository(name, { writers: ["ana", "ben"] });
    github.addUser("ana", tokenOf("ana"), { scopes: ["repo", "read:project"] });
    repository = github.repository(live);
    stored = new Map();
    read = historyReader(github, live, stored);
    github.setNow(() => Date.parse("2026-11-10T09:00:00Z"));
  });

  afterEach(() => github.close());

  function openMany(count: number): void {
    for (let number = 1; number <= count; number += 1) {
      github.setNow(() => Date.parse("2026-11-01T00:00:00Z") + number * 60_000);
      repository.open({ title: `Incident ${number}`, labels: ["incident"] }, "ben");
      repository.comment(number, renderMilestone("acknowledged", "I look at it"), "ben");
    }
  }

  function later(): void {
    github.setNow(() => Date.parse("2026-11-19T00:00:00Z"));
  }

  const fault = (kind: FaultKind, times = 1, path = "/api/graphql"): void => github.fault({ match: (request) => request.path.startsWith(path), times, do: kind });

  const numbers = (records: readonly IssueRecord[]): readonly number[] => records.map(({ issue }) => issue.ref.number).toSorted((a, b) => a - b);

  const eventsOf = (records: readonly IssueRecord[], number: number): readonly string[] => (records.find(({ issue }) => issue.ref.number === number)?.events ?? []).map(({ kind }) => kind).toSorted();

  it("deleted and transferred issues no longer count, for one query more if they are among the newest 100", async () => {
    openMany(250);
    await read();
    later();
    repository.delete(250);
    repository.delete(200);
    repository.transfer(180, engine);
    const { records, asked, unreadable } = await read();
    assert.deepEqual([records.length, unreadable, [250, 200, 180].filter((number) => numbers(records).includes(number))], [247, [], []]);
    // What changed, the number of issues, and one page of them.
    assert.equal(asked["queries"], 2);
    assert.ok(![...stored.values()].join().includes('"number":200,'));
    repository.delete(1);
    const oldest = await read();
    assert.deepEqual([oldest.records.length, numbers(oldest.records).includes(1), oldest.asked["queries"]], [246, false, 1 + 3]);
    assert.equal((await read()).asked["queries"], 1);
  });

  it("issues that are shown again count again, and are looked for only once", async () => {
    openMany(250);
    const whole = await read();
    for (const number of [240, 20]) repository.delete(number);
    assert.equal((await read()).records.length, 248);
    for (const number of [240, 20]) repository.restore(number);
    const again = await read();
    // The number of issues, three pages of them, and two pages of histories.
    assert.deepEqual([again.records.length, again.asked["queries"]], [250, 1 + 3 + 2]);
    assert.deepEqual(numbers(again.records).map((number) => eventsOf(again.records, number)), numbers(whole.records).map((number) => eventsOf(whole.records, number)));
    assert.equal((await read()).asked["queries"], 1);
  });

  it("a server that counts more issues than it shows is asked for them only once", async () => {
    openMany(120);
    await read();
    const total = { body: { data: { rateLimit: { cost: 1 }, repository: { hasIssuesEnabled: true, all: { totalCount: 121 }, issues: { pageInfo: { hasNextPage: false, endCursor: null }, nodes: repository.issues().map(({ number, createdAt }) => ({ number, createdAt: new Date(createdAt).toISOString() })) } } } } };
    fault({ kind: "status", status: 200, ...total }, 3);
    assert.deepEqual([(await read()).asked["queries"], (await read()).asked["queries"]], [2, 1]);
  });

  it("an issue that was transferred to the repository comes with its whole history", async () => {
    openMany(3);
    await read();
    const other = github.repository(engine);
    other.open({ title: "Elsewhere", labels: ["incident"] }, "ben");
    for (let event = 0; event < 150; event += 1) (event % 2 === 0 ? other.label : other.unlabel)(1, "a", "ben");
    for (let number = 1; number <= 3; number += 1) for (let event = 0; event < 60; event += 1) (event % 2 === 0 ? repository.label : repository.unlabel)(number, "b", "ben");
    later();
    const moved = other.transfer(1, live);
    const { records } = await read();
    assert.equal(eventsOf(records, moved).length, 151);
  });

  it("a comment that was deleted, and one without its mark any more, no longer count", async () => {
    openMany(5);
    await read();
    later();
    const [first, second] = [1, 2].map((number) => repository.issue(number).comments[0]?.id ?? 0);
    repository.deleteComment(2, second ?? 0);
    // This does not change when its issue was updated.
    repository.editComment(1, first ?? 0, "I did not look at it");
    const { records } = await read();
    assert.deepEqual([1, 2, 3].map((number) => eventsOf(records, number)), [["labeled"], ["labeled"], ["commented", "labeled"]]);
  });

  it("a server that counts fewer issues than it shows is asked for them only once", async () => {
    openMany(120);
    await read();
    const total = { body: { data: { rateLimit: { cost: 1 }, repository: { hasIssuesEnabled: true, all: { totalCount: 119 }, issues: { pageInfo: { hasNextPage: false, endCursor: null }, nodes: repository.issues().map(({ number, createdAt }) => ({ number, createdAt: new Date(createdAt).toISOString() })) } } } } };
    fault({ kind: "status", status: 200, ...total }, 3);
    const { records, asked } = await read();
    assert.deepEqual([records.length, asked["queries"]], [120, 2]);
    assert.equal((await read()).asked["queries"], 1);
  });

  it("a query that the server does not manage to answer is asked in smaller parts", async () => {
    openMany(120);
    fault({ kind: "status", status: 502, page: { type: "text/html", text: "<html>Unicorn</html>" } });
    fault({ kind: "status", status: 200, body: { data: null, errors: [{ message: "Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug." }] } });
    const { records, failures, asked } = await read();
    assert.deepEqual([records.length, failures, asked], [120, [], { queries: 2 + 6 }]);
    // It fails if not even few issues can be asked for.
    stored.clear();
    fault({ kind: "status", status: 502 }, 100);
    const never = await read();
    assert.deepEqual([never.failures.map(({ kind }) => kind), never.asked], [["serverError"], { queries: 4 }]);
  });

  it("only histories are asked for in smaller parts, not the numbers of issues", async () => {
    openMany(120);
    await read();
    later();
    repository.label(1, "a", "ben");
    repository.delete(2);
    let queries = 0;
    github.fault({ match: ({ path }) => path === "/api/graphql" && [2, 3].includes((queries += 1)), times: 2, do: { kind: "status", status: 502 } });
    const { records, failures, asked } = await read();
    // The number of issues; the changed one three times; two pages of numbers.
    assert.deepEqual([records.length, failures, asked["queries"]], [119, [], 1 + 3 + 2]);
  });

  it("a query for the number of issues, and one for moves, is sent once more if the server does not manage to answer it", async () => {
    openMany(3);
    await read();
    fault({ kind: "status", status: 502 });
    const counted = await read();
    assert.deepEqual([counted.failures, counted.asked["queries"]], [[], 2]);
    later();
    repository.move(1, "PVT_support", "In progress", "ben");
    repository.label(1, "a", "ben");
    await read();
    repository.move(1, "PVT_support", "Done", "ben");
    fault({ kind: "status", status: 502 });
    const moved = await read();
    assert.deepEqual([moved.failures, moved.asked["queries"], moved.records.find(({ issue }) => issue.ref.number === 1)?.moves?.length], [[], 2, 2]);
  });

  it("a page of a proxy, an empty answer and a refusal leave what was read, and are told", async () => {
    openMany(3);
    await read();
    const kinds = async (): Promise<readonly unknown[]> => {
      const { failures, records, unreadable } = await read();
      assert.deepEqual([records.length, unreadable.length], [3, 1]);
      return failures.map((failure) => [failure.kind, "answeredBy" in failure ? failure.answeredBy : undefined]);
    };
    for (const path of ["/api/graphql", "/repos/acme/live/issues?", "/repos/acme/live/issues/comments"]) {
      fault({ kind: "status", status: 200, page: { type: "text/html", text: "<html>Sign in</html>" } }, 1, path);
      assert.deepEqual(await kinds(), [["offline", "another"]], path);
    }
    fault({ kind: "status", status: 200, body: {} });
    assert.equal((await kinds()).length, 1);
    for (const status of [403, 429]) {
      fault({ kind: "status", status, body: { message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again." } });
      assert.deepEqual(await kinds(), [["limited", undefined]]);
    }
    fault({ kind: "dropBefore" }, 2);
    assert.deepEqual(await kinds(), [["offline", undefined]]);
    assert.deepEqual((await read()).failures, []);
  });

  it("the first move on a board counts, although nothing else changed", async () => {
    openMany(3);
    await read();
    later();
    repository.move(2, "PVT_support", "In progress", "ben");
    const { records, asked, points } = await read();
    assert.deepEqual([records.filter(({ moves }) => moves !== undefined).length, asked["queries"], points], [1, 1, 1]);
  });

  it("boards that could not be read for a while are read as a whole later", async () => {
    openMany(150);
    for (let number = 1; number <= 150; number += 1) repository.move(number, "PVT_support", "In progress", "ben");
    const moved = async (): Promise<number> => (await read()).records.filter(({ moves }) => moves !== undefined).length;
    github.setNow(() => Date.parse(readingTime));
    github.limit({ kind: "primary", login: "ana", remaining: 1, resetIn: 600, resource: "graphql" });
    assert.equal(await moved(), 100);
    github.clearFaults();
    github.state.boards = false;
    assert.equal(await moved(), 100);
    github.state.boards = true;
    assert.equal(await moved(), 150);
    later();
    repository.move(1, "PVT_support", "Done", "ben");
    repository.close(1, "ben");
    github.state.boards = false;
    await read();
    github.state.boards = true;
    assert.deepEqual((await read()).records.find(({ issue }) => issue.ref.number === 1)?.moves?.map(({ stage }) => stage), ["In progress", "Done"]);
  });

  it("an issue that is deleted while its further events are read is left out, and the others are read", async () => {
    openMany(3);
    for (let event = 0; event < 110; event += 1) (event % 2 === 0 ? repository.label : repository.unlabel)(2, "a", "ben");
    let queries = 0;
    github.fault({ match: ({ path }) => {
      if (path === "/api/graphql" && (queries += 1) === 2) repository.delete(2);
      return false;
    }, do: { kind: "dropBefore" } });
    const { records, failures, asked } = await read();
    assert.deepEqual([numbers(records), failures, asked], [[1, 3], [], { queries: 2 }]);
  });

  it("an issue that was imported as closed, without events, is read by queries", async () => {
    openMany(3);
    await read();
    later();
    repository.editTitle(3, "Imported", "ben");
    const node = {
      number: 3, createdAt: "2026-11-01T00:03:00Z", title: "Imported", body: "", state: "CLOSED", stateReason: null, issueType: null, updatedAt: "2026-11-19T00:00:00Z", closedAt: "2026-11-01T00:03:00Z", url: `${github.url}/acme/live/issues/3`, author: { login: "ben" }, authorAssociation: "MEMBER",
      labels: { nodes: [] }, assignees: { nodes: [] }, timelineItems: { pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] },
    };
    let queries = 0;
    github.fault({ match: ({ path }) => path === "/api/graphql" && (queries += 1) === 2, do: { kind: "status", status: 200, body: { data: { rateLimit: { cost: 1 }, repository: { hasIssuesEnabled: true, all: { totalCount: 3 }, issues: { pageInfo: { hasNextPage: false, endCursor: null }, nodes: [node] } } } } } });
    const { records, failures, asked } = await read();
    assert.deepEqual([records.find(({ issue }) => issue.ref.number === 3)?.issue.state, failures, asked], ["closed", [], { queries: 2, issues: 1, comments: 1 }]);
  });

  it("an issue that changes twice within a second, before and after it is read, is read again", async () => {
    openMany(3);
    await read();
    github.setNow(() => Date.parse("2026-11-19T00:00:00.200Z"));
    repository.label(2, "first", "ben");
    await read({ now: "2026-11-19T00:00:00.400Z" });
    github.setNow(() => Date.parse("2026-11-19T00:00:00.600Z"));
    repository.label(2, "second", "ben");
    const { records } = await read({ now: "2026-11-19T00:05:00Z" });
    assert.deepEqual(records.find(({ issue }) => issue.ref.number === 2)?.issue.labels, ["incident", "first", "second"]);
  });

  it("a repository is listed as left out if all of its pages were read at last, but not what changed since the first one", async () => {
    openMany(150);
    github.setNow(() => Date.parse(readingTime));
    github.limit({ kind: "primary", login: "ana", remaining: 1, resetIn: 600, resource: "graphql" });
    await read();
    github.clearFaults();
    fault({ kind: "status", status: 502 }, 2, "/repos/acme/live/issues?");
    const { records, failures, unreadable } = await read();
    assert.deepEqual([records.length, failures.map(({ kind }) => kind), unreadable], [150, ["serverError"], [{ name: live, reason: "noAnswer" }]]);
  });

  it("boards of another organization are left out, and everything else counts", async () => {
    openMany(2);
    repository.move(1, "PVT_support", "In progress", "ben");
    repository.move(2, "PVT_hidden", "In progress", "ben");
    const all = await read();
    assert.equal(all.records.filter(({ moves }) => moves !== undefined).length, 2);
    stored.clear();
    const page = { pageInfo: { hasNextPage: false, endCursor: null } };
    const node = (number: number, project: unknown): unknown => ({
      number, createdAt: "2026-11-01T00:00:00Z", title: "A", body: "", state: "OPEN", stateReason: null, issueType: null, updatedAt: "2026-11-01T00:00:00Z", closedAt: null, url: `${github.url}/acme/live/issues/${number}`, author: null, authorAssociation: "NONE", labels: null, assignees: { nodes: [null] },
      timelineItems: { ...page, nodes: [{ __typename: "ProjectV2ItemStatusChangedEvent", createdAt: "2026-11-02T00:00:00Z", previousStatus: "", status: "In progress", project }, { __typename: "MilestonedEvent", createdAt: "2026-11-02T00:00:00Z" }, null] },
    });
    const data = { rateLimit: { cost: 1 }, repository: { hasIssuesEnabled: true, all: { totalCount: 2 }, issues: { ...page, nodes: [node(2, null), node(1, { id: "PVT_support" })] } } };
    const errors = [{ type: "FORBIDDEN", path: ["repository", "issues", "nodes", 0, "timelineItems", "nodes", 0, "project"], message: "Resource protected by organization SAML enforcement." }];
    fault({ kind: "status", status: 200, body: { data, errors } });
    const { records, failures, notes } = await read();
    assert.deepEqual([numbers(records), records.filter(({ moves }) => moves !== undefined).length, failures, notes.map(({ kind }) => kind)], [[1, 2], 1, [], ["hiddenBoards"]]);
    // An author whose account was deleted, and no labels.
    assert.deepEqual(records.map(({ issue: { author, labels, assignees } }) => [author, labels, assignees]), [["ghost", [], []], ["ghost", [], []]]);
  });

  it("a server without types, duplicates and boards is read all the same", async () => {
    await github.close();
    github = await startFakeGithub({ features: false });
    github.state.boards = false;
    github.addRepository(live, { writers: ["ana", "ben"] });
    github.addUser("ana", tokenOf("ana"));
    repository = github.repository(live);
    read = historyReader(github, live, stored);
    openMany(3);
    const { records, asked } = await read();
    assert.deepEqual([records.length, asked], [3, { queries: 3 }]);
    assert.equal((await read()).failures.length, 0);
  });

  it("a renamed, an archived and an empty repository are read under the name in the desk", async () => {
    openMany(2);
    repository.rename("acme/renamed");
    repository.archive();
    const { records, unreadable, asked } = await read({ repositories: [live, engine] });
    assert.deepEqual([records.map(({ issue }) => issue.ref.repository), unreadable, asked], [[live, live], [], { queries: 2 }]);
    const again = await read({ repositories: [live, engine] });
    assert.deepEqual([again.records.length, again.failures], [2, []]);
  });

  it("a repository without issues, and one that the token cannot see, are told, and tried again later", async () => {
    openMany(3);
    repository.switchIssues(false);
    const off = await read();
    assert.deepEqual([off.failures.map(({ kind }) => kind), off.unreadable, off.asked], [["issuesOff"], [{ name: live, reason: "noAccess" }], { queries: 1 }]);
    repository.switchIssues(true);
    const forbidden: FaultKind = { kind: "status", status: 403, body: { message: "Resource protected by organization SAML enforcement. You must grant your OAuth token access to this organization." } };
    fault(forbidden);
    fault({ ...forbidden, headers: { "X-GitHub-SSO": "partial-results" } }, 1, "/repos/acme/live/issues?");
    const blocked = await read();
    assert.deepEqual([blocked.failures.map(({ kind }) => kind), blocked.unreadable, blocked.notes], [["forbidden"], [{ name: live, reason: "noAccess" }], []]);
    const later = await read();
    assert.deepEqual([later.records.length, later.failures, later.asked], [3, [], { queries: 1 }]);
  });

  it("a limit without its end lasts a minute", async () => {
    openMany(1);
    fault({ kind: "status", status: 200, body: { errors: [{ message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again." }] }, headers: { Date: new Date(readingTime).toUTCString() } });
    assert.deepEqual((await read()).failures.map((failure) => (failure.kind === "limited" ? failure.until : failure.kind)), ["2026-11-20T12:01:00Z"]);
  });

  it("a cursor that is no longer valid starts the reading again", async () => {
    openMany(150);
    github.setNow(() => Date.parse(readingTime));
    github.limit({ kind: "primary", login: "ana", remaining: 1, resetIn: 600, resource: "graphql" });
    assert.equal((await read()).records.length, 100);
    github.clearFaults();
    fault({ kind: "status", status: 200, body: { data: { repository: null }, errors: [{ type: "INVALID_CURSOR_ARGUMENTS", path: ["repository", "issues"], message: "`Y3Vyc29y` does not appear to be a valid cursor." }] } });
    const { records, failures } = await read();
    assert.deepEqual([records.length, failures], [150, []]);
  });

  it("what was read stays until a page was read again, if a cursor is no longer valid", async () => {
    openMany(150);
    github.setNow(() => Date.parse(readingTime));
    github.limit({ kind: "primary", login: "ana", remaining: 1, resetIn: 600, resource: "graphql" });
    await read();
    github.clearFaults();
    fault({ kind: "status", status: 200, body: { data: { repository: null }, errors: [{ type: "INVALID_CURSOR_ARGUMENTS", path: ["repository", "issues"], message: "`Y3Vyc29y` does not appear to be a valid cursor." }] } });
    fault({ kind: "status", status: 401, body: { message: "Bad credentials" } });
    const { records, failures } = await read();
    assert.deepEqual([records.length, failures.map(({ kind }) => kind)], [100, ["signedOut"]]);
    assert.equal((await read()).records.length, 150);
  });

  it("a server that does not know the cursors that it gave is not asked again and again", async () => {
    openMany(150);
    let queries = 0;
    const body = { data: { repository: null }, errors: [{ type: "INVALID_CURSOR_ARGUMENTS", path: ["repository", "issues"], message: "`Y3Vyc29y` does not appear to be a valid cursor." }] };
    github.fault({ match: ({ path }) => path === "/api/graphql" && (queries += 1) % 2 === 0, times: 20, do: { kind: "status", status: 200, body } });
    const { records, failures, asked } = await read();
    assert.deepEqual([records.length, failures.map(({ kind }) => kind), asked], [100, ["refused"], { queries: 2 }]);
  });

  it("two windows that read at once both have all figures, and what one of them stored is used", async () => {
    openMany(120);
    const both = await Promise.all([read(), read()]);
    assert.deepEqual(both.map(({ records }) => records.length), [120, 120]);
    assert.equal((await read()).asked["queries"], 1);
  });

  it("what is stored is for one account, and is given before the first request", async () => {
    openMany(3);
    const seen: number[] = [];
    const onStored = ({ records }: { readonly records: readonly IssueRecord[] }): void => void seen.push(records.length, github.requests.length);
    await read({ onStored });
    assert.deepEqual(seen, []);
    const requests = github.requests.length;
    const first = await read({ onStored });
    assert.deepEqual(seen, [3, requests]);
    github.addUser("eve", tokenOf("eve"));
    await read({ onStored, account: "eve", token: tokenOf("eve") });
    assert.equal(seen.length, 2);
    assert.equal(first.failures.length, 0);
  });
});
