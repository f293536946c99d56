import assert from 'node:assert/strict';
import { defaultDesk } from '../../../../../src/core/desk/defaultDesk';
import { parseDesk } from '../../../../../src/core/desk/parseDesk';
import type { Desk } from '../../../../../src/core/model/desk';
import { runbookContext } from '../../../../../src/core/runbook/runbookContext';
import { starterDesk } from '../../../../../src/host/commands/desk/starterDesk';
import { suggestRunbooks } from '../../../../../src/host/commands/input/suggestions';
import { readSavedState } from '../../../../../src/host/commands/issue/createState';
import { isFiltered, plainChoice, readChoice } from '../../../../../src/host/views/outlineChoice';
import { readRunbook } from '../../../../../src/markdown/readMarkdown';

const local = defaultDesk("local");

const desk: Desk = { ...local, kinds: local.kinds.map((kind) => (kind.name === "incident" ? { ...kind, runbook: "incident.md" } : kind)) };

const read = (name: string, text: string): ReturnType<typeof readRunbook> => readRunbook(`runbooks/${name}`, text, runbookContext(desk));

describe("suggestRunbooks", () => {
  const runbooks = [
    read("any.md", "# Any\n- [ ] a"),
    read("day.md", "---\nwhen: start-of-day\nkind: incident\n---\n- [ ] a"),
    read("other.md", "---\nkind: request\n---\n- [ ] a"),
    read("sort.md", "---\nkind: incident\n---\n- [ ] a"),
    read("incident.md", "# Incident\n- [ ] a"),
    read("portal.md", "---\nkind: incident\nmatch: [Portal, sign in]\n---\n- [ ] a"),
    read("empty.md", ""),
  ];
  const suggest = (title: string): readonly string[] =>
    suggestRunbooks(runbooks, desk, "runbooks", { kind: "incident", title, details: "", services: [], labels: [] }).map(({ runbook, why }) => `${runbook.path.slice(9)} ${why ?? ""}`.trim());

  it("puts the default runbook of the kind first, and excludes role checklists and runbooks without steps", () => {
    assert.deepEqual(suggest("Slow"), ["incident.md kind", "sort.md sameKind", "portal.md sameKind", "any.md", "other.md"]);
  });

  it("offers a section that is the default runbook of the kind", () => {
    const listed = { ...desk, kinds: desk.kinds.map((kind) => (kind.name === "incident" ? { ...kind, runbook: "ops.md#calm-down" } : kind)) };
    const all = [...runbooks, read("ops.md", "# Ops\n## Calm down\n- [ ] a\n## Other\n- [ ] b")];
    const found = suggestRunbooks(all, listed, "runbooks", { kind: "incident", title: "Slow", details: "", services: [], labels: [] });
    assert.deepEqual(found.slice(0, 1).map(({ runbook, why }) => [runbook.path, runbook.steps.length, why]), [["runbooks/ops.md#calm-down", 1, "kind"]]);
    assert.ok(found.some(({ runbook }) => runbook.path === "runbooks/ops.md"));
  });

  it("puts a runbook that matches whole words of the issue first", () => {
    assert.equal(suggest("Cannot sign-in")[0], "portal.md match");
    assert.equal(suggest("Portals everywhere")[0], "incident.md kind");
  });

  it("matches words in languages without spaces", () => {
    const japanese = read("db.md", "---\nmatch: [データベース]\n---\n- [ ] a");
    const first = suggestRunbooks([...runbooks, japanese], desk, "runbooks", { kind: "incident", title: "本番のデータベースに接続できない", details: "", services: [], labels: [] })[0];
    assert.deepEqual([first?.runbook.path, first?.why], ["runbooks/db.md", "match"]);
  });
});

describe("readSavedState", () => {
  it("reads a saved state, and rejects empty or invalid ones", () => {
    const saved = { title: "a", details: "b\r\n c ", criteria: ["Outage"], services: ["x"], environments: ["Production"], priority: "high" };
    assert.deepEqual(readSavedState(JSON.parse(JSON.stringify(saved))), saved);
    for (const wrong of [undefined, null, 5, {}, { title: 1, details: "" }, { title: " ", details: "", services: [] }]) assert.equal(readSavedState(wrong), undefined);
    const form = { title: "a", details: "", criteria: [], services: [], environments: [], form: "x/bug.yml", filled: { "x/bug.yml": { where: "here\n", which: ["1", "2"] } } };
    assert.deepEqual(readSavedState(JSON.parse(JSON.stringify(form))), form);
    assert.deepEqual(readSavedState({ title: "a", details: "", form: 5, filled: { x: 4, y: { a: 1, b: ["1", 2], c: "3" } } }), { title: "a", details: "", criteria: [], services: [], environments: [], filled: { x: {}, y: { b: ["1"], c: "3" } } });
    assert.deepEqual(readSavedState({ title: "a", details: "", services: [1, "x"], priority: 5 }), { title: "a", details: "", criteria: [], services: ["x"], environments: [] });
  });
});

describe("readChoice", () => {
  it("reads a saved choice, and falls back to the default", () => {
    const chosen = { group: "stage", filter: { state: "all", text: "x", assignee: "@me" }, postmortems: "factor" };
    assert.deepEqual(readChoice(chosen), chosen);
    for (const wrong of [undefined, 5, { group: "size", filter: 4 }, { filter: { state: "odd", text: 5, priority: "" } }]) assert.deepEqual(readChoice(wrong), plainChoice);
    assert.equal(isFiltered(plainChoice.filter), false);
    assert.equal(isFiltered({ state: "closed" }), true);
    assert.equal(isFiltered({ state: "open", text: "x" }), true);
  });
});

describe("starterDesk", () => {
  const files = starterDesk({ team: 'A "team": # & co', timezone: "Europe/Berlin", me: "ana", today: "2026-11-20" });

  it("is a desk without problems, with the user on call", () => {
    const { desk: made, problems } = parseDesk(files[0]?.text ?? "");
    assert.deepEqual(problems, []);
    assert.equal(made?.team, 'A "team": # & co');
    assert.deepEqual(made?.rotation?.people, ["ana"]);
  });

  it("has runbooks with steps and without problems, including a role checklist", () => {
    const made = parseDesk(files[0]?.text ?? "").desk;
    assert.ok(made !== undefined);
    const runbooks = files.slice(1).map((file) => readRunbook(file.path, file.text, runbookContext(made)));
    assert.deepEqual(runbooks.flatMap((runbook) => runbook.problems), []);
    assert.ok(runbooks.every((runbook) => runbook.steps.length >= 3));
    assert.deepEqual(runbooks.map((runbook) => runbook.details.when), [undefined, undefined, "start-of-day"]);
    const named = made.kinds.flatMap((kind) => (kind.runbook === undefined ? [] : [`runbooks/${kind.runbook}`]));
    assert.deepEqual(named.filter((path) => !files.some((file) => file.path === path)), []);
  });
});
