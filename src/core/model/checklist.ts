import * as v from "valibot";
import type { Instant } from "./issue";
import type { IssueRef } from "./issueRef";
import type { Infer } from "./parseData";

/** A step of a run on an issue, as the place a link belongs to. */
export interface StepRef {
  readonly run: string;
  readonly step: string;
}

/** The live copy of a runbook on an issue: what is to do, and what was done by whom and when. */
export interface Checklist {
  readonly id: string;
  /** Path of the runbook from the workspace folder. */
  readonly runbook: string;
  readonly title: string;
  /** Short hash of the runbook's text when the run started. */
  readonly revision: string;
  readonly startedAt: Instant;
  readonly by: string;
  readonly items: readonly ChecklistItem[];
}

export type ChecklistItem = ChecklistSection | ChecklistStep;

export interface ChecklistSection {
  readonly kind: "section";
  readonly id: string;
  readonly title: string;
  /** A gate: no step after it can be done until all of its own are done. */
  readonly gate: boolean;
}

export interface ChecklistStep {
  readonly kind: "step";
  readonly id: string;
  /** `decision`: its children are `option`s, of which one is chosen. */
  readonly part: StepPart;
  /** One line of inline Markdown, as the runbook has it. */
  readonly text: string;
  /** 0 for a step, 1 for its sub-steps, and so on. Sub-steps follow their step in order. */
  readonly depth: number;
  readonly mark: StepMark;
  readonly links: readonly IssueRef[];
  /** On a decision: the id of the option that was chosen last. */
  readonly chosen?: string;
  /** The step's own mark while `mark` says that its option was not chosen; it comes back when the option is chosen. */
  readonly own?: StepMark;
  /** Set when a person changed the box by hand: the instant of the last mark that it overrode. */
  readonly overrode?: Instant;
  /** Ids it had in earlier versions of the runbook: marks that were made there still find it. */
  readonly formerly?: readonly string[];
  /** How long after the run began it is to be done, as in `15m`. */
  readonly within?: string;
  /** Whom it was given to, and when; an empty login: nobody any more. */
  readonly given?: { readonly login: string; readonly at: Instant };
  /** What shows that it is so. */
  readonly evidence?: readonly Evidence[];
}

/** Something to look at: a web address, a file of the workspace, or a few words. */
export type Evidence = Infer<typeof evidenceSchema>;

export const evidenceSchema = v.object({ kind: v.picklist(["link", "file", "text"]), value: v.string() });

export type StepPart = (typeof stepParts)[number];

export const stepParts = ["step", "decision", "option"] as const;

/** State of a step; `by` and `at` are absent when it was ticked by hand on the web or never touched. */
export type StepMark =
  | { readonly kind: "open"; readonly by?: string; readonly at?: Instant }
  | { readonly kind: "done"; readonly by?: string; readonly at?: Instant }
  | { readonly kind: "skipped"; readonly reason: string; readonly by?: string; readonly at?: Instant };

/** How far a run is. Options of a decision and headings do not count; skipped steps count as settled. */
export interface ChecklistProgress {
  readonly done: number;
  readonly total: number;
}
