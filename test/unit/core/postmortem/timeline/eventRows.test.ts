import fc from 'fast-check';
import assert from 'node:assert/strict';
import type { TimelineEvent } from '../../../../../src/core/model/timelineEvent';
import { addingEdits, changedEntries, eventRow, goneEntries, hiddenEntries, newEntries, repeatedEntries, showingEdit } from '../../../../../src/core/postmortem/timeline/eventRows';
import type { IncidentEvent } from '../../../../../src/core/postmortem/timeline/origins';
import type { Postmortem } from '../../../../../src/core/postmortem/postmortem';
import { formatTimelineEntry } from '../../../../../src/core/postmortem/timeline/timelineText';
import { countingIds } from '../../../../support/countingIds';
import { propertyRuns } from '../../../../support/propertyRuns';
import { sampleIssue } from '../../../../support/sampleIssue';
import { act, anyDoings, anyEvents, apply, at, comment, read, tick } from '../sampleEvents';
import { emptyPostmortem, entry } from '../samples';

const { ref } = sampleIssue();

/** A post-mortem with a row for each event. */
function written(events: readonly IncidentEvent[]): Postmortem {
  return { ...emptyPostmortem, issue: ref, eventsUntil: events.at(-1)?.entry.at ?? '', timeline: events.map((event, index) => eventRow(event, `e${index}`, ref)) };
}

/** The same as version 0.1 wrote it, which identified no events. */
function unmarked(postmortem: Postmortem): Postmortem {
  return { ...postmortem, hidden: [], timeline: postmortem.timeline.map(({ origin: _origin, ...row }) => ({ ...row, source: '' })) };
}

function addAll(postmortem: Postmortem, events: readonly IncidentEvent[], prefix = 'n'): Postmortem {
  return apply(postmortem, addingEdits(postmortem, events, newEntries(postmortem, events), countingIds(prefix).next));
}

function rowsOf({ timeline }: Postmortem): readonly string[] {
  return timeline.map(({ time, event }) => `${time.kind === 'instant' ? time.at.slice(17, 19) : time.words} ${event}`);
}

function textsOf(events: readonly IncidentEvent[]): readonly string[] {
  return events.map(({ entry }) => ('text' in entry ? entry.text : entry.kind));
}

describe('Events of the incident that are new to a post-mortem', () => {
  it('are those that are neither in the timeline nor hidden, also if they happened earlier or were linked late', () => {
    const first = [comment(10, 'one'), comment(20, 'two')];
    const late: readonly TimelineEvent[] = [
      { kind: 'referenced', at: at(5), by: 'ben', sha: 'a1' },
      comment(30, `Known since then\n\n<!-- desk:moment detected at=${at(2)} -->`),
      comment(15, 'from a clock that is slow', { by: 'cy' }),
    ];
    const postmortem = apply(written(read(first)), [{ kind: 'hideEntry', id: 'e1' }]);
    const events = read([...first, ...late]);
    assert.deepEqual(textsOf(newEntries(postmortem, events)), ['Known since then', 'referenced', 'from a clock that is slow']);
    assert.deepEqual(rowsOf(addAll(postmortem, events)), ['00 Opened by ana', '02 Detected (ana): Known since then', '05 ben named it in commit a1', '15 cy: from a clock that is slow', '20 ana: two']);
    assert.equal(addAll(postmortem, events).eventsUntil, at(20));
  });

  it('are not the links that the post-mortem made', () => {
    const other = { repository: 'acme/live', number: 9 };
    const events = read([
      { kind: 'linked', at: at(5), by: 'ana', link: { kind: 'postmortem', path: 'a.md' } },
      { kind: 'linked', at: at(6), by: 'ana', link: { kind: 'child', other } },
    ]);
    const postmortem = written(read([]));
    assert.deepEqual(textsOf(newEntries({ ...postmortem, actions: [{ id: 'a', action: 'x', owner: '', priority: '', state: 'accepted', issue: other, others: [] }] }, events)), []);
    assert.deepEqual(textsOf(newEntries(postmortem, events)), ['linked']);
  });

  it('are found although the marks of some rows were removed by hand', () => {
    const events = read([comment(10, 'one'), comment(20, 'two')]);
    const { timeline, ...rest } = written(events);
    const postmortem = { ...rest, timeline: timeline.map(({ origin, ...row }) => (row.id === 'e1' || origin === undefined ? row : { ...row, origin })) };
    assert.deepEqual(newEntries(postmortem, events), []);
    assert.deepEqual(textsOf(newEntries({ ...postmortem, timeline: postmortem.timeline.map(row => (row.id === 'e1' ? { ...row, event: 'uno' } : row)) }, events)), ['one']);
  });

  it('stand before the first row of a later time, wherever a person moved rows, and after rows in words', () => {
    const postmortem = { ...written(read([comment(10, 'one'), comment(30, 'three')])) };
    const moved = apply(postmortem, [{ kind: 'entry', id: 'e1', column: 'time', value: 'soon' }, { kind: 'insertEntry', entry: entry('p', at(31), 'mine'), index: 0 }]);
    const events = read([comment(10, 'one'), comment(20, 'two'), comment(30, 'three'), comment(40, 'four'), comment(40, 'five')]);
    assert.deepEqual(rowsOf(addAll(apply(postmortem, [{ kind: 'entry', id: 'e1', column: 'time', value: 'soon' }]), events)), ['00 Opened by ana', 'soon ana: one', '20 ana: two', '30 ana: three', '40 ana: five', '40 ana: four']);
    assert.deepEqual(rowsOf(addAll(moved, events)), ['20 ana: two', '31 mine', '00 Opened by ana', 'soon ana: one', '30 ana: three', '40 ana: five', '40 ana: four']);
  });

  it('can be added one at a time, without the others getting lost', () => {
    const postmortem = written(read([]));
    const events = read([comment(10, 'one'), comment(20, 'two')]);
    const one = apply(postmortem, addingEdits(postmortem, events, newEntries(postmortem, events).slice(1), countingIds('n').next));
    assert.equal(one.eventsUntil, postmortem.eventsUntil);
    assert.deepEqual(textsOf(newEntries(one, events)), ['one']);
    assert.deepEqual(rowsOf(addAll(one, events, 'm')), rowsOf(written(events)));
  });
});

describe('A post-mortem of version 0.1', () => {
  const first = [comment(10, 'one'), comment(20, 'two'), comment(20, 'to all\n\n<!-- desk:moment update audience=customers -->')];
  const old = unmarked({ ...written(read(first)), timeline: [entry('a', at(0), 'Opened by ana'), entry('b', at(20), 'ana: two'), entry('c', at(20), 'Update sent (ana): to all')] });

  it('gets only what happened after the last import, also within its second', () => {
    assert.deepEqual(newEntries(old, read(first)), []);
    assert.deepEqual(textsOf(newEntries(old, read([...first, comment(5, 'early'), comment(20, 'same second'), comment(30, 'three')]))), ['same second', 'three']);
    assert.deepEqual(textsOf(newEntries({ ...old, timeline: [] }, read(first))), ['two', 'to all']);
    // Reworded rows of that second are no reason to add their events again.
    assert.deepEqual(newEntries({ ...old, timeline: old.timeline.map(row => ({ ...row, event: `in other words: ${row.event}` })) }, read(first)), []);
  });

  it('identifies its rows with the first event that is added, so that later ones are found by key and removed ones stay removed', () => {
    const more = [...first, comment(30, 'three')];
    const added = addAll(old, read(more));
    assert.deepEqual(rowsOf(added), ['00 Opened by ana', '20 ana: two', '20 Update sent (ana): to all', '30 ana: three']);
    assert.deepEqual(added.timeline.map(({ source }) => source), ['issue', 'comment', 'update', 'comment']);
    assert.deepEqual(textsOf(hiddenEntries(added, read(more))), ['one']);
    assert.deepEqual(textsOf(newEntries(added, read([...more, comment(5, 'early')]))), ['early']);
    assert.deepEqual(changedEntries(added, read(more)), []);
  });

  it('recognizes a row that a person reworded by its second', () => {
    const reworded = { ...old, timeline: [entry('a', at(0), 'It starts'), entry('b', at(10), 'We look'), ...old.timeline.slice(1)] };
    const added = addAll(reworded, read([...first, comment(30, 'three')]));
    assert.equal(added.timeline.every(({ origin }) => origin !== undefined), true);
    assert.deepEqual(added.hidden, []);
    assert.deepEqual(rowsOf(added).slice(0, 2), ['00 It starts', '10 We look']);
  });

  it('never gets a row twice, whatever a person did to it', () => {
    fc.assert(
      fc.property(anyEvents, anyEvents, anyDoings, (before, after, doings) => {
        const mine = act(unmarked(written(read(before))), doings);
        const all = read([...before, ...after]);
        const added = addAll(mine, all);
        assert.deepEqual(newEntries(added, all), []);
        assert.deepEqual(repeatedEntries(added), { equal: [], different: [] });
        assert.equal(added.timeline.length, mine.timeline.length + newEntries(mine, all).length);
      }),
      { numRuns: propertyRuns(1000) },
    );
  });
});

describe('Reading the incident again', () => {
  it('never undoes what a person did, and adds every event once', () => {
    fc.assert(
      fc.property(anyEvents, anyEvents, anyDoings, (before, after, doings) => {
        const mine = act(written(read(before)), doings);
        const all = read([...before, ...after]);
        const added = addAll(mine, all);
        const kept = new Set(mine.timeline.map(({ id }) => id));
        assert.deepEqual(added.timeline.filter(({ id }) => kept.has(id)), mine.timeline);
        assert.deepEqual({ ...added, timeline: [], eventsUntil: '' }, { ...mine, timeline: [], eventsUntil: '' });
        const keys = [...added.hidden, ...added.timeline.flatMap(({ origin }) => origin?.key ?? [])];
        assert.equal(new Set(keys).size, keys.length);
        assert.ok(all.every(({ origin }) => keys.includes(origin.key)));
        assert.deepEqual(newEntries(added, all), []);
        assert.deepEqual(addAll(added, all), added);
      }),
      { numRuns: propertyRuns(2000) },
    );
  });

  it('gives the same in any order of the events, and in one or two readings', () => {
    const lists = anyEvents.chain(events => fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })));
    fc.assert(
      fc.property(anyEvents, lists, anyDoings, (before, [after, shuffled], doings) => {
        const mine = act(written(read(before)), doings);
        assert.deepEqual(addAll(mine, read([...shuffled, ...before])), addAll(mine, read([...before, ...after])));
        const half = addAll(mine, read([...before, ...after.slice(0, 5)]));
        const twice = addAll(half, read([...before, ...after]), 'm');
        const keys = ({ timeline }: Postmortem) => timeline.flatMap(({ origin }) => origin?.key ?? []).toSorted();
        if (after.length <= 5) assert.deepEqual(keys(twice), keys(addAll(mine, read([...before, ...after]))));
        assert.deepEqual(newEntries(twice, read([...before, ...after])), []);
      }),
      { numRuns: propertyRuns(1000) },
    );
  });

  it('gives the same if two people add the new events at once, once equal rows are removed', () => {
    fc.assert(
      fc.property(anyEvents, anyEvents, anyDoings, anyDoings, (before, after, mine, theirs) => {
        const base = written(read(before));
        const all = read([...before, ...after]);
        const [a, b] = [addAll(base, all, 'x'), addAll(base, all, 'y')];
        const both = { ...a, timeline: [...a.timeline, ...b.timeline.filter(({ id }) => id.startsWith('y'))] };
        const left = apply(both, repeatedEntries(both).equal.map(({ id }) => ({ kind: 'removeEntry', id })));
        assert.deepEqual(left.timeline, a.timeline);
        const edited = { ...both, timeline: [...act(a, mine, 'm').timeline, ...act(b, theirs, 't').timeline.filter(({ id }) => id.startsWith('y'))] };
        const { equal } = repeatedEntries(edited);
        const after2 = apply(edited, equal.map(({ id }) => ({ kind: 'removeEntry', id })));
        const contents = ({ timeline }: Postmortem) => new Set(timeline.map(({ id: _id, ...row }) => JSON.stringify(row)));
        assert.deepEqual(contents(after2), contents(edited));
        assert.deepEqual(repeatedEntries(after2).equal, []);
      }),
      { numRuns: propertyRuns(500) },
    );
  });
});

describe('A row of an event', () => {
  it('that a person removed can be shown again, in its place', () => {
    const events = read([comment(10, 'one'), comment(20, 'two')]);
    const hidden = apply(written(events), [{ kind: 'hideEntry', id: 'e1' }]);
    assert.deepEqual(textsOf(hiddenEntries(hidden, events)), ['one']);
    const [event] = hiddenEntries(hidden, events);
    assert.ok(event !== undefined);
    const shown = apply(hidden, [showingEdit(hidden, event, 'n')]);
    assert.deepEqual(rowsOf(shown), rowsOf(written(events)));
    assert.deepEqual(shown.hidden, []);
  });

  it('is reported when the text of the event was edited, also if a person reworded the row, until they take or keep a text', () => {
    const postmortem = apply(written(read([comment(10, 'one'), comment(20, 'two')])), [{ kind: 'entry', id: 'e1', column: 'event', value: 'We look at it' }]);
    const edited = read([comment(10, 'one and a half'), comment(20, 'two')]);
    const [changed, ...others] = changedEntries(postmortem, edited);
    assert.ok(changed !== undefined && others.length === 0);
    assert.equal(changed.row.event, 'We look at it');
    assert.deepEqual(newEntries(postmortem, edited), []);
    const accepted = { kind: 'entryOrigin', id: changed.row.id, hash: changed.event.origin.hash } as const;
    const taken = apply(postmortem, [{ ...accepted, event: formatTimelineEntry(changed.event.entry) }]);
    assert.deepEqual(rowsOf(taken)[1], '10 ana: one and a half');
    const own = apply(postmortem, [accepted]);
    assert.deepEqual(rowsOf(own)[1], '10 We look at it');
    assert.deepEqual([changedEntries(taken, edited), changedEntries(own, edited)], [[], []]);
  });

  it('is reported and stays when the event no longer exists', () => {
    const postmortem = written(read([comment(10, 'one'), comment(20, 'two')]));
    const fewer = read([comment(20, 'two')]);
    assert.deepEqual(goneEntries(postmortem, fewer).map(({ event }) => event), ['ana: one']);
    assert.deepEqual(goneEntries(apply(postmortem, [{ kind: 'insertEntry', entry: entry('p', at(1), 'mine'), index: 0 }]), fewer).length, 1);
    assert.deepEqual(addAll(postmortem, fewer), postmortem);
  });

  it('is one of several if a merge kept them and they differ', () => {
    const postmortem = written(read([comment(10, 'one')]));
    const [opened, one] = postmortem.timeline;
    assert.ok(opened !== undefined && one !== undefined);
    const rows = [opened, one, { ...one, id: 'f' }, { ...one, id: 'g', event: 'uno' }, { ...opened, id: 'h' }];
    const { equal, different } = repeatedEntries({ ...postmortem, timeline: rows });
    assert.deepEqual(equal.map(({ id }) => id), ['f', 'h']);
    assert.deepEqual(different.map(({ id }) => id), ['e1', 'g']);
  });

  it('has the evidence of its step: links, files, pictures and texts', () => {
    const evidence = [{ kind: 'link', value: 'https://example.org/d' }, { kind: 'file', value: 'evidence/a b.png' }, { kind: 'text', value: 'seen by @ben' }] as const;
    const rows = read([], [tick('a', 20, { evidence })]).map((event, index) => eventRow(event, `e${index}`));
    assert.deepEqual(rows.flatMap(row => (row.source === 'checklist' ? [row.evidence] : [])), ['', 'https://example.org/d ![a b.png](/evidence/a%20b.png) seen by @\u2060ben']);
  });

  it('has the page of a long comment, of a command and of a pull request as evidence, or the issue if there is no page', () => {
    const url = 'https://example.org/acme/live/issues/1#issuecomment-7';
    const evidence = (event: TimelineEvent) => eventRow(read([event])[1] ?? assert.fail(), 'x', ref).evidence;
    assert.equal(evidence(comment(5, 'long '.repeat(80), { url })), url);
    assert.equal(evidence(comment(5, 'long '.repeat(80))), `${ref.repository}#${ref.number}`);
    assert.equal(evidence(comment(5, '```sh\nls\n```\n\nExit code 0 (`bash`)\n\n<!-- desk:command -->', { url })), url);
    assert.equal(evidence(comment(5, 'short', { url })), '');
    const other = { repository: 'acme/web', number: 3 };
    assert.equal(evidence({ kind: 'mentioned', at: at(5), by: 'ana', ref: other, title: 'Fix', isPullRequest: true, state: 'open', url: 'https://example.org/3' }), 'https://example.org/3');
    assert.equal(evidence({ kind: 'linked', at: at(5), by: 'ana', link: { kind: 'child', other } }), 'acme/web#3');
  });
});
