import * as vscode from "vscode";
import { runInBackground } from "../../core/model/background";
import type { IssueRef } from "../../core/model/issueRef";
import type { ChecklistSubject } from "../../protocol/checklist";
import type { HandoffSubject } from "../../protocol/handoff";
import type { PostmortemSubject } from "../../protocol/postmortem";
import type { ScheduleSubject } from "../../protocol/schedule";

/** Internal command: shows the panel of a type (first argument) for a subject (second argument), the one that is open, else a new one. */
export const showPanel = "responseDesk._panel.show";

export type PanelType = "responseDesk.checklist" | "responseDesk.postmortem" | "responseDesk.handoff" | "responseDesk.schedule";

/** Shows the live checklist of an issue, at one of its runs if it is named. */
export function openChecklist(ref: IssueRef, run?: string): void {
  open<ChecklistSubject>("responseDesk.checklist", run === undefined ? { ref } : { ref, run });
}

/** Shows the post-mortem of an issue: on the file that was begun, else a new one. */
export function openPostmortem(ref: IssueRef): void {
  open<PostmortemSubject>("responseDesk.postmortem", { ref });
}

/** Shows the handoff builder of a person. */
export function openHandoff(outgoing: string): void {
  open<HandoffSubject>("responseDesk.handoff", { outgoing });
}

/** Shows the schedule of this month. */
export function openSchedule(): void {
  open<ScheduleSubject>("responseDesk.schedule", {});
}

function open<Subject>(type: PanelType, subject: Subject): void {
  runInBackground(vscode.commands.executeCommand(showPanel, type, subject), console);
}
