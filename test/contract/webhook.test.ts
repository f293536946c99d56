import assert from 'node:assert/strict';
import { mayBeDelivered, webhookMessage } from '../../src/core/incident/webhook';
import { postWebhook } from '../../src/host/platform/postWebhook';
import { type FakeWebhook, startFakeWebhook, type WebhookAnswer } from '../support/fakeWebhook';

const clock = { now: () => "2026-11-24T10:00:00Z" };

describe("Posting to an incoming webhook", () => {
  let webhook: FakeWebhook;
  beforeEach(async () => {
    webhook = await startFakeWebhook();
  });
  afterEach(() => webhook.stop());

  const post = (message = "Down.", address = webhook.address): ReturnType<typeof postWebhook> => postWebhook(address, webhookMessage(message), { fetch, clock, timeout: 300 });

  /** The failure, or `delivered`, with the number of requests that arrived. */
  async function ending(answer: WebhookAnswer): Promise<readonly unknown[]> {
    webhook.answer(answer);
    const result = await post();
    assert.ok(!JSON.stringify(result).includes("secret"), "the address is not in the result");
    return [result.kind === "ok" ? "delivered" : { ...result.failure, unsure: mayBeDelivered(result.failure) }, webhook.paths.length];
  }

  it("sends the text as it was typed, and mentions nobody", async () => {
    const text = "Down <!channel> & <@U1> @here @everyone for ops@acme.example *now* <!-- x -->";
    assert.equal((await post(text)).kind, "ok");
    assert.equal(webhook.messages[0]?.replaceAll("\u2060", ""), text);
    assert.doesNotMatch(webhook.messages[0] ?? "", /<[!@]|(?<!ops)@\w/);
    assert.deepEqual([webhook.payloads[0]?.["mrkdwn"], webhook.payloads[0]?.["link_names"], webhook.payloads[0]?.["unfurl_links"]], [false, false, false]);
  });

  it("is delivered when the webhook accepts it", async () => {
    assert.deepEqual(await ending({ kind: "answer", status: 200, body: "ok" }), ["delivered", 1]);
  });
  it("fails when the webhook does not know the address", async () => {
    assert.deepEqual(await ending({ kind: "answer", status: 404, body: "no_service" }), [{ kind: "rejected", status: 404, unsure: false }, 1]);
  });
  it("fails with the time at which to try again", async () => {
    assert.deepEqual(await ending({ kind: "answer", status: 429, headers: { "retry-after": "90" } }), [{ kind: "limited", until: "2026-11-24T10:01:30Z", unsure: false }, 1]);
    assert.deepEqual(await ending({ kind: "answer", status: 429, headers: { "retry-after": "Tue, 24 Nov 2026 10:05:00 GMT" } }), [{ kind: "limited", until: "2026-11-24T10:05:00Z", unsure: false }, 2]);
    assert.deepEqual(await ending({ kind: "answer", status: 429, headers: { "retry-after": "soon" } }), [{ kind: "limited", unsure: false }, 3]);
  });
  it("is uncertain after a server error, and is not repeated", async () => {
    assert.deepEqual(await ending({ kind: "answer", status: 502 }), [{ kind: "serverError", status: 502, unsure: true }, 1]);
  });
  it("is uncertain when a web page answers", async () => {
    assert.deepEqual(await ending({ kind: "answer", status: 200, body: "<html>", headers: { "content-type": "text/html; charset=utf-8" } }), [{ kind: "webPage", unsure: true }, 1]);
    assert.deepEqual(await ending({ kind: "answer", status: 200, body: "\n<!DOCTYPE html><p>Sign in" }), [{ kind: "webPage", unsure: true }, 2]);
  });
  it("reads no more of an answer than it needs", async () => {
    assert.deepEqual(await ending({ kind: "endless" }), ["delivered", 1]);
  });
  it("is uncertain when nothing answers in time", async () => {
    assert.deepEqual(await ending({ kind: "slow" }), [{ kind: "timeout", unsure: true }, 1]);
  });
  it("is uncertain when the connection is lost", async () => {
    assert.deepEqual(await ending({ kind: "hangUp" }), [{ kind: "unconfirmed", unsure: true }, 1]);
  });
  it("fails when nothing listens there", async () => {
    const { address } = webhook;
    await webhook.stop();
    assert.deepEqual(await post("Down.", address), { kind: "failed", failure: { kind: "unreachable" } });
    webhook = await startFakeWebhook();
  });
  it("does not follow a redirect to another server", async () => {
    const other = await startFakeWebhook();
    try {
      assert.deepEqual(await ending({ kind: "answer", status: 307, headers: { location: other.address } }), [{ kind: "moved", unsure: false }, 1]);
      assert.deepEqual(other.paths, []);
    } finally {
      await other.stop();
    }
  });
  it("does not follow a redirect that would drop the message", async () => {
    assert.deepEqual(await ending({ kind: "answer", status: 302, headers: { location: "/login" } }), [{ kind: "moved", unsure: false }, 1]);
  });
  it("follows a few redirects on the same server", async () => {
    assert.deepEqual(await ending({ kind: "answer", status: 308, headers: { location: "/other" } }), [{ kind: "moved", unsure: false }, 4]);
    assert.deepEqual(webhook.paths.slice(1), ["/other", "/other", "/other"]);
  });
  it("is uncertain when the browser hides the answer", async () => {
    const opaque = async (): Promise<Response> => Object.defineProperty(new Response(null), "type", { value: "opaque" });
    assert.deepEqual(await postWebhook(webhook.address, "{}", { fetch: opaque, clock }), { kind: "failed", failure: { kind: "hidden" } });
    const blocked = async (): Promise<Response> => Promise.reject(new TypeError("Failed to fetch"));
    assert.deepEqual(await postWebhook(webhook.address, "{}", { fetch: blocked, clock }), { kind: "failed", failure: { kind: "hidden" } });
  });
});
