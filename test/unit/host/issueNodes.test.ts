import assert from "node:assert/strict";
import { defaultDesk } from "../../../src/core/desk/defaultDesk";
import type { Desk } from "../../../src/core/desk/desk";
import type { Issue } from "../../../src/core/issue/issue";
import { applyChange } from "../../../src/core/issue/applyChange";
import type { IssueLink } from "../../../src/core/issue/issueChange";
import { issueNodes, type IssueOutline } from "../../../src/host/views/issueNodes";
import { childrenOf, type DeskNode, type ViewName } from "../../../src/host/views/node";
import { plainChoice, type OutlineChoice } from "../../../src/host/views/outlineChoice";

const at = "2026-11-20T12:00:00Z";

const desk: Desk = {
  ...defaultDesk("acme/desk"),
  kinds: [...defaultDesk("acme/desk").kinds, { name: "record", repositories: ["acme/desk"], label: "record" }],
};

function issue(number: number, title: string, ...labels: readonly string[]): Issue {
  return {
    ref: { repository: "acme/desk", number },
    title,
    body: "",
    state: "open",
    labels,
    assignees: [],
    author: "ana",
    createdAt: `2026-11-20T10:${String(number).padStart(2, "0")}:00Z`,
    updatedAt: at,
    location: { kind: "file", path: `.desk/x/${number}.md` },
  };
}

function ref(number: number): { repository: string; number: number } {
  return { repository: "acme/desk", number };
}

function linked(to: Issue, link: IssueLink): Issue {
  const changed = applyChange(to, { kind: "addLink", link }, at);
  if (changed.kind === "failed") assert.fail(changed.failure.kind);
  return changed.value;
}

function child(parent: Issue, number: number): Issue {
  return linked(parent, { kind: "child", other: ref(number) });
}

function outlineOf(view: ViewName, issues: readonly Issue[], choice: Partial<OutlineChoice> = {}, broken: readonly string[] = []): IssueOutline {
  return issueNodes({
    view,
    snapshot: { at, issues, broken: broken.map((path) => ({ path, reason: "badYaml" })) },
    desk,
    choice: { ...plainChoice, ...choice },
    me: "ana",
    now: at,
    words: { closed: "Closed", related: "related", noPriority: "No priority", nobody: "Nobody", noKind: "No kind" },
  });
}

function draw(nodes: readonly DeskNode[], indent = ""): readonly string[] {
  return nodes.flatMap((node) => {
    const name = node.kind === "issue" ? `#${node.ref.number}` : node.kind === "group" ? `${node.title} (${node.count})` : node.kind === "broken" ? `! ${node.path}` : node.kind;
    return [`${indent}${name}`, ...draw(childrenOf(node), `${indent}  `)];
  });
}

function drawn(view: ViewName, issues: readonly Issue[], choice: Partial<OutlineChoice> = {}, broken: readonly string[] = []): readonly string[] {
  return draw(outlineOf(view, issues, choice, broken).nodes);
}

const views = ["incidents", "requests", "records"] as const;

describe("issueNodes", () => {
  it("shows each issue in the view of its kind, and one without a kind among the requests", () => {
    const issues = [issue(1, "a", "incident"), issue(2, "b", "request"), issue(3, "c", "record"), issue(4, "d"), issue(5, "e", "checklist")];
    assert.deepEqual(views.map((view) => drawn(view, issues)), [["#1"], ["#4", "#2"], ["#3"]]);
  });

  it("shows what was raised from an issue below it, and issues of no view of their own only there", () => {
    const issues = [child(child(issue(1, "a", "incident"), 2), 3), issue(2, "b", "request"), issue(3, "c")];
    assert.deepEqual(drawn("incidents", issues), ["#1", "  #3", "  #2"]);
    assert.deepEqual(drawn("requests", issues), ["#2"]);
  });

  it("believes either end of a link", () => {
    const issues = [issue(1, "a", "incident"), linked(issue(3, "c"), { kind: "parent", other: ref(1) })];
    assert.deepEqual(drawn("incidents", issues), ["#1", "  #3"]);
    assert.deepEqual(drawn("requests", issues), []);
  });

  it("keeps an open issue in sight when its parent is closed", () => {
    const closed: Issue = { ...child(issue(1, "a", "incident"), 3), state: "closed", closedAt: at };
    assert.deepEqual(drawn("incidents", [closed, issue(3, "c")]), []);
    assert.deepEqual(drawn("requests", [closed, issue(3, "c")]), ["#3"]);
  });

  it("shows a ring of issues once, from its first", () => {
    const ring = [child(issue(1, "a", "request"), 2), child(issue(2, "b", "request"), 3), child(issue(3, "c", "request"), 1)];
    assert.deepEqual(drawn("requests", ring), ["#1", "  #2", "    #3"]);
  });

  it("shows related issues as leaves, and links to issues the desk does not hold", () => {
    const one = linked(linked(issue(1, "a", "incident"), { kind: "related", other: ref(2) }), { kind: "child", other: ref(99) });
    const other = linked(child(issue(2, "b", "incident"), 3), { kind: "related", other: ref(1) });
    assert.deepEqual(drawn("incidents", [one, other, issue(3, "c")]), ["#2", "  #3", "  #1", "#1", "  #2", "  unknown"]);
  });

  it("groups in the desk's order, those without last, an issue with two assignees in both groups", () => {
    const issues = [
      issue(1, "a", "incident", "priority: normal"),
      { ...issue(2, "b", "incident", "priority: high"), assignees: ["zoe", "ana"] },
      issue(3, "c", "incident"),
    ];
    assert.deepEqual(drawn("incidents", issues, { group: "priority" }), ["high (1)", "  #2", "normal (1)", "  #1", "No priority (1)", "  #3"]);
    assert.deepEqual(drawn("incidents", issues, { group: "assignee" }), ["ana (1)", "  #2", "zoe (1)", "  #2", "Nobody (2)", "  #1", "  #3"]);
  });

  it("gives every row of a tree its own id", () => {
    const issues = [{ ...child(issue(1, "a", "incident"), 3), assignees: ["ana", "zoe"] }, { ...child(issue(2, "b", "incident"), 3), assignees: ["zoe"] }, issue(3, "c")];
    const collect = (nodes: readonly DeskNode[]): readonly string[] => nodes.flatMap((node) => [node.id, ...collect(childrenOf(node))]);
    const ids = collect(outlineOf("incidents", issues, { group: "assignee" }).nodes);
    assert.equal(new Set(ids).size, ids.length);
    assert.equal(ids.length, 8);
  });

  it("filters, keeps a parent above what matches, and counts what is hidden", () => {
    const issues = [child(issue(1, "portal down", "incident"), 3), issue(2, "ledger slow", "incident"), issue(3, "fix the cache")];
    const filtered = outlineOf("incidents", issues, { filter: { state: "open", text: "CACHE fix" } });
    assert.deepEqual(draw(filtered.nodes), ["#1", "  #3"]);
    assert.deepEqual([filtered.open, filtered.hidden], [2, 1]);
    assert.deepEqual(drawn("incidents", issues, { filter: { state: "open", assignee: "@me" } }), []);
    assert.deepEqual(drawn("incidents", [{ ...issue(4, "x", "incident"), assignees: ["Ana"] }], { filter: { state: "open", assignee: "@me" } }), ["#4"]);
  });

  it("shows closed issues when asked, after open ones", () => {
    const issues: readonly Issue[] = [{ ...issue(2, "b", "incident"), state: "closed" }, issue(1, "a", "incident")];
    assert.deepEqual(drawn("incidents", issues), ["#1"]);
    assert.deepEqual(drawn("incidents", issues, { filter: { state: "all" } }), ["#1", "#2"]);
    assert.deepEqual(drawn("incidents", issues, { filter: { state: "closed" } }), ["#2"]);
  });

  it("shows broken files first, in the view their folder names", () => {
    const broken = [".desk/incident/4-x.md", ".desk/issue/5-y.md", ".desk/record/6.md", ".desk/7.md"];
    assert.deepEqual(drawn("incidents", [issue(1, "a", "incident")], {}, broken), ["! .desk/incident/4-x.md", "#1"]);
    assert.deepEqual(drawn("requests", [], {}, broken), ["! .desk/issue/5-y.md", "! .desk/7.md"]);
    assert.deepEqual(drawn("records", [], {}, broken), ["! .desk/record/6.md"]);
  });

  it("says number, stage, priority, assignee, age", () => {
    const [node] = outlineOf("incidents", [{ ...issue(5, "a", "incident", "priority: high", "stage: In progress"), assignees: ["ana"] }]).nodes;
    assert.equal(node?.kind === "issue" && node.description, "#5 · In progress · high · ana · 1h");
  });
});
