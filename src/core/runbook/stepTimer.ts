import { readChecklists } from "../markup/checklistRegion";
import type { Checklist, ChecklistStep } from "../model/checklist";
import { parseDuration } from "../model/desk";
import { instantAt, millisecondsOf } from "../model/instant";
import { compareInstants } from "../model/instantOrder";
import type { Instant, Issue } from "../model/issue";
import type { IssueRef } from "../model/issueRef";
import { hasLogin, sameLogin } from "../model/names";

const timer = /<!--[ \t]*desk:[ \t]*within[ \t]+([^\s<>]+)[ \t]*-->/;

/** What the comment `<!-- desk: within 15m -->` in a step's text asks for; `undefined` when there is none. */
export function readTimer(text: string): string | undefined {
  return text.includes("<!--") ? timer.exec(text)?.[1] : undefined;
}

/** An open step that somebody is waiting for. */
export interface DueStep {
  readonly ref: IssueRef;
  readonly checklist: Checklist;
  readonly step: ChecklistStep;
  readonly due: Instant;
}

/** The steps with a time that are a person's: of runs that they began, and of open issues that they are assigned to. The earliest first. */
export function dueSteps(issues: readonly Issue[], login: string): readonly DueStep[] {
  const steps = issues.flatMap(({ ref, state, body, assignees }): readonly DueStep[] => {
    if (state === "closed" || !body.includes(" within=")) return [];
    const checklists = readChecklists(body, ref.repository).filter(({ by }) => sameLogin(by, login) || hasLogin(assignees, login));
    return checklists.flatMap((checklist) => checklist.items.flatMap((step) => {
      const due = step.kind === "step" ? stepDue(checklist, step) : undefined;
      return step.kind === "step" && due !== undefined ? [{ ref, checklist, step, due }] : [];
    }));
  });
  return steps.sort((a, b) => compareInstants(a.due, b.due));
}

const minutes = { m: 1, h: 60, d: 24 * 60, w: 7 * 24 * 60 } as const;

/** When an open step is to be done by, in plain hours after its run began; `undefined` when nothing was asked or it is settled. */
export function stepDue(checklist: Checklist, { within, mark, part }: ChecklistStep): Instant | undefined {
  const duration = within === undefined || mark.kind !== "open" || part === "option" ? undefined : parseDuration(within);
  if (duration === undefined) return undefined;
  try {
    return instantAt(millisecondsOf(checklist.startedAt) + duration.amount * minutes[duration.unit] * 60_000);
  } catch (error) {
    // The issue's text says when the run began, and anybody may have written that.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
