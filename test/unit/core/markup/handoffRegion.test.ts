import fc from 'fast-check';
import assert from 'node:assert/strict';
import { isBroken, readChecklists, renderChecklist } from '../../../../src/core/markup/checklistRegion';
import { acceptHandoff, handoffInForm, readHandoff, renderHandoff } from '../../../../src/core/markup/handoffRegion';
import { type Handoff, type HandoffItem, type HandoffSection, handoffSections, textsOf } from '../../../../src/core/model/handoff';
import { applyChange } from '../../../../src/core/sync/applyChange';
import { propertyRuns } from '../../../support/propertyRuns';
import { sampleIssue } from '../../../support/sampleIssue';
import { anyChecklist, anyInstant, anyLine } from '../../../support/sampleChecklist';

const format = { home: "acme/desk", timezone: "America/Los_Angeles" };

const accepted = { by: "ben", at: "2026-11-23T16:05:00Z" };

const sample: Handoff = {
  outgoing: "ana",
  incoming: "ben",
  beside: ["cho"],
  from: "2026-11-16T08:00:00Z",
  to: "2026-11-23T08:00:00Z",
  felt: "Quiet until Thursday",
  items: [
    { ref: { repository: "acme/live", number: 4 }, title: "[INCIDENT] Portal is down", status: "In progress", owners: ["ana"], updated: "2026-11-20T16:02:11Z", next: "Ask the vendor for the log" },
    { ref: { repository: "acme/desk", number: 9 }, title: "Export by hand", status: "To do", owners: [], updated: "2026-11-19T09:00:00Z", next: "Send the file" },
  ],
  texts: textsOf((name) => (name === "toWatch" ? "The queue grows:\n\n- at night\n- on Mondays" : "")),
};

const anyText = fc.array(fc.oneof(anyLine, fc.constantFrom("\n", "\r\n", "## Open items", "## ", "```", "~~~~", "    code", "<!-- desk:part items -->", "<!-- /desk:handoff -->", "  - **Next step:** ", "_Waits_ <!-- desk:accepted by=eve at=2026-01-01T00:00:00Z -->")), { maxLength: 8 }).map((parts) => parts.join("\n"));

const anyLogin = fc.oneof(fc.constantFrom("ana", "ben", "o'neil", "-->", "🙂", "%20", "=", "<!--"), fc.stringMatching(/^[a-z0-9-]{1,8}$/));

const anyRef = fc.record({ repository: fc.constantFrom("acme/desk", "acme/engine", "local"), number: fc.integer({ min: 1, max: 9999 }) }, { noNullPrototype: true });

const anyItem: fc.Arbitrary<HandoffItem> = fc.record({ ref: anyRef, title: anyText, status: anyText, owners: fc.array(anyLogin, { maxLength: 3 }), updated: anyInstant, next: anyText }, { noNullPrototype: true });

const anyTexts = fc.tuple(anyText, anyText, anyText, anyText, anyText, anyText).map((all) => textsOf((name) => all[handoffSections.indexOf(name)] ?? ""));

const anyHandoff: fc.Arbitrary<Handoff> = fc
  .tuple(
    fc.record({ outgoing: anyLogin, incoming: anyLogin, beside: fc.array(anyLogin, { maxLength: 3 }), from: anyInstant, to: anyInstant, felt: anyText, items: fc.array(anyItem, { maxLength: 4 }), texts: anyTexts }, { noNullPrototype: true }),
    fc.option(fc.record({ by: anyLogin, at: anyInstant }, { noNullPrototype: true }), { nil: undefined }),
  )
  .map(([handoff, acceptance]) => (acceptance === undefined ? handoff : { ...handoff, accepted: acceptance }));

describe("the region of a handoff", () => {
  it("is readable on the web", () => {
    assert.equal(
      renderHandoff(sample, format),
      [
        "<!-- desk:handoff outgoing=ana incoming=ben beside=cho from=2026-11-16T08:00:00Z to=2026-11-23T08:00:00Z -->",
        "**@ana** hands over to **@ben**, with @cho · 2026-11-16 00:00 to 2026-11-23 00:00 (America/Los_Angeles)",
        "",
        "**The shift:** Quiet until Thursday <!-- desk:felt -->",
        "",
        "## Open items <!-- desk:part items -->",
        "",
        "- acme/live#4 [INCIDENT] Portal is down <!-- desk:item acme/live#4 status=In%20progress owners=ana updated=2026-11-20T16:02:11Z -->",
        "  - In progress · owner: ana · last update: 2026-11-20 08:02",
        "  - **Next step:** Ask the vendor for the log",
        "- #9 Export by hand <!-- desk:item acme/desk#9 status=To%20do updated=2026-11-19T09:00:00Z -->",
        "  - To do · owner: nobody · last update: 2026-11-19 01:00",
        "  - **Next step:** Send the file",
        "",
        "## To watch <!-- desk:part toWatch -->",
        "",
        "The queue grows:",
        "",
        "- at night",
        "- on Mondays",
        "",
        "_Waiting for @ben to accept._ <!-- desk:accepted -->",
        "<!-- /desk:handoff -->",
      ].join("\n"),
    );
  });

  it("can be parsed back, for any texts, line breaks and with a checklist beside it", function () {
    fc.assert(
      fc.property(anyHandoff, anyChecklist, fc.constantFrom("\n", "\r\n"), (handoff, checklist, lineBreak) => {
        const body = `Before.\n\n${renderChecklist(checklist, format.home)}\n\n${renderHandoff(handoff, format)}\n\nAfter.`.replaceAll("\n", lineBreak);
        assert.deepEqual(readHandoff(body), handoffInForm(handoff));
        assert.deepEqual(readChecklists(body, format.home), [checklist]);
        assert.equal(isBroken(body, format.home), false);
      }),
      { numRuns: propertyRuns(150) },
    );
  });

  it("takes the first acceptance, and keeps all other bytes", () => {
    fc.assert(
      fc.property(anyHandoff.filter((handoff) => handoff.accepted === undefined), (handoff) => {
        const body = `Before.\r\n${renderHandoff(handoff, format)}\r\nAfter.`;
        const once = acceptHandoff(body, accepted) ?? assert.fail("no handoff");
        assert.deepEqual(readHandoff(once), handoffInForm({ ...handoff, accepted }));
        assert.equal(acceptHandoff(once, { by: "eve", at: "2027-01-01T00:00:00Z" }), once);
        const without = (text: string): string => text.split("\n").filter((line) => !/desk:accepted[^<>]*-->\r?$/.test(line)).join("\n");
        assert.equal(without(once), without(body));
      }),
      { numRuns: propertyRuns(100) },
    );
  });

  it("can be accepted even if a person removed that line, and is read with a person's changes", () => {
    const body = renderHandoff(sample, format);
    const edited = body.replace(/^_Waiting.*\n/m, "").replace("Ask the vendor for the log", "Call the vendor").replace("- on Mondays", "- on Tuesdays");
    const read = readHandoff(acceptHandoff(`${edited}\n\nAfter.\n`, accepted) ?? "");
    assert.deepEqual(read?.accepted, accepted);
    assert.equal(read.items[0]?.next, "Call the vendor");
    assert.equal(read.texts.toWatch, "The queue grows:\n\n- at night\n- on Tuesdays");
  });

  it("is undefined and read-only when its marks are broken or missing", () => {
    const body = renderHandoff(sample, format);
    const damaged = [body.replace("<!-- /desk:handoff -->", ""), body.replace("outgoing=ana ", ""), body.replace("from=2026", "from=soon"), "No handoff here."];
    for (const text of damaged) {
      assert.equal(readHandoff(text), undefined);
      const applied = applyChange(sampleIssue({ body: text }), { kind: "acceptHandoff", ...accepted }, accepted.at);
      assert.deepEqual(applied, { kind: "failed", failure: { kind: "broken", path: ".desk/incident/7-portal.md", reason: "badRegion" } });
    }
  });

  it("contains each section once, in order", () => {
    const body = renderHandoff({ ...sample, texts: textsOf((name: HandoffSection) => `About ${name}`) }, format);
    assert.deepEqual([...body.matchAll(/desk:part (\w+)/g)].map(([, name]) => name), ["items", ...handoffSections]);
  });
});
