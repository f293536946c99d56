import * as v from "valibot";
import * as vscode from "vscode";
import { wallTimeOf } from "../../../core/calendar/localTime";
import { incidentState, type IncidentState, milestoneTime, type MilestoneTime, type TimedMilestone, timedMilestones } from "../../../core/incident/incidentState";
import { checkMilestone, type KnownTime, type MilestoneProblem } from "../../../core/incident/milestoneChecks";
import { correctionComment, resolvedWithoutMitigation } from "../../../core/markup/issueTexts";
import { type MilestoneDetails, renderMilestone } from "../../../core/markup/milestone";
import type { Instant, Issue } from "../../../core/model/issue";
import { batchOf } from "../../../core/model/operation";
import { parseData } from "../../../core/model/parseData";
import { assertNever, type Result } from "../../../core/model/result";
import { reportedAt } from "../../../core/response/responseClock";
import type { DeskSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import { formatInstant } from "../../ui/format";
import { type Answer, type FlowStep, next } from "../../ui/inputFlow";
import { enterText, pickOne } from "../../ui/quickPick";
import { nameIn } from "../../ui/people";
import type { CommandEnd, DeskTools } from "../input/command";
import { chooseKnownIssue, isOpen } from "../input/pickIssue";
import { noticesToDuplicates } from "../issue/duplicates";
import { explainMilestone, milestoneLabel } from "./milestoneLabels";
import { cancelIssue } from "./resolve";

/** Records when something important happened in an incident. A milestone that is recorded already is corrected. */
export async function setMilestone(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Record milestone");
  const chosen = await chooseKnownIssue(session, argument, { title });
  if (chosen?.kind !== "ok") return chosen;
  const { ref, issue, reference, flowStep: question } = chosen.value;
  const state = incidentState(session.desk.config(), issue);
  const asked = readMilestoneArgument(argument);
  const milestone = asked !== undefined ? next(asked) : await pickOne<TimedMilestone>({
    flowStep: question,
    placeholder: t("What happened on {0}?", reference),
    choices: timedMilestones.map((name) => ({ label: milestoneLabel(name), description: describeRecorded(session, milestoneTime(state, name)), detail: explainMilestone(name), value: name })),
  });
  if (milestone.kind !== "next") return undefined;
  const recorded = milestoneTime(state, milestone.value);
  if (recorded !== undefined && milestone.value !== "acknowledged") return correct(tools, issue, state, recorded);
  if (milestone.value === "cancelled" && isOpen(issue)) return cancelIssue(tools, [ref]);
  const flowStep = { title: `${title}: ${milestoneLabel(milestone.value)}`, total: 2 };
  for (;;) {
    const at = await askTime(session, issue, state, milestone.value, undefined, { ...flowStep, step: 1, back: false });
    if (at.kind !== "next") return undefined;
    const note = await enterText({ flowStep: { ...flowStep, step: 2, back: true }, prompt: t("Add details"), placeholder: t("Optional") });
    if (note.kind === "back") continue;
    if (note.kind === "left") return undefined;
    const isUnmitigated = milestone.value === "resolved" && note.value === "" && milestoneTime(state, "mitigated") === undefined;
    const text = isUnmitigated ? resolvedWithoutMitigation : note.value;
    return tools.submit(t("Recording the milestone…"), batchOf([
      { kind: "comment", ref, markdown: renderMilestone(milestone.value, text, detailsOf(at.value)) },
      ...(milestone.value === "resolved" ? noticesToDuplicates(session, issue, "resolved", text) : []),
    ]));
  }
}

/** Corrects the time of a milestone. The earlier time stays in the timeline, with who corrected it and why. */
export async function correctTime(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Correct time");
  const desk = session.desk.config();
  const recordedOn = (issue: Issue): readonly MilestoneTime[] => incidentState(desk, issue).milestones.filter(({ milestone }) => milestone !== "acknowledged");
  const chosen = await chooseKnownIssue(session, argument, { title, suits: (issue) => recordedOn(issue).length > 0 });
  if (chosen?.kind !== "ok") return chosen;
  const { issue, reference, flowStep } = chosen.value;
  const all = recordedOn(issue);
  const asked = all.find(({ milestone }) => milestone === readMilestoneArgument(argument));
  if (all.length === 0) {
    runInBackground(vscode.window.showInformationMessage(t("No milestone of {0} is recorded yet.", reference)), session.log);
    return undefined;
  }
  const recorded = asked !== undefined ? next(asked) : await pickOne<MilestoneTime>({
    flowStep,
    placeholder: t("Which time of {0} is wrong?", reference),
    choices: all.map((one) => ({ label: milestoneLabel(one.milestone), description: describeRecorded(session, one), value: one })),
  });
  return recorded.kind === "next" ? correct(tools, issue, incidentState(desk, issue), recorded.value) : undefined;
}

async function correct(tools: DeskTools, issue: Issue, state: IncidentState, { milestone, at: before }: MilestoneTime): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const { timezone } = session.desk.config();
  const flowStep = { title: t("Correct time: {0}", milestoneLabel(milestone)), total: 2 };
  for (;;) {
    const at = await askTime(session, issue, state, milestone, before, { ...flowStep, step: 1, back: false });
    if (at.kind !== "next" || at.value === undefined || minuteOf(at.value, timezone) === minuteOf(before, timezone)) return undefined;
    const reason = await enterText({
      flowStep: { ...flowStep, step: 2, back: true },
      prompt: t("Why is {0} the right time? It is added to the timeline", formatTime(session, at.value)),
      needed: t("Enter a reason."),
    });
    if (reason.kind === "back") continue;
    if (reason.kind === "left") return undefined;
    const text = correctionComment(minuteOf(before, timezone), minuteOf(at.value, timezone), timezone, reason.value);
    return tools.submit(t("Correcting the time…"), { kind: "comment", ref: issue.ref, markdown: renderMilestone(milestone, text, { at: at.value }) });
  }
}

/** Asks when a milestone happened. `undefined`: now. */
async function askTime(session: DeskSession, issue: Issue, state: IncidentState, milestone: TimedMilestone, before: Instant | undefined, flowStep: FlowStep): Promise<Answer<Instant | undefined>> {
  const t = vscode.l10n.t;
  const { timezone } = session.desk.config();
  const { reported } = session.clocks.clockOf(issue);
  const read = (typed: string): Result<Instant, MilestoneProblem | "unclear"> => {
    const now = session.clock.now();
    const at = typed === "" ? ({ kind: "ok", value: now } as const) : reportedAt(typed, now, timezone);
    if (at.kind === "failed") return { kind: "failed", failure: at.failure === "future" ? { code: "future" } : "unclear" };
    return checkMilestone(state, { reported, now }, milestone, at.value);
  };
  const answer = await enterText({
    flowStep,
    prompt: t("When did it happen? Enter a time in {0} or how long ago: 08:15, 2026-11-20 08:15, 25m, 2h", timezone),
    placeholder: t("Now"),
    ...(before === undefined ? {} : { value: minuteOf(before, timezone), needed: t("Enter a time, or press Escape.") }),
    refuse: (typed) => {
      const at = read(typed);
      return at.kind === "ok" ? undefined : describeMilestoneProblem(session, at.failure);
    },
  });
  if (answer.kind !== "next") return answer;
  const at = read(answer.value);
  return next(answer.value === "" || at.kind === "failed" ? undefined : at.value);
}

/** Why a milestone cannot have happened at a time. */
export function describeMilestoneProblem(session: DeskSession, problem: MilestoneProblem | "unclear"): string {
  const t = vscode.l10n.t;
  if (problem === "unclear") return t("Use the form 08:15, 2026-11-20 08:15, 25m or 2h.");
  switch (problem.code) {
    case "future":
      return t("This time is in the future.");
    case "cancelled":
      return t("The incident was cancelled, so it has no mitigation or resolution. Reopen it first.");
    case "before":
      return problem.of === "reported"
        ? t("The incident was reported later, at {0}. Enter a later time, or record first when it started.", formatTime(session, problem.at))
        : t("“{0}” was later, at {1}. Enter a later time, or correct that time first.", knownLabel(problem.of), formatTime(session, problem.at));
    case "after":
      return t("“{0}” was earlier, at {1}. Enter an earlier time, or correct that time first.", knownLabel(problem.of), formatTime(session, problem.at));
    default:
      return assertNever(problem);
  }
}

function knownLabel(of: KnownTime): string {
  if (of === "reported") return vscode.l10n.t("Reported");
  return of === "reopened" ? vscode.l10n.t("Reopened") : milestoneLabel(of);
}

function describeRecorded(session: DeskSession, recorded: MilestoneTime | undefined): string {
  if (recorded === undefined) return "";
  const time = formatTime(session, recorded.at);
  return recorded.by === "" ? time : vscode.l10n.t("{0}, recorded by {1}", time, nameIn(session.desk.config(), recorded.by));
}

function formatTime(session: DeskSession, at: Instant): string {
  return formatInstant(at, session.clock.now(), session.desk.config().timezone, vscode.env.language);
}

/** A local time as people type it: `2026-11-20 08:15`. */
export function minuteOf(at: Instant, timezone: string): string {
  return wallTimeOf(at, timezone).slice(0, 16).replace("T", " ");
}

function detailsOf(at: Instant | undefined): MilestoneDetails {
  return at === undefined ? {} : { at };
}

function readMilestoneArgument(argument: unknown): TimedMilestone | undefined {
  return parseData(v.object({ milestone: v.picklist(timedMilestones) }), argument)?.milestone;
}
