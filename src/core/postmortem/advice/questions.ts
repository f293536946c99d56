import { addDays } from "temporal-polyfill/fns/PlainDate";
import { businessLength } from "../../calendar/businessLength";
import type { BusinessTime } from "../../calendar/businessTime";
import { dateOf } from "../../calendar/localTime";
import type { MissedUpdate } from "../../incident/updates";
import { dateText } from "../../model/calendarDate";
import type { Desk, Duration } from "../../model/desk";
import { millisecondsOf } from "../../model/instant";
import type { Instant } from "../../model/issue";
import { distinctNames, hasName, sameName } from "../../model/names";
import { isPending } from "./findProblems";
import { type IncidentInterval, incidentIntervals, type IntervalName, type TimelineGap } from "./intervals";
import type { Postmortem, PostmortemAction, SectionName } from "../postmortem";
import { rowEvent } from "./rowEvents";

/** What a question is about, as data. `host` formats it. Times are in milliseconds, `goal` included. */
export type QuestionDetails =
  | { readonly code: "slowDetection"; readonly from: Instant; readonly to: Instant; readonly milliseconds: number }
  | { readonly code: "lateAcknowledgement"; readonly from: Instant; readonly to: Instant; readonly milliseconds: number; readonly goal: Duration; readonly isBusiness: boolean }
  | { readonly code: "notAcknowledged" }
  | { readonly code: "slowMitigation"; readonly from: Instant; readonly to: Instant; readonly milliseconds: number }
  /** `delay`: the longest time by which one was late. Absent if none of them was sent at all. */
  | { readonly code: "lateUpdates"; readonly audience: string; readonly count: number; readonly delay?: number }
  | { readonly code: "skippedSteps"; readonly steps: readonly { readonly step: string; readonly reason: string }[] }
  | { readonly code: "rejectedGate"; readonly gate: string; readonly times: number }
  | { readonly code: "reopened"; readonly times: number }
  | { readonly code: "repeated"; readonly service: string; readonly incidents: readonly EarlierIncident[] }
  | ({ readonly code: "gap" } & TimelineGap)
  | { readonly code: "noDetectAction" }
  | { readonly code: "oneType"; readonly type: NonNullable<PostmortemAction["type"]>; readonly actions: number }
  | { readonly code: "nothingWentWell" };

/** A prompt for whoever writes the post-mortem. It never becomes part of the text. */
export type PostmortemQuestion = QuestionDetails & { readonly section: SectionName };

/** Another incident, as in the library of post-mortems. */
export interface EarlierIncident {
  readonly path: string;
  readonly title: string;
  /** ISO date. */
  readonly date?: string;
  readonly services: readonly string[];
}

export interface QuestionContext {
  readonly desk: Desk;
  readonly time?: BusinessTime;
  /** The response goal of the issue, see `responseGoal`. */
  readonly goal?: Duration;
  /** Whether the issue of the incident is open. Absent if that is not known. */
  readonly isOpen?: boolean;
  /** See `missedUpdates`. */
  readonly missed?: readonly MissedUpdate[];
  /** Other incidents, in any order, and the path of this post-mortem, which is not one of them. */
  readonly earlier?: readonly EarlierIncident[];
  readonly path?: string;
}

/** A detection that takes more than this number of milliseconds is slow, unless the response goal is longer. */
const slowDetection = 15 * 60_000;

/** If there are more than this number of milliseconds between acknowledgement and mitigation, somebody may ask what took the time. */
const slowMitigation = 60 * 60_000;

/** The number of days for which an incident of the same service counts as recent. */
const recentDays = 90;

/** Questions that the data of a post-mortem raises, in the order of its sections. A goal is counted in business time, all others in wall-clock time. */
export function postmortemQuestions(postmortem: Postmortem, context: QuestionContext): readonly PostmortemQuestion[] {
  const { intervals, gaps, reopened } = incidentIntervals(postmortem, context.time);
  const find = (name: IntervalName): IncidentInterval | undefined => intervals.find((interval) => interval.name === name);
  const detection = detectionQuestion(find("detect"), context);
  return [
    ...detection,
    ...acknowledgementQuestion(postmortem, find("acknowledge"), context),
    ...gaps.map((gap) => ({ code: "gap" as const, ...gap, section: "timeline" as const })),
    ...repeatedQuestions(postmortem, context),
    ...mitigationQuestion(postmortem),
    ...(reopened === 0 ? [] : [{ code: "reopened" as const, times: reopened, section: "resolution" as const }]),
    ...wentWellQuestion(postmortem),
    ...stepQuestions(postmortem),
    ...actionQuestions(postmortem, detection.length > 0),
    ...updateQuestions(context.missed ?? []),
  ];
}

function detectionQuestion(interval: IncidentInterval | undefined, { desk, goal }: QuestionContext): readonly PostmortemQuestion[] {
  if (interval === undefined) return [];
  const limit = goal === undefined ? slowDetection : Math.max(slowDetection, businessLength(desk, goal));
  const { from, to, milliseconds } = interval;
  return milliseconds > limit ? [{ code: "slowDetection", from, to, milliseconds, section: "detection" }] : [];
}

function acknowledgementQuestion({ instants, status }: Postmortem, interval: IncidentInterval | undefined, { desk, goal, time, isOpen }: QuestionContext): readonly PostmortemQuestion[] {
  if (instants.acknowledged === undefined) {
    const hasEnded = isOpen === false || (status !== "Draft" && instants.started !== undefined);
    return hasEnded ? [{ code: "notAcknowledged", section: "detection" }] : [];
  }
  if (interval === undefined || goal === undefined) return [];
  const { from, to, milliseconds, business } = interval;
  const due = time?.after(from, businessLength(desk, goal));
  const isLate = due === undefined ? milliseconds > businessLength(desk, goal) : millisecondsOf(to) > millisecondsOf(due);
  return isLate ? [{ code: "lateAcknowledgement", from, to, milliseconds: business ?? milliseconds, goal, isBusiness: business !== undefined, section: "detection" }] : [];
}

function mitigationQuestion({ instants: { acknowledged, mitigated, resolved } }: Postmortem): readonly PostmortemQuestion[] {
  const end = mitigated ?? resolved;
  if (acknowledged === undefined || end === undefined) return [];
  const milliseconds = millisecondsOf(end) - millisecondsOf(acknowledged);
  return milliseconds > slowMitigation ? [{ code: "slowMitigation", from: acknowledged, to: end, milliseconds, section: "resolution" }] : [];
}

/** Other incidents of the same services until the day of this one, the last one first. */
function repeatedQuestions({ services, instants, timeline }: Postmortem, { earlier = [], path, desk }: QuestionContext): readonly PostmortemQuestion[] {
  const first = timeline.find(({ time }) => time.kind === "instant")?.time;
  const started = instants.started ?? instants.detected ?? (first?.kind === "instant" ? first.at : undefined);
  if (started === undefined || earlier.length === 0) return [];
  const day = dateOf(started, desk.timezone);
  const [from, to] = [dateText(addDays(day, -recentDays)), dateText(day)];
  const recent = earlier.filter((incident) => incident.path !== path && incident.date !== undefined && from <= incident.date && incident.date <= to);
  return distinctNames(services).flatMap((service) => {
    const incidents = recent.filter((incident) => hasName(incident.services, service)).toSorted((a, b) => ((a.date ?? "") < (b.date ?? "") ? 1 : -1));
    return incidents.length === 0 ? [] : [{ code: "repeated" as const, service, incidents, section: "factors" as const }];
  });
}

/** Asked only once somebody analyzed the incident, so that a new draft is not full of questions. */
function wentWellQuestion({ texts, status }: Postmortem): readonly PostmortemQuestion[] {
  const isAnalyzed = status !== "Draft" || [texts.factors, texts.trigger, texts.wentWrong].some((text) => text.trim() !== "");
  return isAnalyzed && texts.wentWell.trim() === "" ? [{ code: "nothingWentWell", section: "wentWell" }] : [];
}

function stepQuestions({ timeline }: Postmortem): readonly PostmortemQuestion[] {
  const events = timeline.map(rowEvent);
  const steps = events.flatMap((event) => (event.kind === "skipped" ? [{ step: event.step, reason: event.reason }] : []));
  const gates = events.flatMap((event) => (event.kind === "rejected" ? [event.gate] : []));
  return [
    ...(steps.length === 0 ? [] : [{ code: "skippedSteps" as const, steps, section: "wentWrong" as const }]),
    ...[...new Set(gates)].map((gate) => ({ code: "rejectedGate" as const, gate, times: gates.filter((other) => other === gate).length, section: "wentWrong" as const })),
  ];
}

function actionQuestions({ actions }: Postmortem, isSlowlyDetected: boolean): readonly PostmortemQuestion[] {
  const planned = actions.filter((action) => isPending(action) || (action.state === "done" && action.action.trim() !== ""));
  const types = new Set(planned.flatMap(({ type }) => type ?? []));
  const [type] = types;
  const isOneType = type !== undefined && types.size === 1 && planned.length > 1 && planned.every((action) => action.type === type);
  return [
    ...(isSlowlyDetected && planned.length > 0 && !types.has("detect") ? [{ code: "noDetectAction" as const, section: "actions" as const }] : []),
    ...(isOneType ? [{ code: "oneType" as const, type, actions: planned.length, section: "actions" as const }] : []),
  ];
}

/** One question for each audience that waited longer than promised. */
function updateQuestions(missed: readonly MissedUpdate[]): readonly PostmortemQuestion[] {
  return distinctNames(missed.map(({ audience }) => audience)).map((audience) => {
    const own = missed.filter((update) => sameName(update.audience, audience));
    const delays = own.flatMap(({ at, sent }) => (sent === undefined ? [] : [millisecondsOf(sent) - millisecondsOf(at)]));
    return { code: "lateUpdates", audience, count: own.length, ...(delays.length === 0 ? {} : { delay: Math.max(...delays) }), section: "communications" };
  });
}
