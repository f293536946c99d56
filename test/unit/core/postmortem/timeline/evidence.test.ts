import assert from 'node:assert/strict';
import { readEvidence, withFile } from '../../../../../src/core/postmortem/timeline/evidence';

const pieces = (text: string): readonly string[] => readEvidence(text).map(({ kind, label, target }) => `${kind} ${label}${target === label || target === '' ? '' : ` → ${target}`}`);

describe('the evidence of a row', () => {
  it('is split into issues, addresses, files, pictures and words', () => {
    assert.deepEqual(pieces('acme/live#3'), ['issue acme/live#3']);
    assert.deepEqual(pieces('#12 and #13'), ['issue #12', 'words and', 'issue #13']);
    assert.deepEqual(pieces('see https://www.example.org/a/b, then [graph](https://example.org/g?x=1)'), ['words see', 'web example.org/a/b → https://www.example.org/a/b', 'words then', 'web graph → https://example.org/g?x=1']);
    assert.deepEqual(pieces('![CPU](/graphs/cpu%20load.png) logs/app.log'), ['picture CPU → /graphs/cpu%20load.png', 'file app.log → logs/app.log']);
    assert.deepEqual(pieces('../graphs/cpu.png'), ['picture cpu.png → ../graphs/cpu.png']);
    assert.deepEqual(pieces('Ben said so.'), ['words Ben said so.']);
    assert.deepEqual(pieces(' \n'), []);
  });

  it('has a commit as words, and an address with its fragment', () => {
    assert.deepEqual(pieces('3fa9c1d27b'), ['words 3fa9c1d27b']);
    assert.deepEqual(pieces('https://example.org/x#L3'), ['web example.org/x#L3 → https://example.org/x#L3']);
  });

  it('gets a file of the workspace as a link, and a picture as a picture', () => {
    assert.equal(withFile('', 'graphs/cpu (1).png'), '![cpu (1).png](/graphs/cpu%20%281%29.png)');
    assert.equal(withFile('#3 ', 'logs/app.log'), '#3 [app.log](/logs/app.log)');
    assert.deepEqual(pieces(withFile('#3', 'graphs/cpu (1).png')), ['issue #3', 'picture cpu (1).png → /graphs/cpu%20%281%29.png']);
  });
});
