import type * as vscode from "vscode";
import type { Operation, OperationKey } from "../../core/issue/operation";
import type { Submission } from "../../core/issue/outbox";
import type { Result } from "../../core/result";
import type { DeskSession, OpenSession } from "../app/session";
import type { Terminals } from "../platform/terminals";
import type { DetailsEditors } from "./input/detailsEditors";

/** What a command that works on the desk is given. */
export interface DeskTools {
  readonly session: DeskSession;
  readonly context: vscode.ExtensionContext;
  readonly editors: DetailsEditors;
  readonly terminals: Terminals;
  /** Stores and carries out an operation, with progress; commands ask for nothing else to be written. */
  readonly submit: (title: string, operation: Operation, key?: OperationKey) => Promise<Submission>;
  /** Shows progress once the work takes a moment; `undefined` when a person stops waiting for it. */
  readonly working: <T>(title: string, work: Promise<T>, shown?: (say: (progress: string) => void) => void) => Promise<T | undefined>;
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
export interface DeskCommand {
  readonly run: (tools: DeskTools, args: readonly unknown[]) => Promise<CommandEnd>;
}

export interface BareCommand {
  readonly run: (tools: BareTools, args: readonly unknown[]) => Promise<CommandEnd>;
}

/** A command before its file is evaluated. `writes` refuses early in an untrusted workspace, before a person has typed anything. */
export type CommandEntry =
  | { readonly needs: "desk"; readonly writes: boolean; readonly load: () => Promise<DeskCommand> }
  | { readonly needs: "nothing"; readonly load: () => Promise<BareCommand> };
