import fc from 'fast-check';
import assert from 'node:assert/strict';
import { stepsOf } from '../../../../src/core/checklist/checklistSteps';
import { choose, markStep } from '../../../../src/core/checklist/marking';
import { ownMark, timedMarks } from '../../../../src/core/checklist/marks';
import { mergeChecklists } from '../../../../src/core/checklist/mergeChecklists';
import { freshChecklist, startChecklist } from '../../../../src/core/checklist/startChecklist';
import { updateFromRunbook } from '../../../../src/core/checklist/updateFromRunbook';
import { setValues } from '../../../../src/core/checklist/values';
import { readChecklists, renderChecklist, replaceChecklist, spaceChecklists } from '../../../../src/core/markup/checklistRegion';
import { readIssueFile, renderIssueFile, updateIssueFile } from '../../../../src/core/markup/issueFile';
import type { Checklist, FieldValue, StepMark } from '../../../../src/core/model/checklist';
import type { Issue } from '../../../../src/core/model/issue';
import type { IssueChange } from '../../../../src/core/model/issueChange';
import type { Runbook } from '../../../../src/core/model/runbook';
import { sectionRunbook } from '../../../../src/core/runbook/procedure';
import { applyChange } from '../../../../src/core/sync/applyChange';
import { propertyRuns } from '../../../support/propertyRuns';
import { runbookOf } from '../../../support/readText';
import { sampleIssue } from '../../../support/sampleIssue';
import { anyValue } from '../../../support/sampleChecklist';

const home = "acme/desk";

const time = (second: number): string => `2026-11-20T17:00:${String(second).padStart(2, "0")}Z`;

/** A node of a chart that leads on to the next one, and with an answer of its own to another one. */
interface Node {
  readonly id: string;
  readonly text: string;
  /** The index of the node that the other answer leads to, so that the node is a decision. */
  readonly back: number | undefined;
}

interface Chart {
  readonly heading: string;
  readonly nodes: readonly Node[];
  /** Decides the order of the lines. */
  readonly order: number;
}

const texts = ["Look at it", "Ask @primary", "Create [REQUEST]", "Fill in {{project}} and {{ticket: number}}", "Select {{location: Cloud | Own}}", "Deploy (approval by @ana or @ben)", "Pass it on (comment required)", "Is it done?", "Пиши #quot;да#quot;", "a | b; c --> d"];

const anyNodes: fc.Arbitrary<readonly Node[]> = fc
  .uniqueArray(fc.record({ id: fc.constantFrom("a", "b1", "c_c", "step-four", "Ende", "знак", "x.y", "7"), text: fc.constantFrom(...texts), back: fc.option(fc.nat(7), { nil: undefined }) }), { selector: ({ id }) => id, minLength: 2, maxLength: 8 });

const anyChart: fc.Arbitrary<Chart> = fc.record({ heading: fc.constant("Work"), nodes: anyNodes, order: fc.nat(50) });

/** The chart below its heading, in a handbook with another procedure. Nodes are defined in any order. */
function handbook({ heading, nodes, order }: Chart): Runbook {
  const shapes = nodes.map(({ id, text, back }) => (back === undefined ? `${id}["${text}"]` : `${id}{"${text}"}`));
  const edges = nodes.map(({ id, back }, index) => {
    const next = nodes[index + 1]?.id ?? "over([Over])";
    return back === undefined ? `${id} --> ${next}` : `${id} -- Yes --> ${next}\n  ${id} -. "No" .-> ${nodes[back % nodes.length]?.id ?? ""}`;
  });
  const lines = [...shapes, `go([Go]) --> ${nodes[0]?.id ?? ""}`, ...edges];
  const turned = lines.map((_, index) => lines[(index + order) % lines.length] ?? "");
  return runbookOf(["# Ours", "", `## ${heading}`, "", "```mermaid", "flowchart TD", ...turned.map((line) => `  ${line}`), "```", "", "## Other", "", "- [ ] Something else"]);
}

function procedure(chart: Chart): Runbook {
  const found = handbook(chart);
  return sectionRunbook(found, found.sections[1]?.slug ?? "") ?? assert.fail("The section is missing.");
}

const start = (chart: Chart): Checklist => startChecklist(procedure(chart), { id: "run1", startedAt: time(0), by: "ana", holders: { primary: "ana" } });

interface Act {
  readonly step: number;
  readonly kind: "done" | "open" | "skipped";
  readonly second: number;
  readonly by: string;
}

const anyAct: fc.Arbitrary<Act> = fc.record({ step: fc.nat(30), kind: fc.constantFrom("done", "done", "done", "open", "skipped"), second: fc.integer({ min: 1, max: 40 }), by: fc.constantFrom("ana", "ben") });

function markOf({ kind, second, by }: Act): StepMark {
  return kind === "skipped" ? { kind, reason: "no, because; |", by, at: time(second) } : { kind, by, at: time(second) };
}

/** The change that a person makes with a click on a step or an answer. */
function changeOf(checklist: Checklist, act: Act, values: readonly FieldValue[]): IssueChange {
  const steps = stepsOf(checklist);
  const step = steps[act.step % steps.length] ?? assert.fail("There is no step.");
  const answers = { ...(values.length === 0 ? {} : { values }), ...(act.second % 3 === 0 ? { comment: `Seen at ${act.second}` } : {}) };
  const mark = markOf(act);
  return step.part === "option" ? { kind: "choose", run: checklist.id, option: step.id, mark, ...answers } : { kind: "markStep", run: checklist.id, step: step.id, mark, ...answers };
}

function changed(issue: Issue, changes: readonly IssueChange[]): Issue {
  return changes.reduce((now, change) => {
    const applied = applyChange(now, change, time(50));
    return applied.kind === "ok" ? applied.value : now;
  }, issue);
}

function issueIn(file: string): Issue {
  const read = readIssueFile(".desk/incident/7-portal.md", 7, file);
  return read.kind === "ok" ? read.value.issue : assert.fail(read.failure);
}

const anyChanges = (checklist: Checklist): fc.Arbitrary<readonly IssueChange[]> =>
  fc.array(fc.tuple(anyAct, fc.array(anyValue, { maxLength: 2 })).map(([act, values]) => changeOf(checklist, act, values)), { maxLength: 14 });

const anyRun: fc.Arbitrary<{ readonly chart: Chart; readonly checklist: Checklist }> = anyChart.chain((chart) => {
  const checklist = start(chart);
  return fc.array(fc.tuple(anyAct, fc.array(anyValue, { maxLength: 1 })), { maxLength: 14 }).map((acts) => ({
    chart,
    checklist: acts.reduce((now, [act, values]) => {
      const steps = stepsOf(now);
      const step = steps[act.step % steps.length] ?? assert.fail("There is no step.");
      const marked = step.part === "option" ? choose(now, step.id, markOf(act)) : markStep(now, step.id, markOf(act));
      return setValues(marked ?? now, values);
    }, checklist),
  }));
});

describe("A run of a flowchart that a runbook draws", () => {
  it("has a step for each node, whatever the order of its lines", () => {
    fc.assert(fc.property(anyChart, (chart) => {
      const keys = stepsOf(start(chart)).filter(({ part }) => part !== "option").map(({ id }) => id.slice(id.indexOf(".") + 1));
      assert.deepEqual(keys.toSorted(), chart.nodes.map(({ id }) => id).toSorted());
    }), { numRuns: propertyRuns(300) });
  });

  it("comes back from the issue with passes, values, approvals and comments: from a text, a comment with other line breaks, and a file", () => {
    fc.assert(fc.property(anyRun, ({ checklist }) => {
      const text = `Before\n\n${renderChecklist(checklist, home)}\n\nAfter`;
      assert.deepEqual(readChecklists(text, home), [checklist]);
      assert.deepEqual(readChecklists(text.replaceAll("\n", "\r\n"), home), [checklist]);
      assert.deepEqual(readChecklists(spaceChecklists(text, home), home), [checklist]);
      const issue = sampleIssue({ body: text });
      assert.deepEqual(readChecklists(issueIn(renderIssueFile({ issue, key: "k" })).body, home), [checklist]);
    }), { numRuns: propertyRuns(200) });
  });

  it("is written into the file of its issue change by change, without a difference to writing it once", () => {
    fc.assert(fc.property(anyChart.chain((chart) => fc.tuple(fc.constant(start(chart)), anyChanges(start(chart)))), ([checklist, changes]) => {
      const issue = sampleIssue({ body: renderChecklist(checklist, home) });
      const once = readChecklists(changed(issue, changes).body, home);
      let text = renderIssueFile({ issue, key: "k" });
      for (const change of changes) {
        const before = issueIn(text);
        text = updateIssueFile(text, before, changed(before, [change]));
      }
      assert.deepEqual(readChecklists(issueIn(text).body, home), once);
    }), { numRuns: propertyRuns(100) });
  });

  it("is the same in whatever order two people's marks of different nodes arrive, and when their copies are merged", () => {
    const two = anyRun.chain(({ checklist }) => fc.tuple(fc.constant(checklist), anyAct, anyAct));
    fc.assert(fc.property(two, ([checklist, one, other]) => {
      const steps = stepsOf(checklist).length;
      fc.pre(one.step % steps !== other.step % steps);
      const [mine, theirs] = [changeOf(checklist, { ...one, by: "ana" }, []), changeOf(checklist, { ...other, by: "ben", second: one.second === other.second ? other.second + 1 : other.second }, [])];
      const issue = sampleIssue({ body: renderChecklist(checklist, home) });
      const read = (...changes: readonly IssueChange[]): Checklist => readChecklists(changed(issue, changes).body, home)[0] ?? assert.fail("The checklist is missing.");
      assert.deepEqual(read(mine, theirs), read(theirs, mine));
      assert.deepEqual(mergeChecklists(read(mine), read(theirs)), read(mine, theirs));
      assert.deepEqual(mergeChecklists(read(theirs), read(mine)), read(mine, theirs));
    }), { numRuns: propertyRuns(200) });
  });
});

type Edit = (chart: Chart) => Chart;

const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(fc.nat(7), fc.constantFrom(...texts, "Something new")).map(([at, text]): Edit => (chart) => ({ ...chart, nodes: chart.nodes.map((node, index) => (index === at ? { ...node, text } : node)) })),
  fc.nat(7).map((at): Edit => (chart) => (chart.nodes.length < 2 ? chart : { ...chart, nodes: chart.nodes.filter((_, index) => index !== at) })),
  fc.tuple(fc.nat(7), fc.constantFrom("new1", "new2")).map(([at, id]): Edit => (chart) => (chart.nodes.some((node) => node.id === id) ? chart : { ...chart, nodes: chart.nodes.toSpliced(at, 0, { id, text: `Also ${id}`, back: undefined }) })),
  fc.tuple(fc.nat(7), fc.option(fc.nat(7), { nil: undefined })).map(([at, back]): Edit => (chart) => ({ ...chart, nodes: chart.nodes.map((node, index) => (index === at ? { ...node, back } : node)) })),
  fc.nat(50).map((order): Edit => (chart) => ({ ...chart, order })),
  fc.constantFrom("Work", "Work in another way", "Arbeit").map((heading): Edit => (chart) => ({ ...chart, heading })),
);

describe("A run whose flowchart changes", () => {
  it("keeps all marks of the nodes that remain, and of others what was done or skipped, and does so once", () => {
    fc.assert(fc.property(anyRun, fc.array(anyEdit, { minLength: 1, maxLength: 5 }), ({ chart, checklist }, edits) => {
      const edited = edits.reduce((now, edit) => edit(now), chart);
      const updated = updateFromRunbook(checklist, freshChecklist(checklist, procedure(edited), { primary: "ana" }));
      const after = new Map(stepsOf(updated).map((step) => [nodeOf(step.id), step]));
      for (const step of stepsOf(checklist)) {
        if (step.part === "option" || !edited.nodes.some(({ id }) => id === nodeOf(step.id))) continue;
        const now = after.get(nodeOf(step.id)) ?? assert.fail(`The node ${step.id} is missing.`);
        const kept = timedMarks(now).map(({ mark }) => JSON.stringify(mark));
        for (const { mark } of timedMarks({ ...step, mark: ownMark(step) })) assert.ok(kept.includes(JSON.stringify(mark)) || JSON.stringify(ownMark(now)) === JSON.stringify(mark), `${step.id} lost ${JSON.stringify(mark)}: ${kept.join()}`);
      }
      const all = new Map(stepsOf(updated).flatMap((step) => [step.id, ...(step.formerly ?? [])].map((id) => [id, timedMarks(step).map(({ mark }) => JSON.stringify(mark))] as const)));
      for (const step of stepsOf(checklist)) {
        if (step.part === "option") continue;
        for (const { mark } of timedMarks(step)) if (mark.kind !== "open") assert.ok(all.get(step.id)?.includes(JSON.stringify(mark)), `${step.id} lost ${JSON.stringify(mark)}`);
      }
      assert.deepEqual(updateFromRunbook(updated, freshChecklist(updated, procedure(edited), { primary: "ana" })), updated);
      const body = renderChecklist(checklist, home);
      assert.deepEqual(readChecklists(replaceChecklist(body, updated, home), home), [updated]);
    }), { numRuns: propertyRuns(200) });
  });
});

/** The id of a node in its chart. */
function nodeOf(step: string): string {
  return step.slice(step.indexOf(".") + 1);
}
