import assert from 'node:assert/strict';
import { renderMilestone } from '../../../../src/core/markup/milestone';
import type { Operation } from '../../../../src/core/model/operation';
import { orderMarks, orderMoments, withAuthor } from '../../../../src/core/sync/outboxEntries';

const ref = { repository: "acme/desk", number: 1 };

const now = "2026-11-20T16:10:00Z";

describe("the marks that one person makes within a second", () => {
  const tick = (run = "run1"): Operation => ({ kind: "edit", ref, change: { kind: "markStep", run, step: "a", mark: { kind: "done" } } });
  const back: Operation = { kind: "sendBack", ref, run: "run1", gate: "Gate", section: { id: "s", title: "Build" }, reason: "no", at: now };
  const give: Operation = { kind: "edit", ref, change: { kind: "giveStep", run: "run1", step: "a", login: "ben", at: now } };
  const instant = (operation: Operation): string | undefined =>
    operation.kind === "sendBack" ? operation.at : operation.kind === "edit" && operation.change.kind === "markStep" ? operation.change.mark.at : operation.kind === "edit" && operation.change.kind === "giveStep" ? operation.change.at : undefined;

  it("are in order: a tick after a rejection is later, and the reverse", () => {
    const order = orderMarks();
    assert.deepEqual([tick(), back, give, tick(), tick("run2")].map((operation) => instant(order(operation, "ana", now))), [
      now, "2026-11-20T16:10:00.001Z", "2026-11-20T16:10:00.002Z", "2026-11-20T16:10:00.003Z", now,
    ]);
  });

  it("are of the person who sends them, with the values that belong to them", () => {
    const value = { name: "project", value: "Acme", at: "", by: "" };
    const approval: Operation = { kind: "edit", ref, change: { kind: "markStep", run: "run1", step: "a", mark: { kind: "done" }, values: [value] } };
    const fill: Operation = { kind: "edit", ref, change: { kind: "setValues", run: "run1", values: [value] } };
    const asked = orderMarks()({ kind: "batch", operations: [approval, fill] }, "quinn", now);
    const authors = (operation: Operation): readonly (string | undefined)[] => (operation.kind === "batch" ? operation.operations.flatMap((part) => {
      if (part.kind !== "edit") return [];
      const { change } = part;
      return change.kind === "markStep" ? [change.mark.by, ...(change.values ?? []).map(({ by }) => by)] : change.kind === "setValues" ? change.values.map(({ by }) => by) : [];
    }) : []);
    assert.deepEqual([authors(asked), authors(withAuthor(asked, "dana"))], [["quinn", "quinn", "quinn"], ["dana", "dana", "dana"]]);
  });

  it("keep the instants of other seconds, and operations without any", () => {
    const order = orderMarks();
    order(tick(), "ana", now);
    assert.equal(instant(order(tick(), "ana", "2026-11-20T16:10:01Z")), "2026-11-20T16:10:01Z");
    const comment: Operation = { kind: "comment", ref, markdown: "Words" };
    assert.equal(order(comment, "ana", now), comment);
  });
});

describe("the milestones that one person records within a second", () => {
  it("get increasing times, so that the last lead counts, and other operations keep theirs", () => {
    const at = orderMoments();
    const lead = (login: string): Operation => ({ kind: "comment", ref, markdown: renderMilestone("lead", "", { role: "lead", login }) });
    const close: Operation = { kind: "batch", operations: [{ kind: "edit", ref, change: { kind: "close" } }] };
    const comment: Operation = { kind: "comment", ref, markdown: "Words" };
    assert.deepEqual([lead("ben"), lead("ana"), comment, close].map((operation) => at(operation, now)), [now, "2026-11-20T16:10:00.001Z", now, "2026-11-20T16:10:00.002Z"]);
    assert.equal(at(close, "2026-11-20T16:10:01Z"), "2026-11-20T16:10:01Z");
  });
});
