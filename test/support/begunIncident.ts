import type { IssueDraft } from "../../src/core/issue/issue";
import type { IssueRef } from "../../src/core/issue/issueRef";
import type { IssueTracker } from "../../src/core/ports";
import { must } from "./must";
import { sampleRun, step } from "./sampleRun";

/** An incident as somebody declares it. */
export const incidentDraft: IssueDraft = { repository: "acme/desk", kind: "incident", title: "[INCIDENT] Portal down", body: "Nobody can sign in.", labels: ["incident"], assignees: [] };

/** That incident, created, with a checklist `run1` of the steps a, b and c. */
export async function begunIncident(tracker: IssueTracker): Promise<IssueRef> {
  const ref = await must(tracker.create(incidentDraft, "begun"));
  await must(tracker.edit(ref, { kind: "startRun", run: sampleRun([step("a"), step("b"), step("c")]) }, "run"));
  return ref;
}
