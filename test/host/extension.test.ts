import * as vscode from 'vscode';

const id = 'response-desk.response-desk';

describe('the extension in its host', () => {
  it('activates', async () => {
    const extension = vscode.extensions.getExtension(id);
    if (extension === undefined) throw new Error('VS Code does not know the extension');
    await extension.activate();
    if (!extension.isActive) throw new Error('the extension is not active');
  });

  it('runs in the host this run is about', () => {
    const manifest: unknown = vscode.extensions.getExtension(id)?.packageJSON;
    const forNode = typeof manifest === 'object' && manifest !== null && 'main' in manifest;
    if (('process' in globalThis) !== forNode) throw new Error(forNode ? 'this is not the Node host' : 'this is not the web worker host');
  });
});
