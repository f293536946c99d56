import assert from 'node:assert/strict';
import { businessTime } from '../../../../../src/core/calendar/businessTime';
import { startChecklist } from '../../../../../src/core/checklist/startChecklist';
import { defaultDesk } from '../../../../../src/core/desk/defaultDesk';
import type { Delivery } from '../../../../../src/core/incident/delivery';
import { updateComment } from '../../../../../src/core/incident/updateText';
import { issueFacts } from '../../../../../src/core/issue/issueFacts';
import type { Desk } from '../../../../../src/core/model/desk';
import type { Issue } from '../../../../../src/core/model/issue';
import type { IssueField } from '../../../../../src/core/model/issueField';
import type { IssueChange } from '../../../../../src/core/model/issueChange';
import type { PendingOperation } from '../../../../../src/core/model/operation';
import { parseJson } from '../../../../../src/core/model/parseData';
import type { Runbook } from '../../../../../src/core/model/runbook';
import { responseClock } from '../../../../../src/core/response/responseClock';
import { runbookContext } from '../../../../../src/core/runbook/runbookContext';
import { applyChange } from '../../../../../src/core/sync/applyChange';
import { type IssueInput, issueState, shownChecklist } from '../../../../../src/host/panels/issue/issueState';
import { formatUrgency } from '../../../../../src/host/ui/urgencyLabels';
import { markdownLabels } from '../../../../../src/host/panels/issue/issuePageLabels';
import { readBlocks } from '../../../../../src/markdown/readBlocks';
import { readInline, readRunbook } from '../../../../../src/markdown/readMarkdown';
import { type IssueHead, issueProtocol, type IssueState, type ChecklistView, type StepView } from '../../../../../src/protocol/issue';
import { allSteps } from '../../../../../src/webview/issue/overlay';
import { deskOf } from '../../../core/desk/deskText';
import { manifest } from '../../../../repo/repository';
import { plainLabels } from '../../../../support/plainLabels';
import { sampleIssue } from '../../../../support/sampleIssue';
import { fill } from '../../../../../src/protocol/fill';

const home = "acme/desk";

const desk = defaultDesk(home);

const ref = { repository: home, number: 7 };

const path = "runbooks/incident.md";

const text = `# Incident response
- [ ] Look at the board
## Gate: ready
- [ ] Acknowledge to the reporter
- [ ] Agree on a lead
  - [ ] Tell everybody
## Work
- [ ] Create [REQUEST] and [ISSUE] as needed, see #3
- [ ] Close the [INCIDENT]
- [ ] Follow [Escalation](escalation.md)
- [ ] Is it known?
  - Yes: it has an issue
    - [ ] Update the [ISSUE]
  - No: it is new
`;

function read(markdown: string): Runbook {
  return readRunbook(path, markdown, runbookContext(desk));
}

function started(issue: Issue = sampleIssue(), runbook = read(text), id = "run1"): Issue {
  return changed(issue, { kind: "startRun", run: startChecklist(runbook, { id, startedAt: "2026-11-20T16:02:11Z", by: "ana", holders: {} }) });
}

function changed(issue: Issue, change: IssueChange): Issue {
  const result = applyChange(issue, change, "2026-11-20T16:03:00Z");
  assert.ok(result.kind === "ok", JSON.stringify(result));
  return result.value;
}

function stateOf(issues: readonly Issue[], more: Partial<IssueInput> = {}): IssueState {
  const state = issueState({
    subject: { ref },
    desk,
    now: "2026-11-20T16:04:00Z",
    time: businessTime(more.desk ?? desk),
    snapshot: { at: "2026-11-20T16:04:00Z", issues, broken: [] },
    failure: undefined,
    pending: [],
    deliveries: [],
    writable: true,
    me: "ana",
    language: "en",
    labels: plainLabels,
    runbook: read(text),
    procedures: new Map([["runbooks/escalation.md", { path: "runbooks/escalation.md", title: "Escalation" }], ["runbooks/escalation.md#Night", { path: "runbooks/escalation.md#night", title: "At night" }]]),
    holders: {},
    readInline,
    readBlocks: (markdown) => readBlocks(markdown, { home, withoutRegions: ["run", "links"] }),
    markdown: markdownLabels(fill),
    clockOf: (issue) => responseClock({ desk: more.desk ?? desk, time: businessTime(more.desk ?? desk), deskFolder: "", details: () => undefined }, issue, issueFacts(issue, more.desk ?? desk)),
    formatUrgency: (urgency) => formatUrgency(fill, urgency),
    pullRequests: [],
    timelineOf: () => ({ count: 0, loading: true }),
    commands: new Set(manifest().contributes.commands.map(({ command }) => command)),
    brokenReason: () => "it is broken",
    ...more,
  });
  assert.deepEqual(parseJson(issueProtocol.state, JSON.stringify(state)), state, "the page accepts it and loses nothing");
  return state;
}

function checklistOf(state: IssueState): ChecklistView {
  assert.ok(state.content.kind === "issue" && state.content.run !== undefined);
  return state.content.run;
}

function stepIn(state: IssueState, label: string): StepView {
  const step = allSteps(checklistOf(state).sections).find((one) => one.label.includes(label));
  assert.ok(step, `no step ${label}`);
  return step;
}

function mark(issue: Issue, label: string, kind: "done" | "open" = "done"): Issue {
  return changed(issue, { kind: "markStep", run: "run1", step: stepIn(stateOf([issue]), label).id, mark: { kind, by: "ben", at: "2026-11-20T16:03:00Z" } });
}

const labels = (step: StepView): readonly string[] => step.buttons.map(({ label }) => label);

describe("the state of the page of an issue", () => {
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

  it("shows that the runbook was deleted or changed, and keeps the copy of the steps", () => {
    const issue = started();
    const gone = stateOf([issue], { runbook: undefined });
    assert.deepEqual(gone.banners.map(({ text: words }) => words), [`runbookGone <${path}>`]);
    assert.deepEqual(labels(stepIn(gone, "as needed")), ["create <REQUEST>", "create <ISSUE>", "createSet <2>", "linkExisting"]);
    assert.equal(stepIn(gone, "as needed").line, undefined);
    const edited = stateOf([issue], { runbook: read(text.replace("Look at the board", "Look at the big board").replace("- [ ] Agree on a lead\n  - [ ] Tell everybody\n", "- [ ] Eat\n")) });
    assert.deepEqual(edited.banners.map(({ text: words, buttons }) => [words, buttons.map(({ action }) => action)]), [["runbookChanged", [{ kind: "updateFromRunbook", run: "run1" }, { kind: "openRunbook", path }]]]);
    assert.deepEqual(edited.banners[0]?.details, ["stepAdded <Eat>", "stepReworded <Look at the board> <Look at the big board>", "stepRemoved <Agree on a lead>", "stepRemoved <Tell everybody>"]);
    assert.deepEqual(stateOf([issue]).banners, []);
  });

  it("warns about holders of roles who may not be there, with the way to assign the role", () => {
    const roles = [["lead", "cho"], ["scribe", "ben"]].map(([role = "", login = ""]): IssueField => ({ name: `role.${role}`, value: login, at: "2026-11-20T16:00:00Z", by: "ana" }));
    const rotating = deskOf("rotation: { starts: 2026-01-05, every: 1w, roles: [primary], people: [cho, ana] }\npeople: [{ login: ana }, { login: cho }, { login: ben, away: [2026-11-20/2026-11-21] }]");
    const issue = changed(sampleIssue(), { kind: "setFields", fields: roles });
    const { banners } = stateOf([issue], { desk: { ...rotating, incidentRoles: ["lead", "scribe"] }, holders: { primary: "ana" } });
    assert.deepEqual(banners.map(({ tone, text: words, buttons }) => [tone, words, buttons.map(({ action }) => action)]), [
      ["warning", "roleOffShift lead cho", [{ kind: "run", command: "issue.assignRole", role: "lead" }]],
      ["warning", "roleAway scribe ben", [{ kind: "run", command: "issue.assignRole", role: "scribe" }]],
    ]);
  });

  it("is read-only in an untrusted folder, and says so", () => {
    const state = stateOf([started()], { writable: false });
    assert.equal(state.readonly, true);
    assert.deepEqual(state.banners.map(({ text: words, buttons }) => [words, buttons[0]?.action]), [["untrusted", { kind: "trust" }]]);
    assert.ok(stepIn(state, "as needed").buttons.every(({ disabled }) => disabled));
  });

  it("explains that an issue was deleted, is broken, or could not be read", () => {
    const kinds = (more: Partial<IssueInput>): unknown => {
      const { content } = stateOf([], more);
      return content.kind === "unavailable" ? [content.title, content.buttons.map(({ action }) => action.kind)] : content.kind;
    };
    const broken = [{ path: ".desk/incident/17-x.md", reason: "badYaml" as const }, { path: ".desk/incident/7-portal.md", reason: "badYaml" as const }];
    assert.deepEqual(kinds({}), ["gone <#7>", ["refresh"]]);
    assert.deepEqual(kinds({ transferredTo: { repository: "acme/other", number: 3 } }), ["transferred <#7>", ["openIssue", "refresh"]]);
    assert.deepEqual(kinds({ snapshot: { at: "2026-11-20T16:04:00Z", issues: [], broken } }), ["broken <#7>", ["openFile", "refresh"]]);
    assert.deepEqual(kinds({ snapshot: { at: "2026-11-20T16:04:00Z", issues: [], broken: broken.slice(0, 1) } }), ["gone <#7>", ["refresh"]]);
    assert.deepEqual(kinds({ failure: { text: "no disk", signIn: false } }), ["failedTitle", ["refresh"]]);
    assert.deepEqual(kinds({ failure: { text: "nobody", signIn: true } }), ["failedTitle", ["signIn"]]);
    assert.equal(kinds({ snapshot: undefined }), "loading");
  });

  it("shows why newer data cannot be loaded, with an action to fix it", () => {
    const shown = (signIn: boolean): unknown => stateOf([started()], { failure: { text: "no answer", signIn } }).banners.map(({ text: words, buttons }) => [words, buttons.map(({ action }) => action.kind)]);
    assert.deepEqual(shown(false), [["stale <no answer>", ["refresh"]]]);
    assert.deepEqual(shown(true), [["stale <no answer>", ["signIn"]]]);
  });

  it("is read-only if a mark in the issue's text is broken, and says so", () => {
    const issue = started();
    const state = stateOf([{ ...issue, body: issue.body.replace("<!-- /desk:run -->", "") }]);
    assert.deepEqual(state.banners.map(({ tone, text: words }) => [tone, words]), [["error", "brokenMarks"]]);
  });

  it("offers to start a runbook if there is no checklist", () => {
    const { content } = stateOf([sampleIssue()]);
    assert.ok(content.kind === "issue");
    assert.deepEqual([content.run, content.checklists], [undefined, []]);
  });

  it("shows hostile text as plain text", () => {
    const title = "<img src=x onerror=alert(1)></script>\u202etxt";
    const step = "`</script>` <img onerror=alert(1)> [x](javascript:alert(1)) [y](command:evil)";
    const runbook = read(`- [ ] ${step}\n`);
    const state = stateOf([started(sampleIssue({ title }), runbook)], { runbook });
    const spans = JSON.stringify(checklistOf(state).sections);
    assert.ok(state.content.kind === "issue" && state.content.issue.title === title);
    assert.doesNotMatch(spans, /"kind":"link"/);
    assert.match(spans, /<img onerror=alert\(1\)>/);
  });
});

describe("the head of the page of an issue", () => {
  const mark = (name: string, value: string, at: string): IssueChange => ({ kind: "setFields", fields: [{ name, value, at, by: "ana" }] });
  const audiences = ["Users", "Leadership"].map((name) => ({ name, email: [], updateEvery: {}, aroundTheClock: true, isInternal: false }));
  const commands = new Set(["issue.setStage", "issue.setPriority", "issue.assign", "issue.assignRole", "issue.close", "issue.acknowledge"].map((name) => `responseDesk.${name}`));

  function headOf(issue: Issue, more: Partial<IssueInput> = {}): IssueHead {
    const { content } = stateOf([issue], more);
    assert.ok(content.kind === "issue");
    return content.issue;
  }

  const changes = ({ facts }: IssueHead): unknown => facts.flatMap(({ name, value, change }) => (change?.kind === "run" ? [[name, value, change.command, change.role]] : []));

  it("offers to change a fact if there is a command for it and the folder is trusted", () => {
    assert.deepEqual(changes(headOf(sampleIssue(), { commands })), [
      ["stage", "To do", "issue.setStage", undefined],
      ["priority", "none", "issue.setPriority", undefined],
      ["assignees", "nobody", "issue.assign", undefined],
      ["Lead", "none", "issue.assignRole", "lead"],
    ]);
    assert.deepEqual(changes(headOf(sampleIssue(), { commands: new Set() })), []);
    assert.deepEqual(changes(headOf(sampleIssue(), { commands, writable: false })), []);
    const led = changed(sampleIssue(), mark("role.lead", "ben", "2026-11-20T16:02:00Z"));
    assert.deepEqual(headOf(led, { commands }).facts.filter(({ name }) => name === "Lead").map(({ value }) => value), ["@ben"]);
  });

  it("has the one action that fits the moment, and none of it twice", () => {
    const head = headOf(sampleIssue(), { commands });
    assert.deepEqual(head.primary?.action, { kind: "run", command: "issue.acknowledge" });
    assert.ok(!head.more.some(({ action }) => action.kind === "run" && action.command === "issue.acknowledge"));
    assert.equal(headOf(sampleIssue(), { commands, writable: false }).primary?.disabled, true);
    assert.equal(headOf(sampleIssue(), { commands: new Set() }).primary, undefined);
  });

  it("shows the phase, and marks tests and backfilled incidents", () => {
    const badges = (issue: Issue): unknown => headOf(issue).badges.map(({ text: words }) => words);
    assert.deepEqual(badges(sampleIssue()), ["open"]);
    assert.deepEqual(badges(changed(sampleIssue({ labels: ["incident", "test", "backfilled"] }), mark("mitigated", "2026-11-20T16:20:00Z", "2026-11-20T16:21:00Z"))), ["open", "phaseMitigated", "test", "backfilled"]);
    assert.deepEqual(badges(sampleIssue({ state: "closed" })), ["closed"]);
  });

  it("counts what is due in business time", () => {
    const open: Desk = { ...deskOf("timezone: UTC\nhours: { Mon-Fri: ['08:00-17:00'] }\nkinds: { incident: { respondWithin: 2h } }"), audiences };
    // 3:30 pm on a Friday: an hour and a half is left today, and half an hour on Monday.
    const issue = sampleIssue({ createdAt: "2026-11-20T15:30:00Z" });
    const due = (now: string) => headOf(issue, { desk: open, now }).due;
    assert.deepEqual(due("2026-11-20T16:30:00Z"), [{ at: "2026-11-23T08:30:00Z", text: "due in 1h", state: "later" }]);
    assert.deepEqual(due("2026-11-21T12:00:00Z"), [{ at: "2026-11-23T08:30:00Z", text: "due in 30m", state: "later" }]);
    assert.deepEqual(due("2026-11-23T08:50:00Z"), [{ at: "2026-11-23T08:30:00Z", text: "overdue 20m", state: "past" }]);
  });

  it("lists each audience with its last update and the time that was promised", () => {
    const wide = { ...desk, audiences };
    const sent = changed(sampleIssue(), mark("update.Users", "2026-11-20T17:00:00Z", "2026-11-20T16:20:00Z"));
    const updates = headOf(sent, { desk: wide }).updates;
    assert.deepEqual(updates.map(({ audience, at, by }) => [audience, at, by]), [["Users", "2026-11-20T16:20:00Z", "ana"], ["Leadership", undefined, undefined]]);
    assert.deepEqual(headOf(sampleIssue({ labels: [], title: "[REQUEST] A key" }), { desk: wide }).updates, []);
  });

  it("shows an audience whose update is pending or not delivered as waiting, with the update still due", () => {
    const wide = { ...desk, audiences };
    const comment = updateComment("Down.", { audience: "users", means: ["copy"] });
    const pending: PendingOperation = { key: "k", at: "2026-11-20T16:04:00Z", by: "ana", operation: { kind: "batch", operations: [{ kind: "comment", ref, markdown: comment }] } };
    const delivery: Delivery = { key: "d", at: "2026-11-20T16:04:00Z", by: "ana", ref, audience: "Leadership", webhook: "x", text: "", comment, state: "failed", attempt: "2026-11-20T16:04:00Z" };
    const shown = (more: Partial<IssueInput>): unknown => headOf(sampleIssue(), { desk: wide, ...more }).updates.map(({ audience, at, waiting }) => [audience, at, waiting]);
    assert.deepEqual(shown({ pending: [pending] }), [["Users", undefined, true], ["Leadership", undefined, undefined]]);
    assert.deepEqual(shown({ deliveries: [delivery] }), [["Users", undefined, undefined], ["Leadership", undefined, true]]);
    assert.deepEqual(shown({ deliveries: [{ ...delivery, ref: { ...ref, number: 8 } }] }), [["Users", undefined, undefined], ["Leadership", undefined, undefined]]);
  });

  it("opens the file or the web page of the issue", () => {
    assert.equal(headOf(sampleIssue()).source.label, "openSource");
    assert.equal(headOf(sampleIssue({ location: { kind: "web", url: "https://github.com/acme/desk/issues/7" } })).source.label, "openOnWeb");
  });

  it("offers no comment in an untrusted folder, and names what is still open", () => {
    assert.equal(headOf(sampleIssue(), { writable: false }).reply, undefined);
    const parent = changed(started(), { kind: "addLink", link: { kind: "child", other: { repository: home, number: 9 } } });
    const { content } = stateOf([parent, sampleIssue({ ref: { repository: home, number: 9 } })]);
    assert.equal(content.kind === "issue" ? content.issue.reply?.remaining : undefined, "replyOpenSteps <9> replyOpenIssues <1>");
  });

  it("contains the description without what the page shows elsewhere", () => {
    const { description } = headOf(changed(started(sampleIssue({ body: "Nobody can **sign in**." })), { kind: "addLink", link: { kind: "related", other: { repository: home, number: 9 } } }));
    assert.deepEqual(description, [{ kind: "paragraph", spans: [{ kind: "text", text: "Nobody can " }, { kind: "strong", spans: [{ kind: "text", text: "sign in" }] }, { kind: "text", text: "." }] }]);
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
