import { dateTextOf } from '../../src/core/calendar/localTime';
import { instantAt, millisecondsOf } from '../../src/core/model/instant';
import type { Instant } from '../../src/core/model/issue';
import { holdersAt } from '../../src/core/oncall/rotation';
import { earlierEvents, type EarlierIssue } from './earlierIssues';
import { businessAgo, dueSoon, type SampleEvent, type SamplePerson, type SampleStage } from './script';

const minute = 60_000;

const week = 7 * 24 * 60 * minute;

/** The events of the operations support team up to now, and who the person at the keyboard is: whoever answers in this part of the day. */
export function operationsSupport(stage: SampleStage): { readonly me: string; readonly events: readonly SampleEvent[] } {
  const { desk, time, now } = stage;
  const ago = businessAgo(stage);
  const holders = holdersAt(desk, now);
  const me = holders['morning'] ?? holders['afternoon'] ?? holders['weekend'] ?? holders['on-call'] ?? 'kofi';
  const [one = 'lena', other = 'omar'] = ['kofi', 'lena', 'omar', 'yuki'].filter((login) => login !== me);
  const [database, manager] = ['gwen', 'mira'] as const;
  const [down, slow, team] = desk.priorities[0]?.criteria ?? [];
  const later = (at: Instant, minutes: number): Instant => instantAt(millisecondsOf(at) + minutes * minute);
  const events: SampleEvent[] = [];
  const add = (at: Instant, by: string, act: (person: SamplePerson) => Promise<void>): void => void events.push({ at, by, act });

  // The record of an application, which requests refer to.
  add(ago('20d'), manager, (p) => p.create('payments', { kind: 'record', title: 'Payments', services: ['Payments'], assignees: [database], details: '**Owner:** Finance\n**Environments:** Production, Pre-production, UAT\n**Supplier:** Northgate Hosting, case portal on the wiki' }));

  // Closed last week: high priority, with a post-mortem that was reviewed and an action that is still open.
  add(ago('6d 5h'), one, (p) => p.create('batch', { kind: 'incident', title: 'No payments since midnight', priority: 'high', services: ['Payments'], labels: ['environment: Production', 'SEV1'], assignees: [one], details: 'The nightly run did not start. Finance noticed it at 08:10.' }, { runbook: 'incident.md' }));
  add(ago('6d 4h 50m'), one, async (p) => {
    await p.acknowledge('batch');
    await p.setCriteria('batch', ...[down, team].flatMap((each) => each ?? []));
    await p.record('batch', 'lead', `@${database} leads`, { role: 'lead', login: database });
    await p.record('batch', 'role', `@${one} sends the updates`, { role: 'communications', login: one });
    await p.done('batch', 'Name the affected services', 'Compare with the criteria', 'Set the severity', 'Choose the incident lead', 'Choose who takes care');
  });
  add(ago('6d 4h 40m'), one, async (p) => {
    await p.record('batch', 'update', 'No payments went out last night. We are starting the run by hand. Next update within an hour.', { audience: 'users' });
    await p.record('batch', 'update', 'Payments of one night are late. No data is lost. We expect them to go out this morning.', { audience: 'briefing' });
    await p.done('batch', 'Send the first update to the users', 'Send the first update to the people');
  });
  add(ago('6d 4h'), database, async (p) => { await p.done('batch', 'Find out what changed last'); await p.record('batch', 'note', 'The scheduler ran out of disk space at 23:52.'); });
  add(ago('6d 3h 30m'), database, (p) => p.record('batch', 'mitigated', 'The run was started by hand and is half done.'));
  add(ago('6d 2h'), one, async (p) => {
    await p.record('batch', 'resolved', 'All payments of the night went out.');
    await p.record('batch', 'update', 'All payments went out. Nothing needs to be repeated.', { audience: 'users' });
    await p.record('batch', 'update', 'All payments of last night went out at 11:20.', { audience: 'briefing' });
  });
  add(ago('6d 1h'), one, async (p) => { await p.close('batch', 'Old logs were removed and the run was started by hand.'); await p.recordSatisfaction('batch', 2); });
  add(ago('5d'), database, (p) => p.writePostmortem('batch', 'Reviewed', {
    summary: 'The nightly payment run did not start, because the disk of the scheduler was full.',
    impact: '412 payments were eleven hours late.',
    detection: 'Finance told us. Free space was checked by hand, on Mondays.',
    factors: '- Logs of the scheduler are kept forever.\n- A run that does not start sends no message.',
    trigger: 'A test in production wrote 30 GB of logs.',
    wentWell: 'The run can be started by hand, and the steps were written down.',
    wentWrong: 'Nobody was told for eight hours.',
    lucky: 'It was not the last day of the month.',
  }, [
    { action: 'Warn when a nightly run does not start', type: 'detect', owner: database, priority: 'high', due: dateTextOf(instantAt(millisecondsOf(now) + week), desk.timezone), state: 'accepted' },
    { action: 'Remove scheduler logs after 30 days', type: 'prevent', owner: other, state: 'proposed' },
  ]));

  // A question that took minutes, and a request that grew out of triage.
  add(ago('3d 2h'), other, (p) => p.create('totals', { kind: 'request', title: 'Monthly totals by office', priority: 'low', services: ['Reports'], labels: ['environment: Production'], assignees: [other], details: '**Who needs it, and what for**\n\nThe regional offices, for their budget.\n\n**What we know and tried so far**\n\nThe report exists by month, without offices.' }, { runbook: 'request.md' }));
  add(ago('3d 1h 30m'), other, async (p) => { await p.acknowledge('totals', `@${manager}: work on this request starts.`); await p.setStage('totals', 'In progress'); await p.done('totals', 'Acknowledge it within', 'Name the service'); await p.choose('totals', 'No: continue'); });
  add(ago('2d 4h'), other, async (p) => {
    await p.done('totals', 'Move it to');
    await p.choose('totals', 'Yes: the team of the application');
    await p.create('column', { kind: 'issue', repository: 'acme/case-files', title: 'Add the office to the monthly export', details: 'Needed for a request of the regional offices.', labels: ['feature'], assignees: ['hugo'] }, { under: { parent: 'totals', step: 'in the repository of the application' } });
    await p.link('totals', 'column', 'blockedBy');
  });

  // Waits for a supplier.
  add(ago('4d 3h'), one, (p) => p.create('mail', { kind: 'incident', title: 'Mail to providers arrives hours late', priority: 'normal', services: ['Provider accounts'], labels: ['environment: Production', 'SEV3'], assignees: [one], details: 'Invitations take two to five hours.' }, { runbook: 'third-party-problem.md' }));
  add(ago('4d 2h'), one, async (p) => { await p.acknowledge('mail'); await p.done('mail', 'Collect what the supplier', 'Open a case'); await p.setStage('mail', 'Waiting for supplier'); await p.record('mail', 'note', 'Case NG-20417 at Northgate Hosting, second priority there.'); });
  add(ago('50m'), one, async (p) => {
    await p.record('mail', 'update', 'The supplier replaces a mail server tomorrow. Until then, invitations can take up to five hours.', { audience: 'users', next: later(now, 180) });
    await p.record('mail', 'update', 'Mail to providers is slow. The supplier replaces a server tomorrow.', { audience: 'briefing', next: later(now, 26 * 60) });
  });

  // What on-call hands to the person who answers now.
  add(ago('2h 30m'), other, (p) => p.handOff(me, 'One call at 02:40 about slow mail, nothing else.', { mail: 'Ask the supplier when the new server takes over.' }));

  // Worked on now: the checklist is half done, the next update is promised.
  add(ago('1h 50m'), other, (p) => p.create('cases', { kind: 'incident', title: 'Case files open slowly', priority: 'high', services: ['Case files'], labels: ['environment: Production', 'SEV2'], assignees: [me], details: 'Opening a file takes more than a minute, for all offices. Reported by three of them.' }, { runbook: 'incident.md' }));
  add(ago('1h 45m'), me, async (p) => {
    await p.acknowledge('cases');
    await p.setStage('cases', 'In progress');
    await p.setCriteria('cases', ...[slow].flatMap((each) => each ?? []));
    await p.record('cases', 'lead', `@${me} leads`, { role: 'lead', login: me });
    await p.record('cases', 'role', `@${other} sends the updates`, { role: 'communications', login: other });
    await p.done('cases', 'Name the affected services', 'Compare with the criteria', 'Set the severity', 'Choose the incident lead', 'Choose who takes care');
  });
  add(ago('1h 40m'), other, async (p) => {
    await p.record('cases', 'update', 'Opening case files is slow. Saving works. We are looking for the cause.', { audience: 'users' });
    await p.record('cases', 'update', 'All offices are slowed down by case files. No data is at risk.', { audience: 'briefing' });
    await p.done('cases', 'Send the first update to the users', 'Send the first update to the people');
  });
  add(ago('1h 10m'), database, async (p) => {
    await p.done('cases', 'Find out what changed last');
    await p.record('cases', 'note', 'The statistics of the database are from before the weekend. Queries scan whole tables.');
    await p.choose('cases', 'No: continue');
  });
  add(ago('38m'), other, async (p) => {
    await p.record('cases', 'update', 'The database needs new statistics. They are being computed, and it gets faster from now on.', { audience: 'users', next: later(now, 22) });
    await p.record('cases', 'update', 'The cause is known and is being removed. Expected end: within two hours.', { audience: 'briefing', next: later(now, 22) });
  });

  // Nobody has acknowledged these: the response to the incident is due in a few minutes.
  add(dueSoon(stage, { kind: 'incident', priority: 'normal' }), other, (p) => p.create('locked', { kind: 'incident', title: 'Two providers cannot sign in', priority: 'normal', services: ['Provider accounts'], labels: ['environment: Production'], assignees: [me], details: 'Both see "account locked" since this morning.' }, { runbook: 'common-issues.md' }));
  add(ago('6m'), other, (p) => p.create('refresh', { kind: 'request', title: 'Refresh UAT with current data', priority: 'normal', services: ['Payments'], labels: ['environment: UAT'], details: 'Needed for the test of the next release.' }, { under: { parent: 'payments' } }));

  // Today's checklist of whoever answers now is half done.
  const today = ago('5m');
  if (time.openAt(today).open && dateTextOf(today, desk.timezone) === dateTextOf(now, desk.timezone)) {
    add(today, me, async (p) => {
      await p.startChecklist('start of day', 'start-of-day.md', dateTextOf(now, desk.timezone));
      await p.done('start of day', 'Take over from the night', 'Read the support channel');
    });
  }
  const onCall = (at: Instant): string => {
    const then = holdersAt(desk, at);
    return then['morning'] ?? then['afternoon'] ?? me;
  };
  return { me, events: [...earlierEvents(stage, earlier, onCall), ...events] };
}

const called = ['Name the affected services', 'Compare with the criteria', 'Set the severity'];

const earlier: readonly EarlierIssue[] = [
  { ago: '43d', reporter: 'tess', draft: { kind: 'incident', title: 'Reports are a day old', priority: 'normal', services: ['Reports'], labels: ['environment: Production', 'SEV3'], details: 'All figures end with the day before yesterday.' },
    runbook: 'incident.md', acknowledged: '50m', steps: called, stages: [['1h', 'In progress']], updates: [['1h 30m', 'Reports show old figures. The nightly job is started again.']], mitigated: ['3h', 'The job has finished.'], closed: ['4h 30m', 'The job waited for a file that came late. It waits longer now.'], satisfaction: 4 },
  { ago: '40d 2h', reporter: 'mira', draft: { kind: 'request', title: 'Access to UAT for two testers', priority: 'normal', services: ['Case files'], labels: ['environment: UAT'], details: 'For the next release.' },
    runbook: 'request.md', acknowledged: '10m', steps: ['Acknowledge it within', 'Name the service'], stages: [['1h', 'In progress']], closed: ['4h', 'Both can sign in.'], finished: ['No: continue', 'No: make the change', 'Yes: add it to'], satisfaction: 5 },
  { ago: '37d 5h', reporter: 'tess', draft: { kind: 'incident', title: 'Certificate of the provider portal expired', priority: 'normal', services: ['Provider accounts'], labels: ['environment: Production', 'SEV2'], details: 'Browsers warn before they open the portal.' },
    runbook: 'incident.md', acknowledged: '15m', steps: called, stages: [['20m', 'In progress']], updates: [['40m', 'The portal warns about its certificate. It is safe, and a new one is on its way.']], mitigated: ['1h 30m', 'The new certificate is in place.'], closed: ['2h', 'Renewed. The next date is in the calendar.'], satisfaction: 4 },
  { ago: '34d', reporter: 'hugo', draft: { kind: 'request', title: 'More memory for pre-production', priority: 'low', services: ['Payments'], labels: ['environment: Pre-production'], details: 'Tests with a whole month do not fit.' },
    runbook: 'request.md', acknowledged: '3h', steps: ['Acknowledge it within', 'Name the service'], stages: [['1d', 'In progress'], ['2d', 'Waiting for supplier'], ['4d', 'In progress']], closed: ['5d', 'Doubled by the supplier.'] },
  { ago: '31d 4h', reporter: 'mira', draft: { kind: 'incident', title: 'Attachments of case files cannot be opened', priority: 'normal', services: ['Case files'], labels: ['environment: Production', 'SEV2'], details: 'Only those that were added this morning.' },
    runbook: 'incident.md', acknowledged: '2h 20m', steps: called, stages: [['2h 30m', 'In progress']], updates: [['3h', 'Attachments of this morning cannot be opened. They are not lost.']], mitigated: ['4h', 'The virus scanner was started again.'], closed: ['1d', 'The scanner had no space for new files. It has more now.'], satisfaction: 3 },
  { ago: '28d', reporter: 'tess', draft: { kind: 'request', title: 'List of locked provider accounts', priority: 'normal', services: ['Provider accounts'], labels: ['environment: Production'], details: 'Needed once, for an audit.' },
    runbook: 'request.md', acknowledged: '1h', steps: ['Acknowledge it within', 'Name the service'], stages: [['2h', 'In progress']], closed: ['1d 2h', 'Sent to the auditors.'], satisfaction: 5 },
  { ago: '25d 6h', reporter: 'gwen', draft: { kind: 'incident', title: 'Payments of one bank are refused', priority: 'normal', services: ['Payments'], labels: ['environment: Production', 'SEV2'], details: 'The bank has changed its certificate.' },
    runbook: 'incident.md', acknowledged: '30m', steps: called, stages: [['35m', 'In progress']], updates: [['1h', 'Payments to one bank wait. They are sent when the bank is trusted again.']], mitigated: ['2h 30m', 'The new certificate is trusted.'], closed: ['4h', 'All payments were sent again.'] },
  { ago: '22d', reporter: 'mira', draft: { kind: 'request', title: 'Correct the name of an office', priority: 'low', services: ['Reports'], labels: ['environment: Production'], details: 'It moved, and has a new name.' },
    runbook: 'request.md', acknowledged: '40m', steps: ['Acknowledge it within', 'Name the service'], stages: [['1h', 'In progress']], closed: ['6h', 'Corrected, also in old reports.'], satisfaction: 4 },
];
