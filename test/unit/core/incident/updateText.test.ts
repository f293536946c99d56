import fc from 'fast-check';
import assert from 'node:assert/strict';
import { promisedTime } from '../../../../src/core/incident/promisedTime';
import type { TimelineEntry } from '../../../../src/core/incident/timeline';
import { draftUpdate, updateComment } from '../../../../src/core/incident/updateText';
import { readWebhookAddress, webhookMessage } from '../../../../src/core/incident/webhook';
import { inertText } from '../../../../src/core/markup/inertText';
import { readMilestone } from '../../../../src/core/markup/milestone';
import { propertyRuns } from '../../../support/propertyRuns';
import { anyLine, sampleChecklist, step } from '../../../support/sampleChecklist';

const at = (time: string): string => `2026-11-24T${time}:00Z`;

const timeline: readonly TimelineEntry[] = [
  { kind: "opened", at: at("09:00"), by: "ana" },
  { kind: "commented", at: at("09:05"), by: "kim", text: "Our customers are angry!" },
  { kind: "milestone", milestone: "acknowledged", at: at("09:10"), by: "ana", text: "Acknowledged" },
  { kind: "milestone", milestone: "lead", at: at("09:11"), by: "ana", text: "ana leads", login: "ana" },
  { kind: "milestone", milestone: "note", at: at("09:20"), by: "ben", text: "The **cache** is stale, says @everyone\n\nhidden details" },
  { kind: "decided", at: at("09:30"), by: "ben", text: "Is the database reachable?", option: "Yes" },
  { kind: "stepSkipped", at: at("09:31"), by: "ben", text: "Restart the database", reason: "it is healthy" },
  { kind: "milestone", milestone: "mitigated", at: at("09:40"), by: "ana", text: "Rolled back the release." },
  { kind: "stepDone", at: at("09:41"), by: "ana", text: "Check the `queue`" },
];

const checklist = sampleChecklist([step("a", { text: "Clear the cache", given: { login: "ben", at: at("09:41") } }), step("b", { text: "Measure" })]);

const input = {
  issue: { ref: { repository: "acme/live", number: 7 } },
  facts: { kind: "incident", name: "Portal down", services: ["Portal"], checklists: [checklist] },
  state: { phase: "mitigated" as const, environments: ["Production"] },
  timeline,
  now: at("10:00"),
  timezone: "Europe/London",
  internal: true,
};

describe("The draft of an update", () => {
  it("describes what happened, what was ruled out, and what is next", () => {
    assert.equal(draftUpdate({ ...input, next: at("11:00") }), `Incident #7: Portal down

Status: mitigated. The impact has stopped. We are working on the cause.
Affected: Portal, Production

What happened:
- 09:10 Acknowledged
- 09:20 The cache is stale, says everyone
- 09:40 Mitigated: Rolled back the release.
- 09:41 Done: Check the queue

Ruled out or decided:
- Is the database reachable? Yes
- Restart the database: it is healthy

Next steps:
- Clear the cache (ben)
- Measure

Next update: 11:00 (Europe/London)`);
  });
  it("contains steps and decisions of checklists only for internal audiences", () => {
    const text = draftUpdate({ ...input, internal: false });
    assert.match(text, /What happened:\n- 09:10 Acknowledged\n- 09:20 The cache is stale, says everyone\n- 09:40 Mitigated: Rolled back the release\.\n\nNext update/);
    assert.doesNotMatch(text, /queue|Clear the cache|reachable|healthy|ben/);
    assert.match(draftUpdate({ ...input, internal: false, since: at("09:40") }), /Nothing new since the last update/);
  });
  for (const [said, steps, rest] of [
    ["Next: restart the `proxy`", ["restart the proxy"], undefined],
    ["**Next step:** call the vendor\n\nThey have an outage.", ["call the vendor"], "They have an outage."],
    ["The proxy was slow.\n\nNext steps:\n\n- restart it\n* measure\n\nMore words.", ["restart it", "measure"], "The proxy was slow."],
    ["Found it.\n\n- [x] look\n- [ ] mend it\n- [ ] test\n- [ ] one\n- [ ] two", ["mend it", "test", "one"], "Found it."],
    ["Next Friday it is over: nothing to do", [], "Next Friday it is over: nothing to do"],
    ["```\nNext: rm -rf\n```", [], undefined],
  ] as const) {
    it(`has the next steps that somebody wrote: ${JSON.stringify(said)}`, () => {
      const note = (time: string, text: string): TimelineEntry => ({ kind: "milestone", milestone: "note", at: at(time), by: "ben", text });
      const draft = draftUpdate({ ...input, internal: false, timeline: [note("09:20", said)] });
      assert.deepEqual(/Next steps:\n((?:- .*\n)*)/.exec(draft)?.[1]?.trim().split("\n").map((step) => step.slice(2)) ?? [], steps);
      assert.equal(/- 09:20 (.*)/.exec(draft)?.[1], rest);
    });
  }
  it("has the next steps of the latest entry that names any, also before the last update", () => {
    const note = (time: string, text: string): TimelineEntry => ({ kind: "milestone", milestone: "note", at: at(time), by: "ben", text });
    const comment: TimelineEntry = { kind: "commented", at: at("09:50"), by: "eve", text: "Next: pay everybody" };
    const draft = draftUpdate({ ...input, internal: false, since: at("09:45"), timeline: [note("09:20", "Next: one"), note("09:40", "Next: two"), note("09:42", "Measured."), comment] });
    assert.match(draft, /Nothing new since the last update\.\n\nNext steps:\n- two\n\nNext update/);
  });
  it("contains only what is new to its audience", () => {
    const text = draftUpdate({ ...input, since: at("09:35") });
    assert.match(text, /New since the last update \(09:35\):\n- 09:40 Mitigated/);
    assert.doesNotMatch(text, /09:20|Ruled out/);
    assert.match(text, /Next update: as soon as there is news$/);
  });
  it("keeps a list that a line introduces, as one line", () => {
    const text = "Priority: high. These criteria apply:\n\n- A service is down\n* A team cannot work\n\nMore words.";
    const draft = draftUpdate({ ...input, timeline: [{ kind: "milestone", milestone: "note", at: at("09:20"), by: "ben", text }] });
    assert.ok(draft.includes("\n- 09:20 Priority: high. These criteria apply: A service is down; A team cannot work\n"), draft);
  });
  it("says that nothing is new", () => assert.match(draftUpdate({ ...input, since: at("09:50"), next: "2026-11-25T09:00:00Z" }), /\n\nNothing new since the last update\.\n\n[^]*Next update: 2026-11-25 09:00 \(Europe\/London\)$/));
  it("is the last one once the incident is resolved, without next steps", () => {
    const text = draftUpdate({ ...input, since: at("09:50"), state: { ...input.state, phase: "resolved", resolution: "Fixed" } });
    assert.match(text, /Status: resolved\. Fixed\n/);
    assert.doesNotMatch(text, /Next/);
    assert.match(text, /This is the last update\.$/);
  });
  it("stays short, with the latest entries", () => {
    const many = Array.from({ length: 40 }, (_, index): TimelineEntry => ({ kind: "milestone", milestone: "note", at: at("09:20"), by: "ben", text: `Note ${index} ${"x".repeat(1000)}` }));
    const text = draftUpdate({ ...input, timeline: many });
    assert.match(text, /- \(32 earlier\)\n- 09:20 Note 32 /);
    assert.ok(text.length < 3000, String(text.length));
  });
  it("mentions nobody and hides nothing, whatever people wrote", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom("@everyone ", "<!channel>", "<@U1>", "@here", "@acme/team", "<!--", "-->", "```\n"), anyLine), { maxLength: 6 }), (parts) => {
        const note: TimelineEntry = { kind: "milestone", milestone: "note", at: at("09:20"), by: "ben", text: parts.join("") };
        const text = draftUpdate({ ...input, facts: { ...input.facts, name: parts.join("") }, timeline: [note] });
        assert.doesNotMatch(text, /(?<![\p{L}\p{N}_])@[\p{L}\p{N}_]/u);
        const comment = updateComment(parts.join(""), { audience: "users", means: [] });
        assert.equal(readMilestone(comment)?.audience, "users");
        assert.doesNotMatch(readMilestone(comment)?.markdown ?? "", /(?<![\p{L}\p{N}_])@[\p{L}\p{N}_]|<[!@#]/u);
      }),
      { numRuns: propertyRuns(500) },
    );
  });
});

describe("An update that is sent", () => {
  it("records its audience, how it was received, and the promise", () => {
    const comment = readMilestone(updateComment("Down.\n", { audience: "support team", means: ["webhook", "mail"], next: at("11:00") }));
    assert.deepEqual(comment, { milestone: "update", audience: "support team", next: at("11:00"), markdown: "**Update for support team** (webhook, email)\n\nDown." });
    assert.equal(readMilestone(updateComment("Down.", { means: [] }))?.markdown, "**Update**\n\nDown.");
  });
  it("keeps email addresses, and looks as it was typed", () => {
    assert.equal(inertText("ops@acme.example"), "ops@acme.example");
    assert.equal(inertText("@ana: a < b <!here>").replaceAll("\u2060", ""), "@ana: a < b <!here>");
  });
  it("is escaped for webhooks", () => assert.match(webhookMessage("a < b & c > d"), /"a &lt; b &amp; c &gt; d"/));
});

describe("The address of a webhook", () => {
  for (const [typed, expected] of [
    [" https://hooks.slack.com/services/T0/B0/x ", "https://hooks.slack.com/services/T0/B0/x"],
    ["HTTPS://Chat.Acme.Example:8443/hooks/Abc#x", "https://chat.acme.example:8443/hooks/Abc"],
    ["http://127.0.0.1:3000/x", "http://127.0.0.1:3000/x"],
    ["http://hooks.slack.com/services/T0", undefined],
    ["https://user:word@hooks.slack.com/x", undefined],
    ["hooks.slack.com/x", undefined],
    ["https://hooks.slack.com/a b", undefined],
    ["javascript:alert(1)", undefined],
    ["", undefined],
  ] as const) it(`${expected === undefined ? "is refused" : "is accepted"}: “${typed}”`, () => assert.equal(readWebhookAddress(typed), expected));
});

describe("The promised time of the next update", () => {
  const now = at("10:00");
  const read = (typed: string, from = now): string => {
    const result = promisedTime(typed, from, "Europe/London");
    return result.kind === "ok" ? result.value : result.failure;
  };
  for (const [typed, expected] of [
    ["15:00", at("15:00")],
    ["9:30", "2026-11-25T09:30:00Z"],
    ["10:00", "2026-11-25T10:00:00Z"],
    ["30m", at("10:30")],
    ["1d", "2026-11-25T10:00:00Z"],
    ["2026-11-25 09:00", "2026-11-25T09:00:00Z"],
    ["2026-07-01 09:00", "past"],
    ["2027-07-01 09:00", "2027-07-01T08:00:00Z"],
    ["2029-07-01 09:00", "unclear"],
    ["2026-02-30 09:00", "unclear"],
    ["25:00", "unclear"],
    ["soon", "unclear"],
    ["", "unclear"],
  ] as const) it(`is read from “${typed}”`, () => assert.equal(read(typed), expected));
  it("exists when the clocks change", () => assert.equal(read("01:30", "2026-03-28T23:00:00Z"), "2026-03-29T01:30:00Z"));
});
