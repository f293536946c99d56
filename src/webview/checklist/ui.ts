import type { ChecklistAction, ChecklistWrite, NewMark, StepView } from "../../protocol/checklist";

/** What the page knows that is not in the state. */
export interface Ui {
  /** Milliseconds since 1970, for relative times. */
  readonly now: number;
  /** Step whose reason for skipping is being typed. */
  readonly skipping?: string;
  /** Only the steps that are for the person at the keyboard are shown. */
  readonly mine: boolean;
  /** Writes that were refused, by step. */
  readonly refusals: ReadonlyMap<string, Refused>;
  /** What others just did, for screen readers. */
  readonly announcement: string;
  /** How many writes have gone without an answer for long. */
  readonly silent: number;
  readonly drafts: Readonly<Record<string, string>>;
}

export interface Refused {
  readonly text: string;
  readonly write: ChecklistWrite;
  /** It is stored and tried again by itself. */
  readonly kept: boolean;
}

/** What a person can do on the page. */
export interface Hands {
  readonly act: (action: ChecklistAction) => void;
  readonly mark: (step: StepView, mark: NewMark) => void;
  readonly choose: (decision: StepView, option: StepView) => void;
  readonly follow: (href: string) => void;
  readonly showMine: (only: boolean) => void;
  readonly startSkip: (step: StepView) => void;
  readonly cancelSkip: (step: StepView) => void;
  readonly type: (field: string, text: string) => void;
  readonly retry: (refused: Refused) => void;
}

/** Name of the draft of a step's reason. */
export function reasonField(run: string, step: string): string {
  return `skip ${run} ${step}`;
}

/** Id of the element that ticks or chooses a step. */
export function controlId(step: string): string {
  return `step-${step}`;
}
