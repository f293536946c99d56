import assert from "node:assert/strict";
import MarkdownIt from "markdown-it";
import { previewPlugin, type PreviewOptions } from "../../../src/markdown/previewPlugin";
import { readRunbook } from "../../../src/markdown/readRunbook";
import { deskNames } from "../../support/readText";

const words: PreviewOptions["words"] = {
  startRun: "Start run", declareIncident: "Declare incident", newRequest: "New request", linkExisting: "Link existing", actions: "Actions", runCommand: "Run", stepOpen: "Open", stepDone: "Done",
  create: (kind) => `Create ${kind}`, createSet: (count) => `Create all ${count}`, template: (kind) => `Template ${kind}`,
};

interface Shown {
  readonly path?: string;
  readonly kinds?: readonly string[];
  readonly runnable?: boolean;
}

/** Renders as the built-in preview does: it parses without knowing the document, keeps the tokens, and names the document only to the renderer. */
function previewOf(text: string, { path = "runbooks/a.md", kinds = deskNames.kinds, runnable = true }: Shown = {}): string {
  const parser = new MarkdownIt({ html: true });
  previewPlugin(parser, {
    scheme: "vscode",
    words,
    runbookPath: (environment) => (JSON.stringify(environment).includes("runbook!") ? path : undefined),
    read: (at, source) => ({ runbook: readRunbook(at, source, { ...deskNames, kinds }), kinds, runnable }),
  });
  const tokens = parser.parse(text, {});
  const first = parser.renderer.render(tokens, parser.options, { currentDocument: "runbook!" });
  assert.equal(parser.renderer.render(tokens, parser.options, { currentDocument: "runbook!" }), first);
  assert.equal(parser.renderer.render(tokens, parser.options, { currentDocument: "other" }), new MarkdownIt({ html: true }).render(text));
  return first;
}

const markup = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"<>]*")?)*)\s*\/?>/gi;

describe("The preview of a runbook", () => {
  it("has its buttons on top, by its kind", () => {
    const html = previewOf("---\nkind: incident\n---\n# A\n");
    assert.match(html, /^<nav [^>]*><a [^>]*href="vscode:&#47;&#47;|^<nav [^>]*><a [^>]*href="vscode:\/\/response-desk\.response-desk\/start\?path=runbooks%2Fa\.md"[^>]*>Start run<\/a><a [^>]*declare\?path=[^>]*>Declare incident<\/a><\/nav>/);
    assert.match(previewOf("---\nkind: request\n---\n# A\n"), /request\?path=[^>]*>New request</);
    assert.doesNotMatch(previewOf("# A\n"), /Declare|New request/);
  });

  it("shows steps as boxes that cannot be changed", () => {
    const html = previewOf("- [ ] one\n- [x] *two*\n- plain\n");
    assert.match(html, /<li class="response-desk-step response-desk-task"[^>]*><input type="checkbox" class="response-desk-box" disabled aria-label="Open"> one<\/li>/);
    assert.match(html, /<input [^>]*disabled checked aria-label="Done"> <em>two<\/em><\/li>/);
    assert.match(html, /<li>plain<\/li>/);
    assert.match(previewOf("- [ ] one\n", { kinds: [] }), /<input [^>]*> one<\/li>/);
    assert.match(previewOf("1. one\n2. two\n").replaceAll(/ data-vscode-context="[^"]*"/g, ""), /<ol>\s*<li class="response-desk-step response-desk-numbered"><input/);
  });

  it("shows kinds as chips, and behind a step what it asks for", () => {
    const html = previewOf("words [record]\n\n- [ ] Create a **[REQUEST]** and an [issue], not `[ISSUE]`\n- [ ] Close the [REQUEST]\n");
    assert.match(html, /<p>words <span class="response-desk-kind">RECORD<\/span><\/p>/);
    assert.match(html, /<strong><span class="response-desk-kind">REQUEST<\/span><\/strong>.*<code>\[ISSUE\]<\/code>.*create\?path=runbooks%2Fa\.md&#38;line=2"[^>]*>Create REQUEST<.*Create ISSUE<.*link\?path=[^"]*line=2"[^>]*>Link existing</);
    assert.equal(html.match(/Create [A-Z]+</g)?.length, 2);
  });

  it("offers behind a step that asks for several issues to create them all", () => {
    const html = previewOf("- [ ] Set it up\n  ```issue\n  kind: request\n  title: a\n  ```\n  ```issue\n  kind: request\n  title: b\n  ```\n- [ ] Create a [REQUEST]\n");
    assert.match(html, /Set it up.*set\?path=runbooks%2Fa\.md&#38;line=0"[^>]*>Create all 2</);
    assert.equal(html.match(/Create all/g)?.length, 1);
  });

  it("shows templates as cards", () => {
    const html = previewOf("```issue\nkind: request\ntitle: Set up {{x}}\nlabels: [new]\n---\nBody\n```\n\n```js\nx\n```\n");
    assert.match(html, /<section class="response-desk-card[^>]*aria-label="Template REQUEST".*<strong>Set up \{\{x\}\}<\/strong>.*<li>new<\/li>.*>Body<.*create\?path=[^"]*line=0"[^>]*>Create REQUEST</s);
    assert.match(html, /<pre><code class="language-js">x/);
  });

  it("shows below a shell block the way to its confirmation, where commands may run", () => {
    const text = "- [ ] Look\n  ```sh\n  ls <x>\n  ```\n\n```js\nx\n```\n";
    assert.match(previewOf(text), /<pre><code class="language-sh">ls &lt;x&gt;\n<\/code><\/pre>\s*<p class="[^"]*"><a [^>]*run\?path=runbooks%2Fa\.md&#38;line=1"[^>]*>Run<\/a><\/p>/);
    assert.equal(previewOf(text).match(/>Run</g)?.length, 1);
    assert.doesNotMatch(previewOf(text, { runnable: false }), />Run</);
  });

  it("tells the right-click menu where it is", () => {
    const contexts = [...previewOf("- [ ] Create an [ISSUE]\n", { path: 'runbooks/"q\'.md' }).matchAll(/data-vscode-context="([^"]*)"/g)].map(([, value = ""]): unknown => JSON.parse(value.replaceAll("&quot;", '"').replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))));
    assert.deepEqual(contexts, [
      { webviewSection: "responseDesk.runbook", path: 'runbooks/"q\'.md', line: 0 },
      { webviewSection: "responseDesk.step", path: 'runbooks/"q\'.md', line: 0 },
    ]);
  });

  it("adds nothing that people's words could break out of", () => {
    const evil = `"><img src=x onerror=alert(1)><script>alert(2)</script>' onmouseover='x`;
    const template = `\`\`\`issue\nkind: '${evil.replaceAll("'", "''")}'\ntitle: '${evil.replaceAll("'", "''")}'\nlabels: ['${evil.replaceAll("'", "''")}']\n---\n${evil}</div></section><script>\n\`\`\`\n`;
    for (const text of [template, `- [ ] Create an [${evil}]\n`]) {
      const html = previewOf(text, { path: `runbooks/${evil}.md`, kinds: ["issue", evil] });
      const ours = text === template ? html : (html.match(/<nav.*?<\/nav>|<span class="response-desk.*?<\/span>/gs) ?? []).join("");
      assert.ok(ours.length > 100);
      assert.equal(ours.replace(markup, "").includes("<"), false, ours);
      for (const [, , tag, attributes] of ours.matchAll(markup)) {
        assert.match(tag ?? "", /^(?:nav|a|section|p|span|strong|ul|li|div|input)$/);
        for (const [, name] of (attributes ?? "").matchAll(/\s([a-z-]+)(?:="[^"]*")?/g)) assert.match(name ?? "", /^(?:class|href|aria-label|data-vscode-context|data-line|type|disabled|checked)$/);
      }
      for (const [, href] of ours.matchAll(/href="([^"]*)"/g)) assert.match(href ?? "", /^vscode:\/\/response-desk\.response-desk\/[a-z]+\?path=/);
    }
  });

  it("leaves the words of a javascript link as words", () => {
    assert.doesNotMatch(previewOf("- [ ] Create an [ISSUE] [x](javascript:alert(1))\n"), /href="javascript/);
  });

  it("is the ordinary one while the desk is not read yet", () => {
    const parser = new MarkdownIt();
    previewPlugin(parser, { scheme: "vscode", words, runbookPath: () => "a.md", read: () => undefined });
    assert.equal(parser.render("- [ ] one\n"), "<ul>\n<li>[ ] one</li>\n</ul>\n");
  });
});
