import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type CapturedTheme, type CapturedThemes, capturedThemes, type Theme, themeNames, themesFile, usedVariables } from '../panels/support/themes';
import { text } from '../repo/repository';
import { stagedExtension } from './support/session';
import { openWorkbench } from './support/workbench';

/** `RESPONSE_DESK_CAPTURE=1 npm run test:ui -- --grep "the themes of the panel tests"` writes the file again, for example after an update of VS Code. */
const capture = process.env['RESPONSE_DESK_CAPTURE'] !== undefined;

const desk = 'team: A\npeople: [{ login: ana }]\nrotation: { starts: 2026-01-05, every: 1w, roles: [primary], people: [ana] }\n';

describe('the themes of the panel tests', () => {
  it('are those of VS Code (thorough)', async () => {
    const w = await openWorkbench({ desk: { 'runbooks/desk.yml': desk }, settings: { 'responseDesk.login': 'ana' } });
    await w.openView('On Call');
    await w.waitForRow('On Call', 'primary');
    await w.command('Response Desk: Show Schedule');
    await (await w.webview('Schedule')).getByRole('grid').waitFor();
    const frame = await w.webviewFrame('Schedule');
    const styles = await frame.locator('#_defaultStyles').evaluate(element => element.textContent ?? '');
    const names = usedVariables([...await bundleTexts(), styles]);
    const themes: Partial<Record<Theme, CapturedTheme>> = {};
    for (const theme of themeNames) {
      await w.setTheme(theme);
      const { body, values } = await frame.evaluate(() => ({
        body: Object.fromEntries([...document.body.attributes].map(({ name, value }) => [name, value])),
        values: Object.fromEntries([...document.documentElement.style].map(name => [name, document.documentElement.style.getPropertyValue(name)])),
      }));
      themes[theme] = { attributes: body, values: Object.fromEntries(names.flatMap(name => values[name] === undefined ? [] : [[name, values[name]]])) };
    }
    const now: unknown = { styles, names, themes };
    if (capture) writeFileSync(themesFile, `${JSON.stringify(now, undefined, 1)}\n`);
    const before: CapturedThemes = capturedThemes();
    assert.deepEqual(now, before);
  });
});

/** The texts of the webview bundles. */
async function bundleTexts(): Promise<readonly string[]> {
  const folder = path.join(await stagedExtension(false, false), 'dist/webview');
  const bundles = readdirSync(folder).filter(file => /\.(?:css|js)$/.test(file)).map(file => readFileSync(path.join(folder, file), 'utf8'));
  return [...bundles, text('media/preview.css')];
}
