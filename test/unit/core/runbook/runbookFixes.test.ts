import assert from 'node:assert/strict';
import type { Problem } from '../../../../src/core/model/problem';
import { doubtfulNames, nextReview, reviewProblem } from '../../../../src/core/runbook/checkRunbook';
import { fixesFor, nearestNames, type RunbookCheckCode } from '../../../../src/core/runbook/runbookFixes';
import { readMarkdown } from '../../../../src/markdown/readMarkdown';
import { deskNames, runbookOf } from '../../../support/readText';

const today = "2026-11-21";

const runbooks = ["runbooks/a.md", "runbooks/escalation.md", "runbooks/net/lock.md"];

function problemsOf(text: string): readonly Problem<RunbookCheckCode>[] {
  const document = readMarkdown(text);
  const runbook = runbookOf(text, { exists: (path) => runbooks.includes(path) });
  const review = reviewProblem(runbook, document.lines, today);
  return [...runbook.problems, ...(review === undefined ? [] : [review]), ...doubtfulNames(document, deskNames)];
}

/** The text after each fix of its only problem. */
function fixed(text: string): readonly string[] {
  const [problem, ...others] = problemsOf(text);
  assert.deepEqual(others, []);
  assert.ok(problem);
  return fixesFor(problem, { path: "runbooks/a.md", document: readMarkdown(text), context: deskNames, runbooks, today, item: "ready" }).map(({ change: { range, text: put } }) => {
    const lines = text.split("\n");
    const line = lines[range.startLine] ?? "";
    const last = lines[range.endLine] ?? "";
    lines.splice(range.startLine, range.endLine - range.startLine + 1, line.slice(0, range.startColumn) + put + last.slice(range.endColumn));
    return lines.join("\n");
  });
}

describe("A problem of a runbook is fixed by", () => {
  const cases: readonly (readonly [what: string, text: string, results: readonly string[]])[] = [
    ["the nearest kind", "---\nkind: requst\n---\n- [ ] go", ["---\nkind: request\n---\n- [ ] go"]],
    ["the nearest role", "---\nassign: bakup\n---\n- [ ] go", ["---\nassign: backup\n---\n- [ ] go"]],
    ["the nearest priority", "---\npriority: hihg\n---\n- [ ] go", ["---\npriority: high\n---\n- [ ] go"]],
    ["the nearest time", "---\nwhen: start of day\n---\n- [ ] go", ["---\nwhen: start-of-day\n---\n- [ ] go"]],
    ["the date that was meant, or today's", "---\nreviewed: 2026/3/5\n---\n- [ ] go", ["---\nreviewed: 2026-03-05\n---\n- [ ] go", "---\nreviewed: 2026-11-21\n---\n- [ ] go"]],
    ["today's date where the order is unclear", "---\nreviewed: 03.05.2026\n---\n- [ ] go", ["---\nreviewed: 2026-11-21\n---\n- [ ] go"]],
    ["the short form of a time", "---\nupdateEvery: 30 minutes\n---\n- [ ] go", ["---\nupdateEvery: 30m\n---\n- [ ] go"]],
    ["nothing for months, which have no short form", "---\nreviewEvery: 6 months\nreviewed: 2026-11-01\n---\n- [ ] go", []],
    ["the runbook of that name elsewhere", "- [ ] see [x](lock.md#a)", ["- [ ] see [x](net/lock.md#a)"]],
    ["the runbook of nearly that name", "- [ ] see [x](escalations.md)", ["- [ ] see [x](escalation.md)"]],
    ["an item in a gate", "## Gate: go\n\nWords.\n\n## B\n- [ ] x", ["## Gate: go\n\n- [ ] ready\n\nWords.\n\n## B\n- [ ] x"]],
    ["a closing mark before the next heading", "- [ ] x\n\n```issue\nkind: issue\ntitle: t\n---\nBody.\n\n## Next\n", ["- [ ] x\n\n```issue\nkind: issue\ntitle: t\n---\nBody.\n```\n\n## Next\n"]],
    ["a closing mark where a list item ends, as far in", "- [ ] x\n  ```issue\n  kind: issue\n  title: t\n- [ ] y", ["- [ ] x\n  ```issue\n  kind: issue\n  title: t\n  ```\n- [ ] y"]],
    ["a review today", "---\nreviewed: 2026-01-01 # by ana\nreviewEvery: 26w\n---\n- [ ] go", ["---\nreviewed: 2026-11-21 # by ana\nreviewEvery: 26w\n---\n- [ ] go"]],
    ["a first review today", "---\nreviewEvery: 26w\n---\n- [ ] go", ["---\nreviewed: 2026-11-21\nreviewEvery: 26w\n---\n- [ ] go"]],
    ["spaces around a label of a flowchart", "```mermaid\nflowchart LR\na([S]) --No--> b\n```", ["```mermaid\nflowchart LR\na([S]) -- No --> b\n```"]],
    ["the name that was meant", "- [ ] ask @primry", ["- [ ] ask @primary"]],
  ];
  for (const [what, text, results] of cases) it(what, () => assert.deepEqual(fixed(text), results));
});

describe("The next review of a runbook", () => {
  it("is due after days or weeks, and never after minutes or hours", () => {
    assert.deepEqual(["2w", "30d", "5h"].map((reviewEvery) => nextReview({ reviewed: "2026-11-01", reviewEvery })), ["2026-11-15", "2026-12-01", undefined]);
  });
  it("is not a problem on the day it is due", () => {
    const stale = (reviewed: string): boolean => problemsOf(`---\nreviewed: ${reviewed}\nreviewEvery: 1w\n---\n- [ ] x`).some(({ code }) => code === "stale");
    assert.deepEqual(["2026-11-13", "2026-11-14", "2026-11-15"].map(stale), [true, false, false]);
  });
});

describe("Names after @", () => {
  const doubtful = (text: string, people: readonly string[] = ["ana"]): readonly string[] => doubtfulNames(readMarkdown(text), { ...deskNames, people }).map(({ details }) => details["name"] ?? "");
  it("are accepted when they resemble nobody on the desk", () => assert.deepEqual(doubtful("- [ ] ask @octocat, @ann, @Primary, @primary-team, @primavera and @leads\n\n`@primry` @primry/x a@primry.org"), []));
  it("are accepted on a desk without people", () => assert.deepEqual(doubtful("- [ ] ask @primry", []), []));
  it("are reported at their positions in steps and text", () => assert.deepEqual(doubtful("Ask @bakcup.\n\n- [ ] or @primry\n  or @leed"), ["bakcup", "primry"]));
});

describe("The most similar names", () => {
  const names = ["incident", "request", "record", "issue"];
  const cases = { incidnet: ["incident"], req: ["request"], issues: ["issue"], banana: [], isue: ["issue"] } as const;
  for (const [typed, found] of Object.entries(cases)) it(`of ${typed} are ${found.join(", ") || "none"}`, () => assert.deepEqual(nearestNames(typed, names), found));
});
