import assert from 'node:assert/strict';
import { unsentStore } from '../../../src/webview/shared/connect';

/** The part of the browser's storage that is used: items are own properties, methods are not. */
class FakeStorage {
  setItem(name: string, text: string): void {
    Object.assign(this, { [name]: text });
  }
  getItem(name: string): string | null {
    return new Map(Object.entries(this)).get(name) ?? null;
  }
  removeItem(name: string): void {
    Reflect.deleteProperty(this, name);
  }
}

const storage = (): Storage => new FakeStorage() as unknown as Storage;

const kept = (key: string) => ({ key, message: { step: key }, again: false });

describe("unconfirmed messages", () => {
  it("are available in the next panel of the same owner until they are removed", () => {
    const shared = storage();
    unsentStore(shared).add("issue 1", kept("a"));
    unsentStore(shared).add("issue 1", kept("b"));
    unsentStore(shared).add("issue 12", kept("c"));
    assert.deepEqual(unsentStore(shared).all("issue 1"), [{ key: "a", message: { step: "a" } }, { key: "b", message: { step: "b" } }]);
    unsentStore(shared).remove("issue 1", "a");
    assert.deepEqual(unsentStore(shared).all("issue 1").map(({ key }) => key), ["b"]);
  });

  it("are ignored if they cannot be read, and are not stored without a storage", () => {
    const shared = storage();
    shared.setItem("responseDesk.unsent issue 1 x", "{");
    assert.deepEqual(unsentStore(shared).all("issue 1"), []);
    const none = unsentStore(undefined);
    none.add("issue 1", kept("a"));
    assert.deepEqual(none.all("issue 1"), []);
  });
});
