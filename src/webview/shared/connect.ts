import { createChannel, type Settled } from "../../protocol/channel";
import { type Check, hasFields, isAnything, isOneOf } from "../../protocol/check";
import type { ReadyMessage, StateMessage } from "../../protocol/panel";
import { freshKey } from "./freshKey";
import { type Kept, type PanelMemory, panelMemory } from "./memory";
import { vscodeApi } from "./vscodeApi";

export interface PanelLine<ToHost, Reply> {
  readonly memory: PanelMemory<ToHost>;
  send(message: ToHost): void;
  ask(message: ToHost): Promise<Settled<Reply>>;
  /**
   * Asks for a write that must not get lost: it is remembered until the host answers, and asked again with the same key
   * should the panel or the host be restarted before.
   */
  deliver(message: ToHost, key: string): void;
}

export interface PanelClient<State, ToHost, Reply> {
  readonly isState: Check<State>;
  readonly isMessage: Check<ToHost>;
  readonly isReply: Check<Reply>;
  /** A new whole state came. The first one comes with what was remembered already in place. */
  readonly show: (state: State, line: PanelLine<ToHost, Reply>) => void;
  /** An answer to what was delivered, or none: then it stays remembered. */
  readonly settled: (kept: Kept<ToHost>, settled: Settled<Reply>, line: PanelLine<ToHost, Reply>) => void;
  /** The form a message takes when it is asked again. */
  readonly again: (message: ToHost) => ToHost;
}

/** Connects the page to its host, says `ready`, and shows every state that comes. */
export function connect<State, ToHost, Reply>(client: PanelClient<State, ToHost, Reply>): PanelLine<ToHost, Reply> {
  const api = vscodeApi();
  const memory = panelMemory(api, client.isMessage);
  const first = { now: true };
  const isState = hasFields<StateMessage<unknown, State>>({ kind: isOneOf("state"), subject: isAnything, state: client.isState });

  const channel = createChannel<ToHost | ReadyMessage, StateMessage<unknown, State>, Reply>({
    name: freshKey(),
    post: (value) => api.postMessage(value),
    accepts: isState,
    acceptsReply: client.isReply,
    ignored: (reason) => console.error(reason),
    handle({ subject, state }) {
      memory.change({ subject });
      client.show(state, line);
      if (!first.now) return undefined;
      first.now = false;
      for (const kept of memory.now().unsent) void carry({ ...kept, message: client.again(kept.message) });
      return undefined;
    },
  });

  async function carry(kept: Kept<ToHost>): Promise<void> {
    const settled = await channel.ask(kept.message);
    if (settled.kind !== "closed") forget(kept.key);
    client.settled(kept, settled, line);
  }

  function forget(key: string): void {
    memory.change({ unsent: memory.now().unsent.filter((kept) => kept.key !== key) });
  }

  const line: PanelLine<ToHost, Reply> = {
    memory,
    send: (message) => channel.send(message),
    ask: (message) => channel.ask(message),
    deliver(message, key) {
      const kept = { key, message, again: false };
      memory.change({ unsent: [...memory.now().unsent, kept] });
      void carry(kept);
    },
  };

  window.addEventListener("message", (event) => channel.receive(event.data));
  channel.send({ kind: "ready" });
  return line;
}
