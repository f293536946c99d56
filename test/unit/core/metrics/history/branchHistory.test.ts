import assert from "node:assert/strict";
import { commitsOnBranch, type GraphCommit } from "../../../../../src/core/metrics/history/branchHistory";

const at = "2026-11-01T00:00:00Z";

const graphOf = (parents: Readonly<Record<string, readonly string[]>>): readonly GraphCommit[] => Object.entries(parents).map(([sha, of]) => ({ sha, at, parents: of }));

const landed = (parents: Readonly<Record<string, readonly string[]>>, ...shas: readonly string[]): readonly string[] => commitsOnBranch(shas.map((sha) => ({ sha, at })), graphOf(parents), "head").map(({ sha }) => sha);

describe("The commits of a branch", () => {
  it("are its own, and the merge of each other branch once", () => {
    const graph = { head: ["b", "y"], y: ["x"], x: ["a"], b: ["a"], a: [] };
    assert.deepEqual(landed(graph, "head", "y", "x", "b", "a"), ["head", "b", "a"]);
  });

  it("are the first merge that brought a commit, also through a branch of a branch", () => {
    const graph = { head: ["m", "y2"], m: ["a", "y1"], y2: ["y1"], y1: ["a", "z"], z: ["a"], a: [] };
    assert.deepEqual(landed(graph, "z"), ["m"]);
    assert.deepEqual(landed(graph, "y2", "y1"), ["head", "m"]);
  });

  it("stand for themselves where the graph ends, or has a circle", () => {
    assert.deepEqual(landed({ head: ["gone"] }, "gone", "old"), ["gone", "old"]);
    assert.deepEqual(landed({ head: ["a", "b"], a: [], b: ["c"], c: ["b"] }, "c"), ["head"]);
  });
});
