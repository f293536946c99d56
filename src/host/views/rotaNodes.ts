import { addDays } from "temporal-polyfill/fns/PlainDate";
import { dateFrom, dateText } from "../../core/calendarDate";
import type { Desk } from "../../core/desk/desk";
import { sameLogin } from "../../core/desk/sameLogin";
import type { ClosingsProblem } from "../../core/duty/closing";
import { holdingsOf } from "../../core/duty/holdings";
import { dateTextOf } from "../../core/duty/localTime";
import { turnsBetween } from "../../core/duty/rotation";
import { scheduleQuality, type ScheduleFlaw } from "../../core/duty/scheduleQuality";
import type { Holding } from "../../core/duty/turn";
import type { Instant } from "../../core/issue/issue";
import type { GroupNode } from "./node";
import type { CalendarNode, RotaNode } from "./rotaNode";

export interface RotaScene {
  readonly desk: Desk;
  readonly me?: string;
  readonly now: Instant;
  /** An instant as a person reads it in the desk's time zone. */
  readonly say: (at: Instant) => string;
  readonly titles: { readonly own: string; readonly flaws: string; readonly away: string };
}

/** How far ahead one looks for one's own turns, for gaps, and for who is away, in days. */
const ownDays = 182;
const flawDays = 56;
const awayDays = 14;
const mostOwn = 4;

/** Groups of what comes: the next turns of the person at the keyboard, when nobody is there for a role, and who is away. Empty ones are left out. */
export function rotaGroups(scene: RotaScene): readonly GroupNode[] {
  const { own, flaws, away } = scene.titles;
  return [group("ownTurns", own, ownTurns(scene)), group("flaws", flaws, flawNodes(scene)), group("away", away, absences(scene))].filter(({ count }) => count > 0);
}

/** A line for each calendar that is not considered. */
export function calendarNodes(problems: readonly ClosingsProblem[]): readonly CalendarNode[] {
  return problems.map((problem) => ({ kind: "calendar", id: ["calendar", problem.kind, problem.name, ...("reason" in problem ? [problem.reason] : [])].join(":"), problem }));
}

function group(id: string, title: string, children: readonly RotaNode[]): GroupNode {
  return { kind: "group", id, title, count: children.length, children, rota: true };
}

interface RotaAhead {
  readonly day: string;
  readonly held: ReadonlyMap<string, readonly Holding[]>;
  readonly flaws: readonly ScheduleFlaw[];
}

const known = new WeakMap<Desk, RotaAhead>();

/** What comes on a desk from today on: worked out once a day for each state of the desk, for the view is drawn with every change of an issue. */
function rotaAhead(desk: Desk, now: Instant): RotaAhead {
  const day = today(desk, now);
  const before = known.get(desk);
  if (before?.day === day) return before;
  const held = holdingsOf(turnsBetween(desk, dateFrom(day), dayAfter(desk, now, ownDays)));
  const { flaws } = scheduleQuality(desk, day, dateText(dayAfter(desk, now, flawDays)));
  const ahead = { day, held, flaws };
  known.set(desk, ahead);
  return ahead;
}

function ownTurns({ desk, me, now, say }: RotaScene): readonly RotaNode[] {
  if (me === undefined) return [];
  return [...rotaAhead(desk, now).held]
    .flatMap(([role, holdings]) => holdings.filter(({ login, from }) => sameLogin(login, me) && from > now).map((holding) => ({ role, ...holding })))
    .toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
    .slice(0, mostOwn)
    .map(({ role, from, to }) => ({ kind: "ownTurn", id: `own:${role}:${from}`, role, from: say(from), to: say(to) }));
}

function flawNodes({ desk, now, say }: RotaScene): readonly RotaNode[] {
  return rotaAhead(desk, now).flaws.flatMap((flaw): readonly RotaNode[] =>
    (flaw.kind === "gap" || flaw.kind === "away") && flaw.to > now
      ? [{ kind: "flaw", id: `flaw:${flaw.kind}:${flaw.role}:${flaw.from}`, flaw, from: say(flaw.from), to: say(flaw.to), day: dateTextOf(flaw.from < now ? now : flaw.from, desk.timezone) }]
      : [],
  );
}

function absences({ desk, now }: RotaScene): readonly RotaNode[] {
  const [first, last] = [today(desk, now), dateText(dayAfter(desk, now, awayDays))];
  return desk.people
    .flatMap(({ login, name = login, away }) => away.map((interval) => ({ login, name, from: interval.slice(0, 10), to: interval.slice(-10) })))
    .filter(({ from, to }) => from <= last && first <= to)
    .toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
    .map(({ login, name, from, to }) => ({ kind: "absence", id: `away:${login}:${from}`, name, from, to, now: from <= first }));
}

function today(desk: Desk, now: Instant): string {
  return dateTextOf(now, desk.timezone);
}

function dayAfter(desk: Desk, now: Instant, days: number) {
  return addDays(dateFrom(today(desk, now)), days);
}
