import type { Page } from 'playwright-core';
import * as v from 'valibot';
import { panelHtml } from '../../../src/host/panels/shared/panelHtml';
import { createChannel } from '../../../src/protocol/channel';
import { type PanelProtocol, type ReadyMessage, readyMessage, type StateMessage } from '../../../src/protocol/panel';
import { openWebview, origin, type PageOptions, type Webview } from './webview';

/** The host's side of a panel in a test. */
export interface PanelHost<Subject, State, ToHost, Reply> {
  readonly bundle: string;
  /** Whether its page shows pictures. */
  readonly images?: boolean;
  /** Pictures by name. */
  readonly files?: ReadonlyMap<string, Buffer>;
  readonly protocol: PanelProtocol<Subject, State, ToHost, Reply>;
  readonly subject: () => Subject;
  readonly state: () => State;
  /** The result is the reply, if the client requested one. */
  readonly handle: (message: ToHost) => Reply | undefined | Promise<Reply | undefined>;
}

/** A client in its own page, connected to the host that the test provides. */
export interface Panel<ToHost> extends Webview {
  /** What the client sent, without `ready`. */
  readonly received: readonly ToHost[];
  /** Sends the whole current state. */
  push(): Promise<void>;
}

/** Opens a client in the page that the host creates for it. */
export async function openPanel<Subject, State, ToHost extends { readonly kind: string }, Reply>(host: PanelHost<Subject, State, ToHost, Reply>, options: PageOptions = {}): Promise<Panel<ToHost>> {
  const received: ToHost[] = [];
  const problems: string[] = [];
  const now: { page?: Page; sending: Promise<void> } = { sending: Promise.resolve() };

  const createHostChannel = () => createChannel<StateMessage<Subject, State>, ToHost | ReadyMessage, Reply>({
    name: `host${Math.random()}`,
    message: v.union([readyMessage, host.protocol.toHost]),
    reply: host.protocol.reply,
    ignored: reason => problems.push(`ignored by the host: ${reason}`),
    async post(value) {
      // VS Code sends JSON, too.
      now.sending = now.page?.evaluate(json => window.postMessage(JSON.parse(json), '*'), JSON.stringify(value)) ?? Promise.resolve();
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

  const webview = await openWebview({
    html: panelHtml({ language: 'en', source: origin, bundle: host.bundle, images: host.images ?? false, address: file => `${origin}/${file}` }),
    shown: page => page.locator('#root > *').first().waitFor({ state: 'attached' }),
    receive(page, json) {
      now.page = page;
      channel.receive(JSON.parse(json));
    },
    problems,
    ...host.files === undefined ? {} : { files: host.files },
  }, options);
  return {
    ...webview,
    get page() {
      return webview.page;
    },
    received,
    async reopen() {
      channel.close();
      channel = createHostChannel();
      await webview.reopen();
    },
    async push() {
      sendState();
      await now.sending;
    },
  };
}

function isReady(message: { readonly kind: string }): message is ReadyMessage {
  return message.kind === 'ready';
}
