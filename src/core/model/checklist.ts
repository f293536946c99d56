import * as v from "valibot";
import type { Instant } from "./issue";
import type { IssueRef } from "./issueRef";
import type { Infer } from "./parseData";

/** A step of a checklist on an issue. Links can belong to a step. */
export interface StepRef {
  readonly run: string;
  readonly step: string;
}

/** The live copy of a runbook on an issue: its steps, and who completed them and when. */
export interface Checklist {
  readonly id: string;
  /** Path of the runbook, relative to the workspace folder. */
  readonly runbook: string;
  readonly title: string;
  /** Short hash of the runbook's text when the checklist was started. */
  readonly revision: string;
  readonly startedAt: Instant;
  readonly by: string;
  readonly items: readonly ChecklistItem[];
  /** The values of the fields that its steps ask for, sorted by name. Absent if there are none. */
  readonly values?: readonly FieldValue[];
}

/** The last value of a field, who set it and when. An empty login: a person changed it by hand. An empty value: it was removed. */
export interface FieldValue {
  readonly name: string;
  readonly value: string;
  readonly at: Instant;
  readonly by: string;
}

export type ChecklistItem = ChecklistSection | ChecklistStep;

export interface ChecklistSection {
  readonly kind: "section";
  readonly id: string;
  readonly title: string;
  /** A gate: later steps are locked until all of its own steps are done. */
  readonly gate: boolean;
}

export interface ChecklistStep {
  readonly kind: "step";
  readonly id: string;
  /** The children of a `decision` are `option`s, and one of them is chosen. */
  readonly part: StepPart;
  /** One line of inline Markdown, as written in the runbook. */
  readonly text: string;
  /** 0 for a step, 1 for its sub-steps, and so on. Sub-steps directly follow their step. */
  readonly depth: number;
  readonly mark: StepMark;
  readonly links: readonly IssueRef[];
  /** On a decision: the id of the option chosen last. */
  readonly chosen?: string;
  /** The step's previous mark while `mark` records that its option was not chosen. It is restored when the option is chosen. */
  readonly own?: StepMark;
  /** Set when a person changed the checkbox by hand: the instant of the mark that this overrides. */
  readonly overrode?: Instant;
  /** Ids of this step in earlier versions of the runbook. Marks made under an old id still apply. */
  readonly formerly?: readonly string[];
  /** Deadline relative to the start of the checklist, such as `15m`. */
  readonly within?: string;
  /** The assignee and when they were assigned. An empty login: unassigned. */
  readonly given?: { readonly login: string; readonly at: Instant };
  /** Evidence attached to the step. */
  readonly evidence?: readonly Evidence[];
  /**
   * Present on the steps of a flowchart and their options: ids of the steps that follow. Empty on a decision, whose options lead
   * on, and where the procedure ends.
   */
  readonly next?: readonly string[];
  /** It need not be done. */
  readonly optional?: true;
  /** On a step that can be repeated: all of its marks with a time except the current one, in order. */
  readonly log?: readonly LoggedMark[];
}

/** A mark that was made before the current one, and on a decision the option that was chosen. */
export interface LoggedMark {
  readonly mark: StepMark;
  readonly chosen?: string;
}

/** Evidence for a step: a web address, a file of the workspace, or text. */
export type Evidence = Infer<typeof evidenceSchema>;

export const evidenceSchema = v.object({ kind: v.picklist(["link", "file", "text"]), value: v.string() });

export type StepPart = (typeof stepParts)[number];

export const stepParts = ["step", "decision", "option"] as const;

/** State of a step. `by` and `at` are absent when it was ticked by hand on the web or never changed. */
export type StepMark =
  | { readonly kind: "open"; readonly by?: string; readonly at?: Instant }
  | { readonly kind: "done"; readonly by?: string; readonly at?: Instant }
  | { readonly kind: "skipped"; readonly reason: string; readonly by?: string; readonly at?: Instant };

/** Progress of a checklist. Headings, the options of a decision and open optional steps do not count. Skipped steps count as done. */
export interface ChecklistProgress {
  readonly done: number;
  readonly total: number;
}
