import type { DraftInput } from '../../src/core/issue/draftIssue';
import type { Instant } from '../../src/core/model/issue';
import { businessBefore, businessMilliseconds } from './businessClock';
import type { SampleEvent, SamplePerson, SampleStage } from './script';

/** An issue of the weeks before a sample day, closed long ago, so that figures have a previous period. Lengths are business time. */
export interface EarlierIssue {
  readonly draft: Omit<DraftInput, 'assignees'>;
  /** When it was reported, before the end of the day. */
  readonly ago: string;
  readonly reporter: string;
  /** Who works on it; by default whoever is on call when it is reported. */
  readonly owner?: string;
  readonly runbook?: string;
  /** From here on, how long after the report. */
  readonly acknowledged: string;
  /** The steps of its checklist that are done at the acknowledgement. */
  readonly steps?: readonly string[];
  readonly stages?: readonly (readonly [after: string, stage: string])[];
  /** Each goes to every audience of the desk. */
  readonly updates?: readonly (readonly [after: string, text: string])[];
  readonly mitigated?: readonly [after: string, text: string];
  readonly closed: readonly [after: string, resolution: string];
  /** The options that complete its checklist. Without them, it is left as it is. */
  readonly finished?: readonly string[];
  /** The reporter's score after it was closed. */
  readonly satisfaction?: number;
}

/** What happened to earlier issues. `onCall` answers who works on an issue without an owner. */
export function earlierEvents({ desk, time, now }: SampleStage, issues: readonly EarlierIssue[], onCall: (at: Instant) => string): readonly SampleEvent[] {
  return issues.flatMap(({ draft, ago, reporter, runbook, acknowledged, steps = [], stages = [], updates = [], mitigated, closed, finished, satisfaction, ...own }, index) => {
    const name = `earlier ${index}`;
    const after = (length: string): Instant => businessBefore(time, now, businessMilliseconds(desk, ago) - businessMilliseconds(desk, length));
    const at = businessBefore(time, now, businessMilliseconds(desk, ago));
    const owner = own.owner ?? onCall(at);
    const later = (length: string, act: (person: SamplePerson) => Promise<void>): SampleEvent => ({ at: after(length), by: owner, act });
    return [
      { at, by: reporter, act: (p: SamplePerson) => p.create(name, { ...draft, assignees: [owner] }, runbook === undefined ? {} : { runbook }) },
      later(acknowledged, async (p) => { await p.acknowledge(name); await p.done(name, ...steps); }),
      ...stages.map(([length, stage]) => later(length, (p) => p.setStage(name, stage))),
      ...updates.map(([length, text]) => later(length, async (p) => {
        for (const audience of desk.audiences) await p.record(name, 'update', text, { audience: audience.name });
      })),
      ...mitigated === undefined ? [] : [later(mitigated[0], (p) => p.record(name, 'mitigated', mitigated[1]))],
      later(closed[0], async (p) => {
        if (finished !== undefined) await p.finish(name, ...finished);
        await p.close(name, closed[1]);
        if (satisfaction !== undefined) await p.recordSatisfaction(name, satisfaction);
      }),
    ];
  });
}
