import MarkdownIt from 'markdown-it';
import assert from 'node:assert/strict';
import type { ShownStep } from '../../../src/markdown/previewParts';
import { type PreviewOptions, previewPlugin } from '../../../src/markdown/previewPlugin';
import { readRunbook } from '../../../src/markdown/readMarkdown';
import { readChartMarks, readSteps } from '../../../src/webview/preview/steps';
import { deskNames } from '../../support/readText';

const labels: PreviewOptions["labels"] = {
  startChecklist: "Start run", startProcedure: "Start a procedure", startSection: "Start section", startSectionNamed: (title) => `Start ${title}`, declareIncident: "Declare incident", newRequest: "New request", linkExisting: "Link existing", actions: "Actions", runCommand: "Run", stepOpen: "Open", stepDone: "Done", openChecklist: "Open Checklist", chartSteps: "Steps of the flowchart",
  create: (kind) => `Create ${kind}`, createSet: (count) => `Create all ${count}`, template: (kind) => `Template ${kind}`,
};

interface Shown {
  readonly path?: string;
  readonly kinds?: readonly string[];
  readonly runnable?: boolean;
  /** How the steps stand in a run, by their words. */
  readonly states?: Readonly<Record<string, ShownStep>>;
  readonly runWords?: string;
  /** The slug of the section that the run is of. */
  readonly section?: string;
}

/** Renders as the built-in preview does: it parses without knowing the document, keeps the tokens, and names the document only to the renderer. */
function previewOf(text: string, { path = "runbooks/a.md", kinds = deskNames.kinds, runnable = true, states, runWords = "Checklist of #7", section }: Shown = {}): string {
  const parser = new MarkdownIt({ html: true });
  previewPlugin(parser, {
    uriHandler: "vscode://publisher.name",
    labels,
    runbookPath: (environment) => (JSON.stringify(environment).includes("runbook!") ? path : undefined),
    read(at, source) {
      const runbook = readRunbook(at, source, { ...deskNames, kinds });
      if (states === undefined) return { runbook, kinds, runnable, runs: [] };
      const steps = new Map(runbook.steps.flatMap(({ id, text: said }) => (states[said] === undefined ? [] : [[id, states[said]] as const])));
      return { runbook, kinds, runnable, runs: [{ issue: { repository: "acme/desk", number: 7 }, run: "run1", words: runWords, steps, edges: runbook.steps.flatMap(({ id: from, next = [] }) => (steps.get(from)?.kind === "done" ? next.map((to) => ({ from, to })) : [])), ...(section === undefined ? {} : { section }) }] };
    },
  });
  const tokens = parser.parse(text, {});
  const first = parser.renderer.render(tokens, parser.options, { currentDocument: "runbook!" });
  assert.equal(parser.renderer.render(tokens, parser.options, { currentDocument: "runbook!" }), first);
  assert.equal(parser.renderer.render(tokens, parser.options, { currentDocument: "other" }), new MarkdownIt({ html: true }).render(text));
  return first;
}

const markup = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"<>]*")?)*)\s*\/?>/gi;

describe("The preview of a runbook", () => {
  it("has its buttons on top, depending on its kind", () => {
    const html = previewOf("---\nkind: incident\n---\n# A\n");
    assert.match(html, /^<nav [^>]*><a [^>]*href="vscode:&#47;&#47;|^<nav [^>]*><a [^>]*href="vscode:\/\/publisher\.name\/start\?path=runbooks%2Fa\.md"[^>]*>Start run<\/a><a [^>]*declare\?path=[^>]*>Declare incident<\/a><\/nav>/);
    assert.match(previewOf("---\nkind: request\n---\n# A\n"), /request\?path=[^>]*>New request</);
    assert.doesNotMatch(previewOf("# A\n"), /Declare|New request/);
  });

  it("starts the sections that have steps from their headings, and not the heading of everything, gates or explanations", () => {
    const html = previewOf("# Ops\n\n## Why <b>\n\ntext\n\n## Start of day\n\n- [ ] one\n\n## Gate: all\n\n- [ ] two\n\n## `x` *End*\n\n1. three\n");
    assert.deepEqual([...html.matchAll(/start\?path=runbooks%2Fa\.md&#38;section=([^"]*)" aria-label="([^"]*)">Start section</g)].map(([, slug, label]) => [slug, label]), [["start-of-day", "Start Start of day"], ["x-end", "Start x End"]]);
    assert.match(html, /<h2>Start of day <span [^>]*><a /);
  });

  it("asks which procedure of a handbook to start", () => {
    const html = previewOf("# Ops\n\n## Why\n\n## Who\n\n## How\n\n## Day\n\n- [ ] one\n\n## Night\n\n- [ ] two\n");
    assert.match(html, /<a [^>]*start\?path=runbooks%2Fa\.md"[^>]*>Start a procedure<\/a>/);
    assert.doesNotMatch(html, /Start run/);
  });

  it("shows the checklist of a section below its heading", () => {
    const html = previewOf("# A\n\n## B\n\n- [ ] one\n\n## C\n\n- [ ] two\n", { states: { two: { kind: "done", words: "Done" } }, section: "c" });
    assert.match(html, /<\/nav>\n<h1>A.*<h2>C [^\n]*<\/h2>\n?<p class="response-desk-run"><span>Checklist of #7.*<li [^>]*response-desk-done/s);
    assert.equal(html.match(/response-desk-run"/g)?.length, 1);
  });

  it("shows steps as read-only checkboxes", () => {
    const html = previewOf("- [ ] one\n- [x] *two*\n- plain\n");
    assert.match(html, /<li class="response-desk-step response-desk-task"[^>]*><input type="checkbox" class="response-desk-box" disabled aria-label="Open"> one<\/li>/);
    assert.match(html, /<input [^>]*disabled checked aria-label="Done"> <em>two<\/em><\/li>/);
    assert.match(html, /<li>plain<\/li>/);
    assert.match(previewOf("- [ ] one\n", { kinds: [] }), /<input [^>]*> one<\/li>/);
    assert.match(previewOf("1. one\n2. two\n").replaceAll(/ data-vscode-context="[^"]*"/g, ""), /<ol>\s*<li class="response-desk-step response-desk-numbered"><input/);
  });

  it("shows kinds as labels, and buttons after steps that ask for issues", () => {
    const html = previewOf("words [record]\n\n- [ ] Create a **[REQUEST]** and an [issue], not `[ISSUE]`\n- [ ] Close the [REQUEST]\n");
    assert.match(html, /<p>words <span class="response-desk-kind">RECORD<\/span><\/p>/);
    assert.match(html, /<strong><span class="response-desk-kind">REQUEST<\/span><\/strong>.*<code>\[ISSUE\]<\/code>.*create\?path=runbooks%2Fa\.md&#38;line=2"[^>]*>Create REQUEST<.*Create ISSUE<.*link\?path=[^"]*line=2"[^>]*>Link existing</);
    assert.equal(html.match(/Create [A-Z]+</g)?.length, 2);
  });

  it("offers to create all issues of a step that asks for several", () => {
    const html = previewOf("- [ ] Set it up\n  ```issue\n  kind: request\n  title: a\n  ```\n  ```issue\n  kind: request\n  title: b\n  ```\n- [ ] Create a [REQUEST]\n");
    assert.match(html, /Set it up.*set\?path=runbooks%2Fa\.md&#38;line=0"[^>]*>Create all 2</);
    assert.equal(html.match(/Create all/g)?.length, 1);
  });

  it("shows templates as cards", () => {
    const html = previewOf("```issue\nkind: request\ntitle: Set up {{x}}\nlabels: [new]\n---\nBody\n```\n\n```js\nx\n```\n");
    assert.match(html, /<section class="response-desk-card[^>]*aria-label="Template REQUEST".*<strong>Set up \{\{x\}\}<\/strong>.*<li>new<\/li>.*>Body<.*create\?path=[^"]*line=0"[^>]*>Create REQUEST</s);
    assert.match(html, /<pre><code class="language-js">x/);
  });

  it("shows a link to run a shell block, where commands can be run", () => {
    const text = "- [ ] Look\n  ```sh\n  ls <x>\n  ```\n\n```js\nx\n```\n";
    assert.match(previewOf(text), /<pre><code class="language-sh">ls &lt;x&gt;\n<\/code><\/pre>\s*<p class="[^"]*"><a [^>]*run\?path=runbooks%2Fa\.md&#38;line=1"[^>]*>Run<\/a><\/p>/);
    assert.equal(previewOf(text).match(/>Run</g)?.length, 1);
    assert.doesNotMatch(previewOf(text, { runnable: false }), />Run</);
  });

  it("shows above the text which issue has the checklist, with a link to it", () => {
    const html = previewOf("# A\n", { states: {}, runWords: "#7 <b>: 3/17" });
    assert.match(html, /<\/nav>\n<p class="response-desk-run"><span>#7 &#60;b&#62;: 3\/17<\/span> <a [^>]*href="vscode:\/\/publisher\.name\/checklist\?issue=acme%2Fdesk%237&#38;run=run1"[^>]*>Open Checklist<\/a><\/p>/);
    assert.doesNotMatch(previewOf("# A\n"), /response-desk-run/);
  });

  it("shows the steps with their states in the checklist, whatever is typed in the text", () => {
    const states: Record<string, ShownStep> = {
      one: { kind: "done", words: "Done by ana, 16:02" }, two: { kind: "skipped", words: 'Skipped: "no"' }, three: { kind: "current", words: "Now" }, four: { kind: "locked", words: "Locked" },
    };
    const html = previewOf("- [ ] one\n- [x] two\n- [ ] three\n", { states }).replaceAll(/ data-vscode-context="[^"]*"/g, "");
    assert.match(html, /<li class="response-desk-step response-desk-task response-desk-done"><input type="checkbox" class="response-desk-box response-desk-run-box" disabled checked aria-label="Done by ana, 16:02"> <span class="response-desk-words" title="Done by ana, 16:02">one<\/span> <small [^>]*>Done by ana, 16:02<\/small><\/li>/);
    assert.match(html, /<li class="[^"]*response-desk-skipped"><input [^>]*disabled aria-label="Skipped: &#34;no&#34;"> <span [^>]*title="Skipped: &#34;no&#34;">two<\/span> <small [^>]*>Skipped: &#34;no&#34;<\/small>/);
    assert.match(html, /<li class="[^"]*response-desk-current" aria-current="step"><input [^>]*disabled aria-label="Now"> <span [^>]*>three<\/span><\/li>/);
    const numbered = previewOf("1. four\n2. five\n", { states }).replaceAll(/ data-vscode-context="[^"]*"/g, "");
    assert.match(numbered, /<li class="[^"]*response-desk-numbered response-desk-locked"><input [^>]*disabled aria-label="Locked">/);
    assert.match(numbered, /<li class="response-desk-step response-desk-numbered"><input [^>]*disabled aria-label="Open"> five<\/li>/);
    assert.equal(html.match(/aria-current/g)?.length, 1);
  });

  it("contains the step states for a diagram, if there is one", () => {
    const states: Record<string, ShownStep> = { "a <b>": { kind: "done", words: '"x"' } };
    const html = previewOf("```mermaid\nflowchart LR\n```\n\n- [ ] a <b>\n- [ ] c\n", { states });
    const [, carried = ""] = /<div class="response-desk-drawn" hidden data-steps="([^"<>]*)"><\/div>/.exec(html) ?? [];
    assert.deepEqual(readSteps(carried.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))), [{ text: "a <b>", kind: "done", words: '"x"' }]);
    assert.doesNotMatch(previewOf("- [ ] a <b>\n", { states }), /response-desk-drawn/);
    assert.doesNotMatch(previewOf("```mermaid\nflowchart LR\n```\n"), /response-desk-drawn/);
  });

  it("ignores invalid step states", () => {
    const good = { text: "a", kind: "done", words: "" };
    assert.deepEqual(readSteps(JSON.stringify([good, null, 1, { ...good, kind: "constructor" }, { ...good, text: 1 }])), [good]);
    for (const text of [undefined, "", "{", "{}", "null"]) assert.deepEqual(readSteps(text), []);
  });

  it("shows which option was chosen", () => {
    const text = "- [ ] Is it so?\n  - Yes: a\n  - No: b\n";
    const html = previewOf(text, { states: { "Yes: a": { kind: "done", words: "Done" }, "No: b": { kind: "left", words: "Not chosen" } } });
    assert.match(html, /response-desk-done"[^>]*><input type="radio" [^>]*checked aria-label="Done"> <span[^>]*>Yes: a</);
    assert.match(html, /response-desk-left"[^>]*><input type="radio" [^>]*disabled aria-label="Not chosen"> <span[^>]*>No: b</);
    assert.doesNotMatch(previewOf(text), /radio/);
  });

  it("shows the state of a heading that stands for its steps", () => {
    const text = "# A\n\n## [Other](other.md)\n";
    const steps = readRunbook("runbooks/a.md", text, deskNames).steps;
    assert.deepEqual(steps.map(({ source }) => source), ["section"]);
    const html = previewOf(text, { states: { [steps[0]?.text ?? ""]: { kind: "current", words: "Now" } } });
    assert.match(html, /<h2 class="response-desk-current" aria-current="step"><input [^>]*aria-label="Now"> <span[^>]*><a [^>]*>Other<\/a><\/span><\/h2>/);
  });

  it("sets the context of the context menu", () => {
    const contexts = [...previewOf("- [ ] Create an [ISSUE]\n", { path: 'runbooks/"q\'.md' }).matchAll(/data-vscode-context="([^"]*)"/g)].map(([, value = ""]): unknown => JSON.parse(value.replaceAll("&quot;", '"').replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))));
    assert.deepEqual(contexts, [
      { webviewSection: "responseDesk.runbook", path: 'runbooks/"q\'.md', line: 0 },
      { webviewSection: "responseDesk.step", path: 'runbooks/"q\'.md', line: 0 },
    ]);
  });

  it("escapes all text", () => {
    const evil = `"><img src=x onerror=alert(1)><script>alert(2)</script>' onmouseover='x`;
    const template = `\`\`\`issue\nkind: '${evil.replaceAll("'", "''")}'\ntitle: '${evil.replaceAll("'", "''")}'\nlabels: ['${evil.replaceAll("'", "''")}']\n---\n${evil}</div></section><script>\n\`\`\`\n`;
    for (const text of [template, `- [ ] Create an [${evil}]\n`]) {
      const html = previewOf(text, { path: `runbooks/${evil}.md`, kinds: ["issue", evil], runWords: evil, states: { [`Create an [${evil}]`]: { kind: "skipped", words: evil } } });
      const ours = text === template ? html : (html.match(/<nav.*?<\/nav>|<p class="response-desk-run">.*?<\/p>|<input.*?> |<small.*?<\/small>|<span class="response-desk-words"[^>]*>|<span class="response-desk.*?<\/span>/gs) ?? []).join("");
      assert.ok(ours.length > 100);
      assert.equal(ours.replace(markup, "").includes("<"), false, ours);
      for (const [, , tag, attributes] of ours.matchAll(markup)) {
        assert.match(tag ?? "", /^(?:nav|a|section|p|span|strong|small|ul|li|div|input)$/);
        for (const [, name] of (attributes ?? "").matchAll(/\s([a-z-]+)(?:="[^"]*")?/g)) assert.match(name ?? "", /^(?:class|href|aria-label|data-vscode-context|data-line|aria-hidden|title|type|disabled|checked)$/);
      }
      for (const [, href] of ours.matchAll(/href="([^"]*)"/g)) assert.match(href ?? "", /^vscode:\/\/publisher\.name\/[a-z]+\?(?:path|issue)=/);
    }
  });

  it("leaves a javascript link as text", () => {
    assert.doesNotMatch(previewOf("- [ ] Create an [ISSUE] [x](javascript:alert(1))\n"), /href="javascript/);
  });

  it("is the ordinary one while the desk is not loaded", () => {
    const parser = new MarkdownIt();
    previewPlugin(parser, { uriHandler: "vscode://publisher.name", labels, runbookPath: () => "a.md", read: () => undefined });
    assert.equal(parser.render("- [ ] one\n"), "<ul>\n<li>[ ] one</li>\n</ul>\n");
  });
});

describe("The preview of a flowchart", () => {
  const text = ["# A", "", "```mermaid", "flowchart LR", 's([Start]) --> a["Create [REQUEST] <b>"]', "a --> q{Done?}", "q -->|Yes| e([End])", "q -->|No| b[Wait]", "```", ""].join("\n");

  function marks(html: string): ReturnType<typeof readChartMarks> {
    const [, data = ""] = /data-chart="([^"]*)"/.exec(html) ?? [];
    return readChartMarks(data.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))));
  }

  it("has its steps as a list below the drawing, with their buttons", () => {
    const html = previewOf(text);
    const list = /<ol class="response-desk-chart"[^]*<\/ol>/.exec(html)?.[0] ?? "";
    assert.ok(html.indexOf("</pre>") < html.indexOf(list));
    assert.deepEqual([...list.matchAll(/<li/g)].length, 5);
    assert.match(list, /Create <span class="response-desk-kind">REQUEST<\/span> [^<]*<span class="response-desk-buttons"><a [^>]*>Create REQUEST<\/a>/);
    assert.match(list, /<li[^>]*>[^<]*<input[^>]*> Done\?<ul><li[^>]*>Yes<\/li><li[^>]*>No<\/li><\/ul><\/li>/);
    assert.equal(marks(html), undefined);
    assert.doesNotMatch(list.replaceAll(markup, ""), /[<>]/);
  });

  it("carries the states of its nodes and the edges that were walked", () => {
    const done: ShownStep = { kind: "done", words: "Done by ana" };
    const html = previewOf(text, { states: { "Create [REQUEST]": done, "Done?": done, Yes: done, No: { kind: "left", words: "Not selected" }, Wait: { kind: "left", words: "Not selected" } } });
    assert.deepEqual(marks(html), {
      nodes: [{ id: "a", ...done }, { id: "q", ...done }, { id: "b", kind: "left", words: "Not selected" }],
      edges: [["s", "a"], ["a", "q"], ["q", "e"]],
    });
    assert.match(html, /<li class="response-desk-step response-desk-left"[^>]*>[^<]*<input type="checkbox"[^>]*>[^<]*<span class="response-desk-words"[^>]*>Wait/);
  });

  it("marks an edge to or from a subgraph only if the path went through the subgraph", () => {
    const staged = ["# A", "", "```mermaid", "flowchart LR", "q{Done?} -->|No| s", "q -->|Yes| b[Close]", "subgraph s", "c[Try again]", "d[Tell them]", "end", "s --> b", "```", ""].join("\n");
    const done: ShownStep = { kind: "done", words: "Done by ana" };
    const left: ShownStep = { kind: "left", words: "Not selected" };
    const edgesWith = (states: NonNullable<Shown["states"]>): readonly string[] => (marks(previewOf(staged, { states }))?.edges ?? []).map((edge) => edge.join(" "));
    assert.deepEqual(edgesWith({ "Done?": done, Yes: done, No: left, "Try again": left, "Tell them": left, Close: { kind: "current", words: "Current step" } }), []);
    assert.deepEqual(edgesWith({ "Done?": done, Yes: left, No: done, "Try again": done, "Tell them": done, Close: done }), ["s b"]);
  });

  it("reads nothing else from imitated data", () => {
    for (const data of [undefined, "", "[]", "{}", '{"nodes":[{"id":1,"kind":"done","words":""}],"edges":[]}', '{"nodes":[{"id":"a","kind":"evil","words":""}],"edges":[]}']) assert.equal(readChartMarks(data), undefined);
  });
});
