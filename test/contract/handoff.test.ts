import assert from 'node:assert/strict';
import { readHandoff, renderHandoff } from '../../src/core/markup/handoffRegion';
import { readMilestone } from '../../src/core/markup/milestone';
import { textsOf } from '../../src/core/model/handoff';
import type { Issue } from '../../src/core/model/issue';
import { type IssueRef, refKey } from '../../src/core/model/issueRef';
import type { AcceptHandoff, HandoffOperation } from '../../src/core/model/operation';
import type { IssueTracker } from '../../src/core/model/ports';
import type { OperationRequest } from '../../src/core/sync/outbox';
import { engine, home, onFiles, onGithub, type TestStorage } from '../support/testStorage';
import type { Faults } from '../support/window';

const never: Faults["crash"] = () => "no";

const title = "Handoff from cho to ana · 2026-11-23";

for (const [name, make] of [["a folder of plain files", onFiles], ["GitHub", onGithub]] as const) {
  describe(`a handoff on ${name}`, function () {
    this.timeout(300_000);

    interface World {
      readonly storage: TestStorage;
      readonly refs: readonly IssueRef[];
    }

    async function begun(): Promise<World> {
      const storage = make();
      const { tracker } = storage.open("begin", never);
      const refs: IssueRef[] = [];
      for (const repository of [home, engine]) {
        const created = await storage.time.run(tracker.create({ repository, kind: "incident", title: `Down in ${repository}`, body: "Mine.", labels: ["incident"], assignees: [] }, `begin-${repository}`));
        refs.push(created.kind === "ok" ? created.value : assert.fail(created.failure.kind));
      }
      return { storage, refs };
    }

    function createHandoff(refs: readonly IssueRef[]): OperationRequest {
      const items = refs.map((ref) => ({ ref, title: "Down", status: "To do", owners: [], updated: "2026-11-20T16:00:00Z", next: `Look at ${ref.repository}` }));
      const handoff = { outgoing: "cho", incoming: "ana", beside: [], from: "2026-11-16T00:00:00Z", to: "2026-11-23T00:00:00Z", felt: "Calm", items, texts: textsOf(() => "") };
      const draft = { repository: home, kind: "handoff", title, body: renderHandoff(handoff, { home, timezone: "UTC" }), labels: ["handoff"], assignees: [] };
      const operation: HandoffOperation = { kind: "handOff", draft, outgoing: "cho", incoming: "ana", items: items.map(({ ref, next }) => ({ ref, next })) };
      return { key: "hand-1", operation };
    }

    async function find(storage: TestStorage, tracker: IssueTracker): Promise<readonly Issue[]> {
      const list = await storage.time.run(tracker.list({ state: "all" }));
      return list.kind === "ok" ? list.value.issues.filter((issue) => issue.title === title) : assert.fail(list.failure.kind);
    }

    async function comments({ storage }: World, tracker: IssueTracker, ref: IssueRef): Promise<readonly string[]> {
      const events = await storage.time.run(tracker.timeline(ref));
      return events.kind === "ok" ? events.value.flatMap((event) => (event.kind === "commented" ? [event.markdown] : [])) : assert.fail(events.failure.kind);
    }

    /** One issue of it, and one comment on each issue handed over. */
    async function assertHandedOver(world: World, where: string): Promise<IssueRef> {
      const { tracker } = world.storage.open("look", never);
      const found = await find(world.storage, tracker);
      const [issue] = found;
      assert.equal(found.length, 1, where);
      assert.ok(issue !== undefined && readHandoff(issue.body)?.items.length === world.refs.length, where);
      for (const ref of world.refs) {
        const [told, ...more] = await comments(world, tracker, ref);
        const milestone = readMilestone(told ?? "");
        assert.deepEqual([milestone?.milestone, more], ["handoff", []], where);
        assert.ok(milestone !== undefined && milestone.markdown.includes(`Look at ${ref.repository}`), where);
        assert.ok(milestone.markdown.includes(ref.repository === home ? `see #${issue.ref.number}.` : `see ${refKey(issue.ref)}.`), where);
      }
      return issue.ref;
    }

    function acceptance(ref: IssueRef, items: readonly IssueRef[]): OperationRequest {
      const operation: AcceptHandoff = { kind: "acceptHandoff", ref, outgoing: "cho", items, at: "2026-11-23T00:05:00Z" };
      return { key: "accept-1", operation };
    }

    /** The issues are the next person's, and the handoff records that and is closed, with one comment each. */
    async function assertAccepted(world: World, ref: IssueRef, where: string): Promise<void> {
      const { tracker } = world.storage.open("look", never);
      for (const item of world.refs) {
        const issue = await world.storage.time.run(tracker.get(item));
        assert.deepEqual(issue.kind === "ok" && issue.value.assignees, ["ana"], where);
      }
      const kept = await world.storage.time.run(tracker.get(ref));
      if (kept.kind === "failed") assert.fail(kept.failure.kind);
      assert.equal(kept.value.state, "closed", where);
      assert.deepEqual(readHandoff(kept.value.body)?.accepted, { by: "ana", at: "2026-11-23T00:05:00Z" }, where);
      assert.equal((await comments(world, tracker, ref)).length, 1, where);
    }

    it("exists once, with one comment on each issue, wherever the window closes and is opened again", async () => {
      const first = await begun();
      const counted = first.storage.open("count", never);
      await first.storage.time.run(Promise.all(counted.outbox.submitAll([createHandoff(first.refs)], "ana")));
      await assertHandedOver(first, "at once");
      for (let call = 3; call < counted.calls(); call += 3) {
        const world = await begun();
        const { storage } = world;
        void storage.open("dies", (now) => (now === call ? "after" : "no")).outbox.submitAll([createHandoff(world.refs)], "ana");
        await storage.time.run(storage.time.clock.wait(60_000));
        const again = storage.open("again", never);
        assert.deepEqual(await storage.time.run(again.outbox.replay()), []);
        await storage.time.run(storage.time.clock.wait(60_000));
        await storage.time.run(again.outbox.replay());
        await assertHandedOver(world, `after ${call}`);
      }
    });

    it("is accepted completely, wherever the window closes and is opened again", async () => {
      const prepared = async (): Promise<World & { readonly ref: IssueRef }> => {
        const world = await begun();
        await world.storage.time.run(Promise.all(world.storage.open("hands", never).outbox.submitAll([createHandoff(world.refs)], "ana")));
        return { ...world, ref: await assertHandedOver(world, "before") };
      };
      const first = await prepared();
      const counted = first.storage.open("count", never);
      await first.storage.time.run(Promise.all(counted.outbox.submitAll([acceptance(first.ref, first.refs)], "ana")));
      await assertAccepted(first, first.ref, "at once");
      for (let call = 3; call < counted.calls(); call += 4) {
        const world = await prepared();
        const { storage, ref, refs } = world;
        void storage.open("dies", (now) => (now === call ? "after" : "no")).outbox.submitAll([acceptance(ref, refs)], "ana");
        await storage.time.run(storage.time.clock.wait(60_000));
        const again = storage.open("again", never);
        await storage.time.run(again.outbox.replay());
        await storage.time.run(storage.time.clock.wait(60_000));
        await storage.time.run(again.outbox.replay());
        await assertAccepted(world, ref, `after ${call}`);
      }
    });

    it("is created and accepted when one of its issues is gone, which is reported", async () => {
      const world = await begun();
      const { storage, refs } = world;
      const gone = { repository: home, number: 999 };
      const { outbox } = storage.open("ana", never);
      const [handed] = await storage.time.run(Promise.all(outbox.submitAll([createHandoff([gone, ...refs])], "ana")));
      assert.ok(handed?.kind === "failed" && handed.failure.kind === "gone", JSON.stringify(handed));
      const [issue] = await find(storage, storage.open("look", never).tracker);
      assert.ok(issue !== undefined);
      const [accepted] = await storage.time.run(Promise.all(outbox.submitAll([acceptance(issue.ref, [gone, ...refs])], "ana")));
      assert.ok(accepted?.kind === "failed" && accepted.failure.kind === "gone", JSON.stringify(accepted));
      await assertAccepted(world, issue.ref, "without the one that is gone");
    });
  });
}
