import type { Page } from "./faults";
import type { Token } from "./world";

/** A parsed request. `path` is relative to `/api/v3`, without its query. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  readonly token?: Token;
  /** Fields that a fault ignores silently. */
  readonly drop: readonly string[];
  /** Lists and search show the state of this many milliseconds ago. */
  readonly staleness: number;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent instead of the body. */
  readonly page?: Page;
  /** The connection is lost in the middle of it. */
  readonly cut?: boolean;
}

/** Ends a request with an error response. */
export class Refusal extends Error {
  constructor(readonly answer: Answer) {
    super(`${answer.status}`);
  }
}

const documentation = "https://docs.github.com/rest";

/** An error in GitHub's usual format. */
export function refusal(status: number, message: string, more: Readonly<Record<string, unknown>> = {}, headers: Readonly<Record<string, string>> = {}): Refusal {
  // Only 422 errors have their status in the headers alone.
  const body = { message, ...more, documentation_url: documentation, ...status === 422 ? {} : { status: String(status) } };
  return new Refusal({ status, body, headers });
}

/** A 422 error that names the invalid field. */
export function invalid(resource: string, field: string, code: string, message?: string): Refusal {
  const body = { message: "Validation Failed", errors: [{ resource, code, field, ...message === undefined ? {} : { message } }], documentation_url: documentation };
  return new Refusal({ status: 422, body });
}
