import assert from "node:assert/strict";
import { closeTime } from "../../../src/webview/shared/times";

const now = Date.parse("2026-11-20T16:00:00Z");

describe("a deadline", () => {
  const cases: readonly (readonly [at: string, words: string])[] = [
    ["2026-11-20T17:59:59Z", "in 119 minutes"],
    ["2026-11-20T16:01:00Z", "in 1 minute"],
    ["2026-11-20T16:00:59Z", "now"],
    ["2026-11-20T15:59:30Z", "now"],
    ["2026-11-20T14:30:00Z", "90 minutes ago"],
    ["2026-11-20T19:00:00Z", "in 3 hours"],
    ["2026-11-22T16:00:00Z", "in 2 days"],
    ["soon", "soon"],
  ];
  for (const [at, words] of cases) it(`says ${words} at ${at}`, () => assert.equal(closeTime(at, now, "en"), words));
});
