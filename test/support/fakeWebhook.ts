import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** How a fake webhook answers its next requests. `slow` never answers, `endless` never stops. Without `shared`, browsers hide the answer. */
export type WebhookAnswer =
  | { readonly kind: "answer"; readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>>; readonly shared?: false }
  | { readonly kind: "slow" | "hangUp" | "endless" };

/** An incoming webhook on this machine. */
export interface FakeWebhook {
  readonly address: string;
  /** The texts of the messages it received, unescaped. */
  readonly messages: readonly string[];
  /** The paths of all requests. */
  readonly paths: readonly string[];
  /** The complete payloads. */
  readonly payloads: readonly Readonly<Record<string, unknown>>[];
  answer(next: WebhookAnswer): void;
  stop(): Promise<void>;
}

/** Starts a webhook that accepts what Slack's incoming webhooks accept. */
export async function startFakeWebhook(): Promise<FakeWebhook> {
  const messages: string[] = [];
  const paths: string[] = [];
  const payloads: Record<string, unknown>[] = [];
  let next: WebhookAnswer = { kind: "answer", status: 200, body: "ok" };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    paths.push(request.url ?? "");
    const payload: unknown = JSON.parse(new URLSearchParams(body).get("payload") ?? "{}");
    if (typeof payload === "object" && payload !== null && "text" in payload && typeof payload.text === "string") {
      payloads.push({ ...payload });
      messages.push(payload.text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&"));
    }
    const answer = next;
    if (answer.kind === "hangUp") request.socket.destroy();
    if (answer.kind === "endless") {
      response.writeHead(200, { "content-type": "text/plain" });
      const more = (): void => void (response.destroyed || response.write("ok ".repeat(5000), () => setImmediate(more)));
      more();
    }
    if (answer.kind === "answer") response.writeHead(answer.status, { ...(answer.shared === false ? {} : { "access-control-allow-origin": "*" }), "content-type": "text/plain", ...answer.headers }).end(answer.body ?? "");
  }

  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The webhook has no port.");
  return {
    address: `http://127.0.0.1:${address.port}/services/T0/B0/secret`,
    messages,
    paths,
    payloads,
    answer(answer) {
      next = answer;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
