import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ContentBlock, MarkdownContent, MarkdownSpans } from '../../../src/core/model/markdownBlocks';
import { parseData } from '../../../src/core/model/parseData';
import { readBlocks } from '../../../src/markdown/readBlocks';
import { markdownContent } from '../../../src/protocol/markdown';
import { cpuTime } from '../../support/cpuTime';
import { propertyRuns } from '../../support/propertyRuns';

const read = (text: string): MarkdownContent => readBlocks(text, { home: 'acme/live', imageAddress: href => href.endsWith('.png') && !href.includes(':') ? `https://files.test/${href}` : undefined });

/** Spans as text: marks of our own, so that what is a link and what only looks like one differ. */
function shownSpans(spans: MarkdownSpans): string {
  return spans.map(span => {
    switch (span.kind) {
      case 'text': return span.text;
      case 'code': return `⟨${span.text}⟩`;
      case 'strong': return `b(${shownSpans(span.spans)})`;
      case 'emphasis': return `i(${shownSpans(span.spans)})`;
      case 'struck': return `s(${shownSpans(span.spans)})`;
      case 'link': return `→${span.href}(${shownSpans(span.spans)})`;
      case 'break': return '↵';
      case 'mention': return `@(${span.login})`;
      case 'issue': return `№${span.ref.repository} ${span.ref.number}(${span.text})`;
      case 'image': return `${span.source}:${span.address}(${span.alt})`;
    }
  }).join('');
}

function shownBlock(block: ContentBlock): string {
  switch (block.kind) {
    case 'heading': return `h${block.level}(${shownSpans(block.spans)})`;
    case 'paragraph': return `p(${shownSpans(block.spans)})`;
    case 'list': return `${block.start === undefined ? 'ul' : `ol${block.start}`}${block.tight ? '' : ' loose'}[${block.items.map(({ checked, blocks }) => `${checked === undefined ? '' : checked ? 'x ' : '_ '}${shown(blocks)}`).join(' | ')}]`;
    case 'code': return `code ${block.language}(${block.text})`;
    case 'quote': return `${block.alert ?? 'quote'}[${shown(block.blocks)}]`;
    case 'table': return `table ${block.align.join(' ')}[${[block.head, ...block.rows].map(row => row.map(shownSpans).join(' | ')).join(' / ')}]`;
    case 'html': return `html(${block.text})`;
    case 'rule': case 'shortened': return block.kind;
  }
}

const shown = (blocks: MarkdownContent): string => blocks.map(shownBlock).join(' ');

const words = (blocks: MarkdownContent): string => JSON.stringify(blocks);

function nesting(value: unknown): number {
  return typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(nesting)) : 0;
}

function hrefsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === 'href' || key === 'address') && typeof inner === 'string' ? [inner] : hrefsIn(inner));
}

describe('the Markdown of issues and comments as blocks', () => {
  const cases: readonly (readonly [text: string, blocks: string])[] = [
    ['', ''],
    ['one\ntwo\\\nthree\n\nfour', 'p(one↵two↵three) p(four)'],
    ['# A *b*\n\nText\n----\n', 'h1(A i(b)) h2(Text)'],
    ['- a\n- b\n  - c\n\n    d\n', 'ul[p(a) | p(b) ul loose[p(c) p(d)]]'],
    ['3. a\n\n4. b', 'ol3 loose[p(a) | p(b)]'],
    ['- [ ] a `b`\n- [x] c\n  more\n- [ ]\n- [y] d', 'ul[_ p(a ⟨b⟩) | x p(c↵more) | p([ ]) | p([y] d)]'],
    ['```sh title="x"\nls <a>\n\n```\n\n    indented\n\n```\nopen', 'code sh(ls <a>\n) code (indented) code (open)'],
    ['> a\n>> b\n\n---', 'quote[p(a) quote[p(b)]] rule'],
    ['> [!WARNING]\n> Hot\n>\n> - x', 'warning[p(Hot) ul[p(x)]]'],
    ['> [!note]\n\n> [!OTHER]\n> x', 'note[] quote[p([!OTHER]↵x)]'],
    ['| a | b | c | d |\n|---|:--|:-:|--:|\n| `x` | **y** |\n', 'table none left center right[a | b | c | d / ⟨x⟩ | b(y) |  | ]'],
    ['<details>\n<summary>More</summary>\n\n<b>bold</b> text<br>next\n\n</details>', 'html(<details>\n<summary>More</summary>) p(<b>bold</b> text↵next) html(</details>)'],
    ['<script>alert(1)</script>\n\nx <img src=y onerror=alert(1)>', 'html(<script>alert(1)</script>) p(x <img src=y onerror=alert(1)>)'],
    ['a <!-- hidden --> b\n\n<!-- desk:clock kind=x -->\n<!-- two\nlines --> after\n\n<div><!-- in --></div>', 'p(a  b) html( after) html(<div></div>)'],
    ['see https://a.org/b, <mailto:a@b.org> and [c](../d.md#e "t")', 'p(see →https://a.org/b(https://a.org/b), →mailto:a@b.org(mailto:a@b.org) and →../d.md#e(c))'],
    ['[a](javascript:alert(1)) [b](command:x) [c](vscode://y) [*d*](//evil.org) [e]\n\n[e]: https://e.org', 'p([a](javascript:alert(1)) b c i(d) →https://e.org(e))'],
    ['fixes #12, acme/web#3 and (local#4); not &#35;x, a#5, #0, #6b, `#7` or [#8](https://h.org)', 'p(fixes №acme/live 12(#12), №acme/web 3(acme/web#3) and (№local 4(local#4)); not #x, a#5, #0, #6b, ⟨#7⟩ or →https://h.org(#8))'],
    ['@ana and @acme/support, not a@b.org or `@x` or @-y or @z_z', 'p(@(ana) and @(acme/support), not a@b.org or ⟨@x⟩ or @-y or @z_z)'],
    ['![a *b*](https://c.org/d.png) ![e](f.png) ![g](http://h.org/i.png) ![j](data:image/png;base64,AAAA) ![k](l.exe)', 'p(web:https://c.org/d.png(a b) file:https://files.test/f.png(e) →http://h.org/i.png(g) j →l.exe(k))'],
    ['<img width="3" alt="a &lt; b" src="https://c.org/d" />', 'p(web:https://c.org/d(a &lt; b))'],
    ['[![badge](https://a.org/b.svg)](https://c.org)', 'p(→https://c.org(badge))'],
    ['text[^1]\n\n[^1]: note\n    more', 'p(text[^1]) quote[p([^1]) p(note↵more)]'],
    ['~~gone~~ __bold__ snake_case_name', 'p(s(gone) b(bold) snake_case_name)'],
  ];
  for (const [text, blocks] of cases) it(JSON.stringify(text), () => assert.equal(shown(read(text)), blocks));

  it('leaves out the regions that the page shows itself', () => {
    const text = 'before\n\n<!-- desk:run run=a -->\n- [ ] step\n<!-- /desk:run -->\nafter\n<!-- desk:links -->\nParent: #1\n<!-- /desk:links -->';
    assert.equal(shown(readBlocks(text, { home: 'a/b', withoutRegions: ['run'] })), 'p(before) p(after) p(Parent: №a/b 1(#1))');
    assert.equal(shown(readBlocks(text, { home: 'a/b', withoutRegions: ['run', 'links'] })), 'p(before) p(after)');
    assert.equal(shown(readBlocks('<!-- desk:run run=a -->\n- [ ] step', { home: 'a/b', withoutRegions: ['run'] })), 'ul[_ p(step)]');
  });

  it('says that a text was shortened, by its length or by the number of its parts', () => {
    const long = read(`${'word\n'.repeat(20_000)}end`);
    assert.equal(long.at(-1)?.kind, 'shortened');
    assert.doesNotMatch(words(long), /end/);
    const many = read(Array.from({ length: 9_000 }, (_, index) => `*a* ${index}`).join(' '));
    assert.equal(many.at(-1)?.kind, 'shortened');
    assert.match(words(many).slice(-1000), / 3331 /);
    assert.equal(read('a\n\n'.repeat(4_000)).at(-1)?.kind, 'paragraph');
  });

  const hostile: readonly (readonly [name: string, text: string])[] = [
    ['quotes', '>'.repeat(60_000)],
    ['lists', '- '.repeat(30_000)],
    ['lists by indentation', Array.from({ length: 340 }, (_, index) => `${' '.repeat(index)}- ${'x'}`).join('\n')],
    ['asterisks', `${'*'.repeat(30_000)}a${'*'.repeat(30_000)}`],
    ['emphasis', '*a **b '.repeat(9_000)],
    ['brackets', '['.repeat(60_000)],
    ['pictures', '!['.repeat(30_000)],
    ['links', '[a]('.repeat(15_000)],
    ['backticks', Array.from({ length: 340 }, (_, index) => '`'.repeat(index)).join(' ')],
    ['open comments', '<!--'.repeat(16_000)],
    ['open tags', '<a '.repeat(20_000)],
    ['cells', `${'|a'.repeat(200)}|\n${'|-'.repeat(200)}|\n${'|b|\n'.repeat(15_000)}`],
    ['definitions', Array.from({ length: 6_000 }, (_, index) => `[${index}]: x`).join('\n')],
    ['addresses', 'https://a.org/@#1'.repeat(3_800)],
    ['mentions', '@a '.repeat(21_000)],
    ['repositories', `${'a/'.repeat(30_000)}#1`],
    ['dots', 'a.'.repeat(32_000)],
    ['entities', '&#35;'.repeat(13_000)],
    ['surrogates', '😀'.repeat(40_000)],
    ['tildes', '~~a'.repeat(20_000)],
    ['spaces', `a${' '.repeat(60_000)}b`],
    ['images in HTML', `<img ${'src="a" '.repeat(8_000)}`],
  ];
  for (const [name, text] of hostile) it(`ends within five seconds and its limits: ${name}`, () => {
    const start = cpuTime();
    const blocks = read(text);
    assert.ok(cpuTime() - start < 5000, `${Math.round(cpuTime() - start)} ms`);
    assert.ok(nesting(blocks) < 200, `${nesting(blocks)} levels`);
    assert.deepEqual(parseData(markdownContent, JSON.parse(JSON.stringify(blocks))), blocks);
  });

  const fragments = ['- ', '1. ', '> ', '    ', '\n', '\n\n', '[x](', ')', '![', '](', '`', '```\n', '**', '*', '_', '~~', '|', '|-|\n', '<!--', '-->', '<b>', '<img src="', '">', 'https://a.org', 'javascript:', 'data:', '[!NOTE]', '[ ] ', '[x] ', '#12', 'a/b#3', '@ana', '#', '&amp;', '\\', '\0', '\r', '\t', '\uD800', 'é', '[^1]: ', '---\n', 'word '];

  it('never throws, is valid and bounded, and has no address with another scheme', () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.constantFrom(...fragments), fc.string({ maxLength: 5, unit: 'binary' })), { maxLength: 60 }).map(parts => parts.join('')), text => {
      const blocks = read(text);
      assert.deepEqual(parseData(markdownContent, blocks), blocks);
      assert.ok(nesting(blocks) < 200);
      for (const href of hrefsIn(blocks)) assert.match(href, /^(?:https?:|mailto:|(?![a-z][a-z0-9+.-]*:|\/\/))/i);
    }), { numRuns: propertyRuns(3000) });
  });

  it('keeps every character of plain text', () => {
    const plain = fc.array(fc.stringMatching(/^[A-Za-zäöüß漢字😀0-9.,;?'"()/ ]{1,30}$/u), { minLength: 1, maxLength: 20 }).map(lines => lines.map(line => `w${line}`).join('\n'));
    fc.assert(fc.property(plain, text => {
      const bare = (value: string): string => value.replace(/[\s↵]/g, '');
      assert.equal(bare(read(text).map(block => block.kind === 'paragraph' ? shownSpans(block.spans) : assert.fail(block.kind)).join('')), bare(text));
    }), { numRuns: propertyRuns(1000) });
  });
});
