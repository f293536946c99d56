import { answerCall, type Exchange } from "./answerCall";
import { contentRoutes } from "./contentRoutes";
import { conversationRoutes } from "./conversationRoutes";
import { readDescription } from "./description";
import { createFaults, type FaultKind, type Seen } from "./faults";
import { gitRoutes } from "./gitRoutes";
import { graphqlRoutes } from "./graphql";
import { issueRoutes } from "./issueRoutes";
import { labelRoutes } from "./labelRoutes";
import { linkRoutes } from "./linkRoutes";
import { pullRoutes } from "./pullRoutes";
import { createLimits } from "./limits";
import { repositoryRoutes } from "./repositoryRoutes";
import { searchRoutes } from "./searchRoutes";
import { written } from "./send";
import { createShapes } from "./shapes";
import { webRepository, type WebRepository } from "./web";
import { createWorld, userOf } from "./world";

/** How long a request takes before and after its effect, and its fault. */
export interface Fate {
  readonly before: number;
  readonly after: number;
  readonly fault?: FaultKind;
}

export interface FakeFetchOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Called for every request as it is sent. */
  readonly fate: (request: Seen) => Fate;
  /** Timeout of a request without a response, in milliseconds. */
  readonly timeoutMilliseconds: number;
}

/** The fake GitHub without sockets, in a test's own time. It follows no redirects. */
export interface FakeFetch {
  /** Its web address. Nothing listens there. */
  readonly url: string;
  readonly fetch: typeof globalThis.fetch;
  readonly requests: readonly (Seen & { readonly status: number })[];
  addPerson(login: string, token: string): void;
  /** Everybody has write access by default. */
  addRepository(fullName: string, writers?: readonly string[]): void;
  repository(fullName: string): WebRepository;
  /** Requests and responses that differ from GitHub's description. */
  violations(): readonly string[];
}

/** Creates a fake GitHub where everybody has write access by default. */
export function createFakeFetch({ now, wait, fate, timeoutMilliseconds }: FakeFetchOptions): FakeFetch {
  const url = "http://127.0.0.1:1";
  const world = createWorld(now);
  const faults = createFaults();
  const limits = createLimits(now);
  const violations: string[] = [];
  const requests: { -readonly [Key in keyof (Seen & { status: number })]: (Seen & { status: number })[Key] }[] = [];
  const exchange: Exchange = {
    desk: { world, shapes: createShapes(world, url), api: `${url}/api/v3` }, limits, faults, violations, latency: () => 0, description: readDescription(),
    routes: [...repositoryRoutes(limits), ...issueRoutes, ...conversationRoutes, ...contentRoutes, ...gitRoutes, ...pullRoutes, ...labelRoutes, ...linkRoutes, ...searchRoutes, ...graphqlRoutes],
  };

  const fetch: typeof globalThis.fetch = async (input, init) => {
    const asked = new Request(input, init);
    const headers = Object.fromEntries(asked.headers);
    const text = await asked.text();
    const token = world.tokens.get(/^(?:token|bearer) (.+)$/i.exec(headers["authorization"] ?? "")?.[1] ?? "");
    const seen = { method: asked.method, path: asked.url.slice(url.length).replace(/^\/api\/v3/, ""), status: 0, ...token === undefined ? {} : { login: token.user.login } };
    requests.push(seen);
    const { before, after, fault } = fate(seen);
    await wait(before);
    if (fault?.kind === "hang") await wait(timeoutMilliseconds);
    if (fault?.kind === "hang" || fault?.kind === "dropBefore") throw cut();
    if (fault?.kind === "status" || fault?.kind === "stale" || fault?.kind === "silent" || fault?.kind === "cut") faults.arm({ match: () => true, do: fault });
    const answer = await answerCall(exchange, seen, headers, text, token);
    await wait(fault?.kind === "slow" ? after + fault.ms : after);
    if (fault?.kind === "dropAfter" || typeof answer === "string") throw cut();
    seen.status = answer.status;
    const { text: body, type } = written(answer);
    return new Response(answer.cut === true && body !== undefined ? halfOf(body) : body ?? null, { status: answer.status, headers: { ...type === undefined ? {} : { "Content-Type": type }, ...answer.headers } });
  };

  return {
    url, fetch, requests,
    addPerson: (login, token) => { world.tokens.set(token, { text: token, user: userOf(world, login), readOnly: false, scopes: ["repo"] }); },
    addRepository: (fullName, writers) => {
      const repository = {
        id: world.nextId(), fullName, private: false, archived: false, hasIssues: true, ofUser: false, writers: writers ?? "everybody" as const, triagers: [], createdAt: now(),
        labels: new Map(), types: [], issues: new Map(), gone: new Map(), lastNumber: 0, files: new Map(),
      };
      world.repositories.set(repository.id, repository);
      world.names.set(fullName.toLowerCase(), repository.id);
    },
    repository: fullName => {
      const found = world.repositories.get(world.names.get(fullName.toLowerCase()) ?? -1);
      if (found === undefined) throw new Error(`There is no repository ${fullName}.`);
      return webRepository(world, found);
    },
    violations: () => violations,
  };
}

/** The start of a text, after which the connection is lost. */
function halfOf(text: string): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: controller => { controller.enqueue(new TextEncoder().encode(text.slice(0, text.length / 2))); },
    pull: controller => { controller.error(cut()); },
  });
}

/** The error of a browser for a lost connection. */
function cut(): TypeError {
  return new TypeError("Failed to fetch");
}
