import { Octokit } from "@octokit/rest";
import type { RemoteFailure } from "../../core/failure";
import { instantAt, millisecondsOf } from "../../core/instantTime";
import type { Instant } from "../../core/issue/issue";
import { refKey, type Repository } from "../../core/issue/issueRef";
import { isRecord } from "../../core/isRecord";
import type { Clock, Log } from "../../core/ports";
import { failed, ok, type Result } from "../../core/result";
import { failureOf, pauseAsked, readRefusal, type Subject } from "./githubFailure";
import { writeQueue, type Priority } from "./writeQueue";

export interface GithubApiParts {
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
  readonly patience?: number;
}

/** An answer, or that nothing has changed since the one the request named. */
export type Answer<T> = { readonly kind: "changed"; readonly data: T; readonly etag?: string; readonly next?: string } | { readonly kind: "same" };

/** What a request adds to its parameters. */
export interface Extras {
  readonly request: { readonly signal: AbortSignal; readonly fetch: typeof globalThis.fetch };
}

/** As octokit gives it. */
interface Response<T> {
  readonly data: T;
  readonly headers: { readonly etag?: string | undefined; readonly link?: string | undefined; readonly "content-type"?: string | undefined };
}

export type Call<T> = (octokit: Octokit, extras: Extras) => Promise<Response<T>>;

/** Requests of one account: failures are values, writes are spaced and never repeated, and a pause the server asks for is kept. */
export interface GithubApi {
  readonly server: string;
  /** Whose token it is. */
  login(): Promise<Result<string>>;
  read<T>(subject: Subject, call: Call<T>): Promise<Result<Answer<T>>>;
  /** Writes when it is this write's turn. */
  write<T>(subject: Subject, call: Call<T>, priority?: Priority): Promise<Result<T>>;
  /** Runs a job when it is its turn to write, so that what it reads first is not old when it writes. */
  inTurn<T>(job: (writer: Writer) => Promise<Result<T>>, priority?: Priority): Promise<Result<T>>;
  /** Until when nothing is sent. */
  limitedUntil(): Instant | undefined;
}

/** Writes at once, for whoever has the turn. */
export interface Writer {
  write<T>(subject: Subject, call: Call<T>): Promise<Result<T>>;
}

/** Where the server takes requests: github.com and GHE.com have a host of their own for that, others a path. */
export function apiAddress(server: string): string {
  if (server === "https://github.com") return "https://api.github.com";
  const tenant = /^https:\/\/([\w-]+)\.ghe\.com$/.exec(server)?.[1];
  return tenant === undefined ? `${server}/api/v3` : `https://api.${tenant}.ghe.com`;
}

/** Whether everybody may read a repository, asked of the server without a token; where it does not say so, the answer is no. */
export async function isPublic(server: string, repository: Repository, fetch: typeof globalThis.fetch = globalThis.fetch): Promise<boolean> {
  const { owner, repo } = ownerAndName(repository);
  try {
    const answer = await fetch(`${apiAddress(server)}/repos/${encodeURIComponent(owner)}/${encodeURIComponent(repo)}`, { headers: { accept: "application/vnd.github+json" }, credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(5000) });
    const data: unknown = answer.ok ? await answer.json() : undefined;
    return isRecord(data) && data["private"] === false && (data["visibility"] ?? "public") === "public";
  } catch {
    return false;
  }
}

/** Nothing is sent before the first call. */
export function githubApi({ server, token, clock, log, fetch, spacing = 1000, patience = 30_000 }: GithubApiParts): GithubApi {
  const queue = writeQueue(clock, spacing, log);
  const silent = (): void => undefined;
  // A browser would answer from its own cache for a minute, and what is written on top of that undoes what others wrote.
  const uncached: typeof globalThis.fetch = (input, init) => (fetch ?? globalThis.fetch)(input, { ...init, cache: "no-store" });
  const quiet = { debug: silent, info: silent, warn: silent, error: silent };
  let limited: Instant | undefined;
  let unexplained = 0;

  async function send<T>(subject: Subject, call: Call<T>): Promise<Result<Answer<T>>> {
    const secret = await token();
    if (secret === undefined) return failed({ kind: "signedOut", server, reason: "nobody" });
    const until = limitedUntil();
    if (until !== undefined) return failed({ kind: "limited", server, until });
    const octokit = new Octokit({ auth: secret, baseUrl: apiAddress(server), log: quiet, userAgent: "response-desk" });
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), patience);
    try {
      const { data, headers } = await call(octokit, { request: { signal: abort.signal, fetch: uncached } });
      unexplained = 0;
      if (wasCut(data, headers)) {
        log.info(`${server} ${subject.repository ?? ""}: an answer was cut short`);
        return failed({ kind: "offline", server });
      }
      const next = /<([^>]+)>;\s*rel="next"/.exec(headers.link ?? "")?.[1];
      return ok({ kind: "changed", data, ...(headers.etag === undefined ? {} : { etag: headers.etag }), ...(next === undefined ? {} : { next }) });
    } catch (error) {
      const refusal = readRefusal(error);
      if (refusal?.status === 304) return ok({ kind: "same" });
      const failure = refusal === undefined ? { kind: "offline" as const, server } : understood(refusal, subject);
      log.info(`${server} ${subject.ref === undefined ? (subject.repository ?? "") : refKey(subject.ref)}: ${refusal?.status ?? "no answer"}, ${failure.kind}`);
      return failure.kind === "notFound" ? lookFor(subject) : failed(failure);
    } finally {
      clearTimeout(timer);
    }
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
  async function lookFor({ repository = "", ref }: Subject): Promise<Result<never>> {
    if (ref === undefined) return failed({ kind: "noRepository", repository });
    const found = await send({ repository }, (octokit, extras) => octokit.rest.repos.get({ ...ownerAndName(repository), ...extras }));
    return found.kind === "failed" ? found : failed({ kind: "gone", ref });
  }

  function limitedUntil(): Instant | undefined {
    if (limited !== undefined && millisecondsOf(limited) <= millisecondsOf(clock.now())) limited = undefined;
    return limited;
  }

  const writer: Writer = {
    async write(subject, call) {
      const result = await send(subject, call);
      if (result.kind === "failed") return result;
      // Only a request that names what it knows can be answered so, and no write does.
      if (result.value.kind === "same") throw new Error("A write was answered as unchanged");
      return ok(result.value.data);
    },
  };

  return {
    server,
    limitedUntil,
    read: send,
    write: (subject, call, priority = "waitedFor") => queue.run(priority, () => writer.write(subject, call)),
    inTurn: (job, priority = "waitedFor") => queue.run(priority, () => job(writer)),
    async login() {
      const answer = await send({}, (octokit, extras) => octokit.rest.users.getAuthenticated({ ...extras }));
      if (answer.kind === "failed") return answer;
      if (answer.value.kind === "same") throw new Error("An unconditional request was answered as unchanged");
      return ok(answer.value.data.login);
    },
  };
}

/** Whether the connection was lost while the answer came: the client gives what it has as a text, and takes it for success. */
function wasCut(data: unknown, headers: Response<unknown>["headers"]): boolean {
  return data === undefined || (typeof data === "string" && headers["content-type"]?.startsWith("application/json") === true);
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
