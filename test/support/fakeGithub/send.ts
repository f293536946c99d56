import type { ServerResponse } from "node:http";
import type { Answer } from "./exchange";

const exposed = "ETag, Link, Location, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Used, X-RateLimit-Resource, X-RateLimit-Reset, X-OAuth-Scopes, X-Accepted-OAuth-Scopes, X-Poll-Interval, X-GitHub-SSO, X-GitHub-Request-Id";

const preflight = {
  "Access-Control-Allow-Headers": "Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Unmodified-Since, Accept-Encoding, X-GitHub-Api-Version, X-Requested-With, User-Agent",
  "Access-Control-Allow-Methods": "GET, POST, PATCH, PUT, DELETE",
  "Access-Control-Max-Age": "86400",
};

/** Sends the response with headers that allow other origins to read it. */
export function send(response: ServerResponse, answer: Answer): void {
  const { status, headers, cut } = answer;
  const { text, type } = written(answer);
  response.writeHead(status, {
    // A browser repeats a request if a reused connection is cut, so each request has its own connection.
    "Connection": "close",
    "Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": exposed,
    ...text === undefined ? {} : { ...type === undefined ? {} : { "Content-Type": type }, "Content-Length": String(Buffer.byteLength(text)) },
    ...headers,
  });
  if (cut === true && text !== undefined) response.write(text.slice(0, text.length / 2), () => response.destroy());
  else response.end(text);
}

/** The text and content type of a response's body. */
export function written({ status, body, page }: Answer): { readonly text?: string; readonly type?: string } {
  if (status === 204 || status === 304) return {};
  return page ?? (body === undefined ? {} : { text: JSON.stringify(body), type: "application/json; charset=utf-8" });
}

/** Answers a browser's preflight request. */
export function sendPreflight(response: ServerResponse): void {
  send(response, { status: 204, headers: preflight });
}
