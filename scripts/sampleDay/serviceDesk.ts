import { dateTextOf } from '../../src/core/calendar/localTime';
import { instantAt, millisecondsOf } from '../../src/core/model/instant';
import type { Instant } from '../../src/core/model/issue';
import { earlierEvents, type EarlierIssue } from './earlierIssues';
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
  add(ago('8d'), piet, async (p) => { await p.close('certificate', 'The certificate is renewed. All uploads of the morning were repeated.'); await p.recordSatisfaction('certificate', 3); });
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
  add(ago('4d 1h'), rosa, async (p) => { await p.acknowledge('account'); await p.close('account', 'The account exists; the first sign-in worked.'); await p.recordSatisfaction('account', 5); });

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
  return { me, events: [...earlierEvents(stage, earlier, () => me), ...events] };
}

const earlier: readonly EarlierIssue[] = [
  { ago: '43d', reporter: 'rosa', owner: 'piet', draft: { kind: 'incident', title: 'Sign-in page is empty in one browser', priority: 'normal', services: ['Sign-in'], labels: ['environment: Production'], details: 'Reported by two projects. Other browsers work.' },
    runbook: 'incident.md', acknowledged: '30m', steps: ['List the affected services', 'Set the priority'], stages: [['35m', 'In progress']], updates: [['1h', 'The sign-in page is empty in one browser. Others work. We are looking for the cause.']], mitigated: ['1h 50m', 'The page without the new banner is back.'], closed: ['3h', 'The banner used something that this browser does not know.'], satisfaction: 4 },
  { ago: '40d 4h', reporter: 'noor', owner: 'rosa', draft: { kind: 'request', title: 'Accounts for a summer school', priority: 'normal', services: ['Sign-in'], details: 'Twelve people, for two weeks.' },
    runbook: 'complex-request.md', acknowledged: '2h', steps: ['Look for similar closed requests'], stages: [['3h', 'In progress']], closed: ['1d 4h', 'All accounts exist, and end by themselves.'], finished: ['No: no change is needed', 'Yes: continue with the next section', 'Yes: continue'], satisfaction: 5 },
  { ago: '36d', reporter: 'sam', owner: 'piet', draft: { kind: 'request', title: 'Larger uploads for project Birch', priority: 'normal', services: ['Uploads'], details: 'Files of 80 GB are refused.' },
    runbook: 'complex-request.md', acknowledged: '1d 2h', steps: ['Look for similar closed requests', 'Tell the user who works on it'], stages: [['1d 3h', 'In progress']], closed: ['5d', 'Uploads up to 100 GB are allowed for this project.'], satisfaction: 3 },
  { ago: '33d 2h', reporter: 'rosa', owner: 'rosa', draft: { kind: 'request', title: 'Reset a forgotten password', priority: 'normal', services: ['Sign-in'], details: 'Asked by phone.' },
    acknowledged: '10m', closed: ['20m', 'Reset. The first sign-in worked.'], satisfaction: 5 },
  { ago: '30d', reporter: 'noor', owner: 'sam', draft: { kind: 'incident', title: 'Slide store shows old previews', priority: 'normal', services: ['Slide store'], labels: ['environment: Production'], details: 'New slides have the preview of another one.' },
    runbook: 'incident.md', acknowledged: '1h 10m', steps: ['List the affected services', 'Set the priority'], stages: [['1h 15m', 'In progress']], updates: [['2h', 'Some previews are wrong. The slides themselves are right.'], ['3h 30m', 'The previews are computed again.']], mitigated: ['4h', 'Previews are computed when a slide is opened.'], closed: ['1d', 'The cache had no limit. It has one now.'] },
  { ago: '26d 5h', reporter: 'rosa', owner: 'rosa', draft: { kind: 'request', title: 'Share a project with a partner', priority: 'normal', services: ['Image archive'], details: 'Read only, until the end of the year.' },
    runbook: 'complex-request.md', acknowledged: '4h', steps: ['Look for similar closed requests'], stages: [['5h', 'In progress']], closed: ['3d', 'Shared with two people.'], satisfaction: 4 },
  { ago: '23d', reporter: 'piet', draft: { kind: 'incident', title: 'Archive returns errors at night', priority: 'normal', services: ['Image archive'], labels: ['environment: Production'], details: 'Nightly exports of one project failed twice.' },
    runbook: 'incident.md', acknowledged: '15m', steps: ['List the affected services', 'Set the priority'], stages: [['20m', 'In progress']], updates: [['1h', 'Exports at night fail. They can be started by hand.']], mitigated: ['1h 40m', 'The exports begin an hour later.'], closed: ['5h', 'The backup and the exports no longer run at the same time.'], satisfaction: 4 },
  { ago: '19d 3h', reporter: 'noor', owner: 'piet', draft: { kind: 'request', title: 'Delete a finished project', priority: 'normal', services: ['Slide store'], details: 'The project ended in spring.' },
    acknowledged: '3h', stages: [['4h', 'In progress']], closed: ['2d 2h', 'Deleted after the contact agreed.'] },
];
