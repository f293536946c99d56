import assert from 'node:assert/strict';
import { businessTime } from '../../../../src/core/calendar/businessTime';
import { startChecklist } from '../../../../src/core/checklist/startChecklist';
import { parseDesk } from '../../../../src/core/desk/parseDesk';
import { issueFacts } from '../../../../src/core/issue/issueFacts';
import { readChecklists } from '../../../../src/core/markup/checklistRegion';
import { acceptHandoff, renderHandoff } from '../../../../src/core/markup/handoffRegion';
import { textsOf } from '../../../../src/core/model/handoff';
import type { Issue } from '../../../../src/core/model/issue';
import { runbookContext } from '../../../../src/core/runbook/runbookContext';
import { applyChange } from '../../../../src/core/sync/applyChange';
import { formatInstant } from '../../../../src/host/ui/format';
import { checklistDay } from '../../../../src/core/oncall/roleChecklist';
import { leftOpen } from '../../../../src/host/views/issueNodes';
import { childrenOf, type DeskNode } from '../../../../src/host/views/node';
import { type OnCallContext, onCallNodes } from '../../../../src/host/views/oncallNodes';
import { runbookNodes } from '../../../../src/host/views/runbookNodes';
import { readRunbook } from '../../../../src/markdown/readMarkdown';
import { sampleIssue } from '../../../support/sampleIssue';

const read = parseDesk(`timezone: America/Los_Angeles
hours: { Mon-Fri: ["08:00-12:00", "13:00-17:00"] }
people: [{ login: ana, name: Ana Ruiz }, { login: ben }]
rotation: { starts: 2026-11-16, every: 1w, roles: [primary, backup] }
`);

if (read.desk === undefined) throw new Error("The desk of this test is broken");

const desk = read.desk;

const now = "2026-11-20T18:00:00Z";

const morning = readRunbook("runbooks/morning.md", "---\ntitle: Morning\nwhen: start-of-day\nrole: primary\n---\n- [ ] a\n- [ ] b\n", runbookContext(desk));

const turn = readRunbook("runbooks/turn.md", "---\ntitle: Turn\nwhen: start-of-shift\n---\n- [ ] a\n", runbookContext(desk));

function context(more: Partial<OnCallContext> = {}): OnCallContext {
  return { desk, problems: [], stale: false, issues: [], runbooks: [turn, morning], me: "ana", store: { kind: "files" }, now, pending: 0, formatInstant: (at) => at, time: businessTime(more.desk ?? desk), checklistsTitle: "Checklists", calendarProblems: [], scheduleTitles: { own: "My next shifts", flaws: "Gaps", away: "Away" }, needed: { title: "Needs you now", children: [] }, ownActions: { title: "Your overdue action items", children: [] }, lowHanging: { title: "Low-hanging fruit", children: [] }, leftOpen: { title: "Earlier checklists", children: [] }, ...more };
}

function todays(progressed: boolean): Issue {
  const issue = sampleIssue({ title: "Morning · 2026-11-20", labels: ["checklist"], body: "" });
  const run = startChecklist(morning, { id: "day", startedAt: now, by: "ana", holders: {} });
  const started = applyChange(issue, { kind: "startRun", run }, now);
  if (started.kind === "failed") assert.fail(started.failure.kind);
  const first = run.items.find((item) => item.kind === "step")?.id ?? "";
  const marked = progressed ? applyChange(started.value, { kind: "markStep", run: "day", step: first, mark: { kind: "done", by: "ana", at: now } }, now) : started;
  return marked.kind === "ok" ? marked.value : assert.fail(marked.failure.kind);
}

function kinds(nodes: readonly DeskNode[]): readonly string[] {
  return nodes.map((node) => node.kind);
}

describe("onCallNodes", () => {
  it("shows who is on call until when, who is next, whether the desk is open, and the current user", () => {
    const nodes = onCallNodes(context());
    assert.deepEqual(kinds(nodes), ["onCall", "onCall", "nextShift", "hours", "me", "group", "group"]);
    const [primary, backup, next, hours] = nodes;
    assert.deepEqual(primary, { kind: "onCall", id: "onCall:primary", role: "primary", login: "ana", name: "Ana Ruiz", isMine: true, until: "2026-11-23T08:00:00Z" });
    assert.equal(backup?.kind === "onCall" && backup.login, "ben");
    assert.equal(next?.kind === "nextShift" && next.holders[0]?.login, "ben");
    assert.deepEqual(hours, { kind: "hours", id: "hours", open: true, until: "2026-11-20T20:00:00Z" });
  });

  it("shows a handoff until it is accepted, and that a handoff is due", () => {
    const handoff = { outgoing: "ben", incoming: "Ana", beside: [], from: "2026-11-09T08:00:00Z", to: "2026-11-16T08:00:00Z", felt: "", items: [], texts: textsOf(() => "") };
    const body = renderHandoff(handoff, { home: "acme/desk", timezone: "UTC" });
    const kept = sampleIssue({ body, labels: ["handoff"] });
    const accepted = { ...kept, ref: { repository: "acme/desk", number: 8 }, body: acceptHandoff(body, { by: "ana", at: now }) ?? "" };
    const ending = { outgoing: "ana", incoming: "ben", beside: [], from: "2026-11-16T08:00:00Z", to: "2026-11-23T08:00:00Z" };
    assert.deepEqual(onCallNodes(context({ issues: [kept, accepted], ending })).slice(0, 2), [
      { kind: "handoff", id: "handoff:acme/desk#7", ref: kept.ref, outgoing: "ben", incoming: "Ana", isMine: true, count: 0 },
      { kind: "handoffDue", id: "handoffDue", incoming: "ben", until: "2026-11-23T08:00:00Z" },
    ]);
    const [theirs] = onCallNodes(context({ issues: [kept], me: "cho" }));
    assert.equal(theirs?.kind === "handoff" && theirs.isMine, false);
  });

  it("shows who is on call in all rotations, how to reach them, and gaps of the first", () => {
    const layers = parseDesk(`timezone: UTC
people: [{ login: ana, email: ana@a.org, phone: "1" }, { login: ben }]
rotation: { starts: 2026-11-16, people: [ana], roles: [primary, backup] }
rotations:
  second-line: { starts: 2026-11-18, every: 2w, people: [ben], roles: [second] }
  night: { starts: 2026-11-16, every: 1d, from: 20:00, to: 22:00, people: [ben], roles: [night] }
`).desk;
    const rows = onCallNodes(context({ desk: layers ?? assert.fail("broken desk") })).flatMap((node) => (node.kind === "onCall" ? [node] : []));
    assert.deepEqual(rows.map(({ role, login, until }) => [role, login, until]), [
      ["primary", "ana", "2026-11-23T00:00:00Z"],
      ["backup", undefined, "2026-11-23T00:00:00Z"],
      ["second", "ben", "2026-12-02T00:00:00Z"],
    ]);
    assert.deepEqual([rows[0]?.email, rows[0]?.phone], ["ana@a.org", "1"]);
  });

  it("shows a desk with errors and pending changes first", () => {
    const problem = { severity: "error", code: "badYaml", range: { startLine: 3, startColumn: 0, endLine: 3, endColumn: 1 }, details: {} } as const;
    const nodes = onCallNodes(context({ path: "runbooks/desk.yml", problems: [problem], stale: true, pending: 2 }));
    assert.deepEqual(nodes.slice(0, 2), [
      { kind: "problem", id: "problem", path: "runbooks/desk.yml", line: 3, stale: true, count: 1 },
      { kind: "pending", id: "pending", count: 2 },
    ]);
  });

  it("lists the role checklists in the order of the day, with the progress of today", () => {
    const list = (issues: readonly Issue[], at = now): readonly unknown[] =>
      childrenOf(onCallNodes(context({ issues, now: at })).find((node) => node.kind === "group") ?? assert.fail()).map((node) => (node.kind === "checklist" ? [node.title, node.progress] : node));
    assert.deepEqual(list([]), [["Turn", undefined], ["Morning", undefined]]);
    assert.deepEqual(list([todays(true)]), [["Turn", undefined], ["Morning", { done: 1, total: 2 }]]);
    assert.deepEqual(list([todays(true)], "2026-11-21T18:00:00Z"), [["Turn", undefined], ["Morning", undefined]]);
  });

  it("shows that no one is on call on a desk without a rotation, and the current user", () => {
    const { rotation: _rotation, ...rest } = desk;
    assert.deepEqual(kinds(onCallNodes(context({ desk: { ...rest, hours: [] }, runbooks: [] }))), ["noRotation", "me"]);
  });
});

describe("checklistDay", () => {
  it("is the date in the desk's time zone, or the first day of the shift", () => {
    assert.equal(checklistDay(desk, "end-of-day", "2026-11-21T04:00:00Z"), "2026-11-20");
    assert.equal(checklistDay(desk, "end-of-shift", "2026-11-21T04:00:00Z"), "2026-11-16");
  });

  it("stays the first day of the shift when someone covers a part of it", () => {
    const covered = parseDesk("people: [{ login: ana }, { login: ben }]\nrotation: { starts: 2026-11-16, overrides: [{ from: 2026-11-18, to: 2026-11-19, primary: ben }] }").desk ?? assert.fail();
    assert.equal(checklistDay(covered, "start-of-shift", "2026-11-20T04:00:00Z"), "2026-11-16");
  });
});

describe("leftOpen", () => {
  const of = (issue: Issue): boolean => leftOpen({ issue, facts: issueFacts(issue, desk) }, desk, "2026-11-21T20:00:00Z");
  const named = (issue: Issue, date: string): Issue => ({ ...issue, title: `Morning \u00B7 ${date}` });

  it("is true for an open checklist of an earlier day with open steps", () => {
    const [begun, done] = [todays(false), todays(true)];
    assert.equal(of(begun), true);
    assert.equal(of(done), true);
    assert.equal(of(named(begun, "2026-11-21")), false, "today's");
    assert.equal(of(named(begun, "2026-11-16")), false, "this turn's");
    assert.equal(of({ ...begun, state: "closed" }), false);
    assert.equal(of({ ...begun, labels: ["incident"] }), false);
    const run = readChecklists(begun.body, begun.ref.repository)[0] ?? assert.fail();
    const settled = run.items.filter((item) => item.kind === "step").reduce((issue, step) => {
      const marked = applyChange(issue, { kind: "markStep", run: run.id, step: step.id, mark: { kind: "done", by: "ana", at: now } }, now);
      return marked.kind === "ok" ? marked.value : assert.fail(marked.failure.kind);
    }, begun);
    assert.equal(of(settled), false, "all done");
  });
});

describe("formatInstant", () => {
  it("omits what is the same for today or this week", () => {
    assert.equal(formatInstant("2026-11-20T20:00:00Z", now, "America/Los_Angeles", "en-GB"), "12:00");
    assert.equal(formatInstant("2026-11-23T08:00:00Z", now, "America/Los_Angeles", "en-GB"), "Mon 00:00");
    assert.equal(formatInstant("2026-12-23T08:00:00Z", now, "America/Los_Angeles", "en-GB"), "Wed 23 Dec, 00:00");
  });
});

describe("runbookNodes", () => {
  it("shows runbooks by folder with their steps", () => {
    const nested = readRunbook("runbooks/deep/er.md", "# B\n- [ ] **One** [x](y.md)\n  - [ ] `two`\n", runbookContext(desk));
    const nodes = runbookNodes([nested, morning], "runbooks");
    assert.deepEqual(kinds(nodes), ["runbook", "folder"]);
    const [deep] = childrenOf(nodes[1] ?? assert.fail());
    const [one] = childrenOf(deep ?? assert.fail());
    assert.equal(one?.kind === "step" && one.title, "One x");
    assert.equal(one?.kind === "step" && one.line, 1);
    const [two] = childrenOf(one ?? assert.fail());
    assert.equal(two?.kind === "step" && two.title, "two");
  });

  it("shows the sections of a runbook with several, and what the desk makes of them", () => {
    const ops = readRunbook("runbooks/ops.md", "# Ops\n## Day\n### At nine:\n- [ ] one\n  - [ ] two\n## Gate: all\n- [ ] three\n", runbookContext(desk));
    const [row] = runbookNodes([ops], "runbooks", [{ runbook: "runbooks/ops.md#at-nine", role: "primary", when: "start-of-day" }]);
    assert.deepEqual(childrenOf(row ?? assert.fail()), [
      {
        kind: "section", id: "section:runbooks/ops.md#at-nine", path: "runbooks/ops.md#at-nine", title: "At nine", above: ["Day"], gate: false, when: "start-of-day", role: "primary", steps: 2,
        children: [{ kind: "step", id: `step:runbooks/ops.md#${ops.steps[0]?.id}`, path: "runbooks/ops.md", line: 3, title: "one", part: "step", children: [{ kind: "step", id: `step:runbooks/ops.md#${ops.steps[1]?.id}`, path: "runbooks/ops.md", line: 4, title: "two", part: "step", children: [] }] }],
      },
      { kind: "section", id: "section:runbooks/ops.md#gate-all", path: "runbooks/ops.md#gate-all", title: "Gate: all", above: [], gate: true, steps: 1, children: [{ kind: "step", id: `step:runbooks/ops.md#${ops.steps[2]?.id}`, path: "runbooks/ops.md", line: 6, title: "three", part: "step", children: [] }] },
    ]);
  });

  it("shows only the steps of a runbook with one section or with steps outside of sections", () => {
    for (const text of ["# A\n- [ ] one\n", "- [ ] one\n# A\n- [ ] two\n# B\n- [ ] three\n", "# A\n## 1. Do this\ntext\n## 2. Do that\ntext\n# B\n- [ ] c\n# C\n- [ ] d\n"]) {
      const [row] = runbookNodes([readRunbook("runbooks/ops.md", text, runbookContext(desk))], "runbooks");
      assert.deepEqual(new Set(kinds(childrenOf(row ?? assert.fail()))), new Set(["step"]), text);
    }
  });
});
