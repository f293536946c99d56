import assert from 'node:assert/strict';
import { renderMilestone } from '../../../../src/core/markup/milestone';
import type { IssueRef } from '../../../../src/core/model/issueRef';
import { batchOf, type Operation, type PendingOperation, type SingleOperation } from '../../../../src/core/model/operation';
import type { Files, IssueTracker } from '../../../../src/core/model/ports';
import { failed } from '../../../../src/core/model/result';
import { comesFirst, lanesOf } from '../../../../src/core/sync/lanes';
import { createOutbox, type Outbox, type OutboxParts } from '../../../../src/core/sync/outbox';
import { readPending } from '../../../../src/core/sync/outboxEntries';
import { withPending } from '../../../../src/core/sync/pendingSnapshot';
import { textOf, withText } from '../../../../src/core/sync/pendingText';
import { needsUndoWindow } from '../../../../src/core/sync/undoWindow';
import { createFilesTracker } from '../../../../src/trackers/files/filesTracker';
import { countingIds } from '../../../support/countingIds';
import { memoryLog } from '../../../support/memoryLog';
import { memoryFiles } from '../../../support/memoryFiles';
import { memoryMemory } from '../../../support/memoryMemory';
import { type VirtualTime, virtualTime } from '../../../support/virtualTime';
import { type Faults, noFaults, openWindow } from '../../../support/window';

const repository = "acme/desk";

const ref: IssueRef = { repository, number: 1 };

const other: IssueRef = { repository, number: 2 };

const assign: SingleOperation = { kind: "edit", ref, change: { kind: "assign", add: ["ana"], remove: [] } };

const acknowledgement = batchOf([{ kind: "comment", ref, markdown: renderMilestone("acknowledged", "") }, assign]);

const escalation = batchOf([{ kind: "comment", ref, markdown: renderMilestone("escalation", "@ana help") }, assign]);

interface World {
  readonly time: VirtualTime;
  readonly stored: Map<string, string>;
  readonly tracker: IssueTracker;
  open(faults?: Faults, more?: Partial<OutboxParts>, wrap?: (files: Files) => Files): Outbox;
  /** What people see: the comments and the assignees of each issue, and whether it is closed. */
  look(): Promise<readonly (readonly [comments: readonly string[], assignees: readonly string[], state: string])[]>;
}

async function world(): Promise<World> {
  const time = virtualTime();
  const { files } = memoryFiles();
  const stored = new Map<string, string>();
  const tracker = createFilesTracker({ files, clock: time.clock, ids: countingIds("x"), me: () => "test" });
  for (const title of ["[INCIDENT] Portal", "[INCIDENT] Known"]) {
    await time.run(tracker.create({ repository, kind: "incident", title, body: "", labels: [], assignees: [] }, title));
  }
  let windows = 0;
  return {
    time, stored, tracker,
    open(faults = noFaults, more = {}, wrap = (same) => same) {
      windows += 1;
      const window = openWindow(wrap(files), memoryMemory(stored), time.clock, faults);
      const ids = countingIds(`w${windows}-`);
      return createOutbox({ memory: window.memory, clock: window.clock, ids, log: memoryLog(), tracker: createFilesTracker({ files: window.files, clock: window.clock, ids, me: () => "ana" }), ...more });
    },
    async look() {
      const list = await time.run(tracker.list({ state: "all" }));
      assert.ok(list.kind === "ok");
      return Promise.all(list.value.issues.toSorted((a, b) => a.ref.number - b.ref.number).map(async (issue) => {
        const events = await time.run(tracker.timeline(issue.ref));
        const comments = events.kind === "ok" ? events.value.flatMap((event) => (event.kind === "commented" ? [event.markdown.split("\n")[0] ?? ""] : [])) : [];
        return [comments, issue.assignees, issue.state] as const;
      }));
    },
  };
}

/** The comments that are somebody's words and not a moment without any. */
const words = (comments: readonly string[]): readonly string[] => comments.filter((comment) => comment !== "");

describe("a batch", () => {
  it("is one stored value and one pending change, shown at once, and written in order", async () => {
    const w = await world();
    const snapshot = await w.time.run(w.tracker.list({ state: "all" }));
    const outbox = w.open();
    const result = outbox.submit(acknowledgement, "ana", "a");
    assert.equal(outbox.pending().length, 1);
    const shown = snapshot.kind === "ok" ? withPending(snapshot.value, outbox.pending()).issues.find((issue) => issue.ref.number === 1) : undefined;
    assert.deepEqual(shown?.assignees, ["ana"]);
    assert.match(shown?.body ?? "", /acknowledged=/);
    await w.time.run(w.time.clock.wait(0));
    assert.deepEqual(await w.time.run(result), { kind: "done", outcome: { ref } });
    const [first] = await w.look();
    assert.deepEqual([first?.[0].length, first?.[1], w.stored.size, outbox.landed().length], [1, ["ana"], 0, 1]);
  });

  it("stays complete when a later part cannot be written now, and repeating it has no further effect", async () => {
    const w = await world();
    let full = true;
    const outbox = w.open(noFaults, {}, (files) => ({ ...files, write: (path, text) => (full && path.endsWith(".md") ? Promise.resolve(failed({ kind: "unwritable", path, reason: "full" })) : files.write(path, text)) }));
    const result = await w.time.run(outbox.submit(escalation, "ana", "a"));
    assert.equal(result.kind, "queued");
    assert.deepEqual([outbox.pendingChanges().map(({ unsure }) => unsure), w.stored.size], [[true], 1], "its comment is made already: a person who drops it is reported");
    assert.equal((await w.time.run(outbox.submit(escalation, "ana", "a"))).kind, "queued");
    full = false;
    assert.equal((await w.time.run(outbox.retry("a"))).kind, "done");
    const [first] = await w.look();
    assert.deepEqual([first, w.stored.size], [[["@ana help"], ["ana"], "open"], 0]);
  });

  it("is undone as a whole during its undo window", async () => {
    const w = await world();
    const outbox = w.open(noFaults, { undoMilliseconds: () => 5000 });
    const result = outbox.submit(escalation, "ana", "a");
    await w.time.run(w.time.clock.wait(1000));
    assert.deepEqual(await w.time.run(outbox.discardPending("a")), { kind: "ok" });
    assert.deepEqual(await w.time.run(result), { kind: "withdrawn" });
    await w.time.run(w.time.clock.wait(60_000));
    assert.deepEqual([(await w.look())[0], w.stored.size], [[[], [], "open"], 0]);
  });

  it("is refused as a whole, without changes, when its first part is refused or an issue of a later one does not exist", async () => {
    const gone: IssueRef = { repository, number: 99 };
    for (const operations of [
      [{ kind: "comment", ref: gone, markdown: "x" }, assign],
      [{ kind: "comment", ref: other, markdown: "x" }, { kind: "link", child: gone, under: { parent: other, relation: "related" } }, { kind: "close", ref: gone, resolution: "x" }],
    ] satisfies SingleOperation[][]) {
      const w = await world();
      const before = await w.look();
      assert.deepEqual(await w.time.run(w.open().submit(batchOf(operations), "ana")), { kind: "failed", failure: { kind: "gone", ref: gone } });
      await w.time.run(w.time.clock.wait(1));
      assert.deepEqual([await w.look(), w.stored.size], [before, 0]);
    }
  });

  it("writes the other parts when a later one is refused, and reports that one", async () => {
    const w = await world();
    const tick: SingleOperation = { kind: "edit", ref, change: { kind: "markStep", run: "gone", step: "a", mark: { kind: "done" } } };
    const outbox = w.open();
    const result = await w.time.run(outbox.submit(batchOf([{ kind: "comment", ref: other, markdown: "x" }, tick, assign]), "ana", "a"));
    assert.ok(result.kind === "failed" && result.failure.kind === "partRefused", JSON.stringify(result));
    assert.deepEqual(result.failure.parts.map(({ operation, failure }) => [operation.kind, failure.kind]), [["edit", "runGone"]]);
    await w.time.run(w.time.clock.wait(1));
    const [first, second] = await w.look();
    assert.deepEqual([first?.[1], second?.[0], w.stored.size, outbox.pendingChanges()], [["ana"], ["x"], 0, []]);
  });

  it("is stored completely once, or not at all, wherever the window closes and however often it is sent", async () => {
    const batch = batchOf([
      { kind: "comment", ref: other, markdown: "Another case" },
      { kind: "link", child: ref, under: { parent: other, relation: "related" } },
      assign,
      { kind: "close", ref, resolution: "Known" },
    ]);
    for (const when of ["before", "after"] as const) {
      for (let call = 0, over = false; !over; call += 1) {
        const w = await world();
        let calls = 0;
        void w.open({ ...noFaults, crash: (now) => ((calls = now + 1), now === call ? when : "no") }).submit(batch, "ana", "a");
        await w.time.run(w.time.clock.wait(60_000));
        over = calls <= call;
        const promised = over || w.stored.size > 0 || (await w.look())[0]?.[2] === "closed";
        await w.time.run(Promise.all([w.open().replay(), w.open().replay()]));
        const [first, second] = await w.look();
        const expected = promised ? [["Known"], ["ana"], "closed", ["Another case"]] : [[], [], "open", []];
        assert.deepEqual([words(first?.[0] ?? []), first?.[1], first?.[2], words(second?.[0] ?? []), w.stored.size].slice(0, 4), expected, `${when} call ${call}`);
        assert.equal(w.stored.size, 0, `${when} call ${call}`);
      }
    }
  });

  it("with a new issue makes the first changes of it once, wherever the window closes and however often it is sent", async () => {
    const draft = { repository, kind: "incident", title: "New", body: "", labels: [], assignees: [] };
    const then = [
      { kind: "comment" as const, markdown: renderMilestone("note", "It began at night") },
      { kind: "edit" as const, change: { kind: "close" as const, reason: "completed" as const } },
    ];
    const batch = batchOf([{ kind: "create", draft, then }, { kind: "comment", ref: other, markdown: "See the new one" }]);
    for (const when of ["before", "after"] as const) {
      for (let call = 0, over = false; !over; call += 1) {
        const w = await world();
        let calls = 0;
        void w.open({ ...noFaults, crash: (now) => ((calls = now + 1), now === call ? when : "no") }).submit(batch, "ana", "a");
        await w.time.run(w.time.clock.wait(60_000));
        over = calls <= call;
        const promised = over || w.stored.size > 0 || (await w.look())[2]?.[2] === "closed";
        await w.time.run(Promise.all([w.open().replay(), w.open().replay()]));
        const [, second, third, fourth] = await w.look();
        const expected = promised ? [["It began at night"], "closed", ["See the new one"]] : [undefined, undefined, []];
        assert.deepEqual([third && words(third[0]), third?.[2], words(second?.[0] ?? [])], expected, `${when} call ${call}`);
        assert.deepEqual([fourth, w.stored.size], [undefined, 0], `${when} call ${call}`);
      }
    }
  });

  it("reports a first change of a new issue that is refused, and makes the others", async () => {
    const w = await world();
    const draft = { repository, kind: "incident", title: "New", body: "", labels: [], assignees: [] };
    const then = [
      { kind: "edit" as const, change: { kind: "markStep" as const, run: "gone", step: "a", mark: { kind: "done" as const } } },
      { kind: "comment" as const, markdown: "It began at night" },
    ];
    const result = await w.time.run(w.open().submit({ kind: "create", draft, then }, "ana", "a"));
    assert.ok(result.kind === "failed" && result.failure.kind === "partRefused", JSON.stringify(result));
    assert.deepEqual(result.failure.parts.map(({ operation, failure }) => [operation.kind, "ref" in operation && operation.ref.number, failure.kind]), [["edit", 3, "runGone"]]);
    await w.time.run(w.time.clock.wait(1));
    assert.deepEqual([(await w.look())[2]?.[0], w.stored.size], [["It began at night"], 0]);
  });

  it("locks all its issues, and holds up later changes of any of them", () => {
    const pending = (operation: Operation, key = "k"): PendingOperation => ({ key, at: "2026-11-20T16:00:00Z", by: "ana", operation });
    const draft = { repository, kind: "request", title: "x", body: "", labels: [], assignees: [] };
    const batch = pending(batchOf([assign, { kind: "comment", ref: other, markdown: "x" }, { kind: "create", draft }]));
    assert.deepEqual(lanesOf(batch), ["acme/desk#1", "acme/desk#2", "k:2"]);
    assert.equal(comesFirst(batch, pending({ kind: "close", ref: other, resolution: "x" })), true);
    assert.equal(comesFirst(pending(batchOf([{ kind: "create", draft, under: { parent: ref, relation: "child" } }, { kind: "comment", ref: other, markdown: "x" }])), pending(assign)), false);
  });

  it("is restored from memory, and keeps the editable text", () => {
    const pending: PendingOperation = { key: "k", at: "2026-11-20T16:00:00Z", by: "ana", operation: escalation };
    assert.deepEqual(readPending(JSON.parse(JSON.stringify(pending))), pending);
    assert.deepEqual(textOf(escalation), { body: "@ana help" });
    assert.deepEqual(textOf(withText(escalation, { body: "@ana please" })), { body: "@ana please" });
    assert.deepEqual(withText(escalation, textOf(escalation) ?? {}), escalation);
  });

  it("has no undo window when it contains an acknowledgement", () => {
    assert.deepEqual([acknowledgement, { kind: "comment", ref, markdown: renderMilestone("acknowledged", "Mine") } as const].map(needsUndoWindow), [false, false]);
    assert.deepEqual([escalation, { kind: "comment", ref, markdown: "x" } as const, assign].map(needsUndoWindow), [true, true, false]);
  });
});
