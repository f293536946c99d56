import assert from "node:assert/strict";
import { renderMilestone } from "../../src/core/markup/milestone";
import { type FakeGithub, startFakeGithub } from "../support/fakeGithub/fakeGithub";
import type { WebRepository } from "../support/fakeGithub/web";
import { addIncidents, historyReader, type HistoryRead } from "../support/historyReading";

const live = "acme/live";

describe("histories from servers that answer queries in other forms", () => {
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

  const summary = ({ records }: HistoryRead): unknown =>
    records.map(({ issue: { ref, state, labels }, events, moves }) => [ref.number, state, labels, events.map(({ kind }) => kind).toSorted(), moves?.map(({ stage }) => stage)]).toSorted((a, b) => Number(a[0]) - Number(b[0]));

  const withProblem = (change: (node: Record<string, unknown>) => void): void => {
    const node = (number: number, items: readonly unknown[]): Record<string, unknown> => ({
      number, createdAt: "2026-11-01T00:00:00Z", title: "A", body: "", state: "OPEN", stateReason: null, updatedAt: "2026-11-01T00:00:00Z", closedAt: null, url: `${github.url}/acme/live/issues/${number}`, author: { login: "ben" }, authorAssociation: "MEMBER",
      labels: { nodes: [] }, assignees: { nodes: [] }, timelineItems: { pageInfo: { hasNextPage: false }, nodes: items },
    });
    const broken = node(2, [{ __typename: "LabeledEvent", createdAt: "2026-11-01T00:00:00Z", actor: null, label: { name: "incident" } }]);
    change(broken);
    const body = { data: { rateLimit: { cost: 1 }, repository: { hasIssuesEnabled: true, all: { totalCount: 2 }, issues: { pageInfo: { hasNextPage: false }, nodes: [broken, node(1, [])] } } } };
    github.fault({ match: ({ path }) => path === "/api/graphql", do: { kind: "status", status: 200, body } });
  };

  for (const queries of ["movesOrRefusal", "movesOnly"] as const) {
    it(`are the same if ${queries === "movesOnly" ? "everything else than moves on project boards is left out" : "everything else than moves on project boards is refused"}`, async () => {
      const whole = await read();
      stored.clear();
      github.state.queries = queries;
      const first = await read();
      assert.deepEqual([summary(first), first.failures, first.notes, first.unreadable], [summary(whole), [], [], []]);
      assert.deepEqual({ ...first.asked, queries: 0 }, { queries: 0, issues: 2, events: 3, comments: 2 });
      github.setNow(() => Date.parse("2026-11-19T00:00:00Z"));
      repository.move(7, "PVT_support", "Done", "ben");
      const later = await read();
      assert.deepEqual([later.records.find(({ issue }) => issue.ref.number === 7)?.moves?.map(({ stage }) => stage), later.failures, later.asked["queries"]], [["In progress", "Done"], [], 2]);
      const kept = [...stored.values()].join();
      await read();
      assert.equal([...stored.values()].join(), kept);
    });
  }

  for (const [name, change] of [
    ["an issue has no title", (node) => { delete node["title"]; }],
    ["the labels of an issue are left out", (node) => { delete node["labels"]; }],
    ["the history of an issue is left out", (node) => { delete node["timelineItems"]; }],
    ["an event has no label", (node) => { node["timelineItems"] = { pageInfo: { hasNextPage: false }, nodes: [{ __typename: "LabeledEvent", createdAt: "2026-11-01T00:00:00Z" }] }; }],
    ["a comment cannot be told from others", (node) => { node["timelineItems"] = { pageInfo: { hasNextPage: false }, nodes: [{ __typename: "IssueComment", createdAt: "2026-11-01T00:00:00Z", updatedAt: "2026-11-01T00:00:00Z", author: null, body: "A" }] }; }],
    ["closed issues have no events at all", (node) => { Object.assign(node, { state: "CLOSED", timelineItems: { pageInfo: { hasNextPage: false }, nodes: [] } }); }],
  ] satisfies readonly (readonly [string, (node: Record<string, unknown>) => void])[]) {
    it(`come from lists if ${name}`, async () => {
      const whole = await read();
      stored.clear();
      withProblem(change);
      const { records, ...listed } = await read();
      assert.deepEqual([summary({ records, ...listed }), listed.failures, listed.unreadable, listed.asked["issues"]], [summary(whole), [], [], 2]);
    });
  }

  for (const [name, answer] of [["a page of text", { kind: "status", status: 404, page: { text: "Not found" } }], ["an empty object", { kind: "status", status: 200, body: {} }], ["no data", { kind: "status", status: 200, body: { data: null } }]] as const) {
    it(`come from lists if the answer to queries is ${name}`, async () => {
      github.fault({ match: ({ path }) => path === "/api/graphql", times: 1000, do: answer });
      const { records, failures, notes } = await read();
      assert.deepEqual([records.length, failures, notes.map(({ kind }) => kind)], [120, [], ["noBoards"]]);
    });
  }

  it("are given without boards and with a note if only these cannot be read now, and have them later", async () => {
    github.state.queries = "movesOrRefusal";
    let queries = 0;
    // The first two ask for whole histories.
    github.fault({ match: ({ path }) => path === "/api/graphql" && (queries += 1) >= 3, times: 2, do: { kind: "status", status: 502, body: { message: "Bad gateway" } } });
    const first = await read();
    assert.deepEqual([first.records.length, first.failures.map(({ kind }) => kind), first.notes.map(({ kind }) => kind), first.asked["queries"]], [120, ["serverError"], ["noBoards"], 4]);
    const second = await read();
    assert.deepEqual([second.records.length, second.records.filter(({ moves }) => moves !== undefined).length, second.failures, second.notes], [120, 120, [], []]);
  });

  for (const [name, lost] of [["a lost connection", { kind: "dropBefore" }], ["an error of the server", { kind: "status", status: 502 }]] as const) {
    it(`are complete in spite of ${name} that is over a moment later`, async () => {
      github.state.queries = "movesOrRefusal";
      for (const list of ["/issues?", "/issues/events", "/issues/comments"]) github.fault({ match: ({ path }) => path.includes(list), do: lost });
      let queries = 0;
      github.fault({ match: ({ path }) => path === "/api/graphql" && (queries += 1) === 3, do: lost });
      const { records, failures, notes, unreadable } = await read();
      assert.deepEqual([records.length, failures, notes, unreadable], [120, [], [], []]);
    });
  }

  it("need no fields in lists that figures can do without", async () => {
    const [created, closed] = ["2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"];
    const bodies = {
      "/api/graphql": { message: "Not Found" },
      "/issues?": [{ number: 1, title: "A", state: "closed", labels: [{ name: "incident" }], user: { login: "ben" }, created_at: created, closed_at: closed }],
      "/issues/events": [{ id: 1, event: "labeled", label: { name: "incident" }, created_at: created, issue: { number: 1 } }, { id: 2, event: "closed", created_at: closed, issue: { number: 1 } }],
      "/issues/comments": [{ id: 1, user: { login: "ben" }, body: renderMilestone("acknowledged", ""), created_at: created, issue_url: `${github.url}/api/v3/repos/acme/live/issues/1` }],
    };
    for (const [list, body] of Object.entries(bodies)) github.fault({ match: ({ path }) => path.includes(list), do: { kind: "status", status: list === "/api/graphql" ? 404 : 200, body } });
    const { records, failures, unreadable } = await read();
    assert.deepEqual([records.map(({ issue, events }) => [issue.ref.number, events.map(({ kind }) => kind).toSorted()]), failures, unreadable], [[[1, ["closed", "commented", "labeled"]]], [], []]);
  });

  it("take moves on project boards from an answer that has no pages and no projects, whatever was asked", async () => {
    const moves = (...statuses: readonly string[]): readonly unknown[] => statuses.map((status, index) => ({ createdAt: `2026-11-02T0${index}:00:00Z`, previousStatus: statuses[index - 1] ?? "", status }));
    const nodes = [{ number: 1, createdAt: "2026-11-01T00:00:00Z", timelineItems: { nodes: moves("Todo", "In Progress") } }, { number: 2, createdAt: "2026-11-01T00:00:00Z", timelineItems: { nodes: [] } }];
    github.fault({ match: ({ path }) => path === "/api/graphql", times: 1000, do: { kind: "status", status: 200, body: { data: { repository: { issues: { nodes } } } } } });
    const { records, failures, notes } = await read();
    assert.deepEqual([records.length, failures, notes], [120, [], []]);
    assert.deepEqual(records.find(({ issue }) => issue.ref.number === 1)?.moves?.map(({ stage }) => stage), ["To do", "In progress"]);
  });
});
