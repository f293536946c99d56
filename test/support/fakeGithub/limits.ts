import { refusal } from "./exchange";

/** Rejects further requests: by the hourly limit, or by the secondary limit. */
export type Limit =
  | { readonly kind: "primary"; readonly login?: string; /** Requests that still go through; none unless told. */ readonly remaining?: number; readonly resetIn?: number; /** Queries have a limit of their own. */ readonly resource?: "core" | "graphql" }
  | { readonly kind: "secondary"; readonly login?: string; readonly status?: 403 | 429; /** Seconds, for `Retry-After`; without it the header is missing. */ readonly retryAfter?: number; readonly writesOnly?: boolean };

export type Resource = "core" | "search" | "graphql";

const sizes = { graphql: { limit: 5000, seconds: 3600 }, core: { limit: 5000, seconds: 3600 }, search: { limit: 30, seconds: 60 } } as const;

interface Count { used: number; reset: number }

/** Counts what each person used of GitHub's rate limits, and rejects requests beyond them. */
export interface Limits {
  set(limit: Limit): void;
  clear(): void;
  /** Throws the refusal of a limit. Accepted requests count when `spend` is called. */
  /** Whether no query is left. */
  isSpent(login: string): boolean;
  check(login: string, resource: Resource, write: boolean): void;
  spend(login: string, resource: Resource): void;
  headers(login: string, resource: Resource): Record<string, string>;
  overview(login: string): { limit: number; used: number; remaining: number; reset: number }[];
}

export function createLimits(now: () => number): Limits {
  const counts = new Map<string, Count>();
  let set: Limit[] = [];

  const count = (login: string, resource: Resource): Count => {
    const key = `${resource} ${login}`;
    const known = counts.get(key);
    const seconds = Math.floor(now() / 1000);
    if (known !== undefined && known.reset > seconds) return known;
    const fresh = { used: 0, reset: seconds + sizes[resource].seconds };
    counts.set(key, fresh);
    return fresh;
  };
  const state = (login: string, resource: Resource) => {
    const { used, reset } = count(login, resource);
    const { limit } = sizes[resource];
    return { limit, used: Math.min(used, limit), remaining: Math.max(limit - used, 0), reset };
  };
  const headers: Limits["headers"] = (login, resource) => {
    const { limit, used, remaining, reset } = state(login, resource);
    return {
      "X-RateLimit-Limit": String(limit), "X-RateLimit-Remaining": String(remaining), "X-RateLimit-Used": String(used),
      "X-RateLimit-Reset": String(reset), "X-RateLimit-Resource": resource,
    };
  };

  return {
    set: limit => {
      set.push(limit);
      if (limit.kind !== "primary") return;
      const logins = limit.login === undefined ? [...new Set([...counts.keys()].map(key => key.split(" ")[1] ?? ""))] : [limit.login];
      for (const login of logins) arm(count(login, limit.resource ?? "core"), limit);
    },
    isSpent: login => state(login, "graphql").remaining === 0,
    clear: () => { set = []; counts.clear(); },
    check: (login, resource, write) => {
      const primary = set.find(limit => limit.kind === "primary" && limit.login === undefined && limit.resource !== "graphql");
      if (primary?.kind === "primary" && !counts.has(`core ${login}`)) arm(count(login, "core"), primary);
      if (state(login, resource).remaining === 0) {
        throw refusal(403, `API rate limit exceeded for user ID ${login}.`, {}, headers(login, resource));
      }
      const secondary = set.find(limit => limit.kind === "secondary" && (limit.login === undefined || limit.login === login) && (write || limit.writesOnly !== true));
      if (secondary?.kind !== "secondary") return;
      const message = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
      throw refusal(secondary.status ?? 403, message, {}, secondary.retryAfter === undefined ? {} : { "Retry-After": String(secondary.retryAfter) });
    },
    spend: (login, resource) => { count(login, resource).used += 1; },
    headers,
    overview: login => (["core", "search"] as const).map(resource => state(login, resource)),
  };

  function arm(counted: Count, { remaining = 0, resetIn }: { readonly remaining?: number; readonly resetIn?: number }): void {
    counted.used = sizes.core.limit - remaining;
    if (resetIn !== undefined) counted.reset = Math.floor(now() / 1000) + resetIn;
  }
}
