import * as vscode from "vscode";
import type { Failure } from "../../core/model/failure";
import type { Operation } from "../../core/model/operation";
import { textOf } from "../../core/sync/pendingText";
import type { OpenSession } from "../app/session";
import { describeFailure } from "../ui/failureMessages";
import { type BareCommand, type CommandEnd, type DeskCommand, type DeskTools, submitChange, working } from "./input/command";
import { showFile } from "./input/show";

/** What performing a command depends on. */
export interface PerformDeps {
  readonly open: OpenSession;
  readonly context: vscode.ExtensionContext;
  readonly channel?: vscode.LogOutputChannel;
}

/** A loaded command. With `writes`, it fails in an untrusted workspace before it asks anything. */
export type LoadedCommand =
  | { readonly needs: "desk"; readonly writes: boolean; readonly run: DeskCommand }
  | { readonly needs: "nothing"; readonly run: BareCommand };

/** How a command ended. `text` is what the user typed for a change that was refused. */
interface PerformedEnd {
  readonly end: CommandEnd;
  readonly text?: string;
}

/** Opens the desk, if the command needs one, and runs the command. */
export async function performCommand(deps: PerformDeps, lasting: Pick<DeskTools, "editors" | "terminals">, command: LoadedCommand, args: readonly unknown[]): Promise<PerformedEnd> {
  if (command.needs === "nothing") return { end: await command.run(deps, args) };
  const opened = await working(vscode.l10n.t("Opening the desk…"), deps.open());
  if (opened === undefined || opened.kind === "failed") return { end: opened };
  if (command.writes && !opened.value.account.writable()) return { end: { kind: "failed", failure: { kind: "untrusted" } } };
  const session = opened.value;
  let text = "";
  const submit: DeskTools["submit"] = async (title, operation, key) => {
    const submission = await submitChange(session, title, operation, key);
    if (submission.kind === "failed") text = typedText(operation);
    return submission;
  };
  const end = await command.run({ session, context: deps.context, ...lasting, working, submit }, args);
  return { end, ...(end?.kind === "failed" && text !== "" ? { text } : {}) };
}

function typedText(operation: Operation): string {
  const { title, body } = textOf(operation) ?? {};
  return [title, body].filter((part) => part !== undefined && part !== "").join("\n\n");
}

/** A stored change has no Retry button: repeating the command would make the change twice. */
export async function notifyStored(deps: PerformDeps, failure: Failure): Promise<void> {
  if ("server" in failure || "repository" in failure || failure.kind === "locked") return notifyFailure(deps, failure, undefined);
  const [showPending, showLog] = [vscode.l10n.t("Show Pending Changes"), vscode.l10n.t("Show Log")];
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t("The change could not be written yet. It is stored on this machine and will be retried automatically. You do not need to repeat it."),
    showPending,
    showLog,
  );
  if (chosen === showPending) await vscode.commands.executeCommand("responseDesk.pending.show");
  if (chosen === showLog) deps.channel?.show();
}

/** `retry` is absent for a stored change. `text` is what the user typed, which can be copied. */
export async function notifyFailure(deps: PerformDeps, failure: Failure, retry: (() => Promise<void>) | undefined, text?: string): Promise<void> {
  const labels = describeFailure(failure, retry === undefined ? "kept" : undefined);
  const actions = labels.actions.map((action) => ({ title: action.title, action }));
  const copy = text === undefined ? [] : [{ title: vscode.l10n.t("Copy My Text"), action: { kind: "copy" as const, text } }];
  const chosen = await vscode.window.showErrorMessage<vscode.MessageItem & { readonly action: (typeof actions | typeof copy)[number]["action"] }>(labels.message, ...copy, ...actions);
  if (chosen === undefined) return;
  switch (chosen.action.kind) {
    case "command":
      await vscode.commands.executeCommand(chosen.action.command, ...chosen.action.args);
      return;
    case "openFile": {
      const opened = await deps.open();
      const shown = opened.kind === "failed" ? opened : await showFile(opened.value.folder, chosen.action.path);
      return shown.kind === "failed" ? notifyFailure(deps, shown.failure, undefined) : undefined;
    }
    case "retry":
      return retry?.();
    case "copy":
      return vscode.env.clipboard.writeText(chosen.action.text);
    case "showLog":
      deps.channel?.show();
  }
}
