import * as vscode from "vscode";
import type { Operation, OperationKey } from "../../../core/model/operation";
import type { Result } from "../../../core/model/result";
import type { Submission } from "../../../core/sync/outbox";
import type { DeskSession, OpenSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import { systemClock } from "../../platform/ports";
import type { Terminals } from "../../platform/terminals";
import { notifyRefusal } from "../../ui/notices";
import type { DetailsEditors } from "./detailsEditors";

/** What a command that works on the desk is given. */
export interface DeskTools {
  readonly session: DeskSession;
  readonly context: vscode.ExtensionContext;
  readonly editors: DetailsEditors;
  readonly terminals: Terminals;
  /** Stores and carries out an operation, with progress; commands ask for nothing else to be written. */
  readonly submit: (title: string, operation: Operation, key?: OperationKey) => Promise<Submission>;
  /** Shows progress once the work takes a moment; `undefined` when a person stops waiting for it. */
  readonly working: <T>(title: string, work: Promise<T>, shown?: (report: (progress: string) => void) => void) => Promise<T | undefined>;
}

/** What a command that needs no desk is given. */
export interface BareTools {
  readonly open: OpenSession;
  readonly context: vscode.ExtensionContext;
}

/**
 * How a command ended: `undefined` when it is done or the person left it, else why it could not be done. A change that is
 * `queued` is stored, and whoever is told so is never asked to do it again.
 */
export type CommandEnd = Result<unknown> | Submission | undefined;

/** A command as its file has it. Arguments come from trees, editors, previews and other extensions: nothing is known of them. */
export type DeskCommand = (tools: DeskTools, args: readonly unknown[]) => Promise<CommandEnd>;

export type BareCommand = (tools: BareTools, args: readonly unknown[]) => Promise<CommandEnd>;

/**
 * Has an operation written, and gives what came of it. Once a person stops waiting it is `queued`: it goes on, and if it
 * is refused in the end, they are told then.
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
 * The work's value. After a moment a notification shows that it goes on and lets a person stop waiting: then the value is
 * `undefined`, while work that was begun is still carried out.
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
