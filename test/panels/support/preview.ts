import MarkdownIt from 'markdown-it';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../../../scripts/editor/cache';
import type { ShownStep } from '../../../src/markdown/previewParts';
import { type PreviewOptions, previewPlugin } from '../../../src/markdown/previewPlugin';
import { readRunbook } from '../../../src/markdown/readMarkdown';
import { deskNames } from '../../support/readText';
import { openWebview, origin, type PageOptions, type Webview } from './webview';

const words: PreviewOptions['labels'] = {
  startChecklist: 'Start checklist', startProcedure: 'Start a procedure…', startSection: 'Start section', startSectionNamed: title => `Start section “${title}”`, declareIncident: 'Declare incident', newRequest: 'New request', linkExisting: 'Link existing', actions: 'Runbook actions', runCommand: 'Run…', stepOpen: 'Step, not done', stepDone: 'Step, done in the text', openChecklist: 'Open Checklist', chartSteps: 'Steps of the flowchart',
  create: kind => `Create ${kind}`, createSet: count => `Create all ${count}`, template: kind => `Template: ${kind}`,
};

/** The state of the steps of a checklist, by text. */
export type Steps = Readonly<Record<string, ShownStep>>;

/** The preview of a runbook with the style and script that the manifest contributes. */
export interface Preview {
  readonly webview: Webview;
  readonly page: Page;
  /** Replaces the content with the steps in this state. */
  show(steps: Steps): Promise<void>;
  /** Replaces the flowchart by one with a node for each text, as Mermaid draws it asynchronously. */
  draw(nodes: readonly string[]): Promise<void>;
}

/** Opens the preview of the text. */
export async function openPreview(text: string, steps: Steps | undefined, options: PageOptions = {}): Promise<Preview> {
  const problems: string[] = [];
  const webview = await openWebview({
    html: previewHtml(render(text, steps)),
    files: new Map([['preview.css', readFileSync(path.join(root, 'media/preview.css'))]]),
    shown: page => page.locator('body').waitFor({ state: 'attached' }),
    receive: () => undefined,
    problems,
  }, options);
  const { page } = webview;
  return {
    webview,
    page,
    async show(now) {
      await page.evaluate(html => { for (const body of document.querySelectorAll('.markdown-body')) body.innerHTML = html; }, render(text, now));
    },
    async draw(nodes) {
      await page.evaluate(texts => {
        const namespace = 'http://www.w3.org/2000/svg';
        const svg = document.createElementNS(namespace, 'svg');
        svg.setAttribute('height', String(texts.length * 60));
        for (const [index, each] of texts.entries()) {
          const node = document.createElementNS(namespace, 'g');
          node.setAttribute('class', 'node');
          node.setAttribute('transform', `translate(0 ${index * 60})`);
          const box = document.createElementNS(namespace, 'rect');
          for (const [name, value] of Object.entries({ x: '10', y: '10', width: '250', height: '40', fill: 'none', stroke: 'gray' })) box.setAttribute(name, value);
          const words = document.createElementNS(namespace, 'text');
          words.setAttribute('x', '40');
          words.setAttribute('y', '35');
          words.textContent = each;
          node.append(box, words);
          svg.append(node);
        }
        document.querySelector('svg')?.remove();
        document.querySelector('.markdown-body')?.append(svg);
      }, nodes);
    },
  };
}

function render(text: string, steps: Steps | undefined): string {
  const parser = new MarkdownIt({ html: true });
  previewPlugin(parser, {
    uriHandler: 'vscode://publisher.name',
    labels: words,
    runbookPath: () => 'runbooks/a.md',
    read(at, source) {
      const runbook = readRunbook(at, source, deskNames);
      const shown = { runbook, kinds: deskNames.kinds, runnable: true, runs: [] };
      if (steps === undefined) return shown;
      const ids = new Map(runbook.steps.flatMap(({ id, text: said }) => steps[said] === undefined ? [] : [[id, steps[said]] as const]));
      return { ...shown, runs: [{ issue: { repository: 'acme/desk', number: 7 }, run: 'run1', words: 'Portal is down: 2/5', steps: ids, edges: runbook.steps.flatMap(({ id: from, next = [] }) => ids.get(from)?.kind === 'done' ? next.map(to => ({ from, to })) : []) }] };
    },
  });
  return parser.render(text);
}

/** The policy is that of the editor's preview in its usual, strict setting. */
function previewHtml(body: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src ${origin} https: data:; script-src ${origin}; style-src ${origin} 'unsafe-inline' https: data:; font-src ${origin} https: data:">
<title>Preview</title>
<link rel="stylesheet" href="${origin}/preview.css">
</head>
<body>
<main class="markdown-body">${body}</main>
<script src="${origin}/preview.js"></script>
</body>
</html>`;
}
