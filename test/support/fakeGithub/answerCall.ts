import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Description } from "./description";
import { type Answer, Refusal, refusal } from "./exchange";
import type { FaultKind, Faults, Seen } from "./faults";
import { errorsOf } from "./graphql";
import type { Limits, Resource } from "./limits";
import { type Desk, findRoute, type Route } from "./route";
import { resourceOf } from "./searchRoutes";
import { stamp } from "./shapes";
import type { Token } from "./world";

/** Dependencies for answering requests. */
export interface Exchange {
  readonly desk: Desk;
  readonly routes: readonly Route[];
  readonly limits: Limits;
  readonly faults: Faults;
  /** Absent if requests and responses are not checked against GitHub's description. */
  readonly description?: Description;
  readonly violations: string[];
  readonly latency: () => number;
}

/** The versions of the API that GitHub supports. */
const versions = ["2022-11-28", "2026-03-10"];

/** The response to one request, after its faults. `drop` cuts the connection, and `hang` leaves it open. */
export async function answerCall(exchange: Exchange, seen: Seen, headers: IncomingHttpHeaders, text: string, token: Token | undefined): Promise<Answer | "drop" | "hang"> {
  const fault = exchange.faults.take(seen);
  if (fault?.kind === "hang") return "hang";
  const latency = exchange.latency();
  if (latency > 0) await delay(latency / 2);
  if (fault?.kind === "dropBefore") return "drop";
  const answer = fault?.kind === "status" && fault.after !== true ? faulty(fault) : perform(exchange, seen, headers, text, token, fault);
  if (latency > 0) await delay(latency / 2);
  if (fault?.kind === "slow") await delay(fault.ms);
  if (fault?.kind === "dropAfter") return "drop";
  if (fault?.kind === "cut") return { ...answer, cut: true };
  return fault?.kind === "status" ? faulty(fault) : answer;
}

function faulty({ status, body, headers, page }: Extract<FaultKind, { kind: "status" }>): Answer {
  return { status, body: body ?? { message: "Something went wrong." }, ...headers === undefined ? {} : { headers }, ...page === undefined ? {} : { page } };
}

function perform(exchange: Exchange, seen: Seen, headers: IncomingHttpHeaders, text: string, token: Token | undefined, fault: FaultKind | undefined): Answer {
  const address = new URL(seen.path === "" ? "/" : seen.path, "http://fake");
  const path = namedPath(exchange.desk, address.pathname);
  const found = findRoute(exchange.routes, seen.method, path);
  const resource = resourceOf({ path });
  try {
    const body = readBody(text);
    const wrong = found === undefined
      ? ["is no operation this fake knows"]
      : found.route.ofEditor === true || found.route.isUnchecked === true ? [] : exchange.description?.request(seen.method, found.route.template, { query: address.searchParams, body, byId: path !== address.pathname }) ?? [];
    if (wrong.length > 0 && exchange.description !== undefined) return violation(exchange, seen, wrong);
    const version = headers["x-github-api-version"];
    if (version !== undefined && !versions.includes(String(version))) throw refusal(400, `"${String(version)}" is not a supported API version.`);
    if (headers.authorization !== undefined && token === undefined) throw refusal(401, "Bad credentials");
    const answer = allowed(exchange, seen, headers, token, resource, path !== "/rate_limit", () => {
      if (found === undefined) throw refusal(404, "Not Found");
      return found.route.handle(exchange.desk, {
        method: seen.method, path, query: address.searchParams, body: fields(body), ...token === undefined ? {} : { token },
        drop: fault?.kind === "silent" ? fault.drop : [], staleness: fault?.kind === "stale" ? fault.ms : 0,
      }, found.params);
    });
    return checked(exchange, seen, found?.route, answer);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return checked(exchange, seen, found?.route, { ...error.answer, headers: common(exchange, token, resource, error.answer.headers ?? {}) });
  }
}

/** Applies the limits, and returns 304 if the client has the response already, which is free. */
function allowed(exchange: Exchange, seen: Seen, headers: IncomingHttpHeaders, token: Token | undefined, resource: Resource, counts: boolean, handle: () => Answer): Answer {
  const login = token?.user.login;
  if (login !== undefined && resource === "graphql" && exchange.limits.isSpent(login)) return { ...errorsOf("RATE_LIMITED", `API rate limit already exceeded for user ID ${login}.`), headers: common(exchange, token, resource, {}) };
  if (login !== undefined && counts) exchange.limits.check(login, resource, seen.method !== "GET");
  if (headers["if-match"] !== undefined && seen.method !== "GET") throw refusal(400, "Conditional request headers are not allowed in unsafe requests unless supported by the endpoint");
  const answer = handle();
  const etag = answer.status === 200 || answer.status === 201 ? tagOf(answer, token) : undefined;
  const marks = etag === undefined ? {} : { ETag: etag };
  if (etag !== undefined && seen.method === "GET" && headers["if-none-match"]?.split(/,\s*/).some(one => one.replace(/^W\//, "") === etag.replace(/^W\//, "")) === true) {
    return { status: 304, headers: common(exchange, token, resource, marks) };
  }
  if (login !== undefined && counts) exchange.limits.spend(login, resource);
  return { ...answer, headers: common(exchange, token, resource, { ...marks, ...answer.headers }) };
}

function checked(exchange: Exchange, seen: Seen, route: Route | undefined, answer: Answer): Answer {
  const wrong = route === undefined || route.ofEditor === true || route.isUnchecked === true ? [] : exchange.description?.answer(seen.method, route.template, answer.status, answer.body) ?? [];
  return wrong.length === 0 ? answer : violation(exchange, seen, wrong.map(one => `answer ${answer.status}: ${one}`));
}

/** A status that no client knows, with the reason, which `close` reports too. */
function violation(exchange: Exchange, { method, path }: Seen, wrong: readonly string[]): Answer {
  const message = `${method} ${path}: ${wrong.join("; ")}`;
  exchange.violations.push(message);
  return { status: 599, body: { message } };
}

function common({ desk, limits }: Exchange, token: Token | undefined, resource: Resource, more: Readonly<Record<string, string>>): Record<string, string> {
  return {
    "Date": new Date(desk.world.now()).toUTCString(), "X-GitHub-Media-Type": "github.v3; format=json", "X-GitHub-Request-Id": stamp(desk.world.now()), "Cache-Control": "private, max-age=60, s-maxage=60",
    "Vary": "Accept, Authorization, Cookie, X-GitHub-OTP",
    ...token === undefined ? {} : limits.headers(token.user.login, resource),
    ...token?.scopes === undefined ? {} : { "X-OAuth-Scopes": token.scopes.join(", "), "X-Accepted-OAuth-Scopes": "repo" },
    ...more,
  };
}

/** The response's ETag: weak, and different for each token. */
function tagOf({ body }: Answer, token: Token | undefined): string {
  return `W/"${createHash("sha256").update(`${token?.text ?? ""}\n${JSON.stringify(body)}`).digest("hex")}"`;
}

/** Replaces a repository id in the path, as in links to further pages, by the name. */
function namedPath(desk: Desk, path: string): string {
  const found = /^\/repositories\/(\d+)(\/.*)?$/.exec(path);
  const repository = found === null ? undefined : desk.world.repositories.get(Number(found[1]));
  return repository === undefined ? path : `/repos/${repository.fullName}${found?.[2] ?? ""}`;
}

function readBody(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw refusal(400, "Problems parsing JSON");
  }
}

/** A bare list contains labels, as on GitHub. */
function fields(body: unknown): Readonly<Record<string, unknown>> {
  if (body === undefined) return {};
  if (Array.isArray(body)) return { labels: body };
  if (typeof body === "object" && body !== null) return Object.fromEntries(Object.entries(body));
  throw refusal(400, "Body should be a JSON object");
}
