import fc from 'fast-check';
import assert from 'node:assert/strict';
import { markStep } from '../../../../src/core/checklist/marking';
import { appendChecklist, isBroken, readChecklists, renderChecklist, replaceChecklist } from '../../../../src/core/markup/checklistRegion';
import type { Checklist } from '../../../../src/core/model/checklist';
import { applyChange } from '../../../../src/core/sync/applyChange';
import { propertyRuns } from '../../../support/propertyRuns';
import { sampleIssue } from '../../../support/sampleIssue';
import { anyChecklist, anyLine, sampleChecklist, step } from '../../../support/sampleChecklist';

const home = "acme/desk";

const at = "2026-11-20T16:04:40Z";

const anyBody = fc.array(fc.oneof(anyLine, fc.constantFrom("\r\n", "\n", "\r", "  ", "```", "<!-- note -->")), { maxLength: 8 }).map((parts) => parts.join("")).filter((body) => !body.includes("desk:"));

function marked(checklist: Checklist, id: string): Checklist {
  const done = markStep(checklist, id, { kind: "done", by: "ana", at });
  assert.ok(done);
  return done;
}

describe("the region of a checklist", () => {
  it("can be parsed back to the checklist, whatever its texts are", function () {
    fc.assert(fc.property(anyChecklist, (checklist) => assert.deepEqual(readChecklists(renderChecklist(checklist, home), home), [checklist])), { numRuns: propertyRuns(300) });
  });

  it("can contain a step of 10,000 characters", () => {
    const checklist = sampleChecklist([step("a", { text: "👩‍🚒-->`#12 <!-- ".repeat(1000) })]);
    assert.deepEqual(readChecklists(renderChecklist(checklist, home), home), [checklist]);
  });

  it("removes line breaks, so that no text can start a line of its own", () => {
    const checklist = sampleChecklist([step("a", { text: "one\r\n<!-- /desk:run -->\n two" })]);
    const [read] = readChecklists(renderChecklist(checklist, home), home);
    assert.deepEqual(read?.items, [step("a", { text: "one <!-- /desk:run --> two" })]);
  });

  it("follows the documented format", () => {
    const checklist = sampleChecklist([
      { kind: "section", id: "s1", title: "Gate: ready", gate: true },
      step("a1", { text: "Acknowledge to the reporter", mark: { kind: "done", by: "ana", at } }),
      step("b2", { text: "Search for a known issue", depth: 1 }),
      step("c3", { text: "Ask for someone on site", mark: { kind: "skipped", reason: "not restricted", by: "ana", at } }),
      step("d4", { text: "Create [ISSUE]", links: [{ repository: "acme/engine", number: 812 }, { repository: home, number: 4 }] }),
    ]);
    assert.equal(
      renderChecklist(checklist, home, { runbookUrl: "https://github.com/acme/desk/blob/1c9e/runbooks/incident.md" }),
      [
        "<!-- desk:run id=run1 runbook=runbooks/incident.md revision=1c9e started=2026-11-20T16:02:11Z by=ana -->",
        "### Incident response · [runbook](https://github.com/acme/desk/blob/1c9e/runbooks/incident.md)",
        "#### Gate: ready <!-- desk:section s1 gate -->",
        "- [x] Acknowledge to the reporter <!-- desk:step a1 by=ana at=2026-11-20T16:04:40Z -->",
        "  - [ ] Search for a known issue <!-- desk:step b2 -->",
        "- [x] ~~Ask for someone on site~~ skipped: not restricted <!-- desk:step c3 skipped by=ana at=2026-11-20T16:04:40Z -->",
        "- [ ] Create [ISSUE] acme/engine#812 #4 <!-- desk:step d4 links=acme/engine#812%20acme/desk#4 -->",
        "<!-- /desk:run -->",
      ].join("\n"),
    );
  });

  it("keeps every byte around it, with any line breaks, when added and changed", () => {
    fc.assert(
      fc.property(anyBody, anyBody, (before, after) => {
        const checklist = sampleChecklist([step("a"), step("b")]);
        const body = appendChecklist(before, checklist, home);
        assert.ok(body.startsWith(before));
        const whole = `${body}${after}`;
        const changed = replaceChecklist(whole, marked(checklist, "b"), home);
        assert.notEqual(changed, whole);
        assert.ok(changed.startsWith(before) && changed.endsWith(after));
        assert.deepEqual(readChecklists(changed, home), [marked(checklist, "b")]);
      }),
    );
  });

  it("changes only the line of the step, and keeps a person's lines between the steps", () => {
    const body = appendChecklist("Mail  \r\nno end", sampleChecklist([step("a"), step("b")]), home).replace("- [ ] Do a", "a note\r\n\r\n* [ ] Do a, *really*");
    const [checklist] = readChecklists(body, home);
    assert.ok(checklist);
    const changed = replaceChecklist(body, marked(checklist, "a"), home);
    assert.equal(changed, body.replace("* [ ] Do a, *really* <!-- desk:step a -->", `* [x] Do a, *really* <!-- desk:step a by=ana at=${at} -->`));
  });

  it("counts a checkbox that a person changed, without an author", () => {
    const checklist = marked(sampleChecklist([step("a"), step("b"), step("c", { mark: { kind: "skipped", reason: "no need", by: "ben", at } })]), "a");
    const byHand = renderChecklist(checklist, home).replace("[x] Do a", "[ ] Do a").replace("[ ] Do b", "[X] Do b").replace("[x] ~~Do c", "[ ] ~~Do c");
    const [read] = readChecklists(byHand, home);
    assert.deepEqual(read?.items, [
      step("a", { mark: { kind: "open" }, overrode: at }),
      step("b", { mark: { kind: "done" } }),
      step("c", { mark: { kind: "open" }, overrode: at }),
    ]);
  });

  it("keeps several checklists in one body separate", () => {
    const [one, two] = [sampleChecklist([step("a")], "r1"), sampleChecklist([step("a")], "r2")];
    const body = appendChecklist(appendChecklist("", one, home), two, home);
    const changed = replaceChecklist(body, marked(two, "a"), home);
    assert.deepEqual(readChecklists(changed, home), [one, marked(two, "a")]);
  });

  for (const [what, breakIt] of [
    ["lacks its end mark", (body: string) => body.replace("<!-- /desk:run -->\n", "")],
    ["lacks its opening mark", (body: string) => body.replace(/<!-- desk:run .*\n/, "")],
    ["has a garbled opening mark", (body: string) => body.replace(" by=ana -->", "")],
    ["has a garbled step", (body: string) => body.replace("desk:step a -->", "desk:step a")],
    ["has a step without its bullet", (body: string) => body.replace("- [ ] Do a", "Do a")],
    ["begins inside another", (body: string) => `${body.replace("<!-- /desk:run -->\n", "")}${body}`],
  ] as const) {
    it(`is reported as broken and not written when it ${what}`, () => {
      const body = breakIt(appendChecklist("Mail", sampleChecklist([step("a"), step("b")]), home));
      assert.ok(isBroken(body, home));
      const result = applyChange(sampleIssue({ body }), { kind: "markStep", run: "run1", step: "b", mark: { kind: "done", at } }, at);
      assert.deepEqual(result, { kind: "failed", failure: { kind: "broken", path: ".desk/incident/7-portal.md", reason: "badRegion" } });
    });
  }

  it("is not reported as broken when a person only mentions it", () => {
    assert.equal(isBroken("see the `<!-- desk:run` mark\n> <!-- desk:run -->", home), false);
  });
});
