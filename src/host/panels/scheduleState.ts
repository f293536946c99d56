import { addDays, dayOfWeek } from "temporal-polyfill/fns/PlainDate";
import { type BusinessTime, holidaysBetween } from "../../core/calendar/businessTime";
import { dateTextOf } from "../../core/calendar/localTime";
import { dateFrom, dateText } from "../../core/model/calendarDate";
import { type Desk, rotationsOf } from "../../core/model/desk";
import { millisecondsOf } from "../../core/model/instant";
import type { Instant } from "../../core/model/issue";
import { sameLogin } from "../../core/model/names";
import { assertNever } from "../../core/model/result";
import { type OnCallDay, onCallDays, type OnCallPart } from "../../core/oncall/scheduleDays";
import { type ScheduleFlaw, scheduleQuality } from "../../core/oncall/scheduleQuality";
import type { ScheduleButton, ScheduleContent, ScheduleDay, ScheduleLabels, ScheduleLoads, SchedulePart, ScheduleState } from "../../protocol/schedule";
import { formatDay } from "../ui/format";
import type { Translate } from "../ui/operationLabels";
import { colourOf, nameIn } from "../ui/people";

/** All that a month of the rota is made from. */
export interface ScheduleInput {
  readonly desk: Desk;
  readonly stale: boolean;
  readonly hasDesk: boolean;
  /** As `2026-11`; absent: the month of today. */
  readonly month: string | undefined;
  readonly time: BusinessTime;
  readonly now: Instant;
  readonly me: string | undefined;
  readonly writable: boolean;
  readonly language: string;
  readonly t: Translate;
}

/** How far ahead what is wrong is told, in days. */
const flawDays = 56;

/** What the rota shows of a month. */
export function scheduleState(input: ScheduleInput): ScheduleState {
  const { t, language, writable, stale } = input;
  const open: ScheduleButton = { label: t("Open desk.yml"), icon: "go-to-file", action: "openDesk", disabled: false };
  return {
    language,
    labels: labels(t),
    banners: [
      ...(writable ? [] : [{ text: t("You can read everything here. Nothing is written until you trust the folder."), button: { label: t("Manage Workspace Trust"), icon: "shield", action: "trust" as const, disabled: false } }]),
      ...(stale ? [{ text: t("desk.yml is broken, so this is the rota as it was before. Open it and mend the marked lines."), button: open }] : []),
    ],
    content: content(input, open),
  };
}

function content(input: ScheduleInput, open: ScheduleButton): ScheduleContent {
  const { desk, hasDesk, t, language, writable, now } = input;
  if (rotationsOf(desk).length === 0) {
    const title = t("No one is on call");
    return hasDesk
      ? { kind: "unavailable", title, text: t("desk.yml has no rotation yet. Write one under “rotation”: when it starts, how long a turn is, and whose turn it is."), button: open }
      : { kind: "unavailable", title, text: t("This folder has no desk.yml. Create a desk: its rotation says who is on duty, turn by turn."), button: { label: t("Create a Desk"), icon: "organization", action: "createDesk", disabled: !writable } };
  }
  const today = dateTextOf(now, desk.timezone);
  const month = input.month ?? today.slice(0, 7);
  const flaws = scheduleQuality(desk, today, dateText(addDays(dateFrom(today), flawDays))).flaws.filter(({ to }) => to > now);
  const format = (date: string, options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" }).format(millisecondsOf(`${date}T00:00:00Z`));
  const change = (label: string, icon: string, action: ScheduleButton["action"]): ScheduleButton => ({ label, icon, action, disabled: !writable });
  return {
    kind: "month",
    month,
    title: format(`${month}-01`, { month: "long", year: "numeric" }),
    before: dateText(addDays(dateFrom(`${month}-01`), -1)).slice(0, 7),
    after: dateText(addDays(dateFrom(`${month}-28`), 4)).slice(0, 7),
    today,
    // 2024 began on a Monday.
    weekdays: Array.from({ length: 7 }, (_, day) => `2024-01-0${day + 1}`).map((date) => ({ short: format(date, { weekday: "short" }), long: format(date, { weekday: "long" }) })),
    days: scheduleDays({ ...input, month, today }),
    buttons: [
      change(t("Take Over Now"), "person-add", "takeOverShift"),
      change(t("Cover Part of a Turn…"), "calendar", "cover"),
      change(t("Swap Turns…"), "arrow-swap", "swap"),
      change(t("Plan Turns…"), "wand", "plan"),
      { label: t("Export to iCalendar…"), icon: "export", action: "export", disabled: false },
      open,
    ],
    loads: scheduleLoads(desk, month.slice(0, 4), { t, language }),
    flaws: describeFlaws(flaws, desk, { t, language }),
  };
}

function labels(t: Translate): ScheduleLabels {
  return {
    heading: t("Rota"),
    loading: t("Opening the rota…"),
    before: t("Previous month"),
    after: t("Next month"),
    today: t("Today"),
    actions: t("Change who is on duty"),
    keys: t("Arrow keys go from day to day, Page Up and Page Down from month to month, Home to today. The commands above begin with the chosen day."),
    away: t("Away: {0}"),
    chosen: t("Chosen day"),
    nothing: t("Nobody is meant to be on duty."),
    flaws: t("What to look at in the next 8 weeks"),
    noFlaws: t("Nothing: somebody who is there has every role, and nobody has two turns in a row."),
  };
}

/** The days of the weeks that a month touches, Monday first, each with who is on duty and who is away. */
function scheduleDays(input: ScheduleInput & { readonly month: string; readonly today: string }): readonly ScheduleDay[] {
  const { desk, time, month } = input;
  const first = dateFrom(`${month}-01`);
  const start = addDays(first, 1 - dayOfWeek(first));
  const next = dateFrom(dateText(addDays(dateFrom(`${month}-28`), 4)).slice(0, 8) + "01");
  const end = addDays(next, (8 - dayOfWeek(next)) % 7 - 1);
  const holidays = holidaysBetween(desk, time, dateText(start), dateText(end));
  return onCallDays(desk, dateText(start), dateText(end)).map((day) => scheduleDay(day, holidays.has(day.date), input));
}

function scheduleDay({ date, parts }: OnCallDay, holiday: boolean, { desk, month, today, t, language, me }: ScheduleInput & { readonly today: string }): ScheduleDay {
  const weekdays = desk.hours.flatMap(({ weekday, spans }) => (spans.length === 0 ? [] : [weekday]));
  const exception = desk.exceptions.find((one) => one.date === date);
  const isOff = exception === undefined && desk.hours.length > 0 && !weekdays.includes(dayOfWeek(dateFrom(date)));
  const closed = holiday ? t("holiday") : isOff ? t("closed") : undefined;
  const away = desk.people.filter((person) => person.away.some((interval) => interval.slice(0, 10) <= date && date <= interval.slice(-10))).map(({ login }) => nameIn(desk, login));
  const nameOf = ({ login }: OnCallPart): string => (login === undefined ? t("nobody") : nameIn(desk, login));
  const shown = parts.map((part): SchedulePart => ({
    role: part.role,
    name: nameOf(part),
    ...(part.from === undefined && part.to === undefined ? {} : { hours: `${part.from ?? ""}\u2013${part.to ?? ""}` }),
    ...(part.login === undefined ? {} : { colour: colourOf(desk, part.login) }),
    mine: part.login !== undefined && sameLogin(part.login, me ?? ""),
  }));
  const name = formatDay(date, language, "long");
  const ariaLabel = [
    ...(date === today ? [t("today")] : []),
    ...(closed === undefined ? [] : [closed]),
    ...parts.map((part) => [`${part.role}: ${nameOf(part)}`, ...formatTime(part, t)].join(" ")),
    ...(away.length === 0 ? [] : [t("Away: {0}", away.join(", "))]),
  ];
  return { date, name, inMonth: date.startsWith(month ?? ""), ...(closed === undefined ? {} : { closed }), holiday, parts: shown, away, ariaLabel: [name, ...ariaLabel].join(". ") };
}

function formatTime({ from, to }: OnCallPart, t: ScheduleInput["t"]): readonly string[] {
  return [...(from === undefined ? [] : [t("from {0}", from)]), ...(to === undefined ? [] : [t("until {0}", to)])];
}

interface ReportLocale {
  readonly t: Translate;
  readonly language: string;
}

/** How many lines there are of what is wrong. */
const maxFlaws = 12;

/** What is wrong with some turns, a sentence each; two turns in a row, which are many where a backup is primary next, are one. */
function describeFlaws(flaws: readonly ScheduleFlaw[], desk: Desk, locale: ReportLocale): readonly string[] {
  const { t, language } = locale;
  const lines = flaws.flatMap((flaw) => (flaw.kind === "twoInARow" ? [] : [describeFlaw(flaw, desk, locale)]));
  const rows = flaws.flatMap((flaw) => (flaw.kind === "twoInARow" ? [`${nameIn(desk, flaw.login)} (${formatDay(dateTextOf(flaw.from, desk.timezone), language)})`] : []));
  return [
    ...lines.slice(0, maxFlaws),
    ...(lines.length > maxFlaws ? [t("…and {0} more", lines.length - maxFlaws)] : []),
    ...(rows.length === 0 ? [] : [t("On duty again right after a turn, in whatever role: {0}. Plan turns to avoid it.", rows.join(", "))]),
  ];
}

function describeFlaw(flaw: Exclude<ScheduleFlaw, { kind: "twoInARow" }>, desk: Desk, { t, language }: ReportLocale): string {
  const day = formatDay(dateTextOf(flaw.from, desk.timezone), language);
  const name = (login: string): string => nameIn(desk, login);
  switch (flaw.kind) {
    case "gap":
      return t("{0}: nobody is {1}.", day, flaw.role);
    case "away":
      return flaw.whole ? t("{0}: {1} is {2}, and away all that time.", day, name(flaw.login), flaw.role) : t("{0}: {1} is {2}, and away for a part of that time.", day, name(flaw.login), flaw.role);
    case "noExperiencedBackup":
      return t("{0}: neither {1} nor {2} is experienced.", day, name(flaw.primary), name(flaw.backup));
    case "twoRoles":
      return t("{0}: {1} has two roles, {2} and {3}.", day, name(flaw.login), ...flaw.roles);
    default:
      return assertNever(flaw);
  }
}

/** How many turns people have in a year, rotation by rotation, and how even that is. */
function scheduleLoads(desk: Desk, year: string, { t, language }: { readonly t: Translate; readonly language: string }): readonly ScheduleLoads[] {
  const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  return scheduleQuality(desk, `${year}-01-01`, `${year}-12-31`).loads.map(({ rotation, people, spread }) => ({
    title: rotation === undefined ? t("Turns in {0}", year) : t("Turns in {0}: {1}", year, rotation),
    most: Math.max(1, ...people.map(({ shifts }) => shifts)),
    text: spread > 1 ? t("Uneven: the most and the fewest turns are {0} apart. Plan turns to even it out.", numbers.format(spread)) : t("Even: nobody has over one turn more than another."),
    people: people.map(({ login, shifts, byRole }) => ({
      name: nameIn(desk, login),
      colour: colourOf(desk, login),
      shifts,
      text: `${numbers.format(shifts)} (${Object.entries(byRole).map(([role, count]) => `${role} ${numbers.format(count)}`).join(", ")})`,
    })),
  }));
}
