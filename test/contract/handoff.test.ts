import assert from "node:assert/strict";
import { textsOf } from "../../src/core/handoff/handoff";
import { readHandoff, renderHandoff } from "../../src/core/handoff/handoffRegion";
import { readMoment } from "../../src/core/incident/moment";
import type { Issue } from "../../src/core/issue/issue";
import { refKey, type IssueRef } from "../../src/core/issue/issueRef";
import type { AcceptHandoff, HandOff } from "../../src/core/issue/operation";
import type { Wish } from "../../src/core/issue/outbox";
import type { IssueTracker } from "../../src/core/ports";
import { engine, home, onFiles, onGithub, type Place } from "../support/places";
import type { Faults } from "../support/window";

const never: Faults["crash"] = () => "no";
const title = "Hand-off from cho to ana · 2026-11-23";

for (const [name, make] of [["a folder of plain files", onFiles], ["GitHub", onGithub]] as const) {
  describe(`a hand-off on ${name}`, function () {
    this.timeout(300_000);

    interface World {
      readonly place: Place;
      readonly refs: readonly IssueRef[];
    }

    async function begun(): Promise<World> {
      const place = make();
      const { tracker } = place.open("begin", never);
      const refs: IssueRef[] = [];
      for (const repository of [home, engine]) {
        const created = await place.time.run(tracker.create({ repository, kind: "incident", title: `Down in ${repository}`, body: "Mine.", labels: ["incident"], assignees: [] }, `begin-${repository}`));
        refs.push(created.kind === "ok" ? created.value : assert.fail(created.failure.kind));
      }
      return { place, refs };
    }

    function handOff(refs: readonly IssueRef[]): Wish {
      const items = refs.map((ref) => ({ ref, title: "Down", status: "To do", owners: [], updated: "2026-11-20T16:00:00Z", next: `Look at ${ref.repository}` }));
      const handoff = { outgoing: "cho", incoming: "ana", beside: [], from: "2026-11-16T00:00:00Z", to: "2026-11-23T00:00:00Z", felt: "Calm", items, texts: textsOf(() => "") };
      const draft = { repository: home, kind: "handoff", title, body: renderHandoff(handoff, { home, timezone: "UTC" }), labels: ["handoff"], assignees: [] };
      const operation: HandOff = { kind: "handOff", draft, outgoing: "cho", incoming: "ana", items: items.map(({ ref, next }) => ({ ref, next })) };
      return { key: "hand-1", operation };
    }

    async function find(place: Place, tracker: IssueTracker): Promise<readonly Issue[]> {
      const list = await place.time.run(tracker.list({ state: "all" }));
      return list.kind === "ok" ? list.value.issues.filter((issue) => issue.title === title) : assert.fail(list.failure.kind);
    }

    async function comments({ place }: World, tracker: IssueTracker, ref: IssueRef): Promise<readonly string[]> {
      const events = await place.time.run(tracker.timeline(ref));
      return events.kind === "ok" ? events.value.flatMap((event) => (event.kind === "commented" ? [event.markdown] : [])) : assert.fail(events.failure.kind);
    }

    /** One issue of it, and one comment on each issue handed over. */
    async function assertHandedOver(world: World, where: string): Promise<IssueRef> {
      const { tracker } = world.place.open("look", never);
      const found = await find(world.place, tracker);
      const [issue] = found;
      assert.equal(found.length, 1, where);
      assert.ok(issue !== undefined && readHandoff(issue.body)?.items.length === world.refs.length, where);
      for (const ref of world.refs) {
        const [told, ...more] = await comments(world, tracker, ref);
        const moment = readMoment(told ?? "");
        assert.deepEqual([moment?.moment, more], ["handoff", []], where);
        assert.ok(moment !== undefined && moment.markdown.includes(`Look at ${ref.repository}`), where);
        assert.ok(moment.markdown.includes(ref.repository === home ? `see #${issue.ref.number}.` : `see ${refKey(issue.ref)}.`), where);
      }
      return issue.ref;
    }

    function acceptance(ref: IssueRef, items: readonly IssueRef[]): Wish {
      const operation: AcceptHandoff = { kind: "acceptHandoff", ref, outgoing: "cho", items, at: "2026-11-23T00:05:00Z" };
      return { key: "accept-1", operation };
    }

    /** The issues are the next person's, and the hand-off says so and is closed, told once. */
    async function assertAccepted(world: World, ref: IssueRef, where: string): Promise<void> {
      const { tracker } = world.place.open("look", never);
      for (const item of world.refs) {
        const issue = await world.place.time.run(tracker.get(item));
        assert.deepEqual(issue.kind === "ok" && issue.value.assignees, ["ana"], where);
      }
      const kept = await world.place.time.run(tracker.get(ref));
      if (kept.kind === "failed") assert.fail(kept.failure.kind);
      assert.equal(kept.value.state, "closed", where);
      assert.deepEqual(readHandoff(kept.value.body)?.accepted, { by: "ana", at: "2026-11-23T00:05:00Z" }, where);
      assert.equal((await comments(world, tracker, ref)).length, 1, where);
    }

    it("is there once, told once on each issue, wherever the window dies and is opened again", async () => {
      const first = await begun();
      const counted = first.place.open("count", never);
      await first.place.time.run(Promise.all(counted.outbox.submitAll([handOff(first.refs)], "ana")));
      await assertHandedOver(first, "at once");
      for (let call = 3; call < counted.calls(); call += 3) {
        const world = await begun();
        const { place } = world;
        void place.open("dies", (now) => (now === call ? "after" : "no")).outbox.submitAll([handOff(world.refs)], "ana");
        await place.time.run(place.time.clock.wait(60_000));
        const again = place.open("again", never);
        assert.deepEqual(await place.time.run(again.outbox.replay()), []);
        await place.time.run(place.time.clock.wait(60_000));
        await place.time.run(again.outbox.replay());
        await assertHandedOver(world, `after ${call}`);
      }
    });

    it("is accepted whole, wherever the window dies and is opened again", async () => {
      const prepared = async (): Promise<World & { readonly ref: IssueRef }> => {
        const world = await begun();
        await world.place.time.run(Promise.all(world.place.open("hands", never).outbox.submitAll([handOff(world.refs)], "ana")));
        return { ...world, ref: await assertHandedOver(world, "before") };
      };
      const first = await prepared();
      const counted = first.place.open("count", never);
      await first.place.time.run(Promise.all(counted.outbox.submitAll([acceptance(first.ref, first.refs)], "ana")));
      await assertAccepted(first, first.ref, "at once");
      for (let call = 3; call < counted.calls(); call += 4) {
        const world = await prepared();
        const { place, ref, refs } = world;
        void place.open("dies", (now) => (now === call ? "after" : "no")).outbox.submitAll([acceptance(ref, refs)], "ana");
        await place.time.run(place.time.clock.wait(60_000));
        const again = place.open("again", never);
        await place.time.run(again.outbox.replay());
        await place.time.run(place.time.clock.wait(60_000));
        await place.time.run(again.outbox.replay());
        await assertAccepted(world, ref, `after ${call}`);
      }
    });

    it("is handed over and accepted where one of its issues is gone, and that is told", async () => {
      const world = await begun();
      const { place, refs } = world;
      const gone = { repository: home, number: 999 };
      const { outbox } = place.open("ana", never);
      const [handed] = await place.time.run(Promise.all(outbox.submitAll([handOff([gone, ...refs])], "ana")));
      assert.ok(handed?.kind === "failed" && handed.failure.kind === "gone", JSON.stringify(handed));
      const [issue] = await find(place, place.open("look", never).tracker);
      assert.ok(issue !== undefined);
      const [accepted] = await place.time.run(Promise.all(outbox.submitAll([acceptance(issue.ref, [gone, ...refs])], "ana")));
      assert.ok(accepted?.kind === "failed" && accepted.failure.kind === "gone", JSON.stringify(accepted));
      await assertAccepted(world, issue.ref, "without the one that is gone");
    });
  });
}
