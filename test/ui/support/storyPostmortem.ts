import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Story } from './storyStore';
import { until, type Workbench } from './workbench';

/** What a team writes into the post-mortem of its incident. */
export interface Lesson {
  /** The title of an incident that was closed and requires a post-mortem. Its notification is still open. */
  readonly title: string;
  /** A person of the desk who reviews it. */
  readonly reviewer: string;
  readonly actions: readonly [LessonAction, LessonAction];
}

export interface LessonAction {
  readonly action: string;
  readonly type: 'Prevent' | 'Mitigate' | 'Detect' | 'Process';
  readonly owner: string;
}

/** Writes the post-mortem of an incident that was just closed, turns its two actions into issues, and has it reviewed, as a person does. */
export async function learn(story: Story, { title, reviewer, actions }: Lesson, picture: string): Promise<void> {
  const { w } = story;
  await w.answerNotification('requires a post-mortem', 'Write Post-mortem');
  const page = await w.webview(`Post-mortem: ${title}`);
  await page.getByLabel('Summary').fill('Customers could not work. A change was rolled back.');
  await page.getByRole('button', { name: 'Users affected' }).click();
  await page.getByLabel('Amount, row 1').fill('120');
  await page.getByLabel('Impact', { exact: true }).fill('Nobody could sign in.');
  await page.getByLabel('Contributing factors').fill('Nothing checks the certificate before it expires.');
  await page.getByLabel('What went well').fill('The runbook named the right service.');
  await w.screenshot(`${picture}-1-draft`);
  const file = await until('the file', () => postmortemIn(w));
  const timeline = await until('the timeline', async () => {
    const text = await w.read(file);
    return text.includes('A workaround is in place') ? text : undefined;
  }, 60);
  for (const source of ['| milestone ', '| update ']) assert.ok(timeline.includes(source), timeline);

  for (const [index, { action, type, owner }] of actions.entries()) {
    const row = index + 1;
    await page.getByRole('button', { name: 'Add Action' }).click();
    await page.getByLabel(`Action, row ${row}`).fill(action);
    await page.getByLabel(`Type, row ${row}`).selectOption({ label: type });
    await page.getByLabel(`Owner, row ${row}`).fill(owner);
    await page.getByLabel(`Due, row ${row}`).fill('2999-12-31');
    await page.getByRole('button', { name: `Accept and create an issue for: ${action}` }).click();
    await w.pick('Create an issue for', 'issue');
    if (index === 0) await story.allowWriting('issue');
    await until(`the issue of “${action}”`, async () => new RegExp(`\\| ${action} \\|.*#\\d+ \\| accepted \\|`).test(await w.read(file)), 90);
  }
  await w.screenshot(`${picture}-2-actions`);
  assert.deepEqual(story.issues('issue').map(({ state, text }) => [state, actions.some(({ action }) => text.includes(action)), text.includes('Action item from the post-mortem of')]), [['open', true, true], ['open', true, true]]);

  await w.command('Response Desk: Request Review of Post-mortem…');
  await w.pickMany('Who will review the post-mortem?', [reviewer]);
  await w.waitForPrompt('When is the review session?');
  await w.page.keyboard.press('Enter');
  await w.waitForNotification('The review was requested for');
  await until('the reviewer is mentioned', () => story.issues('incident').some(({ text }) => text.includes(`Post-mortem review requested: @${reviewer}`)), 60);
  await w.clearNotifications();

  await w.command('Response Desk: Mark Post-mortem as Reviewed…');
  await w.waitForPrompt('Who took part in the review?');
  await w.page.keyboard.press('Enter');
  await w.waitForPrompt('When was it reviewed?');
  await w.page.keyboard.press('Enter');
  assert.match(await w.dialogText(), /even though something is missing\?[^]*The session has not taken place yet\./);
  await w.answerDialog('even though something is missing?', 'Mark as Reviewed Anyway');
  const reviewed = await until('it is reviewed', async () => {
    const text = await w.read(file);
    return text.includes('status: Reviewed') ? text : undefined;
  });
  assert.match(reviewed, /^reviewed: \d{4}-\d\d-\d\d$/m);
  assert.match(reviewed, new RegExp(`^reviewers: \\[${reviewer}\\]$`, 'm'));
  await w.screenshot(`${picture}-3-reviewed`);
}

/** The path of the only post-mortem of the workspace. */
function postmortemIn(w: Workbench): string | undefined {
  const folder = 'postmortems';
  const name = w.exists(folder) ? readdirSync(path.join(w.workspace, folder)).find(each => each.endsWith('.md')) : undefined;
  return name === undefined ? undefined : `${folder}/${name}`;
}
