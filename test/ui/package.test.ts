import assert from 'node:assert/strict';
import { openWorkbench } from './support/workbench';

describe('the packed extension', () => {
  it('installs into the editor and works on a sample desk (thorough)', async () => {
    const workbench = await openWorkbench({ desk: 'service-desk', extension: 'vsix' });
    await workbench.openView('Incidents');
    await workbench.openView('Runbooks');
    await workbench.waitForRow('Runbooks', '');
    assert.ok(await workbench.offersCommand('Response Desk: Declare Incident…'));
    assert.deepEqual(workbench.extensionErrors(), []);
  });
});
