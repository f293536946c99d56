import * as v from "valibot";
import { runInBackground } from "../../core/model/queues";
import { anything, parseJson } from "../../core/model/parseData";
import { createChannel, type RequestResult } from "../../protocol/channel";
import type { PanelProtocol, ReadyMessage, StateMessage } from "../../protocol/panel";
import { freshKey } from "./freshKey";
import { type PanelMemory, panelMemory, readUnsent, type UnsentMessage, vscodeApi } from "./memory";

export interface PanelLine<ToHost, Reply> {
  readonly memory: PanelMemory<ToHost>;
  send(message: ToHost): void;
  ask(message: ToHost): Promise<RequestResult<Reply>>;
  /** Sends a write that must not be lost: it is stored until the host answers, and sent again with the same key if the panel or the host is restarted. */
  deliver(message: ToHost, key: string): void;
  /** Drops a stored message that a newer one replaces. */
  forget(key: string): void;
}

interface PanelClient<Subject, State, ToHost, Reply> {
  readonly protocol: PanelProtocol<Subject, State, ToHost, Reply>;
  /** Called for each new state. Stored messages are available at the first call. */
  readonly show: (state: State, line: PanelLine<ToHost, Reply>) => void;
  /** Called with the result of a stored message. Without a reply, it stays stored. */
  readonly onReply: (kept: UnsentMessage<ToHost>, result: RequestResult<Reply>, line: PanelLine<ToHost, Reply>) => void;
  /** Identifies what the panel shows, so that stored messages are sent again after the panel was closed. */
  readonly owner?: (subject: Subject) => string;
  /** The form of a message that is sent again. */
  readonly again: (message: ToHost) => ToHost;
}

/** Connects the page to its host, sends `ready`, and shows every state that arrives. */
export function connect<Subject, State, ToHost, Reply>(client: PanelClient<Subject, State, ToHost, Reply>): PanelLine<ToHost, Reply> {
  const { protocol } = client;
  const api = vscodeApi();
  const memory = panelMemory(api, protocol.toHost);
  const store = unsentStore(pageStorage());
  const page: { owner?: string | undefined; shown: boolean } = { shown: false };

  const channel = createChannel<ToHost | ReadyMessage, StateMessage<Subject, State>, Reply>({
    name: freshKey(),
    post: (value) => api.postMessage(value),
    message: v.object({ kind: v.literal("state"), subject: protocol.subject, state: protocol.state }),
    reply: protocol.reply,
    ignored: (reason) => console.error(reason),
    handle({ subject, state }) {
      page.owner = client.owner?.(subject);
      const left = page.shown || page.owner === undefined ? [] : leftBehind(page.owner);
      memory.change({ subject, unsent: [...memory.now().unsent, ...left] });
      client.show(state, line);
      if (page.shown) return undefined;
      page.shown = true;
      for (const kept of memory.now().unsent) runInBackground(carry({ ...kept, message: client.again(kept.message) }), console);
      return undefined;
    },
  });

  function leftBehind(owner: string): readonly UnsentMessage<ToHost>[] {
    const known = new Set(memory.now().unsent.map(({ key }) => key));
    return readUnsent(protocol.toHost, store.all(owner)).filter(({ key }) => !known.has(key));
  }

  async function carry(kept: UnsentMessage<ToHost>): Promise<void> {
    const result = await channel.ask(kept.message);
    if (result.kind !== "closed") forget(kept.key);
    client.onReply(kept, result, line);
  }

  function forget(key: string): void {
    memory.change({ unsent: memory.now().unsent.filter((kept) => kept.key !== key) });
    if (page.owner !== undefined) store.remove(page.owner, key);
  }

  const line: PanelLine<ToHost, Reply> = {
    memory,
    send: (message) => channel.send(message),
    ask: (message) => channel.ask(message),
    forget,
    deliver(message, key) {
      const kept = { key, message, again: false };
      memory.change({ unsent: [...memory.now().unsent, kept] });
      if (page.owner !== undefined) store.add(page.owner, kept);
      runInBackground(carry(kept), console);
    },
  };

  window.addEventListener("message", (event) => channel.receive(event.data));
  channel.send({ kind: "ready" });
  return line;
}

/**
 * Unconfirmed messages in the browser's storage. VS Code drops the state of a closed panel, and does not restore a panel after
 * its extension host crashed; this storage is available when the panel is opened again.
 */
interface UnsentStore {
  all(owner: string): readonly { readonly key: string; readonly message: unknown }[];
  add(owner: string, kept: UnsentMessage<unknown>): void;
  remove(owner: string, key: string): void;
}

/** `storage` is absent where the browser does not allow it. Then nothing is stored. */
export function unsentStore(storage: Storage | undefined): UnsentStore {
  const storageKey = (owner: string, key = ""): string => `responseDesk.unsent ${owner} ${key}`;
  return {
    all: (owner) =>
      Object.keys(storage ?? {})
        .filter((name) => name.startsWith(storageKey(owner)))
        .flatMap((name) => {
          const message = parseJson(anything, storage?.getItem(name) ?? undefined);
          return message === undefined ? [] : [{ key: name.slice(storageKey(owner).length), message }];
        }),
    add(owner, { key, message }) {
      try {
        storage?.setItem(storageKey(owner, key), JSON.stringify(message));
      } catch (error) {
        console.error(error);
      }
    },
    remove: (owner, key) => storage?.removeItem(storageKey(owner, key)),
  };
}

/** The storage of the page, if the browser allows it. */
function pageStorage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}
