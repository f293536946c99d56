import { dateTextOf } from '../../src/core/calendar/localTime';
import { instantAt, millisecondsOf } from '../../src/core/model/instant';
import type { Instant } from '../../src/core/model/issue';
import { holdersAt } from '../../src/core/oncall/rotation';
import { earlierEvents, type EarlierIssue } from './earlierIssues';
import { businessAgo, dueSoon, type SampleEvent, type SamplePerson, type SampleStage } from './script';

const week = 7 * 24 * 60 * 60_000;

/** The events of the shop release team up to now, and who the person at the keyboard is: whoever takes care of the releases. */
export function release(stage: SampleStage): { readonly me: string; readonly events: readonly SampleEvent[] } {
  const { desk, now } = stage;
  const ago = businessAgo(stage);
  const me = holdersAt(desk, now)['release'] ?? 'dana';
  const one = holdersAt(desk, instantAt(millisecondsOf(now) - week))['release'] ?? 'farid';
  const other = ['dana', 'eli', 'farid'].find((login) => login !== me && login !== one) ?? 'eli';
  const [qa, operations] = ['quinn', 'suki'] as const;
  const events: SampleEvent[] = [];
  const add = (at: Instant, by: string, act: (person: SamplePerson) => Promise<void>): void => void events.push({ at, by, act });
  const change = (name: string, title: string, service: string, developer: string, details: string) => (p: SamplePerson): Promise<void> =>
    p.create(name, { kind: 'request', title, priority: 'normal', services: [service], assignees: [developer], details }, { runbook: 'change.md' });
  const accept = (name: string) => (p: SamplePerson): Promise<void> => p.done(name, 'The instance is in the state', 'The developer wrote', 'The client answered', 'The developer named the kind');

  // Released last week, by force: an exception that is listed.
  add(ago('9d'), one, change('wrapping', 'Offer gift wrapping', 'Northwind Toys', one, 'Before the season begins.'));
  add(ago('8d 6h'), one, async (p) => {
    await p.acknowledge('wrapping');
    await p.answer('wrapping', 'Open the form', { values: { 'project': 'Northwind Toys', 'bill to': 'Northwind Ltd', 'ticket number': '3871', 'description': 'Gift wrapping at the checkout' } });
    await p.choose('wrapping', 'Yes: it runs in the cloud');
    await p.answer('wrapping', 'Start it at', { values: { location: 'Cloud', instance: 'https://wrapping.northwind.example.org' } });
    await p.setStage('wrapping', 'Development');
  });
  add(ago('7d'), one, async (p) => {
    await p.done('wrapping', 'Build and try');
    await p.answer('wrapping', 'Mark the work as finished', { values: { 'target branch': 'main' } });
    await p.answer('wrapping', 'What happens to the instance', { values: { 'after deployment': 'Delete it' } });
    await p.choose('wrapping', 'Yes: continue with the client');
    await p.done('wrapping', 'Ask the client to try');
    await p.answer('wrapping', 'Hand {{project}} over', { values: { 'kind of release': 'Zero downtime' }, comment: 'The checkout offers wrapping for each item. I tried it with three payment methods. It needs no downtime.' });
    await p.setStage('wrapping', 'QA');
  });
  add(ago('6d 6h'), qa, accept('wrapping'));
  add(ago('6d 3h'), one, async (p) => {
    await p.setStage('wrapping', 'Release');
    await p.done('wrapping', 'Announce to everybody', 'Release it');
    await p.choose('wrapping', 'No: it is an exception');
    await p.create('forced wrapping', { kind: 'record', title: 'Forced release of Northwind Toys', services: ['Northwind Toys'], labels: ['forced release'], details: 'Released by force, ticket 3871.\n\n**Why force was needed**\n\nA file had been changed on the live server by hand.' }, { under: { parent: 'wrapping', step: 'of the forced release' } });
    await p.done('wrapping', 'of the forced release', 'Look at the caches', 'Empty the code cache', 'Get a fresh copy', 'is released. Nobody', 'Update the test system', 'Close the [REQUEST]');
    await p.close('wrapping', 'Released.');
    await p.recordSatisfaction('wrapping', 4);
  });

  // The incident after it, with a post-mortem that was reviewed and an action that is still open.
  add(ago('6d 2h'), other, (p) => p.create('prices', { kind: 'incident', title: 'Prices without tax at the checkout', priority: 'high', services: ['Northwind Toys'], labels: ['environment: Live'], assignees: [one], details: 'Since the release, the last page shows prices without tax.' }, { runbook: 'incident.md' }));
  add(ago('6d 1h 50m'), one, async (p) => { await p.acknowledge('prices'); await p.record('prices', 'lead', `@${me} leads`); await p.done('prices', 'Compare with the criteria', 'Choose the incident lead', 'Tell the client what'); });
  add(ago('6d 1h 40m'), one, (p) => p.record('prices', 'update', 'The checkout shows wrong prices. Orders are charged correctly. We go back to the release before.', { audience: 'clients' }));
  add(ago('6d 1h 30m'), operations, async (p) => { await p.choose('prices', 'Yes: go back'); await p.answer('prices', 'Roll {{shop}} back', { values: { shop: 'Northwind Toys' } }); await p.record('prices', 'mitigated', 'The release before is live again.'); });
  add(ago('6d 1h'), one, async (p) => { await p.close('prices', 'Rolled back. The wrapping now uses the tax of its item.'); await p.recordSatisfaction('prices', 2); });
  add(ago('5d'), me, (p) => p.writePostmortem('prices', 'Reviewed', {
    summary: 'For half an hour, the checkout of a shop showed prices without tax after a release.',
    impact: '41 customers saw wrong prices. All were charged correctly.',
    detection: 'The client called. The regression test has no case with wrapping and tax.',
    factors: '- A file was changed on the live server by hand.\n- The release was forced over it.',
    wentWell: 'The roll-back took four minutes.',
    wentWrong: 'Nobody looked at the shop after the release.',
  }, [
    { action: 'Test wrapping with every rate of tax', type: 'detect', owner: qa, priority: 'high', due: dateTextOf(instantAt(millisecondsOf(now) + week), desk.timezone), state: 'accepted' },
    { action: 'Refuse changes by hand on live servers', type: 'prevent', owner: operations, state: 'proposed' },
  ]));

  // Its regression test failed, and QA decided that it was a false alarm.
  add(ago('4d 3h'), other, change('search', 'Find books by their series', 'Harbour Books', other, 'Readers look for the next volume.'));
  add(ago('4d 2h'), other, async (p) => {
    await p.acknowledge('search');
    await p.answer('search', 'Open the form', { values: { 'project': 'Harbour Books', 'bill to': 'Harbour Books', 'ticket number': '3902', 'description': 'Search by series' } });
    await p.choose('search', 'No: it runs on our private server');
    await p.setStage('search', 'Instance');
  });
  add(ago('4d 1h'), operations, (p) => p.done('search', 'on the private server (approval'));
  add(ago('3d 5h'), other, async (p) => {
    await p.answer('search', 'Start it at', { values: { location: 'Private server', instance: 'https://search.harbour.example.org' } });
    await p.done('search', 'Build and try');
    await p.answer('search', 'Mark the work as finished', { values: { 'target branch': 'main' } });
    await p.answer('search', 'What happens to the instance', { values: { 'after deployment': 'Keep it' } });
    await p.setStage('search', 'Regression test');
  });
  add(ago('2d 2h'), qa, async (p) => {
    await p.create('alarm', { kind: 'issue', repository: 'acme/regression-tests', title: 'False alarm of the regression test for Harbour Books', details: 'The test expects the old order of results.', assignees: ['vera'] }, { under: { parent: 'search' } });
  });
  add(ago('2d'), other, async (p) => {
    await p.choose('search', 'Yes: continue with the client');
    await p.done('search', 'Ask the client to try');
    await p.answer('search', 'Hand {{project}} over', { values: { 'kind of release': 'Downtime' }, comment: 'Search finds series, and shows the volumes in order. I tried it on a phone too. The index is built again, which needs a downtime of ten minutes.' });
    await p.setStage('search', 'QA');
  });
  add(ago('1d 6h'), qa, (p) => p.done('search', 'The instance is in the state', 'The developer wrote', 'The developer named the kind'));

  // A change that has just begun.
  add(ago('1d 2h'), me, change('voucher', 'Vouchers by mail', 'Fern and Co', me, 'As a PDF, with the name of the giver.'));
  add(ago('1d 1h'), me, async (p) => {
    await p.acknowledge('voucher');
    await p.answer('voucher', 'Open the form', { values: { 'project': 'Fern and Co', 'bill to': 'Fern and Co', 'ticket number': '3917', 'description': 'Vouchers by mail' } });
    await p.choose('voucher', 'No: it runs on our private server');
    await p.setStage('voucher', 'Instance');
  });

  // The handoff that waits for whoever takes care of the releases.
  add(ago('3h'), one, (p) => p.handOff(me, 'A quiet week. One release waits for the client.', { search: 'Release it when the client has answered.' }));

  // Worked on now: half of its checklist is done, the next update is due before long.
  add(ago('2h 20m'), other, (p) => p.create('basket', { kind: 'incident', title: 'Baskets lose their items', priority: 'high', services: ['Fern and Co'], labels: ['environment: Live'], assignees: [me], details: 'After signing in, the basket is empty.' }, { runbook: 'incident.md' }));
  add(ago('2h 10m'), me, async (p) => {
    await p.acknowledge('basket');
    await p.record('basket', 'lead', `@${me} leads`);
    await p.done('basket', 'Compare with the criteria', 'Choose the incident lead', 'Tell the client what');
  });
  add(ago('1h 30m'), me, (p) => p.choose('basket', 'No: look at hosting'));
  add(ago('38m'), me, async (p) => {
    await p.record('basket', 'update', 'Baskets are empty after signing in. Guests can buy. We look at the storage of sessions.', { audience: 'clients' });
    await p.record('basket', 'update', 'The session storage is full. We make it larger.', { audience: 'team' });
    await p.done('basket', 'Add what you see');
  });

  // Nobody has acknowledged this: the response is due in a few minutes.
  add(dueSoon(stage, { kind: 'incident', priority: 'normal' }), other, (p) => p.create('images', { kind: 'incident', title: 'Pictures of new books are missing', priority: 'normal', services: ['Harbour Books'], labels: ['environment: Live'], assignees: [me], details: 'Since this morning, new books have no picture.' }, { runbook: 'incident.md' }));
  return { me, events: [...earlierEvents(stage, earlier, (at) => holdersAt(desk, at)['release'] ?? me), ...events] };
}

const earlier: readonly EarlierIssue[] = [
  { ago: '43d', reporter: 'dana', draft: { kind: 'request', title: 'Show delivery times', priority: 'normal', services: ['Fern and Co'], details: 'On the page of each plant.' },
    acknowledged: '3h', stages: [['4h', 'Development'], ['3d', 'Regression test'], ['4d', 'QA'], ['5d', 'Release']], closed: ['5d 2h', 'Released without downtime.'], satisfaction: 5 },
  { ago: '40d', reporter: 'eli', draft: { kind: 'incident', title: 'Payment page opens slowly', priority: 'normal', services: ['Harbour Books'], labels: ['environment: Live'], details: 'It takes ten seconds and more.' },
    runbook: 'incident.md', acknowledged: '25m', steps: ['Compare with the criteria', 'Tell the client what'], updates: [['40m', 'The payment page is slow. Orders arrive.']], mitigated: ['2h', 'The provider of payments uses another server.'], closed: ['4h', 'The provider repaired the first one.'], finished: ['No: look at hosting', 'No: write down'], satisfaction: 4 },
  { ago: '36d 4h', reporter: 'farid', draft: { kind: 'request', title: 'Newsletter at the checkout', priority: 'normal', services: ['Northwind Toys'], details: 'A box that is not ticked.' },
    acknowledged: '1d 3h', stages: [['1d 4h', 'Development'], ['4d', 'Regression test'], ['5d', 'Development'], ['6d', 'Regression test'], ['7d', 'QA'], ['8d', 'Release']], closed: ['8d 1h', 'Released without downtime.'], satisfaction: 3 },
  { ago: '33d', reporter: 'dana', draft: { kind: 'incident', title: 'Search finds nothing', priority: 'normal', services: ['Fern and Co'], labels: ['environment: Live'], details: 'Every search ends with an empty page.' },
    runbook: 'incident.md', acknowledged: '20m', steps: ['Compare with the criteria', 'Tell the client what'], updates: [['30m', 'The search is empty. Everything can be found in the menu.']], mitigated: ['1h', 'The index of the day before is used.'], closed: ['3h', 'The index is built after each import.'], satisfaction: 4 },
  { ago: '30d', reporter: 'eli', draft: { kind: 'request', title: 'Larger pictures of toys', priority: 'normal', services: ['Northwind Toys'], details: 'In all lists.' },
    acknowledged: '5h', stages: [['6h', 'Development'], ['2d', 'Regression test'], ['3d', 'QA'], ['4d', 'Release']], closed: ['4d 3h', 'Released with a downtime of five minutes.'] },
  { ago: '26d', reporter: 'farid', draft: { kind: 'request', title: 'Reading samples as PDF', priority: 'normal', services: ['Harbour Books'], details: 'The first chapter.' },
    acknowledged: '2h', stages: [['3h', 'Development'], ['4d', 'Regression test'], ['5d', 'QA'], ['6d', 'Release']], closed: ['6d 1h', 'Released without downtime.'], satisfaction: 5 },
  { ago: '23d 5h', reporter: 'dana', draft: { kind: 'incident', title: 'Wrong language after signing in', priority: 'normal', services: ['Harbour Books'], labels: ['environment: Live'], details: 'Readers from abroad see the shop in English.' },
    runbook: 'incident.md', acknowledged: '1h 20m', steps: ['Compare with the criteria', 'Tell the client what'], updates: [['2h', 'Some readers see another language. They can change it at the top.']], mitigated: ['3h', 'The language of the browser counts again.'], closed: ['1d', 'A test was added.'] },
  { ago: '20d', reporter: 'eli', draft: { kind: 'request', title: 'New terms of delivery', priority: 'normal', services: ['Fern and Co'], details: 'The text is attached to the ticket.' },
    acknowledged: '1h', stages: [['2h', 'Development'], ['1d', 'Regression test'], ['2d', 'QA'], ['2d 4h', 'Release']], closed: ['3d', 'Released without downtime.'], satisfaction: 4 },
];
