import type { IssueSnapshot } from "./issue";
import type { PendingOperation } from "./operation";
import { withPending } from "./withPending";

interface Parts {
  readonly snapshot: IssueSnapshot;
  readonly pending: readonly PendingOperation[];
}

/** What is to be shown of what is known now, worked out once for each state: every view and every row asks for it. */
export function withPendingOnce(now: () => Parts | undefined): () => IssueSnapshot | undefined {
  let last: (Parts & { readonly shown: IssueSnapshot }) | undefined;
  return () => {
    const parts = now();
    if (parts === undefined) return undefined;
    const { snapshot, pending } = parts;
    const same = last?.snapshot === snapshot && last.pending.length === pending.length && pending.every((each, index) => each === last?.pending[index]);
    if (last === undefined || !same) last = { ...parts, shown: withPending(snapshot, pending) };
    return last.shown;
  };
}
