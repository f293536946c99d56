import assert from 'node:assert/strict';
import { appendEvents } from '../../../../src/core/markup/eventLog';
import type { TimelineEvent } from '../../../../src/core/model/timelineEvent';
import { folderChanges } from '../../../../src/trackers/files/deskFiles';
import { createFilesTracker } from '../../../../src/trackers/files/filesTracker';
import { memoryFiles } from '../../../support/memoryFiles';
import { must } from '../../../support/must';

const folder = '.desk/incident';

const closed: TimelineEvent = { kind: 'closed', at: '2026-11-20T10:00:00Z', by: 'ana' };

const file = (number: number): string => `---\ntitle: Issue ${number}\nstate: closed\ncreated: 2026-11-20T09:00:00Z\nclosed: 2026-11-20T10:00:00Z\n---\n\nText`;

/** A watched desk with three closed issues, each with a log. */
function open() {
  const numbers = [1, 2, 3];
  const { files, texts } = memoryFiles(Object.fromEntries(numbers.flatMap((number) => [
    [`${folder}/${number}-issue.md`, file(number)],
    [`${folder}/${number}.events.jsonl`, appendEvents('', [{ id: `${number}/1`, event: closed }])],
  ])));
  const reads: string[] = [];
  const changes = folderChanges();
  const tracker = createFilesTracker({
    changes,
    files: { ...files, read: (path) => { reads.push(path); return files.read(path); } },
    clock: { now: () => '2026-11-20T12:00:00Z', wait: async () => undefined },
    ids: { next: () => 'id' },
    me: () => 'ana',
    writable: () => false,
  });
  const list = () => must(tracker.list({ state: 'all' }));
  return {
    texts, reads, list,
    records: async () => (await must(tracker.records({}))).records,
    leftOut: async () => (await must(tracker.records({}))).unreadable,
    /** A watcher reports the changed file, and the views list the issues again. */
    async change(path: string, text: string) {
      texts.set(path, text);
      changes.note(path);
      await list();
    },
    /** A watcher reports that files were moved to another place, or deleted. */
    async move(from: string, to?: string) {
      for (const [path, text] of [...texts]) {
        if (!path.startsWith(from)) continue;
        texts.delete(path);
        changes.note(path);
        if (to === undefined) continue;
        texts.set(path.replace(from, to), text);
        changes.note(path.replace(from, to));
      }
      await list();
    },
    /** The window gets the focus, so that anything may have changed. */
    async return() {
      changes.noteAll();
      await list();
    },
  };
}

const relabelled: TimelineEvent = { kind: 'labeled', at: '2026-11-20T09:30:00Z', by: 'ben', label: 'priority: high' };

describe('records of issues in plain files', () => {
  it('reads the logs of the issues that the views have read, and nothing twice', async () => {
    const desk = open();
    await desk.list();
    desk.reads.length = 0;
    const records = await desk.records();
    assert.deepEqual(records.map(({ events }) => events), [[closed], [closed], [closed]]);
    assert.deepEqual(desk.reads, [1, 2, 3].map((number) => `${folder}/${number}.events.jsonl`));
    const again = await desk.records();
    assert.equal(desk.reads.length, 3);
    assert.ok(again.every((record, index) => record === records[index]));
  });

  it('lists no log of an issue that was moved or deleted with it', async () => {
    const desk = open();
    await desk.records();
    await desk.move(`${folder}/2`, '.desk/request/2');
    const [, second] = await desk.records();
    assert.deepEqual([second?.events, await desk.leftOut()], [[closed], []]);
    await desk.move('.desk/request/2');
    assert.deepEqual(await desk.leftOut(), []);
  });

  it('reads only the log that changed, even if the issue is the same', async () => {
    const desk = open();
    await desk.list();
    const before = await desk.records();
    const path = `${folder}/2.events.jsonl`;
    await desk.change(path, appendEvents(desk.texts.get(path) ?? '', [{ id: '2/0', event: relabelled }]));
    desk.reads.length = 0;
    const after = await desk.records();
    assert.deepEqual(desk.reads, [path]);
    assert.deepEqual(after.map((record, index) => record === before[index]), [true, false, true]);
    assert.deepEqual(after[1]?.events, [relabelled, closed]);
  });

  it('has the new text of an issue that changed', async () => {
    const desk = open();
    await desk.list();
    const before = await desk.records();
    await desk.change(`${folder}/3-issue.md`, file(3).replace('Issue 3', 'Portal'));
    const after = await desk.records();
    assert.deepEqual(after.map((record, index) => record === before[index]), [true, true, false]);
    assert.equal(after[2]?.issue.title, 'Portal');
  });

  it('reads all logs again when the watcher may have missed changes, and keeps the records that are the same', async () => {
    const desk = open();
    await desk.list();
    const before = await desk.records();
    desk.texts.set(`${folder}/1.events.jsonl`, appendEvents('', [{ id: '1/0', event: relabelled }, { id: '1/1', event: closed }]));
    await desk.return();
    const after = await desk.records();
    assert.deepEqual(after.map((record, index) => record === before[index]), [false, true, true]);
    assert.deepEqual(after[0]?.events, [relabelled, closed]);
  });

  it('is complete after a reading that was cancelled', async () => {
    const desk = open();
    await desk.list();
    const { files } = memoryFiles(Object.fromEntries(desk.texts));
    const tracker = createFilesTracker({ files, clock: { now: () => '2026-11-20T12:00:00Z', wait: async () => undefined }, ids: { next: () => 'id' }, me: () => 'ana', writable: () => false });
    const signal = { aborted: true };
    await tracker.records({ signal });
    assert.deepEqual((await must(tracker.records({}))).records.map(({ events, isIncomplete }) => [events, isIncomplete]), [1, 2, 3].map(() => [[closed], undefined]));
  });
});
