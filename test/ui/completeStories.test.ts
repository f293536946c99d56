import assert from 'node:assert/strict';
import path from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { readSample } from '../../scripts/sampleDay/sampleDay';
import { root } from '../../scripts/editor/cache';
import type { Sample } from '../../scripts/editor/stage';
import { holdersAt } from '../../src/core/oncall/rotation';
import { type FakeWebhook, startFakeWebhook } from '../support/fakeWebhook';
import { learn, type LessonAction } from './support/storyPostmortem';
import { type Story, storyStores } from './support/storyStore';
import { until, type Workbench } from './support/workbench';

/** A time of day on the next working day of a sample after the next midnight, and who is on call then. */
function workingTime(sample: Sample, time: string) {
  const { desk, time: business } = readSample(path.join(root, 'runbooks', sample));
  const tomorrow = Temporal.Now.zonedDateTimeISO(desk.timezone).add({ days: 1 }).withPlainTime(time);
  for (let days = 0; days < 30; days += 1) {
    const instant = tomorrow.add({ days }).toInstant().toString();
    if (business.openAt(instant).open) return { desk, instant, ahead: Math.round((Date.parse(instant) - Date.now()) / 1000), holders: holdersAt(desk, instant) };
  }
  throw new Error(`${sample} is never open at ${time}.`);
}

/** Opens a sample desk at a time of its next working day, with a narrow side bar. */
async function begin(store: string, sample: Sample, login: string, ahead: number): Promise<Story> {
  const open = storyStores[store];
  if (open === undefined) throw new Error(`There is no store ${store}.`);
  const story = await open({ sample, desk: readSample(path.join(root, 'runbooks', sample)).desk, login, ahead });
  await story.w.openView('On Call');
  await story.w.setSideBarWidth(300);
  return story;
}

/** Clicks the row with exactly this label. */
async function openRow(w: Workbench, view: string, label: string): Promise<void> {
  await w.view(view).locator('.monaco-list-row').filter({ has: w.page.getByText(label, { exact: true }) }).first().click();
}

/** Ticks steps of the checklist that is open, by a part of their text. */
async function tick(w: Workbench, title: string, ...steps: readonly string[]): Promise<void> {
  const page = await w.webview(title);
  for (const step of steps) {
    const box = page.getByRole('checkbox', { name: step });
    await box.click();
    await until(`"${step}" is done`, () => box.isChecked());
  }
}

/** Runs a command of the palette on the issue with this title. */
async function onIssue(w: Workbench, command: string, title: string): Promise<void> {
  await w.command(`Response Desk: ${command}`);
  await w.waitForPrompt('Select an issue');
  await w.quickBox.fill(title);
  await w.quickInput.locator('.monaco-list-row').filter({ hasText: title }).first().click();
}

/** Declares an incident with its title and Enter. */
async function declare({ w, allowWriting }: Story, title: string): Promise<void> {
  await w.command('Response Desk: Declare Incident…');
  await w.waitForPrompt('What happened?');
  // The page that was just opened may take the focus late.
  await w.quickBox.fill(title);
  await w.quickRow(title).waitFor();
  await w.quickBox.press('Enter');
  await allowWriting('incident');
  await w.webview(title);
}

/** Declares an incident from the link in an alert, which the team gave to its monitoring. */
async function declareFromAlert({ w, allowWriting, issues }: Story, title: string, { runbook, more, picture }: Alert & { readonly picture: string }): Promise<void> {
  await w.openView('Runbooks');
  await w.waitForRow('Runbooks', runbook);
  await w.copy('');
  await w.treeMenu('Runbooks', runbook, 'Copy Declare Link');
  const link = await until('the link', async () => await w.clipboard() || undefined);
  await w.clearNotifications();
  w.write({ 'alert.md': `# Alert\n\n[Declare](${link}${encodeURIComponent(title)}${more})\n` });
  await w.openFile('alert.md');
  await w.command('Markdown: Open Preview');
  await (await w.webview('alert.md')).getByRole('link', { name: 'Declare' }).click();
  await w.waitForPrompt('Nothing is created yet');
  assert.deepEqual(issues('incident'), []);
  await w.screenshot(picture);
  await w.pick('Nothing is created yet', 'Declare Incident Now');
  await allowWriting('incident');
  await w.webview(title);
}

async function describesRow(w: Workbench, title: string, text: string | RegExp): Promise<void> {
  await until(`the row of ${title} says ${String(text)}`, async () => {
    const { description } = await w.waitForRow('Incidents', title);
    return typeof text === 'string' ? description.includes(text) : text.test(description);
  });
}

/** Waits until all changes are written: a busy machine takes its time for each. */
async function settled(w: Workbench): Promise<void> {
  await until('no change is pending', async () => !(await w.treeRows('On Call')).some(({ label }) => label.includes('pending change')), 90);
}

/** Pictures of the window in the other themes, for people to look at. */
async function pictures(w: Workbench, name: string): Promise<void> {
  for (const theme of ['light', 'hc', 'hcLight', 'dark'] as const) {
    await w.setTheme(theme);
    await w.screenshot(`${name}-${theme}`);
  }
}

/**
 * Sends an update on an issue to all audiences: to those with a webhook through it, to the others as a text to copy. `webhook` is the
 * address of the webhook, if this window was not asked for it yet. The last update promises no next one.
 */
async function sendUpdate(w: Workbench, title: string, line: string, { webhook, picture, isLast }: { readonly webhook?: string; readonly picture?: string; readonly isLast?: boolean } = {}): Promise<void> {
  await w.command('Response Desk: Send Update…');
  await w.waitForPrompt('Select the issue that the update is about');
  await w.quickBox.fill(title);
  await w.quickInput.locator('.monaco-list-row').filter({ hasText: title }).first().click();
  await w.waitForPrompt('Who receives the update');
  const rows = w.quickInput.locator('.monaco-list-row');
  const labels = await rows.allInnerTexts();
  for (const [index, label] of labels.entries()) {
    const wanted = label.includes('Post to') || label.includes('Copy the text') && labels[index - 1]?.includes('Post to') !== true;
    const box = rows.nth(index).getByRole('checkbox');
    if (await box.isChecked() !== wanted) await rows.nth(index).click();
  }
  if (picture !== undefined) await w.screenshot(`${picture}-recipients`);
  await w.page.keyboard.press('Enter');
  if (isLast !== true) {
    await w.waitForPrompt('When do they receive the next update');
    await w.page.keyboard.press('Enter');
  }
  await w.page.locator('.codelens-decoration').filter({ hasText: 'Continue with These Details' }).waitFor();
  await w.page.keyboard.press('Control+End');
  await w.page.keyboard.type(`\n${line}`);
  if (picture !== undefined) await w.screenshot(`${picture}-draft`);
  await w.page.keyboard.press('Control+Enter');
  if (webhook !== undefined) await w.answer('Paste the address of an incoming webhook', webhook);
  await w.dialogText();
  if (picture !== undefined) await w.screenshot(`${picture}-confirm`);
  await w.answerDialog('Send this update?', 'Send');
}

/** An alert that declares an incident. */
interface Alert {
  /** The title of the runbook that its link starts. */
  readonly runbook: string;
  /** Further parameters of the link. */
  readonly more: string;
}

/** What a team decides about an incident. */
interface Incident {
  readonly title: string;
  readonly criterion: string;
  readonly severity: string;
  readonly environment: string;
  readonly lead: string;
  readonly resolution: string;
  /** The address of the desk's webhook. */
  readonly webhook?: string;
  /** Absent: a person declares it. */
  readonly alert?: Alert;
}

/** Takes an incident from its alert or its declaration to its end, as a person does with the palette. */
async function liveThrough(at: Story, { title, criterion, severity, environment, lead, resolution, webhook, alert }: Incident, story: string): Promise<void> {
  const { w } = at;
  await (alert === undefined ? declare(at, title) : declareFromAlert(at, title, { ...alert, picture: `${story}-1-alert` }));
  await w.screenshot(`${story}-1-declared`);
  await onIssue(w, 'Acknowledge Issue', title);
  await describesRow(w, title, /^(?!due in)/);
  await onIssue(w, 'Set Priority…', title);
  await w.waitForPrompt('Which criteria apply to');
  await w.quickRow(criterion).click();
  await w.page.keyboard.press('Enter');
  await w.waitForPrompt('The criteria propose high');
  await w.page.keyboard.press('Enter');
  await describesRow(w, title, 'high');
  await onIssue(w, 'Set Severity…', title);
  await w.pick('Select the severity of', severity);
  await onIssue(w, 'Set Environments…', title);
  await w.pickMany('Select the affected environments', [environment]);
  await onIssue(w, 'Assign Role…', title);
  await w.pick('Which role on', 'lead');
  await w.pick('Who has the role lead', lead);
  await w.screenshot(`${story}-2-led`);

  await sendUpdate(w, title, 'We are looking for the cause.', { picture: `${story}-3-update`, ...webhook === undefined ? {} : { webhook } });
  await describesRow(w, title, /update (?:in|due) /);

  await onIssue(w, 'Record Milestone…', title);
  await w.pick('What happened on', 'Mitigated');
  await w.waitForPrompt('When did it happen?');
  await w.page.keyboard.press('Enter');
  await w.answer('Add details', 'A workaround is in place');
  await until('it is mitigated', async () => await (await w.webview(title)).getByText('A workaround is in place').count() > 0);
  await pictures(w, `${story}-4-mitigated`);

  await settled(w);
  await onIssue(w, 'Resolve Issue…', title);
  await w.pickMany('How was it resolved?', ['Fixed']);
  await w.answer('The resolution', resolution);
  await settled(w);
  await w.waitForNotification('It stays open until you close it');
  await w.screenshot(`${story}-5-resolved`);
  await w.clearNotifications();
  await sendUpdate(w, title, 'It is over.', { picture: `${story}-5-end`, isLast: true });
  await settled(w);
  await onIssue(w, 'Close Issue…', title);
  await w.screenshot(`${story}-6-loose-ends`);
  await w.pick(`Close `, 'Close Anyway');
  await settled(w);
  await w.waitForNotification('requires a post-mortem');
  await until('it is gone', async () => !(await w.treeRows('Incidents')).some(({ label }) => label.includes(title)));
  await w.screenshot(`${story}-7-closed`);
}

/** The name of a story's pictures in one of the stores. */
function pictureName(story: string, store: string): string {
  return store === 'on GitHub' ? `${story}-github` : story;
}

for (const store of Object.keys(storyStores)) {
  describe(`a day of operations support, ${store}`, function () {
    this.timeout(300_000);

    let webhook: FakeWebhook;
    beforeEach(async () => {
      webhook = await startFakeWebhook();
    });
    afterEach(() => webhook.stop());

    it('begins with the checklist of the morning, and ends with the handover to on-call (thorough)', async () => {
      const name = pictureName('story-l', store);
      const morning = workingTime('operations-support', '08:05');
      const evening = workingTime('operations-support', '17:40');
      const night = holdersAt(evening.desk, `${evening.instant.slice(0, 10)}T23:00:00Z`);
      const [me = '', colleague = '', onCall] = [morning.holders['morning'], evening.holders['afternoon'], night['on-call']];
      const story = await begin(store, 'operations-support', me, morning.ahead);
      try {
        const { w } = story;
        await w.waitForRow('On Call', 'morning');
        assert.match((await w.waitForRow('On Call', 'Next, ')).label, /13:00/);

        await openRow(w, 'On Call', 'Start of day');
        await story.allowWriting('incident');
        await tick(w, 'Start of day', 'Take over from the night', 'Read the support channel', 'Look for requests', 'Acknowledge everything', 'Agree with the afternoon');
        await until('the checklist is done', async () => (await w.treeRows('On Call')).some(({ label, description }) => label === 'Start of day' && description.startsWith('done')), 60);
        await w.screenshot(`${name}-1-start-of-day`);

        await triage(story, name);

        const incident = { title: 'Payments are rejected', criterion: 'A service for users is down', severity: 'SEV1', environment: 'Production', lead: me, resolution: 'The certificate was renewed' };
        await liveThrough({ ...story, allowWriting: () => Promise.resolve() }, { ...incident, webhook: webhook.address }, name);
        assert.equal(webhook.messages.length, 2);
        assert.match(webhook.messages[1] ?? '', /Payments are rejected[^]*It is over\./);
        await learn(story, { title: incident.title, reviewer: 'tess', actions: lessons(me, colleague) }, `${name}-7-lesson`);

        await story.goTo(evening.ahead);
        await story.become(colleague);
        await w.waitForRow('On Call', 'afternoon');
        await w.command('Response Desk: Start Role Checklist…');
        await w.pick('Select a checklist', 'End of day');
        await tick(w, 'End of day', 'Check that every open incident');
        await w.screenshot(`${name}-8-end-of-day`);
        await w.command('Response Desk: Hand Off…');
        const handoff = await w.webview('Handoff by');
        assert.equal(await handoff.getByLabel('Hand off to').inputValue(), onCall);
        await w.screenshot(`${name}-9-handoff`);
        assert.deepEqual(w.extensionErrors(), []);
      } finally {
        await story.end();
      }
    });
  });
}

/** Sorts two reports: one is answered at once, the other becomes a request that the product manager hears of. */
async function triage({ w, issues }: Story, name: string): Promise<void> {
  await w.command('Response Desk: Triage Report…');
  await w.answer('What was reported?', 'How do I export a report?');
  await w.pick('What is it?', 'Answered at Once');
  await until('the answer is counted', () => w.paths().some(file => file.startsWith('.desk/triage/')));
  await w.command('Response Desk: Triage Report…');
  await w.answer('What was reported?', 'The figures of October are missing');
  await w.waitForPrompt('What is it?');
  await w.screenshot(`${name}-2-triage`);
  await w.pick('What is it?', 'Request');
  await w.answer('The title of the request', 'Figures of October are missing');
  await w.webview('Figures of October are missing');
  await w.waitForRow('Requests', 'Figures of October');
  const [request] = issues('request');
  assert.match(request?.text ?? '', /Figures of October are missing[^]*@mira/);
}

/** One action so that an incident is noticed earlier, and one so that it does not happen again. */
function lessons(first: string, second: string): readonly [LessonAction, LessonAction] {
  return [{ action: 'Warn a week before a certificate expires', type: 'Detect', owner: first }, { action: 'Renew certificates automatically', type: 'Prevent', owner: second }];
}

/** An incident of each of the two other teams, as their own desk decides about it. */
const incidents: readonly (Omit<Incident, 'webhook'> & { readonly sample: Sample; readonly time: string; readonly holder: string; readonly reviewer: string; readonly story: string })[] = [
  { sample: 'customer-response', story: 'story-v', time: '08:30', holder: 'primary', reviewer: 'emi', title: 'Viewer is empty', criterion: 'A user cannot work at all', severity: 'SEV2', environment: 'Restricted network', lead: 'dev', resolution: 'A workaround was sent', alert: { runbook: 'Answer an incident', more: '&service=Viewer&details=Seen%20by%20the%20monitoring' } },
  { sample: 'service-desk', story: 'story-m', time: '10:30', holder: 'noor', reviewer: 'piet', title: 'Uploads fail', criterion: 'A service is down for everybody', severity: 'SEV1', environment: 'Production', lead: 'noor', resolution: 'The certificate was renewed' },
];

describe('an incident from its beginning to its end', function () {
  this.timeout(300_000);

  for (const { sample, time, holder, reviewer, story: own, ...incident } of incidents) {
    for (const store of Object.keys(storyStores)) {
      it(`at ${sample}, ${store} (thorough)`, async () => {
        const { ahead, holders } = workingTime(sample, time);
        const name = pictureName(own, store);
        const story = await begin(store, sample, holders[holder] ?? holder, ahead);
        try {
          await liveThrough(story, incident, name);
          const [stored] = story.issues('incident');
          assert.equal(stored?.state, 'closed');
          assert.match(stored?.text ?? '', /desk:moment update audience=/);
          if (incident.alert !== undefined) assert.match(stored?.text ?? '', /Seen by the monitoring/);
          await learn(story, { title: incident.title, reviewer, actions: lessons(incident.lead, reviewer) }, `${name}-8-lesson`);
          assert.deepEqual(story.w.extensionErrors(), []);
        } finally {
          await story.end();
        }
      });
    }
  }
});
