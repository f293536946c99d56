import assert from 'node:assert/strict';
import { requestOfDana, smallDesk } from './support/issueFiles';
import { openWorkbench, until } from './support/workbench';

const handbook = `# Workflows

## Quick request

Without an issue.

\`\`\`mermaid
flowchart LR
    asked([Someone asks]) --> quick{Is it quick?}
    quick --Yes--> act[Do it] --> tell[Tell them] --> over([Done])
    quick --No--> long[[Go to the long request]]
\`\`\`

## Long request

\`\`\`mermaid
flowchart LR
    asked([Long request]) --> create["Create [REQUEST]"]
    subgraph work [The work]
        create --> act[Do the work] --> enough{Is it enough?}
        enough -- No --> act
        enough -- Yes --> close["Close [REQUEST]"]
    end
    close --> tell[Tell them] --> over([Done])
\`\`\`
`;

describe('Flowcharts in runbooks', () => {
  it('are started from their section, walked in the page with a second pass, and shown in the preview', async () => {
    const w = await openWorkbench({ desk: { '.desk/request/1-dana.md': requestOfDana, 'runbooks/desk.yml': smallDesk, 'runbooks/handbook.md': handbook }, settings: { 'responseDesk.login': 'ana' } });
    const text = (): Promise<string> => w.read('.desk/request/1-dana.md');
    await w.openFile('runbooks/handbook.md');
    await w.page.locator('.codelens-decoration').filter({ hasText: 'Start section' }).last().locator('a').filter({ hasText: 'Start section' }).click();
    await w.pick('Start “Long request”', '[REQUEST] Dana starts');
    const page = await w.webview('#1');
    const step = (name: string) => page.getByRole('checkbox', { name, exact: true });
    await step('Do the work').first().waitFor();
    await w.screenshot('flowchart-started');
    await step('Do the work').click();
    await until('the step in the issue', async () => (await text()).includes('[x] Do the work'));
    await page.getByRole('radio', { name: 'No', exact: true }).click();
    await until('the second pass', async () => (await text()).includes('[ ] Do the work'));
    await page.locator('.drawing').getByRole('button', { name: /^Do the work \(.*Pass 2\)$/ }).waitFor();
    await w.screenshot('flowchart-second-pass');
    await step('Do the work').click();
    await page.getByRole('radio', { name: 'Yes', exact: true }).click();
    await until('the decision in the issue', async () => (await text()).includes('[x] Yes'));
    await w.screenshot('flowchart-walked');
    await w.page.locator('.tabs-container .tab').filter({ hasText: 'handbook.md' }).click();
    const preview = await w.openPreview();
    await preview.locator('.response-desk-chart').last().waitFor();
    await preview.locator('svg path.response-desk-walked').first().waitFor({ timeout: 30_000 });
    const drawing = preview.locator('svg.flowchart').last();
    assert.deepEqual(await drawing.locator('path.response-desk-walked').evaluateAll(paths => paths.map(path => path.getAttribute('data-id'))), ['L_asked_create_0', 'L_act_enough_0', 'L_enough_close_0']);
    assert.deepEqual(await drawing.locator('g.response-desk-node-done').evaluateAll(nodes => nodes.map(node => node.querySelector('.nodeLabel')?.textContent?.trim())), ['Do the work', 'Is it enough?']);
    assert.equal(await preview.locator('svg.flowchart').first().locator('.response-desk-walked, [class*=response-desk-node]').count(), 0);
    await w.screenshot('flowchart-preview');
    assert.deepEqual(w.extensionErrors(), []);
  });
});
