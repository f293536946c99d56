import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { filesBelow, manifest, root, strings, text } from './repository';

const { contributes } = manifest();
const hidden = new Set((contributes.menus['commandPalette'] ?? []).filter(item => item.when === 'false').map(item => item.command));
const titles: Readonly<Record<string, string>> = JSON.parse(text('package.nls.json'));

describe('the manifest', () => {
  it('takes every text a person reads from package.nls.json, and that has no other', () => {
    const used = new Set(strings(JSON.parse(text('package.json'))).flatMap(value => /^%(.+)%$/.exec(value)?.[1] ?? []));
    assert.deepEqual([...used].filter(key => !(key in titles)), [], 'missing in package.nls.json');
    assert.deepEqual(Object.keys(titles).filter(key => !used.has(key)), [], 'unused in package.nls.json');
    const spoken = [
      ...contributes.commands.flatMap(command => [command.title, ...command.category === undefined ? [] : [command.category]]),
      ...Object.values(contributes.views).flat().map(view => view.name),
      ...(contributes.viewsWelcome ?? []).map(welcome => welcome.contents),
    ];
    assert.deepEqual(spoken.filter(title => !/^%.+%$/.test(title)), [], 'texts that are not keys');
  });

  it('gives every command of the palette a category and puts no `when` on a command', () => {
    assert.deepEqual(contributes.commands.filter(command => !hidden.has(command.command) && command.category === undefined).map(({ command }) => command), []);
    assert.deepEqual(contributes.commands.filter(command => command.when !== undefined).map(({ command }) => command), []);
  });

  it('hides internal commands from the palette and names the others responseDesk.<noun>.<verb>', () => {
    const ids = contributes.commands.map(({ command }) => command);
    assert.deepEqual(ids.filter(id => id.startsWith('responseDesk._') && !hidden.has(id)), []);
    assert.deepEqual(ids.filter(id => !/^responseDesk\.(_?[a-z][A-Za-z]*)\.[a-z][A-Za-z]*$/.test(id)), []);
    assert.equal(new Set(ids).size, ids.length, 'a command is there twice');
  });

  it('shows menu entries by the issue storage in use, not by the setting', () => {
    assert.deepEqual(Object.values(contributes.menus).flat().filter(({ when }) => when?.includes('config.responseDesk.store') === true).map(({ command }) => command), []);
  });

  it('uses in menus, keys and welcome texts only commands and views it declares', () => {
    const ids = new Set(contributes.commands.map(({ command }) => command));
    const used = [...Object.values(contributes.menus).flat(), ...contributes.keybindings ?? []].flatMap(item => item.command ?? []);
    const linked = Object.values(titles).flatMap(title => [...title.matchAll(/\(command:(responseDesk[\w.]+)/g)].map(match => match[1] ?? ''));
    assert.deepEqual([...used, ...linked].filter(id => id.startsWith('responseDesk.') && !ids.has(id)), []);
    const views = new Set(Object.values(contributes.views).flat().map(view => view.id));
    assert.deepEqual((contributes.viewsWelcome ?? []).filter(({ view }) => !views.has(view)), []);
  });

  it('lets no untrusted workspace choose a setting: each is the user\'s own, or restricted', () => {
    const { untrustedWorkspaces } = manifest().capabilities;
    const open = Object.entries(contributes.configuration.properties).filter(([, { scope }]) => !['application', 'machine'].includes(scope ?? '')).map(([name]) => name);
    assert.ok(open.includes('responseDesk.store'));
    assert.deepEqual(open, untrustedWorkspaces.restrictedConfigurations);
  });

  it('points only at files that exist', () => {
    const built = /^\.?\/?dist\//;
    const files = strings(JSON.parse(text('package.json'))).filter(value => /^(?:\.\/)?(?:media|dist|l10n|runbooks)\/[\w./-]+\.\w+$/.test(value) && !built.test(value));
    assert.ok(files.length > 0);
    assert.deepEqual(files.filter(file => !existsSync(path.join(root, file))), []);
  });

  it('gives the desktop the ES module and the browser the one CommonJS file', () => {
    assert.deepEqual([manifest().main, manifest().browser], ['./dist/desktop/extension.mjs', './dist/browser/extension.js']);
  });

  it('names one repository, from which bugs and homepage follow', () => {
    const { repository, bugs, homepage } = manifest();
    const address = repository.url.replace(/\.git$/, '');
    assert.deepEqual([bugs.url, homepage], [`${address}/issues`, `${address}#readme`]);
  });

  it('is the only place that names the publisher: the sources take the id of the extension from its context', () => {
    const { publisher, name } = manifest();
    assert.deepEqual(filesBelow('src').filter(file => text(file).includes(`${publisher}.${name}`)), []);
  });

  it('declares every view that the sources fill', () => {
    const views = new Set(Object.values(contributes.views).flat().map(view => view.id));
    const filled = filesBelow('src', '.ts').flatMap(file => [...text(file).matchAll(/(?:createTreeView|registerTreeDataProvider|registerWebviewViewProvider)(?:<[^>]*>)?\(\s*["'](responseDesk[\w.]+)["']/g)].map(match => ({ file, id: match[1] ?? '' })));
    assert.deepEqual(filled.filter(({ id }) => !views.has(id)), []);
  });
});
