import type { Memory } from '../../src/core/model/ports';
import { failed, ok } from '../../src/core/model/result';

/** Values that outlive the window that wrote them, stored as JSON so that nothing is shared by reference. */
export function memoryMemory(values: Map<string, string> = new Map()): Memory {
  return {
    keys: async (prefix) => ok([...values.keys()].filter((key) => key.startsWith(prefix))),
    async read(key) {
      const text = values.get(key);
      try {
        const value: unknown = text === undefined ? undefined : JSON.parse(text);
        return ok(value);
      } catch (error) {
        return failed({ kind: "unreadable", path: key, reason: String(error) });
      }
    },
    text: async (key) => ok(values.get(key) ?? ""),
    async write(key, value) {
      values.set(key, JSON.stringify(value));
      return ok(undefined);
    },
    async remove(key) {
      values.delete(key);
      return ok(undefined);
    },
  };
}
