import assert from "node:assert/strict";
import * as v from "valibot";
import { type Channel, type ChannelEnd, createChannel } from "../../../src/protocol/channel";

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function end(part: Partial<ChannelEnd<string, number>>): { channel: Channel<string, number>; posted: unknown[]; ignored: string[] } {
  const posted: unknown[] = [];
  const ignored: string[] = [];
  const channel = createChannel<string, string, number>({
    name: "end",
    post: (value) => void posted.push(value),
    message: v.string(),
    reply: v.number(),
    handle: () => undefined,
    ignored: (reason) => void ignored.push(reason),
    ...part,
  });
  return { channel, posted, ignored };
}

/** Two connected ends, as in a webview and its host. Messages are passed as JSON. */
function pair(handle: ChannelEnd<string, number>["handle"]): { view: Channel<string, number>; host: Channel<string, number>; ignored: string[] } {
  const line: { view?: Channel<string, number>; host?: Channel<string, number> } = {};
  const over = (to: "view" | "host") => (value: unknown) => void queueMicrotask(() => line[to]?.receive(JSON.parse(JSON.stringify(value))));
  const view = end({ name: "view", post: over("host") });
  const host = end({ name: "host", post: over("view"), handle });
  line.view = view.channel;
  line.host = host.channel;
  return { view: view.channel, host: host.channel, ignored: host.ignored };
}

describe("a channel", () => {
  it("returns each reply to its request, in any order", async () => {
    const waiting = new Map<string, (reply: number) => void>();
    const { view } = pair((message) => new Promise((resolve) => void waiting.set(message, resolve)));
    const [slow, fast] = [view.ask("slow"), view.ask("fast")];
    await settle();
    waiting.get("fast")?.(2);
    assert.deepEqual(await fast, { kind: "reply", reply: 2 });
    waiting.get("slow")?.(1);
    assert.deepEqual(await slow, { kind: "reply", reply: 1 });
  });

  it("ends a request with an error if the other side throws, or has no reply", async () => {
    const { view, ignored } = pair((message) => {
      if (message === "bug") throw new Error("boom");
      return undefined;
    });
    assert.deepEqual(await view.ask("bug"), { kind: "error", message: "boom" });
    assert.deepEqual(await view.ask("nothing"), { kind: "error", message: "no reply" });
    assert.deepEqual(ignored, ["boom"]);
  });

  it("ends a request with an error if the reply is not valid", async () => {
    const { channel, posted } = end({});
    const asked = channel.ask("how many");
    channel.receive({ ...envelope(posted[0]), kind: "reply", body: "many" });
    assert.deepEqual(await asked, { kind: "error", message: "not a reply of this panel" });
  });

  it("ends open and later requests when it is closed", async () => {
    const { channel } = end({});
    const asked = channel.ask("anyone there");
    channel.close();
    assert.deepEqual(await asked, { kind: "closed" });
    assert.deepEqual(await channel.ask("hello"), { kind: "closed" });
  });

  it("ends a request that could not be sent", async () => {
    const undelivered = end({ post: () => Promise.resolve(false) });
    assert.deepEqual(await undelivered.channel.ask("hello"), { kind: "closed" });
    const disposed = end({
      post: () => {
        throw new Error("Webview is disposed");
      },
    });
    assert.deepEqual(await disposed.channel.ask("hello"), { kind: "closed" });
  });

  it("does not accept an answer to an earlier end", async () => {
    const before = end({ name: "before" });
    const after = end({ name: "after" });
    void before.channel.ask("first");
    const asked = after.channel.ask("second");
    after.channel.receive({ ...envelope(before.posted[0]), kind: "reply", body: 1 });
    after.channel.receive({ ...envelope(after.posted[0]), kind: "reply", body: 2 });
    assert.deepEqual(await asked, { kind: "reply", reply: 2 });
  });

  it("drops and reports values that are not messages, and answers requests with an error", async () => {
    const handled: string[] = [];
    const { channel, posted, ignored } = end({ handle: (message) => void handled.push(message) });
    for (const value of [undefined, null, 7, "message", [], {}, { kind: "message" }, { kind: "message", body: 7 }, { kind: "odd", body: "a" }]) channel.receive(value);
    channel.receive({ kind: "request", id: "1", body: { not: "text" } });
    await settle();
    assert.deepEqual(handled, []);
    assert.equal(ignored.length, 10);
    assert.deepEqual(posted, [{ kind: "error", id: "1", message: "not a message of this panel" }]);
  });
});

function envelope(value: unknown): object {
  assert.ok(typeof value === "object" && value !== null);
  return value;
}
