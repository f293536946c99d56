import assert from 'node:assert/strict';
import { runInBackground } from '../../../../src/core/model/background';
import { memoryLog } from '../../../support/memoryLog';

describe("work that nobody awaits", () => {
  it("logs its rejection", async () => {
    const log = memoryLog();
    runInBackground(Promise.reject(new Error("The disk is gone")), log);
    runInBackground(Promise.resolve(1), log);
    runInBackground(undefined, log);
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(log.errors.length, 1);
    assert.match(log.errors[0] ?? "", /The disk is gone/);
  });
});
