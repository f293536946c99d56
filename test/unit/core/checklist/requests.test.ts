import fc from "fast-check";
import assert from "node:assert/strict";
import { resolveDecisions } from "../../../../src/core/checklist/decision";
import { blockingGate, openSteps, progress } from "../../../../src/core/checklist/marking";
import { mergeChecklists } from "../../../../src/core/checklist/mergeChecklists";
import { missingAt } from "../../../../src/core/checklist/requests";
import { stepStates } from "../../../../src/core/checklist/stepStates";
import { lastValues, readableMarkdown, readableText, setValues, variablesOf } from "../../../../src/core/checklist/values";
import { readChecklists, renderChecklist, replaceChecklist } from "../../../../src/core/markup/checklistRegion";
import type { Checklist, FieldValue, StepMark } from "../../../../src/core/model/checklist";
import { applyChange } from "../../../../src/core/sync/applyChange";
import { cpuTime } from "../../../support/cpuTime";
import { propertyRuns } from "../../../support/propertyRuns";
import { anyChecklist, anyValue, sampleChecklist, step } from "../../../support/sampleChecklist";
import { sampleIssue } from "../../../support/sampleIssue";

const home = "acme/desk";

const at = "2026-11-20T17:00:00Z";

const done = (by?: string): StepMark => ({ kind: "done", ...(by === undefined ? {} : { by, at }) });

const value = (name: string, text: string, by = "ana", when = at): FieldValue => ({ name, value: text, at: when, by });

const gate = (...steps: readonly ReturnType<typeof step>[]): Checklist =>
  sampleChecklist([{ kind: "section", id: "g", title: "Gate: QA", gate: true }, ...steps, { kind: "section", id: "r", title: "Release", gate: false }, step("release")]);

const must = <T>(found: T | undefined): T => found ?? assert.fail();

const missing = (checklist: Checklist, id: string): readonly string[] => {
  const found = checklist.items.find((item) => item.id === id);
  return found?.kind === "step" ? missingAt(checklist, found).map(({ kind }) => kind) : [];
};

describe("a step that needs an approval", () => {
  const text = "Accept it (approval by @ana or @qa)";

  it("counts as done only if one of the named people did it, and not if it was ticked by hand", () => {
    for (const [by, isOpen] of [["ana", false], ["QA", false], ["ben", true], [undefined, true]] as const) {
      const checklist = gate(step("a", { text, mark: done(by) }));
      assert.deepEqual([openSteps(checklist).some(({ id }) => id === "a"), blockingGate(checklist)?.id, progress(checklist)], [isOpen, isOpen ? "g" : undefined, { done: isOpen ? 0 : 1, total: 2 }], by);
      assert.equal(stepStates(checklist).get("a")?.kind, isOpen ? "current" : "done");
    }
  });

  it("cannot be skipped by anybody else, but is left with its option", () => {
    assert.deepEqual(missing(gate(step("a", { text, mark: { kind: "skipped", reason: "no time", by: "ben", at } })), "a"), ["approval"]);
    assert.deepEqual(missing(gate(step("a", { text, mark: { kind: "skipped", reason: "not chosen", by: "ben", at } })), "a"), []);
  });

  it("is not changed by the tick of somebody else, who is told who can; anybody can open it again", () => {
    const issue = { ...sampleIssue(), body: renderChecklist(gate(step("a", { text })), home) };
    const tick = (by: string, kind: "done" | "open" = "done") => applyChange(issue, { kind: "markStep", run: "run1", step: "a", mark: { kind, by, at } }, at);
    assert.deepEqual(tick("ben"), { kind: "failed", failure: { kind: "notApprover", ref: issue.ref, step: "Accept it", approvers: ["ana", "qa"] } });
    assert.equal(tick("Ana").kind, "ok");
    assert.equal(tick("ben", "open").kind, "ok");
  });

  it("can be a decision, or one of its options only", () => {
    const decision = (question: string, option: string, mark: StepMark, chosen: string): Checklist =>
      resolveDecisions(sampleChecklist([step("d", { part: "decision", text: question, mark, chosen }), step("yes", { part: "option", depth: 1, text: option }), step("no", { part: "option", depth: 1, text: "No: continue" })]));
    assert.deepEqual(missing(decision("False alarm? (approval by @qa)", "Yes: continue", done("ben"), "no"), "d"), ["approval"]);
    assert.deepEqual(missing(decision("False alarm? (approval by @qa)", "Yes: continue", done("qa"), "no"), "d"), []);
    assert.deepEqual(missing(decision("Private?", "Yes: use it (approval by @qa)", done("ben"), "yes"), "d"), ["approval"]);
    assert.deepEqual(missing(decision("Private?", "Yes: use it (approval by @qa)", done("ben"), "no"), "d"), []);
    const byHand = sampleChecklist([step("d", { part: "decision", text: "Private? (approval by @qa)" }), step("yes", { part: "option", depth: 1, mark: done() }), step("no", { part: "option", depth: 1 })]);
    assert.deepEqual([missing(byHand, "d"), openSteps(byHand).map(({ id }) => id)], [["approval"], ["d"]]);
    const issue = { ...sampleIssue(), body: renderChecklist(decision("Private?", "Yes: use it (approval by @qa)", { kind: "open" }, ""), home) };
    const choosing = (option: string) => applyChange(issue, { kind: "choose", run: "run1", option, mark: done("ben") }, at).kind;
    assert.deepEqual([choosing("yes"), choosing("no")], ["failed", "ok"]);
  });
});

describe("a step that needs a comment", () => {
  it("counts as done when the comment is kept at it, and not if it was ticked without one", () => {
    const text = "Hand it over (comment required)";
    assert.deepEqual(missing(gate(step("a", { text, mark: done() })), "a"), ["comment"]);
    assert.deepEqual(missing(gate(step("a", { text, mark: done("ben"), evidence: [{ kind: "link", value: "https://example.org" }] })), "a"), ["comment"]);
    const issue = { ...sampleIssue(), body: renderChecklist(gate(step("a", { text })), home) };
    const ticked = applyChange(issue, { kind: "markStep", run: "run1", step: "a", mark: done("ben"), comment: "Done.\nZero downtime." }, at);
    const [read] = ticked.kind === "ok" ? readChecklists(ticked.value.body, home) : [];
    assert.deepEqual([missing(must(read), "a"), blockingGate(must(read))], [[], undefined]);
  });
});

describe("the values of a checklist", () => {
  const text = "Set up {{project}} in {{location: Cloud | Crystal}}, see {{see?: link}}";

  it("are needed where a step requires them, once for all steps, and must have the type of the field", () => {
    const checklist = (...values: readonly FieldValue[]): Checklist => setValues(sampleChecklist([step("a", { text, mark: done("ben") }), step("b", { text: "Tell {{project}}", mark: done("ben") })]), values);
    assert.deepEqual([missing(checklist(), "a"), missing(checklist(), "b")], [["values"], ["values"]]);
    const filled = checklist(value("project", "Acme"), value("location", "Crystal"));
    assert.deepEqual([missing(filled, "a"), missing(filled, "b"), progress(filled).done], [[], [], 2]);
    assert.deepEqual(missing(checklist(value("project", "Acme"), value("location", "Moon")), "a"), ["values"]);
    assert.deepEqual(missing(setValues(filled, [value("project", "", "ben", "2026-11-20T18:00:00Z")]), "b"), ["values"]);
    assert.deepEqual(variablesOf([filled]), { location: "Crystal", project: "Acme" });
  });

  it("are readable lines of the issue, with everything that was typed in the mark", () => {
    const checklist = setValues(sampleChecklist([step("a", { text })]), [value("project", "Acme | <!-- desk:step a -->\n- [x] no"), value("location", "Cloud", "ben")]);
    const body = renderChecklist(checklist, home);
    assert.ok(body.includes("\n* **location:** Cloud <!-- desk:value location value=Cloud at=2026-11-20T17:00:00Z by=ben -->\n* **project:** Acme | <\u2060!-- desk:step a --> - [x] no <!-- desk:value project value="), body);
    assert.deepEqual(readChecklists(body, home), [checklist]);
  });

  it("can be changed by hand on the web", () => {
    const checklist = setValues(sampleChecklist([step("a", { text })]), [value("project", "Acme\nShop")]);
    const [read] = readChecklists(renderChecklist(checklist, home).replace("Acme Shop", "Other"), home);
    assert.deepEqual(read?.values, [value("project", "Other", "")]);
    assert.deepEqual(readChecklists(renderChecklist(must(read), home), home), [read]);
    assert.deepEqual(must(mergeChecklists(checklist, must(read))).values, read?.values);
  });

  it("survive the way to the issue and back, and change only their own lines", () => {
    fc.assert(fc.property(anyChecklist, fc.array(anyValue, { maxLength: 3 }), (checklist, values) => {
      const body = `before\n\n${renderChecklist(checklist, home)}\n\nafter \n`;
      const changed = setValues(checklist, values);
      const written = replaceChecklist(body, changed, home);
      assert.deepEqual(readChecklists(written, home), [changed]);
      const others = (text: string): readonly string[] => text.split("\n").filter((line) => !line.includes("desk:value"));
      assert.deepEqual(others(written), others(body));
    }), { numRuns: propertyRuns(300) });
  });

  it("merge to the same result in any order: the last of each name", () => {
    fc.assert(fc.property(fc.array(anyValue, { maxLength: 6 }), fc.array(anyValue, { maxLength: 6 }), (mine, theirs) => {
      const base = sampleChecklist([step("a", { text })]);
      const [a, b] = [setValues(base, mine), setValues(base, theirs)];
      const expected = setValues(base, [...mine, ...theirs]);
      assert.deepEqual(mergeChecklists(a, b), expected);
      assert.deepEqual(mergeChecklists(b, a), expected);
      assert.deepEqual(lastValues([...theirs, ...mine]), expected.values ?? []);
    }), { numRuns: propertyRuns(500) });
  });

  it("are set by several people in any order, together with the mark", () => {
    const issue = { ...sampleIssue(), body: renderChecklist(sampleChecklist([step("a", { text })]), home) };
    const first = { kind: "markStep" as const, run: "run1", step: "a", mark: done("ana"), values: [value("project", "Acme"), value("location", "Cloud")] };
    const later = { kind: "setValues" as const, run: "run1", values: [value("project", "Other", "ben", "2026-11-20T17:00:01Z"), { ...value("x", "y"), name: "not\na name" }, { ...value("x", "y"), at: "" }] };
    const after = (...changes: readonly Parameters<typeof applyChange>[1][]) => readChecklists(changes.reduce((now, change) => { const applied = applyChange(now, change, at); return applied.kind === "ok" ? applied.value : assert.fail(); }, issue).body, home);
    assert.deepEqual(after(first, later), after(later, first));
    assert.deepEqual(after(first, later, first)[0]?.values, [value("location", "Cloud"), value("project", "Other", "ben", "2026-11-20T17:00:01Z")]);
  });
});

describe("a checklist of 5,000 steps that ask for something", () => {
  it("is counted without reading all steps for each of them", () => {
    const items = Array.from({ length: 5_000 }, (_, index) => step(`s${index}`, { text: `Fill in {{p${index % 50}}} (approval by @ana)`, mark: done("ana") }));
    const started = cpuTime();
    assert.equal(openSteps(sampleChecklist(items)).length, 5_000);
    assert.ok(cpuTime() - started < 2_000);
  });
});

describe("the readable text of a step", () => {
  it("has its values without formatting, and not what it asks for", () => {
    const checklist = setValues(sampleChecklist([step("a")]), [value("project", "Acme *shop*\n[x](y)")]);
    const text = "Set up {{project}} in {{location: Cloud | Crystal}} (approval by @ana, comment required)";
    assert.deepEqual([readableText(text, checklist), readableMarkdown(text, checklist)], ["Set up Acme *shop* [x](y) in location", "Set up Acme \\*shop\\* \\[x\\](y) in location"]);
  });
});
