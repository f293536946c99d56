import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { filesBelow, root, text, trackedFiles } from './repository';

const lines = (file: string) => text(file).trimEnd().split('\n').length;

describe('the files of this repository', () => {
  for (const folder of ['src', 'test', 'scripts', 'bench']) {
    it(`are at most 400 lines long in ${folder}`, () => {
      const code = filesBelow(folder).filter(file => /\.(?:ts|tsx|mjs|cjs|js|css)$/.test(file));
      assert.ok(code.length > 0);
      assert.deepEqual(code.filter(file => lines(file) > 400).map(file => `${file}: ${lines(file)}`), []);
    });
  }

  it('keep the composition root within 60 lines', () => {
    assert.ok(lines('src/extension.ts') <= 60, `src/extension.ts has ${lines('src/extension.ts')} lines`);
  });

  it('name no path of a machine and no package host', function () {
    if (!existsSync(path.join(root, '.git'))) this.skip();
    const machine = /\/(?:home|root|work)\/[a-z]|\/Users\/[a-z]|[A-Z]:\\Users|https?:\/\/(?:[\w.-]*\.)?registry\.|"resolved": ?"http|\/\.library\//i;
    const text_ = /\.(?:ts|mts|js|mjs|cjs|json|md|ya?ml|css|svg|sh)$|^[^.]*$|^\.[a-z]+(?:ignore|rc)$/;
    const found = trackedFiles().filter(file => text_.test(path.basename(file)) && file !== 'test/repo/files.test.ts')
      .flatMap(file => text(file).split('\n').flatMap((line, index) => machine.test(line) ? [`${file}:${index + 1}: ${line.trim().slice(0, 120)}`] : []));
    assert.deepEqual(found, []);
  });
});
