import assert from "node:assert/strict";
import fc from "fast-check";
import { applyChange } from "../../../../src/core/issue/applyChange";
import { appendRun, isBroken, readRuns, renderRun, replaceRun } from "../../../../src/core/issue/runRegion";
import { markStep } from "../../../../src/core/runbook/marking";
import type { Run } from "../../../../src/core/runbook/run";
import { propertyRuns } from "../../../support/propertyRuns";
import { anyLine, anyRun, sampleRun, step } from "../../../support/sampleRun";
import { sampleIssue } from "../../../support/sampleIssue";

const home = "acme/desk";
const at = "2026-11-20T16:04:40Z";
const anyBody = fc.array(fc.oneof(anyLine, fc.constantFrom("\r\n", "\n", "\r", "  ", "```", "<!-- note -->")), { maxLength: 8 }).map((parts) => parts.join("")).filter((body) => !body.includes("desk:"));

function marked(run: Run, id: string): Run {
  const done = markStep(run, id, { kind: "done", by: "ana", at });
  assert.ok(done);
  return done;
}

describe("the region of a run", () => {
  it("gives back the run it was rendered from, whatever its texts hold", function () {
    fc.assert(fc.property(anyRun, (run) => assert.deepEqual(readRuns(renderRun(run, home), home), [run])), { numRuns: propertyRuns(300) });
  });

  it("gives back a step of 10,000 characters", () => {
    const run = sampleRun([step("a", { text: "👩‍🚒-->`#12 <!-- ".repeat(1000) })]);
    assert.deepEqual(readRuns(renderRun(run, home), home), [run]);
  });

  it("collapses line breaks, so that no text can begin a line of its own", () => {
    const run = sampleRun([step("a", { text: "one\r\n<!-- /desk:run -->\n two" })]);
    const [read] = readRuns(renderRun(run, home), home);
    assert.deepEqual(read?.items, [step("a", { text: "one <!-- /desk:run --> two" })]);
  });

  it("reads as the format says", () => {
    const run = sampleRun([
      { kind: "section", id: "s1", title: "Gate: ready", gate: true },
      step("a1", { text: "Acknowledge to the reporter", mark: { kind: "done", by: "ana", at } }),
      step("b2", { text: "Search for a known issue", depth: 1 }),
      step("c3", { text: "Ask for someone on site", mark: { kind: "skipped", reason: "not restricted", by: "ana", at } }),
      step("d4", { text: "Create [ISSUE]", links: [{ repository: "acme/engine", number: 812 }, { repository: home, number: 4 }] }),
    ]);
    assert.equal(
      renderRun(run, home, { runbookUrl: "https://github.com/acme/desk/blob/1c9e/runbooks/incident.md" }),
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

  it("leaves every byte around it, in any line breaks, when it is added and when it changes", () => {
    fc.assert(
      fc.property(anyBody, anyBody, (before, after) => {
        const run = sampleRun([step("a"), step("b")]);
        const body = appendRun(before, run, home);
        assert.ok(body.startsWith(before));
        const whole = `${body}${after}`;
        const changed = replaceRun(whole, marked(run, "b"), home);
        assert.notEqual(changed, whole);
        assert.ok(changed.startsWith(before) && changed.endsWith(after));
        assert.deepEqual(readRuns(changed, home), [marked(run, "b")]);
      }),
    );
  });

  it("changes only the line of the step, and keeps what a person wrote between the steps", () => {
    const body = appendRun("Mail  \r\nno end", sampleRun([step("a"), step("b")]), home).replace("- [ ] Do a", "a note\r\n\r\n* [ ] Do a, *really*");
    const [run] = readRuns(body, home);
    assert.ok(run);
    const changed = replaceRun(body, marked(run, "a"), home);
    assert.equal(changed, body.replace("* [ ] Do a, *really* <!-- desk:step a -->", `* [x] Do a, *really* <!-- desk:step a by=ana at=${at} -->`));
  });

  it("counts a box that a person changed, without naming somebody for it", () => {
    const run = marked(sampleRun([step("a"), step("b"), step("c", { mark: { kind: "skipped", reason: "no need", by: "ben", at } })]), "a");
    const byHand = renderRun(run, home).replace("[x] Do a", "[ ] Do a").replace("[ ] Do b", "[X] Do b").replace("[x] ~~Do c", "[ ] ~~Do c");
    const [read] = readRuns(byHand, home);
    assert.deepEqual(read?.items, [
      step("a", { mark: { kind: "open" }, overrode: at }),
      step("b", { mark: { kind: "done" } }),
      step("c", { mark: { kind: "open" }, overrode: at }),
    ]);
  });

  it("keeps several runs on one body apart", () => {
    const [one, two] = [sampleRun([step("a")], "r1"), sampleRun([step("a")], "r2")];
    const body = appendRun(appendRun("", one, home), two, home);
    const changed = replaceRun(body, marked(two, "a"), home);
    assert.deepEqual(readRuns(changed, home), [one, marked(two, "a")]);
  });

  for (const [what, breakIt] of [
    ["lacks its end mark", (body: string) => body.replace("<!-- /desk:run -->\n", "")],
    ["lacks its opening mark", (body: string) => body.replace(/<!-- desk:run .*\n/, "")],
    ["has a garbled opening mark", (body: string) => body.replace(" by=ana -->", "")],
    ["has a garbled step", (body: string) => body.replace("desk:step a -->", "desk:step a")],
    ["has a step without its bullet", (body: string) => body.replace("- [ ] Do a", "Do a")],
    ["begins inside another", (body: string) => `${body.replace("<!-- /desk:run -->\n", "")}${body}`],
  ] as const) {
    it(`is told as broken and not written when it ${what}`, () => {
      const body = breakIt(appendRun("Mail", sampleRun([step("a"), step("b")]), home));
      assert.ok(isBroken(body, home));
      const result = applyChange(sampleIssue({ body }), { kind: "markStep", run: "run1", step: "b", mark: { kind: "done", at } }, at);
      assert.deepEqual(result, { kind: "failed", failure: { kind: "broken", path: ".desk/incident/7-portal.md", reason: "badRegion" } });
    });
  }

  it("is not told as broken when a person only speaks of it", () => {
    assert.equal(isBroken("see the `<!-- desk:run` mark\n> <!-- desk:run -->", home), false);
  });
});
