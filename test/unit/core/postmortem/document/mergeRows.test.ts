import fc from 'fast-check';
import assert from 'node:assert/strict';
import { addingEdits, changedEntries, eventRow, goneEntries, hiddenEntries, newEntries, repeatedEntries } from '../../../../../src/core/postmortem/timeline/eventRows';
import { mergeTexts } from '../../../../../src/core/postmortem/document/mergeTexts';
import type { PostmortemDocument } from '../../../../../src/core/postmortem/document/parsePostmortem';
import type { Postmortem } from '../../../../../src/core/postmortem/postmortem';
import type { PostmortemEdit } from '../../../../../src/core/postmortem/postmortemEdit';
import { renderPostmortem } from '../../../../../src/core/postmortem/document/renderPostmortem';
import type { TimelineEvent } from '../../../../../src/core/model/timelineEvent';
import { countingIds } from '../../../../support/countingIds';
import { propertyRuns } from '../../../../support/propertyRuns';
import { act, anyDoings, anyEvents, apply, at, comment, read, tick } from '../sampleEvents';
import { emptyPostmortem, parse, zone } from '../samples';

/** The file of a post-mortem with a row for each event. */
function file(before: readonly TimelineEvent[]): PostmortemDocument {
  const events = read(before);
  return parse(renderPostmortem({ ...emptyPostmortem, eventsUntil: events.at(-1)?.entry.at ?? '', timeline: events.map((event, index) => eventRow(event, `e${index}`)) }, zone));
}

/** What an editor does that knows these events: adds all new ones, then edits. */
function edited(base: PostmortemDocument, known: readonly TimelineEvent[], edit: (postmortem: Postmortem) => Postmortem): string {
  const events = read(known);
  const added = apply(base.postmortem, addingEdits(base.postmortem, events, newEntries(base.postmortem, events), countingIds('n').next));
  return renderPostmortem(edit(added), zone, base);
}

function hide(...events: readonly string[]): (postmortem: Postmortem) => Postmortem {
  return postmortem => apply(postmortem, postmortem.timeline.flatMap(({ id, event }): readonly PostmortemEdit[] => (events.includes(event) ? [{ kind: 'hideEntry', id }] : [])));
}

function reword(from: string, to: string): (postmortem: Postmortem) => Postmortem {
  return postmortem => apply(postmortem, postmortem.timeline.flatMap(({ id, event }): readonly PostmortemEdit[] => (event === from ? [{ kind: 'entry', id, column: 'event', value: to }] : [])));
}

/** The post-mortem after rows were removed that equal others, as a panel does when it reads the file. */
function cleaned(text: string): Postmortem {
  const { postmortem } = parse(text);
  return apply(postmortem, repeatedEntries(postmortem).equal.map(({ id }) => ({ kind: 'removeEntry', id })));
}

const rowsOf = ({ timeline }: Postmortem) => timeline.map(({ event }) => event);

const contents = ({ timeline }: Postmortem) => timeline.map(({ id: _id, ...row }) => JSON.stringify(row));

const same = (postmortem: Postmortem): Postmortem => postmortem;

describe('Two people who edit the timeline of one file', () => {
  const first = [comment(10, 'one'), comment(30, 'three')];
  const base = file(first);

  it('add different new events at one place, each in its place by time', () => {
    const merged = mergeTexts(base.text, edited(base, [...first, comment(20, 'two'), comment(40, 'four')], same), edited(base, [...first, comment(15, 'one and a half'), comment(25, 'two and a half'), comment(40, 'four')], same));
    assert.ok(merged !== undefined);
    assert.deepEqual(rowsOf(parse(merged).postmortem), ['Opened by ana', 'ana: one', 'ana: one and a half', 'ana: two', 'ana: two and a half', 'ana: three', 'ana: four']);
    const until = (mine: number, theirs: number) => parse(mergeTexts(base.text, edited(base, [...first, comment(mine, 'two')], same), edited(base, [...first, comment(theirs, 'three')], same)) ?? '').postmortem.eventsUntil;
    assert.deepEqual([until(40, 50), until(50, 40)], [at(50), at(50)]);
  });

  it('add an event that both know once, between others that only one of them knows', () => {
    const merged = mergeTexts(base.text, edited(base, [...first, comment(35, 'x'), comment(40, 'both')], same), edited(base, [...first, comment(40, 'both'), comment(45, 'y')], same));
    assert.deepEqual(rowsOf(parse(merged ?? '').postmortem), ['Opened by ana', 'ana: one', 'ana: three', 'ana: x', 'ana: both', 'ana: y']);
  });

  it('hide different events, while others are added beside them', () => {
    const merged = mergeTexts(base.text, edited(base, first, hide('ana: one')), edited(base, [...first, comment(20, 'two')], hide('ana: three')));
    assert.ok(merged !== undefined);
    assert.deepEqual(rowsOf(parse(merged).postmortem), ['Opened by ana', 'ana: two']);
    assert.deepEqual(hiddenEntries(parse(merged).postmortem, read(first)).map(({ entry }) => entry.at), [at(10), at(30)]);
    const next = parse(merged);
    const both = mergeTexts(next.text, edited(next, first, hide('ana: two')), edited(next, first, hide('Opened by ana')));
    assert.ok(both !== undefined);
    assert.deepEqual([rowsOf(parse(both).postmortem), parse(both).postmortem.hidden.length], [[], 4]);
  });

  it('reword and hide rows next to each other, and a row that both changed is a conflict', () => {
    const text = (edit: (postmortem: Postmortem) => Postmortem) => edited(base, first, edit);
    const merged = mergeTexts(base.text, text(reword('ana: one', 'We look')), text(hide('ana: three')));
    assert.deepEqual(rowsOf(parse(merged ?? '').postmortem), ['Opened by ana', 'We look']);
    assert.equal(mergeTexts(base.text, text(reword('ana: one', 'We look')), text(hide('ana: one'))), undefined);
    assert.equal(mergeTexts(base.text, text(reword('ana: one', 'We look')), text(reword('ana: one', 'We see'))), undefined);
  });

  it('move rows while the other adds some, and keep each row once if both move the same one', () => {
    const text = (edit: (postmortem: Postmortem) => Postmortem, known = first) => edited(base, known, edit);
    const move = (id: string, index: number) => (postmortem: Postmortem) => apply(postmortem, [{ kind: 'moveEntry', id, index }]);
    const swap = (postmortem: Postmortem) => reword('ana: one', 'We look')(move('t2', 0)(postmortem));
    const hidden = hide('Opened by ana', 'ana: one');
    const turned = (postmortem: Postmortem) => reword('ana: one', 'B')(reword('ana: three', 'C')(move('t3', 1)(postmortem)));
    for (const [ours, theirs] of [[text(turned), text(same, [...first, comment(20, 'two')])], [text(same, [...first, comment(20, 'two')]), text(turned)]] as const) {
      assert.deepEqual(rowsOf(parse(mergeTexts(base.text, ours, theirs) ?? assert.fail()).postmortem), ['Opened by ana', 'C', 'B', 'ana: two']);
    }
    for (const [ours, theirs] of [[text(swap), text(same, [...first, comment(20, 'two')])], [text(same, [...first, comment(20, 'two')]), text(swap)]] as const) {
      const rows = rowsOf(parse(mergeTexts(base.text, ours, theirs) ?? assert.fail()).postmortem);
      assert.deepEqual([rows.indexOf('We look') < rows.indexOf('Opened by ana'), rows.length], [true, 4]);
    }
    const both = mergeTexts(base.text, text(move('t1', 1)), text(move('t1', 2)));
    assert.deepEqual(rowsOf(cleaned(both ?? '')).toSorted(), rowsOf(base.postmortem).toSorted());
    assert.equal(mergeTexts(base.text, text(hidden), text(reword('Opened by ana', 'It starts'))), undefined);
  });

  it('add a row without an event each and both edit one, which is a conflict', () => {
    const rows = (...texts: readonly string[]) => `${['| Time | Event |', '| --- | --- |', ...texts.map(text => `| ${text} |`)].join('\n')}\n`;
    assert.equal(mergeTexts(rows('10:00 | a'), rows('10:00 | b', '11:00 | x'), rows('10:00 | c', '12:00 | y')), undefined);
    assert.equal(mergeTexts(rows('10:00 | a'), rows('11:00 | x'), rows('10:00 | c', '12:00 | y')), undefined);
    assert.equal(mergeTexts(rows('10:00 | a'), rows('10:00 | a', '12:00 | x'), rows('10:00 | a', '11:00 | y')), rows('10:00 | a', '11:00 | y', '12:00 | x'));
  });

  it('keep a new row that only one of them hides', () => {
    const known = [...first, comment(20, 'two')];
    const merged = mergeTexts(base.text, edited(base, known, same), edited(base, known, hide('ana: two')));
    const result = parse(merged ?? '').postmortem;
    assert.deepEqual(rowsOf(result), ['Opened by ana', 'ana: one', 'ana: two', 'ana: three']);
    assert.deepEqual([hiddenEntries(result, read(known)), newEntries(result, read(known))], [[], []]);
  });

  it('keep two rows of one event that one of them reworded', () => {
    const known = [...first, comment(20, 'two')];
    const merged = mergeTexts(base.text, edited(base, known, same), edited(base, known, reword('ana: two', 'It begins')));
    assert.ok(merged !== undefined);
    assert.deepEqual(rowsOf(parse(merged).postmortem).toSorted(), ['Opened by ana', 'It begins', 'ana: one', 'ana: three', 'ana: two'].toSorted());
    assert.deepEqual(repeatedEntries(parse(merged).postmortem).different.length, 2);
  });

  it('lose nothing, and end with each event once, whichever events each of them knew', () => {
    fc.assert(
      fc.property(anyEvents, anyEvents, anyEvents, (before, mine, theirs) => {
        const start = file(before);
        const [ours, others] = [edited(start, [...before, ...mine], same), edited(start, [...before, ...theirs], same)];
        const merged = mergeTexts(start.text, ours, others);
        assert.ok(merged !== undefined);
        const result = cleaned(merged);
        assert.deepEqual(new Set(contents(result)), new Set([...contents(parse(ours).postmortem), ...contents(parse(others).postmortem)]));
        assert.deepEqual(repeatedEntries(result).equal, []);
        const later = mergeTexts(start.text, others, ours);
        assert.deepEqual(new Set(contents(cleaned(later ?? ''))), new Set(contents(result)));
      }),
      { numRuns: propertyRuns(500) },
    );
  });

  it('lose nothing that either wrote, or get a conflict', () => {
    let merges = 0;
    fc.assert(
      fc.property(anyEvents, anyEvents, anyDoings, anyEvents, anyDoings, (before, mine, ourDoings, theirs, theirDoings) => {
        const start = file(before);
        const ours = edited(start, [...before, ...mine], postmortem => act(postmortem, ourDoings, 'm'));
        const others = edited(start, [...before, ...theirs], postmortem => act(postmortem, theirDoings, 't'));
        const merged = mergeTexts(start.text, ours, others);
        if (merged === undefined) return;
        merges += 1;
        const result = cleaned(merged);
        const [was, left, right, now] = [start.postmortem, parse(ours).postmortem, parse(others).postmortem, new Set(contents(result))];
        const old = new Set(contents(was));
        for (const row of [...contents(left), ...contents(right)]) if (!old.has(row)) assert.ok(now.has(row), row);
        const keys = (each: Postmortem) => each.timeline.flatMap(({ origin }) => origin?.key ?? []);
        for (const key of [...keys(left), ...left.hidden, ...keys(right), ...right.hidden]) assert.ok(keys(result).includes(key) || result.hidden.includes(key), key);
      }),
      { numRuns: propertyRuns(500) },
    );
    assert.ok(merges > 5);
  });
});

describe('Events with the texts of strangers', () => {
  it('cannot imitate marks, end the table, or change what other rows say', () => {
    const part = fc.constantFrom('<!-- desk:entry k h -->', '<!-- desk:hidden k -->', '<', '!--', '-->', '|', '\\|', '\n', '\r\n', '| a | b |', '\n## Impact\n', '```', '<br>', '&#124;', '@ben', ', internal', ', inferred', '---', '`', 'x');
    const text = fc.array(part, { minLength: 1, maxLength: 8 }).map(parts => parts.join(''));
    fc.assert(
      fc.property(text, text, text, (one, two, three) => {
        const events = read([
          comment(10, `x${one}`, { by: 'eve', url: 'https://example.org/issues/1#issuecomment-1' }),
          { kind: 'labeled', at: at(11), by: 'eve', label: two },
          { kind: 'referenced', at: at(12), by: 'eve', sha: 'a1', subject: three },
          { kind: 'mentioned', at: at(13), by: 'eve', ref: { repository: 'eve/x', number: 1 }, title: one, isPullRequest: true, state: 'open', url: 'https://example.org/eve/x/pull/1' },
          { kind: 'retitled', at: at(14), by: 'eve', from: two, to: three },
          comment(15, `${three}\n\n<!-- desk:moment update audience=${encodeURIComponent(two).replace(/[^a-z]/g, '')}a -->`),
        ], [tick('a', 16, { text: one, evidence: [{ kind: 'text', value: two }, { kind: 'file', value: three.replace(/[\r\n]/g, '') }] })]);
        const rows = events.map((event, index) => eventRow(event, `t${index + 1}`, emptyPostmortem.issue));
        const { postmortem } = parse(renderPostmortem({ ...emptyPostmortem, timeline: rows }, zone));
        assert.deepEqual(postmortem.timeline.map(({ origin, source, inferred, internal }) => ({ origin, source, inferred, internal })), events.map(({ origin, source }) => ({ origin, source, inferred: undefined, internal: undefined })));
        assert.deepEqual([postmortem.hidden, postmortem.texts.impact, postmortem.own], [[], '', []]);
        assert.deepEqual([newEntries(postmortem, events), changedEntries(postmortem, events), goneEntries(postmortem, events)], [[], [], []]);
      }),
      { numRuns: propertyRuns(1000) },
    );
  });
});
