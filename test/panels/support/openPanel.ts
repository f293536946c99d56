import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import * as v from 'valibot';
import { createChannel } from '../../../src/protocol/channel';
import { type PanelProtocol, type ReadyMessage, readyMessage, type StateMessage } from '../../../src/protocol/panel';
import { root } from '../../../scripts/editor/cache';
import { sharedRun } from './run';
import type { Theme } from './themes';
import { pageAddress, servePage } from './webviewPage';

export interface PageOptions {
  readonly theme?: Theme;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** The instant at which the page's clock begins. It then moves only as `page.clock` is told. Default: the machine's clock. */
  readonly time?: string;
}

/** The host's side of a panel, played by a test. */
export interface PanelHost<Subject, State, ToHost, Reply> {
  readonly bundle: string;
  readonly protocol: PanelProtocol<Subject, State, ToHost, Reply>;
  readonly subject: () => Subject;
  readonly state: () => State;
  /** What it gives is the reply, if the client asked for one. */
  readonly handle: (message: ToHost) => Reply | undefined | Promise<Reply | undefined>;
}

/** A client in a page of its own, connected to the host that the test plays. */
export interface Panel<ToHost> {
  readonly page: Page;
  /** What the client sent, without `ready`. */
  readonly received: readonly ToHost[];
  /** Sends the whole state as it is now. */
  push(): Promise<void>;
  /** Loads the page anew, as VS Code does when a hidden panel is shown or the window was loaded anew: what it remembered is still there. */
  reload(): Promise<void>;
  /** Closes the panel and opens it again: only what is in the browser's own storage is still there. */
  reopen(): Promise<void>;
  /** Serious and critical accessibility violations, one line each. */
  axe(): Promise<readonly string[]>;
  /** Keeps a picture in test-results/. */
  screenshot(name: string): Promise<void>;
}

interface Opened {
  readonly panel: Panel<unknown>;
  readonly context: BrowserContext;
  /** What no client may do: errors, messages of another kind, requests to anywhere, dialogs. */
  readonly problems: string[];
}

const opened = new Set<Opened>();
const results = path.join(root, 'test-results');
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Opens a client in a page as VS Code would. It is closed when the test ends. */
export async function openPanel<Subject, State, ToHost extends { readonly kind: string }, Reply>(host: PanelHost<Subject, State, ToHost, Reply>, options: PageOptions = {}): Promise<Panel<ToHost>> {
  const { theme = 'dark', viewport = { width: 900, height: 900 } } = options;
  const context = await sharedRun().browser.newContext({ viewport, reducedMotion: 'reduce', locale: 'en-US', timezoneId: 'UTC' });
  context.setDefaultTimeout(10_000);
  const problems: string[] = [];
  const received: ToHost[] = [];
  const now: { page?: Page; sending: Promise<void> } = { sending: Promise.resolve() };

  const createHostChannel = () => createChannel<StateMessage<Subject, State>, ToHost | ReadyMessage, Reply>({
    name: `host${Math.random()}`,
    message: v.union([readyMessage, host.protocol.toHost]),
    reply: host.protocol.reply,
    ignored: reason => problems.push(`ignored by the host: ${reason}`),
    async post(value) {
      // As VS Code does, which sends JSON.
      now.sending = panel.page.evaluate(json => window.postMessage(JSON.parse(json), '*'), JSON.stringify(value));
      await now.sending;
      return true;
    },
    handle(message) {
      if (isReady(message)) {
        sendState();
        return undefined;
      }
      received.push(message);
      return host.handle(message);
    },
  });
  let channel = createHostChannel();
  const sendState = (): void => channel.send({ kind: 'state', subject: host.subject(), state: host.state() });

  async function openPage(): Promise<void> {
    const page = await context.newPage();
    page.on('console', message => { if (message.type() === 'error' || message.type() === 'warning') problems.push(`${message.type()}: ${message.text()}`); });
    page.on('pageerror', error => problems.push(`error: ${error.stack ?? error.message}`));
    page.on('dialog', dialog => {
      problems.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    if (options.time !== undefined) {
      await page.clock.install({ time: options.time });
      await page.clock.pauseAt(options.time);
    }
    now.page = page;
    await page.goto(pageAddress);
    await page.locator('#root > *').first().waitFor({ state: 'attached' });
  }

  const panel: Panel<ToHost> = {
    get page() {
      if (now.page === undefined) throw new Error('The panel is closed.');
      return now.page;
    },
    received,
    async push() {
      sendState();
      await now.sending;
    },
    async reload() {
      await panel.page.reload();
      await panel.page.locator('#root > *').first().waitFor({ state: 'attached' });
    },
    async reopen() {
      channel.close();
      await panel.page.close();
      channel = createHostChannel();
      await openPage();
    },
    async axe() {
      await panel.page.evaluate(axeSource);
      const result: unknown = await panel.page.evaluate('axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(node => node.html.slice(0, 160)).join(" | ")}`))');
      return Array.isArray(result) ? result.map(String) : [];
    },
    async screenshot(name) {
      mkdirSync(results, { recursive: true });
      await panel.page.screenshot({ path: path.join(results, `panel-${name}.png`), fullPage: true });
    },
  };

  opened.add({ panel, context, problems });
  await context.exposeFunction('sendToHost', (json: string) => channel.receive(JSON.parse(json)));
  await servePage(context, host.bundle, theme, url => problems.push(`request: ${url}`));
  await openPage();
  return panel;
}

function isReady(message: { readonly kind: string }): message is ReadyMessage {
  return message.kind === 'ready';
}

/** Ends a test: gives what its clients did that no client may do, keeps pictures of them if it failed, and closes them. */
export async function closePanels(failedTitle: string | undefined): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const [index, { panel, context, problems: found }] of [...opened].entries()) {
    problems.push(...found);
    if (failedTitle !== undefined) {
      const name = `FAILED-${failedTitle.replace(/[^\w]+/g, '-').slice(0, 100)}-${index + 1}`;
      await panel.screenshot(name).catch(() => undefined);
      mkdirSync(results, { recursive: true });
      writeFileSync(path.join(results, `panel-${name}.log`), found.join('\n'));
    }
    await context.close();
  }
  opened.clear();
  return problems;
}
