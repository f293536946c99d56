import assert from "node:assert/strict";
import { coalesced } from "../../../../src/host/platform/coalesced";

describe("An action that many ask for", () => {
  it("runs one at a time, and once more for all who asked while it ran", async () => {
    const ends: (() => void)[] = [];
    let running = 0;
    let runs = 0;
    const ask = coalesced(async () => {
      runs += 1;
      running += 1;
      assert.equal(running, 1);
      await new Promise<void>((resolve) => ends.push(resolve));
      running -= 1;
    });
    const first = ask();
    const later = [ask(), ask(), ask()];
    assert.equal(runs, 1);
    ends.shift()?.();
    await first;
    await new Promise((resolve) => setTimeout(resolve));
    assert.equal(runs, 2);
    const afterwards = ask();
    ends.shift()?.();
    await Promise.all(later);
    await new Promise((resolve) => setTimeout(resolve));
    ends.shift()?.();
    await afterwards;
    assert.equal(runs, 3);
  });

  it("runs again for those who waited when a run ended in a mistake", async () => {
    let runs = 0;
    const ask = coalesced(async () => {
      runs += 1;
      await Promise.resolve();
      if (runs === 1) throw new Error("first");
    });
    const first = ask();
    const second = ask();
    await assert.rejects(first, /first/);
    await second;
    assert.equal(runs, 2);
  });
});
