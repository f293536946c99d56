import { addDays, dayOfWeek } from "temporal-polyfill/fns/PlainDate";
import { type BusinessTime, holidaysBetween } from "../../../core/calendar/businessTime";
import { dateTextOf } from "../../../core/calendar/localTime";
import { dateFrom, dateText } from "../../../core/model/calendarDate";
import { type Desk, rotationsOf } from "../../../core/model/desk";
import { millisecondsOf } from "../../../core/model/instant";
import type { Instant } from "../../../core/model/issue";
import { sameLogin } from "../../../core/model/names";
import { assertNever } from "../../../core/model/result";
import { type OnCallDay, onCallDays, type OnCallPart } from "../../../core/oncall/scheduleDays";
import { type ScheduleFlaw, scheduleQuality } from "../../../core/oncall/scheduleQuality";
import type { ScheduleButton, ScheduleContent, ScheduleDay, ScheduleLabels, ScheduleLoads, SchedulePart, ScheduleState } from "../../../protocol/schedule";
import { formatDay } from "../../ui/format";
import type { Translate } from "../../ui/operationLabels";
import { colourOf, nameIn } from "../../ui/people";

/** What a month of the schedule is built from. */
export interface ScheduleInput {
  readonly desk: Desk;
  readonly stale: boolean;
  readonly hasDesk: boolean;
  /** For example `2026-11`; absent for the current month. */
  readonly month: string | undefined;
  readonly time: BusinessTime;
  readonly now: Instant;
  readonly me: string | undefined;
  readonly writable: boolean;
  readonly language: string;
  readonly t: Translate;
}

/** How many days ahead problems are listed. */
const flawDays = 56;

/** What the schedule shows of a month. */
export function scheduleState(input: ScheduleInput): ScheduleState {
  const { t, language, writable, stale } = input;
  const open: ScheduleButton = { label: t("Open desk.yml"), icon: "go-to-file", action: "openDesk", disabled: false };
  return {
    language,
    labels: labels(t),
    banners: [
      ...(writable ? [] : [{ text: t("This page is read-only until you trust the folder."), button: { label: t("Manage Workspace Trust"), icon: "shield", action: "trust" as const, disabled: false } }]),
      ...(stale ? [{ text: t("desk.yml has errors, so this is the last valid schedule. Open the file and correct the marked lines."), button: open }] : []),
    ],
    content: content(input, open),
  };
}

function content(input: ScheduleInput, open: ScheduleButton): ScheduleContent {
  const { desk, hasDesk, t, language, writable, now } = input;
  if (rotationsOf(desk).length === 0) {
    const title = t("No one is on call");
    return hasDesk
      ? { kind: "unavailable", title, text: t("desk.yml has no rotation yet. Add one under “rotation”: when it starts, how long a shift is, and who takes part."), button: open }
      : { kind: "unavailable", title, text: t("This folder has no desk.yml. Create a desk with a rotation that defines who is on call in each shift."), button: { label: t("Create Desk"), icon: "organization", action: "createDesk", disabled: !writable } };
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
    // 2024 started on a Monday.
    weekdays: Array.from({ length: 7 }, (_, day) => `2024-01-0${day + 1}`).map((date) => ({ short: format(date, { weekday: "short" }), long: format(date, { weekday: "long" }) })),
    days: scheduleDays({ ...input, month, today }),
    buttons: [
      change(t("Take Over Shift Now"), "person-add", "takeOverShift"),
      change(t("Cover Part of a Shift…"), "calendar", "cover"),
      change(t("Swap Shifts…"), "arrow-swap", "swap"),
      change(t("Plan Shifts…"), "wand", "plan"),
      { label: t("Export to iCalendar…"), icon: "export", action: "export", disabled: false },
      open,
    ],
    loads: scheduleLoads(desk, month.slice(0, 4), { t, language }),
    flaws: describeFlaws(flaws, desk, { t, language }),
  };
}

function labels(t: Translate): ScheduleLabels {
  return {
    heading: t("Schedule"),
    loading: t("Opening the schedule…"),
    before: t("Previous month"),
    after: t("Next month"),
    today: t("Today"),
    actions: t("Change the schedule"),
    keys: t("Press the arrow keys to move between days, Page Up or Page Down to move between months, and Home to go to today. The commands above use the selected day."),
    away: t("Away: {0}"),
    chosen: t("Selected day"),
    nothing: t("No one is scheduled."),
    flaws: t("Problems in the next 8 weeks"),
    noFlaws: t("None. Every role is covered by someone who is available, and no one has two shifts in a row."),
  };
}

/** The days of all weeks of a month, from Monday, each with who is on call and who is away. */
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
  const nameOf = ({ login }: OnCallPart): string => (login === undefined ? t("no one") : nameIn(desk, login));
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

/** How many problems are listed. */
const maxFlaws = 12;

/** One sentence per problem of the schedule. All shifts in a row share one sentence, because they are frequent where a backup becomes primary. */
function describeFlaws(flaws: readonly ScheduleFlaw[], desk: Desk, locale: ReportLocale): readonly string[] {
  const { t, language } = locale;
  const lines = flaws.flatMap((flaw) => (flaw.kind === "twoInARow" ? [] : [describeFlaw(flaw, desk, locale)]));
  const rows = flaws.flatMap((flaw) => (flaw.kind === "twoInARow" ? [`${nameIn(desk, flaw.login)} (${formatDay(dateTextOf(flaw.from, desk.timezone), language)})`] : []));
  return [
    ...lines.slice(0, maxFlaws),
    ...(lines.length > maxFlaws ? [t("…and {0} more", lines.length - maxFlaws)] : []),
    ...(rows.length === 0 ? [] : [t("Shifts in a row, in any role: {0}. Plan shifts to avoid this.", rows.join(", "))]),
  ];
}

function describeFlaw(flaw: Exclude<ScheduleFlaw, { kind: "twoInARow" }>, desk: Desk, { t, language }: ReportLocale): string {
  const day = formatDay(dateTextOf(flaw.from, desk.timezone), language);
  const name = (login: string): string => nameIn(desk, login);
  switch (flaw.kind) {
    case "gap":
      return t("{0}: no one is {1}.", day, flaw.role);
    case "away":
      return flaw.whole ? t("{0}: {1} is {2} but away the whole time.", day, name(flaw.login), flaw.role) : t("{0}: {1} is {2} but away part of the time.", day, name(flaw.login), flaw.role);
    case "noExperiencedBackup":
      return t("{0}: neither {1} nor {2} is experienced.", day, name(flaw.primary), name(flaw.backup));
    case "twoRoles":
      return t("{0}: {1} has two roles, {2} and {3}.", day, name(flaw.login), ...flaw.roles);
    default:
      return assertNever(flaw);
  }
}

/** How many shifts each person has in a year, per rotation, and how even that is. */
function scheduleLoads(desk: Desk, year: string, { t, language }: { readonly t: Translate; readonly language: string }): readonly ScheduleLoads[] {
  const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  return scheduleQuality(desk, `${year}-01-01`, `${year}-12-31`).loads.map(({ rotation, people, spread }) => ({
    title: rotation === undefined ? t("Shifts in {0}", year) : t("Shifts in {0}: {1}", year, rotation),
    most: Math.max(1, ...people.map(({ shifts }) => shifts)),
    text: spread > 1 ? t("Uneven: the highest and the lowest number of shifts differ by {0}. Plan shifts to balance them.", numbers.format(spread)) : t("Even: the numbers of shifts differ by one at most."),
    people: people.map(({ login, shifts, byRole }) => ({
      name: nameIn(desk, login),
      colour: colourOf(desk, login),
      shifts,
      text: `${numbers.format(shifts)} (${Object.entries(byRole).map(([role, count]) => `${role} ${numbers.format(count)}`).join(", ")})`,
    })),
  }));
}
