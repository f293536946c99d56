import assert from "node:assert/strict";
import { applyChange } from "../../../../src/core/issue/applyChange";
import type { BrokenIssue, Issue } from "../../../../src/core/issue/issue";
import type { IssueLink } from "../../../../src/core/issue/issueChange";
import { outline, type OutlineFilter, type OutlineNode, type Grouping } from "../../../../src/core/issue/outline";
import { sampleDesk } from "../../../support/sampleDesk";
import { sampleIssue } from "../../../support/sampleIssue";

function issue(number: number, more: Partial<Issue> = {}, ...links: readonly IssueLink[]): Issue {
  const ref = { repository: "acme/live", number };
  return links.reduce((now: Issue, link) => {
    const linked = applyChange(now, { kind: "addLink", link }, now.updatedAt);
    return linked.kind === "ok" ? linked.value : assert.fail();
  }, sampleIssue({ ref, title: `[INCIDENT] ${number}`, createdAt: `2026-11-${10 + number}T00:00:00Z`, ...more }));
}

function tree(issues: readonly Issue[], { group = "none", filter = {}, broken = [], kinds = ["incident"] }: { group?: Grouping; filter?: OutlineFilter; broken?: readonly BrokenIssue[]; kinds?: readonly string[] } = {}): readonly unknown[] {
  return outline({ at: "2026-11-21T00:00:00Z", issues, broken }, sampleDesk, { kinds, group, filter }).map(shape);
}

function shape(node: OutlineNode): unknown {
  switch (node.kind) {
    case "group":
      return [node.name, ...node.nodes.map(shape)];
    case "issue":
      return node.nodes.length === 0 ? node.issue.ref.number : [node.issue.ref.number, ...node.nodes.map(shape)];
    case "unknown":
      return `${node.relation} ${node.ref.repository}#${node.ref.number}`;
    case "broken":
      return node.broken.path;
  }
}

const child = (number: number, repository = "acme/live"): IssueLink => ({ kind: "child", other: { repository, number } });
const related = (number: number): IssueLink => ({ kind: "related", other: { repository: "acme/live", number } });

describe("the outline of a view", () => {
  it("stands by priority, then the oldest first, open ones of its kinds only", () => {
    const issues = [issue(1), issue(2, { labels: ["incident", "priority: normal"] }), issue(3, { labels: ["incident", "priority: high"] }), issue(4, { createdAt: "2026-01-01T00:00:00Z" }), issue(5, { labels: ["request"], title: "x" }), issue(6, { state: "closed" })];
    assert.deepEqual(tree(issues), [3, 2, 4, 1]);
    assert.deepEqual(tree(issues, { filter: { includeClosed: true } }), [3, 2, 4, 1, 6]);
  });

  it("groups in the desk's order, those without last", () => {
    const issues = [issue(1), issue(2, { labels: ["incident", "priority: high"], assignees: ["ben", "ana"] }), issue(3, { labels: ["incident", "stage: In progress"], assignees: ["ana"] })];
    assert.deepEqual(tree(issues, { group: "priority" }), [["high", 2], ["", 1, 3]]);
    assert.deepEqual(tree(issues, { group: "stage" }), [["To do", 2, 1], ["In progress", 3]]);
    assert.deepEqual(tree(issues, { group: "assignee" }), [["ana", 2, 3], ["ben", 2], ["", 1]]);
    assert.deepEqual(tree([...issues, issue(5, { labels: ["request"] })], { group: "kind", kinds: ["request", "incident"] }), [["incident", 2, 1, 3], ["request", 5]]);
  });

  it("filters by words, label, assignee, and what is mine", () => {
    const issues = [issue(1, { title: "[INCIDENT] Portal" }), issue(2, { labels: ["incident", "vip"], assignees: ["Ana"] })];
    assert.deepEqual(tree(issues, { filter: { text: "PORTAL #1" } }), [1]);
    assert.deepEqual(tree(issues, { filter: { text: "vip" } }), [2]);
    assert.deepEqual(tree(issues, { filter: { label: "VIP" } }), [2]);
    assert.deepEqual(tree(issues, { filter: { assignee: "ana" } }), [2]);
    assert.deepEqual(tree(issues, { filter: { mine: "ben" } }), []);
  });

  it("nests linked issues of any kind and state, and names those it does not have", () => {
    const issues = [issue(1, {}, child(2), child(9, "acme/engine"), related(3)), issue(2, { labels: ["request"], title: "x", state: "closed" }, child(3)), issue(3, { labels: ["x"], title: "y" }, child(1))];
    assert.deepEqual(tree(issues), [[1, [2, 3], "child acme/engine#9", 3]]);
  });

  it("ends where links go round", () => {
    assert.deepEqual(tree([issue(1, {}, child(2)), issue(2, {}, child(1))]), [[1, 2], [2, 1]]);
  });

  it("gives every node an id of its own, the same the next time", () => {
    const ids = (nodes: readonly OutlineNode[]): readonly string[] => nodes.flatMap((node) => [node.id, ...("nodes" in node ? ids(node.nodes) : [])]);
    const issues = [issue(1, { assignees: ["ana", "ben"] }, child(2)), issue(2)];
    const make = (): readonly string[] => ids(outline({ at: "", issues, broken: [] }, sampleDesk, { kinds: ["incident"], group: "assignee", filter: {} }));
    assert.equal(new Set(make()).size, make().length);
    assert.deepEqual(make(), make());
  });

  it("shows broken issues last, with the kind of their folder", () => {
    const broken: readonly BrokenIssue[] = [{ path: ".desk/incident/4-x.md", reason: "badYaml" }, { path: ".desk/request/5-x.md", reason: "badYaml" }, { path: ".desk/other/6-x.md", reason: "badYaml" }];
    assert.deepEqual(tree([issue(1)], { broken, group: "stage" }), [["To do", 1], ".desk/incident/4-x.md", ".desk/other/6-x.md"]);
  });
});
