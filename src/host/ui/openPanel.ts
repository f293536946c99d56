import * as vscode from "vscode";
import { runInBackground } from "../../core/model/queues";
import type { IssueRef } from "../../core/model/issueRef";
import type { IssueSubject } from "../../protocol/issue";
import type { HandoffSubject } from "../../protocol/handoff";
import type { MetricsSubject } from "../../protocol/metrics";
import type { PostmortemSubject } from "../../protocol/postmortem";
import type { ScheduleSubject } from "../../protocol/schedule";

/** Internal command: shows the panel of a type (first argument) for a subject (second argument). Reuses a panel that is open. */
export const showPanel = "responseDesk._panel.show";

/** Internal command: returns the subject of the panel that is the active editor, if one is. */
export const activePanel = "responseDesk._panel.active";

export type PanelType = "responseDesk.issue" | "responseDesk.postmortem" | "responseDesk.handoff" | "responseDesk.schedule" | "responseDesk.metrics";

/** Shows the page of an issue. */
export function openIssuePage(ref: IssueRef): void {
  open<IssueSubject>("responseDesk.issue", { ref });
}

/** Shows the page of an issue at one of its checklists. */
export function openChecklist(ref: IssueRef, run?: string): void {
  open<IssueSubject>("responseDesk.issue", { ref, ...(run === undefined ? {} : { run }), part: "checklist" });
}

/** Shows the post-mortem of an issue, and creates it if there is none. */
export function openPostmortem(ref: IssueRef): void {
  open<PostmortemSubject>("responseDesk.postmortem", { ref });
}

/** Shows the post-mortem in a file of the desk's folder. */
export function openPostmortemFile(path: string): void {
  open<PostmortemSubject>("responseDesk.postmortem", { path });
}

/** Shows the handoff builder of a person. */
export function openHandoff(outgoing: string): void {
  open<HandoffSubject>("responseDesk.handoff", { outgoing });
}

/** Shows the schedule of this month. */
export function openSchedule(): void {
  open<ScheduleSubject>("responseDesk.schedule", {});
}

/** Shows the figures of a period: of this month, or of the one that the page shows already. */
export function openMetrics(): void {
  open<MetricsSubject>("responseDesk.metrics", {});
}

function open<Subject>(type: PanelType, subject: Subject): void {
  runInBackground(vscode.commands.executeCommand(showPanel, type, subject), console);
}
