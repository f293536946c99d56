import assert from 'node:assert/strict';
import fc from 'fast-check';
import { moveRow, unmoveRow } from '../../../../src/core/postmortem/moveRow';
import type { Postmortem, PostmortemEntry } from '../../../../src/core/postmortem/postmortem';
import { applyEdit, isSorted, sortEntries, type PostmortemEdit } from '../../../../src/core/postmortem/postmortemEdit';
import { readEntryTime } from '../../../../src/core/postmortem/postmortemTime';
import { propertyRuns } from '../../../support/propertyRuns';
import { emptyPostmortem, entry } from './samples';

const at = (minute: number): string => `2026-11-20T10:${String(minute).padStart(2, '0')}:00Z`;

const rows = (...minutes: readonly number[]): readonly PostmortemEntry[] => minutes.map((minute, index) => entry(`t${index + 1}`, at(minute), `event ${index + 1}`));

const after = (timeline: readonly PostmortemEntry[], edits: readonly PostmortemEdit[]): readonly PostmortemEntry[] =>
  edits.reduce<Postmortem>((now, edit) => applyEdit(now, edit, text => readEntryTime(text, 'UTC')), { ...emptyPostmortem, timeline }).timeline;

describe('a moved row of the timeline', () => {
  it('keeps its time where that fits', () => {
    const same = rows(0, 5, 5, 9);
    const move = moveRow(same, 't3', 1);
    assert.equal(move?.isRetimed, false);
    assert.deepEqual(after(same, move?.edits ?? []).map(({ id }) => id), ['t1', 't3', 't2', 't4']);
  });

  it('otherwise gets the time of the row before it, and is marked as inferred', () => {
    const timeline = rows(0, 5, 9);
    const move = moveRow(timeline, 't3', 1);
    assert.equal(move?.isRetimed, true);
    const moved = after(timeline, move?.edits ?? [])[1];
    assert.deepEqual(moved, { ...timeline[2], time: { kind: 'instant', at: at(0) }, inferred: true });
  });

  it('gets the time of the row after it if it becomes the first', () => {
    const timeline = rows(1, 5);
    assert.deepEqual(after(timeline, moveRow(timeline, 't2', 0)?.edits ?? [])[0]?.time, { kind: 'instant', at: at(1) });
  });

  it('keeps a time in words, and looks past others in words', () => {
    const words: PostmortemEntry = { ...entry('w', '', 'later'), time: { kind: 'words', words: 'about noon' } };
    const timeline = [...rows(0, 5), words, ...rows(9).map(row => ({ ...row, id: 'last' }))];
    assert.equal(moveRow(timeline, 'w', 0)?.isRetimed, false);
    assert.equal(moveRow(timeline, 't1', 2)?.isRetimed, true);
    assert.deepEqual(after(timeline, moveRow(timeline, 't1', 2)?.edits ?? [])[2]?.time, { kind: 'instant', at: at(5) });
  });

  it('does not move to where it is, and an unknown one does not move', () => {
    assert.equal(moveRow(rows(0, 5), 't1', 0), undefined);
    assert.equal(moveRow(rows(0, 5), 't2', 7), undefined);
    assert.equal(moveRow(rows(0, 5), 'x', 0), undefined);
  });

  it('gets its own time again when it is moved back', () => {
    const timeline = rows(0, 5, 9);
    const up = after(timeline, moveRow(timeline, 't3', 0)?.edits ?? []);
    assert.deepEqual(after(up, moveRow(up, 't3', 2, timeline[2])?.edits ?? []), timeline);
  });

  it('leaves a sorted timeline sorted, and undo restores it', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(59), fc.boolean()), { minLength: 1, maxLength: 8 }), fc.nat(8), fc.array(fc.nat(8), { minLength: 1, maxLength: 4 }), (spec, which, positions) => {
      const timeline = sortEntries(spec.map(([minute, inferred], index) => ({ ...entry(`t${index}`, at(minute), ''), ...inferred ? { inferred: true as const } : {} })));
      const from = which % timeline.length;
      const original = timeline[from];
      assert.ok(original !== undefined);
      const moved = positions.reduce((now, to) => after(now, moveRow(now, original.id, to, original)?.edits ?? []), timeline);
      assert.ok(isSorted(moved));
      assert.deepEqual(after(moved, unmoveRow(original, from)), timeline);
    }), { numRuns: propertyRuns(200) });
  });
});
