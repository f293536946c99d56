import assert from 'node:assert/strict';
import { readChecklists } from '../../src/core/markup/checklistRegion';
import { readLinks } from '../../src/core/markup/linkRegion';
import type { Issue } from '../../src/core/model/issue';
import type { IssueRef } from '../../src/core/model/issueRef';
import type { OperationRequest } from '../../src/core/sync/outbox';
import { docs, engine, home, onFiles, onGithub, type TestStorage } from '../support/testStorage';
import { sampleChecklist, step } from '../support/sampleChecklist';
import type { Faults } from '../support/window';

for (const [name, make] of [["a folder of plain files", onFiles], ["GitHub", onGithub]] as const) {
  describe(`a linked set on ${name}`, function () {
    this.timeout(300_000);

    const never: Faults["crash"] = () => "no";
    const titles = ["Space for Atlas", "Atlas in the docs", "Atlas in the engine"];
    const requests = (parent: IssueRef): readonly OperationRequest[] =>
      [home, docs, engine].map((repository, index) => ({
        key: `set-${index}`,
        operation: {
          kind: "create",
          draft: { repository, kind: "request", title: titles[index] ?? "", body: "As asked.", labels: ["request"], assignees: [] },
          under: { parent, relation: "child", step: { run: "run1", step: "b" } },
        },
      }));

    async function begun(): Promise<{ readonly storage: TestStorage; readonly parent: IssueRef }> {
      const storage = make();
      const { tracker } = storage.open("begin", never);
      const parent = await storage.time.run(tracker.create({ repository: home, kind: "record", title: "[RECORD] Atlas", body: "Mine.", labels: ["record"], assignees: [] }, "parent"));
      assert.ok(parent.kind === "ok");
      assert.equal((await storage.time.run(tracker.edit(parent.value, { kind: "startRun", run: sampleChecklist([step("a"), step("b")]) }, "run"))).kind, "ok");
      return { storage, parent: parent.value };
    }

    /** Each member once, each linked both ways and shown at the step. */
    async function assertWhole({ storage, parent }: Awaited<ReturnType<typeof begun>>, where: string, wanted = titles): Promise<void> {
      const { tracker } = storage.open("look", never);
      const list = await storage.time.run(tracker.list({ state: "open" }));
      assert.ok(list.kind === "ok");
      const members = list.value.issues.filter((issue) => titles.includes(issue.title));
      assert.deepEqual(members.map(({ title }) => title).sort(), [...wanted].sort(), where);
      const issue = list.value.issues.find(({ title }) => title === "[RECORD] Atlas");
      assert.ok(issue !== undefined);
      assert.deepEqual(keys(linksOf(issue)), keys(members.map(({ ref }) => ref)), where);
      const shown = readChecklists(issue.body, home)[0]?.items.flatMap((item) => (item.kind === "step" && item.id === "b" ? item.links : []));
      assert.deepEqual(keys(shown ?? []), keys(members.map(({ ref }) => ref)), where);
      for (const member of members) assert.deepEqual(readLinks(member.body, member.ref.repository), [{ kind: "parent", other: parent }], where);
      assert.ok(issue.body.startsWith("Mine."), where);
    }

    it("is created completely, each issue in its repository, linked in both directions and shown at its step", async () => {
      const world = await begun();
      const results = await world.storage.time.run(Promise.all(world.storage.open("ana", never).outbox.submitAll(requests(world.parent), "ana")));
      assert.deepEqual(results.map((result) => result.kind === "done" && result.outcome.ref.repository), [home, docs, engine]);
      await assertWhole(world, "at once");
    });

    it("exists once and completely, or not at all, wherever the window closes and is opened again", async () => {
      const first = await begun();
      const counted = first.storage.open("count", never);
      await first.storage.time.run(Promise.all(counted.outbox.submitAll(requests(first.parent).slice(0, 2), "ana")));
      const calls = counted.calls();
      assert.ok(calls > 20, `only ${calls} calls`);
      let none = 0;
      const deaths = [{ call: 0, when: "before" as const }, ...Array.from({ length: calls }, (_, call) => ({ call, when: "after" as const }))];
      for (const { call, when } of deaths) {
        const world = await begun();
        const { storage, parent } = world;
        void storage.open("dies", (now) => (now === call ? when : "no")).outbox.submitAll(requests(parent).slice(0, 2), "ana");
        await storage.time.run(storage.time.clock.wait(60_000));
        const again = storage.open("again", never);
        for (let round = 0; round < 2; round += 1) {
          assert.deepEqual(await storage.time.run(again.outbox.replay()), []);
          await storage.time.run(storage.time.clock.wait(60_000));
        }
        assert.deepEqual([...storage.stored.keys()].filter((key) => key.startsWith("outbox/")), [], `${when} ${call}`);
        const list = await storage.time.run(again.tracker.list({ state: "open" }));
        if (list.kind === "ok" && !list.value.issues.some(({ title }) => titles.includes(title))) none += 1;
        else await assertWhole(world, `${when} ${call}`, titles.slice(0, 2));
      }
      // Only the window that died before the set was on disk made nothing of it.
      assert.equal(none, 1);
    });

    it("is created once when two windows submit it twice under its keys", async () => {
      const world = await begun();
      const [one, two] = [world.storage.open("one", never).outbox, world.storage.open("two", never).outbox];
      await world.storage.time.run(Promise.all([...one.submitAll(requests(world.parent), "ana"), ...one.submitAll(requests(world.parent), "ana"), ...two.submitAll(requests(world.parent), "ana")]));
      await world.storage.time.run(two.replay());
      await assertWhole(world, "twice");
    });
  });
}

function linksOf(issue: Issue): readonly IssueRef[] {
  return readLinks(issue.body, home).flatMap((link) => (link.kind === "child" ? [link.other] : []));
}

function keys(refs: readonly IssueRef[]): readonly string[] {
  return refs.map(({ repository, number }) => `${repository}#${number}`).sort();
}
