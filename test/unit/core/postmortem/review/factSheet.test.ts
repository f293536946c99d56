import assert from 'node:assert/strict';
import { factSheet } from '../../../../../src/core/postmortem/review/factSheet';
import { emptyPostmortem, zone } from '../samples';

describe("The fact sheet of a post-mortem", () => {
  it("contains what is known, and the times since the start in the zone of the desk", () => {
    const sheet = factSheet({
      ...emptyPostmortem, severity: "SEV1", services: ["Portal", "Mail"], owner: "ana", review: "2026-11-25",
      instants: { started: "2026-11-20T16:00:00Z", detected: "2026-11-20T16:00:00Z", resolved: "2026-11-20T17:27:00Z" },
    }, zone);
    assert.deepEqual(sheet.facts, [["Status", "Draft"], ["Severity", "SEV1"], ["Incident", "acme/live#12"], ["Services", "Portal, Mail"], ["Owner", "ana"], ["Review session", "2026-11-25"]]);
    assert.deepEqual(sheet.tables, [
      { heading: "Times", columns: ["Milestone", "Time"], rows: [["Started", "2026-11-20 08:00:00 -08:00"], ["Detected", "2026-11-20 08:00:00 -08:00"], ["Resolved", "2026-11-20 09:27:00 -08:00"]] },
      { heading: "Intervals", columns: ["Interval", "Length", "Counted"], rows: [["Time to detect", "0 s", "from the start"], ["Time to resolve", "1 h 27 min", "from the start"]] },
    ]);
  });

  it("rounds times down, in two units", () => {
    const after = (seconds: number): string | undefined => factSheet({ ...emptyPostmortem, instants: { started: "2026-11-20T00:00:00Z", resolved: new Date(Date.UTC(2026, 10, 20) + seconds * 1000).toISOString() } }, "UTC").tables[1]?.rows[0]?.[1];
    assert.deepEqual([0, 40, 131, 3600, 5340, 86_400 * 3 + 7300].map(after), ["0 s", "40 s", "2 min", "1 h", "1 h 29 min", "3 d 2 h"]);
  });

  it("shows the date of the review once it took place", () => {
    const { facts } = factSheet({ ...emptyPostmortem, status: "Reviewed", review: "2026-11-25", reviewed: "2026-11-26", reviewers: ["ben"] }, zone);
    assert.deepEqual(facts.slice(2), [["Reviewers", "ben"], ["Reviewed", "2026-11-26"]]);
  });
});
