import { compareTexts } from "../../core/model/sorting";
import { addDays } from "temporal-polyfill/fns/PlainDate";
import type { CalendarProblem } from "../../core/calendar/holidays";
import { dateTextOf } from "../../core/calendar/localTime";
import { dateFrom, dateText } from "../../core/model/calendarDate";
import type { Desk } from "../../core/model/desk";
import type { Instant } from "../../core/model/issue";
import { sameLogin } from "../../core/model/names";
import type { Holding } from "../../core/model/shift";
import { holdingsOf, shiftsBetween } from "../../core/oncall/rotation";
import { type ScheduleFlaw, scheduleQuality } from "../../core/oncall/scheduleQuality";
import type { CalendarNode, GroupNode, ScheduleNode } from "./node";

export interface ScheduleContext {
  readonly desk: Desk;
  readonly me?: string;
  readonly now: Instant;
  /** Formats an instant in the desk's time zone. */
  readonly formatInstant: (at: Instant) => string;
  readonly titles: { readonly own: string; readonly flaws: string; readonly away: string };
}

/** How many days ahead own shifts, gaps and absences are shown. */
const ownDays = 182;

const flawDays = 56;

const awayDays = 14;

const maxOwnShifts = 4;

/** Groups about the coming weeks: the next shifts of the current user, gaps, and who is away. Empty groups are left out. */
export function scheduleGroups(context: ScheduleContext): readonly GroupNode[] {
  const { own, flaws, away } = context.titles;
  return [group("ownShifts", own, ownShifts(context)), group("flaws", flaws, flawNodes(context)), group("away", away, absences(context))].filter(({ count }) => count > 0);
}

/** A row for each calendar that is not applied. */
export function calendarNodes(problems: readonly CalendarProblem[]): readonly CalendarNode[] {
  return problems.map((problem) => ({ kind: "calendar", id: ["calendar", problem.kind, problem.name, ...("reason" in problem ? [problem.reason] : [])].join(":"), problem }));
}

function group(id: string, title: string, children: readonly ScheduleNode[]): GroupNode {
  return { kind: "group", id, title, count: children.length, children, schedule: true };
}

interface ScheduleAhead {
  readonly day: string;
  readonly held: ReadonlyMap<string, readonly Holding[]>;
  readonly flaws: readonly ScheduleFlaw[];
}

const known = new WeakMap<Desk, ScheduleAhead>();

/** The coming shifts and flaws of a desk. Computed once a day for each version of the desk, because the view is built on every change of an issue. */
function scheduleAhead(desk: Desk, now: Instant): ScheduleAhead {
  const day = today(desk, now);
  const before = known.get(desk);
  if (before?.day === day) return before;
  const held = holdingsOf(shiftsBetween(desk, dateFrom(day), dayAfter(desk, now, ownDays)));
  const { flaws } = scheduleQuality(desk, day, dateText(dayAfter(desk, now, flawDays)));
  const ahead = { day, held, flaws };
  known.set(desk, ahead);
  return ahead;
}

function ownShifts({ desk, me, now, formatInstant }: ScheduleContext): readonly ScheduleNode[] {
  if (me === undefined) return [];
  return [...scheduleAhead(desk, now).held]
    .flatMap(([role, holdings]) => holdings.filter(({ login, from }) => sameLogin(login, me) && from > now).map((holding) => ({ role, ...holding })))
    .toSorted((a, b) => compareTexts(a.from, b.from))
    .slice(0, maxOwnShifts)
    .map(({ role, from, to }) => ({ kind: "ownShift", id: `own:${role}:${from}`, role, from: formatInstant(from), to: formatInstant(to) }));
}

function flawNodes({ desk, now, formatInstant }: ScheduleContext): readonly ScheduleNode[] {
  return scheduleAhead(desk, now).flaws.flatMap((flaw): readonly ScheduleNode[] =>
    (flaw.kind === "gap" || flaw.kind === "away") && flaw.to > now
      ? [{ kind: "flaw", id: `flaw:${flaw.kind}:${flaw.role}:${flaw.from}`, flaw, from: formatInstant(flaw.from), to: formatInstant(flaw.to), day: dateTextOf(flaw.from < now ? now : flaw.from, desk.timezone) }]
      : [],
  );
}

function absences({ desk, now }: ScheduleContext): readonly ScheduleNode[] {
  const [first, last] = [today(desk, now), dateText(dayAfter(desk, now, awayDays))];
  return desk.people
    .flatMap(({ login, name = login, away }) => away.map((interval) => ({ login, name, from: interval.slice(0, 10), to: interval.slice(-10) })))
    .filter(({ from, to }) => from <= last && first <= to)
    .toSorted((a, b) => compareTexts(a.from, b.from))
    .map(({ login, name, from, to }) => ({ kind: "absence", id: `away:${login}:${from}`, name, from, to, now: from <= first }));
}

function today(desk: Desk, now: Instant): string {
  return dateTextOf(now, desk.timezone);
}

function dayAfter(desk: Desk, now: Instant, days: number) {
  return addDays(dateFrom(today(desk, now)), days);
}
