import * as v from "valibot";
import { runInBackground } from "../core/model/queues";
import { anything, type Infer, parseData } from "../core/model/parseData";

/** The result of a request. Every request ends: with a reply, with an error, or because the other side closed. */
export type RequestResult<Reply> =
  | { readonly kind: "reply"; readonly reply: Reply }
  | { readonly kind: "error"; readonly message: string }
  | { readonly kind: "closed" };

/** One end of the connection between a webview and the host. */
export interface Channel<Out, Reply> {
  /** Sends a message without waiting for an answer. */
  send(message: Out): void;
  /** Sends a request and waits for the result. Never rejects. */
  ask(message: Out): Promise<RequestResult<Reply>>;
  /** Handles an incoming value. Reports anything that is not a message of this connection to `ignored`. */
  receive(value: unknown): void;
  /** Ends all open requests as `closed`. Later messages are not sent. */
  close(): void;
}

export interface ChannelEnd<In, Reply> {
  /** Unique for each end, so that an answer to an earlier end is not accepted. */
  readonly name: string;
  readonly post: (value: unknown) => void | PromiseLike<boolean>;
  /** The schema of incoming messages. */
  readonly message: v.GenericSchema<unknown, In>;
  /** The schema of the replies to requests of this end. */
  readonly reply: v.GenericSchema<unknown, Reply>;
  /** Handles a message. The result is the reply if the message is a request. */
  readonly handle: (message: In) => Reply | undefined | Promise<Reply | undefined>;
  /** Called for incoming values that are not messages, and for errors thrown by `handle`. */
  readonly ignored: (reason: string) => void;
}

/** One end of the connection between a webview and the host. The types of messages are swapped at the other end. */
export function createChannel<Out, In, Reply>(end: ChannelEnd<In, Reply>): Channel<Out, Reply> {
  const open = new Map<string, (result: RequestResult<Reply>) => void>();
  let asked = 0;
  let closed = false;

  function finish(id: string, result: RequestResult<Reply>): void {
    const waiting = open.get(id);
    open.delete(id);
    waiting?.(result);
  }

  const log = { error: end.ignored };

  async function post(message: Envelope): Promise<boolean> {
    if (closed) return false;
    try {
      return (await end.post(message)) !== false;
    } catch (error) {
      end.ignored(`could not be sent: ${words(error)}`);
      return false;
    }
  }

  async function handle(body: unknown): Promise<RequestResult<Reply>> {
    const message = parseData(end.message, body);
    if (message === undefined) {
      end.ignored("not a message of this panel");
      return { kind: "error", message: "not a message of this panel" };
    }
    try {
      const reply = await end.handle(message);
      return reply === undefined ? { kind: "error", message: "no reply" } : { kind: "reply", reply };
    } catch (error) {
      end.ignored(words(error));
      return { kind: "error", message: words(error) };
    }
  }

  async function answer(id: string, body: unknown): Promise<void> {
    const result = await handle(body);
    switch (result.kind) {
      case "reply":
        await post({ kind: "reply", id, body: result.reply });
        return;
      case "error":
        await post({ kind: "error", id, message: result.message });
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
          if (!sent) finish(id, { kind: "closed" });
        }), log);
      });
    },
    receive(value) {
      if (closed) return;
      const received = parseData(envelope, value);
      switch (received?.kind) {
        case undefined:
          end.ignored("not an envelope");
          return;
        case "message":
          runInBackground(handle(received.body), log);
          return;
        case "request":
          runInBackground(answer(received.id, received.body), log);
          return;
        case "reply": {
          const reply = parseData(end.reply, received.body);
          finish(received.id, reply === undefined ? { kind: "error", message: "not a reply of this panel" } : { kind: "reply", reply });
          return;
        }
        case "error":
          finish(received.id, { kind: "error", message: received.message });
      }
    },
    close() {
      closed = true;
      for (const id of [...open.keys()]) finish(id, { kind: "closed" });
    },
  };
}

const envelope = v.variant("kind", [
  v.object({ kind: v.literal("message"), body: anything }),
  v.object({ kind: v.literal("request"), id: v.string(), body: anything }),
  v.object({ kind: v.literal("reply"), id: v.string(), body: anything }),
  v.object({ kind: v.literal("error"), id: v.string(), message: v.string() }),
]);

type Envelope = Infer<typeof envelope>;

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
