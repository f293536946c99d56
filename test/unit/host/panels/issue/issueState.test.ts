import assert from 'node:assert/strict';
import type { IssueField } from '../../../../../src/core/model/issueField';
import type { IssueInput } from '../../../../../src/host/panels/issue/issueState';
import { deskOf } from '../../../core/desk/deskText';
import { sampleIssue } from '../../../../support/sampleIssue';
import { changed, checklistOf, labels, path, read, started, stateOf, stepIn, text } from './issuePageStates';

describe("the state of the page of an issue", () => {
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
