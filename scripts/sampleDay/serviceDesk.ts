import { dateTextOf } from '../../src/core/calendar/localTime';
import { instantAt, millisecondsOf } from '../../src/core/model/instant';
import type { Instant } from '../../src/core/model/issue';
import { businessAgo, dueSoon, type SampleEvent, type SamplePerson, type SampleStage } from './script';

const week = 7 * 24 * 60 * 60_000;

/** The events of the research services group up to now, and who the person at the keyboard is: its lead. */
export function serviceDesk(stage: SampleStage): { readonly me: string; readonly events: readonly SampleEvent[] } {
  const { desk, now } = stage;
  const ago = businessAgo(stage);
  const [me, piet, rosa, sam] = ['noor', 'piet', 'rosa', 'sam'] as const;
  const events: SampleEvent[] = [];
  const add = (at: Instant, by: string, act: (person: SamplePerson) => Promise<void>): void => void events.push({ at, by, act });

  // A project from the first question to its record and the set-up.
  add(ago('15d'), me, (p) => p.create('atlas costs', { kind: 'opportunity', title: 'Project Atlas: 40 TB of slides', details: 'About 40 TB in two years.', assignees: [me] }, { runbook: 'new-project.md' }));
  add(ago('12d 4h'), me, async (p) => {
    await p.done('atlas costs', 'Create an [OPPORTUNITY]', 'Determine with the project', 'Calculate the costs');
    await p.choose('atlas costs', 'Yes: agree on the start date');
    await p.create('atlas', { kind: 'record', title: 'Project Atlas', details: '**Contact:** Dr. Lund\n**Service:** Slide store\n\n**Status**\n\nRunning since last week.', labels: ['standard project'], assignees: [rosa] }, { under: { parent: 'atlas costs', step: 'Create a [RECORD]' } });
  });
  add(ago('9d'), me, async (p) => { await p.done('atlas costs', 'Create a [RECORD]', 'The contact can sign in', 'A real upload completed'); await p.close('atlas costs', 'Funded for two years.'); });

  // Closed last week, with a post-mortem that was reviewed and an action that is still open.
  add(ago('8d 3h'), rosa, (p) => p.create('certificate', { kind: 'incident', title: 'Uploads fail', priority: 'high', services: ['Uploads'], assignees: [piet], details: 'Every upload since 06:00 ends with "certificate has expired".' }, { runbook: 'incident.md' }));
  add(ago('8d 2h 40m'), piet, async (p) => { await p.acknowledge('certificate'); await p.record('certificate', 'lead', `@${me} leads`); await p.done('certificate', 'List the affected services', 'Set the priority', 'Choose the incident lead', 'Tell the users of the service that we are'); });
  add(ago('8d 2h'), me, (p) => p.record('certificate', 'update', 'The certificate of the upload server has expired. A new one is on its way. Nothing is lost, uploads can be repeated.', { audience: 'users' }));
  add(ago('8d 1h'), piet, async (p) => { await p.done('certificate', 'Find out what changed'); await p.record('certificate', 'mitigated', 'The new certificate is in place.'); });
  add(ago('8d'), piet, (p) => p.close('certificate', 'The certificate is renewed. All uploads of the morning were repeated.'));
  add(ago('6d'), me, (p) => p.writePostmortem('certificate', 'Reviewed', {
    summary: 'Uploads failed for three hours because a certificate had expired.',
    impact: 'Seven projects could not upload in the morning.',
    detection: 'A user told us. Nothing watched the date.',
    factors: '- The certificate was renewed by hand.\n- The reminder went to somebody who has left.',
    wentWell: 'The new certificate was in place half an hour after the cause was known.',
    wentWrong: 'Users noticed before we did.',
  }, [
    { action: 'Renew certificates automatically', type: 'prevent', owner: sam, priority: 'high', due: dateTextOf(instantAt(millisecondsOf(now) + week), desk.timezone), state: 'accepted' },
    { action: 'Warn 14 days before a certificate expires', type: 'detect', owner: piet, state: 'proposed' },
  ]));

  // A small request, answered and closed.
  add(ago('4d 2h'), rosa, (p) => p.create('account', { kind: 'request', title: 'Account for a new colleague', details: 'Asked by mail.', priority: 'normal', services: ['Sign-in'], assignees: [rosa] }));
  add(ago('4d 1h'), rosa, async (p) => { await p.acknowledge('account'); await p.close('account', 'The account exists; the first sign-in worked.'); });

  // A request that needs a change of a service.
  add(ago('3d 2h'), rosa, (p) => p.create('move', { kind: 'request', title: 'Move project Atlas', priority: 'normal', services: ['Slide store'], assignees: [piet], details: 'The old store is full at the end of the month.' }, { runbook: 'complex-request.md' }));
  add(ago('3d 1h'), piet, async (p) => { await p.acknowledge('move'); await p.setStage('move', 'In progress'); await p.done('move', 'Look for similar closed requests', 'Create a [REQUEST]', 'Link it to the [RECORD]', 'Tell the user who works on it'); });
  add(ago('3d'), piet, (p) => p.link('atlas', 'move', 'child'));
  add(ago('2d 3h'), piet, async (p) => {
    await p.choose('move', 'Yes: create issues for the code');
    await p.create('copy', { kind: 'issue', repository: 'acme/slide-store', title: 'Copy a project between stores', details: 'Needed for a request of project Atlas.', labels: ['feature'], assignees: [sam] }, { under: { parent: 'move', step: 'in each repository' } });
    await p.link('move', 'copy', 'blockedBy');
  });
  add(ago('2d'), sam, (p) => p.setStage('copy', 'In progress'));

  // Another project asks.
  add(ago('1d 5h'), me, (p) => p.create('cedar', { kind: 'opportunity', title: 'Project Cedar: 3 TB of images', details: 'Wants to begin next quarter.', assignees: [me] }, { runbook: 'new-project.md' }));
  add(ago('1d 4h'), me, (p) => p.done('cedar', 'Create an [OPPORTUNITY]', 'Determine with the project'));

  // The handoff that waits for the lead.
  add(ago('3h'), piet, (p) => p.handOff(me, 'I am away from tomorrow. The move of Atlas is the only open request.', { move: 'Tell Dr. Lund when the copy can begin.' }));

  // Worked on now: half of its checklist is done, the next update is due before long.
  add(ago('2h 20m'), rosa, (p) => p.create('slow', { kind: 'incident', title: 'Image archive is very slow', priority: 'high', services: ['Image archive'], assignees: [me], details: 'Opening a study takes up to a minute.' }, { runbook: 'incident.md' }));
  add(ago('2h 10m'), me, async (p) => {
    await p.acknowledge('slow');
    await p.record('slow', 'lead', `@${me} leads`);
    await p.setStage('slow', 'In progress');
    await p.done('slow', 'Create an [INCIDENT]', 'List the affected services', 'Set the priority', 'Choose the incident lead', 'Tell the users of the service that we are');
  });
  add(ago('1h 30m'), piet, async (p) => {
    await p.done('slow', 'Find out what changed', 'Check from outside that the service');
    await p.addEvidence('slow', 'Check from outside that the service', { kind: 'text', value: '200 after 48 seconds' });
    await p.choose('slow', 'No: find the smallest change');
  });
  add(ago('38m'), me, async (p) => {
    await p.choose('slow', 'Yes: create an issue');
    await p.create('index', { kind: 'issue', repository: 'acme/image-archive', title: 'Rebuild the index at night', details: 'Seen in an incident. Half of the disk bandwidth goes to the rebuild.', labels: ['bug'], assignees: [sam] }, { under: { parent: 'slow', step: 'in the code repository' } });
    await p.record('slow', 'update', 'The archive is slow because its index is rebuilt. We move the rebuild to the night.', { audience: 'users' });
    await p.record('slow', 'update', 'The image archive is slow for everybody. No data is lost. We move the rebuild of its index to the night.', { audience: 'group' });
  });

  // Nobody has acknowledged these: the response to the incident is due in a few minutes, to the request within the day.
  add(dueSoon(stage, { kind: 'incident', priority: 'normal' }), rosa, (p) => p.create('loop', { kind: 'incident', title: 'New accounts cannot sign in', priority: 'normal', services: ['Sign-in'], assignees: [me], details: 'Three people cannot get past the sign-in page.' }, { runbook: 'incident.md' }));
  add(ago('2h 40m'), rosa, (p) => p.create('space', { kind: 'request', title: 'More space for project Birch', priority: 'normal', services: ['Slide store'], details: 'They need 2 TB more by Friday.' }, { runbook: 'complex-request.md' }));
  return { me, events };
}
