import * as vscode from 'vscode';

const extension = vscode.extensions.all.find(({ id }) => id.endsWith('.response-desk'));

describe('the extension in its host', () => {
  it('activates', async () => {
    if (extension === undefined) throw new Error('VS Code does not know the extension');
    await extension.activate();
    if (!extension.isActive) throw new Error('the extension is not active');
  });

  it('runs in the host this run is about', () => {
    const manifest: unknown = extension?.packageJSON;
    const forNode = typeof manifest === 'object' && manifest !== null && 'main' in manifest;
    if (('process' in globalThis) !== forNode) throw new Error(forNode ? 'this is not the Node host' : 'this is not the web worker host');
  });

  it('can run the libraries for calendars', async () => {
    if (extension === undefined) throw new Error('VS Code does not know the extension');
    const { readCalendars } = await import('../../src/host/platform/calendars');
    const files = { read: async () => ({ kind: 'failed' as const, failure: { kind: 'missing' as const, path: '' } }) };
    const isClosed = async (country: string, date: string): Promise<boolean> => {
      const { closures: closings } = await readCalendars(extension.extensionUri, [{ kind: 'country', country }], 'UTC', '', files);
      return closings(Number(date.slice(0, 4))).some(closing => closing.kind === 'day' && closing.date === date);
    };
    if (!await isClosed('US', '2026-11-26')) throw new Error('Thanksgiving is missing');
    // In UTC the equinox was on the day before, so this checks the time zones.
    if (!await isClosed('JP', '2022-03-21')) throw new Error('The equinox in Japan is missing');
  });

  it('can run the libraries for the output of commands', async () => {
    const [{ renderScreen }, { findSecrets }] = await Promise.all([import('../../src/output/renderScreen'), import('../../src/output/findSecrets')]);
    const shown = await renderScreen('10%\r100%\r\n');
    if (shown !== '100%') throw new Error(`The screen shows ${JSON.stringify(shown)}`);
    const found = await findSecrets(`${'ghp_'}${'AbCdEfGh1234567890aBcDeFgHiJkLmNoPqR'}`);
    if (found.length !== 1) throw new Error('The token was not found');
  });
});
