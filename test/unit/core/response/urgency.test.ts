import assert from 'node:assert/strict';
import { instantAt, millisecondsOf } from '../../../../src/core/model/instant';
import { lengthText, nextLengthAt, type Urgency } from '../../../../src/core/response/urgency';

const due = "2026-11-20T16:00:30Z";

/** What is due at that time, in a calendar without closings. */
function urgencyAt(now: string): Urgency {
  const left = millisecondsOf(due) - millisecondsOf(now);
  return { stage: "response", at: due, left, state: left <= 0 ? "past" : "later" };
}

describe("the displayed time until something is due", () => {
  it("changes at the next change instant, and not before", () => {
    for (const start of ["2026-11-20T15:57:11Z", "2026-11-20T15:57:30Z", "2026-11-20T15:59:31Z", due, "2026-11-20T16:00:31Z", "2026-11-20T16:02:30Z", "2026-11-20T16:02:31Z"]) {
      const at = nextLengthAt(urgencyAt(start), start);
      const text = (milliseconds: number): string => `${urgencyAt(instantAt(milliseconds)).state} ${lengthText(urgencyAt(instantAt(milliseconds)).left)}`;
      for (let second = millisecondsOf(start); second < at; second += 1000) assert.equal(text(second), text(millisecondsOf(start)), `${start} at ${instantAt(second)}`);
      assert.notEqual(text(at), text(millisecondsOf(start)), `${start} until ${instantAt(at)}`);
      assert.ok(at - millisecondsOf(start) <= 60_000);
    }
  });
});
