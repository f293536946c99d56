import fc from 'fast-check';
import { timeline } from '../../../../src/core/incident/timeline';
import type { Checklist, ChecklistStep } from '../../../../src/core/model/checklist';
import type { TimelineEvent } from '../../../../src/core/model/timelineEvent';
import { type IncidentEvent, incidentEvents } from '../../../../src/core/postmortem/timeline/origins';
import type { Postmortem } from '../../../../src/core/postmortem/postmortem';
import { applyEdit, type PostmortemEdit } from '../../../../src/core/postmortem/postmortemEdit';
import { readEntryTime } from '../../../../src/core/postmortem/postmortemTime';
import { sampleIssue } from '../../../support/sampleIssue';
import { entry, zone } from './samples';

/** The events of the sample issue with these events and steps. */
export function read(events: readonly TimelineEvent[], steps: readonly ChecklistStep[] = []): readonly IncidentEvent[] {
  return incidentEvents(timeline(sampleIssue(), events, steps.length === 0 ? [] : [checklist(steps)]));
}

export function checklist(items: readonly ChecklistStep[]): Checklist {
  return { id: 'r', runbook: 'a.md', title: 'Restart', revision: '1', startedAt: at(1), by: 'ana', items };
}

export function tick(id: string, seconds: number, more: Partial<ChecklistStep> = {}): ChecklistStep {
  return { kind: 'step', id, part: 'step', text: `Do ${id}`, depth: 0, mark: { kind: 'done', by: 'ana', at: at(seconds) }, links: [], ...more };
}

export function comment(seconds: number, markdown: string, more: Partial<Extract<TimelineEvent, { kind: 'commented' }>> = {}): TimelineEvent {
  return { kind: 'commented', at: at(seconds), by: 'ana', markdown, ...more };
}

/** Seconds after the sample issue was created. */
export function at(seconds: number): string {
  return new Date(Date.parse('2026-11-20T16:00:00Z') + seconds * 1000).toISOString().replace('.000Z', 'Z');
}

export function apply(postmortem: Postmortem, edits: readonly PostmortemEdit[]): Postmortem {
  return edits.reduce((now, edit) => applyEdit(now, edit, text => readEntryTime(text, zone)), postmortem);
}

const common = { at: fc.integer({ min: 0, max: 5 }).map(at), by: fc.constantFrom('ana', 'Ana', 'ben') };

const ref = fc.record({ repository: fc.constantFrom('acme/live', 'acme/web'), number: fc.integer({ min: 1, max: 2 }) }, { noNullPrototype: true });

const texts = ['a', 'b', 'long '.repeat(80), 'c\n\n<!-- desk:moment mitigated -->', `c\n\n<!-- desk:moment mitigated at=${at(1)} -->`, 'Resolved\n\n<!-- desk:moment resolved -->', 'To all | of you\n\n<!-- desk:moment update audience=customers -->', 'No <!-- hidden -->', '```sh\nls\n```\n\nExit code 0 (`bash`)\n\nThere was no output.\n\n<!-- desk:command -->'];

/** Few people, times and texts, so that many events are nearly the same. */
export const anyEvent: fc.Arbitrary<TimelineEvent> = fc.oneof(
  fc.record({ kind: fc.constantFrom('closed', 'reopened'), ...common }, { noNullPrototype: true }),
  fc.record({ kind: fc.constantFrom('labeled', 'unlabeled'), label: fc.constantFrom('stage: a', 'stage: b', 'c'), ...common }, { noNullPrototype: true }),
  fc.record({ kind: fc.constantFrom('assigned', 'unassigned'), login: fc.constantFrom('ana', 'ben'), ...common }, { noNullPrototype: true }),
  fc.record({ kind: fc.constant('commented' as const), markdown: fc.constantFrom(...texts), ...common }, { noNullPrototype: true }),
  fc.record({ kind: fc.constant('commented' as const), markdown: fc.constantFrom(...texts), url: fc.integer({ min: 1, max: 4 }).map(number => `https://example.org/a/b/issues/1#issuecomment-${number}`), ...common }, { noNullPrototype: true }),
  fc.record({ kind: fc.constant('retitled' as const), from: fc.constant('a'), to: fc.constantFrom('b', 'c'), ...common }, { noNullPrototype: true }),
  fc.record({ kind: fc.constant('linked' as const), link: fc.record({ kind: fc.constantFrom('parent', 'child'), other: ref }, { noNullPrototype: true }), ...common }, { noNullPrototype: true }),
  fc.record({ kind: fc.constant('referenced' as const), sha: fc.constantFrom('a1', 'b2'), ...common }, { noNullPrototype: true }),
  fc.record({ kind: fc.constant('mentioned' as const), ref, title: fc.constantFrom('x', 'y'), isPullRequest: fc.boolean(), state: fc.constantFrom('open', 'closed'), url: fc.constant('https://example.org'), ...common }, { noNullPrototype: true }),
);

export const anyEvents = fc.array(anyEvent, { maxLength: 12 });

/** Something that a person does to the timeline. `place` selects one of its rows. */
interface Doing {
  readonly what: 'reword' | 'retime' | 'vague' | 'evidence' | 'inferred' | 'internal' | 'hide' | 'move' | 'add' | 'sort' | 'source';
  readonly place: number;
  readonly to: number;
}

export const anyDoings: fc.Arbitrary<readonly Doing[]> = fc.array(
  fc.record(
    { what: fc.constantFrom('reword', 'retime', 'vague', 'evidence', 'inferred', 'internal', 'hide', 'move', 'add', 'sort', 'source'), place: fc.nat(20), to: fc.nat(20) },
    { noNullPrototype: true },
  ),
  { maxLength: 10 },
);

export function act(postmortem: Postmortem, doings: readonly Doing[], prefix = 'p'): Postmortem {
  return doings.reduce((now, { what, place, to }, index) => {
    const id = now.timeline[place % Math.max(1, now.timeline.length)]?.id ?? '';
    const edits: Record<Doing['what'], PostmortemEdit> = {
      reword: { kind: 'entry', id, column: 'event', value: `in other words ${prefix} ${to}` },
      retime: { kind: 'entry', id, column: 'time', value: at(to) },
      vague: { kind: 'entry', id, column: 'time', value: 'around noon' },
      evidence: { kind: 'entry', id, column: 'evidence', value: `https://example.org/${to}` },
      inferred: { kind: 'entryFlag', id, flag: 'inferred', value: to % 2 === 0 },
      internal: { kind: 'entryFlag', id, flag: 'internal', value: to % 2 === 0 },
      hide: { kind: 'hideEntry', id },
      move: { kind: 'moveEntry', id, index: to },
      add: { kind: 'insertEntry', entry: entry(`${prefix}${index}`, at(to), `mine ${prefix} ${index}`), index: place },
      sort: { kind: 'sortEntries' },
      source: { kind: 'entry', id, column: 'source', value: 'pager' },
    };
    return apply(now, [edits[what]]);
  }, postmortem);
}
