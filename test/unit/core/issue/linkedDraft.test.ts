import assert from 'node:assert/strict';
import { startChecklist } from '../../../../src/core/checklist/startChecklist';
import { defaultDesk } from '../../../../src/core/desk/defaultDesk';
import { draftAtLine, draftAtStep, draftUnderIssue, inputOf, type LinkedDraft, type LinkedIssue, placedIssues, selectOffers, selectRepositories, targetOf, titleFromText } from '../../../../src/core/issue/linkedDraft';
import type { Checklist, ChecklistStep } from '../../../../src/core/model/checklist';
import type { Desk } from '../../../../src/core/model/desk';
import type { Runbook } from '../../../../src/core/model/runbook';
import { runbookContext } from '../../../../src/core/runbook/runbookContext';
import { readRunbook } from '../../../../src/markdown/readMarkdown';

const plain = defaultDesk("acme/desk");

const desk: Desk = { ...plain, kinds: plain.kinds.map((kind) => (kind.name === "issue" ? { ...kind, repositories: ["acme/engine", "acme/docs"] } : kind)) };

const text = `# Project

- [ ] Look
- [ ] Set up {{x}}, with an [INCIDENT] if it hurts

  \`\`\`issue
  kind: request
  title: "Space for {{project}}"
  labels: [set-up]
  assign: primary
  priority: high
  ---
  Ask {{contact}}.
  \`\`\`

  \`\`\`issue
  kind: issue
  title: "{{project}} on the list"
  ---
  Since {{date}}.
  \`\`\`

  \`\`\`issue
  kind: issue
  repository: acme/docs
  title: "Page of {{project}}"
  \`\`\`
- [ ] Create an [INCIDENT] or raise an [ISSUE] for the fire
- [ ] Update the [INCIDENT]

## Later

\`\`\`issue
kind: request
repository: acme/other
title: "Other {{reason}}"
\`\`\`
`;

const runbook: Runbook = readRunbook("runbooks/project.md", text, runbookContext(desk));

const parent = { repository: "acme/desk", number: 7 };

const checklist: Checklist = startChecklist(runbook, { id: "run1", startedAt: "2026-11-20T16:02:11Z", by: "ben", holders: {} });

const lineOf = (words: string): number => text.split("\n").findIndex((line) => line.includes(words));

const at = (words: string, several = false): LinkedDraft => draftAtLine(desk, runbook, lineOf(words), several);

function stepOf(words: string): ChecklistStep {
  const found = checklist.items.find((item) => item.kind === "step" && item.text.includes(words));
  assert.ok(found?.kind === "step");
  return found;
}

const atStep = (words: string, several = false, asked: Parameters<typeof draftAtStep>[5] = {}, now: Runbook | undefined = runbook): LinkedDraft => draftAtStep(desk, parent, checklist, stepOf(words), now, asked, several);

const names = (issues: readonly LinkedIssue[]): readonly string[] => issues.map(({ kind, template }) => template?.title ?? kind);

const values = { project: "Atlas", contact: "@kim" };

const lines = (draft: LinkedDraft, known: Readonly<Record<string, string>> = {}): readonly string[] =>
  placedIssues(draft).map((issue) => {
    const { title, repository } = inputOf(draft, issue, known, {});
    return `${title} > ${repository ?? ""}${issue.excluded === true ? " excluded" : ""}`;
  });

/** All that the step mentions, in these repositories where there are several. */
function selected(draft: LinkedDraft, ...repositories: readonly string[]): LinkedDraft {
  const chosen = selectOffers({ ...draft, values }, draft.offers.filter(({ asked }) => asked));
  return selectRepositories(chosen, chosen.issues.flatMap(({ id }) => repositories.map((repository) => ({ id, repository }))));
}

describe("one linked issue", () => {
  it("is of a kind that the step asks to create, with the subject of the step as its title", () => {
    const draft = at("for the fire");
    assert.deepEqual(names(draft.offers), ["incident", "issue"]);
    assert.deepEqual(draft.issues, [], "the user selects one");
    assert.deepEqual(lines(selectOffers(draft, draft.offers.slice(0, 1))), ["or raise an [ISSUE] for the fire > acme/desk"]);
    assert.equal(draft.runbook?.step, runbook.steps.find((step) => step.text.includes("fire"))?.id);
  });

  it("is of a mentioned kind if the step creates none, and of any kind if it mentions none", () => {
    assert.deepEqual(names(at("Update the").issues), ["incident"], "there is nothing to select");
    assert.deepEqual(names(at("Look").offers), desk.kinds.map(({ name }) => name));
    assert.deepEqual(at("Look").offers.map(({ subject }) => subject), desk.kinds.map(() => "Look"));
  });

  it("is the template around the line, at its step", () => {
    const draft = at("kind: request");
    assert.deepEqual(names(draft.issues), ["Space for {{project}}"]);
    assert.equal(draft.runbook?.step, draft.issues[0]?.template?.step);
    assert.notEqual(draft.runbook?.step, undefined);
  });

  it("is of any kind outside of steps, without a title", () => {
    const draft = at("# Project");
    assert.deepEqual([draft.runbook, names(draft.offers)], [{ path: "runbooks/project.md" }, desk.kinds.map(({ name }) => name)]);
    assert.deepEqual(names(draftUnderIssue(desk, parent, runbook.templates, false).offers), desk.kinds.map(({ name }) => name));
  });

  it("is what the button of the step names, even if the runbook no longer exists", () => {
    const page = runbook.templates.find(({ title }) => title.startsWith("Page"));
    assert.deepEqual(names(atStep("Set up", false, { template: page?.id, issueKind: "issue" }).issues), ["Page of {{project}}"]);
    assert.deepEqual(names(atStep("Set up", false, { issueKind: "issue" }).offers), ["{{project}} on the list", "Page of {{project}}"]);
    assert.deepEqual(names(atStep("Set up", false, { issueKind: "incident" }).issues), ["incident"]);
    const gone = draftAtStep(desk, parent, checklist, stepOf("for the fire"), undefined, {}, false);
    assert.deepEqual(names(gone.offers), ["incident", "issue"]);
  });

  it("keeps what was entered when the same offer is selected again, and only the answers in forms for another one", () => {
    const draft = at("for the fire");
    const [first, second] = draft.offers;
    assert.ok(first !== undefined && second !== undefined);
    const entered = { ...draft, issues: [{ ...first, title: "Mine", form: "bug.yml", filled: { "bug.yml": { where: "here" } } }] };
    assert.deepEqual(selectOffers(entered, [first]).issues, entered.issues);
    assert.deepEqual(selectOffers(entered, [second]).issues, [{ ...second, form: "bug.yml", filled: { "bug.yml": { where: "here" } } }]);
  });
});

describe("several linked issues", () => {
  it("are every template and kind of the step for any line in it first, and then every other kind", () => {
    for (const words of ["Set up", "Ask {{contact}}"]) {
      const { offers } = at(words, true);
      assert.deepEqual(names(offers.filter(({ asked }) => asked)), ["Space for {{project}}", "{{project}} on the list", "Page of {{project}}", "incident"]);
      assert.deepEqual(names(offers.filter(({ asked }) => !asked)), desk.kinds.map(({ name }) => name).filter((name) => !["request", "issue", "incident"].includes(name)));
      assert.equal(new Set(offers.map(({ id }) => id)).size, offers.length);
    }
  });

  it("can use all templates of the runbook outside of steps, and ask for none", () => {
    for (const draft of [draftAtLine(desk, runbook, -1, true), draftUnderIssue(desk, parent, runbook.templates, true)]) {
      assert.equal(draft.offers.filter(({ template }) => template !== undefined).length, 4);
      assert.ok(draft.offers.every(({ asked }) => !asked));
      assert.deepEqual(draft.issues, []);
    }
  });

  it("are one in each selected repository, or in the only repository of the kind or template", () => {
    const both = selected(at("Set up", true), "acme/engine", "acme/docs");
    assert.deepEqual(lines(both), ["Space for Atlas > acme/desk", "Atlas on the list > acme/engine", "Atlas on the list > acme/docs", "Page of Atlas > acme/docs", "Set up x, with an [INCIDENT] if it hurts > acme/desk"]);
    assert.deepEqual(both.issues.slice(0, 2).map((issue) => inputOf(both, issue, { date: "2026-11-20" }, {}).details), ["Ask @kim.", "Since 2026-11-20."]);
    assert.ok(!lines(selected(at("Set up", true))).some((line) => line.includes("list")), "none is selected");
    const whole: LinkedDraft = { ...draftAtLine(desk, runbook, -1, true), values: { reason: "room" } };
    assert.deepEqual(lines(selectOffers(whole, whole.offers.filter(({ template }) => template?.repository === "acme/other"))), ["Other room > acme/other"], "as its template says");
  });

  it("have the edited titles and texts, also after their repositories are selected again", () => {
    const both = selected(at("Set up", true), "acme/engine", "acme/docs");
    const edits = [{ title: "Room", details: "Own {{project}}" }, { excluded: true }];
    const edited = selectRepositories({ ...both, issues: both.issues.map((issue, index) => ({ ...issue, ...edits[index] })) }, both.issues);
    assert.deepEqual(lines(edited).slice(0, 3), ["Room > acme/desk", "Atlas on the list > acme/engine excluded", "Atlas on the list > acme/docs"]);
    const [room] = edited.issues;
    assert.ok(room !== undefined);
    assert.equal(inputOf(edited, room, {}, {}).details, "Own {{project}}");
  });

  it("take the initial title from the step only for kinds that the step mentions", () => {
    const { offers } = at("for the fire", true);
    assert.deepEqual(offers.map(({ kind, subject }) => [kind, subject]).slice(0, 3), [["incident", "or raise an [ISSUE] for the fire"], ["issue", "or raise an [ISSUE] for the fire"], ["request", ""]]);
    assert.ok(offers.slice(2).every(({ subject }) => subject === ""));
  });
});

describe("the input for a linked issue", () => {
  it("has the labels, the priority and the holder of the role of its template", () => {
    const draft = selected(at("Set up", true));
    const [space] = draft.issues;
    assert.ok(space !== undefined);
    assert.deepEqual(inputOf(draft, space, {}, { primary: "ana" }), { kind: "request", title: "Space for Atlas", details: "Ask @kim.", labels: ["set-up"], assignees: ["ana"], repository: "acme/desk", priority: "high" });
    assert.deepEqual(inputOf(draft, space, {}, {}).assignees, []);
  });

  it("prefers known values to entered ones, which can belong to another parent", () => {
    const draft = selected(at("Set up", true));
    assert.equal(lines(draft, { project: "Borealis" })[0], "Space for Borealis > acme/desk");
  });
});

describe("the target of a linked issue", () => {
  const step = (words: string): { run: string; step: string } => ({ run: "run1", step: stepOf(words).id });

  it("is the step of the checklist", () => {
    assert.deepEqual(targetOf(atStep("for the fire"), []), { parent, relation: "child", step: step("for the fire") });
  });

  it("is the same step in the latest checklist of that runbook on the parent", () => {
    const draft: LinkedDraft = { ...at("for the fire"), parent };
    const other = { ...checklist, id: "run2", runbook: "runbooks/other.md" };
    assert.deepEqual(targetOf(draft, [{ ...checklist, id: "run0" }, checklist, other]), { parent, relation: "child", step: step("for the fire") });
    assert.deepEqual(targetOf(draft, [other]), { parent, relation: "child" });
  });

  it("is the step of its template, if the draft is for the issue as a whole", () => {
    const draft = draftUnderIssue(desk, parent, runbook.templates, true);
    assert.deepEqual(targetOf(draft, [checklist], draft.offers[0]), { parent, relation: "child", step: step("Set up") });
    assert.deepEqual(targetOf(draft, [checklist]), { parent, relation: "child" });
  });

  it("is nothing without a parent", () => {
    assert.equal(targetOf({ ...at("for the fire"), parent: "none" }, [checklist]), undefined);
    assert.equal(targetOf(at("for the fire"), [checklist]), undefined);
  });
});

describe("titleFromText", () => {
  it("removes the request for an issue and keeps its subject", () => {
    assert.equal(titleFromText("Create [REQUEST] for a new project:", ["request"]), "a new project");
    assert.equal(titleFromText("**Raise an [ISSUE]** about the cache.", ["issue"]), "the cache");
    assert.equal(titleFromText("Ask for `logs`", []), "Ask for logs");
    assert.equal(titleFromText("Create [REQUEST]", ["request"]), "");
  });
});

describe("A draft at a line of a flowchart", () => {
  it("belongs to the node that asks for an issue, if several are on the line", () => {
    const chart = readRunbook("runbooks/a.md", '```mermaid\nflowchart LR\ns([S]) --> a[Look] --> b["Create [INCIDENT]"] --> c[Work]\n```', runbookContext(plain));
    const { runbook: target, issues } = draftAtLine(plain, chart, 2, false);
    assert.equal(target?.step, chart.steps[1]?.id);
    assert.deepEqual(issues.map(({ kind }) => kind), ["incident"]);
  });
});
