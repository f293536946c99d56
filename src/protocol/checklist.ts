import type { Instant } from "../core/issue/issue";
import type { IssueRef } from "../core/issue/issueRef";
import type { InlineSpan } from "../core/runbook/inline";
import type { Evidence, StepPart } from "../core/runbook/run";

/** What a checklist is opened from: an issue, and which of its runs if not the latest one that is not finished. */
export interface ChecklistSubject {
  readonly ref: IssueRef;
  readonly run?: string;
}

/** `seen` is the instant of the step's mark as the person saw it; with `again`, a step marked since is left as it is. */
export type ChecklistToHost =
  | { readonly kind: "mark"; readonly key: string; readonly run: string; readonly step: string; readonly mark: NewMark; readonly seen?: Instant; readonly again: boolean }
  | { readonly kind: "choose"; readonly key: string; readonly run: string; readonly option: string; readonly decision: string; readonly seen?: Instant; readonly again: boolean }
  | { readonly kind: "turnTo"; readonly run: string }
  | { readonly kind: "act"; readonly action: ChecklistAction };

/** A write of the checklist: it is kept in the webview until the host has taken it. */
export type ChecklistWrite = Extract<ChecklistToHost, { readonly kind: "mark" | "choose" }>;

export type NewMark = { readonly kind: "open" } | { readonly kind: "done" } | { readonly kind: "skipped"; readonly reason: string };

/** The answer to a write: it is on the issue, or why it is not; one that is `kept` is stored and tried again by itself. */
export type ChecklistReply = { readonly kind: "done" } | { readonly kind: "refused"; readonly text: string; readonly kept: boolean };

export type ChecklistAction =
  | { readonly kind: "openIssue"; readonly ref: IssueRef }
  | { readonly kind: "openChecklist"; readonly ref: IssueRef }
  | { readonly kind: "createLinked"; readonly run: string; readonly step: string; readonly issueKind: string; readonly template?: string }
  | { readonly kind: "createLinkedSet"; readonly run: string; readonly step: string }
  | { readonly kind: "linkExisting"; readonly run: string; readonly step: string }
  | { readonly kind: "takeOver"; readonly run: string }
  | { readonly kind: "giveStep"; readonly run: string; readonly step: string }
  | { readonly kind: "sendBack"; readonly run: string; readonly gate: string }
  | { readonly kind: "addEvidence"; readonly run: string; readonly step: string }
  | { readonly kind: "removeEvidence"; readonly run: string; readonly step: string; readonly evidence: Evidence }
  | { readonly kind: "exportRun"; readonly run: string }
  | { readonly kind: "copyStep"; readonly run: string; readonly step: string }
  | { readonly kind: "runCommand"; readonly run: string; readonly step: string; readonly path: string; readonly line: number }
  | { readonly kind: "copyCommand"; readonly path: string; readonly line: number }
  | { readonly kind: "comment"; readonly ref: IssueRef }
  | { readonly kind: "close"; readonly ref: IssueRef }
  | { readonly kind: "reopen"; readonly ref: IssueRef }
  | { readonly kind: "postmortem" }
  | { readonly kind: "reveal" }
  | { readonly kind: "startRun"; readonly runbook?: string }
  | { readonly kind: "turnTo"; readonly run: string }
  | { readonly kind: "openRunbook"; readonly path: string; readonly line?: number }
  | { readonly kind: "openFile"; readonly path: string }
  | { readonly kind: "openLink"; readonly href: string; readonly runbook: string }
  | { readonly kind: "trust" }
  | { readonly kind: "signIn" }
  | { readonly kind: "refresh" };

/** Everything the checklist shows, in the reader's language. */
export interface ChecklistState {
  readonly language: string;
  readonly words: ChecklistWords;
  /** Login of the person at the keyboard, if known. */
  readonly me?: string;
  readonly readonly: boolean;
  readonly banners: readonly Banner[];
  readonly content: ChecklistContent;
}

export interface Banner {
  readonly tone: "information" | "warning" | "error";
  readonly text: string;
  /** What it says one by one. */
  readonly details: readonly string[];
  readonly buttons: readonly Button[];
}

export interface Button {
  readonly label: string;
  readonly icon: string;
  readonly action: ChecklistAction;
  /** It would write, and nothing may be written now. */
  readonly disabled: boolean;
}

export type ChecklistContent =
  | { readonly kind: "loading" }
  | { readonly kind: "unavailable"; readonly title: string; readonly text: string; readonly buttons: readonly Button[] }
  | { readonly kind: "issue"; readonly issue: IssueHead; readonly runs: readonly RunTab[]; readonly run?: RunView };

export interface IssueHead {
  readonly ref: IssueRef;
  readonly reference: string;
  readonly title: string;
  readonly facts: readonly Fact[];
  readonly links: readonly LinkChip[];
  readonly buttons: readonly Button[];
}

/** A property of the issue, as in `Priority` and `high`. */
export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** Another issue and what is known of it. */
export interface LinkChip {
  readonly ref: IssueRef;
  readonly reference: string;
  readonly state: "open" | "closed" | "unknown";
  readonly title?: string;
  /** As in `Parent`. */
  readonly relation?: string;
}

export interface RunTab {
  readonly id: string;
  readonly title: string;
  readonly settled: number;
  readonly total: number;
}

export interface RunView {
  readonly id: string;
  readonly title: string;
  readonly runbook: string;
  readonly startedBy: string;
  readonly startedAt: Instant;
  readonly settled: number;
  readonly total: number;
  readonly sections: readonly SectionView[];
  readonly buttons: readonly Button[];
}

export interface SectionView {
  readonly id: string;
  /** Absent for steps before the first heading. */
  readonly title?: string;
  readonly gate: boolean;
  /** Whether every step of the section is settled. */
  readonly settled: boolean;
  readonly buttons: readonly Button[];
  readonly steps: readonly StepView[];
}

export interface StepView {
  readonly id: string;
  readonly part: StepPart;
  readonly spans: readonly InlineSpan[];
  /** The step in plain words. */
  readonly label: string;
  readonly mark: MarkView;
  /** Why it can not be done yet; absent when it can. */
  readonly locked?: string;
  /** Whom it was given to. */
  readonly person?: string;
  /** Whether it is for the person at the keyboard. */
  readonly mine: boolean;
  /** When it is to be done by, while it is open. */
  readonly due?: Instant;
  /** A write of this step is not on the issue yet. */
  readonly pending: boolean;
  readonly links: readonly LinkChip[];
  readonly evidence: readonly EvidenceView[];
  readonly buttons: readonly Button[];
  /** Line of the runbook it comes from, while the runbook has it. */
  readonly line?: number;
  readonly children: readonly StepView[];
}

/** A piece of evidence, what opens it, and what takes it away. */
export interface EvidenceView {
  readonly text: string;
  readonly icon: string;
  readonly open?: ChecklistAction;
  readonly remove?: Button;
}

/** `left`: it stands below an option that was not chosen. */
export interface MarkView {
  readonly kind: "open" | "done" | "skipped" | "left";
  readonly reason?: string;
  readonly by?: string;
  readonly at?: Instant;
}

/** Every word the checklist uses. Places `{0}`, `{1}` are filled by `fill`. */
export interface ChecklistWords {
  readonly open: string;
  readonly closed: string;
  readonly unknownState: string;
  readonly state: string;
  readonly kind: string;
  readonly stage: string;
  readonly priority: string;
  readonly assignees: string;
  readonly nobody: string;
  readonly parent: string;
  readonly child: string;
  readonly related: string;
  readonly blockedBy: string;
  readonly blocks: string;
  readonly linkedIssues: string;
  readonly issueActions: string;
  readonly openIssue: string;
  readonly openChecklist: string;
  readonly closeIssue: string;
  readonly reopenIssue: string;
  readonly postmortem: string;
  readonly reveal: string;
  readonly addComment: string;
  readonly create: string;
  readonly createFrom: string;
  readonly createSet: string;
  readonly createSeveral: string;
  readonly linkExisting: string;
  readonly commentOn: string;
  readonly closeOther: string;
  readonly startRunbook: string;
  readonly runCommand: string;
  readonly copyCommand: string;
  readonly goToRunbook: string;
  readonly openRunbook: string;
  readonly openRunbookLine: string;
  readonly startOne: string;
  readonly startAnother: string;
  readonly openFile: string;
  readonly refresh: string;
  readonly manageTrust: string;
  readonly loading: string;
  readonly noRun: string;
  readonly noRunText: string;
  readonly emptyRun: string;
  readonly runs: string;
  readonly startedBy: string;
  readonly progress: string;
  readonly gate: string;
  readonly gateOpen: string;
  readonly gateShut: string;
  readonly locked: string;
  readonly doneBy: string;
  readonly doneOnWeb: string;
  readonly skippedBy: string;
  readonly skipped: string;
  readonly left: string;
  readonly skip: string;
  readonly skipStep: string;
  readonly skipReason: string;
  readonly skipConfirm: string;
  readonly cancel: string;
  readonly takeBack: string;
  readonly takeBackStep: string;
  readonly undoChoice: string;
  readonly undoChoiceOf: string;
  readonly stepActions: string;
  readonly giveStep: string;
  readonly givenTo: string;
  readonly mine: string;
  readonly noneMine: string;
  readonly due: string;
  readonly overdue: string;
  readonly evidence: string;
  readonly addEvidence: string;
  readonly removeEvidence: string;
  readonly sendBack: string;
  readonly gateActions: string;
  readonly takeOver: string;
  readonly stepAdded: string;
  readonly stepRemoved: string;
  readonly stepKept: string;
  readonly stepReworded: string;
  readonly moreChanges: string;
  readonly exportRun: string;
  readonly copyStep: string;
  readonly saving: string;
  readonly retry: string;
  readonly failed: string;
  readonly silent: string;
  readonly keys: string;
  readonly announceDone: string;
  readonly announceOpen: string;
  readonly announceSkipped: string;
  readonly somebody: string;
  readonly untrusted: string;
  readonly stale: string;
  readonly signIn: string;
  readonly runbookGone: string;
  readonly runbookChanged: string;
  readonly brokenMarks: string;
  readonly gone: string;
  readonly goneText: string;
  readonly broken: string;
  readonly brokenText: string;
  readonly failedTitle: string;
}
