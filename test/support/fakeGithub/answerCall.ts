import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { type Answer, type Call, Refusal, refusal } from "./exchange";
import type { FaultKind, Faults, Seen } from "./faults";
import type { Limits } from "./limits";
import { type Desk, findRoute, type Route } from "./route";
import { resourceOf } from "./searchRoutes";
import { stamp } from "./shapes";
import type { Token } from "./world";

/** What an answer is made with. */
export interface Exchange {
  readonly desk: Desk;
  readonly routes: readonly Route[];
  readonly limits: Limits;
  readonly faults: Faults;
  readonly violations: string[];
  readonly latency: () => number;
}

/** The answer to one request, after the faults armed for it; `drop` cuts the connection, `hang` leaves it open. */
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
  return fault?.kind === "status" ? faulty(fault) : answer;
}

function faulty({ status, body, headers }: Extract<FaultKind, { kind: "status" }>): Answer {
  return { status, body: body ?? { message: "Something went wrong." }, ...headers === undefined ? {} : { headers } };
}

function perform(exchange: Exchange, seen: Seen, headers: IncomingHttpHeaders, text: string, token: Token | undefined, fault: FaultKind | undefined): Answer {
  const { desk, limits } = exchange;
  const address = new URL(seen.path === "" ? "/" : seen.path, "http://fake");
  const path = namedPath(desk, address.pathname);
  const resource = resourceOf({ path });
  const login = token?.user.login;
  try {
    if (headers.authorization !== undefined && token === undefined) throw refusal(401, "Bad credentials");
    const free = path === "/rate_limit";
    if (login !== undefined && !free) limits.check(login, resource, seen.method !== "GET");
    if (headers["if-match"] !== undefined && seen.method !== "GET") throw refusal(400, "Conditional request headers are not allowed in unsafe requests unless supported by the endpoint");
    const call: Call = {
      method: seen.method, path, query: address.searchParams, body: readBody(text), ...token === undefined ? {} : { token },
      drop: fault?.kind === "silent" ? fault.drop : [], staleness: fault?.kind === "stale" ? fault.ms : 0,
    };
    const found = findRoute(exchange.routes, seen.method, path);
    if (found === undefined) throw refusal(404, "Not Found");
    const answer = found.route.handle(desk, call, found.params);
    const etag = answer.status === 200 || answer.status === 201 ? tagOf(answer, token) : undefined;
    if (etag !== undefined && seen.method === "GET" && headers["if-none-match"]?.split(/,\s*/).some(one => one.replace(/^W\//, "") === etag.replace(/^W\//, "")) === true) {
      return { status: 304, headers: common(exchange, token, resource, { ETag: etag }) };
    }
    if (login !== undefined && !free) limits.spend(login, resource);
    return { ...answer, headers: common(exchange, token, resource, { ...etag === undefined ? {} : { ETag: etag }, ...answer.headers }) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...error.answer, headers: common(exchange, token, resource, error.answer.headers ?? {}) };
  }
}

function common({ desk, limits }: Exchange, token: Token | undefined, resource: "core" | "search", more: Readonly<Record<string, string>>): Record<string, string> {
  return {
    "Date": new Date(desk.world.now()).toUTCString(), "X-GitHub-Media-Type": "github.v3; format=json", "X-GitHub-Request-Id": stamp(desk.world.now()), "Cache-Control": "private, max-age=60, s-maxage=60",
    "Vary": "Accept, Authorization, Cookie, X-GitHub-OTP",
    ...token === undefined ? {} : limits.headers(token.user.login, resource),
    ...token?.scopes === undefined ? {} : { "X-OAuth-Scopes": token.scopes.join(", "), "X-Accepted-OAuth-Scopes": "repo" },
    ...more,
  };
}

/** The answer's mark: weak, and another one for every token. */
function tagOf({ body }: Answer, token: Token | undefined): string {
  return `W/"${createHash("sha256").update(`${token?.text ?? ""}\n${JSON.stringify(body)}`).digest("hex")}"`;
}

/** A path that names a repository by its id, as links to further pages do, by name. */
function namedPath(desk: Desk, path: string): string {
  const found = /^\/repositories\/(\d+)(\/.*)?$/.exec(path);
  const repository = found === null ? undefined : desk.world.repositories.get(Number(found[1]));
  return repository === undefined ? path : `/repos/${repository.fullName}${found?.[2] ?? ""}`;
}

function readBody(text: string): Readonly<Record<string, unknown>> {
  if (text === "") return {};
  try {
    const body: unknown = JSON.parse(text);
    if (Array.isArray(body)) return { labels: body };
    if (typeof body === "object" && body !== null) return Object.fromEntries(Object.entries(body));
  } catch {
    throw refusal(400, "Problems parsing JSON");
  }
  throw refusal(400, "Body should be a JSON object");
}
