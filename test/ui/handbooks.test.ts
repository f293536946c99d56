import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { requestFile, smallDesk } from './support/issueFiles';
import { openWorkbench, until, type Workbench } from './support/workbench';

/** What handbooks consist of: prose, a role's list, charts that lead to each other, a numbered procedure, and a list of criteria. */
const handbook = `# The workshop

We repair bicycles. Ask at the counter first.

## The day

#### Before opening, at least one mechanic to:

 - [ ] Unlock the doors
 - [ ] Read the notes of the evening shift

 #### How we talk to each other

On the board beside the door.

## Repairs

### Small repair

\`\`\`mermaid
flowchart LR
    customer([A customer asks]) --> small
    small{Is it a \\n small thing?}
    subgraph "Small repair"
        small --Yes--> mend[Mend it at once]
    end
    small --No--> large[[Go To the Large \\n Repair Workflow]]
    mend --> call[Call the customer] --> over([Done])
\`\`\`

### Large repair

\`\`\`mermaid
flowchart LR
    large([Large repair])
    order["Create [REQUEST]"]
    subgraph "Large repair"
        order --> work[[Do the work, \\n ordering parts if needed]] --> ride{Does it ride?}
        ride -- No --> work
        ride -- Yes --> paid["Close [REQUEST]"]
    end
    large --> order
    paid --> over([Done])
\`\`\`

## A new apprentice

1. Sign the contract
   1. Copy it
2. Show the tools

## Before a bicycle leaves

Please ensure:
- the brakes hold
- the lights work

Otherwise it goes back to the mechanic.
`;

const request = (number: number): string => requestFile(`Wheel ${number}`, "It squeaks.");

const file = (number: number): string => `.desk/request/${number}-wheel.md`;

/** Starts the section whose heading starts with a text on an issue, with the cursor in it. */
async function start(w: Workbench, heading: string, title: string, issue: number): Promise<FrameLocator> {
  await w.openFile('runbooks/workshop.md');
  await w.page.keyboard.press('Control+g');
  await w.waitForPrompt('');
  await w.quickBox.fill(`:${handbook.split('\n').findIndex(line => line.trim().startsWith(heading)) + 1}`);
  await w.page.keyboard.press('Enter');
  await w.quickInput.waitFor({ state: 'hidden' });
  await w.command('Response Desk: Start Section…');
  await w.pick(`Start “${title}”`, `[REQUEST] Wheel ${issue}`);
  const page = await w.webview(`#${issue}`);
  await page.locator('.step').first().waitFor();
  return page;
}

async function tick(w: Workbench, page: FrameLocator, issue: number, ...steps: readonly string[]): Promise<void> {
  for (const name of steps) {
    const answer = page.getByRole('radio', { name, exact: true });
    await (await answer.count() > 0 ? answer : page.getByRole('checkbox', { name, exact: true })).click();
    await until(`“${name}” in the issue`, async () => (await w.read(file(issue))).split('\n').some(line => line.includes(name) && line.includes('by=ana')));
  }
}

describe('A handbook', () => {
  it('runs as it is: lists between prose, charts with a loop and a sub-procedure, numbered steps, and a list of criteria', async () => {
    const w = await openWorkbench({ desk: { 'runbooks/desk.yml': smallDesk, 'runbooks/workshop.md': handbook, ...Object.fromEntries([1, 2, 3, 4].map(number => [file(number), request(number)])) }, settings: { 'responseDesk.login': 'ana' } });
    const roles = await start(w, '#### Before opening', 'Before opening, at least one mechanic to', 1);
    await tick(w, roles, 1, 'Unlock the doors', 'Read the notes of the evening shift');

    const small = await start(w, '### Small', 'Small repair', 2);
    await tick(w, small, 2, 'No');
    await small.getByRole('button', { name: 'Start: Large repair' }).click();
    await tick(w, small, 2, 'Create [REQUEST]', 'Do the work, ordering parts if needed');
    await small.getByRole('radio', { name: 'No', exact: true }).last().click();
    await until('a second pass', async () => (await w.read(file(2))).includes('[ ] Do the work'));
    await tick(w, small, 2, 'Do the work, ordering parts if needed');
    await small.getByRole('radio', { name: 'Yes', exact: true }).last().click();
    await tick(w, small, 2, 'Close [REQUEST]');
    await w.screenshot('handbook-chart');

    const apprentice = await start(w, '## A new', 'A new apprentice', 3);
    await tick(w, apprentice, 3, 'Sign the contract', 'Copy it', 'Show the tools');

    const leaving = await start(w, '## Before a', 'Before a bicycle leaves', 4);
    await tick(w, leaving, 4, 'the brakes hold');
    await w.openFile('runbooks/workshop.md');
    await w.page.locator('.codelens-decoration').filter({ hasText: '#4 1/2' }).waitFor();
    await w.page.locator('.tabs-container .tab').filter({ hasText: '#4' }).click();
    await tick(w, await w.webview('#4'), 4, 'the lights work');
    await w.openView('Runbooks');
    assert.equal((await w.waitForRow('Runbooks', 'The workshop')).description, '4 procedures');
    await w.screenshot('handbook-criteria');
    assert.deepEqual(w.extensionErrors(), []);
  });
});
