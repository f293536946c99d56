import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { answerCall, type Exchange } from "./answerCall";
import { addLabel } from "./changes";
import { contentRoutes } from "./contentRoutes";
import { conversationRoutes } from "./conversationRoutes";
import { readDescription } from "./description";
import { type Answer, refusal } from "./exchange";
import { createFaults, type Fault } from "./faults";
import { gitRoutes } from "./gitRoutes";
import { graphqlRoutes } from "./graphql";
import { issueRoutes } from "./issueRoutes";
import { labelRoutes } from "./labelRoutes";
import { linkRoutes } from "./linkRoutes";
import { createLimits, type Limit } from "./limits";
import { pullRoutes } from "./pullRoutes";
import { repositoryRoutes } from "./repositoryRoutes";
import { searchRoutes } from "./searchRoutes";
import { send, sendPreflight } from "./send";
import { createShapes } from "./shapes";
import { webRepository, type WebRepository } from "./web";
import { createWorld, userOf, type World } from "./world";

export type { Fault, FaultKind } from "./faults";
export type { Limit } from "./limits";
export type { WebRepository } from "./web";
export type { StoredComment, StoredEvent, StoredIssue, World } from "./world";

/** One request as received. `path` is relative to `/api/v3`, with its query. `status` is 0 if no response was sent. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly login?: string;
  /** Whether the request was conditional. */
  readonly conditional: boolean;
  /** The API version that it requested. */
  readonly version?: string;
  /** The fake server's time, in milliseconds. */
  readonly at: number;
}

export interface RepositoryOptions {
  readonly private?: boolean;
  readonly archived?: boolean;
  readonly hasIssues?: boolean;
  readonly ofUser?: boolean;
  /** Who can write, manage labels and assignees, and see a private repository. Default: everybody. */
  readonly writers?: readonly string[] | "everybody";
  /** Who can only set labels and assignees and close issues. */
  readonly triagers?: readonly string[];
  /** Those of the writers with hidden membership. */
  readonly hidden?: readonly string[];
  readonly labels?: readonly string[];
  /** Supported issue types. Default: none. */
  readonly types?: readonly string[];
}

/** A fake GitHub server on this machine. It stores issues, and can be told to fail. */
export interface FakeGithub {
  /** Its web address. The API is below `${url}/api/v3`. */
  readonly url: string;
  /** Requests in order of arrival. */
  readonly requests: readonly SeenRequest[];
  /** Its state, for starting another server with it. */
  readonly state: World;
  /** Adds a user. Without `scopes` the token has `repo`. A `readOnly` token is fine-grained and cannot write. */
  addUser(login: string, token: string, options?: { readonly scopes?: readonly string[]; readonly readOnly?: boolean }): void;
  revoke(token: string): void;
  addRepository(fullName: string, options?: RepositoryOptions): void;
  /** Finds a repository by its current or a former name. */
  repository(fullName: string): WebRepository;
  fault(fault: Fault): void;
  /** Removes all faults and limits. */
  clearFaults(): void;
  limit(limit: Limit): void;
  /** Moves its own time: the difference is added to its clock from now on. */
  setNow(now: () => number): void;
  /** Stops the server. Throws when a request or response differed from GitHub's description. */
  close(): Promise<void>;
}

export interface FakeGithubOptions {
  /** Default: any free port. */
  readonly port?: number;
  /** Whether every request and response is checked against GitHub's description. A request that fails gets 599. */
  readonly checkDescription?: boolean;
  /** Milliseconds that each request takes, half of them before its effect. */
  readonly latency?: () => number;
  readonly now?: () => number;
  readonly state?: World;
  /** Whether it has sub-issues, dependencies and issue types. Without them it behaves like an older server. */
  readonly features?: boolean;
  /** Milliseconds until the other end of a link counts it. Default: none. */
  readonly countsLag?: number;
}

/** Starts a fake GitHub on the loopback address. */
export async function startFakeGithub(options: FakeGithubOptions = {}): Promise<FakeGithub> {
  let now = options.now ?? Date.now;
  const world = options.state ?? createWorld(() => now(), options.features, options.countsLag);
  const faults = createFaults();
  const limits = createLimits(() => now());
  const requests: { -readonly [Key in keyof SeenRequest]: SeenRequest[Key] }[] = [];
  const violations: string[] = [];
  const server = createServer();
  await listen(server, options.port ?? 0);
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  const routes = [...repositoryRoutes(limits), ...issueRoutes, ...conversationRoutes, ...contentRoutes, ...gitRoutes, ...pullRoutes, ...labelRoutes, ...linkRoutes, ...searchRoutes, ...graphqlRoutes];
  const exchange: Exchange = {
    desk: { world, shapes: createShapes(world, url), api: `${url}/api/v3` }, routes, limits, faults, violations, latency: options.latency ?? (() => 0),
    ...options.checkDescription === false ? {} : { description: readDescription() },
  };

  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    void serve(request, response).catch((error: unknown) => {
      violations.push(`The fake itself failed: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);
      response.destroy();
    });
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === "OPTIONS") { sendPreflight(response); return; }
    const token = world.tokens.get(/^(?:token|bearer) (.+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "");
    const version = request.headers["x-github-api-version"];
    const seen: typeof requests[number] = {
      method: request.method ?? "GET", path: (request.url ?? "/").replace(/^\/api\/v3/, ""), status: 0,
      ...token === undefined ? {} : { login: token.user.login }, conditional: request.headers["if-none-match"] !== undefined, at: now(), ...typeof version === "string" ? { version } : {},
    };
    requests.push(seen);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const below = /^\/api\/(?:v3(\/|$|\?)|graphql$)/.test(request.url ?? "");
    const answer: Answer | "drop" | "hang" = below
      ? await answerCall(exchange, seen, request.headers, Buffer.concat(chunks).toString(), token)
      : refusal(404, "Not Found").answer;
    if (answer === "hang") return;
    if (answer === "drop") { response.destroy(); return; }
    seen.status = answer.status;
    send(response, answer);
  }

  return {
    url, requests, state: world,
    addUser: (login, text, { scopes = ["repo"], readOnly = false } = {}) => {
      world.tokens.set(text, { text, user: userOf(world, login), readOnly, ...readOnly ? {} : { scopes } });
    },
    revoke: token => { world.tokens.delete(token); },
    addRepository: (fullName, { archived = false, hasIssues = true, writers = "everybody", triagers = [], hidden = [], labels = [], types = [], ...rest } = {}) => {
      const repository = {
        id: world.nextId(), fullName, private: rest.private ?? false, archived, hasIssues, ofUser: rest.ofUser ?? false, writers, triagers, hidden, createdAt: now(),
        labels: new Map(), types, issues: new Map(), gone: new Map(), lastNumber: 0, files: new Map(),
      };
      world.repositories.set(repository.id, repository);
      world.names.set(fullName.toLowerCase(), repository.id);
      for (const label of labels) addLabel(world, repository, label);
    },
    repository: fullName => {
      const found = world.repositories.get(world.names.get(fullName.toLowerCase()) ?? -1);
      if (found === undefined) throw new Error(`There is no repository ${fullName}.`);
      return webRepository(world, found);
    },
    fault: fault => { faults.arm(fault); },
    clearFaults: () => { faults.clear(); limits.clear(); },
    limit: limit => { limits.set(limit); },
    setNow: next => { now = next; },
    close: async () => {
      const ended = new Promise<void>(resolve => server.close(() => { resolve(); }));
      server.closeAllConnections();
      await ended;
      if (violations.length > 0) throw new Error(`Not as GitHub describes it:\n${violations.join("\n")}`);
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => { resolve(); });
  });
}
