import assert from 'node:assert/strict';
import { summarizePostmortem } from '../../../../src/core/postmortem/library/library';
import type { Postmortem } from '../../../../src/core/postmortem/postmortem';
import type { PostmortemFiles } from '../../../../src/host/app/postmortemCache';
import { childrenOf, type DeskNode } from '../../../../src/host/views/node';
import { postmortemNodes } from '../../../../src/host/views/postmortemNodes';
import { action, emptyPostmortem } from '../../core/postmortem/samples';

const titles = { overdue: "Overdue", open: "Open", unreadable: "Unreadable", group: ({ name }: { readonly name?: string }) => name ?? "None" };

const summary = (title: string, more: Partial<Postmortem> = {}) => summarizePostmortem(`postmortems/${title}.md`, { ...emptyPostmortem, title, ...more }, "UTC");

function nodesOf(files: Partial<PostmortemFiles>, by: "service" | "factor" | "status" = "service"): readonly DeskNode[] {
  return postmortemNodes({ postmortems: [], unreadable: [], ...files, by, today: "2026-11-20", formatDate: (date) => date.slice(5), titles });
}

function drawn(nodes: readonly DeskNode[], depth = 0): readonly string[] {
  return nodes.flatMap((node) => {
    const label = node.kind === "action" ? `${node.overdue ? "! " : ""}${node.title}` : node.kind === "group" || node.kind === "postmortem" ? node.title : node.id;
    return [`${"  ".repeat(depth)}${label}`, ...drawn(childrenOf(node), depth + 1)];
  });
}

const portal = summary("Portal", { services: ["Portal"], actions: [action("a1", "Add an alert", { due: "2026-11-01", state: "accepted" }), action("a2", "Later", { due: "2026-12-01" }), action("a3", "Done", { state: "done" })] });

describe("the rows of the Post-mortems view", () => {
  it("are overdue action items first, other open ones, the groups, and what cannot be read", () => {
    const nodes = nodesOf({ postmortems: [portal, summary("Mail")], unreadable: [{ path: "postmortems/bad.md", reason: "badYaml" }] });
    assert.deepEqual(drawn(nodes), ["Overdue", "  ! Add an alert", "Open", "  Later", "Portal", "  Portal", "    ! Add an alert", "    Later", "    Done", "None", "  Mail", "Unreadable", "  unreadable:postmortems/bad.md"]);
  });

  it("are none for an empty folder, so that the view says what to do", () => {
    assert.deepEqual(nodesOf({}), []);
  });

  it("have different ids, also where a post-mortem is in several groups", () => {
    const both = summary("Both", { services: ["Portal", "Ledger"], actions: [action("a1", "Act", { due: "2026-11-01" })] });
    const ids = (nodes: readonly DeskNode[]): readonly string[] => nodes.flatMap((node) => [node.id, ...ids(childrenOf(node))]);
    const all = ids(nodesOf({ postmortems: [portal, both] }));
    assert.equal(new Set(all).size, all.length);
  });

  it("are collapsed at first in a large library, except for what is overdue", () => {
    const many = Array.from({ length: 30 }, (_, index) => summary(`Number ${index}`));
    const collapsed = nodesOf({ postmortems: [portal, ...many] }, "status").map((node) => [node.id, node.kind === "group" && node.collapsed === true]);
    assert.deepEqual(collapsed, [["overdue", false], ["open", true], ["status:draft", true]]);
  });

  it("show the review date until the review is done", () => {
    const shown = (["In review", "Reviewed"] as const).map((status) => nodesOf({ postmortems: [summary("A", { status, review: "2026-11-25" })] }).flatMap(childrenOf)[0]);
    assert.deepEqual(shown.map((node) => (node?.kind === "postmortem" ? node.review : node)), ["11-25", undefined]);
  });
});
