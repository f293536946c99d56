import { type Check, isAnything, isCase, isText } from "./check";
import { runInBackground } from "../core/background";

/** How a request ended. Every request ends: with a reply, with an error, or because the other side is gone. */
export type Settled<Reply> =
  | { readonly kind: "reply"; readonly reply: Reply }
  | { readonly kind: "error"; readonly message: string }
  | { readonly kind: "closed" };

/** One end of the line between a webview and the host. */
export interface Channel<Out, Reply> {
  /** Sends and forgets. */
  send(message: Out): void;
  /** Sends and waits for the answer. Never rejects. */
  ask(message: Out): Promise<Settled<Reply>>;
  /** Takes what came in. What is not a message of this line is told to `ignored` and dropped. */
  receive(value: unknown): void;
  /** Ends all open requests as `closed`; what is sent later goes nowhere. */
  close(): void;
}

export interface ChannelEnd<In, Reply> {
  /** Differs each time an end is made, so that an answer for an earlier end is not taken for ours. */
  readonly name: string;
  readonly post: (value: unknown) => void | PromiseLike<boolean>;
  readonly accepts: Check<In>;
  readonly acceptsReply: Check<Reply>;
  /** Does what the message says. What it gives is the reply if the other side asked for one. */
  readonly handle: (message: In) => Reply | undefined | Promise<Reply | undefined>;
  /** Told of what came in and was no message, and of bugs in `handle`. */
  readonly ignored: (reason: string) => void;
}

/** One end of the talk with a webview; the other end is another one with the messages swapped. */
export function createChannel<Out, In, Reply>(end: ChannelEnd<In, Reply>): Channel<Out, Reply> {
  const open = new Map<string, (settled: Settled<Reply>) => void>();
  let asked = 0;
  let closed = false;

  function settle(id: string, settled: Settled<Reply>): void {
    const waiting = open.get(id);
    open.delete(id);
    waiting?.(settled);
  }

  const log = { error: end.ignored };

  async function post(envelope: Envelope): Promise<boolean> {
    if (closed) return false;
    try {
      return (await end.post(envelope)) !== false;
    } catch (error) {
      end.ignored(`could not be sent: ${words(error)}`);
      return false;
    }
  }

  async function handle(body: unknown): Promise<Settled<Reply>> {
    if (!end.accepts(body)) {
      end.ignored("not a message of this panel");
      return { kind: "error", message: "not a message of this panel" };
    }
    try {
      const reply = await end.handle(body);
      return reply === undefined ? { kind: "error", message: "no reply" } : { kind: "reply", reply };
    } catch (error) {
      end.ignored(words(error));
      return { kind: "error", message: words(error) };
    }
  }

  async function answer(id: string, body: unknown): Promise<void> {
    const settled = await handle(body);
    switch (settled.kind) {
      case "reply":
        await post({ kind: "reply", id, body: settled.reply });
        return;
      case "error":
        await post({ kind: "error", id, message: settled.message });
        return;
      case "closed":
    }
  }

  return {
    send: (body) => runInBackground(post({ kind: "message", body }), log),
    ask(body) {
      if (closed) return Promise.resolve({ kind: "closed" });
      const id = `${end.name}-${++asked}`;
      return new Promise((resolve) => {
        open.set(id, resolve);
        runInBackground(post({ kind: "request", id, body }).then((sent) => {
          if (!sent) settle(id, { kind: "closed" });
        }), log);
      });
    },
    receive(value) {
      if (closed) return;
      if (!isEnvelope(value)) {
        end.ignored("not an envelope");
        return;
      }
      switch (value.kind) {
        case "message":
          runInBackground(handle(value.body), log);
          return;
        case "request":
          runInBackground(answer(value.id, value.body), log);
          return;
        case "reply":
          settle(value.id, end.acceptsReply(value.body) ? { kind: "reply", reply: value.body } : { kind: "error", message: "not a reply of this panel" });
          return;
        case "error":
          settle(value.id, { kind: "error", message: value.message });
      }
    },
    close() {
      closed = true;
      for (const id of [...open.keys()]) settle(id, { kind: "closed" });
    },
  };
}

type Envelope =
  | { readonly kind: "message"; readonly body: unknown }
  | { readonly kind: "request"; readonly id: string; readonly body: unknown }
  | { readonly kind: "reply"; readonly id: string; readonly body: unknown }
  | { readonly kind: "error"; readonly id: string; readonly message: string };

const isEnvelope = isCase<Envelope>({
  message: { body: isAnything },
  request: { id: isText, body: isAnything },
  reply: { id: isText, body: isAnything },
  error: { id: isText, message: isText },
});

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
