import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseDesk } from '../../src/core/desk/parseDesk';
import { manifest, root, strings, text } from './repository';

const documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'runbooks/README.md', 'docs/incident-life.md', 'docs/processes.md', 'docs/metrics.md'];
const folders = 'src|test|scripts|media|bench|runbooks|docs|\\.github|\\.ci';
const titles = new Set(strings(JSON.parse(text('package.nls.json'))));

/** The text without code blocks, with each paragraph on one line. */
function prose(markdown: string): string {
  return markdown.replace(/^```[^]*?^```$/gm, '').replace(/\n +(?=\S)|(?<=\S)\n(?=[^\s|#>-])/g, ' ');
}

/** Paths that a document names: targets of links, and code that looks like a path from the root. */
function pathsIn(document: string): readonly string[] {
  const markdown = prose(text(document));
  const links = [...markdown.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(match => path.posix.join(path.posix.dirname(document), match[1] ?? ''));
  const code = [...markdown.matchAll(new RegExp(`\`((?:${folders})/[^\`\\s]*)\``, 'g'))].map(match => match[1] ?? '');
  return [...links, ...code].filter(name => !/[<>*…]/.test(name));
}

describe('the documents', () => {
  for (const document of documents) {
    it(`name only files that exist: ${document}`, () => {
      assert.deepEqual(pathsIn(document).filter(name => !existsSync(path.join(root, name))), []);
    });
  }

  it('name in the walks of CONTRIBUTING only functions that are in the file before them', () => {
    const named = [...prose(text('CONTRIBUTING.md')).matchAll(/`(src\/[\w/.-]+\.ts)`\s+\(`(\w+)`\)/g)].map(match => ({ file: match[1] ?? '', name: match[2] ?? '' }));
    assert.ok(named.length > 40, `only ${named.length} functions are named`);
    assert.deepEqual(named.filter(({ file, name }) => !new RegExp(`\\b${name}\\b`).test(text(file))), []);
  });

  it('name only scripts of package.json', () => {
    const { scripts } = manifest();
    const named = documents.flatMap(document => [...text(document).matchAll(/npm run (?:--\S+ (?!-))*([a-z][\w:]*)|`(test:[\w:]+)`/g)].map(match => match[1] ?? match[2] ?? ''));
    assert.ok(named.length > 10);
    assert.deepEqual(named.filter(name => !(name in scripts)), []);
  });

  for (const document of ['README.md', 'docs/incident-life.md', 'docs/processes.md']) {
    it(`show in bold only titles of commands and views: ${document}`, () => {
      const bold = [...prose(text(document)).matchAll(/\*\*([^*]+)\*\*/g)].map(match => match[1] ?? '');
      assert.ok(bold.length > 20);
      assert.deepEqual(bold.filter(title => !titles.has(title)), []);
    });
  }

  it('map each row of the processes to a command or file, and to tests whose names are in their files', () => {
    const rows = [...text('docs/processes.md').matchAll(/^\| ([CMVZL]\d+) \| (.*) \|$/gm)].map(match => ({ row: match[1] ?? '', cells: (match[2] ?? '').split(' | ') }));
    const counts = { C: 8, M: 8, V: 12, Z: 7, L: 11 };
    assert.deepEqual(rows.map(({ row }) => row), Object.entries(counts).flatMap(([letter, count]) => Array.from({ length: count }, (_, index) => `${letter}${index + 1}`)));
    const wrong = rows.flatMap(({ row, cells: [, place = '', , tests = ''] }) => {
      const files = [...tests.matchAll(/`(test\/[^`]+\.test\.ts)`/g)].flatMap(match => existsSync(path.join(root, match[1] ?? '')) ? [text(match[1] ?? '')] : []);
      const names = [...tests.matchAll(/“([^”]+)”/g)].map(match => match[1] ?? '');
      return [
        ...place.startsWith('`') && files.length > 0 ? [] : [`${row} names no file or no test`],
        ...names.filter(name => !files.some(file => file.includes(name))).map(name => `${row}: no test “${name}”`),
      ];
    });
    assert.deepEqual(wrong, []);
  });

  it('show examples of desk.yml without problems', () => {
    const examples = documents.flatMap(document => [...text(document).matchAll(/^```yaml\n([^]*?)^```/gm)].map(match => match[1] ?? '')).filter(example => /^(?:team|audiences):/m.test(example));
    assert.ok(examples.length > 1);
    assert.deepEqual(examples.flatMap(example => parseDesk(example).problems), []);
  });

  it('explain every setting', () => {
    assert.deepEqual(Object.keys(manifest().contributes.configuration.properties).filter(name => !text('README.md').includes(`\`${name}\``)), []);
  });

  it('show pictures that exist, with a description', () => {
    const pictures = [...text('README.md').matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g)];
    assert.ok(pictures.length > 0);
    assert.deepEqual(pictures.filter(match => match[1] === '' || !existsSync(path.join(root, match[2] ?? ''))).map(match => match[0]), []);
  });
});
