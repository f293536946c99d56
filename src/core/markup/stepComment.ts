import type { StepMark, StepRef } from "../model/checklist";
import { escapeOwnMarks, formatMark, readMark } from "./hiddenMark";
import { inertText } from "./inertText";

/** What the comment on a step is about. */
interface StepCommentContent {
  /** The step, readable on one line. */
  readonly text: string;
  readonly mark: StepMark["kind"];
  /** Whether its author approves the step, which a hidden mark says. */
  readonly approves: boolean;
  /** What its author adds, as Markdown. */
  readonly comment?: string;
}

const approvalMark = /<!-- desk:approval ([^<>]*) -->\s*$/;

/** Renders the comment of somebody who marked a step. */
export function renderStepComment({ run, step }: StepRef, { text, mark, approves, comment }: StepCommentContent): string {
  const verb = mark === "open" ? "Reopened" : mark === "skipped" ? "Skipped" : approves ? "Approved" : "Done";
  const lines = escapeOwnMarks([`${verb}: ${inertText(text)}`, ...(comment === undefined ? [] : [comment.trimEnd()])].join("\n\n"));
  return approves ? `${lines}\n\n<!-- ${formatMark(["desk:approval"], { run, step })} -->` : lines;
}

/** The step that a comment approves, if it approves one. */
export function readApproval(markdown: string): StepRef | undefined {
  const found = approvalMark.exec(markdown);
  if (found === null) return undefined;
  const { values } = readMark(found[1] ?? "");
  const [run, step] = [values.get("run"), values.get("step")];
  return run === undefined || step === undefined ? undefined : { run, step };
}
