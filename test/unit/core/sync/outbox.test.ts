import fc from 'fast-check';
import assert from 'node:assert/strict';
import { incidentState } from '../../../../src/core/incident/incidentState';
import { readChecklists } from '../../../../src/core/markup/checklistRegion';
import { readLinks } from '../../../../src/core/markup/linkRegion';
import { renderMilestone } from '../../../../src/core/markup/milestone';
import type { IssueDraft } from '../../../../src/core/model/issue';
import { type IssueRef, sameRef } from '../../../../src/core/model/issueRef';
import { batchOf, type Operation } from '../../../../src/core/model/operation';
import type { Files } from '../../../../src/core/model/ports';
import { failed, ok } from '../../../../src/core/model/result';
import { createOutbox, type Outbox } from '../../../../src/core/sync/outbox';
import { retryWhenDue } from '../../../../src/core/sync/retryTimer';
import { needsUndoWindow } from '../../../../src/core/sync/undoWindow';
import { createFilesTracker } from '../../../../src/trackers/files/filesTracker';
import { countingIds } from '../../../support/countingIds';
import { memoryLog } from '../../../support/memoryLog';
import { memoryFiles } from '../../../support/memoryFiles';
import { memoryMemory } from '../../../support/memoryMemory';
import { propertyRuns } from '../../../support/propertyRuns';
import { sampleChecklist, step } from '../../../support/sampleChecklist';
import { sampleDesk } from '../../../support/sampleDesk';
import { type VirtualTime, virtualTime } from '../../../support/virtualTime';
import { type Faults, noFaults, openWindow } from '../../../support/window';

const home = "acme/desk";

const parent: IssueRef = { repository: home, number: 1 };

const text = "Mail with  trailing blanks  \r\nand no end";

const draft = (title: string, repository = home): IssueDraft => ({ repository, kind: "request", title, body: "", labels: ["request"], assignees: [] });

interface Plan {
  readonly writers: number[];
  readonly order: number[];
  readonly crashes: { readonly call: number; readonly when: "before" | "after" }[];
  readonly delays: number[];
  /** Windows that are closed, each before the change of that number is asked for. */
  readonly closings: { readonly window: number; readonly before: number }[];
}

interface World {
  readonly time: VirtualTime;
  readonly texts: Map<string, string>;
  readonly stored: Map<string, string>;
  open(login: string, faults?: Faults, wrap?: (files: Files) => Files, undoPause?: number): Outbox;
  tracker(): ReturnType<typeof createFilesTracker>;
}

async function world(): Promise<World> {
  const time = virtualTime();
  const { files, texts } = memoryFiles();
  const stored = new Map<string, string>();
  let windows = 0;
  const tracker = createFilesTracker({ files, clock: time.clock, ids: countingIds("x"), me: () => "test" });
  const made = await time.run(tracker.create({ ...draft("[INCIDENT] Portal"), kind: "incident", body: text }, "incident"));
  assert.ok(made.kind === "ok" && sameRef(made.value, parent));
  await time.run(tracker.edit(parent, { kind: "startRun", run: sampleChecklist(["a", "b", "c", "d"].map((id) => step(id))) }, "run"));
  return {
    time,
    texts,
    stored,
    tracker: () => tracker,
    open(login, faults = noFaults, wrap = (same) => same, undoPause = 0) {
      windows += 1;
      const window = openWindow(wrap(files), memoryMemory(stored), time.clock, faults);
      const ids = countingIds(`${login}${windows}-`);
      return createOutbox({
        memory: window.memory,
        clock: window.clock,
        ids,
        log: memoryLog(),
        undoMilliseconds: (operation) => (needsUndoWindow(operation) ? undoPause : 0),
        tracker: createFilesTracker({ files: window.files, clock: window.clock, ids, me: () => login }),
      });
    },
  };
}

const tick = (id: string, by = "ana"): Operation => ({ kind: "edit", ref: parent, change: { kind: "markStep", run: "run1", step: id, mark: { kind: "done", by } } });

describe("the outbox", function () {

  it("stores an operation before the first attempt, and removes it when it is done", async () => {
    const { time, open, stored } = await world();
    const outbox = open("ana");
    const states: number[] = [];
    outbox.onChange(() => states.push(outbox.pending().length));
    const result = outbox.submit(tick("a"), "ana");
    assert.deepEqual(outbox.pending().map(({ operation }) => operation.kind), ["edit"]);
    assert.deepEqual(await time.run(result), { kind: "done", outcome: { ref: parent } });
    assert.deepEqual([outbox.pending(), outbox.landed().length, stored.size, states], [[], 1, 0, [1, 0]]);
    outbox.forget(outbox.landed());
    assert.deepEqual(outbox.landed(), []);
  });

  it("does not try what could not be stored", async () => {
    const { time, texts, tracker } = await world();
    const before = new Map(texts);
    const memory = { ...memoryMemory(), write: async () => failed({ kind: "unwritable" as const, path: "x", reason: "full" }) };
    const outbox = createOutbox({ memory, tracker: tracker(), clock: time.clock, ids: countingIds(), log: memoryLog() });
    const result = await time.run(outbox.submit(tick("a"), "ana"));
    assert.equal(result.kind, "failed");
    assert.deepEqual([texts, outbox.pending()], [before, []]);
  });

  it("keeps what cannot be written now, and writes it in order before the next change of the same issue", async () => {
    const { time, open, tracker, stored } = await world();
    let full = true;
    const outbox = open("ana", noFaults, (files) => ({ ...files, write: (path, words) => (full ? Promise.resolve(failed({ kind: "unwritable", path, reason: "full" })) : files.write(path, words)) }));
    const [first] = await time.run(Promise.all([outbox.submit({ kind: "comment", ref: parent, markdown: "one" }, "ana"), outbox.submit({ kind: "comment", ref: parent, markdown: "two" }, "ana")]));
    assert.equal(first.kind === "queued" && first.failure?.kind, "unwritable");
    assert.deepEqual([outbox.pending().length, stored.size], [2, 2]);
    full = false;
    assert.equal((await time.run(outbox.submit({ kind: "comment", ref: parent, markdown: "three" }, "ana"))).kind, "done");
    assert.deepEqual([outbox.pending().length, stored.size], [0, 0]);
    const events = await time.run(tracker().timeline(parent));
    assert.deepEqual(events.kind === "ok" && events.value.flatMap((event) => (event.kind === "commented" ? [event.markdown] : [])), ["one", "two", "three"]);
  });

  it("keeps changes for a file that cannot be read now", async () => {
    const { time, open, stored } = await world();
    let locked = true;
    const outbox = open("ana", noFaults, (files) => ({ ...files, read: (path) => (locked ? Promise.resolve(failed({ kind: "unreadable", path, reason: "in use" })) : files.read(path)) }));
    assert.equal((await time.run(outbox.submit(tick("a"), "ana"))).kind, "queued");
    assert.deepEqual([outbox.pending().length, stored.size], [1, 1]);
    locked = false;
    assert.deepEqual(await time.run(outbox.replay()), []);
    assert.deepEqual([outbox.pending().length, stored.size, outbox.landed().length], [0, 0, 1]);
  });

  it("returns a final refusal to the submitter before it removes the operation", async () => {
    const { time, open, stored } = await world();
    const outbox = open("ana");
    const reported = outbox.submit(tick("gone"), "ana").then((result) => ({ result, stored: stored.size }));
    const { result, stored: thenStored } = await time.run(reported);
    assert.ok(result.kind === "failed" && result.failure.kind === "stepGone" && sameRef(result.failure.ref, parent) && result.failure.step === "gone");
    assert.equal(thenStored, 1);
    await time.run(time.clock.wait(1));
    assert.deepEqual([outbox.pending(), stored.size], [[], 0]);
  });

  it("reports a locked gate, and continues with the next operation", async () => {
    const { time, open, stored } = await world();
    const outbox = open("ana");
    const gated = sampleChecklist([{ kind: "section", id: "g", title: "Gate: ready", gate: true }, step("g1"), { kind: "section", id: "s", title: "Release", gate: false }, step("after")], "gated");
    const mark = (id: string): Operation => ({ kind: "edit", ref: parent, change: { kind: "markStep", run: "gated", step: id, mark: { kind: "done" } } });
    const asked = [{ kind: "edit", ref: parent, change: { kind: "startRun", run: gated } } as const, mark("after"), mark("g1"), mark("after")];
    const results = await time.run(Promise.all(asked.map((operation) => outbox.submit(operation, "ana"))));
    assert.deepEqual(results.map((result) => (result.kind === "failed" ? result.failure.kind : result.kind)), ["done", "gateShut", "done", "done"]);
    await time.run(time.clock.wait(1));
    assert.deepEqual([outbox.pending(), stored.size], [[], 0]);
  });

  it("reports refusals of an earlier window when it replays", async () => {
    const { time, open, stored } = await world();
    void open("ana", { ...noFaults, crash: (call) => (call === 1 ? "before" : "no") }).submit(tick("gone"), "ana");
    await time.run(time.clock.wait(1000));
    assert.equal(stored.size, 1);
    const refusals = await time.run(open("ana").replay());
    assert.deepEqual(refusals.map(({ failure }) => failure.kind), ["stepGone"]);
    await time.run(time.clock.wait(1));
    assert.equal(stored.size, 0);
  });

  it("keeps and shows what it cannot parse until a person discards it", async () => {
    const { time, open, stored } = await world();
    stored.set("outbox/2026-11-20T16:00:00Z/000001/a", "{ cut");
    stored.set("outbox/x", JSON.stringify({ key: "k", at: "2026-11-20T16:00:00Z", by: "ana", operation: { kind: "ofANewerVersion" } }));
    const outbox = open("ana");
    let changes = 0;
    outbox.onChange(() => (changes += 1));
    assert.deepEqual(await time.run(outbox.load()), []);
    assert.deepEqual(outbox.unreadable(), [{ place: "outbox/2026-11-20T16:00:00Z/000001/a", at: "2026-11-20T16:00:00Z" }, { place: "outbox/x" }]);
    assert.deepEqual([changes, await time.run(outbox.replay()), stored.size], [1, [], 2]);
    assert.deepEqual(await time.run(outbox.text("outbox/2026-11-20T16:00:00Z/000001/a")), ok("{ cut"));
    await time.run(outbox.discard("outbox/x"));
    assert.deepEqual([outbox.unreadable().length, stored.size], [1, 1]);
    stored.clear();
    await time.run(outbox.load());
    assert.deepEqual(outbox.unreadable(), []);
  });

  it("keeps and shows a change that another window made unreadable", async () => {
    const { time, open, stored } = await world();
    let locked = true;
    const outbox = open("ana", noFaults, (files) => ({ ...files, write: (path, words) => (locked ? Promise.resolve(failed({ kind: "unwritable", path, reason: "full" })) : files.write(path, words)) }));
    await time.run(outbox.submit(tick("a"), "ana", "a"));
    const [place = ""] = stored.keys();
    stored.set(place, JSON.stringify({ newer: true }));
    locked = false;
    assert.deepEqual(await time.run(outbox.retry("a")), { kind: "withdrawn" });
    assert.deepEqual([outbox.unreadable().map((each) => each.place), stored.size], [[place], 1]);
  });

  it("returns a refusal to one of two replays, and to none if its submitter gets it", async () => {
    const { time, open, stored } = await world();
    void open("ana", { ...noFaults, crash: (call) => (call === 1 ? "before" : "no") }).submit(tick("gone"), "ana");
    await time.run(time.clock.wait(1000));
    const next = open("ana");
    const refusals = await time.run(Promise.all([next.replay(), next.replay()]));
    assert.deepEqual(refusals.flat().map(({ failure }) => failure.kind), ["stepGone"]);
    const [submission, replayed] = await time.run(Promise.all([next.submit(tick("gone"), "ana"), next.replay()]));
    assert.deepEqual([submission.kind, replayed], ["failed", []]);
    await time.run(time.clock.wait(1));
    assert.equal(stored.size, 0);
  });

  it("reports what earlier windows left, and an unexpected error neither hides other changes nor is repeated endlessly", async () => {
    const { time, open, stored, tracker } = await world();
    for (const [key, operation] of [["a", tick("a")], ["b", { kind: "close", ref: { ...parent, number: 99 }, resolution: "x" }], ["c", { kind: "edit", ref: parent, change: { kind: "reopen" } }]] as const) {
      stored.set(`outbox/${key}`, JSON.stringify({ key, at: "2026-11-20T16:00:00Z", by: "ana", operation }));
    }
    const broken = { ...tracker(), edit: () => Promise.reject(new Error("A mistake of ours")) };
    let tried = 0;
    const refused: string[] = [];
    const outbox = createOutbox({ memory: memoryMemory(stored), clock: time.clock, ids: countingIds("w"), log: memoryLog(), tracker: { ...broken, edit: () => ((tried += 1), broken.edit()) } });
    const stop = retryWhenDue(outbox, time.clock, memoryLog(), (key) => outbox.retry(key).then(({ kind }) => kind === "failed" && refused.push(key), () => undefined));
    assert.deepEqual((await time.run(outbox.load())).map(({ key }) => key), ["a", "b", "c"]);
    const refusals = await time.run(outbox.replay());
    await time.run(time.clock.wait(600_000));
    stop();
    assert.deepEqual([...refusals.map(({ pending }) => pending.key), ...refused], ["b"]);
    assert.ok(tried <= 4, String(tried));
    assert.deepEqual(outbox.pendingChanges().map(({ pending, unsure }) => [pending.key, unsure]), [["a", true], ["c", true]]);
    assert.deepEqual(await time.run(open("next").replay()), []);
    assert.equal(stored.size, 0);
  });

  it("lets the last of several quick clicks win", async () => {
    const { time, open, tracker } = await world();
    const outbox = open("ana");
    const mark = (kind: "open" | "done"): Operation => ({ kind: "edit", ref: parent, change: { kind: "markStep", run: "run1", step: "a", mark: { kind } } });
    await time.run(Promise.all([outbox.submit(mark("done"), "ana"), outbox.submit(mark("open"), "ana"), outbox.submit(mark("done"), "ana")]));
    const issue = await time.run(tracker().get(parent));
    const first = issue.kind === "ok" ? readChecklists(issue.value.body, home)[0]?.items[0] : undefined;
    assert.deepEqual(first?.kind === "step" && [first.mark.kind, first.mark.by], ["done", "ana"]);
  });

  it("closes an issue after it was resolved in the same second, so that it is not resolved when somebody reopens its file", async () => {
    const { time, open, tracker } = await world();
    const outbox = open("ana");
    const now = time.clock.now();
    const operations: readonly Operation[] = [
      { kind: "comment", ref: parent, markdown: renderMilestone("acknowledged", "") },
      { kind: "comment", ref: parent, markdown: renderMilestone("resolved", "Fixed") },
      // The command stamps it before it is submitted.
      { kind: "edit", ref: parent, change: { kind: "close", stamp: { at: now, by: "ana" } } },
    ];
    for (const result of await time.run(Promise.all(operations.map((operation) => outbox.submit(operation, "ana"))))) assert.equal(result.kind, "done");
    const closed = await time.run(tracker().get(parent));
    assert.ok(closed.kind === "ok");
    assert.deepEqual([incidentState(sampleDesk, closed.value).phase, incidentState(sampleDesk, { ...closed.value, state: "open" }).phase], ["closed", "reported"]);
  });

  it("loses and duplicates nothing, whatever the delays and wherever windows close between two calls", async () => {
    const operations: readonly Operation[] = [
      tick("a"),
      tick("b", "ben"),
      { kind: "edit", ref: parent, change: { kind: "markStep", run: "run1", step: "c", mark: { kind: "skipped", reason: "no need" } } },
      { kind: "create", draft: draft("Child"), under: { parent, relation: "child", step: { run: "run1", step: "d" } } },
      { kind: "create", draft: draft("Other", "acme/engine") },
      { kind: "comment", ref: parent, markdown: "Looking" },
      { kind: "edit", ref: parent, change: { kind: "label", add: ["x"], remove: [] } },
      batchOf([
        { kind: "comment", ref: parent, markdown: "Help" },
        { kind: "edit", ref: parent, change: { kind: "assign", add: ["ben"], remove: [] } },
      ]),
    ];
    // A schedule that once came to harm: one window moved an issue on while another one looked at its old place.
    const harmful: [Plan][] = [[{
      writers: [2, 0, 2, 1, 2, 0, 2, 0],
      order: [6, 0, 2, 5, 3, 1, 4, 7],
      closings: [],
      crashes: [{ call: 0, when: "before" }, { call: 32, when: "after" }, { call: 25, when: "before" }],
      delays: [1, 2, 10, 12, 9, 10],
    }]];
    const plan: fc.Arbitrary<Plan> = fc.record({
      writers: fc.array(fc.constantFrom(0, 1, 2), { minLength: operations.length, maxLength: operations.length }),
      order: fc.shuffledSubarray([...operations.keys()], { minLength: operations.length }),
      crashes: fc.array(fc.record({ call: fc.nat(60), when: fc.constantFrom("before" as const, "after" as const) }), { minLength: 3, maxLength: 3 }),
      delays: fc.array(fc.nat(12), { minLength: 4, maxLength: 24 }),
      closings: fc.array(fc.record({ window: fc.nat(2), before: fc.nat(operations.length - 1) }), { maxLength: 2 }),
    });
    await fc.assert(
      fc.asyncProperty(plan, async ({ writers, order, crashes, delays, closings }) => {
        const { time, open, tracker, texts, stored } = await world();
        let turn = 0;
        const delay = (): { before: number; after: number } => {
          turn += 2;
          return { before: delays[turn % delays.length] ?? 0, after: delays[(turn + 1) % delays.length] ?? 0 };
        };
        const outboxes = crashes.map(({ call, when }, index) => open(`w${index}`, { delay, crash: (now) => (now === call ? when : "no") }, undefined, 40));
        for (const [turn, index] of order.entries()) {
          for (const { window, before } of closings) if (before === turn) void outboxes[window]?.finish();
          const operation = operations[index];
          if (operation !== undefined) void outboxes[writers[index] ?? 0]?.submit(operation, "ana", `op${index}`);
          await time.run(time.clock.wait(delays[index % delays.length] ?? 0));
        }
        await time.run(time.clock.wait(20_000));
        const survived = [...stored.values()].length;
        await time.run(Promise.all([open("again", { delay, crash: () => "no" }).replay(), open("too", { delay, crash: () => "no" }).replay()]));

        // What a window could not even store was never promised: submitting it again under its key is what its user does.
        const last = open("last");
        await time.run(Promise.all(operations.map((operation, index) => last.submit(operation, "ana", `op${index}`))));

        assert.deepEqual([stored.size, last.pending()], [0, []], `outbox empty, ${survived} survived`);
        const list = await time.run(tracker().list({ state: "all" }));
        assert.ok(list.kind === "ok");
        assert.deepEqual(list.value.broken, []);
        assert.deepEqual(list.value.issues.map(({ title }) => title).sort(), ["Child", "Other", "[INCIDENT] Portal"]);
        assert.equal(new Set(list.value.issues.map(({ ref }) => ref.number)).size, 3);
        const issue = list.value.issues.find(({ ref }) => ref.number === 1);
        const child = list.value.issues.find(({ title }) => title === "Child");
        assert.ok(issue && child);
        assert.ok(issue.body.startsWith(text));
        const steps = readChecklists(issue.body, home)[0]?.items.flatMap((item) => (item.kind === "step" ? [[item.mark.kind, item.links]] : []));
        assert.deepEqual(steps, [["done", []], ["done", []], ["skipped", []], ["open", [child.ref]]]);
        assert.deepEqual(readLinks(issue.body, home), [{ kind: "child", other: child.ref }]);
        assert.deepEqual(readLinks(child.body, home), [{ kind: "parent", other: parent }]);
        assert.deepEqual(issue.labels, ["request", "x"]);
        const events = await time.run(tracker().timeline(parent));
        assert.deepEqual(events.kind === "ok" && events.value.map(({ kind }) => kind).sort(), ["assigned", "commented", "commented", "labeled", "linked", "opened"]);
        assert.equal([...texts.keys()].filter((path) => path.endsWith(".md")).length, 3);
      }),
      { numRuns: harmful.length + propertyRuns(40), examples: harmful },
    );
  });

  it("closes an issue once, and not again after somebody reopened it", async () => {
    const { time, open, tracker, stored } = await world();
    const close: Operation = { kind: "close", ref: parent, resolution: "Restarted it." };
    for (let call = 1; call < 40; call += 1) {
      void open("ana", { ...noFaults, crash: (now) => (now === call ? "after" : "no") }).submit(close, "ana", "close1");
      await time.run(time.clock.wait(3000));
      await time.run(open("ana").replay());
    }
    assert.equal(stored.size, 0);
    await time.run(tracker().edit(parent, { kind: "reopen" }, "reopen1"));
    await time.run(open("ana").submit(close, "ana", "close1"));
    const issue = await time.run(tracker().get(parent));
    const events = await time.run(tracker().timeline(parent));
    assert.equal(issue.kind === "ok" && issue.value.state, "open");
    assert.deepEqual(events.kind === "ok" && events.value.map(({ kind }) => kind), ["opened", "commented", "closed", "reopened"]);
  });
});
