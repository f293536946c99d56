import type { IssueFacts } from "../issue/issueFacts";
import { lastStateChange, stampAfter } from "../markup/issueRound";
import { stageLabel, stageLabels } from "../markup/labels";
import { renderComment, renderMilestone } from "../markup/milestone";
import type { Desk } from "../model/desk";
import { type Instant, type Issue, isWork } from "../model/issue";
import { hasLogin } from "../model/names";
import { batchOf, type Operation, type SingleOperation } from "../model/operation";
import { assertNever } from "../model/result";
import { duplicateNotices } from "./duplicates";
import { type IncidentState, milestoneTime } from "./incidentState";
import { nextStages } from "./transitions";

/** What a comment changes on the issue, if anything. */
export const replyEffects = ["comment", "acknowledge", "resolve", "close"] as const;

export type ReplyEffect = (typeof replyEffects)[number];

/** A comment on an issue with a change of its state. The text of `resolve` and `close` is the resolution. */
export interface Reply {
  readonly text: string;
  readonly effect: ReplyEffect;
  /** The stage that the issue goes to. */
  readonly stage?: string;
}

/** An issue and what is known about it. */
export interface ReplySituation {
  readonly desk: Desk;
  readonly issue: Issue;
  readonly facts: IssueFacts;
  readonly state: IncidentState;
  readonly isAcknowledged: boolean;
}

/** Who writes a reply, when, and what else it may concern. */
export interface ReplyContext {
  readonly me: string;
  readonly now: Instant;
  /** All issues, for those that are duplicates of this one. */
  readonly issues: readonly Issue[];
  /** Whether `@` mentions somebody where the issue is stored. */
  readonly mentions: boolean;
}

/** What a comment can change on the issue now. */
export function replyEffectsOf({ issue, facts, state, isAcknowledged }: ReplySituation): readonly ReplyEffect[] {
  if (issue.state === "closed") return ["comment"];
  const over = isOver(state);
  return [
    "comment",
    ...(isAcknowledged || over || !isWork(facts.kind) ? [] : ["acknowledge" as const]),
    ...(over || facts.kind !== "incident" ? [] : ["resolve" as const]),
    "close",
  ];
}

/** The stages that a comment can move the issue to. The last stage closes an issue, so it is not among them. */
export function replyStages({ desk, issue, facts }: ReplySituation): readonly string[] {
  if (issue.state === "closed" || !isWork(facts.kind)) return [];
  const last = desk.stages.at(-1);
  return nextStages(desk, facts.stage).filter((stage) => stage !== facts.stage && stage !== last);
}

/** The operation that writes a reply as a whole. Returns `undefined` if the issue does not allow it any more, or if it changes nothing. */
export function replyOperation(situation: ReplySituation, reply: Reply, context: ReplyContext): Operation | undefined {
  const { issue } = situation;
  const { text, effect, stage } = reply;
  if (!replyEffectsOf(situation).includes(effect) || (stage !== undefined && !replyStages(situation).includes(stage))) return undefined;
  const operations = partsOf(situation, effect, text.trim(), context);
  if (operations === undefined) return undefined;
  const all = [...operations, ...(stage === undefined || effect === "close" ? [] : [move(issue, stage)])];
  return all.length === 0 ? undefined : batchOf(all);
}

function partsOf({ issue, state }: ReplySituation, effect: ReplyEffect, text: string, context: ReplyContext): readonly SingleOperation[] | undefined {
  const { ref } = issue;
  const { me, now, issues, mentions } = context;
  const after = lastStateChange(issue);
  const stamp = stampAfter({ at: now, by: me }, after);
  const comment: readonly SingleOperation[] = text === "" ? [] : [{ kind: "comment", ref, markdown: renderComment(text) }];
  switch (effect) {
    case "comment":
      return comment;
    case "acknowledge":
      return [
        { kind: "comment", ref, markdown: renderMilestone("acknowledged", text) },
        ...(hasLogin(issue.assignees, me) ? [] : [{ kind: "edit" as const, ref, change: { kind: "assign" as const, add: [me], remove: [] } }]),
      ];
    case "resolve":
      if (text === "") return undefined;
      return [
        { kind: "comment", ref, markdown: renderMilestone("resolved", text) },
        { kind: "edit", ref, change: { kind: "setFields", fields: [{ name: "resolution", value: text, ...stamp }] } },
        ...duplicateNotices(issue, issues, { event: "resolved", resolution: text, mentions }),
      ];
    case "close":
      // What was resolved keeps the time of its resolution.
      if (isOver(state)) return [...comment, { kind: "edit", ref, change: { kind: "close", reason: state.phase === "cancelled" ? "notPlanned" : "completed", stamp } }];
      if (text === "") return undefined;
      return [
        { kind: "close", ref, resolution: text, ...(after === undefined ? {} : { after }) },
        ...duplicateNotices(issue, issues, { event: "closed", resolution: text, mentions }),
      ];
    default:
      return assertNever(effect);
  }
}

function isOver(state: IncidentState): boolean {
  return state.phase === "cancelled" || milestoneTime(state, "resolved") !== undefined;
}

function move({ ref, labels }: Issue, stage: string): SingleOperation {
  const label = stageLabel(stage);
  return { kind: "edit", ref, change: { kind: "label", add: [label], remove: stageLabels(labels).filter((other) => other !== label) } };
}
