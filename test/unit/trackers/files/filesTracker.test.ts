import assert from 'node:assert/strict';
import { appendChecklist } from '../../../../src/core/markup/checklistRegion';
import { eventsPath, idOfKey, renderIssueFile } from '../../../../src/core/markup/issueFile';
import type { IssueTracker } from '../../../../src/core/model/ports';
import { failed } from '../../../../src/core/model/result';
import { createFilesTracker } from '../../../../src/trackers/files/filesTracker';
import { countingIds } from '../../../support/countingIds';
import { memoryFiles } from '../../../support/memoryFiles';
import { sampleIssue } from '../../../support/sampleIssue';
import { sampleChecklist, step } from '../../../support/sampleChecklist';
import { virtualTime } from '../../../support/virtualTime';

const ref = { repository: "acme/desk", number: 7 };

const path = ".desk/incident/7-portal.md";

const good = renderIssueFile({ issue: sampleIssue({ body: appendChecklist("", sampleChecklist([step("a")]), "acme/desk") }), key: "k" });

function open(initial: Readonly<Record<string, string>>): { readonly tracker: IssueTracker; readonly texts: Map<string, string>; readonly time: ReturnType<typeof virtualTime> } {
  const { files, texts } = memoryFiles(initial);
  const time = virtualTime();
  return { tracker: createFilesTracker({ files, clock: time.clock, ids: countingIds(), me: () => "ana" }), texts, time };
}

describe("the tracker of plain files", () => {
  for (const [what, text, reason] of [
    ["front matter", good.replace("state: open", "state: [open"), "badYaml"],
    ["region", good.replace("<!-- /desk:run -->", ""), "badRegion"],
  ] as const) {
    it(`shows an issue whose ${what} a person broke, and never writes it`, async () => {
      const { tracker, texts, time } = open({ [path]: text, ".desk/README.md": "no issue", ".desk/incident/notes.md": "none either" });
      const list = await time.run(tracker.list({ state: "all" }));
      assert.deepEqual(list.kind === "ok" && [list.value.issues, list.value.broken], [[], [{ path, reason }]]);
      const broken = { kind: "failed", failure: { kind: "broken", path, reason } };
      assert.deepEqual(await time.run(tracker.edit(ref, { kind: "close" }, "k1")), broken);
      assert.deepEqual(await time.run(tracker.comment(ref, "x", "k2")), broken);
      assert.deepEqual(await time.run(tracker.get(ref)), broken);
      assert.equal(texts.get(path), text);
      assert.deepEqual([...texts.keys()].sort(), [".desk/README.md", path, ".desk/incident/notes.md"].sort());
      const made = await time.run(tracker.create({ repository: "acme/desk", kind: "incident", title: "New", body: "", labels: [], assignees: [] }, "k3"));
      assert.deepEqual(made.kind === "ok" && [made.value.repository, made.value.number], ["acme/desk", 8]);
    });
  }

  it("shows an unreadable issue, does not write it, and continues with the others", async () => {
    const other = ".desk/incident/9-ledger.md";
    const { files, texts } = memoryFiles({ [path]: good, [other]: good.replace("Portal down", "Ledger down") });
    const time = virtualTime();
    const shut: typeof files = { ...files, read: async (one) => (one === path ? failed({ kind: "unreadable", path, reason: "denied" }) : files.read(one)) };
    const tracker = createFilesTracker({ files: shut, clock: time.clock, ids: countingIds(), me: () => "ana" });
    const list = await time.run(tracker.list({ state: "all" }));
    assert.deepEqual(list.kind === "ok" && [list.value.issues.map(({ ref: { number } }) => number), list.value.broken], [[9], [{ path, reason: "unreadable" }]]);
    assert.deepEqual(await time.run(tracker.edit(ref, { kind: "close" }, "k1")), { kind: "failed", failure: { kind: "broken", path, reason: "unreadable" } });
    assert.equal(texts.get(path), good);
  });

  it("shows the other issues when one file is empty and cannot be repaired now", async () => {
    const other = ".desk/incident/9-ledger.md";
    const { files } = memoryFiles({ [path]: "", [other]: good.replace("Portal down", "Ledger down") });
    const time = virtualTime();
    const untrusted: typeof files = { ...files, read: async (one) => (one === path ? failed({ kind: "untrusted" }) : files.read(one)) };
    const list = await time.run(createFilesTracker({ files: untrusted, clock: time.clock, ids: countingIds(), me: () => "ana" }).list({ state: "all" }));
    assert.deepEqual(list.kind === "ok" && [list.value.issues.map(({ ref: { number } }) => number), list.value.broken], [[9], [{ path, reason: "unreadable" }]]);
  });

  it("shows the newer of two issues with one number as broken if it cannot write, and continues with the older", async () => {
    const younger = renderIssueFile({ issue: sampleIssue({ title: "Younger", createdAt: "2026-11-21T00:00:00Z" }), key: "j" });
    const { files, texts } = memoryFiles({ ".desk/incident/7-a-younger.md": younger, [path]: good });
    const time = virtualTime();
    const tracker = createFilesTracker({ files: { ...files, move: async (from) => failed({ kind: "unwritable", path: from, reason: "denied" }) }, clock: time.clock, ids: countingIds(), me: () => "ana" });
    const list = await time.run(tracker.list({ state: "all" }));
    assert.deepEqual(list.kind === "ok" && [list.value.issues.map(({ title }) => title), list.value.broken], [["[INCIDENT] Portal down"], [{ path: ".desk/incident/7-a-younger.md", reason: "sameNumber" }]]);
    assert.equal((await time.run(tracker.edit(ref, { kind: "close" }, "k1"))).kind, "ok");
    assert.equal(texts.get(".desk/incident/7-a-younger.md"), younger);
  });

  it("gives different numbers to two issues that two windows create at the same instant", async () => {
    const { files, texts } = memoryFiles({ [path]: good });
    const time = virtualTime();
    const windows = ["ana", "ben"].map((login) => createFilesTracker({ files, clock: time.clock, ids: countingIds(login), me: () => login }));
    const made = await time.run(Promise.all(windows.map((window, index) => window.create({ repository: "acme/desk", kind: "incident", title: `New ${index}`, body: "", labels: [], assignees: [] }, `k${index}`))));
    assert.deepEqual(made.map((one) => one.kind === "ok" && one.value.number), [8, 9]);
    assert.deepEqual([...texts.keys()].sort(), [".desk/.gitattributes", path, ".desk/incident/8-new-0.md", ".desk/incident/9-new-1.md"]);
  });

  it("writes a tick with one write, and nothing when the issue contains it already", async () => {
    const { files, texts } = memoryFiles({ [path]: good });
    const writes: string[] = [];
    const time = virtualTime();
    const tracker = createFilesTracker({ clock: time.clock, ids: countingIds(), me: () => "ana", files: { ...files, write: (to, text, before) => (writes.push(to), files.write(to, text, before)) } });
    const tick = { kind: "markStep", run: "run1", step: "a", mark: { kind: "done", by: "ana", at: "2026-11-20T16:10:00Z" } } as const;
    await time.run(tracker.edit(ref, tick, "k1"));
    await time.run(tracker.edit(ref, tick, "k1"));
    assert.deepEqual(writes, [".desk/.gitattributes", path]);
    assert.equal(texts.get(".desk/.gitattributes"), "*.events.jsonl merge=union\n");
  });

  it("keeps what another program writes between the reading of a file and its writing", async () => {
    const { files, texts } = memoryFiles({ [path]: good });
    const time = virtualTime();
    const log = eventsPath(path, idOfKey("k"));
    const theirs = '{"id":"e9","at":"2026-11-20T18:00:00Z","by":"ben","kind":"commented","markdown":"It was the certificate."}\n';
    const late = new Map([[log, (text: string) => text + theirs], [path, (text: string) => text.replace("Portal down", "Portal slow")]]);
    const tracker = createFilesTracker({
      clock: time.clock, ids: countingIds(), me: () => "ana",
      files: {
        ...files,
        write(to, text, before) {
          const change = late.get(to);
          late.delete(to);
          if (change !== undefined) texts.set(to, change(texts.get(to) ?? ""));
          return files.write(to, text, before);
        },
      },
    });
    assert.equal((await time.run(tracker.edit(ref, { kind: "close" }, "k1"))).kind, "ok");
    assert.ok(texts.get(log)?.startsWith(theirs));
    assert.match(texts.get(log) ?? "", /"kind":"closed"/);
    assert.match(texts.get(path) ?? "", /Portal slow[^]*state: closed/);
  });

  it("notices a file that a person changed since the last reading", async () => {
    const { tracker, texts, time } = open({ [path]: good });
    await time.run(tracker.list({ state: "all" }));
    texts.set(path, good.replace("Portal down", "Portal slow"));
    const list = await time.run(tracker.list({ state: "all" }));
    assert.deepEqual(list.kind === "ok" && list.value.issues.map(({ title }) => title), ["[INCIDENT] Portal slow"]);
  });
});
