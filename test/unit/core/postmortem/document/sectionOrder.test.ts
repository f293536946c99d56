import assert from 'node:assert/strict';
import { readLayout, sectionOrder } from '../../../../../src/core/postmortem/document/layout';
import { postmortemSections } from '../../../../../src/core/postmortem/postmortem';

const order = (text: string): readonly string[] => sectionOrder(readLayout(text)).map(key => key.kind === 'own' ? `own ${key.id}` : key.name);

describe('the sections on the page', () => {
  it('are in the usual order for an empty file', () => {
    assert.deepEqual(order(''), postmortemSections.map(({ name }) => name));
  });

  it('are in the order of the file, with custom ones where they stand', () => {
    const found = order('## Notes\n\n## Timeline\n\n## Summary\n\n## Budget\n\n## Trigger\n');
    assert.deepEqual(found.filter(name => ['own 1 notes', 'timeline', 'summary', 'own 1 budget', 'trigger'].includes(name)), ['own 1 notes', 'timeline', 'summary', 'own 1 budget', 'trigger']);
    assert.equal(new Set(found).size, postmortemSections.length + 2);
    assert.equal(found[found.indexOf('trigger') + 1], 'resolution');
  });
});
