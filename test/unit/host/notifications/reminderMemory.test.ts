import assert from 'node:assert/strict';
import { reminderMemory } from '../../../../src/host/notifications/reminderMemory';
import { countingIds } from '../../../support/countingIds';
import { memoryMemory } from '../../../support/memoryMemory';
import { virtualTime } from '../../../support/virtualTime';

const day = 24 * 3_600_000;

describe("the memory of shown reminders", () => {
  it("lasts over restarts, lets one of two windows show a reminder, and expires after sixty days", async () => {
    const time = virtualTime();
    const stored = new Map<string, string>();
    let windows = 0;
    const open = () => reminderMemory({ memory: () => memory, clock: time.clock, ids: countingIds(`w${(windows += 1)}-`) });
    let memory = memoryMemory(stored);
    const claims = await time.run(Promise.all([open()("a"), open()("a")]));
    assert.equal(claims.filter(Boolean).length, 1);
    assert.equal(await time.run(open()("a")), false);
    await time.run(time.clock.wait(59 * day));
    memory = memoryMemory(stored);
    assert.equal(await time.run(open()("a")), false);
    await time.run(time.clock.wait(2 * day));
    assert.equal(await time.run(open()("b")), true);
    assert.deepEqual([...stored.keys()], ["b"]);
  });

  it("reads records of an earlier version, which expire sixty days from now", async () => {
    const time = virtualTime();
    const stored = new Map([["a", '"id of a window"']]);
    const open = () => reminderMemory({ memory: () => memoryMemory(stored), clock: time.clock, ids: countingIds() });
    assert.equal(await time.run(open()("a")), false);
    await time.run(time.clock.wait(61 * day));
    assert.equal(await time.run(open()("a")), true);
  });
});
