import fc from 'fast-check';
import assert from 'node:assert/strict';
import type { ChecklistStep } from '../../../../../src/core/model/checklist';
import type { TimelineEvent } from '../../../../../src/core/model/timelineEvent';
import type { IncidentEvent } from '../../../../../src/core/postmortem/timeline/origins';
import { propertyRuns } from '../../../../support/propertyRuns';
import { anyEvents, at, comment, read, tick } from '../sampleEvents';

const other = { repository: 'acme/web', number: 3 };

/** The one event besides the creation of the issue. */
function only(event: TimelineEvent): IncidentEvent {
  const events = read([event]);
  assert.equal(events.length, 2);
  return events.find(({ entry }) => entry.kind !== 'opened') ?? assert.fail();
}

function assertSameEvent(before: IncidentEvent, after: IncidentEvent, text: 'same text' | 'new text'): void {
  assert.equal(after.origin.key, before.origin.key);
  assert.equal(after.origin.hash === before.origin.hash, text === 'same text');
}

describe('The key of an event', () => {
  it('stays when its text is edited, and the hash changes', () => {
    assertSameEvent(only(comment(5, 'one')), only(comment(5, 'two')), 'new text');
    assertSameEvent(only({ kind: 'retitled', at: at(5), by: 'ana', from: 'a', to: 'b' }), only({ kind: 'retitled', at: at(5), by: 'ana', from: 'a', to: 'c' }), 'new text');
    const pull = { kind: 'mentioned', at: at(5), by: 'ana', ref: other, title: 'Fix', isPullRequest: true, state: 'open', url: 'https://example.org' } as const;
    assertSameEvent(only(pull), only({ ...pull, title: 'Fix it' }), 'new text');
    assertSameEvent(only(pull), only({ ...pull, state: 'merged' }), 'same text');
    assertSameEvent(only(comment(5, 'Done.\n\n<!-- desk:moment update audience=customers -->')), only(comment(5, 'Done.\n\n<!-- desk:moment update audience=team -->')), 'new text');
  });

  it('stays when line breaks, blanks around a text, or the spelling of a time or a login change', () => {
    assertSameEvent(only(comment(5, 'one\ntwo')), only({ kind: 'commented', at: at(5).replace('Z', '.000Z'), by: 'Ana', markdown: 'one\r\ntwo \r\n' }), 'same text');
  });

  it('stays when a comment becomes a milestone, and when a milestone gets another time', () => {
    assertSameEvent(only(comment(5, 'Fixed')), only(comment(5, 'Fixed\n\n<!-- desk:moment resolved -->')), 'new text');
    assertSameEvent(only(comment(5, 'Fixed\n\n<!-- desk:moment resolved -->')), only(comment(5, `Fixed\n\n<!-- desk:moment resolved at=${at(2)} -->`)), 'same text');
  });

  it('stays when an issue that is mentioned is linked, and when its number in files changes', () => {
    const link = (kind: 'child' | 'blocks', number: number, id?: string): TimelineEvent => ({ kind: 'linked', at: at(5), by: 'ana', link: { kind, other: { ...other, number, ...id === undefined ? {} : { id } } } });
    assertSameEvent(only({ kind: 'mentioned', at: at(9), by: 'ben', ref: other, title: 'x', isPullRequest: false, state: 'open', url: 'https://example.org' }), only(link('child', 3)), 'new text');
    assertSameEvent(only(link('child', 3, 'k7')), only(link('child', 4, 'k7')), 'same text');
  });

  it('stays when a step gets another text and id because the runbook changed', () => {
    const keyOf = (step: ChecklistStep): string | undefined => read([], [step]).find(({ entry }) => entry.kind === 'stepDone' || entry.kind === 'stepSkipped')?.origin.key;
    const before = keyOf(tick('a', 5));
    assert.ok(before !== undefined);
    assert.equal(keyOf(tick('b', 5, { formerly: ['a'], text: 'Do it now' })), before);
    assert.equal(keyOf(tick('c', 5, { formerly: ['a', 'b'] })), before);
    assert.notEqual(keyOf(tick('b', 5)), before);
    assert.notEqual(keyOf(tick('a', 6)), before);
  });

  it('differs by person, time, label, person assigned, issue and commit', () => {
    const events: readonly TimelineEvent[] = [
      comment(5, 'x'),
      comment(5, 'x', { by: 'ben' }),
      comment(6, 'x'),
      { kind: 'closed', at: at(5), by: 'ana' },
      { kind: 'reopened', at: at(5), by: 'ana' },
      { kind: 'labeled', at: at(5), by: 'ana', label: 'a' },
      { kind: 'labeled', at: at(5), by: 'ana', label: 'b' },
      { kind: 'assigned', at: at(5), by: 'ana', login: 'ben' },
      { kind: 'assigned', at: at(5), by: 'ana', login: 'cy' },
      { kind: 'linked', at: at(5), by: 'ana', link: { kind: 'child', other } },
      { kind: 'linked', at: at(5), by: 'ana', link: { kind: 'postmortem', path: 'a.md' } },
      { kind: 'referenced', at: at(5), by: 'ana', sha: 'a1' },
      { kind: 'referenced', at: at(5), by: 'ana', sha: 'b2' },
    ];
    assert.equal(new Set(read(events).map(({ origin }) => origin.key)).size, events.length + 1);
  });

  it('is that of the older of two comments within a second, even if the older one is edited', () => {
    const url = (number: number) => ({ url: `https://example.org/issues/1#issuecomment-${number}` });
    const keys = (events: readonly IncidentEvent[]) => new Map(events.flatMap(({ entry, origin }) => (entry.kind === 'commented' ? [[entry.url, origin.key]] : [])));
    const before = keys(read([comment(5, 'a', url(9)), comment(5, 'b', url(10))]));
    const after = keys(read([comment(5, 'z', url(9)), comment(5, 'b', url(10))]));
    assert.equal(before.size, 2);
    assert.deepEqual(after, before);
  });

  it('is unique, and does not depend on the order in which events are read', () => {
    const lists = anyEvents.chain(events => fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })));
    fc.assert(
      fc.property(lists, ([events, shuffled]) => {
        assert.deepEqual(read(shuffled, [tick('a', 2)]), read(events, [tick('a', 2)]));
        const keys = read(events).map(({ origin }) => origin.key);
        assert.equal(new Set(keys).size, keys.length);
        assert.ok(keys.every(key => /^[0-9a-z]+$/.test(key)));
      }),
      { numRuns: propertyRuns(2000) },
    );
  });
});

describe('The source of an event', () => {
  it('is an English word, whatever the language of the editor', () => {
    const sources = read(
      [
        comment(2, 'x'),
        comment(3, '```sh\nls\n```\n\nExit code 0 (`bash`)\n\n<!-- desk:command -->'),
        comment(4, 'x\n\n<!-- desk:moment resolved -->'),
        comment(5, 'x\n\n<!-- desk:moment update audience=customers -->'),
        comment(6, 'x\n\n<!-- desk:moment note -->'),
        { kind: 'closed', at: at(7), by: 'ana' },
        { kind: 'linked', at: at(8), by: 'ana', link: { kind: 'child', other } },
        { kind: 'referenced', at: at(9), by: 'ana', sha: 'a1' },
        { kind: 'mentioned', at: at(10), by: 'ana', ref: { ...other, number: 4 }, title: 'Fix', isPullRequest: true, state: 'open', url: 'https://example.org' },
        { kind: 'mentioned', at: at(11), by: 'ana', ref: { ...other, number: 5 }, title: 'Same', isPullRequest: false, state: 'open', url: 'https://example.org' },
      ],
      [tick('a', 12)],
    ).map(({ source }) => source);
    assert.deepEqual(sources, ['issue', 'checklist', 'comment', 'command', 'milestone', 'update', 'note', 'issue', 'link', 'commit', 'pull request', 'mention', 'checklist']);
  });
});
