import assert from 'node:assert/strict';
import { noteClock } from '../../../../../src/core/markup/clockRegion';
import type { Issue } from '../../../../../src/core/model/issue';
import type { TimelineEvent } from '../../../../../src/core/model/timelineEvent';
import { addingEdits, newEntries } from '../../../../../src/core/postmortem/timeline/eventRows';
import { incidentInstants, offeredInstants } from '../../../../../src/core/postmortem/timeline/incidentInstants';
import type { Postmortem } from '../../../../../src/core/postmortem/postmortem';
import { countingIds } from '../../../../support/countingIds';
import { sampleIssue } from '../../../../support/sampleIssue';
import { apply, at, comment, read } from '../sampleEvents';
import { emptyPostmortem } from '../samples';

/** A milestone that was recorded at a time, and happened earlier if `happened` says so. */
function milestone(name: string, seconds: number, happened?: number): TimelineEvent {
  return comment(seconds, `x\n\n<!-- desk:moment ${name}${happened === undefined ? '' : ` at=${at(happened)}`} -->`);
}

const opened = { started: at(0), detected: at(0) };

function instants(events: readonly TimelineEvent[], issue: Issue = sampleIssue()): Postmortem['instants'] {
  return incidentInstants(issue, read(events).map(({ entry }) => entry));
}

describe('The times of an incident', () => {
  it('are those of its milestones, of the issue itself where none was recorded, and after a correction the corrected one', () => {
    assert.deepEqual(instants([]), opened);
    assert.deepEqual(instants([], sampleIssue({ state: 'closed', closedAt: at(90) })), { ...opened, resolved: at(90) });
    const events = [milestone('started', 10, 2), milestone('acknowledged', 11), milestone('mitigated', 20), milestone('resolved', 30)];
    assert.deepEqual(instants(events), { started: at(2), detected: at(2), acknowledged: at(11), mitigated: at(20), resolved: at(30) });
    assert.deepEqual(instants([...events, milestone('mitigated', 50, 15), milestone('started', 51, 5)]), { started: at(5), detected: at(5), acknowledged: at(11), mitigated: at(15), resolved: at(30) });
  });

  it('are when it was reported if nobody recorded a start or a detection, and absent if it was entered afterwards', () => {
    assert.deepEqual(instants([], sampleIssue({ body: noteClock('', { reported: '2026-11-20T08:00:00Z' }) })), { started: '2026-11-20T08:00:00Z', detected: '2026-11-20T08:00:00Z' });
    assert.deepEqual(instants([milestone('detected', 9, 3), milestone('resolved', 9, 5)], sampleIssue({ labels: ['backfilled'] })), { detected: at(3), resolved: at(5) });
    const again: readonly TimelineEvent[] = [{ kind: 'closed', at: at(100), by: 'ana' }, { kind: 'reopened', at: at(200), by: 'ben' }, milestone('started', 300)];
    assert.deepEqual(instants(again), opened);
  });

  it('ignore an acknowledgement that was withdrawn', () => {
    assert.equal(instants([milestone('acknowledged', 5), milestone('unacknowledged', 6)]).acknowledged, undefined);
    assert.equal(instants([milestone('acknowledged', 5), milestone('unacknowledged', 6), milestone('acknowledged', 7)]).acknowledged, at(7));
  });

  it('of a reopened one are the first start, detection and acknowledgement, and the last mitigation and resolution', () => {
    const first = [milestone('started', 1), milestone('detected', 2), milestone('acknowledged', 3), milestone('mitigated', 10), milestone('resolved', 20)];
    const again: readonly TimelineEvent[] = [...first, { kind: 'closed', at: at(21), by: 'ana' }, { kind: 'reopened', at: at(30), by: 'ben' }, milestone('started', 31), milestone('acknowledged', 32), milestone('unacknowledged', 33), milestone('mitigated', 40)];
    assert.equal(read(again).filter(({ entry }) => entry.kind === 'reopened').length, 1);
    assert.deepEqual(instants(again), { started: at(1), detected: at(2), acknowledged: at(3), mitigated: at(40) });
    assert.deepEqual(instants([...again, milestone('resolved', 50)]), { started: at(1), detected: at(2), acknowledged: at(3), mitigated: at(40), resolved: at(50) });
    assert.deepEqual(instants(again, sampleIssue({ state: 'closed', closedAt: at(60) })).resolved, at(60));
    // Corrected after it was reopened.
    assert.equal(instants([...again, milestone('started', 55, 0)]).started, at(0));
  });
});

describe('Times of the issue that a post-mortem can take', () => {
  const events = [milestone('mitigated', 20), milestone('resolved', 30)];
  const corrected = [...events, milestone('mitigated', 50, 15)];

  function written(all: readonly TimelineEvent[], more: Postmortem['instants'] = {}): Postmortem {
    const empty: Postmortem = { ...emptyPostmortem, instants: { ...instants(all), ...more } };
    return apply(empty, addingEdits(empty, read(all), newEntries(empty, read(all)), countingIds('n').next));
  }

  const offered = (postmortem: Postmortem, all: readonly TimelineEvent[]): readonly string[] => offeredInstants(postmortem, sampleIssue(), read(all)).map(one => `${one.instant} ${one.at}`);

  it('are none if nothing changed, and a corrected one until it is taken', () => {
    assert.deepEqual(offered(written(events), events), []);
    assert.deepEqual(offered(written(events), corrected), [`mitigated ${at(15)}`]);
    assert.deepEqual(offered(apply(written(events), [{ kind: 'instant', instant: 'mitigated', value: at(15) }]), corrected), []);
  });

  it('do not replace one that a person typed, and are not repeated once its event is in the timeline', () => {
    const typed = written(events, { mitigated: at(17) });
    assert.deepEqual(offered(typed, events), []);
    assert.deepEqual(offered(typed, corrected), [`mitigated ${at(15)}`]);
    const added = apply(typed, addingEdits(typed, read(corrected), newEntries(typed, read(corrected)), countingIds('m').next));
    assert.equal(added.instants.mitigated, at(17));
    assert.deepEqual(offered(added, corrected), []);
  });

  it('include one that the post-mortem lacks', () => {
    const before = written([]);
    assert.deepEqual(offered(before, events), [`mitigated ${at(20)}`, `resolved ${at(30)}`]);
  });
});
