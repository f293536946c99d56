import * as vscode from 'vscode';
import { metricsReport } from '../../src/core/metrics/report';
import type { Notices } from '../../src/host/app/notices';
import { openSession } from '../../src/host/app/openSession';
import type { DeskSession } from '../../src/host/app/session';
import { randomIds } from '../../src/host/platform/ports';
import { memoryLog } from '../support/memoryLog';

const issueOf = (number: number): string => `---
title: "[INCIDENT] number ${number}"
state: open
labels: [incident]
assignees: [ana]
author: ana
created: 2026-11-20T16:00:00Z
updated: 2026-11-20T16:00:00Z
---
<!-- desk:run id=run1 runbook=runbooks/incident.md revision=1c9e started=2026-11-20T16:02:11Z by=ana -->
### Incident response
- [ ] Acknowledge <!-- desk:step a1 -->
- [ ] Search <!-- desk:step b2 -->
<!-- /desk:run -->
`;

/** The session's storage, for the duration of the test. */
function keptInMemory(values: Readonly<Record<string, unknown>>): vscode.Memento & { setKeysForSync(): void } {
  const kept = new Map(Object.entries(values));
  return { keys: () => [...kept.keys()], get: <T>(key: string, otherwise?: T) => (kept.has(key) ? (kept.get(key) as T) : (otherwise as T)), update: async (key, value) => void kept.set(key, value), setKeysForSync: () => undefined };
}

const nothing = async (): Promise<void> => undefined;

const noNotices: Notices = { refused: nothing, sendingLeft: nothing, held: nothing, renumbered: nothing, fromTracker: nothing };

/** A session on a new folder with these files. */
async function openDesk(files: Readonly<Record<string, string>>): Promise<{ readonly session: DeskSession; readonly root: vscode.Uri }> {
  const workspace = vscode.workspace.workspaceFolders?.[0];
  if (workspace === undefined) throw new Error("the tests need an open folder");
  const root = vscode.Uri.joinPath(workspace.uri, `session-${randomIds.next()}`);
  for (const [path, text] of Object.entries(files)) await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(root, "desk", path), new TextEncoder().encode(text));
  const parts = {
    extensionUri: vscode.extensions.all.find(({ id }) => id.endsWith(".response-desk"))?.extensionUri,
    globalStorageUri: vscode.Uri.joinPath(root, "storage"),
    globalState: keptInMemory({ "responseDesk.login": "ana" }),
    workspaceState: keptInMemory({}),
  };
  const folder = { uri: vscode.Uri.joinPath(root, "desk"), name: "desk", index: 0 };
  return { root, session: await openSession(parts as unknown as vscode.ExtensionContext, folder, noNotices, memoryLog()) };
}

describe("the events of a session", () => {
  it("report a tick once, with its issue, and nothing else", async () => {
    const { session, root } = await openDesk(Object.fromEntries([1, 2, 3].map((number) => [`.desk/incident/${number}-number-${number}.md`, issueOf(number)])));
    const heard: string[] = [];
    const { desk, account, store, issues, links, pending } = session;
    for (const [name, { onDidChange }] of Object.entries({ desk, account, store, issues, links, pending }) as [string, { onDidChange: vscode.Event<unknown> }][]) {
      onDidChange((value) => heard.push(`${name} ${JSON.stringify(value)}`));
    }
    const before = session.issues.snapshot()?.issues.find(({ ref }) => ref.number === 3);
    const [ticked] = session.issues.snapshot()?.issues ?? [];
    if (ticked === undefined) throw new Error(`no issues: ${JSON.stringify(session.store.failure())}`);
    const result = await session.pending.submit({ kind: "edit", ref: ticked.ref, change: { kind: "markStep", run: "run1", step: "a1", mark: { kind: "done" } } }, "key-1");
    if (result.kind === "failed") throw new Error(JSON.stringify(result));
    // The file watcher reports the write, and all files are read again.
    await session.refresh();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const kinds = heard.map((each) => each.split(" ")[0] ?? "");
    const expected = ["issues", "pending", "pending"];
    const same = session.issues.snapshot()?.issues.find(({ ref }) => ref.number === 3) === before;
    session.dispose();
    await vscode.workspace.fs.delete(root, { recursive: true });
    if (kinds.toSorted().join() !== expected.join()) throw new Error(`got ${heard.join(" | ")}`);
    if (!heard.includes(`issues ${JSON.stringify({ refs: [ticked.ref], broken: false })}`)) throw new Error(`got ${heard.join(" | ")}`);
    if (!same) throw new Error("an issue that nobody changed is another object now");
  });
});

describe("the metrics of a session", () => {
  it("are read from plain files without Git, and say that earlier versions of desk.yml are unknown", async () => {
    const acknowledged = { id: "1/1", kind: "commented", at: "2026-11-20T16:10:00Z", by: "ana", markdown: "Acknowledged\n\n<!-- desk:moment acknowledged -->" };
    const { session, root } = await openDesk({
      "desk.yml": "team: Example\ntimezone: UTC\nkinds: { incident: { respondWithin: 1h } }\n",
      ".desk/incident/1-number-1.md": issueOf(1),
      ".desk/incident/1.events.jsonl": `${JSON.stringify(acknowledged)}\n`,
      ".desk/incident/2-number-2.md": "no front matter",
    });
    const read = await session.metrics.read({ signal: { aborted: false }, progress: () => undefined });
    session.dispose();
    await vscode.workspace.fs.delete(root, { recursive: true });
    if (read?.kind !== "ok") throw new Error(JSON.stringify(read));
    const report = metricsReport({ ...read.value, now: "2026-11-30T00:00:00Z" }, { from: "2026-11-01", to: "2026-11-30" });
    const found = JSON.stringify([report.issues.map(({ timeToAcknowledge, withinGoal }) => [timeToAcknowledge?.wall, withinGoal]), report.leftOut.map(({ reason }) => reason), read.value.notes]);
    const expected = JSON.stringify([[[600_000, true]], ["noFrontMatter"], [{ kind: "deskOfToday" }]]);
    if (found !== expected) throw new Error(`got ${found}`);
  });
});
