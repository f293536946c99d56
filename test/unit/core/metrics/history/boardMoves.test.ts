import assert from "node:assert/strict";
import { type BoardEvent, boardMoves } from "../../../../../src/core/metrics/history/boardMoves";

const at = "2026-11-16T09:00:00Z";

function moves(project: string, ...statuses: readonly string[]): readonly BoardEvent[] {
  return statuses.map((status) => ({ project, at, status }));
}

function stagesOf(events: Readonly<Record<string, readonly BoardEvent[]>>, stages: readonly string[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries([...boardMoves(new Map(Object.entries(events)), stages)].map(([key, all]) => [key, all.map(({ stage }) => stage)]));
}

describe("the project board that has the stages", () => {
  const stages = ["To do", "In progress", "Done"];

  it("is the one with the most stages of desk.yml, also for an issue whose own moves on it are few", () => {
    const events = {
      a: [...moves("roadmap", "Now", "Done", "Now", "Later"), ...moves("support", "In progress")],
      b: moves("support", "To do", "Done"),
      c: moves("roadmap", "Later", "Done"),
    };
    assert.deepEqual(stagesOf(events, stages), { a: ["In progress"], b: ["To do", "Done"], c: ["Later", "Done"] });
  });

  it("is the one with more moves if several have as many stages", () => {
    assert.deepEqual(stagesOf({ a: [...moves("x", "Done"), ...moves("y", "To do", "To do")] }, stages), { a: ["To do", "To do"] });
  });

  it("has stages with other spaces, symbols and cases", () => {
    assert.deepEqual(stagesOf({ a: moves("x", "Todo", "🏗 In-Progress", "✅ DONE", "Blocked ", "") }, stages), { a: ["To do", "In progress", "Done", "Blocked", ""] });
  });

  it("is none if no status is a stage", () => {
    assert.deepEqual(stagesOf({ a: moves("roadmap", "Now", "Later"), b: [] }, stages), {});
  });
});
