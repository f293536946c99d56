import * as vscode from "vscode";
import { formatRef, type IssueRef } from "../../core/model/issueRef";
import { assertNever } from "../../core/model/result";
import type { PostmortemButton, PostmortemContent, PostmortemLabels, PostmortemView } from "../../protocol/postmortem";
import type { DeskSession } from "../app/session";
import { brokenReason, describeFailure } from "../ui/failureMessages";
import type { Translate } from "../ui/operationLabels";
import { plainLabel } from "../ui/safeText";
import type { EditorState } from "./postmortemEditor";
import type { LoadedPostmortem } from "./postmortemFile";

/** The texts of the post-mortem page in the language of the editor. */
export function postmortemLabels(t: Translate): PostmortemLabels {
  return {
    heading: t("Post-mortem"),
    title: t("Title"),
    titleHint: t("What happened, in a few words"),
    incident: t("Of {0}"),
    openIncident: t("Open issue {0}"),
    saved: t("Saved"),
    saving: t("Saving…"),
    draft: t("Not written to a file"),
    notSaved: t("Not saved"),
    openFile: t("Open as Markdown"),
    loading: t("Opening the post-mortem…"),
    untrusted: t("You can read everything here. Nothing is written until you trust the folder."),
    trust: t("Manage Workspace Trust"),
    details: t("Details"),
    status: t("Status"),
    severity: t("Severity"),
    severityHint: t("As in SEV1"),
    priority: t("Priority"),
    lead: t("Incident lead"),
    owner: t("Owner of this text"),
    review: t("Review by"),
    none: t("None"),
    times: t("Moments"),
    timesIn: t("Time zone: {0}."),
    started: t("Started"),
    detected: t("Detected"),
    acknowledged: t("Acknowledged"),
    mitigated: t("Mitigated"),
    resolved: t("Resolved"),
    statusDraft: t("Draft"),
    statusInReview: t("In review"),
    statusReviewed: t("Reviewed"),
    statusClosed: t("Closed"),
    summary: t("Summary"),
    impact: t("Impact"),
    detection: t("Detection"),
    timeline: t("Timeline"),
    factors: t("Contributing factors"),
    trigger: t("Trigger"),
    resolution: t("Resolution"),
    wentWell: t("What went well"),
    wentWrong: t("What went wrong"),
    lucky: t("Where we got lucky"),
    actions: t("Action items"),
    communications: t("Communications sent"),
    supporting: t("Supporting information"),
    summaryHint: t("Three sentences for someone who was not there: what happened, to whom, and how it ended."),
    impactHint: t("Who could not do what, on which services, for how long? Use numbers where you have them."),
    detectionHint: t("How did we find out? What would have told us sooner?"),
    factorsHint: t("What had to come together for this to happen? Look at systems and conditions, not at persons; there is seldom only one."),
    triggerHint: t("What set it off at that moment?"),
    resolutionHint: t("What ended it, and how do we know that it is over?"),
    wentWellHint: t("What helped, and should be kept?"),
    wentWrongHint: t("What made it worse, slower or harder? What did people know when they decided?"),
    luckyHint: t("What could as easily have gone the other way?"),
    communicationsHint: t("Who was told what, when, and by which way?"),
    supportingHint: t("Dashboards, logs, graphs, chats: links that a reader will want."),
    timelineHint: t("Begun from the issue's own history. Take out what does not matter, add what only people know."),
    noEntries: t("Nothing in the timeline yet."),
    time: t("Time"),
    timeWords: t("Time, in words"),
    event: t("What happened"),
    evidence: t("Evidence"),
    evidenceHint: t("Link or #number"),
    openEvidence: t("Open the evidence: {0}"),
    row: t("{0}, row {1}"),
    addEntry: t("Add Row"),
    sortEntries: t("Sort by Time"),
    removeEntry: t("Remove row {0}: {1}"),
    newEvent: t("The issue has one new event since the timeline was filled."),
    newEvents: t("The issue has {0} new events since the timeline was filled."),
    addEvents: t("Add to Timeline"),
    actionsHint: t("An idea is proposed first. Accepted, it becomes an issue of its own under the incident, and its state follows that issue."),
    noActions: t("No action items yet."),
    action: t("Action"),
    actionHint: t("What will be different, and how will we know?"),
    type: t("Type"),
    due: t("Due"),
    state: t("State"),
    actionOwner: t("Owner"),
    addAction: t("Add Action"),
    removeAction: t("Remove action {0}: {1}"),
    accept: t("Accept"),
    acceptAction: t("Accept, and create an issue for: {0}"),
    accepting: t("Creating the issue…"),
    decline: t("Decline"),
    declineAction: t("Decline: {0}"),
    propose: t("Propose Again"),
    proposeAction: t("Propose again: {0}"),
    prevent: t("Prevent"),
    mitigate: t("Mitigate"),
    detect: t("Detect"),
    process: t("Process"),
    proposed: t("Proposed"),
    accepted: t("Accepted"),
    done: t("Done"),
    declined: t("Declined"),
    openIssue: t("Open issue {0}: {1}"),
    needsWords: t("Say what is to be done first."),
    removed: t("Removed: {0}"),
    undo: t("Undo"),
    also: t("Sections of your own, in the file: {0}"),
    open: t("open"),
    closed: t("closed"),
    unknown: t("not found"),
  };
}

/** How the file fares; a draft is one that has no file yet. */
export function savingOf({ saved, problem }: EditorState, file: boolean): PostmortemView["saving"] {
  if (!file) return "draft";
  return problem !== undefined ? "trouble" : saved ? "saved" : "saving";
}

/** Why the file does not have what the person wrote, and what they can do. */
export function problemOf({ problem }: EditorState, path: string): PostmortemView["problem"] {
  const t = vscode.l10n.t;
  if (problem === undefined) return undefined;
  const file = plainLabel(path);
  const open: PostmortemButton = { label: t("Open File"), message: { kind: "openFile" } };
  switch (problem.kind) {
    case "clash":
      return {
        text: t("Somebody changed {0} in the same place as you. Nothing was written over: say which is to stay.", file),
        buttons: [
          { label: t("Compare"), message: { kind: "compare" } },
          { label: t("Keep Mine"), message: { kind: "resolve", choice: "mine" } },
          { label: t("Take Theirs"), message: { kind: "resolve", choice: "theirs" } },
        ],
      };
    case "broken":
      return {
        text: t("The file {0} was left as it is, because {1}. Open it, mend it and save it; what you wrote here is kept and written then.", file, brokenReason(problem.reason)),
        buttons: [open],
      };
    case "deleted":
      return { text: t("The file {0} was deleted or moved. What you wrote is still here.", file), buttons: [{ label: t("Write It Again"), message: { kind: "resolve", choice: "mine" } }] };
    case "failed":
      return { text: describeFailure(problem.failure).message, buttons: [{ label: t("Try Again"), message: { kind: "retry" } }] };
    default:
      return assertNever(problem);
  }
}

/** What there is to see while there is no post-mortem. */
export function unavailable(session: DeskSession, ref: IssueRef, loaded: LoadedPostmortem | undefined, labels: PostmortemLabels): PostmortemContent {
  const t = vscode.l10n.t;
  const name = formatRef(ref, "");
  const retry: PostmortemButton = { label: t("Try Again"), message: { kind: "retry" } };
  const issue: PostmortemButton = { label: t("Open Issue"), message: { kind: "openIssue", ref } };
  const failure = session.store.failure()?.failure;
  if (loaded === undefined) {
    if (session.issues.find(ref) !== undefined || (session.issues.snapshot() === undefined && failure === undefined)) return { kind: "loading" };
    if (failure !== undefined) return { kind: "unavailable", title: t("The issues could not be read"), text: describeFailure(failure).message, buttons: [retry] };
    return { kind: "unavailable", title: t("Issue {0} is not there", name), text: t("Perhaps it was deleted or moved. Try again to see what is there now."), buttons: [retry] };
  }
  switch (loaded.kind) {
    case "broken":
      return {
        kind: "unavailable",
        title: t("The post-mortem can not be read"),
        text: t("The file {0} was left as it is, because {1}. Open it, mend it and save it, then try again.", plainLabel(loaded.path), brokenReason(loaded.reason)),
        buttons: [{ label: labels.openFile, message: { kind: "openFile" } }, retry],
      };
    case "gone":
      return {
        kind: "unavailable",
        title: t("The post-mortem is not there any more"),
        text: t("The issue names {0}, but there is no such file. If it was moved, put it back or change the link in the issue; else begin it again from the issue.", plainLabel(loaded.path)),
        buttons: [...(session.account.writable() ? [{ label: t("Begin Again"), message: { kind: "writeAgain" } } as const] : []), issue, retry],
      };
    case "unsafe":
      return {
        kind: "unavailable",
        title: t("The post-mortem can not be opened"),
        text: t("The issue names {0}, which is not a Markdown file inside this folder. Change the link in the issue, then try again.", plainLabel(loaded.path)),
        buttons: [issue, retry],
      };
    case "failed":
      return { kind: "unavailable", title: t("The post-mortem could not be opened"), text: describeFailure(loaded.failure).message, buttons: [retry] };
    case "document":
      return { kind: "loading" };
    default:
      return assertNever(loaded);
  }
}
