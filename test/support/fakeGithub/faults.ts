/** What a request looks like to a fault: `path` is below `/api/v3`, with its query. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly login?: string;
}

/** Something that goes wrong with the next `times` (one unless told) requests that match. */
export interface Fault {
  readonly match: (request: Seen) => boolean;
  readonly times?: number;
  readonly do: FaultKind;
}

export type FaultKind =
  /** The connection is cut and nothing happened. */
  | { readonly kind: "dropBefore" }
  /** It happened, and the connection is cut instead of the answer. */
  | { readonly kind: "dropAfter" }
  /** It happened, and the connection is cut in the middle of the answer. */
  | { readonly kind: "cut" }
  /** Another answer; with `after` it happened nevertheless. A `page` is a text of a type of its own, as a proxy or a sign-on page sends it. */
  | { readonly kind: "status"; readonly status: number; readonly after?: boolean; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>>; readonly page?: Page }
  /** The answer comes late; it happened at once. */
  | { readonly kind: "slow"; readonly ms: number }
  /** It happened never, and no answer comes. */
  | { readonly kind: "hang" }
  /** Lists of issues and searches do not show what happened in the last milliseconds. */
  | { readonly kind: "stale"; readonly ms: number }
  /** These fields are ignored, and the answer says nothing of it. */
  | { readonly kind: "silent"; readonly drop: readonly ("labels" | "assignees" | "type")[] };

/** A body that is sent as it is; without a type, none is named. */
export interface Page {
  readonly type?: string;
  readonly text: string;
}

export interface Faults {
  arm(fault: Fault): void;
  clear(): void;
  /** The fault for this request, which uses it up once. */
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
