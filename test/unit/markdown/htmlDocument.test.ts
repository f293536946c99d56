import fc from 'fast-check';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { documentStyle, type HtmlDocumentInput, renderHtmlDocument, styleHash } from '../../../src/markdown/htmlDocument';
import { cpuTime } from '../../support/cpuTime';
import { propertyRuns } from '../../support/propertyRuns';

const html = (body: string, more: Partial<HtmlDocumentInput> = {}): string => renderHtmlDocument({ title: "Portal", facts: [], tables: [], pictures: new Map(), ...more, body });

/** What is between header and the end of the page. */
const content = (body: string, more: Partial<HtmlDocumentInput> = {}): string => /<\/header>\n([^]*)<\/main>/.exec(html(body, more))?.[1]?.trim() ?? "";

describe("A standalone HTML document", () => {
  it("allows its own CSS and embedded pictures, and nothing else", () => {
    const page = html("# Title");
    assert.equal(styleHash, `sha256-${createHash("sha256").update(documentStyle).digest("base64")}`);
    assert.ok(page.includes(`<style>${documentStyle}</style>`));
    assert.ok(page.includes(`content="default-src 'none'; style-src '${styleHash}'; img-src data:; base-uri 'none'; form-action 'none'"`));
    assert.doesNotMatch(html("| a | b |\n| --: | :-: |\n| 1 | 2 |\n\n<script>alert(1)</script>"), /<script| style="| on\w+=/);
  });

  it("shows facts and tables below the first heading, and the title if there is none", () => {
    const more = { facts: [["Status", "<Draft>"]], tables: [{ heading: "Times", columns: ["When"], rows: [["08:00"]] }, { heading: "None", columns: ["a"], rows: [] }] } as const;
    const order = ["<h1>Post-mortem: A</h1>", "<dt>Status</dt><dd>&#60;Draft&#62;</dd>", "<h2>Times</h2>", "<td>08:00</td>", "<h2>Summary</h2>"];
    const page = html("# Post-mortem: A\n\n## Summary\n", more);
    assert.deepEqual(order.map((part) => page.indexOf(part)).toSorted((a, b) => a - b), order.map((part) => page.indexOf(part)));
    assert.ok(order.every((part) => page.includes(part)), page);
    assert.ok(!page.includes("None"));
    assert.match(html("# A", { picture: "<svg></svg>" }), /<\/header>\n<figure><svg><\/svg><\/figure>/);
    assert.ok(html("## Summary\n").includes("<h1>Portal</h1>"));
  });

  it("shows HTML as text, but line breaks of cells as such", () => {
    assert.equal(content('<img src=x onerror="alert(1)"> <b>bold</b>'), '<p>&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &lt;b&gt;bold&lt;/b&gt;</p>');
    assert.match(content("| a |\n| --- |\n| one<br>two<BR /> |"), /<td>one<br>\s*two<br>\s*<\/td>/);
    assert.match(content("<details>\n<summary>Log</summary>\n\n**x**\n\n</details>"), /&lt;details&gt;[^]*<strong>x<\/strong>[^]*&lt;\/details&gt;/);
  });

  it("removes comments, also over several lines and with text around, but not in code", () => {
    assert.equal(content("a <!-- desk:entry k h --> b"), "<p>a  b</p>");
    assert.equal(content("<!-- one\n\ntwo\n-->\ntext"), "<p>text</p>");
    assert.equal(content("<!-- one\n\ntwo --> rest"), "<p>rest</p>");
    assert.equal(content("before\n<!-- x -->\nafter"), "<p>before</p>\n<p>after</p>");
    assert.match(content("| a |\n| --- |\n| b <!-- desk:entry k h --> |\n<!-- desk:hidden k1 k2 -->\n"), /<td>b <\/td>\s*<\/tr>\s*<\/tbody>\s*<\/table>$/);
    assert.match(content("`<!-- kept -->`\n\n```\n<!-- kept -->\n```"), /<code>&lt;!-- kept --&gt;<\/code>[^]*&lt;!-- kept --&gt;/);
    assert.match(content("- item\n\n  <!-- x -->\n\n  more"), /<p>item<\/p>\s*<p>more<\/p>/);
  });

  it("keeps the text behind a comment that is not closed, and hides the line of a mark of the desk", () => {
    assert.match(content("<!-- open\n\ntext"), /&lt;!-- open[^]*<p>text<\/p>/);
    assert.equal(content("a <!-- desk:entry k\n\n<!-- desk:hidden k\n\ntext"), "<p>a </p>\n<p>text</p>");
  });

  it("links only http, https and relative addresses", () => {
    for (const address of ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "&#106;avascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "mailto:a@b.c", "//evil.example/x", "vscode://x"]) {
      assert.doesNotMatch(html(`[text](${address}) <${address}>\n\n![pic](${address})\n\n[r]\n\n[r]: ${address}`), /href=|src=/, address);
    }
    assert.equal(content("[a](https://example.com/x?y=1&z=2)"), '<p><a href="https://example.com/x?y=1&amp;z=2" rel="noopener noreferrer">a</a></p>');
    assert.match(content("[a](../b.md)"), /href="\.\.\/b\.md"/);
    assert.match(content("See https://example.com/x."), /href="https:\/\/example\.com\/x"/);
    assert.match(content("[a](b.md) [c](https://x.example)", { addressOf: (href) => `https://h.example/${href}` }), /href="https:\/\/h\.example\/b\.md"[^]*href="https:\/\/x\.example"/);
  });

  it("embeds the pictures that it gets, and links others", () => {
    const pictures = new Map([["a.png", "data:image/png;base64,AAAA"], ["b.png", 'data:image/png;base64,"><script>']]);
    assert.equal(content("![Graph <1><!-- x -->](a.png)", { pictures }), '<p><img src="data:image/png;base64,AAAA" alt="Graph &#60;1&#62;"></p>');
    assert.match(content("![Graph](b.png) ![](https://x.example/c.png)", { pictures }), /<a href="b\.png"[^>]*>Graph<\/a> <a href="https:\/\/x\.example\/c\.png"[^>]*>https:\/\/x\.example\/c\.png<\/a>/);
    assert.match(content("[![Graph](c.png)](https://x.example)"), /<a href="https:\/\/x\.example"[^>]*>Graph<\/a>/);
  });

  it("shows checkboxes as characters and alignment as classes", () => {
    assert.match(content("- [ ] open\n- [x] done\n- [y] other"), /<li class="task">☐ open<\/li>\s*<li class="task">☑ done<\/li>\s*<li>\[y\] other<\/li>/);
    assert.match(content("| a | b | c |\n| --: | :-: | :-- |\n| 1 | 2 | 3 |"), /<td class="right">1<\/td>\s*<td class="center">2<\/td>/);
  });

  it("contains no element, address or hidden mark that the text smuggles in, for any text", () => {
    const piece = fc.oneof(
      fc.constantFrom("<script>", "</script>", "<!--", "-->", " <!-- desk:entry aa bb -->", "<style>", "</style>", "<svg onload=x>", "javascript:", "[a](", ")", "![", "](", "`", "```\n", "\n", "\n\n", "> ", "- ", "    ", "| a | b |\n| --- | --- |\n", "<br>", "&lt;", "\\", '"', "'", "<a href=x>", "[x]: javascript:alert(1)\n"),
      fc.string({ maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const page = content(pieces.join(""));
        const allowed = /<\/?(?:p|a|h[1-6]|ul|ol|li|table|thead|tbody|tr|th|td|code|pre|blockquote|em|strong|s|br|hr|img)\b[^<>]*>/g;
        assert.ok(!page.replace(allowed, "").includes("<"), page);
        for (const [tag] of page.matchAll(allowed)) {
          assert.doesNotMatch(tag, /="\s*javascript:/i);
          assert.doesNotMatch(tag.replace(/"[^"]*"/g, '""'), /\s(?:on\w*|style)=/i);
        }
        assert.ok(!page.replace(/<(code)\b[^>]*>[^]*?<\/\1>/g, "").replace(allowed, "").includes("desk:entry"), page);
      }),
      { numRuns: propertyRuns(2000) },
    );
  });

  it("takes no longer for many comments that are not closed", () => {
    const started = cpuTime();
    html("<!-- a ".repeat(100_000));
    html("<!-- a\n\n".repeat(50_000));
    assert.ok(cpuTime() - started < 5000);
  });
});
