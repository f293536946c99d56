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

  it('finds its calendars beside it, and can evaluate them', async () => {
    const extension = vscode.extensions.getExtension(id);
    if (extension === undefined) throw new Error('VS Code does not know the extension');
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension.extensionUri, 'dist/calendars.js')));
    const module: { exports: { readClosings?: (holidays: readonly object[], texts: ReadonlyMap<string, string>, zone: string) => { closings: (year: number) => readonly { date: string }[] } } } = { exports: {} };
    // eslint-disable-next-line no-new-func -- as the host does it
    new Function('module', 'exports', text)(module, module.exports);
    const closed = module.exports.readClosings?.([{ kind: 'country', country: 'US' }], new Map(), 'UTC').closings(2026).map(({ date }) => date) ?? [];
    if (!closed.includes('2026-11-26')) throw new Error(`Thanksgiving is not among ${closed.join()}`);
  });

  it('finds what reads the output of commands beside it, and can evaluate it', async () => {
    const extension = vscode.extensions.getExtension(id);
    if (extension === undefined) throw new Error('VS Code does not know the extension');
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension.extensionUri, 'dist/output.js')));
    const module: { exports: { renderScreen?: (sent: string) => Promise<string>; findSecrets?: (text: string) => Promise<readonly unknown[]> } } = { exports: {} };
    // eslint-disable-next-line no-new-func -- as the host does it
    new Function('module', 'exports', text)(module, module.exports);
    const shown = await module.exports.renderScreen?.('10%\r100%\r\n');
    if (shown !== '100%') throw new Error(`The screen shows ${JSON.stringify(shown)}`);
    const found = await module.exports.findSecrets?.(`${'ghp_'}${'AbCdEfGh1234567890aBcDeFgHiJkLmNoPqR'}`);
    if (found?.length !== 1) throw new Error('The token was not found');
  });
});
