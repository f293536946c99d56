import type { IssueDraft } from '../../src/core/model/issue';
import type { IssueRef } from '../../src/core/model/issueRef';
import type { IssueTracker } from '../../src/core/model/ports';
import { must } from './must';
import { sampleChecklist, step } from './sampleChecklist';

/** The draft of an incident. */
export const incidentDraft: IssueDraft = { repository: "acme/desk", kind: "incident", title: "[INCIDENT] Portal down", body: "Nobody can sign in.", labels: ["incident"], assignees: [] };

/** Creates that incident with a checklist `run1` of the steps a, b and c. */
export async function startedIncident(tracker: IssueTracker): Promise<IssueRef> {
  const ref = await must(tracker.create(incidentDraft, "begun"));
  await must(tracker.edit(ref, { kind: "startRun", run: sampleChecklist([step("a"), step("b"), step("c")]) }, "run"));
  return ref;
}
