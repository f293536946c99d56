import * as vscode from "vscode";
import type { Failure } from "../../core/model/failure";
import type { DeskSession, OpenSession } from "../app/session";
import { runInBackground } from "../platform/background";
import { createTerminals, type Terminals } from "../platform/terminals";
import { withoutRow } from "../views/treeRows";
import { type BareCommand, type CommandEnd, type CommandEntry, type DeskCommand, type DeskTools, submitChange, working } from "./input/command";
import { createDetailsEditors, type DetailsEditors } from "./input/detailsEditors";

/** What the commands need from outside. */
interface CommandDeps {
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
  if (entry.needs === "nothing") return (await entry.load())(deps, args);
  const opened = await working(vscode.l10n.t("Opening the desk…"), deps.open());
  if (opened === undefined || opened.kind === "failed") return opened;
  if (entry.writes && !opened.value.account.writable()) return { kind: "failed", failure: { kind: "untrusted" } };
  const session = opened.value;
  const submit: DeskTools["submit"] = (title, operation, key) => submitChange(session, title, operation, key);
  return (await entry.load())({ session, context: deps.context, ...lasting, working, submit }, args);
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
  const { describeFailure } = await import("../ui/failureMessages");
  const labels = describeFailure(failure, retry === undefined ? "kept" : undefined);
  const actions = labels.actions.map((action) => ({ title: action.title, action }));
  const chosen = await vscode.window.showErrorMessage(labels.message, ...actions);
  if (chosen === undefined) return;
  switch (chosen.action.kind) {
    case "command":
      await vscode.commands.executeCommand(chosen.action.command, ...chosen.action.args);
      return;
    case "openFile": {
      const { showFile } = await import("./input/show");
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

/** Every command of the extension by its id without `responseDesk.`; a command's file is evaluated on its first use. */
const commandTable: Readonly<Record<string, CommandEntry>> = {
  "incident.declare": writes(async () => (await import("./issue/create")).declareIncident),
  "request.new": writes(async () => (await import("./issue/create")).newRequest),
  "issue.new": writes(async () => (await import("./issue/create")).newIssue),
  "issue.open": reads(async () => (await import("./issue/open")).openIssue),
  "issue.openChecklist": reads(async () => (await import("./issue/open")).openIssueChecklist),
  "issue.startChecklist": writes(async () => (await import("./checklist/start")).startChecklistOnIssue),
  "issue.close": writes(async () => (await import("./issue/close")).closeIssue),
  "issue.reopen": writes(async () => (await import("./issue/close")).reopenIssue),
  "issue.assign": writes(async () => (await import("./issue/assign")).assignIssue),
  "issue.label": writes(async () => (await import("./issue/labels")).labelIssue),
  "issue.setStage": writes(async () => (await import("./issue/labels")).setStage),
  "issue.setPriority": writes(async () => (await import("./issue/labels")).setPriority),
  "issue.createLinked": writes(async () => (await import("./linked/createLinked")).createLinked),
  "issue.createLinkedSet": writes(async () => (await import("./linked/createLinked")).createLinkedSet),
  "issue.linkExisting": writes(async () => (await import("./linked/linkExisting")).linkExisting),
  "issue.linkBlockedBy": writes(async () => (await import("./linked/linkExisting")).linkBlockedBy),
  "issue.addToKnown": writes(async () => (await import("./issue/addToKnown")).addToKnown),
  "issue.acknowledge": writes(async () => (await import("./issue/acknowledge")).acknowledgeIssue),
  "issue.unacknowledge": writes(async () => (await import("./issue/acknowledge")).unacknowledgeIssue),
  "issue.escalate": writes(async () => (await import("./issue/escalate")).escalateIssue),
  "issue.answerEscalation": writes(async () => (await import("./issue/escalate")).answerEscalation),
  "issue.redirect": writes(async () => (await import("./issue/assign")).redirectToPrimary),
  "issue.setReported": writes(async () => (await import("./issue/acknowledge")).setReported),
  "issue.markLowHanging": writes(async () => (await import("./issue/labels")).markLowHanging),
  "issue.unmarkLowHanging": writes(async () => (await import("./issue/labels")).unmarkLowHanging),
  "issue.comment": writes(async () => (await import("./issue/timeline")).commentOnIssue),
  "issue.addTimelineEntry": writes(async () => (await import("./issue/timeline")).addTimelineEntry),
  "issue.copyReference": reads(async () => (await import("./issue/open")).copyReference),
  "issue.postmortem": reads(async () => (await import("./postmortem/postmortem")).writePostmortem),
  "handoff.start": reads(async () => (await import("./handoff/handoff")).startHandoff),
  "handoff.accept": writes(async () => (await import("./handoff/handoff")).acceptHandoff),
  "checklist.start": writes(async () => (await import("./checklist/start")).startChecklistOfDay),
  "checklist.updateFromRunbook": writes(async () => (await import("./checklist/update")).updateFromRunbook),
  "checklist.assignStep": writes(async () => (await import("./checklist/steps")).assignStep),
  "checklist.addEvidence": writes(async () => (await import("./checklist/steps")).addEvidence),
  "_checklist.removeEvidence": writes(async () => (await import("./checklist/steps")).removeEvidence),
  "checklist.rejectSection": writes(async () => (await import("./checklist/steps")).rejectSection),
  "checklist.export": reads(async () => (await import("./checklist/update")).exportChecklist),
  "_checklist.copyStep": reads(async () => (await import("./checklist/steps")).copyStep),
  "runbook.find": reads(async () => (await import("./runbook/open")).findInRunbooks),
  "runbook.new": reads(async () => (await import("./runbook/new")).createRunbook),
  "runbook.promote": reads(async () => (await import("./runbook/new")).promoteRunbook),
  "runbook.open": reads(async () => (await import("./runbook/open")).openRunbook),
  "runbook.start": writes(async () => (await import("./runbook/open")).startRunbook),
  "runbook.preview": reads(async () => (await import("./runbook/open")).previewRunbook),
  "runbook.createLinked": writes(async () => (await import("./linked/createLinked")).createLinkedFromRunbook),
  "runbook.createLinkedSet": writes(async () => (await import("./linked/createLinked")).createLinkedSetFromRunbook),
  "runbook.runCommand": writes(async () => (await import("./runbook/runCommand")).runCommand),
  "runbook.copyCommand": reads(async () => (await import("./runbook/chooseCommand")).copyCommand),
  "view.refresh": reads(async () => (await import("./desk/views")).refreshViews),
  "view.group": reads(async () => (await import("./desk/views")).groupViews),
  "view.filter": reads(async () => (await import("./desk/views")).filterViews),
  "view.clearFilter": bare(async () => (await import("./desk/views")).clearFilter),
  "desk.create": writes(async () => (await import("./desk/desk")).createDesk),
  "desk.chooseFolder": bare(async () => (await import("./desk/desk")).chooseFolder),
  "desk.open": reads(async () => (await import("./desk/desk")).openDesk),
  "github.use": writes(async () => (await import("./github/account")).useGithub),
  "github.signIn": reads(async () => (await import("./github/account")).signIn),
  "github.enterToken": reads(async () => (await import("./github/account")).enterToken),
  "github.signOut": reads(async () => (await import("./github/account")).signOut),
  "files.use": writes(async () => (await import("./github/account")).useFiles),
  "schedule.show": reads(async () => (await import("./oncall/schedule")).showSchedule),
  "schedule.export": reads(async () => (await import("./oncall/schedule")).exportSchedule),
  "schedule.takeOver": writes(async () => (await import("./oncall/override")).takeShift),
  "schedule.cover": writes(async () => (await import("./oncall/override")).coverShift),
  "schedule.swap": writes(async () => (await import("./oncall/override")).swapShifts),
  "schedule.plan": writes(async () => (await import("./oncall/plan")).planShiftsCommand),
  "person.copyContact": reads(async () => (await import("./oncall/contact")).copyContact),
  "person.mail": reads(async () => (await import("./oncall/contact")).mailPerson),
  "pending.show": reads(async () => (await import("./pending/pending")).showPending),
  "pending.retry": writes(async () => (await import("./pending/pending")).retryPending),
  "pending.retryAll": writes(async () => (await import("./pending/pending")).retryAllPending),
  "pending.edit": writes(async () => (await import("./pending/pending")).editPending),
  "pending.claim": writes(async () => (await import("./pending/pending")).claimPending),
  "pending.discard": reads(async () => (await import("./pending/pending")).discardPending),
  "pending.showStored": reads(async () => (await import("./pending/storedChange")).showStoredChange),
  "pending.discardStored": reads(async () => (await import("./pending/storedChange")).discardStoredChange),
  "login.set": reads(async () => (await import("./github/account")).setLogin),
  "postmortem.open": reads(async () => (await import("./postmortem/postmortem")).openPostmortemOf),
};

function writes(load: () => Promise<DeskCommand>): CommandEntry {
  return { needs: "desk", writes: true, load };
}

function reads(load: () => Promise<DeskCommand>): CommandEntry {
  return { needs: "desk", writes: false, load };
}

function bare(load: () => Promise<BareCommand>): CommandEntry {
  return { needs: "nothing", load };
}
