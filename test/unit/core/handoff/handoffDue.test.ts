import assert from 'node:assert/strict';
import { businessTime } from '../../../../src/core/calendar/businessTime';
import { parseDesk } from '../../../../src/core/desk/parseDesk';
import { handoffDraft } from '../../../../src/core/handoff/draftHandoff';
import { handoffDue } from '../../../../src/core/handoff/handoffDue';
import { textsOf } from '../../../../src/core/model/handoff';
import type { Issue } from '../../../../src/core/model/issue';
import type { PendingOperation } from '../../../../src/core/model/operation';
import { sampleIssue } from '../../../support/sampleIssue';

const desk = parseDesk(`timezone: America/Los_Angeles
hours: { Mon-Fri: ["08:00-12:00", "13:00-17:00"] }
people: [{ login: ana }, { login: ben }]
rotation: { starts: 2026-11-16, every: 1w, roles: [primary, backup] }
`).desk ?? assert.fail("The desk of this test is broken");

const business = businessTime(desk);

const now = "2026-11-20T18:00:00Z";

const draft = handoffDraft(desk, { outgoing: "ana", incoming: "ben", beside: [], from: "2026-11-16T08:00:00Z", to: "2026-11-23T08:00:00Z", felt: "", items: [], texts: textsOf(() => "") });

if (draft.kind === "failed") assert.fail(draft.failure.kind);

const written: Issue = sampleIssue({ labels: ["handoff"], body: draft.value.body });

const pending: PendingOperation = { key: "k", at: now, by: "ana", operation: { kind: "handOff", draft: draft.value, outgoing: "ana", incoming: "ben", items: [] } };

describe("a handoff that is due", () => {
  it("is the primary's, from two hours of business time before the end of the shift", () => {
    const due = handoffDue(desk, business, "ana", [], [], now);
    assert.deepEqual([due?.at, due?.shift.incoming, due?.shift.to], ["2026-11-20T23:00:00Z", "ben", "2026-11-23T08:00:00Z"]);
    assert.equal(handoffDue(desk, business, "ben", [], [], now), undefined);
  });

  it("is no longer due when it is pending, written, or accepted and closed", () => {
    assert.equal(handoffDue(desk, business, "ana", [], [pending], now), undefined);
    assert.equal(handoffDue(desk, business, "Ana", [written], [], now), undefined);
    assert.equal(handoffDue(desk, business, "ana", [{ ...written, state: "closed" }], [], now), undefined);
  });

  it("is due in spite of a handoff of an earlier shift or of another person", () => {
    const earlier = { ...written, body: written.body.replace("to=2026-11-23", "to=2026-11-16") };
    const others = { ...written, body: written.body.replace("outgoing=ana", "outgoing=cho") };
    assert.equal(handoffDue(desk, business, "ana", [earlier, others], [], now)?.shift.incoming, "ben");
  });
});
