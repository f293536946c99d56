import type { IssueFacts } from "../issue/issueFacts";
import type { Desk } from "../model/desk";
import { compareInstants } from "../model/instant";
import type { Instant, Issue } from "../model/issue";
import { hasLogin, sameName } from "../model/names";
import type { SingleOperation } from "../model/operation";
import { satisfactionComment } from "../markup/issueTexts";
import { renderMilestone } from "../markup/milestone";
import { type IncidentState, milestoneTime } from "./incidentState";

/** An audience that does not know how an incident ended. `never`: it received no update at all. */
export interface UninformedAudience {
  readonly audience: string;
  readonly code: "never" | "notAboutEnd";
}

/** The audiences of the desk that were not updated since the incident ended. None for other issues, tests and backfilled incidents. */
export function uninformedAudiences(desk: Desk, facts: IssueFacts, state: IncidentState): readonly UninformedAudience[] {
  if (facts.kind !== "incident" || state.isTest || state.isBackfilled) return [];
  const ended = (milestoneTime(state, "resolved") ?? milestoneTime(state, "cancelled"))?.at;
  return desk.audiences.flatMap(({ name }): readonly UninformedAudience[] => {
    const sent = state.updates.filter(({ audience }) => sameName(audience, name));
    if (sent.length === 0) return [{ audience: name, code: "never" }];
    return ended !== undefined && sent.some(({ at }) => compareInstants(at, ended) >= 0) ? [] : [{ audience: name, code: "notAboutEnd" }];
  });
}

/** The audiences of a duplicate that still expect an update on it. Those that never received one are informed by the issue that stays. */
export function expectingAudiences(desk: Desk, facts: IssueFacts, state: IncidentState): readonly UninformedAudience[] {
  return uninformedAudiences(desk, facts, state).filter(({ code }) => code === "notAboutEnd");
}

/**
 * Whether the desk asks for a post-mortem of this issue, and it has none: incidents of some priorities, but not tests,
 * cancelled incidents and duplicates. A duplicate is part of the post-mortem of the incident that stays.
 */
export function needsPostmortem(desk: Desk, facts: IssueFacts, state: IncidentState): boolean {
  const isRequired = facts.kind === "incident" && facts.priority !== undefined && desk.postmortem.for.includes(facts.priority);
  return isRequired && facts.postmortem === undefined && !state.isTest && facts.duplicateOf.length === 0 && milestoneTime(state, "cancelled") === undefined;
}

/** The scores that a reporter can give, the best first. Numbers can be averaged, and surveys use the same scale. */
export const satisfactionScores = [5, 4, 3, 2, 1] as const;

const noScore = "none";

/** The recorded satisfaction of a reporter. No answer is not a score. */
export function readSatisfaction({ satisfaction }: Pick<IncidentState, "satisfaction">): { readonly score?: number } | undefined {
  if (satisfaction === undefined) return undefined;
  const score = satisfactionScores.find((one) => String(one) === satisfaction);
  return score === undefined ? {} : { score };
}

/** The changes that record how satisfied a reporter was: a score or none, and their words. */
export function satisfactionOperations({ ref }: Issue, score: number | undefined, words: string, stamp: { readonly at: Instant; readonly by: string }): readonly SingleOperation[] {
  return [
    { kind: "comment", ref, markdown: renderMilestone("note", satisfactionComment(score, words)) },
    { kind: "edit", ref, change: { kind: "setFields", fields: [{ name: "satisfaction", value: score === undefined ? noScore : String(score), ...stamp }] } },
  ];
}

/** Whether to ask for feedback on a closed issue: somebody else reported it, and nobody asked yet. */
export function asksForFeedback(desk: Desk, issue: Issue, facts: IssueFacts, state: IncidentState): boolean {
  if (state.isTest || state.satisfaction !== undefined) return false;
  if (facts.kind === "request") return true;
  return facts.kind === "incident" && !hasLogin(desk.people.map(({ login }) => login), issue.author);
}
