import type { CommandEntry, BareCommand, DeskCommand } from "./command";

/** Every command of the extension by its id without `responseDesk.`; a command's file is evaluated on its first use. */
export const commandTable: Readonly<Record<string, CommandEntry>> = {
  "incident.declare": writes(() => import("./declareIncident")),
  "request.new": writes(() => import("./newRequest")),
  "issue.new": writes(() => import("./newIssue")),
  "issue.open": reads(() => import("./openIssue")),
  "issue.openChecklist": reads(() => import("./openIssueChecklist")),
  "issue.startRun": writes(() => import("./startRunOnIssue")),
  "issue.close": writes(() => import("./closeIssue")),
  "issue.reopen": writes(() => import("./reopenIssue")),
  "issue.assign": writes(() => import("./assignIssue")),
  "issue.label": writes(() => import("./labelIssue")),
  "issue.setStage": writes(() => import("./setStage")),
  "issue.setPriority": writes(() => import("./setPriority")),
  "issue.createLinked": writes(() => import("./createLinked")),
  "issue.createLinkedSet": writes(async () => ({ run: (await import("./createLinked")).runSet })),
  "issue.linkExisting": writes(() => import("./linkExisting")),
  "issue.linkBlockedBy": writes(() => import("./linkBlockedBy")),
  "issue.addToKnown": writes(() => import("./addToKnown")),
  "issue.acknowledge": writes(() => import("./acknowledgeIssue")),
  "issue.escalate": writes(() => import("./escalateIssue")),
  "issue.answerEscalation": writes(() => import("./answerEscalation")),
  "issue.redirect": writes(() => import("./redirectToPrimary")),
  "issue.setReported": writes(() => import("./setReported")),
  "issue.markLowHanging": writes(() => import("./markLowHanging")),
  "issue.unmarkLowHanging": writes(async () => ({ run: (await import("./markLowHanging")).unmark })),
  "issue.comment": writes(() => import("./commentOnIssue")),
  "issue.moment": writes(() => import("./recordMoment")),
  "issue.copyReference": reads(() => import("./copyReference")),
  "issue.postmortem": reads(() => import("./writePostmortem")),
  "handoff.begin": reads(() => import("./beginHandoff")),
  "handoff.accept": writes(() => import("./acceptHandoff")),
  "checklist.start": writes(() => import("./startChecklist")),
  "run.takeOver": writes(() => import("./takeOverRunbook")),
  "run.giveStep": writes(() => import("./giveStep")),
  "run.addEvidence": writes(() => import("./addEvidence")),
  "_run.removeEvidence": writes(() => import("./removeEvidence")),
  "run.sendBack": writes(() => import("./sendBack")),
  "run.export": reads(() => import("./exportRun")),
  "_run.copyStep": reads(() => import("./copyStep")),
  "runbook.find": reads(() => import("./findInRunbooks")),
  "runbook.new": reads(() => import("./newRunbook")),
  "runbook.promote": reads(() => import("./promoteRunbook")),
  "runbook.open": reads(() => import("./openRunbook")),
  "runbook.start": writes(() => import("./startRunbook")),
  "runbook.preview": reads(() => import("./previewRunbook")),
  "runbook.createLinked": writes(() => import("./createLinkedFromRunbook")),
  "runbook.createLinkedSet": writes(async () => ({ run: (await import("./createLinkedFromRunbook")).runSet })),
  "runbook.runCommand": writes(() => import("./runCommand")),
  "runbook.copyCommand": reads(() => import("./copyCommand")),
  "view.refresh": reads(() => import("./refreshViews")),
  "view.group": reads(() => import("./groupViews")),
  "view.filter": reads(() => import("./filterViews")),
  "view.clearFilter": bare(() => import("./clearFilter")),
  "desk.create": writes(() => import("./createDesk")),
  "desk.open": reads(() => import("./openDesk")),
  "github.use": writes(() => import("./useGithub")),
  "github.signIn": reads(() => import("./signIn")),
  "github.enterToken": reads(() => import("./enterToken")),
  "github.signOut": reads(() => import("./signOut")),
  "files.use": writes(() => import("./useFiles")),
  "pending.show": reads(() => import("./showPending")),
  "pending.retry": writes(() => import("./retryPending")),
  "pending.retryAll": writes(() => import("./retryAllPending")),
  "pending.edit": writes(() => import("./editPending")),
  "pending.takeOver": writes(() => import("./takeOverPending")),
  "pending.drop": reads(() => import("./dropPending")),
  "me.choose": reads(() => import("./chooseMe")),
  "postmortem.open": reads(() => import("./openPostmortemOf")),
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
