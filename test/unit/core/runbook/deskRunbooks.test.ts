import assert from "node:assert/strict";
import { checkDeskRunbooks, completeDeskRunbook, fixDeskRunbook, runbooksInDesk } from "../../../../src/core/runbook/deskRunbooks";
import { readRunbook } from "../../../../src/markdown/readMarkdown";
import { deskNames } from "../../../support/readText";

const ops = readRunbook("team/ops.md", "# Ops\n## On starting the day:\n- [ ] a\n## Gate: all\n- [ ] b\n## Größe & Zeit\n1. c\n## Why\ntext\n", deskNames);

const incident = readRunbook("incident.md", "# Incident\n- [ ] a\n", deskNames);

const text = `kinds:
  incident: { runbook: incdent.md }
  request:
    runbook: "team/ops.md#größe--zeit"
checklists:
  - runbook: team/ops.md#on-starting-a-day
    when: start-of-day
  - { runbook: 'team/ops.md#nothing-like-it', when: end-of-day }
  - { runbook: ../secret.md, when: end-of-day }
  - { runbook: team/ops.md#Why, when: end-of-day }
`;

/** The problems as code, written name and fixes. */
async function found(): Promise<readonly unknown[]> {
  const problems = await checkDeskRunbooks(text, async (file) => [ops, incident].find(({ path }) => path === file));
  return problems.map((problem) => {
    const { range, code } = problem;
    return [code, (text.split("\n")[range.startLine] ?? "").slice(range.startColumn, range.endColumn), fixDeskRunbook(problem, [ops.path, incident.path])];
  });
}

/** The values that are offered at the | in a text, as what the line becomes. */
function offered(marked: string): readonly string[] | undefined {
  const before = marked.slice(0, marked.indexOf("|")).split("\n");
  const whole = marked.replace("|", "");
  const [line, column] = [before.length - 1, before.at(-1)?.length ?? 0];
  const row = whole.split("\n")[line] ?? "";
  return completeDeskRunbook(whole, line, column, [ops, incident])?.map((one) => row.slice(0, one.column) + one.text + row.slice(one.endColumn));
}

describe("Runbooks that desk.yml names", () => {
  it("are those of kinds and checklists", () => {
    assert.deepEqual(runbooksInDesk(text).map(({ file, slug }) => [file, slug]), [["incdent.md", undefined], ["team/ops.md", "größe--zeit"], ["team/ops.md", "on-starting-a-day"], ["team/ops.md", "nothing-like-it"], ["../secret.md", undefined], ["team/ops.md", "Why"]]);
    for (const odd of ["", "a", "kinds: [a]", "checklists: { a: b }", "checklists: [a, { runbook: [b] }]"]) assert.deepEqual(runbooksInDesk(odd), []);
  });

  it("are reported if their file or heading is gone, with the nearest one", async () => {
    assert.deepEqual(await found(), [
      ["missingRunbook", "incdent.md", ["incident.md"]],
      ["missingHeading", "team/ops.md#on-starting-a-day", ["team/ops.md#on-starting-the-day"]],
      ["missingHeading", "'team/ops.md#nothing-like-it'", []],
      ["missingHeading", "team/ops.md#Why", ["team/ops.md#why"]],
    ]);
  });

  it("are completed with files and their startable sections", () => {
    assert.deepEqual(offered("kinds:\n  incident: { runbook: | }"), [
      "  incident: { runbook: team/ops.md }", "  incident: { runbook: team/ops.md#on-starting-the-day }", '  incident: { runbook: "team/ops.md#größe--zeit" }', "  incident: { runbook: incident.md }",
    ]);
    assert.equal(offered("checklists:\n  - runbook: team/o|ps.md#x\n    when: start-of-day")?.[1], "  - runbook: team/ops.md#on-starting-the-day");
    assert.equal(offered('checklists:\n  - { when: start-of-day, runbook: "team/ops.md#|gr" }')?.[2], '  - { when: start-of-day, runbook: "team/ops.md#größe--zeit" }');
    assert.equal(offered("checklists:\n  - when: end-of-day\n    runbook: |")?.length, 4);
  });

  it("are not offered elsewhere", () => {
    for (const other of ["runbook: |", "kinds:\n  incident: { label: | }", "kinds:\n  incident: |", "# runbook: |", "kinds:\n  incident:\n    more: { runbook: | }", "team: runbook: |", "kinds:\n  incident: { runbook: a.md | }"]) assert.equal(offered(other), undefined, other);
  });
});
