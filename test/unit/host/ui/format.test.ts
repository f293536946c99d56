import assert from 'node:assert/strict';
import { formatAgo } from '../../../../src/host/ui/format';

describe("How long ago something was", () => {
  it("is formatted in the given language, in the largest whole unit", () => {
    const now = "2026-11-20T18:00:00Z";
    const formatted = ["2026-11-20T18:05:00Z", "2026-11-20T17:59:30Z", "2026-11-20T17:50:00Z", "2026-11-20T15:30:00Z", "2026-11-17T18:00:00Z"].map((at) => formatAgo(at, now, "en"));
    assert.deepEqual(formatted, ["this minute", "this minute", "10 min. ago", "2 hr. ago", "3 days ago"]);
    assert.equal(formatAgo("2026-11-20T17:50:00Z", now, "de"), "vor 10 Min.");
  });
});
