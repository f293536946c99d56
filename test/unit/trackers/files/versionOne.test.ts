import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { progress } from '../../../../src/core/checklist/marking';
import { readChecklists } from '../../../../src/core/markup/checklistRegion';
import { readHandoff } from '../../../../src/core/markup/handoffRegion';
import { readLinks } from '../../../../src/core/markup/linkRegion';
import { createFilesTracker } from '../../../../src/trackers/files/filesTracker';
import { countingIds } from '../../../support/countingIds';
import { memoryFiles } from '../../../support/memoryFiles';
import { must } from '../../../support/must';
import { virtualTime } from '../../../support/virtualTime';

/** A folder as version 0.1 wrote it, and one file by hand. */
function oldFolder(): Readonly<Record<string, string>> {
  const root = path.join(__dirname, "version-0.1", "desk");
  const names = readdirSync(root).flatMap((kind) => readdirSync(path.join(root, kind)).map((name) => `${kind}/${name}`));
  return Object.fromEntries(names.map((name) => [`.desk/${name}`, readFileSync(path.join(root, name), "utf8")]));
}

describe("a folder of version 0.1", () => {
  const before = oldFolder();
  const open = (): { tracker: ReturnType<typeof createFilesTracker>; texts: Map<string, string>; time: ReturnType<typeof virtualTime> } => {
    const { files, texts } = memoryFiles(before);
    const time = virtualTime("2026-12-01T08:00:00Z");
    return { tracker: createFilesTracker({ files, clock: time.clock, ids: countingIds(), me: () => "ben" }), texts, time };
  };

  it("opens completely without any write", async () => {
    const { tracker, texts, time } = open();
    const { issues, broken } = await must(time.run(tracker.list({ state: "all" })));
    assert.deepEqual(broken, []);
    assert.deepEqual(issues.map(({ ref: { number }, state, updatedAt }) => [number, state, updatedAt]), [
      [1, "open", "2026-11-20T16:15:17Z"],
      [2, "closed", "2026-11-20T16:11:13Z"],
      [3, "open", "2026-11-20T16:14:16Z"],
      [4, "open", "2026-11-20T16:15:17Z"],
      [12, "open", "2026-11-19T00:00:00Z"],
    ]);
    const [one, two, three, four, byHand] = issues;
    assert.ok(one && two && three && four && byHand);
    assert.deepEqual(readChecklists(one.body, "local").map(progress), [{ done: 4, total: 8 }]);
    assert.deepEqual(readLinks(one.body, "local"), [{ kind: "child", other: { repository: "local", number: 2 } }]);
    assert.equal(readHandoff(four.body)?.items[0]?.ref.number, 1);
    assert.ok([one, two, three, four].every(({ ref }) => ref.id !== undefined));
    assert.equal(byHand.ref.id, undefined);
    assert.deepEqual((await must(time.run(tracker.timeline(one.ref)))).map(({ kind }) => kind), ["opened", "linked", "commented", "labeled", "unlabeled", "commented"]);
    assert.deepEqual(Object.fromEntries(texts), before);
  });

  it("loses only the line with the update time when a file is written", async () => {
    const { tracker, texts, time } = open();
    const file = ".desk/record/3-start-of-day-2026-11-20.md";
    await must(time.run(tracker.edit({ repository: "local", number: 3 }, { kind: "markStep", run: "day1", step: "c", mark: { kind: "done", by: "ben", at: "2026-12-01T08:00:00Z" } }, "k1")));
    const expected = (before[file] ?? "").replace(/updated: .*\n/, "").replace("- [ ] Do c <!-- desk:step c -->", "- [x] Do c <!-- desk:step c by=ben at=2026-12-01T08:00:00Z -->");
    assert.equal(texts.get(file), expected);
  });

  it("keeps its log at the same path, and accepts stored changes by number", async () => {
    const { tracker, texts, time } = open();
    await must(time.run(tracker.comment({ repository: "local", number: 1 }, "Still slow.", "k1")));
    await must(time.run(tracker.comment({ repository: "local", number: 12 }, "By hand.", "k2")));
    assert.ok(texts.get(".desk/incident/1.events.jsonl")?.startsWith(before[".desk/incident/1.events.jsonl"] ?? "?"));
    assert.match(texts.get(".desk/incident/12.events.jsonl") ?? "", /By hand/);
    assert.deepEqual([...texts.keys()].filter((name) => !(name in before)).sort(), [".desk/.gitattributes", ".desk/incident/12.events.jsonl"]);
  });
});
