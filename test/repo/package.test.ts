import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { listEntries } from './zip';
import { packExtension } from '../../scripts/vsix';
import { filesBelow } from './repository';

describe('the package', function () {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'desk-vsix-'));
  const file = path.join(folder, 'response-desk.vsix');
  before(async () => { await packExtension(file); });
  after(() => { rmSync(folder, { recursive: true, force: true }); });

  it('is at most 2.2 MB', () => {
    assert.ok(statSync(file).size <= 2_200_000, `${statSync(file).size} bytes`);
  });

  it('holds the bundles, media, sample desks and papers, and nothing else', () => {
    const panels = filesBelow('src/webview', 'main.ts').map(main => main.split('/')[2] ?? '');
    const allowed = [
      /^(?:extension\.vsixmanifest|\[Content_Types\]\.xml)$/,
      /^extension\/(?:package\.json|package\.nls\.json|readme\.md|changelog\.md|LICENSE(?:\.txt|\.md)?)$/i,
      /^extension\/dist\/holidays\.json$/,
      /^extension\/dist\/(?:desktop\/[\w-]+\.mjs|browser\/extension\.js)$/,
      new RegExp(`^extension/dist/webview/(?:codicon\\.(?:css|ttf)|chartLayout\\.js|(?:${panels.join('|')})\\.(?:js|css))$`),
      /^extension\/media\/(?!pictures\/).+\.(?:svg|png|css|md|json)$/,
      /^extension\/l10n\/.+\.json$/,
      // The definitions that the page of metrics opens, and the page that they link to.
      /^extension\/docs\/(?:metrics|incident-life)\.md$/,
      /^extension\/runbooks\/.+\.(?:md|yml)$/,
    ];
    const entries = listEntries(file);
    assert.deepEqual(entries.filter(entry => !allowed.some(pattern => pattern.test(entry))), []);
    for (const needed of ['extension/dist/desktop/extension.mjs', 'extension/dist/browser/extension.js', 'extension/dist/holidays.json', 'extension/package.json', ...panels.map(panel => `extension/dist/webview/${panel}.js`), ...filesBelow('runbooks').map(name => `extension/${name}`)]) {
      assert.ok(entries.includes(needed), `${needed} is missing`);
    }
  });
});
