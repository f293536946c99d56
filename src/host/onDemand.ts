// What the start does without, loaded when a desk, a document or a command first needs it. One module, so that it is one file of
// the desktop build and the start shares few files with it.
export { runbookContext } from "../core/runbook/runbookContext";
export { readRunbook } from "../markdown/readMarkdown";
export { deskFolder } from "./app/deskFolder";
export { openSession } from "./app/openSession";
export * as commands from "./commands/commands";
export { notifyFailure, notifyStored, performCommand } from "./commands/perform";
export { registerEditorFeatures, registerRunbookLanguage } from "./editor/editorFeatures";
export { previewChecklists } from "./editor/shownChecklist";
export { notifyNotice, notifyRenumbered } from "./notifications/noticeMessages";
export { offerUndo } from "./notifications/offerUndo";
export { postmortemReminders } from "./notifications/postmortemReminders";
export { dueReminders, handoffReminders, stepReminders } from "./notifications/reminderSources";
export { onCallStatus } from "./notifications/statusBar";
export { triageStatus } from "./notifications/triageStatus";
export { handoffPanel } from "./panels/handoff/handoffPanel";
export { issuePanel } from "./panels/issue/issuePanel";
export { metricsPanel } from "./panels/metrics/metricsPanel";
export { postmortemPanel } from "./panels/postmortem/postmortemPanel";
export { schedulePanel } from "./panels/schedule/schedulePanel";
export { createTerminals } from "./platform/terminals";
export { notifyLeft, notifyRefusal } from "./ui/pendingNotices";
export { buildView, toTreeItem } from "./views/buildView";
export { trackPending } from "./views/pendingView";
