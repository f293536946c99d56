import assert from 'node:assert/strict';
import type { InlineSpan } from '../../../src/core/model/markdownDocument';
import { readInline } from '../../../src/markdown/readMarkdown';

/** Spans as text: marks of our own, so that what is a link and what only looks like one differ. */
function shown(spans: readonly InlineSpan[]): string {
  return spans
    .map((span) => {
      switch (span.kind) {
        case "text":
          return span.text;
        case "code":
          return `⟨${span.text}⟩`;
        case "strong":
          return `𝗯(${shown(span.spans)})`;
        case "emphasis":
          return `𝘪(${shown(span.spans)})`;
        case "struck":
          return `s(${shown(span.spans)})`;
        case "link":
          return `→${span.href}(${shown(span.spans)})`;
      }
    })
    .join("");
}

describe("Inline Markdown as spans", () => {
  const cases: readonly (readonly [text: string, spans: string])[] = [
    ["plain", "plain"],
    ["a **b *c* `d`** ~~e~~", "a 𝗯(b 𝘪(c) ⟨d⟩) s(e)"],
    ["[x](https://a.org/b) [y](../c.md#d) [z](mailto:a@b.org)", "→https://a.org/b(x) →../c.md#d(y) →mailto:a@b.org(z)"],
    ["see https://a.org and README.md", "see →https://a.org(https://a.org) and README.md"],
    ["[x](javascript:alert(1))", "[x](javascript:alert(1))"],
    ["[x](command:a) [y](vscode://b/c) [z](//evil.org) [w](file:///etc)", "x y z [w](file:///etc)"],
    ["<img src=x onerror=alert(1)> <b>b</b><!-- gone -->", "<img src=x onerror=alert(1)> <b>b</b>"],
    ["![alt *text*](p.png) &lt;b&gt; \\*no\\*", "alt text <b> *no*"],
    ["a\nb", "a b"],
    ["", ""],
  ];
  for (const [text, spans] of cases) it(`“${text}”`, () => assert.equal(shown(readInline(text)), spans));
});
