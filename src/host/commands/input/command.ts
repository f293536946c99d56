import * as vscode from "vscode";
import type { Operation, OperationKey } from "../../../core/model/operation";
import type { Result } from "../../../core/model/result";
import type { Submission } from "../../../core/sync/outbox";
import type { DeskSession, OpenSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import { systemClock } from "../../platform/ports";
import type { Terminals } from "../../platform/terminals";
import { notifyRefusal } from "../../ui/pendingNotices";
import type { DetailsEditors } from "./detailsEditors";

/** The tools of a command that needs an open desk. */
export interface DeskTools {
  readonly session: DeskSession;
  readonly context: vscode.ExtensionContext;
  readonly editors: DetailsEditors;
  readonly terminals: Terminals;
  /** Stores an operation and performs it, with progress. Commands write issues only through this function. */
  readonly submit: (title: string, operation: Operation, key?: OperationKey) => Promise<Submission>;
  /** Shows progress if the work takes a while. Resolves to `undefined` if the user cancels the progress. */
  readonly working: <T>(title: string, work: Promise<T>, shown?: (report: (progress: string) => void) => void) => Promise<T | undefined>;
}

/** The tools of a command that needs no open desk. */
export interface BareTools {
  readonly open: OpenSession;
  readonly context: vscode.ExtensionContext;
}

/**
 * The result of a command: `undefined` when it is done or the user left it, otherwise why it failed. A `queued` change is
 * stored and retried automatically.
 */
export type CommandEnd = Result<unknown> | Submission | undefined;

/** A command. Its arguments come from trees, editors, previews and other extensions, and must be validated. */
export type DeskCommand = (tools: DeskTools, args: readonly unknown[]) => Promise<CommandEnd>;

export type BareCommand = (tools: BareTools, args: readonly unknown[]) => Promise<CommandEnd>;

/**
 * Submits an operation and returns the result. If the user cancels the progress, the result is `queued`: the operation
 * continues, and a later rejection is shown as a notification.
 */
export async function submitChange(session: DeskSession, title: string, operation: Operation, key: OperationKey = session.ids.next()): Promise<Submission> {
  const at = session.clock.now();
  const work = session.pending.submit(operation, key);
  const submission = await working(title, work);
  if (submission !== undefined) return submission;
  runInBackground(work.then((late) => (late.kind === "failed" ? notifyRefusal({ pending: { key, at, by: session.account.knownMe() ?? "", operation }, failure: late.failure }) : undefined)), session.log);
  return { kind: "queued" };
}

const delay = 400;

/**
 * The value of the work. After a short delay a cancellable progress notification is shown. Cancelling it resolves to
 * `undefined`, but does not stop the work.
 */
export async function working<T>(title: string, work: Promise<T>, shown?: (report: (progress: string) => void) => void): Promise<T | undefined> {
  const slow = Symbol("slow");
  const first = await Promise.race([work, systemClock.wait(delay).then((): typeof slow => slow)]);
  if (first !== slow) return first;
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, (progress, token) => {
    shown?.((message) => progress.report({ message }));
    const left = new Promise<undefined>((resolve) => token.onCancellationRequested(() => resolve(undefined)));
    return Promise.race([work, left]);
  });
}
