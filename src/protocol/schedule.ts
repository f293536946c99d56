import * as v from "valibot";
import { finiteNumber, type Infer } from "../core/model/parseData";
import { noReply, type PanelProtocol } from "./panel";

const month = v.pipe(v.string(), v.regex(/^\d{4}-(0[1-9]|1[0-2])$/));

const subject = v.object({ month: v.exactOptional(month) });

/** Identifies what the schedule shows: a month like `2026-11`, or the current month. */
export type ScheduleSubject = Infer<typeof subject>;

const action = v.picklist(["takeOverShift", "cover", "swap", "plan", "export", "openDesk", "createDesk", "trust"]);

export type ScheduleAction = Infer<typeof action>;

const toHost = v.variant("kind", [
  v.object({ kind: v.literal("showMonth"), month }),
  /** `day` is the selected ISO date. */
  v.object({ kind: v.literal("act"), action, day: v.exactOptional(v.string()) }),
]);

export type ScheduleToHost = Infer<typeof toHost>;

export type ScheduleReply = Infer<typeof noReply>;

const button = v.object({ label: v.string(), icon: v.string(), action, disabled: v.boolean() });

export type ScheduleButton = Infer<typeof button>;

const banner = v.object({ text: v.string(), button });

const weekday = v.object({ short: v.string(), long: v.string() });

const part = v.object({
  role: v.string(),
  /** The name of a person, or the text for a gap. */
  name: v.string(),
  /** The hours, if the part does not cover the whole day. */
  hours: v.exactOptional(v.string()),
  /** A number from 0, the same for a person on all days; absent for a gap. */
  colour: v.exactOptional(finiteNumber),
  mine: v.boolean(),
});

export type SchedulePart = Infer<typeof part>;

const day = v.object({
  /** ISO date. */
  date: v.string(),
  name: v.string(),
  inMonth: v.boolean(),
  /** Why the desk is closed: a holiday, or no business hours on that weekday. */
  closed: v.exactOptional(v.string()),
  holiday: v.boolean(),
  parts: v.array(part),
  away: v.array(v.string()),
  /** The content of the day for screen readers. */
  ariaLabel: v.string(),
});

export type ScheduleDay = Infer<typeof day>;

const load = v.object({
  name: v.string(),
  colour: finiteNumber,
  shifts: finiteNumber,
  /** The number of shifts as text, with the number per role. */
  text: v.string(),
});

const loads = v.object({ title: v.string(), most: finiteNumber, text: v.string(), people: v.array(load) });

/** How many shifts of a rotation people have in a year. */
export type ScheduleLoads = Infer<typeof loads>;

const view = v.object({
  kind: v.literal("month"),
  month: v.string(),
  title: v.string(),
  before: v.string(),
  after: v.string(),
  /** ISO date. */
  today: v.string(),
  weekdays: v.array(weekday),
  days: v.array(day),
  buttons: v.array(button),
  loads: v.array(loads),
  flaws: v.array(v.string()),
});

/** A month of whole weeks, starting on Monday. */
export type ScheduleView = Infer<typeof view>;

const content = v.variant("kind", [v.object({ kind: v.literal("unavailable"), title: v.string(), text: v.string(), button }), view]);

export type ScheduleContent = Infer<typeof content>;

/** The names of all texts of the page. */
export const scheduleLabelNames = ["heading", "loading", "before", "after", "today", "actions", "keys", "away", "chosen", "nothing", "flaws", "noFlaws"] as const;

const labels = v.object(v.entriesFromList(scheduleLabelNames, v.string()));

export type ScheduleLabels = Infer<typeof labels>;

const state = v.object({ language: v.string(), labels, banners: v.array(banner), content });

export type ScheduleState = Infer<typeof state>;

/** The messages between the schedule panel and its host. */
export const scheduleProtocol: PanelProtocol<ScheduleSubject, ScheduleState, ScheduleToHost, ScheduleReply> = { subject, state, toHost, reply: noReply };
