import assert from 'node:assert/strict';
import { startChecklist } from '../../../../../src/core/checklist/startChecklist';
import type { Issue } from '../../../../../src/core/model/issue';
import type { PendingOperation } from '../../../../../src/core/model/operation';
import { shownChecklist } from '../../../../../src/host/panels/issue/issueState';
import { allSteps } from '../../../../../src/webview/issue/overlay';
import { sampleIssue } from '../../../../support/sampleIssue';
import { changed, checklistOf, desk, home, labels, mark, path, read, ref, started, stateOf, stepIn, text } from './issuePageStates';

describe("the checklist on the page of an issue", () => {
  it("shows sections, nested sub-steps, and the progress", () => {
    const run = checklistOf(stateOf([mark(started(), "Look at the board")]));
    assert.deepEqual(run.sections.map(({ title, gate, steps }) => [title, gate, steps.length]), [["Incident response", false, 1], ["Gate: ready", true, 2], ["Work", false, 4]]);
    assert.deepEqual(run.sections[1]?.steps[1]?.children.map(({ label }) => label), ["Tell everybody"]);
    assert.deepEqual([run.done, run.total], [1, 9]);
    assert.deepEqual(run.sections.map(({ done: settled }) => settled), [true, false, false]);
  });

  it("shows who marked a step and when, and why one was skipped", () => {
    const issue = mark(started(), "Acknowledge");
    const { mark: done } = stepIn(stateOf([issue]), "Acknowledge");
    assert.deepEqual(done, { kind: "done", by: "ben", at: "2026-11-20T16:03:00Z" });
    const skipped = changed(issue, { kind: "markStep", run: "run1", step: stepIn(stateOf([issue]), "Agree").id, mark: { kind: "skipped", reason: "alone", by: "ana", at: "2026-11-20T16:03:05Z" } });
    assert.deepEqual(stepIn(stateOf([skipped]), "Agree").mark, { kind: "skipped", reason: "alone", by: "ana", at: "2026-11-20T16:03:05Z" });
  });

  it("locks the steps after a gate, names the gate, and unlocks them when it is passed", () => {
    const issue = started();
    assert.equal(stepIn(stateOf([issue]), "Close the").locked, "locked <Gate: ready>");
    assert.equal(stepIn(stateOf([issue]), "Acknowledge").locked, undefined);
    const met = ["Acknowledge", "Agree", "Tell"].reduce((now, label) => mark(now, label), issue);
    assert.equal(stepIn(stateOf([met]), "Close the").locked, undefined);
  });

  it("offers to add evidence and to reject at a gate, and shows the evidence", () => {
    const evidence = { kind: "link", value: "https://ci.example/1" } as const;
    const issue = started(sampleIssue(), read(text.replace("- [ ] Look", "## First\n- [ ] Look")));
    const step = stepIn(stateOf([issue]), "Acknowledge to the reporter");
    assert.ok(labels(step).includes("addEvidence"));
    assert.ok(!labels(stepIn(stateOf([issue]), "Look at the board")).includes("addEvidence"));
    const state = stateOf([changed(issue, { kind: "showEvidence", run: "run1", step: step.id, add: [evidence], remove: [] })]);
    assert.deepEqual(stepIn(state, "Acknowledge to the reporter").evidence.map(({ text: words, open, remove }) => [words, open, remove?.action]), [
      [evidence.value, { kind: "openLink", href: evidence.value, runbook: path }, { kind: "removeEvidence", run: "run1", step: step.id, evidence }],
    ]);
    assert.deepEqual(checklistOf(state).sections.map(({ title, buttons }) => [title, buttons.map(({ action }) => action.kind)]), [["First", []], ["Gate: ready", ["rejectSection"]], ["Work", []]]);
  });

  it("offers the actions that a step names", () => {
    const state = stateOf([started()]);
    assert.deepEqual(labels(stepIn(state, "as needed")), ["create <REQUEST>", "create <ISSUE>", "createSet <2>", "linkExisting"]);
    const close = stepIn(state, "Close the").buttons[0];
    assert.deepEqual([close?.label, close?.action], ["closeOther <#7>", { kind: "close", ref }]);
    assert.deepEqual(stepIn(state, "Escalation").buttons.map(({ action }) => action), [{ kind: "startChecklist", runbook: "runbooks/escalation.md" }]);
    assert.deepEqual(labels(stepIn(state, "Look at")), []);
  });

  it("offers the sections that a step links to, the file for other fragments, and goes to a checklist that is started", () => {
    const runbook = read("- [ ] Either [at night](escalation.md#Night), [there](escalation.md#there) or [here](escalation.md#here)\n");
    const issue = started(sampleIssue(), runbook);
    const starts = (one: Issue): readonly unknown[] => stepIn(stateOf([one], { runbook, subject: { ref, run: "run1" } }), "Either").buttons.map(({ label, action }) => [label, action]);
    const night = ["startRunbook <At night>", { kind: "startChecklist", runbook: "runbooks/escalation.md#night" }];
    const file = ["startRunbook <Escalation>", { kind: "startChecklist", runbook: "runbooks/escalation.md" }];
    assert.deepEqual(starts(issue), [night, file]);
    const section = { ...read("- [ ] Call"), path: "runbooks/escalation.md#night", title: "At night" };
    assert.deepEqual(starts(started(issue, section, "run2")), [["goToRunbook <At night>", { kind: "showChecklist", run: "run2" }], file]);
  });

  it("comments on the linked issue of the kind that a step names, and offers nothing if there is none", () => {
    const other = sampleIssue({ ref: { repository: home, number: 9 }, title: "Slow", labels: [] });
    const issue = mark(started(), "Look at");
    assert.deepEqual(labels(stepIn(stateOf([issue, other]), "Update the")), []);
    const linked = changed(issue, { kind: "addLink", link: { kind: "child", other: other.ref } });
    assert.deepEqual(stepIn(stateOf([linked, other]), "Update the").buttons[0]?.action, { kind: "comment", ref: other.ref });
  });

  it("offers to create an issue from the template of a step, and not again from its text", () => {
    const runbook = read(`- [ ] Create an [ISSUE] for the page\n  \`\`\`issue\n  kind: issue\n  title: "Document {{topic}}"\n  ---\n  Text\n  \`\`\`\n`);
    const { buttons } = stepIn(stateOf([started(sampleIssue(), runbook)], { runbook }), "for the page");
    const template = runbook.templates[0]?.id;
    assert.ok(template !== undefined);
    assert.deepEqual(buttons.map(({ label }) => label), ["create <ISSUE>", "linkExisting"]);
    assert.deepEqual(buttons[0]?.action.kind === "createLinked" ? buttons[0].action.template : undefined, template);
  });

  it("offers to create all issues of a step at once, and one issue in several repositories", () => {
    const runbook = read(`- [ ] Set it up\n  \`\`\`issue\n  kind: issue\n  title: "Engine"\n  \`\`\`\n  \`\`\`issue\n  kind: issue\n  title: "Docs"\n  \`\`\`\n- [ ] Create an [ISSUE]\n`);
    const state = stateOf([started(sampleIssue(), runbook)], { runbook });
    const step = stepIn(state, "Set it up");
    assert.deepEqual(step.buttons.map(({ label }) => label), ["createFrom <ISSUE> <Engine>", "createFrom <ISSUE> <Docs>", "createSet <2>", "linkExisting"]);
    assert.deepEqual(step.buttons[2]?.action, { kind: "createLinkedSet", run: "run1", step: step.id });
    assert.deepEqual(labels(stepIn(state, "Create an")), ["create <ISSUE>", "linkExisting"]);
    const wide = { ...desk, kinds: desk.kinds.map((kind) => ({ ...kind, repositories: [home, "acme/docs"] })) };
    assert.deepEqual(labels(stepIn(stateOf([started(sampleIssue(), runbook)], { runbook, desk: wide }), "Create an")), ["create <ISSUE>", "createSeveral", "linkExisting"]);
  });

  it("opens a runbook that was started already instead of starting it again", () => {
    const other = { ...read("- [ ] Call"), path: "runbooks/escalation.md" };
    const state = stateOf([started(started(), other, "run2")], { subject: { ref, run: "run1" } });
    assert.deepEqual(stepIn(state, "Escalation").buttons[0]?.action, { kind: "showChecklist", run: "run2" });
  });

  it("shows issues that a step names or is linked to, with their current title and state", () => {
    const third = sampleIssue({ ref: { repository: home, number: 3 }, title: "Known", state: "closed" });
    const issue = started();
    const linked = changed(issue, { kind: "linkStep", run: "run1", step: stepIn(stateOf([issue]), "as needed").id, child: { repository: "acme/engine", number: 8 } });
    assert.deepEqual(stepIn(stateOf([linked, third]), "as needed").links, [
      { ref: { repository: "acme/engine", number: 8 }, reference: "acme/engine#8", state: "unknown" },
      { ref: third.ref, reference: "#3", state: "closed", title: "Known" },
    ]);
  });

  it("marks a step with a pending change", () => {
    const issue = started();
    const step = stepIn(stateOf([issue]), "Look at");
    const pending: PendingOperation = { key: "k", at: "2026-11-20T16:04:00Z", by: "ana", operation: { kind: "edit", ref, change: { kind: "markStep", run: "run1", step: step.id, mark: { kind: "done" } } } };
    const state = stateOf([issue], { pending: [pending] });
    assert.deepEqual(allSteps(checklistOf(state).sections).filter((one) => one.pending).map(({ id }) => id), [step.id]);
    assert.equal(stepIn(stateOf([issue], { subject: { ref }, pending: [{ ...pending, operation: { kind: "edit", ref: { ...ref, number: 8 }, change: { kind: "markStep", run: "run1", step: step.id, mark: { kind: "done" } } } }] }), "Look at").pending, false);
  });

  it("nests the options of a decision and marks those that were not selected", () => {
    const issue = ["Acknowledge", "Agree", "Tell"].reduce((now, label) => mark(now, label), started());
    const chosen = changed(issue, { kind: "choose", run: "run1", option: stepIn(stateOf([issue]), "it is new").id, mark: { kind: "done", by: "ana", at: "2026-11-20T16:03:30Z" } });
    const state = stateOf([chosen]);
    assert.deepEqual([stepIn(state, "Is it known").part, stepIn(state, "Is it known").mark.kind], ["decision", "done"]);
    assert.deepEqual(["it is new", "it has an issue", "Update the"].map((label) => stepIn(state, label).mark.kind), ["done", "left", "left"]);
  });
});

describe("the checklist to show", () => {
  const done = (id: string) => ({ ...startChecklist(read("- [ ] One"), { id, startedAt: "2026-11-20T16:02:11Z", by: "ana", holders: {} }), items: [] });
  const open = (id: string) => startChecklist(read("- [ ] One"), { id, startedAt: "2026-11-20T16:02:11Z", by: "ana", holders: {} });

  it("is the requested one, else the latest that is not complete, else the latest", () => {
    assert.equal(shownChecklist([open("a"), open("b"), done("c")], "a")?.id, "a");
    assert.equal(shownChecklist([open("a"), open("b"), done("c")], undefined)?.id, "b");
    assert.equal(shownChecklist([open("a"), done("c")], "deleted")?.id, "a");
    assert.equal(shownChecklist([done("a"), done("c")], undefined)?.id, "c");
    assert.equal(shownChecklist([], undefined), undefined);
  });

  it("offers to copy the commands of a step, and to run them if writing is allowed", () => {
    const runbook = read("# A\n- [ ] One\n  ```console\n  $ kubectl get pods --all-namespaces --watch --now\n  web-1\n  ```\n- [ ] Two\n");
    const issue = started(sampleIssue(), runbook);
    const shown = stateOf([issue], { runbook });
    const name = "kubectl get pods --all-namespaces --watc\u2026";
    assert.deepEqual(labels(stepIn(shown, "One")), [`runCommand <${name}>`, `copyCommand <${name}>`]);
    assert.deepEqual(stepIn(shown, "One").buttons.map(({ action }) => action), [
      { kind: "runCommand", run: "run1", step: stepIn(shown, "One").id, path, line: 2 },
      { kind: "copyCommand", path, line: 2 },
    ]);
    assert.deepEqual(labels(stepIn(shown, "Two")), []);
    assert.deepEqual(stepIn(stateOf([issue], { runbook, writable: false }), "One").buttons.map(({ disabled }) => disabled), [true, false]);
  });
});
