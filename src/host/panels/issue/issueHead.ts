import { openSteps } from "../../../core/checklist/marking";
import { type IncidentPhase, type IncidentState, incidentState } from "../../../core/incident/incidentState";
import { repositoriesOf } from "../../../core/incident/records";
import { type NextAction, nextAction } from "../../../core/response/nextAction";
import { replyEffectsOf, replyStages } from "../../../core/incident/reply";
import type { IssueFacts } from "../../../core/issue/issueFacts";
import type { Desk } from "../../../core/model/desk";
import { type Issue, isWork, opportunityKind, recordKind } from "../../../core/model/issue";
import { formatRef } from "../../../core/model/issueRef";
import { distinctNames, hasName } from "../../../core/model/names";
import type { MarkdownContent } from "../../../core/model/markdownBlocks";
import type { LinkedPullRequest } from "../../../core/model/relations";
import { assertNever } from "../../../core/model/result";
import type { ResponseClock } from "../../../core/response/responseClock";
import type { Urgency } from "../../../core/response/urgency";
import { fill } from "../../../protocol/fill";
import type { AudienceUpdate, Badge, Button, DueTime, Fact, IssueAction, IssueCommand, IssueHead, ReplyForm } from "../../../protocol/issue";
import type { IssueLabels } from "../../../protocol/issueLabels";
import type { TimelineState } from "../../../protocol/issueTimeline";
import type { FullUrgency } from "../../ui/urgencyLabels";
import { type FindIssue, linkChip } from "../shared/links";

/** What the page shows of an issue besides its checklists. */
export interface HeadInput {
  readonly desk: Desk;
  readonly issue: Issue;
  readonly facts: IssueFacts;
  readonly find: FindIssue;
  readonly labels: IssueLabels;
  readonly writable: boolean;
  readonly clock: ResponseClock;
  /** What is due, the earliest first. */
  readonly urgencies: readonly Urgency[];
  readonly formatUrgency: (urgency: Urgency) => FullUrgency;
  readonly pullRequests: readonly LinkedPullRequest[];
  readonly timeline: TimelineState;
  /** The audiences to which an update is on its way. */
  readonly waiting: readonly string[];
  /** The commands that exist, with `responseDesk.`. */
  readonly commands: ReadonlySet<string>;
  readonly description: MarkdownContent;
}

/** The issue without its checklists: its facts with the actions that change them, what is due, and what to do next. */
export function issueHead(input: HeadInput): IssueHead {
  const { issue, facts, labels, desk, clock, urgencies, pullRequests } = input;
  const state = incidentState(desk, issue);
  const next = nextAction({ desk, issue, facts, state, clock, urgency: urgencies[0] }, (action) => input.commands.has(`responseDesk.${action}`));
  const primary = next === undefined ? undefined : nextButton(next, input);
  const reply = replyForm(input, state);
  return {
    ref: issue.ref,
    reference: formatRef(issue.ref, ""),
    title: issue.title,
    state: issue.state,
    path: issue.location.kind === "file" ? issue.location.path : "",
    source: sourceButton(issue, labels),
    badges: badgesOf(input, state),
    due: urgencies.filter(({ stage }, index) => urgencies.findIndex((other) => other.stage === stage) === index).map((urgency) => dueTime(urgency, input)),
    facts: factsOf(input, state),
    ...(primary === undefined ? {} : { primary }),
    ...buttonsOf(input, next, state),
    description: input.description,
    links: linksOf(input),
    pullRequests: pullRequests.map(({ ref, title, state: pullState, url }) => ({ reference: formatRef(ref, issue.ref.repository), title, state: pullState, url })),
    updates: updatesOf(input, state),
    ...(facts.postmortem === undefined ? {} : { postmortem: { label: labels.postmortem, icon: "notebook", action: { kind: "postmortem" as const }, disabled: false } }),
    timeline: input.timeline,
    ...(reply === undefined ? {} : { reply }),
  };
}

function dueTime(urgency: Urgency, { formatUrgency }: HeadInput): DueTime {
  return { at: urgency.at, ...formatUrgency(urgency), state: urgency.state };
}

function sourceButton({ ref, location }: Issue, labels: IssueLabels): Button {
  const isFile = location.kind === "file";
  return { label: isFile ? labels.openSource : labels.openOnWeb, icon: isFile ? "go-to-file" : "github", action: { kind: "openSource", ref }, disabled: false };
}

function nextButton(action: NextAction, { labels, writable }: HeadInput): Button {
  const [label, icon] = nextLabel(action, labels);
  // A post-mortem can be read in an untrusted folder.
  return { label, icon, action: { kind: "run", command: action }, disabled: !writable && action !== "issue.postmortem" };
}

function nextLabel(action: NextAction, labels: IssueLabels): readonly [string, string] {
  switch (action) {
    case "issue.acknowledge":
      return [labels.acknowledge, "eye"];
    case "issue.sendUpdate":
      return [labels.sendUpdate, "megaphone"];
    case "issue.resolve":
      return [labels.resolve, "pass"];
    case "issue.close":
      return [labels.closeIssue, "pass"];
    case "issue.postmortem":
      return [labels.writePostmortem, "notebook"];
    case "issue.startChecklist":
      return [labels.startOne, "play"];
    case "handoff.accept":
      return [labels.acceptHandoff, "check"];
    default:
      return assertNever(action);
  }
}

function badgesOf({ issue, labels }: HeadInput, state: IncidentState): readonly Badge[] {
  const isOpen = issue.state === "open";
  return [
    { text: isOpen ? labels.open : labels.closed, icon: isOpen ? "issues" : "pass", tone: isOpen ? "plain" : "good" },
    ...(state.phase === "reported" || state.phase === "closed" ? [] : [{ text: phaseLabel(state.phase, labels), icon: phaseIcons[state.phase], tone: state.phase === "acknowledged" ? ("plain" as const) : ("good" as const) }]),
    ...(state.isTest ? [{ text: labels.test, icon: "beaker", tone: "warning" as const }] : []),
    ...(state.isBackfilled ? [{ text: labels.backfilled, icon: "history", tone: "warning" as const }] : []),
  ];
}

const phaseIcons = { acknowledged: "eye", mitigated: "shield", resolved: "pass-filled", cancelled: "circle-slash" } as const;

function phaseLabel(phase: Exclude<IncidentPhase, "reported" | "closed">, labels: IssueLabels): string {
  return { acknowledged: labels.phaseAcknowledged, mitigated: labels.phaseMitigated, resolved: labels.phaseResolved, cancelled: labels.phaseCancelled }[phase];
}

function factsOf(input: HeadInput, state: IncidentState): readonly Fact[] {
  const { issue, facts, labels, desk } = input;
  const isOpen = issue.state === "open";
  const isIncident = facts.kind === "incident";
  const fact = (name: string, value: string, command?: IssueCommand, role?: string): Fact => ({ name, value, ...changeOf(input, command, role) });
  const environments = state.environments.length > 0 || (isIncident && desk.environments.length > 0);
  const services = facts.services.length > 0 || (isIncident && desk.services.length > 0);
  const lead = isIncident && isOpen && !state.roles.some(({ role }) => role === "lead") && input.commands.has("responseDesk.issue.assignRole") ? ["lead"] : [];
  return [
    ...(facts.kind === undefined ? [] : [fact(labels.kind, facts.kind)]),
    ...(!isWork(facts.kind) ? [] : [fact(labels.stage, facts.stage, isOpen ? "issue.setStage" : undefined)]),
    ...(!isWork(facts.kind) ? [] : [fact(labels.priority, facts.priority ?? labels.none, isOpen ? "issue.setPriority" : undefined)]),
    ...(!isIncident || (state.severity === undefined && !input.commands.has("responseDesk.issue.setSeverity")) ? [] : [fact(labels.severity, state.severity ?? labels.none, "issue.setSeverity")]),
    ...(facts.kind !== recordKind ? [] : [fact(labels.repositories, list(repositoriesOf(issue), labels), "record.setRepositories")]),
    ...(services ? [fact(labels.services, list(facts.services, labels), "issue.setServices")] : []),
    ...(environments ? [fact(labels.environments, list(state.environments, labels), "issue.setEnvironments")] : []),
    fact(labels.assignees, issue.assignees.length === 0 ? labels.nobody : issue.assignees.map((login) => `@${login}`).join(", "), isOpen ? "issue.assign" : undefined),
    ...lead.map((role) => fact(capital(role), labels.none, "issue.assignRole", role)),
    ...state.roles.map(({ role, login }) => fact(capital(role), `@${login}`, "issue.assignRole", role)),
  ];
}

function changeOf({ commands, writable }: HeadInput, command: IssueCommand | undefined, role: string | undefined): Pick<Fact, "change"> {
  if (command === undefined || !writable || !commands.has(`responseDesk.${command}`)) return {};
  return { change: { kind: "run", command, ...(role === undefined ? {} : { role }) } };
}

function list(names: readonly string[], labels: IssueLabels): string {
  return names.length === 0 ? labels.none : names.join(", ");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function buttonsOf({ issue, facts, labels, writable, commands, clock }: HeadInput, next: NextAction | undefined, { isTest }: IncidentState): Pick<IssueHead, "buttons" | "more"> {
  const { ref } = issue;
  const isOpen = issue.state === "open";
  const work = isWork(facts.kind);
  const acknowledged = clock.acknowledged !== undefined;
  const plain = (label: string, icon: string, action: IssueAction): Button => ({ label, icon, action, disabled: false });
  const write = (label: string, icon: string, action: IssueAction): Button => ({ label, icon, action, disabled: !writable });
  const run = (shown: boolean, command: IssueCommand, label: string, icon: string): readonly Button[] => (shown && command !== next && commands.has(`responseDesk.${command}`) ? [write(label, icon, { kind: "run", command })] : []);
  return {
    buttons: [
      ...(!isOpen ? [write(labels.reopenIssue, "issue-reopened", { kind: "reopen", ref })] : next === "issue.close" ? [] : [write(labels.closeIssue, "pass", { kind: "close", ref })]),
      ...(work && facts.kind === "incident" && next !== "issue.postmortem" ? [plain(labels.postmortem, "notebook", { kind: "postmortem" })] : []),
    ],
    more: [
      ...run(isOpen && work && !acknowledged, "issue.acknowledge", labels.acknowledge, "eye"),
      ...run(isOpen && facts.kind === "incident", "issue.sendUpdate", labels.sendUpdate, "megaphone"),
      ...run(isOpen && facts.kind === "incident", "issue.resolve", labels.resolve, "pass-filled"),
      ...run(isOpen && work && acknowledged, "issue.unacknowledge", labels.unacknowledge, "eye-closed"),
      ...run(isOpen && work, "issue.escalate", labels.escalate, "bell"),
      ...run(isOpen && work, "issue.answerEscalation", labels.answerEscalation, "reply"),
      ...run(isOpen && work, "issue.redirect", labels.redirect, "arrow-right"),
      ...run(isOpen && work, "issue.setReported", labels.setReported, "history"),
      ...run(work, "issue.setMilestone", labels.setMilestone, "milestone"),
      ...run(work, "issue.correctTime", labels.correctTime, "watch"),
      ...run(isOpen && facts.kind === "incident", "issue.cancel", labels.cancelIncident, "circle-slash"),
      ...run(!isOpen && work, "issue.recordSatisfaction", labels.recordSatisfaction, "feedback"),
      ...run(true, "issue.addTimelineEntry", labels.addTimelineEntry, "milestone"),
      ...run(true, "issue.addToTimeline", labels.addToTimeline, "note"),
      ...run(isOpen && facts.kind === recordKind, "request.forRecord", labels.requestForRecord, "inbox"),
      ...run(isOpen && facts.kind === opportunityKind, "record.startFromOpportunity", labels.startRecord, "archive"),
      ...run(isOpen && work, "issue.createLinked", labels.createLinked, "link"),
      ...run(isOpen && work, "issue.createLinkedSet", labels.createLinkedSet, "checklist"),
      ...run(true, "issue.linkExisting", labels.linkExisting, "git-compare"),
      ...run(isOpen && work, "issue.linkBlockedBy", labels.linkBlockedBy, "circle-slash"),
      ...run(isOpen && work, "issue.addToKnown", labels.addToKnown, "references"),
      ...run(isOpen && work, "issue.markDuplicate", labels.markDuplicate, "copy"),
      ...(isOpen && facts.checklists.length > 0 ? [write(labels.startAnother, "play", { kind: "startChecklist" })] : []),
      ...run(true, "issue.label", labels.label, "tag"),
      ...run(facts.kind === "incident", isTest ? "issue.unmarkTest" : "issue.markTest", isTest ? labels.unmarkTest : labels.markTest, "beaker"),
      ...(work && facts.kind !== "incident" ? [plain(labels.postmortem, "notebook", { kind: "postmortem" })] : []),
      plain(labels.copyReference, "copy", { kind: "run", command: "issue.copyReference" }),
      plain(labels.reveal, "list-tree", { kind: "reveal" }),
    ],
  };
}

function linksOf({ issue, facts, find, labels }: HeadInput): IssueHead["links"] {
  const chip = (relation: string) => (other: typeof issue.ref) => linkChip(other, issue.ref.repository, find, relation);
  return [
    ...(facts.parent === undefined ? [] : [facts.parent]).map(chip(labels.parent)),
    ...facts.children.map(chip(labels.child)),
    ...facts.blockedBy.map(chip(labels.blockedBy)),
    ...facts.blocks.map(chip(labels.blocks)),
    ...facts.duplicateOf.map(chip(labels.duplicateOf)),
    ...facts.duplicates.map(chip(labels.duplicate)),
    ...facts.related.map(chip(labels.related)),
  ];
}

/** The audiences that are updated, or were, each with the time that it expects the next update. */
function updatesOf(input: HeadInput, state: IncidentState): readonly AudienceUpdate[] {
  const { desk, facts, urgencies, waiting } = input;
  const sent = new Map(state.updates.map((update) => [update.audience, update]));
  const due = new Map(urgencies.flatMap(({ audience, ...urgency }) => (urgency.stage === "update" && audience !== undefined ? [[audience, dueTime(urgency, input)]] : [])));
  const named = facts.kind === "incident" ? desk.audiences.map(({ name }) => name) : [];
  return distinctNames([...named, ...sent.keys(), ...due.keys(), ...waiting]).map((audience) => {
    const { at, by, next: promised } = sent.get(audience) ?? {};
    const next = due.get(audience);
    return { audience, ...(at === undefined ? {} : { at }), ...(by === undefined ? {} : { by }), ...(next === undefined ? {} : { next, promised: next.at === promised }), ...(hasName(waiting, audience) ? { waiting: true } : {}) };
  });
}

function replyForm({ desk, issue, facts, labels, clock, find, writable }: HeadInput, state: IncidentState): ReplyForm | undefined {
  if (!writable) return undefined;
  const situation = { desk, issue, facts, state, isAcknowledged: clock.acknowledged !== undefined };
  const steps = facts.checklists.reduce((sum, checklist) => sum + openSteps(checklist).length, 0);
  const children = facts.children.filter((child) => find(child)?.state === "open").length;
  const remaining = [...(steps === 0 ? [] : [fill(labels.replyOpenSteps, steps)]), ...(children === 0 ? [] : [fill(labels.replyOpenIssues, children)])].join(" ");
  return {
    effects: replyEffectsOf(situation),
    stages: replyStages(situation),
    ...(issue.state === "open" && remaining !== "" ? { remaining } : {}),
  };
}
