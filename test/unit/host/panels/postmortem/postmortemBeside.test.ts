import assert from 'node:assert/strict';
import { summarizePostmortem } from '../../../../../src/core/postmortem/library/library';
import { type Postmortem, postmortemStatuses } from '../../../../../src/core/postmortem/postmortem';
import { advisedView } from '../../../../../src/host/panels/postmortem/postmortemState';
import { createOtherPostmortems, otherPostmortems, suggestedNames } from '../../../../../src/host/panels/postmortem/otherPostmortems';
import { postmortemAdvice } from '../../../../../src/host/panels/postmortem/postmortemAdvice';
import { reviewView } from '../../../../../src/host/panels/postmortem/postmortemReview';
import { sampleDesk } from '../../../../support/sampleDesk';
import { action, emptyPostmortem, entry } from '../../../core/postmortem/samples';

const t = (message: string, ...args: readonly (string | number)[]): string => message.replace(/\{(\d)\}/g, (_all, index: string) => String(args[Number(index)] ?? ''));

const of = (more: Partial<Postmortem>): Postmortem => ({ ...emptyPostmortem, ...more });

describe('what stands beside a post-mortem', () => {
  it('is the next step of its review for each status', () => {
    const steps = postmortemStatuses.map(status => reviewView(of({ status, review: '2026-11-23', reviewed: '2026-11-24' }), t, date => date));
    assert.deepEqual(steps.map(({ text }) => text), [
      'The review is due on 2026-11-23. Request it when the text is complete.',
      'The session is on 2026-11-23.',
      'It was reviewed on 2026-11-24. Close it when its action items are done.',
      'It is closed.',
    ]);
    assert.deepEqual(steps.map(({ steps: [first] }) => first?.label), ['Request Review…', 'Mark as Reviewed…', 'Close Post-mortem', 'Return to Draft']);
  });

  it('is how many actions of the last post-mortem of the same service were done in time', () => {
    const earlier = of({
      title: 'Login failed', status: 'Reviewed', services: ['Portal'], instants: { started: '2026-10-01T10:00:00Z' },
      actions: [action('a1', 'Alert', { state: 'done' }), action('a2', 'Retry', { state: 'accepted' }), action('a3', 'Rewrite', { state: 'not planned' })],
    });
    const library = [summarizePostmortem('b.md', earlier, 'UTC')];
    const now = of({ services: ['Portal'], instants: { started: '2026-11-20T10:00:00Z' } });
    assert.deepEqual(otherPostmortems(library, { postmortem: now, path: 'a.md', timezone: 'UTC' }, t).earlier, { path: 'b.md', title: 'Login failed', text: '1 of 3 action items of the last post-mortem of Portal were done in time.' });
    assert.equal(otherPostmortems(library, { postmortem: of({ services: ['Mail'] }), path: 'a.md', timezone: 'UTC' }, t).earlier, undefined);
  });

  it('is similar post-mortems, searched again only if what is compared changed', () => {
    const library = [summarizePostmortem('b.md', of({ title: 'Certificate of the portal expired', factors: ['configuration'] }), 'UTC')];
    const others = createOtherPostmortems(t);
    const now = of({ title: 'Portal: expired certificate', factors: ['configuration'] });
    const found = others(library, { postmortem: now, path: 'a.md', timezone: 'UTC' });
    assert.deepEqual(found.similar.map(({ path }) => path), ['b.md']);
    assert.equal(others(library, { postmortem: { ...now, owner: 'ana' }, path: 'a.md', timezone: 'UTC' }), found);
    assert.deepEqual(others(library, { postmortem: { ...now, title: 'Mail is slow', factors: [] }, path: 'a.md', timezone: 'UTC' }).similar, []);
  });

  it('is names that others use', () => {
    const library = [summarizePostmortem('b.md', of({ services: ['Portal'], factors: ['vendor'] }), 'UTC')];
    const names = suggestedNames(library, ['Mail', 'portal'], ['ana']);
    assert.deepEqual(names.services, ['Mail', 'portal']);
    assert.equal(names.factors[0], 'vendor');
    assert.deepEqual(names.reviewers, ['ana']);
  });

  it('is the line of its intervals, from the first to the last of milestones and gaps', () => {
    const postmortem = of({
      instants: { started: '2026-11-20T10:00:00Z', detected: '2026-11-20T10:40:00Z', resolved: '2026-11-20T12:00:00Z' },
      timeline: [entry('t1', '2026-11-20T10:40:00Z', 'Alarm'), entry('t2', '2026-11-20T12:00:00Z', 'Over'), entry('t3', '2026-11-24T12:00:00Z', 'A letter')],
    });
    const view = advisedView(postmortemAdvice({ postmortem, desk: sampleDesk, now: '2026-12-01T00:00:00Z' }, t), t);
    assert.deepEqual([view.intervals?.from, view.intervals?.to], ['2026-11-20T10:00:00Z', '2026-11-20T12:00:00Z']);
    assert.deepEqual(view.intervals?.intervals.map(({ name, length }) => [name, length]), [['detect', '40 min'], ['resolve', '2 h']]);
    assert.deepEqual(view.intervals?.gaps.at(-1), { from: '2026-11-20T10:40:00Z', to: '2026-11-20T12:00:00Z', text: view.intervals?.gaps.at(-1)?.text, length: '1 h 20 min', before: 't1', after: 't2' });
    assert.equal('intervals' in advisedView(postmortemAdvice({ postmortem: of({}), desk: sampleDesk, now: '2026-12-01T00:00:00Z' }, t), t), false);
  });
});
