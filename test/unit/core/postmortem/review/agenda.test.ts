import fc from 'fast-check';
import assert from 'node:assert/strict';
import { renderAgenda, sessionLengths, shareMinutes } from '../../../../../src/core/postmortem/review/agenda';
import { renderOutline } from '../../../../../src/core/postmortem/review/outline';
import type { Postmortem } from '../../../../../src/core/postmortem/postmortem';
import { inertText } from '../../../../../src/core/markup/inertText';
import { action, anyPostmortem, emptyPostmortem, entry, zone } from '../samples';

const sample: Postmortem = {
  ...emptyPostmortem,
  severity: "SEV1",
  owner: "ana",
  reviewers: ["ben", "chloe"],
  review: "2026-11-25",
  instants: { started: "2026-11-20T16:00:00Z", detected: "2026-11-20T16:02:00Z", mitigated: "2026-11-20T17:00:00Z" },
  texts: {
    ...emptyPostmortem.texts,
    summary: "Nobody could\nlog in.\n\nMore about it.",
    impact: "All customers.",
    detection: "By a customer. <!-- desk:hidden a1 -->",
    factors: "- A certificate\n  expired.\n- No alert",
    resolution: "Rolled back.",
    wentWell: "1. Quick call",
    wentWrong: "* No runbook",
  },
  impact: [{ id: "i1", measure: "Users affected", amount: "1,200", others: [] }],
  timeline: [
    entry("t1", "2026-11-20T16:01:00Z", "Errors rise"),
    { ...entry("t2", "2026-11-20T16:02:00Z", "Alert"), inferred: true },
    entry("t3", "2026-11-20T16:30:00Z", "Rolled back by @ana <!-- desk:entry a b -->"),
    { ...entry("t4", "", "Then a call"), time: { kind: "words", words: "a bit later" } },
    entry("t5", "2026-11-21T09:00:00Z", "Certificate renewed"),
  ],
  actions: [action("a1", "Alert on expiry", { type: "detect", due: "2026-12-01" }), action("a2", "Renew by itself", { state: "accepted", owner: "ben", issue: { repository: "acme/engine", number: 3 } }), action("a3", "Blame", { state: "declined" })],
};

const totals = (agenda: string): readonly number[] => [...agenda.matchAll(/^## .+ \((\d+) min\)$/gm)].map(([, minutes]) => Number(minutes));

describe("The agenda of a review session", () => {
  it("walks the timeline by phase, with a pause after each", () => {
    const agenda = renderAgenda(sample, { timezone: zone, minutes: 60, questions: ["What would have shortened the 28 minutes?"] });
    const walk = agenda.slice(agenda.indexOf("### "), agenda.indexOf("## Contributing factors"));
    assert.deepEqual(walk.split("\n").filter((line) => /^(?:### |- )/.test(line)), [
      "### Until it was detected",
      "- 2026-11-20 08:01:00 -08:00 · Errors rise",
      "- 2026-11-20 08:02:00 -08:00 · Alert (inferred)",
      "### Until it was mitigated",
      "- 2026-11-20 08:30:00 -08:00 · Rolled back by @\u2060ana",
      "- a bit later · Then a call",
      "### Afterwards",
      "- 2026-11-21 01:00:00 -08:00 · Certificate renewed",
    ]);
    assert.equal(walk.match(/^> \*\*Pause:\*\* .+\?$/gm)?.length, 3);
    assert.match(agenda, /^# Review: Portal is down\n\nSession: 2026-11-25 · 60 minutes · Owner: ana · Reviewers: ben, chloe\n/);
    assert.match(agenda, /- Ask: What would have shortened the 28 minutes\?/);
    assert.match(agenda, /- \[ \] Alert on expiry \(detect, due 2026-12-01, proposed\)\n- Decided already: Renew by itself/);
    assert.doesNotMatch(agenda, /Blame\b(?!less)|desk:/);
  });

  it("is usable when nothing is written yet", () => {
    const agenda = renderAgenda(emptyPostmortem, { timezone: zone, minutes: 30 });
    assert.match(agenda, /The timeline is empty/);
    assert.match(agenda, /What happened: not described yet/);
    assert.match(renderAgenda({ ...sample, instants: {} }, { timezone: zone, minutes: 30 }), /### All events/);
  });

  it("sums to the length of the session, mentions nobody and hides nothing, for any post-mortem", () => {
    fc.assert(
      fc.property(anyPostmortem, fc.oneof(fc.constantFrom(...sessionLengths), fc.integer({ min: 15, max: 240 })), (postmortem, minutes) => {
        const agenda = renderAgenda(postmortem, { timezone: zone, minutes });
        const parts = totals(agenda).slice(0, 6);
        assert.equal(parts.reduce((sum, part) => sum + part, 0), minutes);
        assert.ok(parts.every((part) => part > 0), String(parts));
        assert.equal(inertText(agenda), agenda);
      }),
    );
  });

  it("gives every part a minute if there are enough", () => {
    assert.deepEqual(shareMinutes(60, [5, 5, 25, 10, 12, 3]), [5, 5, 25, 10, 12, 3]);
    assert.deepEqual(shareMinutes(3, [1, 1, 100]), [1, 1, 1]);
  });
});

describe("The outline for the meeting", () => {
  it("says what happened, the impact, how it was found, what was done, what is learned and the actions", () => {
    assert.equal(renderOutline(sample), [
      "**Portal is down** · SEV1 · 2026-11-20 · acme/live#12",
      "",
      "- What happened: Nobody could log in.",
      "- Impact: All customers. · Users affected: 1,200",
      "- How it was found: By a customer.",
      "- What was done: Rolled back.",
      "- What we learn:",
      "  - Contributing factor: A certificate expired.",
      "  - Went well: Quick call",
      "  - Went wrong: No runbook",
      "  - Contributing factor: No alert",
      "- Actions:",
      "  - Alert on expiry (detect, due 2026-12-01, proposed)",
      "  - Renew by itself (ben, acme/engine#3, accepted)",
      "",
    ].join("\n"));
  });

  it("has at most twenty lines, whatever is written", () => {
    const many = Array.from({ length: 30 }, (_none, index) => action(`a${index}`, `Action ${index}`));
    const long = renderOutline({ ...sample, actions: many, texts: { ...sample.texts, factors: "- x\n".repeat(30), summary: "long ".repeat(500) } });
    assert.match(long, /and 25 more/);
    fc.assert(
      fc.property(anyPostmortem, (postmortem) => {
        for (const outline of [renderOutline(postmortem), long]) {
          assert.ok(outline.trimEnd().split("\n").length <= 20, outline);
          assert.ok(outline.split("\n").every((line) => line.length < 700));
        }
      }),
    );
  });
});
