import { Octokit } from "@octokit/rest";
import * as v from "valibot";
import type { RemoteFailure } from "../../core/model/failure";
import { instantAt, millisecondsOf } from "../../core/model/instant";
import type { Instant } from "../../core/model/issue";
import { refKey, type Repository } from "../../core/model/issueRef";
import type { Clock, Log } from "../../core/model/ports";
import { createPriorityQueue, type Priority } from "../../core/model/queues";
import { failed, ok, type Result } from "../../core/model/result";
import { accountResponse, publicRepository, repositoryResponse, type Shape } from "./responses";
import { failureOf, notGithubs, rateLimitOf, readRefusal, type ResponseHead, type Subject } from "./githubFailure";

interface GithubApiParts {
  /** Web address, such as `https://github.com`. */
  readonly server: string;
  /** The token, or `undefined` when nobody is signed in. Requested before each request. */
  readonly token: () => Promise<string | undefined>;
  readonly clock: Clock;
  readonly log: Log;
  readonly fetch?: typeof globalThis.fetch;
  /** Minimum time between the starts of two writes, in milliseconds. */
  readonly spacing?: number;
  /** Timeout of a request in milliseconds. */
  readonly timeoutMilliseconds?: number;
}

/** A response, or the information that nothing has changed since the ETag in the request. */
export type ApiResult<T> = { readonly kind: "changed"; readonly data: T; readonly etag?: string; readonly next?: string } | { readonly kind: "same" };

/** Additional parameters of a request. */
interface Extras {
  readonly request: { readonly signal: AbortSignal; readonly fetch: typeof globalThis.fetch };
}

/** The type of Octokit's responses. */
interface Response {
  readonly data: unknown;
  readonly status: number;
  readonly headers: { readonly etag?: string | undefined; readonly link?: string | undefined };
}

export type Call = (octokit: Octokit, extras: Extras) => Promise<Response>;

/**
 * Requests of one account. Failures are values, writes are spaced and never repeated, and rate limits are respected. A response
 * with an unexpected schema, such as a proxy's page, is a failure.
 */
export interface GithubApi {
  readonly server: string;
  /** The login that the token belongs to. */
  login(): Promise<Result<string>>;
  read<T>(subject: Subject, shape: Shape<T>, call: Call): Promise<Result<ApiResult<T>>>;
  /** Queues a write. */
  write<T>(subject: Subject, shape: Shape<T>, call: Call, priority?: Priority): Promise<Result<T>>;
  /** Queues a job with a read before its write, so that the data is fresh when it writes. */
  inTurn<T>(job: (writer: Writer) => Promise<Result<T>>, priority?: Priority): Promise<Result<T>>;
  /** Until when no requests are sent because of a rate limit. */
  limitedUntil(): Instant | undefined;
}

/** Writes immediately. For jobs that already have their turn in the queue. */
export interface Writer {
  /** Like `write`, and returns the ETag of the resulting state. */
  writeTagged<T>(subject: Subject, shape: Shape<T>, call: Call): Promise<Result<Tagged<T>>>;
  write<T>(subject: Subject, shape: Shape<T>, call: Call): Promise<Result<T>>;
}

interface Tagged<T> {
  readonly data: T;
  readonly etag?: string;
}

/** The API address of a server: github.com and GHE.com have a separate host, other servers a path. */
export function apiAddress(server: string): string {
  if (server === "https://github.com") return "https://api.github.com";
  const tenant = /^https:\/\/([\w-]+)\.ghe\.com$/.exec(server)?.[1];
  return tenant === undefined ? `${server}/api/v3` : `https://api.${tenant}.ghe.com`;
}

/** The version of the API that is used. GitHub supports it at least until 2028. */
const apiVersion = "2022-11-28";

/** Whether everybody can read a repository, requested without a token. False if the server does not confirm it. */
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

/** Creates the API client. Nothing is sent before the first call. */
export function githubApi({ server, token, clock, log, fetch, spacing = 1000, timeoutMilliseconds = 30_000 }: GithubApiParts): GithubApi {
  const queue = createPriorityQueue(clock, spacing);
  const silent = (): void => undefined;
  const quiet = { debug: silent, info: silent, warn: silent, error: silent };
  let limited: Instant | undefined;
  let unexplained = 0;

  async function send<T>(subject: Subject, shape: Shape<T>, call: Call): Promise<Result<ApiResult<T>>> {
    const secret = await token();
    if (secret === undefined) return failed({ kind: "signedOut", server, reason: "nobody" });
    const until = limitedUntil();
    if (until !== undefined) return failed({ kind: "limited", server, until });
    const octokit = new Octokit({ auth: secret, baseUrl: apiAddress(server), log: quiet, userAgent: "response-desk" });
    octokit.hook.before("request", ({ headers }) => void (headers["x-github-api-version"] = apiVersion));
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), timeoutMilliseconds);
    let responseHead: ResponseHead | undefined;
    // A browser would return cached responses for a minute. A write based on them would undo changes by others.
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
    const pause = rateLimitOf(refusal, now);
    if (pause === undefined) return failureOf(refusal, server, subject);
    if (pause.milliseconds === undefined) unexplained += 1;
    const until = instantAt(now + (pause.milliseconds ?? Math.min(60_000 * 2 ** (unexplained - 1), 900_000)));
    // The search limit is separate and does not block other requests.
    if (refusal.headers["x-ratelimit-resource"] !== "search") limited = until;
    return { kind: "limited", server, until };
  }

  /** Finds out whether the issue or the whole repository was not found. */
  async function findMissing({ repository = "", ref }: Subject): Promise<Result<never>> {
    if (ref === undefined) return failed({ kind: "noRepository", repository });
    const found = await send({ repository }, repositoryResponse, (octokit, extras) => octokit.rest.repos.get({ ...ownerAndName(repository), ...extras }));
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
      // Only conditional requests are answered like this, and writes are not conditional.
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
      const answer = await send({}, accountResponse, (octokit, extras) => octokit.rest.users.getAuthenticated({ ...extras }));
      if (answer.kind === "failed") return answer;
      if (answer.value.kind === "same") throw new Error("An unconditional request was answered as unchanged");
      return ok(answer.value.data.login);
    },
  };
}

/** Parameters of a conditional request, which is answered only if the resource no longer matches the ETag. */
export function ifChanged(etag: string | undefined): { readonly headers?: { readonly "if-none-match": string } } {
  return etag === undefined ? {} : { headers: { "if-none-match": etag } };
}

/** Splits a repository into the parameters of the API. */
export function ownerAndName(repository: string): { readonly owner: string; readonly repo: string } {
  const [owner = "", ...name] = repository.split("/");
  return { owner, repo: name.join("/") };
}
