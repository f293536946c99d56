import * as v from "valibot";
import type { Infer } from "../core/model/parseData";

/** The names of all texts of the page. `fill` replaces the placeholders `{0}` and `{1}` in them. */
export const issueLabelNames = [
  "open", "closed", "unknownState", "state", "kind", "stage", "priority", "assignees", "nobody", "parent", "child", "related", "blockedBy", "blocks", "duplicateOf", "duplicate", "repositories", "requestForRecord", "startRecord",
  "linkedIssues", "issueActions", "openIssue", "openChecklist", "closeIssue", "reopenIssue", "postmortem", "reveal", "create",
  "createFrom", "createSet", "createSeveral", "linkExisting", "commentOn", "closeOther", "startRunbook", "runCommand", "copyCommand", "goToRunbook",
  "openRunbook", "openRunbookLine", "startOne", "startAnother", "openFile", "refresh", "manageTrust", "loading", "noChecklist", "noChecklistText", "emptyChecklist",
  "runs", "startedBy", "progress", "gate", "gateOpen", "gateShut", "locked", "fieldEmpty", "fieldOptional", "fieldInvalid", "fillField", "changeField", "fields", "waitsForApproval", "notApproved", "asksForComment", "commentMissing", "valuesMissing", "approvalComment", "noApprovalComment", "doneBy", "doneOnWeb", "skippedBy", "skipped", "left", "skip",
  "skipStep", "skipReason", "skipConfirm", "cancel", "undoSkip", "undoSkipStep", "undoChoice", "undoChoiceOf", "stepActions", "assignStep", "assignedTo",
  "mine", "noneAssigned", "due", "overdue", "evidence", "addEvidence", "removeEvidence", "rejectSection", "gateActions", "updateFromRunbook", "stepAdded",
  "stepRemoved", "stepKept", "stepReworded", "moreChanges", "exportChecklist", "copyStep", "saving", "retry", "failed", "silent", "keys", "announceDone",
  "announceOpen", "announceSkipped", "somebody", "untrusted", "stale", "signIn", "runbookGone", "runbookChanged", "brokenMarks", "gone", "goneText", "transferred", "transferredText", "openTransferred",
  "broken", "brokenText", "failedTitle",
  "moreActions", "goTo", "assignRole", "roleAway", "roleOffShift", "description", "noDescription", "openSource", "openOnWeb", "copyReference", "acknowledge", "sendUpdate", "resolve",
  "writePostmortem", "acceptHandoff", "severity", "services", "environments", "none", "phaseAcknowledged", "phaseMitigated", "phaseResolved",
  "phaseCancelled", "test", "backfilled", "change", 
  "unacknowledge", "escalate", "answerEscalation", "redirect", "setReported", "setMilestone", "addTimelineEntry", "createLinked", "createLinkedSet",
  "linkBlockedBy", "addToKnown", "markDuplicate", "label", "noLinks", "showAllLinks", "pullRequests", "merged", "draft", "updates", "updateSent",
  "updateNever", "updateWaiting", "updatePromised", "updateIsPromised", "timeline", "timelineLoading", "timelineFailed", "timelineNone", "timelineCount", "filter", "filterAll",
  "filterMilestones", "filterComments", "filterChecklist", "filterText", "newest", "recordedLater", "waiting", "reply", "replyText", "replyHint",
  "replyStage", "replyKeepStage", "replyComment", "replyMove", "replyAcknowledge", "replyResolve", "replyClose", "replyNeedsText", "replySending",
  "replySent", "replyOpenSteps", "replyOpenIssues", "replyClosedMeanwhile", "replyUnsent", "replyUnsentText", "replyChanged", "replyNotClosed", "copyText", "dismiss", "checklists", "addToTimeline", "markTest", "unmarkTest",
  "correctTime", "cancelIncident", "recordSatisfaction",
  "drawing", "drawingTooLarge", "zoomIn", "zoomOut", "nodeState", "nodeDone", "nodeCurrent", "nodeLocked", "optional", "pass", "earlierPasses", "earlierAnswer",
] as const;

/** The schema of the texts of the page. */
export const issueLabelsSchema = v.object(v.entriesFromList(issueLabelNames, v.string()));

export type IssueLabels = Infer<typeof issueLabelsSchema>;
