import assert from 'node:assert/strict';
import { openWorkbench } from './support/workbench';

describe('the editor with the extension in it', () => {
  it('opens a sample desk, shows the Response Desk container and reports no error of the extension', async () => {
    const workbench = await openWorkbench({ desk: 'customer-response', settings: { 'responseDesk.login': 'ana' } });
    await workbench.openView('Incidents');
    assert.deepEqual(workbench.extensionErrors(), []);
  });
});
