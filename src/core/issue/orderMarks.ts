import { compareInstants, justAfter } from "./compareInstants";
import type { Instant } from "./issue";
import { refKey } from "./issueRef";
import type { Operation } from "./operation";

/**
 * A function that gives each mark who made it and when, and each of several marks that one person makes on a run within
 * a second an instant after the one before, so that the last click is the one that counts.
 */
export function orderMarks(): (operation: Operation, by: string, now: Instant) => Operation {
  const last = new Map<string, Instant>();
  return (operation, by, now) => {
    if (operation.kind !== "edit") return operation;
    const { change } = operation;
    if (change.kind !== "markStep" && change.kind !== "choose") return operation;
    const run = `${refKey(operation.ref)} ${change.run}`;
    const asked = change.mark.at ?? now;
    const before = last.get(run);
    const clash = before !== undefined && asked.slice(0, 19) === before.slice(0, 19) && compareInstants(asked, before) <= 0;
    const at = clash ? justAfter(before) : asked;
    if (before === undefined || compareInstants(at, before) > 0) last.set(run, at);
    return { ...operation, change: { ...change, mark: { by, ...change.mark, at } } };
  };
}
