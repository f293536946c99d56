import { dateTextOf } from '../../src/core/calendar/localTime';
import { dateFrom } from '../../src/core/model/calendarDate';
import { instantAt, millisecondsOf } from '../../src/core/model/instant';
import type { Instant } from '../../src/core/model/issue';
import { holdersAt, holdingAt, shiftsBetween } from '../../src/core/oncall/rotation';
import { businessBefore } from './businessClock';
import { earlierEvents, type EarlierIssue } from './earlierIssues';
import { businessAgo, dueSoon, type SampleEvent, type SamplePerson, type SampleStage } from './script';

const minute = 60_000;

const week = 7 * 24 * 60 * minute;

/** The events of the customer response team up to now, and who the person at the keyboard is: the primary. */
export function customerResponse(stage: SampleStage): { readonly me: string; readonly events: readonly SampleEvent[] } {
  const { desk, time, now } = stage;
  const ago = businessAgo(stage);
  const holders = holdersAt(desk, now);
  const me = holders['primary'] ?? 'ana';
  const backup = holders['backup'] ?? 'ben';
  const shiftStart = holdingAt(desk, now)['primary']?.from ?? ago('2d');
  // Whoever was primary before, also where an override separates two of my own stretches.
  const before = shiftsBetween(desk, dateFrom(dateTextOf(instantAt(millisecondsOf(shiftStart) - 3 * week), desk.timezone)), dateFrom(dateTextOf(shiftStart, desk.timezone)))
    .flatMap(({ from, holders: { primary } }) => (primary === undefined || primary === me || millisecondsOf(from) >= millisecondsOf(shiftStart) ? [] : [primary]));
  const previous = before.at(-1) ?? backup;
  const others = desk.people.map(({ login }) => login).filter((login) => login !== me && login !== previous);
  const other = (index: number): string => others[index % others.length] ?? backup;
  const handedOff = earliest(businessBefore(time, shiftStart, 30 * minute), ago('4h'));
  const events: SampleEvent[] = [];
  const add = (at: Instant, by: string, act: (person: SamplePerson) => Promise<void>): void => void events.push({ at, by, act });

  // Closed three weeks ago, with a post-mortem that was reviewed and an action that is still open.
  add(ago('14d'), previous, (p) => p.create('installer', {
    kind: 'incident', title: 'Installer stops at 60 %', priority: 'high', services: ['Installers'], assignees: [previous],
    details: '> We rolled out 5.2 to forty machines this morning. On every one of them the installer stops at 60 %.\n\nTheir network has no internet access.',
  }, { runbook: 'incident.md' }));
  add(ago('13d 7h 50m'), previous, async (p) => { await p.acknowledge('installer'); await p.done('installer', 'Acknowledge: tell', 'Paste the customer', 'Note the version', 'Set the priority'); });
  add(ago('13d 7h'), other(0), async (p) => { await p.choose('installer', 'Yes: continue on site'); await p.done('installer', 'Follow [Restricted network]'); });
  add(ago('13d 6h'), previous, (p) => p.record('installer', 'update', 'The installer waits for a license server that it cannot reach. Installing with `--offline` works.', { audience: 'team' }));
  add(ago('13d 4h'), previous, async (p) => {
    await p.record('installer', 'mitigated', 'All forty machines are installed with `--offline`.');
    await p.create('installer fix', { kind: 'issue', repository: 'acme/engine', title: 'Installer: do not wait for the license server', details: 'The installer must go on when the license server cannot be reached.', labels: ['bug', 'from customer'] }, { under: { parent: 'installer', step: 'in the main repository' } });
  });
  add(ago('12d 2h'), other(1), (p) => p.close('installer fix', 'Released with 5.2.1.'));
  add(ago('12d'), previous, async (p) => {
    await p.done('installer', 'Ask the customer whether the problem', 'Write the resolution');
    await p.close('installer', 'Fixed in 5.2.1. The customer confirmed it on one machine.');
    await p.recordSatisfaction('installer', 4);
  });
  add(ago('10d'), previous, (p) => p.writePostmortem('installer', 'Reviewed', {
    summary: 'Version 5.2 could not be installed on networks without internet access, because the installer waited for the license server without a time limit.',
    impact: 'Forty machines of one customer, for five hours.',
    detection: 'The customer wrote to us. Our own tests run on machines with internet access.',
    factors: '- The new license check has no time limit.\n- The release checklist has no installation without internet access.',
    trigger: 'The release of 5.2.',
    wentWell: 'The `--offline` option was documented, and support found it within two hours.',
    wentWrong: 'Nobody on the team could see the failure without asking the customer.',
    lucky: 'The customer tried it on test machines first.',
  }, [
    { action: 'Test the installer offline', type: 'prevent', owner: other(1), priority: 'high', due: dateTextOf(instantAt(millisecondsOf(now) + week), desk.timezone), state: 'accepted' },
    { action: 'Say in the installer what it waits for', type: 'detect', owner: other(0), state: 'proposed' },
  ]));

  // A question, answered and closed; its page of the documentation is an easy task.
  add(ago('6d'), previous, (p) => p.create('export', { kind: 'incident', title: 'Export a view as a picture?', details: 'Asked on the hotline.', priority: 'low', services: ['Viewer'], assignees: [previous] }, { runbook: 'incident.md' }));
  add(ago('5d 7h 40m'), previous, async (p) => { await p.acknowledge('export'); await p.choose('export', 'Yes: answer it'); await p.done('export', 'Send the answer'); await p.choose('export', 'Yes: improve it'); });
  add(ago('5d 7h 10m'), previous, async (p) => {
    await p.create('export page', { kind: 'issue', repository: 'acme/docs', title: 'Document: export a view as a picture', details: 'Asked by a customer on the hotline.', labels: ['documentation', 'low-hanging fruit'] }, { under: { parent: 'export', step: 'for the documentation' } });
    await p.close('export', 'Answered: File > Export, with the resolution in pixels.');
    await p.recordSatisfaction('export', 5);
  });

  // Waits for the customer since last week; it is in the handoff.
  add(ago('8d 4h'), previous, (p) => p.create('license', {
    kind: 'incident', title: 'License file is refused', priority: 'normal', services: ['Compute server'], assignees: [previous],
    details: '> Since the update to 5.2.1 the server says "invalid license". The file has not changed.',
  }, { runbook: 'incident.md' }));
  add(ago('8d 3h 30m'), previous, async (p) => { await p.acknowledge('license'); await p.done('license', 'Acknowledge: tell', 'Paste the customer', 'Note the version', 'Set the priority'); await p.choose('license', 'No: continue here'); });
  add(ago('8d 2h'), previous, async (p) => {
    await p.setStage('license', 'In progress');
    await p.done('license', 'Search the documentation');
    await p.choose('license', 'No: something does not work');
    await p.done('license', 'Reproduce the problem');
    await p.create('license fix', { kind: 'issue', repository: 'acme/engine', title: 'Accept license files with a byte order mark', details: 'An editor on Windows adds it when the file is saved.', labels: ['bug', 'from customer'], assignees: [other(1)] }, { under: { parent: 'license', step: 'in the main repository' } });
  });
  add(ago('7d 5h'), other(1), (p) => p.setStage('license fix', 'In progress'));
  add(ago('7d'), previous, async (p) => { await p.record('license', 'update', 'Sent a file without the byte order mark. The customer tries it.', { audience: 'team' }); await p.setStage('license', 'Waiting for customer'); });
  add(ago('6d 6h'), previous, (p) => p.link('license', 'license fix', 'blockedBy'));

  // Closed this week; the post-mortem is a draft.
  add(ago('3d'), me, (p) => p.create('results', {
    kind: 'incident', title: 'Servers give different results', priority: 'high', services: ['Compute server'], assignees: [me],
    details: '> The same job gives 0.31 on one server and 0.33 on the other.',
  }, { runbook: 'incident.md' }));
  add(ago('2d 7h 45m'), me, async (p) => { await p.acknowledge('results'); await p.record('results', 'lead', `@${me} leads`); await p.done('results', 'Acknowledge: tell', 'Note the version', 'Set the priority'); });
  add(ago('2d 6h'), backup, (p) => p.record('results', 'update', 'The servers use different versions of the solver. Jobs run on one of them until both are equal.', { audience: 'team' }));
  add(ago('2d 5h'), me, (p) => p.record('results', 'mitigated', 'The older server takes no new jobs.'));
  add(ago('2d 1h'), me, (p) => p.close('results', 'Both servers have solver 5.2.1 and give the same results.'));
  add(ago('1d 6h'), me, (p) => p.writePostmortem('results', 'Draft', {
    summary: 'For two days, results depended on the server that a job ran on.',
    factors: '- The servers are updated one by one, by hand.\n- A job does not say which version of the solver it used.',
  }, [{ action: 'Show the solver version in every result', type: 'detect', owner: me, priority: 'normal', state: 'proposed' }]));

  // The handoff that waits for me.
  add(handedOff, previous, (p) => p.handOff(me, 'A quiet week with one open incident.', { license: 'Ask the customer whether the new file works. If it does, close the incident.' }));

  // Worked on now: half of its checklist is done, the next update is due before long.
  add(ago('5h 30m'), backup, (p) => p.create('viewer', {
    kind: 'incident', title: 'Empty page for large models', priority: 'high', services: ['Viewer'], assignees: [me],
    details: '> Since the update on Monday, models above 2 GB open as an empty page. Smaller ones are fine.\n\nReported by two customers.',
  }, { runbook: 'incident.md' }));
  add(ago('5h 10m'), me, async (p) => {
    await p.acknowledge('viewer');
    await p.done('viewer', 'Acknowledge: tell', 'Paste the customer', 'Note the version', 'Set the priority');
    await p.choose('viewer', 'No: continue here');
    await p.setStage('viewer', 'In progress');
  });
  add(ago('4h 40m'), me, async (p) => { await p.done('viewer', 'Search the documentation'); await p.choose('viewer', 'No: something does not work'); });
  add(ago('4h 20m'), backup, async (p) => {
    await p.done('viewer', 'Reproduce the problem');
    await p.addEvidence('viewer', 'Reproduce the problem', { kind: 'text', value: 'A 2.3 GB model stays empty, a 1.9 GB model opens' });
  });
  add(ago('3h 20m'), me, async (p) => {
    await p.record('viewer', 'update', 'Models above 2 GB cannot be opened in 5.2.1. Version 5.1 opens them. We look for the change that caused it.', { audience: 'team' });
    await p.record('viewer', 'update', 'Two customers cannot open large models in 5.2.1. Version 5.1 opens them. We look for the cause.', { audience: 'leadership' });
  });
  add(ago('2h'), me, async (p) => {
    await p.choose('viewer', 'No: it is new');
    await p.done('viewer', 'Create a minimal example');
    await p.create('viewer fix', { kind: 'issue', repository: 'acme/engine', title: 'Empty page for large models', details: `Found in an incident by two customers. On call: @${me}.\n\n**To reproduce**\n\n1. Open a model above 2 GB.`, labels: ['bug', 'from customer'], assignees: [other(1)] }, { under: { parent: 'viewer', step: 'in the main repository' } });
    await p.assignStep('viewer', 'Find a workaround', backup);
  });

  // Reported a while ago and nobody has acknowledged it: the response is due in a few minutes.
  add(dueSoon(stage, { kind: 'incident', priority: 'normal' }), backup, (p) => p.create('jobs', {
    kind: 'incident', title: 'Some jobs fail', priority: 'normal', services: ['Compute server'], assignees: [me],
    details: '> About half of our jobs end with "no free slot" since this morning.',
  }, { runbook: 'incident.md' }));

  // Not urgent.
  add(ago('9d 3h'), other(0), (p) => p.create('typo', { kind: 'issue', repository: 'acme/docs', title: 'Wrong menu name in Settings', details: 'It is **Options**, not **Preferences**.', labels: ['documentation', 'low-hanging fruit'] }));
  add(ago('25m'), other(0), (p) => p.create('price', { kind: 'incident', title: 'End of support of 4.x?', details: 'Asked on the hotline.', priority: 'low' }));

  // The role checklists: the one of the shift lacks the handoff; the one of today is half done once the desk has been open a while.
  const firstOpen = time.openAt(shiftStart).open ? shiftStart : time.openAt(shiftStart).until ?? shiftStart;
  const shiftTasks = instantAt(millisecondsOf(firstOpen) + 12 * minute);
  if (isBefore(shiftTasks, now)) {
    add(shiftTasks, me, async (p) => {
      await p.startChecklist('start of shift', 'start-of-shift.md', dateTextOf(shiftStart, desk.timezone));
      await p.done('start of shift', 'Email every customer', 'Agree with', 'Check `desk.yml`', 'Review what arrived');
    });
  }
  const today = ago('5m');
  if (time.openAt(today).open && dateTextOf(today, desk.timezone) === dateTextOf(now, desk.timezone)) {
    add(today, me, async (p) => {
      await p.startChecklist('start of day', 'start-of-day.md', dateTextOf(now, desk.timezone));
      await p.done('start of day', 'Read the email', 'for each new report');
    });
  }
  return { me, events: [...earlierEvents(stage, earlier, (at) => holdersAt(desk, at)['primary'] ?? me), ...events] };
}

function isBefore(a: Instant, b: Instant): boolean {
  return millisecondsOf(a) < millisecondsOf(b);
}

function earliest(a: Instant, b: Instant): Instant {
  return isBefore(a, b) ? a : b;
}

/** The steps that begin an incident. */
const firstHour = ['Acknowledge: tell', 'Note the version'];

const earlier: readonly EarlierIssue[] = [
  { ago: '44d', reporter: 'emi', draft: { kind: 'incident', title: 'Viewer stops on old graphics cards', priority: 'normal', services: ['Viewer'], details: '> On three of our workstations the viewer closes when a model is opened.' },
    runbook: 'incident.md', acknowledged: '40m', steps: firstHour, stages: [['45m', 'In progress']], mitigated: ['6h', 'Software rendering works on these cards.'], closed: ['1d 3h', 'Released with 5.1.2: the viewer chooses software rendering itself.'], satisfaction: 4 },
  { ago: '41d 3h', reporter: 'cleo', draft: { kind: 'incident', title: 'Which formats can be imported?', priority: 'low', services: ['Documentation'], details: 'Asked on the hotline.' },
    runbook: 'incident.md', acknowledged: '25m', closed: ['1h 30m', 'Answered with a link to the list of formats.'], satisfaction: 5 },
  { ago: '37d', reporter: 'ben', draft: { kind: 'incident', title: 'Jobs wait although servers are idle', priority: 'normal', services: ['Compute server'], details: '> Our queue has forty jobs, and half of the servers do nothing.' },
    runbook: 'incident.md', acknowledged: '1h 20m', steps: firstHour, stages: [['2h', 'In progress'], ['1d', 'Waiting for customer'], ['2d 4h', 'In progress']], mitigated: ['1d', 'Restarting the queue helps for a few hours.'], closed: ['3d', 'The customer runs 5.1.2, in which servers register again after a restart.'], satisfaction: 3 },
  { ago: '34d 5h', reporter: 'dev', draft: { kind: 'incident', title: 'Silent installation asks for a folder', priority: 'normal', services: ['Installers'], details: '> We install with a script, which now stops at a dialog.' },
    runbook: 'incident.md', acknowledged: '30m', steps: firstHour, stages: [['40m', 'In progress'], ['5h', 'Waiting for customer']], closed: ['2d', 'The option `--folder` is documented. The customer uses it.'] },
  { ago: '31d', reporter: 'emi', draft: { kind: 'incident', title: 'Shortcut for the next view?', priority: 'low', services: ['Viewer'], details: 'Asked on the hotline.' },
    runbook: 'incident.md', acknowledged: '50m', closed: ['2h', 'Answered: Page Down.'], satisfaction: 5 },
  { ago: '28d 2h', reporter: 'ana', draft: { kind: 'incident', title: 'Results arrive twice by mail', priority: 'normal', services: ['Compute server'], details: '> Every result is sent to us two times since Friday.' },
    runbook: 'incident.md', acknowledged: '45m', steps: firstHour, stages: [['1h', 'In progress']], mitigated: ['4h', 'The second mail server is switched off.'], closed: ['1d 2h', 'Both servers took the same queue. They have one each now.'], satisfaction: 4 },
  { ago: '25d', reporter: 'cleo', draft: { kind: 'incident', title: 'Colors differ between screen and print', priority: 'normal', services: ['Viewer'], details: '> Red parts are printed in orange.' },
    runbook: 'incident.md', acknowledged: '15m', steps: firstHour, stages: [['30m', 'In progress'], ['1d', 'Waiting for customer']], closed: ['3d 4h', 'The printer had no color profile.'] },
  { ago: '22d 4h', reporter: 'ben', draft: { kind: 'incident', title: 'Can two people share a license?', priority: 'low', services: ['Documentation'], details: 'Asked on the hotline.' },
    acknowledged: '2h', closed: ['3h', 'Answered: yes, but not at the same time.'] },
  { ago: '19d', reporter: 'dev', draft: { kind: 'incident', title: 'Server does not start after an update', priority: 'normal', services: ['Compute server'], details: '> The log ends with "port in use".' },
    runbook: 'incident.md', acknowledged: '20m', steps: firstHour, stages: [['30m', 'In progress']], mitigated: ['2h', 'The old process is stopped by hand.'], closed: ['6h', 'The update now stops the old process.'], satisfaction: 5 },
];
