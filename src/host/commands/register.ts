import * as vscode from "vscode";
import type { Failure } from "../../core/model/failure";
import type { DeskSession, OpenSession } from "../app/session";
import { runInBackground } from "../platform/background";
import { createTerminals, type Terminals } from "../platform/terminals";
import { withoutRow } from "../views/treeRows";
import { type BareCommand, type CommandEnd, type DeskCommand, type DeskTools, submitChange, working } from "./input/command";
import { createDetailsEditors, type DetailsEditors } from "./input/detailsEditors";

/** What the commands need from outside. */
interface CommandDeps {
  readonly open: OpenSession;
  readonly context: vscode.ExtensionContext;
  readonly channel?: vscode.LogOutputChannel;
  readonly onDidOpenSession?: vscode.Event<DeskSession>;
  readonly load: () => Promise<{ readonly commands: Commands } & Pick<typeof import("./input/show"), "showFile"> & Pick<typeof import("../ui/failureMessages"), "describeFailure">>;
}

type Commands = typeof import("./commands");

/** A command before it is loaded. `writes` refuses early in an untrusted workspace, before a person has typed anything. */
type CommandEntry =
  | { readonly needs: "desk"; readonly writes: boolean; readonly from: (commands: Commands) => DeskCommand }
  | { readonly needs: "nothing"; readonly from: (commands: Commands) => BareCommand };

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
        runInBackground(end.kind === "queued" ? notifyStored(deps, end.failure) : notify(deps, end.failure, () => handle(...args)));
      } catch (error) {
        log(`${id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        runInBackground(notifyBug(deps));
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
  if (entry.needs === "nothing") return entry.from((await deps.load()).commands)(deps, args);
  const opened = await working(vscode.l10n.t("Opening the desk…"), deps.open());
  if (opened === undefined || opened.kind === "failed") return opened;
  if (entry.writes && !opened.value.account.writable()) return { kind: "failed", failure: { kind: "untrusted" } };
  const session = opened.value;
  const submit: DeskTools["submit"] = (title, operation, key) => submitChange(session, title, operation, key);
  return entry.from((await deps.load()).commands)({ session, context: deps.context, ...lasting, working, submit }, args);
}

/** A write that is stored needs no repeating by hand: that would do it twice. */
async function notifyStored(deps: CommandDeps, failure: Failure): Promise<void> {
  if ("server" in failure || "repository" in failure || failure.kind === "locked") return notify(deps, failure, undefined);
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
async function notify(deps: CommandDeps, failure: Failure, retry: (() => Promise<void>) | undefined): Promise<void> {
  const { describeFailure } = await deps.load();
  const labels = describeFailure(failure, retry === undefined ? "kept" : undefined);
  const actions = labels.actions.map((action) => ({ title: action.title, action }));
  const chosen = await vscode.window.showErrorMessage(labels.message, ...actions);
  if (chosen === undefined) return;
  switch (chosen.action.kind) {
    case "command":
      await vscode.commands.executeCommand(chosen.action.command, ...chosen.action.args);
      return;
    case "openFile": {
      const { showFile } = await deps.load();
      const opened = await deps.open();
      const shown = opened.kind === "failed" ? opened : await showFile(opened.value.folder, chosen.action.path);
      return shown.kind === "failed" ? notify(deps, shown.failure, undefined) : undefined;
    }
    case "retry":
      return retry?.();
    case "showLog":
      deps.channel?.show();
  }
}

async function notifyBug(deps: CommandDeps): Promise<void> {
  const showLog = vscode.l10n.t("Show Log");
  const chosen = await vscode.window.showErrorMessage(
    vscode.l10n.t("Response Desk made a mistake and stopped here. What you asked for may not have been done; the log has the details."),
    showLog,
  );
  if (chosen === showLog) deps.channel?.show();
}

/** Every command of the extension by its id without `responseDesk.`; all commands are loaded when the first one is used. */
const commandTable: Readonly<Record<string, CommandEntry>> = {
  "incident.declare": writes((all) => all.declareIncident),
  "request.new": writes((all) => all.newRequest),
  "issue.new": writes((all) => all.newIssue),
  "issue.open": reads((all) => all.openIssue),
  "issue.openChecklist": reads((all) => all.openIssueChecklist),
  "issue.startChecklist": writes((all) => all.startChecklistOnIssue),
  "issue.close": writes((all) => all.closeIssue),
  "issue.reopen": writes((all) => all.reopenIssue),
  "issue.assign": writes((all) => all.assignIssue),
  "issue.label": writes((all) => all.labelIssue),
  "issue.setStage": writes((all) => all.setStage),
  "issue.setPriority": writes((all) => all.setPriority),
  "issue.createLinked": writes((all) => all.createLinked),
  "issue.createLinkedSet": writes((all) => all.createLinkedSet),
  "issue.linkExisting": writes((all) => all.linkExisting),
  "issue.linkBlockedBy": writes((all) => all.linkBlockedBy),
  "issue.addToKnown": writes((all) => all.addToKnown),
  "issue.acknowledge": writes((all) => all.acknowledgeIssue),
  "issue.unacknowledge": writes((all) => all.unacknowledgeIssue),
  "issue.escalate": writes((all) => all.escalateIssue),
  "issue.answerEscalation": writes((all) => all.answerEscalation),
  "issue.redirect": writes((all) => all.redirectToPrimary),
  "issue.setReported": writes((all) => all.setReported),
  "issue.markLowHanging": writes((all) => all.markLowHanging),
  "issue.unmarkLowHanging": writes((all) => all.unmarkLowHanging),
  "issue.comment": writes((all) => all.commentOnIssue),
  "issue.addTimelineEntry": writes((all) => all.addTimelineEntry),
  "issue.copyReference": reads((all) => all.copyReference),
  "issue.postmortem": reads((all) => all.writePostmortem),
  "handoff.start": reads((all) => all.startHandoff),
  "handoff.accept": writes((all) => all.acceptHandoff),
  "checklist.start": writes((all) => all.startChecklistOfDay),
  "checklist.updateFromRunbook": writes((all) => all.updateFromRunbook),
  "checklist.assignStep": writes((all) => all.assignStep),
  "checklist.addEvidence": writes((all) => all.addEvidence),
  "_checklist.removeEvidence": writes((all) => all.removeEvidence),
  "checklist.rejectSection": writes((all) => all.rejectSection),
  "checklist.export": reads((all) => all.exportChecklist),
  "_checklist.copyStep": reads((all) => all.copyStep),
  "runbook.find": reads((all) => all.findInRunbooks),
  "runbook.new": reads((all) => all.createRunbook),
  "runbook.promote": reads((all) => all.promoteRunbook),
  "runbook.open": reads((all) => all.openRunbook),
  "runbook.start": writes((all) => all.startRunbook),
  "runbook.preview": reads((all) => all.previewRunbook),
  "runbook.createLinked": writes((all) => all.createLinkedFromRunbook),
  "runbook.createLinkedSet": writes((all) => all.createLinkedSetFromRunbook),
  "runbook.runCommand": writes((all) => all.runCommand),
  "runbook.copyCommand": reads((all) => all.copyCommand),
  "view.refresh": reads((all) => all.refreshViews),
  "view.group": reads((all) => all.groupViews),
  "view.filter": reads((all) => all.filterViews),
  "view.clearFilter": bare((all) => all.clearFilter),
  "desk.create": writes((all) => all.createDesk),
  "desk.chooseFolder": bare((all) => all.chooseFolder),
  "desk.open": reads((all) => all.openDesk),
  "github.use": writes((all) => all.useGithub),
  "github.signIn": reads((all) => all.signIn),
  "github.enterToken": reads((all) => all.enterToken),
  "github.signOut": reads((all) => all.signOut),
  "files.use": writes((all) => all.useFiles),
  "schedule.show": reads((all) => all.showSchedule),
  "schedule.export": reads((all) => all.exportSchedule),
  "schedule.takeOver": writes((all) => all.takeShift),
  "schedule.cover": writes((all) => all.coverShift),
  "schedule.swap": writes((all) => all.swapShifts),
  "schedule.plan": writes((all) => all.planShiftsCommand),
  "person.copyContact": reads((all) => all.copyContact),
  "person.mail": reads((all) => all.mailPerson),
  "pending.show": reads((all) => all.showPending),
  "pending.retry": writes((all) => all.retryPending),
  "pending.retryAll": writes((all) => all.retryAllPending),
  "pending.edit": writes((all) => all.editPending),
  "pending.claim": writes((all) => all.claimPending),
  "pending.discard": reads((all) => all.discardPending),
  "pending.showStored": reads((all) => all.showStoredChange),
  "pending.discardStored": reads((all) => all.discardStoredChange),
  "login.set": reads((all) => all.setLogin),
  "postmortem.open": reads((all) => all.openPostmortemOf),
};

function writes(from: (commands: Commands) => DeskCommand): CommandEntry {
  return { needs: "desk", writes: true, from };
}

function reads(from: (commands: Commands) => DeskCommand): CommandEntry {
  return { needs: "desk", writes: false, from };
}

function bare(from: (commands: Commands) => BareCommand): CommandEntry {
  return { needs: "nothing", from };
}
