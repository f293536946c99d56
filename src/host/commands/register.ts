import * as vscode from "vscode";
import type { DeskSession } from "../app/session";
import { runInBackground } from "../platform/background";
import type { Terminals } from "../platform/terminals";
import { withoutRow } from "../views/treeRows";
import type { BareCommand, DeskCommand } from "./input/command";
import { createDetailsEditors } from "./input/detailsEditors";
import type { LoadedCommand, PerformDeps } from "./perform";

/** What commands depend on. */
interface CommandDeps extends PerformDeps {
  readonly onDidOpenSession?: vscode.Event<DeskSession>;
  readonly load: () => Promise<{ readonly commands: Commands } & typeof import("./perform") & Pick<typeof import("../platform/terminals"), "createTerminals">>;
}

type Commands = typeof import("./commands");

/** A command before it is loaded. */
type CommandEntry = (commands: Commands) => LoadedCommand;

/**
 * Registers all commands behind one error boundary: a failure is logged and shown with the next action. The code of a command
 * is loaded on its first use.
 */
export function registerCommands(deps: CommandDeps): vscode.Disposable {
  const editors = createDetailsEditors();
  let terminals: Promise<Terminals> | undefined;
  const loadTerminals = (): Promise<Terminals> => (terminals ??= deps.load().then(({ createTerminals }) => createTerminals(deps.context.globalStorageUri)));
  const log = (text: string): void => deps.channel?.error(text);
  const registered = Object.entries(commandTable).map(([name, entry]) => {
    const id = `responseDesk.${name}`;
    const handle = async (...args: unknown[]): Promise<void> => {
      try {
        const { commands, notifyFailure, notifyStored, performCommand } = await deps.load();
        const { end, text } = await performCommand(deps, { editors, terminals: await loadTerminals() }, entry(commands), args.map(withoutRow));
        if ((end?.kind !== "failed" && end?.kind !== "queued") || end.failure === undefined) return;
        log(`${id}: ${end.kind} ${JSON.stringify(end.failure)}`);
        runInBackground(end.kind === "queued" ? notifyStored(deps, end.failure) : notifyFailure(deps, end.failure, () => handle(...args), text));
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
    deps.onDidOpenSession?.(({ log: sessionLog }) => runInBackground(loadTerminals().then((loaded) => loaded.tidy(sessionLog)))) ?? vscode.Disposable.from(),
    vscode.commands.registerCommand("responseDesk.log.show", () => deps.channel?.show()),
  );
}

async function notifyBug(deps: CommandDeps): Promise<void> {
  const showLog = vscode.l10n.t("Show Log");
  const chosen = await vscode.window.showErrorMessage(
    vscode.l10n.t("Response Desk ran into an unexpected error. The command may not have finished. See the log for details."),
    showLog,
  );
  if (chosen === showLog) deps.channel?.show();
}

/** Every command by its id without `responseDesk.`. All commands are loaded when the first one is used. */
const commandTable: Readonly<Record<string, CommandEntry>> = {
  "incident.declare": writes((all) => all.declareIncident),
  "incident.declareWithDetails": writes((all) => all.declareWithDetails),
  "incident.declareTest": writes((all) => all.declareTest),
  "incident.backfill": writes((all) => all.backfillIncident),
  "incident.copyLink": reads((all) => all.copyDeclareLink),
  "_incident.declareFromLink": writes((all) => all.declareFromLink),
  "request.new": writes((all) => all.newRequest),
  "request.newWithDetails": writes((all) => all.newRequestWithDetails),
  "issue.new": writes((all) => all.newIssue),
  "issue.open": reads((all) => all.openIssue),
  "issue.openSource": reads((all) => all.openIssueSource),
  "issue.openOnGithub": reads((all) => all.openIssueSource),
  "issue.openChecklist": reads((all) => all.openIssueChecklist),
  "issue.startChecklist": writes((all) => all.startChecklistOnIssue),
  "issue.close": writes((all) => all.closeIssue),
  "issue.reopen": writes((all) => all.reopenIssue),
  "issue.resolve": writes((all) => all.resolveIssue),
  "issue.cancel": writes((all) => all.cancelIssue),
  "issue.recordSatisfaction": writes((all) => all.recordSatisfaction),
  "issue.setMilestone": writes((all) => all.setMilestone),
  "issue.correctTime": writes((all) => all.correctTime),
  "issue.assignRole": writes((all) => all.assignRole),
  "issue.takeRole": writes((all) => all.takeRole),
  "issue.assign": writes((all) => all.assignIssue),
  "issue.label": writes((all) => all.labelIssue),
  "issue.setStage": writes((all) => all.setStage),
  "issue.setPriority": writes((all) => all.setPriority),
  "issue.setSeverity": writes((all) => all.setSeverity),
  "issue.setServices": writes((all) => all.setServices),
  "issue.setEnvironments": writes((all) => all.setEnvironments),
  "issue.createLinked": writes((all) => all.createLinked),
  "issue.createLinkedSet": writes((all) => all.createLinkedSet),
  "issue.linkExisting": writes((all) => all.linkExisting),
  "issue.linkBlockedBy": writes((all) => all.linkBlockedBy),
  "issue.addToKnown": writes((all) => all.addToKnown),
  "issue.markDuplicate": writes((all) => all.markDuplicate),
  "issue.acknowledge": writes((all) => all.acknowledgeIssue),
  "issue.unacknowledge": writes((all) => all.unacknowledgeIssue),
  "issue.escalate": writes((all) => all.escalateIssue),
  "issue.answerEscalation": writes((all) => all.answerEscalation),
  "issue.redirect": writes((all) => all.redirectToPrimary),
  "issue.setReported": writes((all) => all.setReported),
  "issue.markLowHanging": writes((all) => all.markLowHanging),
  "issue.unmarkLowHanging": writes((all) => all.unmarkLowHanging),
  "issue.markTest": writes((all) => all.markTest),
  "issue.unmarkTest": writes((all) => all.unmarkTest),
  "issue.sendUpdate": writes((all) => all.sendUpdate),
  "webhook.setAddress": writes((all) => all.setWebhookAddress),
  "webhook.removeAddress": reads((all) => all.removeWebhookAddress),
  "issue.comment": writes((all) => all.commentOnIssue),
  "issue.addTimelineEntry": writes((all) => all.addTimelineEntry),
  "issue.addToTimeline": writes((all) => all.addToTimeline),
  "_issue.addFileToTimeline": writes((all) => all.addFileToTimeline),
  "issue.copyReference": reads((all) => all.copyReference),
  "issue.postmortem": reads((all) => all.writePostmortem),
  "handoff.start": reads((all) => all.startHandoff),
  "handoff.accept": writes((all) => all.acceptHandoff),
  "record.startFromOpportunity": writes((all) => all.startRecord),
  "record.setRepositories": writes((all) => all.setRepositories),
  "request.forRecord": writes((all) => all.requestForRecord),
  "triage.start": writes((all) => all.startTriageOf),
  "triage.finish": writes((all) => all.finishTriage),
  "checklist.start": writes((all) => all.startChecklistOfDay),
  "checklist.updateFromRunbook": writes((all) => all.updateFromRunbook),
  "checklist.markStep": writes((all) => all.markStep),
  "checklist.fillField": writes((all) => all.fillField),
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
  "runbook.startSection": writes((all) => all.startSection),
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
  "metrics.open": reads((all) => all.showMetrics),
  "metrics.insertReport": reads((all) => all.insertReport),
  "metrics.exportCsv": reads((all) => all.exportMetricsCsv),
  "metrics.exportMarkdown": reads((all) => all.exportMetricsMarkdown),
  "person.copyContact": reads((all) => all.copyContact),
  "person.mail": reads((all) => all.mailPerson),
  "pending.show": reads((all) => all.showPending),
  "pending.retry": writes((all) => all.retryPending),
  "pending.retryAll": writes((all) => all.retryAllPending),
  "pending.edit": writes((all) => all.editPending),
  "pending.claim": writes((all) => all.claimPending),
  "pending.discard": reads((all) => all.discardPending),
  "pending.retryUpdate": writes((all) => all.retryUpdate),
  "pending.markUpdateSent": writes((all) => all.markUpdateSent),
  "pending.discardUpdate": reads((all) => all.discardUpdate),
  "pending.showStored": reads((all) => all.showStoredChange),
  "pending.discardStored": reads((all) => all.discardStoredChange),
  "login.set": reads((all) => all.setLogin),
  "postmortem.search": reads((all) => all.searchPostmortems),
  "postmortem.group": reads((all) => all.groupPostmortemsBy),
  "_postmortem.openBuilder": reads((all) => all.openPostmortemRow),
  "_postmortem.openFile": reads((all) => all.openPostmortemSource),
  "postmortem.openInBuilder": reads((all) => all.openFileInBuilder),
  "postmortem.open": reads((all) => all.openPostmortemOf),
  "postmortem.requestReview": writes((all) => all.requestReview),
  "postmortem.markReviewed": writes((all) => all.markReviewed),
  "postmortem.returnToDraft": writes((all) => all.returnToDraft),
  "postmortem.close": writes((all) => all.closePostmortem),
  "postmortem.agenda": reads((all) => all.openAgenda),
  "postmortem.copyAgenda": reads((all) => all.copyAgenda),
  "postmortem.copyOutline": reads((all) => all.copyOutline),
  "postmortem.exportHtml": reads((all) => all.exportHtml),
  "postmortem.publish": writes((all) => all.publishPostmortem),
  "postmortem.publicVersion": reads((all) => all.createPublicVersion),
};

function writes(from: (commands: Commands) => DeskCommand): CommandEntry {
  return (commands) => ({ needs: "desk", writes: true, run: from(commands) });
}

function reads(from: (commands: Commands) => DeskCommand): CommandEntry {
  return (commands) => ({ needs: "desk", writes: false, run: from(commands) });
}

function bare(from: (commands: Commands) => BareCommand): CommandEntry {
  return (commands) => ({ needs: "nothing", run: from(commands) });
}
