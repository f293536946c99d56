import type * as vscode from "vscode";
import { millisecondsOf } from "../../core/model/instant";
import type { Issue } from "../../core/model/issue";
import { type IssueRef, refKey } from "../../core/model/issueRef";
import type { Clock, IssueTracker } from "../../core/model/ports";
import type { LostIssue } from "../../core/postmortem/library/actionState";
import type { NewEmitter } from "./changeEvent";

/** Issues that post-mortems name and the desk has not loaded, such as those that were closed long ago, deleted or transferred. */
export interface LostIssues {
  /** The issue as last read here. */
  find(ref: IssueRef): Issue | undefined;
  /** Why there is no issue with this reference, as last read. */
  lost(ref: IssueRef): LostIssue | undefined;
  /** Reads those of these issues that were not read in the last hours, one after the other. Fires the event if that found anything. */
  look(refs: readonly IssueRef[]): Promise<void>;
  readonly onDidChange: vscode.Event<void>;
}

interface LostIssuesDeps {
  readonly tracker: () => Pick<IssueTracker, "get">;
  readonly newEmitter: NewEmitter;
  readonly clock: Pick<Clock, "now">;
}

interface Known {
  readonly issue?: Issue;
  readonly lost?: LostIssue;
  readonly until: number;
}

const lasting = 6 * 3_600_000;

const failureLifetime = 300_000;

/** Reads nothing before `look` is called. What is known is forgotten when the tracker changes. */
export function createLostIssues({ tracker, newEmitter, clock }: LostIssuesDeps): LostIssues & vscode.Disposable {
  const changed = newEmitter<void>();
  let of: Pick<IssueTracker, "get"> | undefined;
  let known = new Map<string, Known>();
  let running: Promise<void> = Promise.resolve();

  function current(): Map<string, Known> {
    if (of !== tracker()) known = new Map();
    of = tracker();
    return known;
  }

  async function read(refs: readonly IssueRef[]): Promise<void> {
    const mine = current();
    const now = millisecondsOf(clock.now());
    const wanted = [...new Map(refs.map((ref) => [refKey(ref), ref])).values()].filter((ref) => (mine.get(refKey(ref))?.until ?? 0) <= now);
    let found = false;
    for (const ref of wanted) {
      const result = await tracker().get(ref);
      if (mine !== current()) return;
      const { failure } = result.kind === "failed" ? result : { failure: undefined };
      const lost: LostIssue | undefined = failure?.kind === "gone" ? { kind: "gone" } : failure?.kind === "transferred" ? { kind: "transferred", to: failure.to } : undefined;
      const isSure = result.kind === "ok" || lost !== undefined;
      // What was known stays while the tracker does not respond.
      const before = isSure ? {} : mine.get(refKey(ref));
      mine.set(refKey(ref), { ...before, ...(result.kind === "ok" ? { issue: result.value } : {}), ...(lost === undefined ? {} : { lost }), until: now + (isSure ? lasting : failureLifetime) });
      found ||= isSure;
      if (failure !== undefined && lost === undefined) break;
    }
    if (found) changed.fire();
  }

  return {
    find: (ref) => current().get(refKey(ref))?.issue,
    lost: (ref) => current().get(refKey(ref))?.lost,
    look(refs) {
      running = running.then(() => read(refs));
      return running;
    },
    onDidChange: changed.event,
    dispose: () => changed.dispose(),
  };
}
