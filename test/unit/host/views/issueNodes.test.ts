import assert from 'node:assert/strict';
import { defaultDesk } from '../../../../src/core/desk/defaultDesk';
import type { Desk } from '../../../../src/core/model/desk';
import type { Issue } from '../../../../src/core/model/issue';
import type { IssueLink } from '../../../../src/core/model/issueChange';
import type { IssueRelations } from '../../../../src/core/model/relations';
import type { Urgency } from '../../../../src/core/response/urgency';
import { applyChange } from '../../../../src/core/sync/applyChange';
import { issueNodes, issueRows, type IssueOutline } from '../../../../src/host/views/issueNodes';
import type { LinkContext, ReadLinks } from '../../../../src/host/views/linkedNodes';
import { childrenOf, type DeskNode, type ViewName } from '../../../../src/host/views/node';
import { type OutlineChoice, plainChoice } from '../../../../src/host/views/outlineChoice';

const at = "2026-11-20T12:00:00Z";

const linkLabels = {
  parent: "raised from", child: "child", blockedBy: "blocked by", blocks: "blocks", related: "related", ofRecord: "ofRecord", ofOpportunity: "ofOpportunity", duplicateOf: "duplicateOf", hasDuplicate: "hasDuplicate", open: "Open", closed: "Closed",
  merged: "Merged", draft: "Draft", blocked: "blocked", notHere: "not on this desk", nothingLinked: "Nothing linked",
};

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

function outlineOf(view: ViewName, issues: readonly Issue[], choice: Partial<OutlineChoice> = {}, broken: readonly string[] = [], links?: LinkContext["links"]): IssueOutline {
  return issueNodes({
    view,
    snapshot: { at, issues, broken: broken.map((path) => ({ path, reason: "badYaml" })) },
    desk,
    choice: { ...plainChoice, ...choice },
    me: "ana",
    now: at,
    ...(links === undefined ? {} : { links }),
    labels: { ...linkLabels, noPriority: "No priority", nobody: "Nobody", noKind: "No kind", test: "test" },
  });
}

function draw(nodes: readonly DeskNode[], indent = ""): readonly string[] {
  return nodes.flatMap((node) => {
    const name = node.kind === "issue" ? `${["own", "child", "related"].includes(node.relation) ? "" : `${node.relation} `}#${node.ref.number}${node.blocked ? " blocked" : ""}` : node.kind === "unknown" || node.kind === "pull" ? `${node.kind} ${node.title} (${node.description})` : node.kind === "note" ? `(${node.title})` : node.kind === "group" ? `${node.title} (${node.count})` : node.kind === "broken" ? `! ${node.path}` : node.kind;
    return [`${indent}${name}`, ...draw(childrenOf(node), `${indent}  `)];
  });
}

function drawn(view: ViewName, issues: readonly Issue[], choice: Partial<OutlineChoice> = {}, broken: readonly string[] = []): readonly string[] {
  return draw(outlineOf(view, issues, choice, broken).nodes);
}

const views = ["incidents", "requests", "records"] as const;

describe("issueNodes", () => {
  it("shows each issue in the view of its kind, and issues without a kind in Requests", () => {
    const issues = [issue(1, "a", "incident"), issue(2, "b", "request"), issue(3, "c", "record"), issue(4, "d"), issue(5, "e", "checklist")];
    assert.deepEqual(views.map((view) => drawn(view, issues)), [["#1"], ["#4", "#2"], ["#3"]]);
  });

  it("shows issues below the issue they were raised from, and issues without their own view only there", () => {
    const issues = [child(child(issue(1, "a", "incident"), 2), 3), issue(2, "b", "request"), issue(3, "c")];
    assert.deepEqual(drawn("incidents", issues), ["#1", "  #3", "  #2"]);
    assert.deepEqual(drawn("requests", issues), ["#2", "  parent #1"]);
  });

  it("marks an exercise in its row", () => {
    const [row, other] = outlineOf("incidents", [issue(2, "a", "incident", "Test"), issue(1, "b", "incident")]).nodes;
    assert.ok(row?.kind === "issue" && row.isTest && row.description.startsWith("test · To do"), JSON.stringify(row));
    assert.ok(other?.kind === "issue" && !other.isTest && other.description.startsWith("To do"));
  });

  it("accepts a link from either end", () => {
    const issues = [issue(1, "a", "incident"), linked(issue(3, "c"), { kind: "parent", other: ref(1) })];
    assert.deepEqual(drawn("incidents", issues), ["#1", "  #3"]);
    assert.deepEqual(drawn("requests", issues), []);
  });

  it("shows an open issue whose parent is closed", () => {
    const closed: Issue = { ...child(issue(1, "a", "incident"), 3), state: "closed", closedAt: at };
    assert.deepEqual(drawn("incidents", [closed, issue(3, "c")]), []);
    assert.deepEqual(drawn("requests", [closed, issue(3, "c")]), ["#3", "  parent #1"]);
  });

  it("shows a cycle of issues once, starting with the first", () => {
    const ring = [child(issue(1, "a", "request"), 2), child(issue(2, "b", "request"), 3), child(issue(3, "c", "request"), 1)];
    assert.deepEqual(drawn("requests", ring), ["#1", "  #2", "    #3"]);
  });

  it("shows related issues without children, and links to issues outside the desk", () => {
    const one = linked(linked(issue(1, "a", "incident"), { kind: "related", other: ref(2) }), { kind: "child", other: ref(99) });
    const other = linked(child(issue(2, "b", "incident"), 3), { kind: "related", other: ref(1) });
    assert.deepEqual(drawn("incidents", [one, other, issue(3, "c")]), ["#2", "  #3", "  #1", "#1", "  #2", "  unknown #99 (not on this desk)"]);
  });

  it("groups in the desk's order, with the group without a value last, and an issue with two assignees in both groups", () => {
    const issues = [
      issue(1, "a", "incident", "priority: normal"),
      { ...issue(2, "b", "incident", "priority: high"), assignees: ["zoe", "ana"] },
      issue(3, "c", "incident"),
    ];
    assert.deepEqual(drawn("incidents", issues, { group: "priority" }), ["high (1)", "  #2", "normal (1)", "  #1", "No priority (1)", "  #3"]);
    assert.deepEqual(drawn("incidents", issues, { group: "assignee" }), ["ana (1)", "  #2", "zoe (1)", "  #2", "Nobody (2)", "  #1", "  #3"]);
  });

  it("gives every row a unique id", () => {
    const issues = [{ ...child(issue(1, "a", "incident"), 3), assignees: ["ana", "zoe"] }, { ...child(issue(2, "b", "incident"), 3), assignees: ["zoe"] }, issue(3, "c")];
    const collect = (nodes: readonly DeskNode[]): readonly string[] => nodes.flatMap((node) => [node.id, ...collect(childrenOf(node))]);
    const ids = collect(outlineOf("incidents", issues, { group: "assignee" }).nodes);
    assert.equal(new Set(ids).size, ids.length);
    assert.equal(ids.length, 11);
  });

  it("filters, keeps the parents of matches, and counts hidden issues", () => {
    const issues = [child(issue(1, "portal down", "incident"), 3), issue(2, "ledger slow", "incident"), issue(3, "fix the cache")];
    const filtered = outlineOf("incidents", issues, { filter: { state: "open", text: "CACHE fix" } });
    assert.deepEqual(draw(filtered.nodes), ["#1", "  #3"]);
    assert.equal(filtered.hidden, 1);
    assert.deepEqual(drawn("incidents", issues, { filter: { state: "open", assignee: "@me" } }), []);
    assert.deepEqual(drawn("incidents", [{ ...issue(4, "x", "incident"), assignees: ["Ana"] }], { filter: { state: "open", assignee: "@me" } }), ["#4"]);
  });

  it("shows closed issues after open ones if requested", () => {
    const issues: readonly Issue[] = [{ ...issue(2, "b", "incident"), state: "closed" }, issue(1, "a", "incident")];
    assert.deepEqual(drawn("incidents", issues), ["#1"]);
    assert.deepEqual(drawn("incidents", issues, { filter: { state: "all" } }), ["#1", "#2"]);
    assert.deepEqual(drawn("incidents", issues, { filter: { state: "closed" } }), ["#2"]);
  });

  it("shows files that cannot be read first, in the view of their folder", () => {
    const broken = [".desk/incident/4-x.md", ".desk/issue/5-y.md", ".desk/record/6.md", ".desk/7.md"];
    assert.deepEqual(drawn("incidents", [issue(1, "a", "incident")], {}, broken), ["! .desk/incident/4-x.md", "#1"]);
    assert.deepEqual(drawn("requests", [], {}, broken), ["! .desk/issue/5-y.md", "! .desk/7.md"]);
    assert.deepEqual(drawn("records", [], {}, broken), ["! .desk/record/6.md"]);
  });

  it("starts a row with what is urgent, the number and the title, followed by stage, priority, assignee and age", () => {
    const known = { ...issue(5, "a", "incident", "priority: high", "stage: In progress"), assignees: ["ana"] };
    const row = (state: Urgency["state"] | undefined, issues: readonly Issue[] = [known]): unknown => {
      const urgency: Urgency | undefined = state === undefined ? undefined : { stage: "response", at, left: 0, pauses: false, state };
      const [node] = issueNodes({
        view: "incidents", snapshot: { at, issues, broken: [] }, desk, choice: plainChoice, now: at, urgency: () => urgency, formatUrgency: () => "due in 14m",
        labels: { ...linkLabels, noPriority: "No priority", nobody: "Nobody", noKind: "No kind", test: "test" },
      }).nodes;
      return node?.kind === "issue" ? [node.label, node.description] : undefined;
    };
    assert.deepEqual(row(undefined), ["#5 a", "In progress · high · ana · 1h"]);
    assert.deepEqual(row("later"), ["#5 a", "due in 14m · In progress · high · ana · 1h"]);
    assert.deepEqual(row("near"), ["due in 14m · #5 a", "In progress · high · ana · 1h"]);
    assert.deepEqual(row("past"), ["due in 14m · #5 a", "In progress · high · ana · 1h"]);
    assert.deepEqual(row(undefined, [{ ...known, ref: { repository: "acme/engine", number: 5 } }]), ["engine#5 a", "In progress · high · ana · 1h"]);
  });

  it("leaves the audience of an update out of the start of a row, and has it and the whole date in the tooltip", () => {
    const urgency: Urgency = { stage: "update", at, left: 0, pauses: false, state: "past", audience: "users" };
    const [node] = issueNodes({
      view: "incidents", snapshot: { at, issues: [issue(5, "a", "incident")], broken: [] }, desk, choice: plainChoice, now: at, urgency: () => urgency, formatUrgency: ({ audience = "nobody" }) => `update overdue ${audience}`, describeUrgency: ({ audience = "nobody", at: due }) => `update overdue ${audience} ${due}`,
      labels: { ...linkLabels, noPriority: "No priority", nobody: "Nobody", noKind: "No kind", test: "test" },
    }).nodes;
    assert.ok(node?.kind === "issue");
    assert.deepEqual([node.label, node.due?.words], ["update overdue nobody · #5 a", `update overdue users ${at}`]);
  });

  it("leaves out the prefix of the kind in rows of On Call", () => {
    const context = { view: "onCall" as const, desk, choice: plainChoice, now: at, labels: { ...linkLabels, noPriority: "No priority", nobody: "Nobody", noKind: "No kind", test: "test" } };
    const [row] = issueRows({ ...context, snapshot: { at, issues: [issue(5, "[INCIDENT] Portal", "incident")], broken: [] } }, "needed", () => true);
    assert.equal(row?.label, "#5 Portal");
  });

  it("shows an issue that is a duplicate, and the one that stays, below each other", () => {
    const stays = linked(issue(1, "a", "incident"), { kind: "hasDuplicate", other: ref(2) });
    const duplicate: Issue = { ...linked(issue(2, "b", "incident"), { kind: "duplicateOf", other: ref(1) }), state: "closed", closedAt: at };
    assert.deepEqual(drawn("incidents", [stays, duplicate]), ["#1", "  hasDuplicate #2"]);
    assert.deepEqual(drawn("incidents", [stays, duplicate], { filter: { state: "closed" } }), ["#2", "  duplicateOf #1"]);
  });

  it("names the parent of a project by what it is", () => {
    const kinds = { ...desk, kinds: [...desk.kinds, { name: "record", repositories: ["acme/desk"], label: "record" }] };
    const request = linked(issue(2, "b", "request"), { kind: "parent", other: ref(1) });
    const { nodes } = issueNodes({ view: "requests", snapshot: { at, issues: [issue(1, "a", "record"), request], broken: [] }, desk: kinds, choice: plainChoice, now: at, labels: { ...linkLabels, noPriority: "No priority", nobody: "Nobody", noKind: "No kind", test: "test" } });
    const below = nodes.flatMap((node) => (node.kind === "issue" ? node.children : []));
    assert.deepEqual(below.map((node) => node.kind === "issue" && node.description.split(" \u00b7 ")[0]), ["ofRecord"]);
  });

  it("shows what blocks an issue and what it blocks, and that an open issue blocks it", () => {
    const waiting = linked(issue(1, "a", "incident"), { kind: "blockedBy", other: ref(2) });
    const blocker = linked(issue(2, "b", "incident"), { kind: "blocks", other: ref(1) });
    assert.deepEqual(drawn("incidents", [waiting, blocker]), ["#2", "  blocks #1 blocked", "#1 blocked", "  blockedBy #2"]);
    const closed: Issue = { ...blocker, state: "closed", closedAt: at };
    assert.deepEqual(drawn("incidents", [waiting, closed]), ["#1", "  blockedBy #2"]);
    assert.deepEqual(drawn("incidents", [{ ...waiting, state: "closed" }, blocker], { filter: { state: "closed" } }), ["#1", "  blockedBy #2"]);
    const [node] = outlineOf("incidents", [waiting, blocker], { filter: { state: "open", text: "a" } }).nodes;
    assert.equal(node?.kind === "issue" && node.description, "blocked \u00b7 To do \u00b7 1h");
  });

  it("uses the store's count of open blockers, without those that were closed since", () => {
    const native = { children: 0, blockedBy: 1, blockers: 1, blocks: 0 };
    const waiting: Issue = { ...issue(1, "a", "incident"), native };
    assert.deepEqual(drawn("incidents", [waiting]), ["#1 blocked"]);
    const both = linked(waiting, { kind: "blockedBy", other: ref(2) });
    const blocker = (closedAt: string): Issue => ({ ...issue(2, "b", "request"), state: "closed", closedAt });
    assert.deepEqual(drawn("incidents", [both, blocker("2026-11-20T13:00:00Z")]), ["#1", "  blockedBy #2"]);
    assert.deepEqual(drawn("incidents", [both, blocker("2026-11-20T11:00:00Z")]), ["#1 blocked", "  blockedBy #2"]);
    assert.deepEqual(drawn("incidents", [{ ...waiting, native: { ...native, blockers: 0 } }]), ["#1"]);
  });

  it("shows an issue below the parent that the store reports", () => {
    const below: Issue = { ...issue(3, "c"), native: { parent: ref(1), children: 0, blockedBy: 0, blockers: 0, blocks: 0 } };
    assert.deepEqual(drawn("incidents", [issue(1, "a", "incident"), below]), ["#1", "  #3"]);
  });

  describe("with links that are loaded on expansion", () => {
    const read = (more: Partial<IssueRelations> = {}): ReadLinks => ({ relations: { issues: [], pullRequests: [], ...more } });
    const below = (issues: readonly Issue[], links: ReadLinks | undefined): readonly string[] =>
      draw(outlineOf("incidents", issues, {}, [], ({ number }) => (number === 1 ? links : undefined)).nodes);

    it("requests links below each issue with a value that changes, but not below linked issues", () => {
      const issues = [linked(issue(1, "a", "incident"), { kind: "blockedBy", other: ref(2) }), issue(2, "b", "request")];
      const [node] = outlineOf("incidents", issues, {}, [], () => undefined).nodes;
      const [beside] = node === undefined ? [] : childrenOf(node);
      assert.deepEqual([node?.kind === "issue" && node.asks, beside?.kind === "issue" && "asks" in beside], [at, false]);
      const [plain] = outlineOf("incidents", issues).nodes;
      assert.ok(plain !== undefined && !("asks" in plain));
    });

    it("requests links again after they were dropped or are old, and when the issue changes", () => {
      const asks = (links: ReadLinks | undefined, updatedAt = at): string | undefined => {
        const [node] = outlineOf("incidents", [{ ...issue(1, "a", "incident"), updatedAt }], {}, [], () => links).nodes;
        return node?.kind === "issue" ? node.asks : undefined;
      };
      const known = asks({ ...read(), old: false });
      for (const other of [asks(undefined), asks({ ...read(), old: true }), asks({ ...read(), old: false }, "2026-11-20T13:00:00Z")]) assert.notEqual(other, known);
    });

    it("shows issues of the desk with their current state, others as loaded, then pull requests", () => {
      const far = { repository: "acme/engine", number: 7 };
      const links = read({
        issues: [
          { kind: "blocks", ref: far, title: "Release", state: "open" },
          { kind: "parent", ref: { repository: "acme/engine", number: 8 }, title: "Autumn", state: "closed" },
          { kind: "child", ref: ref(3), title: "Was open", state: "open" },
          { kind: "blockedBy", ref: ref(2), title: "Was open", state: "open" },
          { kind: "related", ref: far },
        ],
        pullRequests: [{ ref: ref(9), title: "Fix it", state: "merged", url: "https://example.org/9" }],
      });
      const closed: Issue = { ...issue(2, "b", "request"), state: "closed", closedAt: at };
      assert.deepEqual(below([issue(1, "a", "incident"), closed, issue(3, "c", "request")], links), [
        "#1", "  blockedBy #2", "  #3", "  unknown Autumn (raised from \u00b7 acme/engine#8 \u00b7 Closed)", "  unknown Release (blocks \u00b7 acme/engine#7 \u00b7 Open)", "  pull Fix it (#9 \u00b7 Merged)",
      ]);
    });

    it("shows a pending link together with the loaded ones, once", () => {
      const links = read({ issues: [{ kind: "child", ref: ref(3), title: "c", state: "open" }] });
      const waiting = linked(child(issue(1, "a", "incident"), 3), { kind: "blockedBy", other: ref(2) });
      assert.deepEqual(below([waiting, issue(2, "b", "request"), issue(3, "c", "request")], links), ["#1 blocked", "  blockedBy #2", "  #3"]);
    });

    it("shows that there are no links, or why they could not be loaded", () => {
      assert.deepEqual(below([issue(1, "a", "incident")], read()), ["#1", "  (Nothing linked)"]);
      assert.deepEqual(below([issue(1, "a", "incident")], { failure: "No answer" }), ["#1", "  (No answer)"]);
      assert.deepEqual(below([issue(1, "a", "incident")], undefined), ["#1"]);
    });

    it("gives every row a unique id if an issue is linked in several ways", () => {
      const twice = linked(child(issue(1, "a", "incident"), 2), { kind: "blockedBy", other: ref(2) });
      const links = read({ issues: [{ kind: "child", ref: ref(77) }, { kind: "blocks", ref: ref(77) }] });
      const nodes = outlineOf("incidents", [twice, issue(2, "b", "request")], {}, [], () => links).nodes;
      const collect = (all: readonly DeskNode[]): readonly string[] => all.flatMap((node) => [node.id, ...collect(childrenOf(node))]);
      const ids = collect(nodes);
      assert.equal(new Set(ids).size, ids.length, ids.join("\n"));
    });
  });
});
