import assert from "node:assert/strict";
import { type FakeGithub, type FaultKind, startFakeGithub } from "../support/fakeGithub/fakeGithub";
import type { WebRepository } from "../support/fakeGithub/web";
import { addIncidents, historyReader, type HistoryRead, readingTime } from "../support/historyReading";

const live = "acme/live";

/** A day after the first reading, and two. */
const [nextDay, dayAfter] = ["2026-11-21T12:00:00Z", "2026-11-22T12:00:00Z"];

describe("histories from a server that answers queries only sometimes", () => {
  let github: FakeGithub;
  let stored: Map<string, string>;
  let repository: WebRepository;
  let read: ReturnType<typeof historyReader>;

  beforeEach(async () => {
    github = await startFakeGithub();
    repository = addIncidents(github, live);
    stored = new Map();
    read = historyReader(github, live, stored);
  });

  afterEach(() => github.close());

  const fail = (kind: FaultKind, times = 1000): void => github.fault({ match: ({ path }) => path === "/api/graphql", times, do: kind });

  const noQueries = (): void => fail({ kind: "status", status: 404, body: { message: "Not Found" } });

  const lists = { issues: 2, events: 3, comments: 2 };

  const changes = { issues: 1, events: 1, comments: 1 };

  /** How many of each list were asked for, whether they had changed or not. */
  const asked = ({ asked: all }: HistoryRead): Readonly<Record<string, number>> =>
    Object.entries(all).reduce<Record<string, number>>((sum, [name, count]) => ({ ...sum, [name.replace(" (unchanged)", "")]: (sum[name.replace(" (unchanged)", "")] ?? 0) + count }), {});

  const summary = ({ records }: HistoryRead): unknown =>
    records.map(({ issue: { ref, state, labels }, events, moves }) => [ref.number, state, labels, events.map(({ kind, at }) => `${kind} ${at}`).toSorted(), moves?.map(({ stage }) => stage)]).toSorted((a, b) => Number(a[0]) - Number(b[0]));

  /** What a new reading by queries gives. */
  async function wholeHistory(): Promise<unknown> {
    return summary(await historyReader(github, live, new Map())());
  }

  for (const [status, queries] of [[500, 1], [502, 4]] as const) {
    it(`come from lists after the server failed to answer the first query in two readings (${status})`, async () => {
      fail({ kind: "status", status, body: { message: "Server Error" } });
      const first = await read();
      assert.deepEqual([first.records.length, first.failures.map(({ kind }) => kind), first.unreadable, first.asked], [0, ["serverError"], [{ name: live, reason: "noAnswer" }], { queries }]);
      const second = await read();
      assert.deepEqual([second.records.length, second.failures, second.unreadable, second.notes.map(({ kind }) => kind)], [120, [], [], ["noBoards"]]);
      assert.deepEqual(second.asked, { queries, ...lists });
      assert.deepEqual(asked(await read()), changes);
    });
  }

  it("come from lists at once after the server failed to answer the first query, if there is no later reading", async () => {
    fail({ kind: "status", status: 500, body: { message: "Server Error" } });
    const { records, failures, asked: requests } = await read({ isOnly: true });
    assert.deepEqual([records.length, failures, requests], [120, [], { queries: 1, ...lists }]);
  });

  it("come from lists at once after the server failed to answer a later query, if there is no later reading", async () => {
    let queries = 0;
    github.fault({ match: ({ path }) => path === "/api/graphql" && (queries += 1) > 1, times: 1000, do: { kind: "status", status: 500 } });
    const { records, failures, unreadable, asked: requests } = await read({ isOnly: true });
    assert.deepEqual([records.length, failures, unreadable, requests], [120, [], [], { queries: 2, ...lists }]);
  });

  it("are not stored again if nothing changed in lists", async () => {
    noQueries();
    await read();
    await read();
    const before = [...stored];
    let writes = 0;
    const set = stored.set.bind(stored);
    stored.set = (key, value) => { writes += 1; return set(key, value); };
    await read();
    assert.deepEqual([writes, [...stored]], [0, before]);
  });

  it("come from queries if the server failed to answer the first one only once", async () => {
    fail({ kind: "status", status: 500, body: { message: "Server Error" } }, 1);
    await read();
    assert.deepEqual((await read()).asked, { queries: 2 });
    assert.doesNotMatch([...stored.values()].join(), /failingSince/);
  });

  for (const status of [400, 403, 404, 405, 410, 422, 501]) {
    it(`come from lists at once if the server refuses queries with status ${status}`, async () => {
      fail({ kind: "status", status, body: { message: "GraphQL is disabled on this server." } });
      const { records, failures, asked: requests } = await read();
      assert.deepEqual([records.length, failures, requests], [120, [], { queries: 1, ...lists }]);
    });
  }

  it("come from queries again a day after the server refused them, without what was deleted and with nothing twice", async () => {
    noQueries();
    await read();
    repository.delete(5);
    const same = await read({ now: "2026-11-21T11:59:59Z" });
    // Lists do not tell what was deleted.
    assert.deepEqual([same.records.length, asked(same)], [120, changes]);
    github.clearFaults();
    repository.reopen(9, "ben");
    const again = await read({ now: nextDay });
    assert.deepEqual([again.records.length, again.failures, again.unreadable, again.notes, again.asked], [119, [], [], [], { queries: 2 }]);
    assert.deepEqual(summary(again), await wholeHistory());
    assert.deepEqual((await read({ now: nextDay })).asked, { queries: 1, issues: 1, comments: 1 });
    assert.doesNotMatch([...stored.values()].join(), /retryAt|"queried"|noQueries/);
  });

  it("come from lists until queries have read all of them, in as many readings as that takes", async () => {
    noQueries();
    await read();
    repository.delete(5);
    github.clearFaults();
    github.setNow(() => Date.parse(nextDay));
    github.limit({ kind: "primary", login: "ana", remaining: 1, resetIn: 600, resource: "graphql" });
    const limited = await read({ now: nextDay });
    assert.deepEqual([limited.records.length, limited.failures, limited.records.find(({ issue }) => issue.ref.number === 120)?.events.length], [120, [], 3]);
    github.clearFaults();
    const whole = await read({ now: nextDay });
    // The second page; then what changed since the first one, and the number of issues.
    assert.deepEqual([whole.records.length, whole.failures, whole.asked], [119, [], { queries: 2, issues: 1, comments: 1 }]);
    assert.deepEqual(summary(whole), await wholeHistory());
  });

  it("keep what lists gave if the reader cancels while queries are tried again", async () => {
    noQueries();
    await read();
    github.clearFaults();
    const signal = { aborted: false };
    const canceled = await read({ now: nextDay, signal, onPage: () => { signal.aborted = true; } });
    assert.deepEqual([canceled.records.length, canceled.failures, canceled.asked], [120, [], { queries: 1 }]);
    assert.deepEqual((await read({ now: nextDay })).asked, { queries: 2, issues: 1, comments: 1 });
  });

  for (const [name, kind] of [["refuses", { kind: "status", status: 404, body: { message: "Not Found" } }], ["fails to answer", { kind: "status", status: 500, body: { message: "Server Error" } }]] as const) {
    it(`are tried by queries only once a day if the server ${name} them`, async () => {
      noQueries();
      await read();
      github.clearFaults();
      fail(kind);
      const first = await read({ now: nextDay });
      assert.deepEqual([first.records.length, first.failures, first.notes.map((note) => note.kind), asked(first)], [120, [], ["noBoards"], { queries: 1, ...changes }]);
      assert.deepEqual(asked(await read({ now: nextDay })), changes);
      assert.deepEqual(asked(await read({ now: dayAfter })), { queries: 1, ...changes });
    });
  }

  it("keep what queries have read while lists are read instead, and then take only what changed", async () => {
    await read();
    // Everything but moves on project boards is left out of the answers.
    github.state.queries = "movesOnly";
    github.setNow(() => Date.parse(readingTime));
    repository.reopen(9, "ben");
    const listed = await read();
    assert.deepEqual([listed.records.length, listed.failures, listed.asked["events"]], [120, [], 3]);
    github.state.queries = "all";
    repository.delete(5);
    const again = await read({ now: nextDay });
    // The moves of open issues with the number of issues, what changed, and two pages of numbers to find what was deleted.
    assert.deepEqual([again.records.length, again.failures, asked(again)], [119, [], { queries: 4, issues: 1, comments: 1 }]);
    assert.deepEqual(summary(again), await wholeHistory());
  });

  it("come from what queries have read until lists are whole", async () => {
    await read();
    github.state.queries = "movesOnly";
    github.fault({ match: ({ path }) => path.includes("/issues/events"), times: 2, do: { kind: "status", status: 502 } });
    const cut = await read();
    assert.deepEqual([cut.records.length, cut.failures.map(({ kind }) => kind), cut.unreadable], [120, ["serverError"], [{ name: live, reason: "noAnswer" }]]);
    const stores: number[] = [];
    const listed = await read({ onStored: ({ records }) => void stores.push(records.length) });
    assert.deepEqual([stores, listed.records.length, listed.failures, listed.unreadable], [[120], 120, [], []]);
  });

  it("keep the moves on project boards that queries have read while nothing but lists is answered", async () => {
    const whole = await read();
    fail({ kind: "status", status: 500, body: { message: "Server Error" } });
    await read();
    const listed = await read({ now: nextDay });
    assert.deepEqual([listed.asked["events"], listed.notes.map(({ kind }) => kind)], [3, ["noBoards"]]);
    assert.deepEqual(summary(listed), summary(whole));
  });

  it("keep what queries have read for a day without answers, and come from lists after it until they are answered", async () => {
    await read();
    noQueries();
    for (const now of [readingTime, "2026-11-21T11:59:59Z"]) {
      const kept = await read({ now });
      assert.deepEqual([kept.records.length, kept.failures.map(({ kind }) => kind), kept.unreadable, kept.asked["events"]], [120, ["refused"], [{ name: live, reason: "noAccess" }], undefined]);
    }
    const listed = await read({ now: nextDay });
    assert.deepEqual([listed.records.length, listed.failures, listed.unreadable, listed.asked["events"]], [120, [], [], 3]);
    github.clearFaults();
    assert.deepEqual(asked(await read({ now: nextDay })), changes);
    const again = await read({ now: dayAfter });
    assert.deepEqual([again.failures, asked(again)], [[], { queries: 1, issues: 1, comments: 1 }]);
    assert.deepEqual(summary(again), await wholeHistory());
  });

  it("come from queries again if the clock was ahead when they were not answered", async () => {
    const nextYear = "2027-11-20T12:00:00Z";
    noQueries();
    await read({ now: nextYear });
    github.clearFaults();
    assert.deepEqual((await read()).asked, { queries: 2 });
    noQueries();
    await read({ now: nextYear });
    await read();
    const listed = await read({ now: nextDay });
    assert.deepEqual([listed.records.length, listed.asked["events"]], [120, 3]);
  });

  it("stay with queries if these are answered in between, or only a list cannot be read", async () => {
    await read();
    for (const now of [readingTime, nextDay]) {
      fail({ kind: "status", status: 500, body: { message: "Server Error" } }, 1);
      assert.deepEqual((await read({ now })).failures.map(({ kind }) => kind), ["serverError"]);
      assert.deepEqual((await read({ now })).failures, []);
    }
    github.fault({ match: ({ path }) => path.includes("/issues/comments"), times: 1000, do: { kind: "status", status: 502 } });
    for (const now of [nextDay, dayAfter]) assert.deepEqual([(await read({ now })).asked["events"], (await read({ now })).records.length], [undefined, 120]);
  });

  it("come from queries at once if an earlier version read them by lists", async () => {
    noQueries();
    await read();
    github.clearFaults();
    for (const [key, text] of stored) stored.set(key, text.replace(/"retryAt":"[^"]*",?/, ""));
    assert.deepEqual((await read()).asked, { queries: 2 });
  });
});
