import { wallTimeOf } from "../calendar/localTime";
import { openSteps } from "../checklist/marking";
import { readableText } from "../checklist/values";
import type { IssueFacts } from "../issue/issueFacts";
import { inertText, withoutMentions } from "../markup/inertText";
import { milestoneNames, renderMilestone } from "../markup/milestone";
import { markdownLines } from "../markup/textLines";
import { compareInstants } from "../model/instant";
import type { Instant, Issue } from "../model/issue";
import { assertNever } from "../model/result";
import type { Milestone } from "../model/timelineEvent";
import type { IncidentPhase, IncidentState } from "./incidentState";
import type { TimelineEntry } from "./timeline";

/** What an update is drafted from. */
interface UpdateInput {
  readonly issue: Pick<Issue, "ref">;
  readonly facts: Pick<IssueFacts, "kind" | "name" | "services" | "checklists">;
  readonly state: Pick<IncidentState, "phase" | "environments" | "resolution">;
  readonly timeline: readonly TimelineEntry[];
  /** Whether everybody who receives it is internal, so that it contains steps and decisions of checklists. */
  readonly internal: boolean;
  /** When the audience received its last update. Absent before the first one. */
  readonly since?: Instant;
  /** The time that is promised for the next update. */
  readonly next?: Instant;
  readonly now: Instant;
  readonly timezone: string;
}

/** The maximum number of entries in each list of a draft. */
const maxEntries = 8;

/** The maximum number of next steps in a draft, of those that people wrote and of those of checklists. */
const maxSteps = 3;

/** The maximum length of an update, so that every recipient accepts it as one message. */
export const maxUpdate = 8_000;

/**
 * Drafts an update in plain English: the state of the service, what is new and what was ruled out since the audience received its
 * last update, the next steps that people wrote into the timeline, and the time of the next update. It says so if nothing is new. It
 * mentions nobody. Only internal audiences see steps of checklists, which are about the work of the team.
 */
export function draftUpdate(input: UpdateInput): string {
  const { issue, facts, state, internal, since, next, now, timezone } = input;
  const affected = [...facts.services, ...state.environments];
  const entries = input.timeline.filter((entry) => internal || !isOfChecklist(entry));
  const fresh = entries.filter(({ at }) => since === undefined || compareInstants(at, since) > 0);
  const news = fresh.flatMap((entry) => newsOf(entry, (at) => shortTime(at, now, timezone)));
  const decided = fresh.flatMap(decisionOf);
  const isOver = hasEnded(state.phase);
  const open = internal ? facts.checklists.flatMap((checklist) => openSteps(checklist).map(({ text, given }) => ({ text: readableText(text, checklist), given }))).slice(0, maxSteps).map(({ text, given }) => `- ${line(text)}${given === undefined || given.login === "" ? "" : ` (${given.login})`}`) : [];
  const steps = isOver ? [] : [...writtenSteps(entries), ...open];
  const heading = since === undefined ? "What happened:" : `New since the last update (${shortTime(since, now, timezone)}):`;
  const nothing = since === undefined ? [] : ["Nothing new since the last update."];
  const parts = [
    [`${kindName(facts.kind)} #${issue.ref.number}: ${line(facts.name)}`],
    [`Status: ${statusOf(state)}`, ...(affected.length === 0 ? [] : [`Affected: ${affected.map(line).join(", ")}`])],
    news.length + decided.length === 0 ? nothing : news.length === 0 ? [] : [heading, ...limited(news)],
    decided.length === 0 ? [] : ["Ruled out or decided:", ...limited(decided)],
    steps.length === 0 ? [] : ["Next steps:", ...steps],
    next !== undefined ? [`Next update: ${shortTime(next, now, timezone)} (${timezone})`] : isOver ? ["This is the last update."] : ["Next update: as soon as there is news"],
  ];
  return withoutMentions(parts.filter((part) => part.length > 0).map((part) => part.join("\n")).join("\n\n"));
}

function kindName(kind = "issue"): string {
  return `${kind.slice(0, 1).toUpperCase()}${kind.slice(1)}`;
}

function hasEnded(phase: IncidentPhase): boolean {
  return phase === "resolved" || phase === "cancelled" || phase === "closed";
}

function statusOf({ phase, resolution }: UpdateInput["state"]): string {
  const how = resolution === undefined ? "" : ` ${line(resolution)}`;
  switch (phase) {
    case "reported":
      return "reported. The investigation has not started yet.";
    case "acknowledged":
      return "under investigation. We are working on it.";
    case "mitigated":
      return "mitigated. The impact has stopped. We are working on the cause.";
    case "resolved":
      return `resolved.${how}`;
    case "cancelled":
      return `cancelled. It was not an incident.${how}`;
    case "closed":
      return `closed.${how}`;
    default:
      return assertNever(phase);
  }
}

/** Milestones that an audience can use. Who does what inside the team is omitted. */
function newsOf(entry: TimelineEntry, format: (at: Instant) => string): readonly string[] {
  if (entry.kind === "stepDone") return [`- ${format(entry.at)} Done: ${line(entry.text)}`];
  if (entry.kind !== "milestone") return [];
  const text = line(readSteps(entry.text).rest);
  switch (entry.milestone) {
    case "note":
      return text === "" ? [] : [`- ${format(entry.at)} ${text}`];
    case "started":
    case "detected":
    case "acknowledged":
    case "mitigated":
    case "resolved":
    case "cancelled": {
      const name = milestoneNames[entry.milestone];
      return [`- ${format(entry.at)} ${name}${text === "" || text === name ? "" : `: ${text}`}`];
    }
    case "unacknowledged":
    case "lead":
    case "role":
    case "handoff":
    case "escalation":
    case "update":
      return [];
    default:
      return assertNever(entry.milestone);
  }
}

/** Milestones whose texts are for everybody. */
const publicMilestones: readonly Milestone[] = ["started", "detected", "acknowledged", "mitigated", "note"];

/** The next steps in the latest entry that names any. */
function writtenSteps(entries: readonly TimelineEntry[]): readonly string[] {
  const all = entries.map((entry) => (entry.kind === "milestone" && publicMilestones.includes(entry.milestone) ? readSteps(entry.text).steps : []));
  return (all.findLast((steps) => steps.length > 0) ?? []).slice(0, maxSteps).map((text) => `- ${text}`);
}

const stepsHeading = /^[\s>*_-]*next(?: steps?)?[\s*_]*:[\s*_]*(.*)$/i;

/**
 * The next steps that a text names, and the text without them: what follows “Next:” or “Next steps:” on its line or in the list
 * below it, and open items of task lists.
 */
function readSteps(text: string): { readonly steps: readonly string[]; readonly rest: string } {
  const steps: string[] = [];
  const rest: string[] = [];
  let inList = false;
  for (const { text: each, fenced } of markdownLines(text).lines) {
    const heading = fenced ? null : stepsHeading.exec(each);
    const item = /^\s*[-*] (\[ \] )?(.*)$/.exec(each);
    inList = heading !== null ? heading[1] === "" : inList && (each.trim() === "" || item !== null);
    const step = heading?.[1] ?? (!fenced && item !== null && (inList || item[1] !== undefined) ? item[2] : undefined);
    if (step !== undefined && line(step) !== "") steps.push(line(step));
    else if (heading === null) rest.push(each);
  }
  return { steps, rest: rest.join("\n") };
}

function isOfChecklist({ kind }: TimelineEntry): boolean {
  return kind === "runStarted" || kind === "stepDone" || kind === "stepSkipped" || kind === "decided";
}

function decisionOf(entry: TimelineEntry): readonly string[] {
  if (entry.kind === "decided") return [`- ${line(entry.text)} ${line(entry.option)}`];
  return entry.kind === "stepSkipped" ? [`- ${line(entry.text)}: ${line(entry.reason)}`] : [];
}

/** The latest entries count most. */
function limited(entries: readonly string[]): readonly string[] {
  const left = entries.length - maxEntries;
  return left <= 0 ? entries : [`- (${left} earlier)`, ...entries.slice(-maxEntries)];
}

/** The first line of a text with the list that it introduces, without code blocks, formatting and invisible characters, and not too long. */
function line(text: string): string {
  const [first = "", ...others] = markdownLines(text).lines.flatMap((each) => (each.fenced || each.text.trim() === "" ? [] : [each.text]));
  const end = others.findIndex((each) => !/^\s*[-*] /.test(each));
  const items = first.trimEnd().endsWith(":") ? others.slice(0, end < 0 ? others.length : end).map((each) => each.replace(/^\s*[-*] /, "").trim()) : [];
  const plain = [first.trim(), items.join("; ")].join(" ")
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[`*]|__|~~/g, "")
    .replace(/^[\s>#-]+/, "")
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "")
    .replace(/\s+/g, " ")
    .trim();
  return plain.length <= maxLine ? plain : `${plain.slice(0, maxLine).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

const maxLine = 200;

/** `10:20`, or `2026-11-24 10:20` on another day than `now`. */
function shortTime(at: Instant, now: Instant, timezone: string): string {
  const [date = "", time = ""] = wallTimeOf(at, timezone).slice(0, 16).split("T");
  return wallTimeOf(now, timezone).startsWith(date) ? time : `${date} ${time}`;
}

/** How an audience received an update. */
export type UpdateMeans = "webhook" | "mail" | "copy";

/** The comment that records an update for an audience: who received it and how, the text, and when the next one is promised. */
export function updateComment(text: string, { audience, means, next }: { readonly audience?: string; readonly means: readonly UpdateMeans[]; readonly next?: Instant }): string {
  const how = means.map((each) => meansNames[each]);
  const first = audience === undefined ? "**Update**" : `**Update for ${inertText(audience.replace(/[*\r\n]/g, " "))}**`;
  const heading = how.length === 0 ? first : `${first} (${how.join(", ")})`;
  return renderMilestone("update", `${heading}\n\n${inertText(text.trim())}`, { ...(audience === undefined ? {} : { audience }), ...(next === undefined ? {} : { next }) });
}

const meansNames: Readonly<Record<UpdateMeans, string>> = { webhook: "webhook", mail: "email", copy: "copied by hand" };
