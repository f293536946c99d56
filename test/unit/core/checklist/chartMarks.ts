import assert from 'node:assert/strict';
import { stepsOf } from '../../../../src/core/checklist/checklistSteps';
import { markStep } from '../../../../src/core/checklist/marking';
import type { Checklist } from '../../../../src/core/model/checklist';
import { loopingChecklist } from '../../../support/sampleChart';

export const home = "acme/desk";

export const time = (second: number): string => `2026-11-20T17:00:${String(second).padStart(2, "0")}Z`;

export function must<T>(value: T | undefined): T {
  return value ?? assert.fail("missing");
}

export const stamp = (second: number, by = "ana"): { readonly by: string; readonly at: string } => ({ by, at: time(second) });

export function done(checklist: Checklist, second: number, ...ids: readonly string[]): Checklist {
  return ids.reduce((now, id) => must(markStep(now, id, { kind: "done", ...stamp(second) })), checklist);
}

export const reopened = (checklist: Checklist, second: number, id: string): Checklist => must(markStep(checklist, id, { kind: "open", ...stamp(second) }));

export function shown(checklist: Checklist): string {
  return stepsOf(checklist).filter(({ part }) => part !== "option").map(({ id, mark }) => `${id} ${mark.kind === "skipped" ? mark.reason : mark.kind}`).join(", ");
}

/** Two passes of build and test, the first of which failed. */
export const failedOnce = done(done(done(loopingChecklist(), 1, "build", "test"), 2, "passed>fix"), 3, "fix", "again>test");
