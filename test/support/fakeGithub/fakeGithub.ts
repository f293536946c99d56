import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { answerCall, type Exchange } from "./answerCall";
import { addLabel } from "./changes";
import { contentRoutes } from "./contentRoutes";
import { conversationRoutes } from "./conversationRoutes";
import { readDescription } from "./description";
import { type Answer, refusal } from "./exchange";
import { createFaults, type Fault } from "./faults";
import { issueRoutes } from "./issueRoutes";
import { labelRoutes } from "./labelRoutes";
import { linkRoutes } from "./linkRoutes";
import { createLimits, type Limit } from "./limits";
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

/** One request as it arrived: `path` is below `/api/v3`, with its query; `status` is 0 where no answer went out. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly login?: string;
  /** Whether it asked for an answer only if something changed. */
  readonly conditional: boolean;
  /** The version of the API that it asked for. */
  readonly version?: string;
  /** The fake's own time, in milliseconds. */
  readonly at: number;
}

export interface RepositoryOptions {
  readonly private?: boolean;
  readonly archived?: boolean;
  readonly hasIssues?: boolean;
  readonly ofUser?: boolean;
  /** Who may write, manage labels and assignees, and see it when it is private: everybody unless told. */
  readonly writers?: readonly string[] | "everybody";
  /** Who may set labels and assignees and close, and no more. */
  readonly triagers?: readonly string[];
  /** Those of the writers who hide their membership. */
  readonly hidden?: readonly string[];
  readonly labels?: readonly string[];
  /** Issue types that may be set there; none unless told. */
  readonly types?: readonly string[];
}

/** A GitHub of its own on this machine: it keeps what it is told, and goes wrong when it is told so. */
export interface FakeGithub {
  /** Its web address; the API is below `${url}/api/v3`. */
  readonly url: string;
  /** In order of arrival. */
  readonly requests: readonly SeenRequest[];
  /** What it knows, to start another one with. */
  readonly state: World;
  /** Without `scopes` the token has `repo`; a `readOnly` one is fine-grained and may not write. */
  addUser(login: string, token: string, options?: { readonly scopes?: readonly string[]; readonly readOnly?: boolean }): void;
  revoke(token: string): void;
  addRepository(fullName: string, options?: RepositoryOptions): void;
  /** By its present or a former name. */
  repository(fullName: string): WebRepository;
  fault(fault: Fault): void;
  /** Forgets the faults and the limits. */
  clearFaults(): void;
  limit(limit: Limit): void;
  /** Moves its own time: from now on this is added to the clock it was started with. */
  setNow(now: () => number): void;
  /** Ends it; throws when a request or an answer was not as GitHub describes them. */
  close(): Promise<void>;
}

export interface FakeGithubOptions {
  /** Any free port unless told. */
  readonly port?: number;
  /** Whether every request and answer is held against GitHub's own description; a request that fails gets 599. */
  readonly checkDescription?: boolean;
  /** Milliseconds that each request takes, half of them before anything happens. */
  readonly latency?: () => number;
  readonly now?: () => number;
  readonly state?: World;
  /** Whether it has sub-issues, dependencies and issue types; without them it is as an older server. */
  readonly features?: boolean;
  /** Milliseconds after which the other end of a link counts it; none unless told. */
  readonly countsLag?: number;
}

/** Starts a fake GitHub on this machine's loopback address. */
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
  const routes = [...repositoryRoutes(limits), ...issueRoutes, ...conversationRoutes, ...contentRoutes, ...labelRoutes, ...linkRoutes, ...searchRoutes];
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
    const below = /^\/api\/v3(\/|$|\?)/.test(request.url ?? "");
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
