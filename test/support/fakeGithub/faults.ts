/** A request as matched by faults. `path` is relative to `/api/v3`, with its query. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly login?: string;
}

/** A fault of the next matching requests. `times` is one by default. */
export interface Fault {
  readonly match: (request: Seen) => boolean;
  readonly times?: number;
  readonly do: FaultKind;
}

export type FaultKind =
  /** The connection is cut, and nothing happened. */
  | { readonly kind: "dropBefore" }
  /** The request had its effect, and the connection is cut instead of the response. */
  | { readonly kind: "dropAfter" }
  /** The request had its effect, and the connection is cut in the middle of the response. */
  | { readonly kind: "cut" }
  /** Another response. With `after`, the request still had its effect. A `page` has its own content type, as from a proxy or sign-on page. */
  | { readonly kind: "status"; readonly status: number; readonly after?: boolean; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>>; readonly page?: Page }
  /** The response is late, but the effect is immediate. */
  | { readonly kind: "slow"; readonly ms: number }
  /** The request has no effect and no response. */
  | { readonly kind: "hang" }
  /** Lists of issues and searches do not show changes of the last milliseconds. */
  | { readonly kind: "stale"; readonly ms: number }
  /** These fields are ignored silently. */
  | { readonly kind: "silent"; readonly drop: readonly ("labels" | "assignees" | "type")[] };

/** A body that is sent unchanged. Without a type, no content type is sent. */
export interface Page {
  readonly type?: string;
  readonly text: string;
}

export interface Faults {
  arm(fault: Fault): void;
  clear(): void;
  /** Returns the fault for this request and counts it as used. */
  take(request: Seen): FaultKind | undefined;
}

export function createFaults(): Faults {
  let armed: { readonly fault: Fault; left: number }[] = [];
  return {
    arm: fault => { armed.push({ fault, left: fault.times ?? 1 }); },
    clear: () => { armed = []; },
    take: request => {
      const found = armed.find(({ fault, left }) => left > 0 && fault.match(request));
      if (found === undefined) return undefined;
      found.left -= 1;
      return found.fault.do;
    },
  };
}
