import assert from 'node:assert/strict';
import { contextKeys } from '../../../../src/host/platform/contextKeys';

describe("context keys", () => {
  it("are set the first time, and then only if the value changed", async () => {
    const calls: string[] = [];
    const execute = async <T>(...words: readonly unknown[]): Promise<T> => {
      calls.push(JSON.stringify(words));
      return undefined as T;
    };
    const setContext = contextKeys(execute);
    for (const files of [["a.md"], ["a.md"], ["a.md", "b.md"]]) {
      await setContext("loaded", false);
      await setContext("runbookFiles", files);
    }
    await setContext("loaded", true);
    assert.deepEqual(calls, ['["setContext","responseDesk.loaded",false]', '["setContext","responseDesk.runbookFiles",["a.md"]]', '["setContext","responseDesk.runbookFiles",["a.md","b.md"]]', '["setContext","responseDesk.loaded",true]']);
  });
});
