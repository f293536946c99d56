import assert from "node:assert/strict";
import type { Operation, PendingOperation } from "../../../src/core/issue/operation";
import { failed, ok } from "../../../src/core/result";
import { watchSubmits } from "../../../src/host/commands/watchSubmits";

const operation: Operation = { kind: "comment", ref: { repository: "acme/desk", number: 1 }, markdown: "x" };

function session(keeps: boolean, succeeds: boolean): Parameters<typeof watchSubmits>[0] {
  const pending: PendingOperation[] = [{ key: "older", at: "2026-11-20T16:00:00Z", by: "ana", operation }];
  const parts: Pick<Parameters<typeof watchSubmits>[0], "pending" | "submit"> = {
    pending: () => [...pending],
    submit: async (given) => {
      if (keeps) pending.push({ key: "new", at: "2026-11-20T16:00:00Z", by: "ana", operation: given });
      return succeeds ? ok({ ref: { repository: "acme/desk", number: 1 } }) : failed({ kind: "unwritable", path: "x", reason: "contended" });
    },
  };
  return parts as Parameters<typeof watchSubmits>[0];
}

describe("watchSubmits", () => {
  it("tells a write that failed for good from one that is stored", async () => {
    for (const [keeps, succeeds, expected] of [[true, false, true], [false, false, false], [true, true, false], [false, true, false]] as const) {
      const watched = watchSubmits(session(keeps, succeeds));
      assert.equal(watched.stored(), false);
      await watched.session.submit(operation);
      assert.equal(watched.stored(), expected, `${String(keeps)} ${String(succeeds)}`);
    }
  });
});
