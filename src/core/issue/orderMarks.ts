import { compareInstants, justAfter } from "./compareInstants";
import type { Instant } from "./issue";
import { refKey, type IssueRef } from "./issueRef";
import type { Operation, SingleOperation } from "./operation";

/**
 * A function that gives each mark who made it and when, and each of several things that one person does at the steps of a
 * run within a second an instant after the one before, so that the last click is the one that counts.
 */
export function orderMarks(): (operation: Operation, by: string, now: Instant) => Operation {
  const last = new Map<string, Instant>();

  function inOrder(ref: IssueRef, run: string, asked: Instant): Instant {
    const name = `${refKey(ref)} ${run}`;
    const before = last.get(name);
    const clash = before !== undefined && asked.slice(0, 19) === before.slice(0, 19) && compareInstants(asked, before) <= 0;
    const at = clash ? justAfter(before) : asked;
    if (before === undefined || compareInstants(at, before) > 0) last.set(name, at);
    return at;
  }

  function ordered(operation: SingleOperation, by: string, now: Instant): SingleOperation {
    if (operation.kind === "sendBack") return { ...operation, at: inOrder(operation.ref, operation.run, operation.at) };
    if (operation.kind !== "edit") return operation;
    const { ref, change } = operation;
    if (change.kind === "giveStep") return { ...operation, change: { ...change, at: inOrder(ref, change.run, change.at) } };
    if (change.kind !== "markStep" && change.kind !== "choose") return operation;
    return { ...operation, change: { ...change, mark: { by, ...change.mark, at: inOrder(ref, change.run, change.mark.at ?? now) } } };
  }

  return (operation, by, now) =>
    operation.kind === "batch" ? { kind: "batch", operations: operation.operations.map((part) => ordered(part, by, now)) } : ordered(operation, by, now);
}
