import assert from 'node:assert/strict';
import { issueFacts, remainingWork } from '../../../../src/core/issue/issueFacts';
import type { Issue } from '../../../../src/core/model/issue';
import type { IssueChange } from '../../../../src/core/model/issueChange';
import type { IssueRef } from '../../../../src/core/model/issueRef';
import { applyChange } from '../../../../src/core/sync/applyChange';
import { sampleDesk } from '../../../support/sampleDesk';
import { sampleIssue } from '../../../support/sampleIssue';
import { sampleChecklist, step } from '../../../support/sampleChecklist';

const at = "2026-11-20T16:05:00Z";

function after(issue: Issue, ...changes: readonly IssueChange[]): Issue {
  return changes.reduce((now, change) => {
    const applied = applyChange(now, change, at);
    if (applied.kind === "failed") assert.fail(JSON.stringify(applied.failure));
    return applied.value;
  }, issue);
}

describe("the facts of an issue", () => {
  it("come from its labels, ignoring case", () => {
    const { checklists: _runs, ...facts } = issueFacts(sampleIssue({ labels: ["Incident", "PRIORITY: HIGH", "stage: in progress", "service: Portal", "service: Ledger"] }), sampleDesk);
    assert.deepEqual(facts, { kind: "incident", name: "Portal down", stage: "In progress", priority: "high", services: ["Portal", "Ledger"], children: [], related: [], blockedBy: [], blocks: [], duplicateOf: [], duplicates: [] });
  });

  it("put an issue without a known stage in the first stage, and a closed one in the last", () => {
    const stage = (more: Partial<Issue>): string => issueFacts(sampleIssue(more), sampleDesk).stage;
    assert.deepEqual([stage({}), stage({ labels: ["stage: Waiting"] }), stage({ state: "closed", labels: ["stage: In progress"] })], ["To do", "To do", "Done"]);
  });

  it("find the kind by label, then prefix, then the repository of a kind without a label", () => {
    const kind = (more: Partial<Issue>): string | undefined => issueFacts(sampleIssue(more), sampleDesk).kind;
    assert.equal(kind({ labels: ["request"] }), "request");
    assert.equal(kind({ labels: [] }), "request");
    assert.equal(kind({ labels: [], title: "x", ref: { repository: "acme/live", number: 1 } }), undefined);
    assert.equal(kind({ labels: [], ref: { repository: "acme/live", number: 1 } }), "incident");
    assert.equal(kind({ labels: [], title: "x", ref: { repository: "acme/docs", number: 1 } }), "issue");
    assert.equal(kind({ labels: ["checklist"], title: "x" }), "checklist");
  });

  it("contain links in both directions, the post-mortem and the progress of all checklists", () => {
    const [parent, child, related] = [3, 8, 9].map((number) => ({ repository: number === 8 ? "acme/engine" : "acme/desk", number }));
    assert.ok(parent && child && related);
    const issue = after(
      sampleIssue({ body: "Mail\r\n" }),
      { kind: "addLink", link: { kind: "parent", other: parent } },
      { kind: "startRun", run: sampleChecklist([step("a"), step("b")]) },
      { kind: "addLink", link: { kind: "child", other: child } },
      { kind: "addLink", link: { kind: "related", other: related } },
      { kind: "addLink", link: { kind: "postmortem", path: "post mortems/2026 (a) é👩‍🚒.md" } },
      { kind: "markStep", run: "run1", step: "a", mark: { kind: "done", at } },
    );
    const facts = issueFacts(issue, sampleDesk);
    assert.deepEqual([facts.parent, facts.children, facts.related, facts.postmortem], [parent, [child], [related], "post mortems/2026 (a) é👩‍🚒.md"]);
    assert.deepEqual(facts.progress, { done: 1, total: 2 });
    assert.ok(issue.body.startsWith("Mail\r\n\r\n<!-- desk:links -->\r\n- Parent: #3\r\n- Child: acme/engine#8\r\n- Related: #9\r\n- Post-mortem: ["));
  });

  it("stay the same object when a change is applied again", () => {
    const changes: readonly IssueChange[] = [
      { kind: "close" },
      { kind: "reopen" },
      { kind: "retitle", title: "New\ntitle" },
      { kind: "assign", add: ["ana", "ANA"], remove: ["ben"] },
      { kind: "label", add: ["x"], remove: ["x", "incident"] },
      { kind: "startRun", run: sampleChecklist([step("a")]) },
      { kind: "addLink", link: { kind: "postmortem", path: "p/x.md" } },
      { kind: "addLink", link: { kind: "child", other: { repository: "acme/engine", number: 8 } } },
    ];
    for (const change of changes) {
      const once = after(sampleIssue(), change);
      assert.equal(after(once, change), once, change.kind);
    }
  });
});

describe("remainingWork", () => {
  it("returns checklists with open steps and open children that are known", () => {
    const ref = (number: number): IssueRef => ({ repository: "acme/desk", number });
    const done = sampleChecklist([step("a", { mark: { kind: "done" } })], "done");
    const open = sampleChecklist([step("a"), step("b", { mark: { kind: "skipped", reason: "r" } })], "open");
    const facts = { ...issueFacts(sampleIssue(), sampleDesk), checklists: [done, open], children: [ref(1), ref(2), ref(3)] };
    const remaining = remainingWork(facts, ({ number }) => (number === 3 ? undefined : sampleIssue({ ref: ref(number), state: number === 1 ? "open" : "closed" })));
    assert.deepEqual(remaining.checklists.map(({ id }) => id), ["open"]);
    assert.deepEqual(remaining.children.map((child) => child.ref.number), [1]);
  });
});
