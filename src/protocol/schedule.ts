import * as v from "valibot";
import { finiteNumber, type Infer } from "../core/model/parseData";
import { noReply, type PanelProtocol } from "./panel";

const month = v.pipe(v.string(), v.regex(/^\d{4}-(0[1-9]|1[0-2])$/));

const subject = v.object({ month: v.exactOptional(month) });

/** What the rota is opened from: a month as `2026-11`, or without one that of today. */
export type ScheduleSubject = Infer<typeof subject>;

const action = v.picklist(["takeOverShift", "cover", "swap", "plan", "export", "openDesk", "createDesk", "trust"]);

export type ScheduleAction = Infer<typeof action>;

const toHost = v.variant("kind", [
  v.object({ kind: v.literal("turnTo"), month }),
  /** `day` is the ISO date that is chosen. */
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
  /** A person's name, or the text for nobody. */
  name: v.string(),
  /** From and until when, where that is not all day, as short as can be. */
  hours: v.exactOptional(v.string()),
  /** A number from 0 that stays with the person; absent: a gap. */
  colour: v.exactOptional(finiteNumber),
  mine: v.boolean(),
});

export type SchedulePart = Infer<typeof part>;

const day = v.object({
  /** ISO date. */
  date: v.string(),
  name: v.string(),
  inMonth: v.boolean(),
  /** Why the desk is closed, where it is: a holiday or no hours on that weekday. */
  closed: v.exactOptional(v.string()),
  holiday: v.boolean(),
  parts: v.array(part),
  away: v.array(v.string()),
  /** All of it as one text, for a screen reader. */
  ariaLabel: v.string(),
});

export type ScheduleDay = Infer<typeof day>;

const load = v.object({
  name: v.string(),
  colour: finiteNumber,
  shifts: finiteNumber,
  /** The number as a person reads it, with that of each role. */
  text: v.string(),
});

const loads = v.object({ title: v.string(), most: finiteNumber, text: v.string(), people: v.array(load) });

/** How many turns of a rotation people have in a year. */
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

/** A month of whole weeks, Monday first. */
export type ScheduleView = Infer<typeof view>;

const content = v.variant("kind", [v.object({ kind: v.literal("unavailable"), title: v.string(), text: v.string(), button }), view]);

export type ScheduleContent = Infer<typeof content>;

/** The names of all texts that the page itself needs. */
export const scheduleLabelNames = ["heading", "loading", "before", "after", "today", "actions", "keys", "away", "chosen", "nothing", "flaws", "noFlaws"] as const;

const labels = v.object(v.entriesFromList(scheduleLabelNames, v.string()));

export type ScheduleLabels = Infer<typeof labels>;

const state = v.object({ language: v.string(), labels, banners: v.array(banner), content });

export type ScheduleState = Infer<typeof state>;

/** What the rota panel and its host send each other. */
export const scheduleProtocol: PanelProtocol<ScheduleSubject, ScheduleState, ScheduleToHost, ScheduleReply> = { subject, state, toHost, reply: noReply };
