import { passStarts } from "../checklist/passes";
import { readChecklists } from "../markup/checklistRegion";
import { alarmsNobody } from "../markup/labels";
import type { Checklist, ChecklistStep } from "../model/checklist";
import { parseDuration } from "../model/desk";
import { compareInstants, instantAt, millisecondsOf } from "../model/instant";
import type { Instant, Issue } from "../model/issue";
import type { IssueRef } from "../model/issueRef";
import { hasLogin, sameLogin } from "../model/names";

const timer = /<!--[ \t]*desk:[ \t]*within[ \t]+([^\s<>]+)[ \t]*-->/;

/** The duration in a comment such as `<!-- desk: within 15m -->` in a step's text, if any. */
export function readTimer(text: string): string | undefined {
  return text.includes("<!--") ? timer.exec(text)?.[1] : undefined;
}

/** An open step with a deadline. */
export interface DueStep {
  readonly ref: IssueRef;
  readonly checklist: Checklist;
  readonly step: ChecklistStep;
  readonly due: Instant;
}

/** The steps with a deadline for a person, earliest first: those of checklists that they started, and of open issues assigned to them. Without
 * those of tests and backfilled issues. */
export function dueSteps(issues: readonly Issue[], login: string): readonly DueStep[] {
  const steps = issues.flatMap(({ ref, state, body, labels, assignees }): readonly DueStep[] => {
    if (state === "closed" || alarmsNobody(labels) || !body.includes(" within=")) return [];
    const checklists = readChecklists(body, ref.repository).filter(({ by }) => sameLogin(by, login) || hasLogin(assignees, login));
    return checklists.flatMap((checklist) => checklist.items.flatMap((step) => {
      const due = step.kind === "step" ? stepDue(checklist, step) : undefined;
      return step.kind === "step" && due !== undefined ? [{ ref, checklist, step, due }] : [];
    }));
  });
  return steps.sort((a, b) => compareInstants(a.due, b.due));
}

const minutes = { m: 1, h: 60, d: 24 * 60, w: 7 * 24 * 60 } as const;

/**
 * When an open step is due, in wall-clock time after its checklist was started, or after a loop led back to it. Returns `undefined`
 * if it has no deadline or is done.
 */
export function stepDue(checklist: Checklist, { id, within, mark, part }: ChecklistStep): Instant | undefined {
  const duration = within === undefined || mark.kind !== "open" || part === "option" ? undefined : parseDuration(within);
  if (duration === undefined) return undefined;
  try {
    return instantAt(millisecondsOf(passStarts(checklist).get(id) ?? checklist.startedAt) + duration.amount * minutes[duration.unit] * 60_000);
  } catch (error) {
    // The start time comes from the issue's text, which anybody can edit.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
