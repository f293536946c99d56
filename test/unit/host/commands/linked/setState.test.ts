import assert from 'node:assert/strict';
import { defaultDesk } from '../../../../../src/core/desk/defaultDesk';
import type { Desk } from '../../../../../src/core/model/desk';
import type { Runbook } from '../../../../../src/core/model/runbook';
import { runbookContext } from '../../../../../src/core/runbook/runbookContext';
import { originOfLine } from '../../../../../src/host/commands/linked/linkOrigin';
import { openVariables } from '../../../../../src/host/commands/linked/linkedState';
import { setChoices, setMembers, type SetState } from '../../../../../src/host/commands/linked/setState';
import { readRunbook } from '../../../../../src/markdown/readMarkdown';

const plain = defaultDesk("acme/desk");

const desk: Desk = { ...plain, kinds: plain.kinds.map((kind) => (kind.name === "issue" ? { ...kind, repositories: ["acme/engine", "acme/docs"] } : kind)) };

const text = `# Project

- [ ] Look
- [ ] Set up {{x}}, with an [INCIDENT] if it hurts

  \`\`\`issue
  kind: request
  title: "Space for {{project}}"
  labels: [set-up]
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
- [ ] Create an [INCIDENT] for the fire
  \`\`\`issue
  kind: request
  title: "Other {{reason}}"
  \`\`\`
`;

const runbook: Runbook = readRunbook("runbooks/project.md", text, runbookContext(desk));

const lineOf = (words: string): number => text.split("\n").findIndex((line) => line.includes(words));

const originAt = (words: string): ReturnType<typeof originOfLine> => originOfLine(desk, runbook, lineOf(words), true);

const origin = originAt("Set up");

const state = (more: Partial<SetState> = {}): SetState => ({ parent: "none", chosen: setChoices(desk, origin).filter(({ asked }) => asked), repositories: [], values: {}, edits: {}, ...more });

const lines = (members: ReturnType<typeof setMembers>): readonly string[] => members.map(({ title, repository, excluded }) => `${title} > ${repository ?? ""}${excluded ? " excluded" : ""}`);

describe("a linked set", () => {
  it("preselects every template of the step for any line in it, and nothing else", () => {
    for (const words of ["Set up", "Ask {{contact}}"]) assert.deepEqual(originAt(words).templates.map(({ title }) => title), ["Space for {{project}}", "{{project}} on the list", "Page of {{project}}"]);
    const choices = setChoices(desk, origin);
    assert.deepEqual(choices.filter(({ asked }) => asked).map(({ kind }) => kind), ["request", "issue", "issue", "incident"]);
    assert.deepEqual(choices.filter(({ asked }) => !asked).map(({ kind }) => kind), desk.kinds.map(({ name }) => name).filter((name) => !["request", "issue", "incident"].includes(name)));
    assert.equal(new Set(choices.map(({ id }) => id)).size, choices.length);
  });

  it("offers all templates of the runbook outside of steps, and preselects none", () => {
    const whole = originOfLine(desk, runbook, -1, true);
    assert.equal(whole.templates.length, 4);
    assert.ok(setChoices(desk, whole).every(({ asked }) => !asked));
    assert.deepEqual(originOfLine(desk, runbook, -1).templates, []);
  });

  it("asks for each unknown variable once", () => {
    const templates = origin.templates;
    const open = openVariables(templates, { date: "2026-11-20" });
    assert.deepEqual(open.map(({ name, templates: usedIn }) => [name, usedIn.length]), [["project", 3], ["contact", 1]]);
    assert.deepEqual(openVariables(templates, { date: "", project: "", contact: "" }), []);
  });

  it("has one issue in each selected repository, or in the only repository of its kind", () => {
    const [, open] = setChoices(desk, origin);
    assert.ok(open !== undefined);
    const both = state({ repositories: ["acme/engine", "acme/docs"].map((repository) => ({ id: open.id, repository })), values: { project: "Atlas", contact: "@kim" } });
    const members = setMembers(desk, origin, both, { date: "2026-11-20" });
    assert.deepEqual(lines(members).slice(0, 4), ["Space for Atlas > acme/desk", "Atlas on the list > acme/engine", "Atlas on the list > acme/docs", "Page of Atlas > acme/docs"]);
    assert.deepEqual(members.slice(0, 2).map(({ body }) => body), ["Ask @kim.", "Since 2026-11-20."]);
    assert.equal(new Set(members.map(({ id }) => id)).size, members.length);
    assert.ok(!lines(setMembers(desk, origin, state(), {})).some((line) => line.includes("list")), "none is selected");
  });

  it("uses the edited titles and texts", () => {
    const first = setMembers(desk, origin, state({ values: { project: "Atlas" } }), {});
    const [one, two] = first;
    assert.ok(one !== undefined && two !== undefined);
    const edited = setMembers(desk, origin, state({ values: { project: "Atlas" }, edits: { [one.id]: { title: "Room", body: "Own {{project}}" }, [two.id]: { excluded: true } } }), {});
    assert.deepEqual(lines(edited).slice(0, 2), ["Room > acme/desk", "Page of Atlas > acme/docs excluded"]);
    assert.equal(edited[0]?.body, "Own {{project}}");
  });

  it("takes the initial title from the step only for kinds that the step mentions", () => {
    const at = originAt("for the fire");
    const chosen = setChoices(desk, at).filter(({ template }) => template === undefined);
    const titles = setMembers(desk, at, state({ chosen, repositories: [] }), {}).map(({ choice, title }) => [choice.kind, title]);
    assert.deepEqual(titles[0], ["incident", "the fire"]);
    assert.ok(titles.slice(1).every(([, title]) => title === ""));
  });
});
