import assert from 'node:assert/strict';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { readSample } from '../../scripts/sampleDay/sampleDay';
import { root } from '../../scripts/editor/cache';
import { type Story, storyStores } from './support/storyStore';
import { until, type Workbench } from './support/workbench';

const title = 'Gift cards';

const page = (w: Workbench): Promise<FrameLocator> => w.webview(title);

/** Marks steps that ask for nothing, or selects options, by a part of their text. */
async function tick(w: Workbench, ...steps: readonly string[]): Promise<void> {
  for (const step of steps) {
    const box = (await page(w)).getByRole('checkbox', { name: step }).or((await page(w)).getByRole('radio', { name: step })).first();
    await box.click();
    await until(`"${step}" is marked`, () => box.isChecked());
  }
}

/** Marks a step with what it asks for, in the order of the questions. Texts are typed, and values in brackets are selected. */
async function answer(w: Workbench, step: string, ...answers: readonly (readonly [prompt: string, value: string])[]): Promise<void> {
  const box = (await page(w)).getByRole('checkbox', { name: step }).first();
  await box.click();
  for (const [prompt, value] of answers) {
    if (value.startsWith('[')) await w.pick(prompt, value.slice(1, -1));
    else await w.answer(prompt, value);
  }
  await until(`"${step}" is marked`, () => box.isChecked(), 60);
}

const value = (name: string): string => `“${name}”`;

/** A change that is not written yet belongs to whoever made it, so everything is written first. */
async function become(story: Story, login: string): Promise<void> {
  await until('everything is written', async () => await (await page(story.w)).locator('.saving').count() === 0, 60);
  await story.become(login);
  await story.w.waitForRow('On Call', `You are ${login}`);
}

async function textOf(story: Story, pattern: RegExp, kind = 'request'): Promise<string> {
  return until(`the text of the ${kind} to match ${pattern}`, () => story.issues(kind).find(({ text }) => pattern.test(text))?.text, 60);
}

/** Pictures of the page in all themes, and in a narrow editor. */
async function pictures(w: Workbench, name: string): Promise<void> {
  for (const theme of ['light', 'hc', 'dark'] as const) {
    await w.setTheme(theme);
    await w.screenshot(`${name}-${theme}`);
  }
}

describe('a change of a shop, from an instance to its release', function () {
  this.timeout(600_000);

  for (const [store, open] of Object.entries(storyStores)) {
    it(`${store === 'on GitHub' ? 'is approved with a comment' : 'waits for approvals, goes back to its developer, and lists an exception'}, ${store} (thorough)`, async () => {
      const { desk } = readSample(path.join(root, 'runbooks', 'release'));
      const name = store === 'on GitHub' ? 'story-z-github' : 'story-z';
      const story = await open({ sample: 'release', desk, login: 'dana', ahead: 0 });
      try {
        const { w } = story;
        await w.openView('On Call');
        await w.command('Response Desk: Create Request…');
        await w.waitForPrompt('What is needed?');
        await w.page.keyboard.type(title);
        await w.quickRow(title).waitFor();
        await w.page.keyboard.press('Enter');
        await story.allowWriting('request');
        await (await page(w)).getByRole('checkbox', { name: 'Open the form' }).waitFor();

        // Creating an instance.
        await answer(w, 'Open the form', [value('project'), 'Northwind Toys'], [value('bill to'), 'Northwind Ltd'], [value('ticket number'), '3871'], [value('description'), 'Cards | with a code']);
        await tick(w, 'No: it runs on our private server');
        await (await page(w)).getByRole('checkbox', { name: 'Allow Northwind Toys' }).click();
        await (await page(w)).getByText('Only @arlo or @suki can approve').waitFor();
        await pictures(w, `${name}-1-refused`);
        await become(story, 'suki');
        await tick(w, 'Allow Northwind Toys');
        const approved = await textOf(story, /- \[x\] Allow \{\{project\}\} on the private server \(approval by @arlo or @suki\) <!-- desk:step \S+ by=suki/);
        if (store === 'on GitHub') {
          await textOf(story, /Approved: Allow Northwind Toys on the private server\n\n<!-- desk:approval run=/);
          await (await page(w)).getByText('Approved by suki with a comment on the issue').waitFor();
        } else {
          assert.doesNotMatch(approved, /Approved: Allow/);
        }
        await become(story, 'dana');
        await answer(w, 'Start it at the location', [value('location'), '[Private server]'], [value('instance'), 'https://cards.example.org']);

        // On GitHub, this test is about approvals, which are comments there.
        if (store === 'on GitHub') return;

        // Development.
        await tick(w, 'Build and try the change');
        await answer(w, 'Mark the work as finished', [value('target branch'), 'main']);
        await answer(w, 'What happens to the instance', [value('after deployment'), '[Delete it]']);

        // A failed regression test, about which QA decides.
        await tick(w, 'No: QA decides');
        await (await page(w)).getByRole('button', { name: 'Start: Failed regression test' }).click();
        await (await page(w)).getByRole('checkbox', { name: 'Tell QA' }).waitFor();
        await answer(w, 'Tell QA', [value('project'), 'Northwind Toys'], [value('instance'), 'https://cards.example.org']);
        await (await page(w)).getByRole('radio', { name: 'No: it is a false alarm' }).click();
        await (await page(w)).getByText('Only @quinn or @vera can approve').waitFor();
        await become(story, 'quinn');
        await tick(w, 'No: it is a false alarm');
        await answer(w, 'Mark the test as passed', ['Comment for', 'The test expects the old page']);
        await w.screenshot(`${name}-2-false-alarm`);
        await become(story, 'dana');
        await (await page(w)).locator('.runs').getByRole('button', { name: 'Change of a shop' }).click();
        await tick(w, 'Yes: continue with the client', 'Ask the client to try');
        await answer(w, 'Hand Northwind Toys over', [value('kind of release'), '[Zero downtime]'], ['Comment for', 'Cards can be bought. I tried it.']);
        await textOf(story, /Done: Hand Northwind Toys over[^]*Cards can be bought\. I tried it\./);

        // The gate of QA, which sends the change back once.
        await become(story, 'vera');
        await tick(w, 'The instance is in the state', 'The developer wrote');
        await (await page(w)).getByRole('button', { name: 'Reject…' }).click();
        await w.pick('Select the section to reopen', 'Development');
        await w.answer('Why do you reject', 'A card of 0 can be bought');
        await textOf(story, /- \[ \] Build and try the change [^\n]*by=vera[^]*A card of 0 can be bought/);
        await become(story, 'dana');
        const built = (await page(w)).getByRole('checkbox', { name: 'Build and try the change' });
        await until('the work is open again', async () => !(await built.isChecked()));
        await pictures(w, `${name}-3-sent-back`);
        await tick(w, 'Build and try the change', 'Mark the work as finished', 'What happens to the instance');
        await become(story, 'vera');
        await tick(w, 'The client answered', 'The developer named the kind');

        // The release, which had to be forced.
        await become(story, 'dana');
        await tick(w, 'Announce to everybody', 'Release it', 'No: it is an exception');
        await (await page(w)).getByRole('button', { name: 'Create [RECORD]' }).click();
        await w.waitForPrompt('Title of the linked issue');
        assert.equal(await w.quickBox.inputValue(), 'Forced release of Northwind Toys');
        await w.page.keyboard.press('Enter');
        const record = await textOf(story, /Forced release of Northwind Toys/, 'record');
        assert.match(record, /ticket 3871/);
        await tick(w, 'Create a [RECORD]', 'Look at the caches', 'Empty the code cache', 'Get a fresh copy', 'is released. Nobody', 'Update the test system', 'Close the [REQUEST]');
        const done = await textOf(story, /- \[x\] Close the \[REQUEST\]/);
        assert.match(done, /\*\*ticket number:\*\* 3871 <!--[^\n]*by=dana/);
        const announced = (await page(w)).getByRole('checkbox', { name: 'Announce to everybody in the client\'s channel that Northwind Toys is released now: Zero downtime' });
        await announced.scrollIntoViewIfNeeded();
        await pictures(w, `${name}-4-released`);
        await w.page.setViewportSize({ width: 700, height: 1300 });
        await w.screenshot(`${name}-5-narrow`);
        assert.deepEqual(w.extensionErrors(), []);
      } finally {
        await story.end();
      }
    });
  }
});
