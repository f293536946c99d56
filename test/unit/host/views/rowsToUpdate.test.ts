import assert from 'node:assert/strict';
import type { DeskNode } from '../../../../src/host/views/node';
import { rowsToUpdate } from '../../../../src/host/views/treeRows';

const row = (id: string, title = id, ...children: readonly DeskNode[]): DeskNode => ({ kind: "group", id, title, count: 1, children });

const rows = (...ids: readonly string[]): { readonly kind: string; readonly ids: readonly string[] } => ({ kind: "rows", ids });

describe("rowsToUpdate", () => {
  const before = [row("a", "a", row("a1"), row("a2")), row("b", "b", row("b1"))];

  it("returns no rows if nothing changed", () => {
    assert.deepEqual(rowsToUpdate(before, [row("a", "a", row("a1"), row("a2")), row("b", "b", row("b1"))]), rows());
  });

  it("returns each changed row at any depth", () => {
    assert.deepEqual(rowsToUpdate(before, [row("a", "a", row("a1"), row("a2", "new")), row("b", "b", row("b1", "new"))]), rows("a2", "b1"));
    const assigned = (login?: string): DeskNode => ({ kind: "me", id: "me", store: { kind: "files" }, ...(login === undefined ? {} : { login }) });
    assert.deepEqual(rowsToUpdate([assigned()], [assigned("ana")]), rows("me"));
  });

  it("returns the parent of rows that were added, removed or moved", () => {
    assert.deepEqual(rowsToUpdate(before, [row("a", "a", row("a1"), row("a2")), row("b", "b", row("b1"), row("b2"))]), rows("b"));
    assert.deepEqual(rowsToUpdate(before, [row("a", "a", row("a1")), row("b", "b", row("b1"), row("a2"))]), rows("a", "b"));
    assert.deepEqual(rowsToUpdate(before, [row("a", "a", row("a2"), row("a1")), row("b", "b", row("b1"))]), rows("a"));
    assert.deepEqual(rowsToUpdate(before, [row("a"), row("b", "b", row("b1"))]), rows("a"));
  });

  it("returns everything if the top level changed", () => {
    for (const after of [before.slice(1), [...before, row("c")], [...before].reverse(), []]) assert.deepEqual(rowsToUpdate(before, after), { kind: "all" });
  });

  it("returns no row below another one", () => {
    assert.deepEqual(rowsToUpdate(before, [row("a", "new", row("a1", "new"), row("a2")), row("b", "b", row("b1"))]), rows("a"));
  });

  it("returns everything if very many rows changed", () => {
    const many = (title: string): readonly DeskNode[] => Array.from({ length: 1000 }, (_, index) => row(`r${index}`, title));
    assert.deepEqual(rowsToUpdate(many("old"), many("new")), { kind: "all" });
  });
});
