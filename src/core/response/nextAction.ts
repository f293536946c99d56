import type { IssueFacts } from "../issue/issueFacts";
import { type Desk, findKind } from "../model/desk";
import { checklistKind, handoffKind, type Issue } from "../model/issue";
import type { ResponseClock } from "./responseClock";
import type { Urgency } from "./urgency";
import { needsPostmortem } from "../incident/ending";
import type { IncidentState } from "../incident/incidentState";

/** What can be the next thing to do on an issue: the commands that do it, without `responseDesk.`. */
export const nextActions = ["issue.acknowledge", "issue.sendUpdate", "issue.resolve", "issue.close", "issue.postmortem", "issue.startChecklist", "handoff.accept"] as const;

export type NextAction = (typeof nextActions)[number];

/** An issue and what is due on it now. */
export interface Situation {
  readonly desk: Desk;
  readonly issue: Issue;
  readonly facts: IssueFacts;
  readonly state: IncidentState;
  readonly clock: Pick<ResponseClock, "acknowledged" | "due">;
  /** What is due first. */
  readonly urgency: Pick<Urgency, "stage" | "state"> | undefined;
}

/** The one thing to do next on an issue, of those that are offered. Returns `undefined` if nothing is obviously next. */
export function nextAction(situation: Situation, offered: (action: NextAction) => boolean): NextAction | undefined {
  return inOrder(situation).find(offered);
}

function inOrder(situation: Situation): readonly NextAction[] {
  const { desk, issue, facts, state } = situation;
  if (facts.kind === handoffKind) return issue.state === "open" ? ["handoff.accept"] : [];
  if (facts.kind === checklistKind) return issue.state === "open" && isComplete(facts) ? ["issue.close"] : [];
  if (issue.state === "closed") return needsPostmortem(desk, facts, state) ? ["issue.postmortem"] : [];
  // The work is done on the issue that stays.
  if (facts.duplicateOf.length > 0) return ["issue.close"];
  return facts.kind === "incident" ? ofIncident(situation) : ofWork(situation);
}

function ofIncident({ state, clock, urgency }: Situation): readonly NextAction[] {
  if (state.phase === "cancelled") return ["issue.close"];
  // What happened earlier is not acknowledged now.
  if (clock.acknowledged === undefined && state.phase === "reported" && !state.isBackfilled) return ["issue.acknowledge"];
  if (state.phase === "resolved") return ["issue.close"];
  const updateIsDue = urgency?.stage === "update" && urgency.state !== "later";
  return [...(updateIsDue ? ["issue.sendUpdate" as const] : []), "issue.resolve", "issue.close"];
}

/** Requests, records and other work: somebody takes it, follows its runbook to the end, and closes it. */
function ofWork({ desk, issue, facts, state, clock }: Situation): readonly NextAction[] {
  const kind = findKind(desk, facts.kind ?? "");
  const isAwaited = clock.due.some(({ stage }) => stage === "response" || stage === "triage");
  const isNew = clock.acknowledged === undefined && (isAwaited || (facts.kind === "request" && issue.assignees.length === 0));
  if (isNew && state.phase === "reported") return ["issue.acknowledge"];
  if (facts.checklists.length === 0 && kind?.runbook !== undefined && state.phase !== "resolved") return ["issue.startChecklist"];
  if (state.phase === "resolved" || isComplete(facts)) return ["issue.close"];
  return facts.kind === "request" && facts.checklists.length === 0 ? ["issue.close"] : [];
}

function isComplete({ progress }: IssueFacts): boolean {
  return progress !== undefined && progress.done >= progress.total;
}
