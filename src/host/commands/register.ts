import * as vscode from "vscode";
import type { Failure } from "../../core/failure";
import type { DeskSession, OpenSession } from "../app/session";
import type { CommandEnd, CommandEntry, DeskTools } from "./command";
import { withoutRow } from "../views/treeRow";
import { createTerminals, type Terminals } from "../platform/terminals";
import { commandTable } from "./commandTable";
import { createDetailsEditors, type DetailsEditors } from "./input/detailsEditors";
import { submitChange } from "./submitChange";
import { working } from "./working";
import { runInBackground } from "../platform/background";

/** What the commands need from outside. */
export interface CommandDeps {
  readonly open: OpenSession;
  readonly context: vscode.ExtensionContext;
  readonly channel?: vscode.LogOutputChannel;
  readonly onDidOpenSession?: vscode.Event<DeskSession>;
}

/**
 * Registers all commands behind one error boundary: what fails is logged and told in plain words with the next action;
 * nothing of a command is evaluated before it is used.
 */
export function registerCommands(deps: CommandDeps): vscode.Disposable {
  const editors = createDetailsEditors();
  const terminals = createTerminals(deps.context.globalStorageUri);
  const log = (text: string): void => deps.channel?.error(text);
  const registered = Object.entries(commandTable).map(([name, entry]) => {
    const id = `responseDesk.${name}`;
    const handle = async (...args: unknown[]): Promise<void> => {
      try {
        const end = await perform(deps, { editors, terminals }, entry, args.map(withoutRow));
        if ((end?.kind !== "failed" && end?.kind !== "queued") || end.failure === undefined) return;
        log(`${id}: ${end.kind} ${JSON.stringify(end.failure)}`);
        runInBackground(end.kind === "queued" ? tellStored(deps, end.failure) : tell(deps, end.failure, () => handle(...args)));
      } catch (error) {
        log(`${id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        runInBackground(tellBug(deps));
      }
    };
    return vscode.commands.registerCommand(id, handle);
  });
  return vscode.Disposable.from(
    ...registered,
    editors,
    deps.onDidOpenSession?.(({ log: sessionLog }) => runInBackground(terminals.tidy(sessionLog))) ?? vscode.Disposable.from(),
    vscode.commands.registerCommand("responseDesk.log.show", () => deps.channel?.show()),
  );
}

async function perform(deps: CommandDeps, lasting: { readonly editors: DetailsEditors; readonly terminals: Terminals }, entry: CommandEntry, args: readonly unknown[]): Promise<CommandEnd> {
  if (entry.needs === "nothing") return (await entry.load()).run(deps, args);
  const opened = await working(vscode.l10n.t("Opening the desk…"), deps.open());
  if (opened === undefined || opened.kind === "failed") return opened;
  if (entry.writes && !opened.value.account.writable()) return { kind: "failed", failure: { kind: "untrusted" } };
  const session = opened.value;
  const submit: DeskTools["submit"] = (title, operation, key) => submitChange(session, title, operation, key);
  return (await entry.load()).run({ session, context: deps.context, ...lasting, working, submit }, args);
}

/** A write that is stored needs no repeating by hand: that would do it twice. */
async function tellStored(deps: CommandDeps, failure: Failure): Promise<void> {
  if ("server" in failure || "repository" in failure || failure.kind === "locked") return tell(deps, failure, undefined);
  const [showPending, showLog] = [vscode.l10n.t("Show Pending Changes"), vscode.l10n.t("Show Log")];
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t("This could not be written yet. It is stored on this machine and tried again by itself; you need not repeat it."),
    showPending,
    showLog,
  );
  if (chosen === showPending) await vscode.commands.executeCommand("responseDesk.pending.show");
  if (chosen === showLog) deps.channel?.show();
}

/** Without `retry` the failure is that of a stored change. */
async function tell(deps: CommandDeps, failure: Failure, retry: (() => Promise<void>) | undefined): Promise<void> {
  const { wordFailure } = await import("./failureWords");
  const words = wordFailure(failure, retry === undefined ? "kept" : undefined);
  const actions = words.actions.map((action) => ({ title: action.title, action }));
  const chosen = await vscode.window.showErrorMessage(words.message, ...actions);
  if (chosen === undefined) return;
  switch (chosen.action.kind) {
    case "command":
      await vscode.commands.executeCommand(chosen.action.command, ...chosen.action.args);
      return;
    case "openFile": {
      const { showFile } = await import("./input/showFile");
      const opened = await deps.open();
      const shown = opened.kind === "failed" ? opened : await showFile(opened.value.folder, chosen.action.path);
      return shown.kind === "failed" ? tell(deps, shown.failure, undefined) : undefined;
    }
    case "retry":
      return retry?.();
    case "showLog":
      deps.channel?.show();
  }
}

async function tellBug(deps: CommandDeps): Promise<void> {
  const showLog = vscode.l10n.t("Show Log");
  const chosen = await vscode.window.showErrorMessage(
    vscode.l10n.t("Response Desk made a mistake and stopped here. What you asked for may not have been done; the log has the details."),
    showLog,
  );
  if (chosen === showLog) deps.channel?.show();
}
