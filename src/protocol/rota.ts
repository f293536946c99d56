import * as v from "valibot";
import { finiteNumber, type Infer } from "../core/parseData";
import { noReply, type PanelProtocol } from "./panel";

const month = v.pipe(v.string(), v.regex(/^\d{4}-(0[1-9]|1[0-2])$/));
const subject = v.object({ month: v.exactOptional(month) });
/** What the rota is opened from: a month as `2026-11`, or without one that of today. */
export type RotaSubject = Infer<typeof subject>;

const action = v.picklist(["takeOver", "cover", "swap", "plan", "export", "openDesk", "createDesk", "trust"]);
export type RotaAction = Infer<typeof action>;

const toHost = v.variant("kind", [
  v.object({ kind: v.literal("turnTo"), month }),
  /** `day` is the ISO date that is chosen. */
  v.object({ kind: v.literal("act"), action, day: v.exactOptional(v.string()) }),
]);
export type RotaToHost = Infer<typeof toHost>;
export type RotaReply = Infer<typeof noReply>;

const button = v.object({ label: v.string(), icon: v.string(), action, disabled: v.boolean() });
export type RotaButton = Infer<typeof button>;

const banner = v.object({ text: v.string(), button });
export type RotaBanner = Infer<typeof banner>;

const weekday = v.object({ short: v.string(), long: v.string() });
export type Weekday = Infer<typeof weekday>;

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
export type RotaPart = Infer<typeof part>;

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
  spoken: v.string(),
});
export type RotaDay = Infer<typeof day>;

const load = v.object({
  name: v.string(),
  colour: finiteNumber,
  turns: finiteNumber,
  /** The number as a person reads it, with that of each role. */
  text: v.string(),
});
export type RotaLoad = Infer<typeof load>;

const loads = v.object({ title: v.string(), most: finiteNumber, text: v.string(), people: v.array(load) });
/** How many turns of a rotation people have in a year. */
export type RotaLoads = Infer<typeof loads>;

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
export type RotaView = Infer<typeof view>;

const content = v.variant("kind", [v.object({ kind: v.literal("unavailable"), title: v.string(), text: v.string(), button }), view]);
export type RotaContent = Infer<typeof content>;

/** The names of all texts that the page itself needs. */
export const rotaLabelNames = ["heading", "loading", "before", "after", "today", "actions", "keys", "away", "chosen", "nothing", "flaws", "noFlaws"] as const;
const labels = v.object(v.entriesFromList(rotaLabelNames, v.string()));
export type RotaLabels = Infer<typeof labels>;

const state = v.object({ language: v.string(), labels, banners: v.array(banner), content });
export type RotaState = Infer<typeof state>;

/** What the rota panel and its host send each other. */
export const rotaProtocol: PanelProtocol<RotaSubject, RotaState, RotaToHost, RotaReply> = { subject, state, toHost, reply: noReply };
