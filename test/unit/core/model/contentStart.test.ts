import assert from 'node:assert/strict';
import { contentStart, type MarkdownContent } from '../../../../src/core/model/markdownBlocks';

const paragraph = (text: string): MarkdownContent[number] => ({ kind: 'paragraph', spans: [{ kind: 'text', text }] });

describe('the start of a long content', () => {
  it('is all of a short one', () => {
    const blocks = [paragraph('a'.repeat(100)), paragraph('b')];
    assert.deepEqual(contentStart(blocks, 300), { blocks, complete: true });
  });

  it('cuts a long paragraph, and nothing of a character', () => {
    assert.deepEqual(contentStart([paragraph(`${'a'.repeat(19)}😀b`)], 100), { blocks: [paragraph(`${'a'.repeat(19)}…`)], complete: false });
  });

  it('leaves out the blocks, items and rows after it', () => {
    const list = { kind: 'list', tight: true, items: Array.from({ length: 50 }, (_, index) => ({ blocks: [paragraph(`item ${index}`)] })) } as const;
    const start = contentStart([list, paragraph('after')], 500);
    assert.ok(!start.complete && start.blocks.length === 1);
    assert.ok(start.blocks[0]?.kind === 'list' && start.blocks[0].items.length === 5);
    const table = { kind: 'table', align: ['none'], head: [[]], rows: Array.from({ length: 50 }, () => [[]]) } as const;
    const shown = contentStart([table], 500).blocks[0];
    assert.ok(shown?.kind === 'table' && shown.rows.length < 10);
  });

  it('counts code, which scrolls, as its visible lines', () => {
    const code = { kind: 'code', language: '', text: 'x'.repeat(60_000) } as const;
    assert.equal(contentStart([code, paragraph('a')], 3000).complete, true);
  });
});
