import assert from 'node:assert/strict';
import { renderMilestone } from '../../../../src/core/markup/milestone';
import type { Failure } from '../../../../src/core/model/failure';
import type { Operation } from '../../../../src/core/model/operation';
import { applyChange } from '../../../../src/core/sync/applyChange';
import type { PendingChange } from '../../../../src/core/sync/pendingOperation';
import { describeOperation, type Translate } from '../../../../src/host/ui/operationLabels';
import { formatPendingState } from '../../../../src/host/views/pendingMessages';
import { nextLastingAt, pendingNodes, visibleChanges } from '../../../../src/host/views/pendingNodes';
import { sampleIssue } from '../../../support/sampleIssue';
import { sampleChecklist, step } from '../../../support/sampleChecklist';

const t: Translate = (message, ...args) => message.replace(/\{(\d+)\}/g, (_all, index) => String(args[Number(index)] ?? ""));

const ref = { repository: "acme/desk", number: 12 };

const other = { repository: "acme/engine", number: 3 };

const now = "2026-11-20T16:00:00Z";

const offline: Failure = { kind: "offline", server: "https://github.com" };

function waiting(operation: Operation, more: Partial<PendingChange> = {}): PendingChange {
  return { pending: { key: "k", at: now, by: "ana", operation }, state: "pending", attempts: 1, failure: offline, unsure: false, ...more };
}

/** The labels of operations on a desk with one repository. */
function names(...operations: readonly Operation[]): readonly string[] {
  const started = applyChange(sampleIssue({ ref }), { kind: "startRun", run: sampleChecklist([step("a", { text: "**Acknowledge** the [mail](x.md)" })]) }, now);
  const issue = started.kind === "ok" ? started.value : assert.fail();
  return pendingNodes({ pendingChanges: operations.map((operation) => waiting(operation)), issue: () => issue, home: ref.repository, formatInstant: (at) => at }).map((node) => describeOperation(node, t));
}

describe("rows of pending changes", () => {
  it("describe each kind of change", () => {
    const edit = (change: Extract<Operation, { kind: "edit" }>["change"]): Operation => ({ kind: "edit", ref, change });
    const draft = { repository: ref.repository, kind: "request", title: "[REQUEST] A key", body: "", labels: [], assignees: [] };
    const mark = (kind: "open" | "done", id = "a"): Operation => edit({ kind: "markStep", run: "run1", step: id, mark: { kind } });
    assert.deepEqual(
      names(
        { kind: "create", draft },
        { kind: "create", draft, under: { parent: ref, relation: "child" } },
        { kind: "link", child: other, under: { parent: ref, relation: "related" } },
        { kind: "comment", ref, markdown: "x" },
        { kind: "comment", ref, markdown: renderMilestone("mitigated", "") },
        { kind: "close", ref, resolution: "x" },
        edit({ kind: "reopen" }),
        edit({ kind: "retitle", title: "New" }),
        edit({ kind: "assign", add: ["ana", "ben"], remove: [] }),
        edit({ kind: "assign", add: ["ana"], remove: ["ben"] }),
        edit({ kind: "label", add: [], remove: ["x"] }),
        mark("done"),
        mark("open"),
        mark("done", "unknown"),
        edit({ kind: "choose", run: "run1", option: "a", mark: { kind: "done" } }),
        edit({ kind: "startRun", run: sampleChecklist([]) }),
        edit({ kind: "addLink", link: { kind: "postmortem", path: "x.md" } }),
        { kind: "batch", operations: [{ kind: "comment", ref, markdown: renderMilestone("acknowledged", "") }, { kind: "edit", ref, change: { kind: "assign", add: ["ana"], remove: [] } }] },
      ),
      [
        "Create “[REQUEST] A key”",
        "Create “[REQUEST] A key” linked to #12",
        "Link acme/engine#3 to #12",
        "Comment on #12",
        "Add a timeline entry to #12",
        "Close #12",
        "Reopen #12",
        "Rename #12 to “New”",
        "Assign ana, ben to #12",
        "Assign ana to #12 instead of ben",
        "Remove the label “x” from #12",
        "Tick “Acknowledge the mail” on #12",
        "Untick “Acknowledge the mail” on #12",
        "Tick a step on #12",
        "Choose “Acknowledge the mail” on #12",
        `Start “${sampleChecklist([]).title}” on #12`,
        "Link the post-mortem on #12",
        "Acknowledge #12 + Assign ana to #12",
      ],
    );
  });

  it("show Markdown and icons in text as plain text", () => {
    const [name = ""] = names({ kind: "edit", ref, change: { kind: "retitle", title: "a $(flame)\n[b](command:c)" } });
    assert.doesNotMatch(name, /\$\(|\]\(|\n/);
  });

  it("show why a change is pending, how often it was tried and when it is tried next", () => {
    const [node] = pendingNodes({ pendingChanges: [waiting({ kind: "comment", ref, markdown: "x" }, { attempts: 3, nextAt: "later" })], issue: () => undefined, home: "", formatInstant: (at) => at });
    assert.ok(node);
    assert.equal(formatPendingState(node, t), "no response · tried 3 times · next try later");
    assert.equal(formatPendingState({ ...node, behind: true }, t), "after an earlier change");
    assert.equal(formatPendingState({ ...node, state: "sending" }, t), "sending…");
    assert.equal(node.text, "x");
  });
});

describe("visibleChanges", () => {
  it("omits changes that are just being sent, and contains failed and slow ones and those queued behind them", () => {
    const change = (key: string, more: Partial<PendingChange>): PendingChange => {
      const { failure: _failure, ...rest } = waiting({ kind: "comment", ref, markdown: key });
      return { ...rest, pending: { ...rest.pending, key }, ...more };
    };
    const slow = change("slow", {});
    const all = [change("new", {}), change("failed", { failure: offline }), change("behind", { behind: "failed" }), change("behindNew", { behind: "new" })];
    assert.deepEqual(visibleChanges(all, now).map(({ pending }) => pending.key), ["failed", "behind"]);
    assert.deepEqual(visibleChanges([slow], "2026-11-20T16:00:02Z"), []);
    assert.deepEqual(visibleChanges([slow], "2026-11-20T16:00:03Z"), [slow]);
    assert.equal(nextLastingAt([slow], "2026-11-20T16:00:02Z"), Date.parse("2026-11-20T16:00:03Z"));
    assert.equal(nextLastingAt([slow], "2026-11-20T16:00:03Z"), undefined);
  });
});
