import { Octokit } from "@octokit/rest";
import * as v from "valibot";
import type { RemoteFailure } from "../../core/model/failure";
import { instantAt, millisecondsOf } from "../../core/model/instant";
import type { Instant } from "../../core/model/issue";
import { refKey, type Repository } from "../../core/model/issueRef";
import type { Clock, Log } from "../../core/model/ports";
import { createPriorityQueue, type Priority } from "../../core/model/queues";
import { failed, ok, type Result } from "../../core/model/result";
import { accountAnswer, publicRepository, repositoryAnswer, type Shape } from "./answers";
import { failureOf, notGithubs, pauseAsked, readRefusal, type ResponseHead, type Subject } from "./githubFailure";

interface GithubApiParts {
  /** Web address, as in `https://github.com`. */
  readonly server: string;
  /** The token, or nothing when nobody is signed in; asked before each request. */
  readonly token: () => Promise<string | undefined>;
  readonly clock: Clock;
  readonly log: Log;
  readonly fetch?: typeof globalThis.fetch;
  /** Milliseconds between the beginnings of two writes. */
  readonly spacing?: number;
  /** Milliseconds after which a request without an answer is given up. */
  readonly timeoutMilliseconds?: number;
}

/** An answer, or that nothing has changed since the one the request named. */
export type Answer<T> = { readonly kind: "changed"; readonly data: T; readonly etag?: string; readonly next?: string } | { readonly kind: "same" };

/** What a request adds to its parameters. */
interface Extras {
  readonly request: { readonly signal: AbortSignal; readonly fetch: typeof globalThis.fetch };
}

/** As octokit gives it. */
interface Response {
  readonly data: unknown;
  readonly status: number;
  readonly headers: { readonly etag?: string | undefined; readonly link?: string | undefined };
}

export type Call = (octokit: Octokit, extras: Extras) => Promise<Response>;

/**
 * Requests of one account: failures are values, writes are spaced and never repeated, and a pause the server asks for is kept.
 * An answer that has not the shape it must have, such as a proxy's page, is none.
 */
export interface GithubApi {
  readonly server: string;
  /** Whose token it is. */
  login(): Promise<Result<string>>;
  read<T>(subject: Subject, shape: Shape<T>, call: Call): Promise<Result<Answer<T>>>;
  /** Writes when it is this write's turn. */
  write<T>(subject: Subject, shape: Shape<T>, call: Call, priority?: Priority): Promise<Result<T>>;
  /** Runs a job when it is its turn to write, so that what it reads first is not old when it writes. */
  inTurn<T>(job: (writer: Writer) => Promise<Result<T>>, priority?: Priority): Promise<Result<T>>;
  /** Until when nothing is sent. */
  limitedUntil(): Instant | undefined;
}

/** Writes at once, for whoever has the turn. */
export interface Writer {
  /** The same, with what names the state that it led to. */
  writeTagged<T>(subject: Subject, shape: Shape<T>, call: Call): Promise<Result<Tagged<T>>>;
  write<T>(subject: Subject, shape: Shape<T>, call: Call): Promise<Result<T>>;
}

interface Tagged<T> {
  readonly data: T;
  readonly etag?: string;
}

/** Where the server takes requests: github.com and GHE.com have a host of their own for that, others a path. */
export function apiAddress(server: string): string {
  if (server === "https://github.com") return "https://api.github.com";
  const tenant = /^https:\/\/([\w-]+)\.ghe\.com$/.exec(server)?.[1];
  return tenant === undefined ? `${server}/api/v3` : `https://api.${tenant}.ghe.com`;
}

/** The version of the API whose answers are read here; GitHub serves it until 2028 at least. */
const apiVersion = "2022-11-28";

/** Whether everybody may read a repository, asked of the server without a token; where it does not say so, the answer is no. */
export async function isPublic(server: string, repository: Repository, fetch: typeof globalThis.fetch = globalThis.fetch): Promise<boolean> {
  const { owner, repo } = ownerAndName(repository);
  try {
    const answer = await fetch(`${apiAddress(server)}/repos/${encodeURIComponent(owner)}/${encodeURIComponent(repo)}`, { headers: { accept: "application/vnd.github+json", "x-github-api-version": apiVersion }, credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(5000) });
    const data: unknown = answer.ok ? await answer.json() : undefined;
    return v.is(publicRepository, data);
  } catch {
    return false;
  }
}

/** Nothing is sent before the first call. */
export function githubApi({ server, token, clock, log, fetch, spacing = 1000, timeoutMilliseconds = 30_000 }: GithubApiParts): GithubApi {
  const queue = createPriorityQueue(clock, spacing);
  const silent = (): void => undefined;
  const quiet = { debug: silent, info: silent, warn: silent, error: silent };
  let limited: Instant | undefined;
  let unexplained = 0;

  async function send<T>(subject: Subject, shape: Shape<T>, call: Call): Promise<Result<Answer<T>>> {
    const secret = await token();
    if (secret === undefined) return failed({ kind: "signedOut", server, reason: "nobody" });
    const until = limitedUntil();
    if (until !== undefined) return failed({ kind: "limited", server, until });
    const octokit = new Octokit({ auth: secret, baseUrl: apiAddress(server), log: quiet, userAgent: "response-desk" });
    octokit.hook.before("request", ({ headers }) => void (headers["x-github-api-version"] = apiVersion));
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), timeoutMilliseconds);
    let responseHead: ResponseHead | undefined;
    // A browser would answer from its own cache for a minute, and what is written on top of that undoes what others wrote.
    const uncached: typeof globalThis.fetch = async (input, init) => {
      const response = await (fetch ?? globalThis.fetch)(input, { ...init, cache: "no-store" });
      responseHead = { status: response.status, headers: Object.fromEntries(response.headers), conditional: new Headers(init?.headers).has("if-none-match") };
      return response;
    };
    try {
      const { data, status, headers } = await call(octokit, { request: { signal: abort.signal, fetch: uncached } });
      unexplained = 0;
      const { output, success } = v.safeParse(shape, status === 204 ? undefined : data);
      if (!success) {
        const failure = notGithubs(status, data, server);
        noteInLog(subject, `${status} with another answer than GitHub's`, failure);
        return failed(failure);
      }
      const next = /<([^>]+)>;\s*rel="next"/.exec(headers.link ?? "")?.[1];
      return ok({ kind: "changed", data: output, ...(headers.etag === undefined ? {} : { etag: headers.etag }), ...(next === undefined ? {} : { next }) });
    } catch (error) {
      const refusal = readRefusal(error, responseHead);
      if (refusal?.status === 304 && responseHead?.conditional === true) return ok({ kind: "same" });
      const failure = refusal === undefined ? { kind: "offline" as const, server } : understood(refusal, subject);
      noteInLog(subject, refusal === undefined ? "no answer" : String(refusal.status), failure);
      return failure.kind === "notFound" ? findMissing(subject) : failed(failure);
    } finally {
      clearTimeout(timer);
    }
  }

  function noteInLog({ ref, repository = "" }: Subject, what: string, { kind }: { readonly kind: string }): void {
    log.info(`${server} ${ref === undefined ? repository : refKey(ref)}: ${what}, ${kind}`);
  }

  function understood(refusal: NonNullable<ReturnType<typeof readRefusal>>, subject: Subject): RemoteFailure | { readonly kind: "notFound" } {
    const now = millisecondsOf(clock.now());
    const pause = pauseAsked(refusal, now);
    if (pause === undefined) return failureOf(refusal, server, subject);
    if (pause.milliseconds === undefined) unexplained += 1;
    const until = instantAt(now + (pause.milliseconds ?? Math.min(60_000 * 2 ** (unexplained - 1), 900_000)));
    // Searching has a small limit of its own, which keeps nothing else from being sent.
    if (refusal.headers["x-ratelimit-resource"] !== "search") limited = until;
    return { kind: "limited", server, until };
  }

  /** What was not found: the issue, or the whole repository. */
  async function findMissing({ repository = "", ref }: Subject): Promise<Result<never>> {
    if (ref === undefined) return failed({ kind: "noRepository", repository });
    const found = await send({ repository }, repositoryAnswer, (octokit, extras) => octokit.rest.repos.get({ ...ownerAndName(repository), ...extras }));
    return found.kind === "failed" ? found : failed({ kind: "gone", ref });
  }

  function limitedUntil(): Instant | undefined {
    if (limited !== undefined && millisecondsOf(limited) <= millisecondsOf(clock.now())) limited = undefined;
    return limited;
  }

  const writer: Writer = {
    async write(subject, shape, call) {
      const result = await writer.writeTagged(subject, shape, call);
      return result.kind === "failed" ? result : ok(result.value.data);
    },
    async writeTagged(subject, shape, call) {
      const result = await send(subject, shape, call);
      if (result.kind === "failed") return result;
      // Only a request that names what it knows is answered so, and no write does.
      if (result.value.kind === "same") throw new Error("A write was answered as unchanged");
      const { data, etag } = result.value;
      return ok({ data, ...(etag === undefined ? {} : { etag }) });
    },
  };

  return {
    server,
    limitedUntil,
    read: send,
    write: (subject, shape, call, priority = "foreground") => queue(priority, () => writer.write(subject, shape, call)),
    inTurn: (job, priority = "foreground") => queue(priority, () => job(writer)),
    async login() {
      const answer = await send({}, accountAnswer, (octokit, extras) => octokit.rest.users.getAuthenticated({ ...extras }));
      if (answer.kind === "failed") return answer;
      if (answer.value.kind === "same") throw new Error("An unconditional request was answered as unchanged");
      return ok(answer.value.data.login);
    },
  };
}

/** Parameters with which a request is answered only if what it asks for is no longer as the ETag names it. */
export function ifChanged(etag: string | undefined): { readonly headers?: { readonly "if-none-match": string } } {
  return etag === undefined ? {} : { headers: { "if-none-match": etag } };
}

/** The two parts of a repository's name, as the API wants them. */
export function ownerAndName(repository: string): { readonly owner: string; readonly repo: string } {
  const [owner = "", ...name] = repository.split("/");
  return { owner, repo: name.join("/") };
}
