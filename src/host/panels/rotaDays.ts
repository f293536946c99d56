import { addDays, dayOfWeek } from "temporal-polyfill/fns/PlainDate";
import { sameLogin } from "../../core/desk/sameLogin";
import { dateFrom, dateText } from "../../core/calendarDate";
import { dutyDays, type DutyDay, type DutyPart } from "../../core/duty/dutyDays";
import { holidaysBetween } from "../../core/duty/holidaysBetween";
import type { RotaDay, RotaPart } from "../../protocol/rota";
import { sayDay } from "../views/sayDay";
import { colourOf, nameIn } from "./rotaPeople";
import type { RotaInput } from "./rotaState";

/** The days of the weeks that a month touches, Monday first, each with who is on duty and who is away. */
export function rotaDays(input: RotaInput & { readonly month: string; readonly today: string }): readonly RotaDay[] {
  const { desk, time, month } = input;
  const first = dateFrom(`${month}-01`);
  const start = addDays(first, 1 - dayOfWeek(first));
  const next = dateFrom(dateText(addDays(dateFrom(`${month}-28`), 4)).slice(0, 8) + "01");
  const end = addDays(next, (8 - dayOfWeek(next)) % 7 - 1);
  const holidays = holidaysBetween(desk, time, dateText(start), dateText(end));
  return dutyDays(desk, dateText(start), dateText(end)).map((day) => rotaDay(day, holidays.has(day.date), input));
}

function rotaDay({ date, parts }: DutyDay, holiday: boolean, { desk, month, today, t, language, me }: RotaInput & { readonly today: string }): RotaDay {
  const weekdays = desk.hours.flatMap(({ weekday, spans }) => (spans.length === 0 ? [] : [weekday]));
  const exception = desk.exceptions.find((one) => one.date === date);
  const isOff = exception === undefined && desk.hours.length > 0 && !weekdays.includes(dayOfWeek(dateFrom(date)));
  const closed = holiday ? t("holiday") : isOff ? t("closed") : undefined;
  const away = desk.people.filter((person) => person.away.some((interval) => interval.slice(0, 10) <= date && date <= interval.slice(-10))).map(({ login }) => nameIn(desk, login));
  const nameOf = ({ login }: DutyPart): string => (login === undefined ? t("nobody") : nameIn(desk, login));
  const shown = parts.map((part): RotaPart => ({
    role: part.role,
    name: nameOf(part),
    ...(part.from === undefined && part.to === undefined ? {} : { hours: `${part.from ?? ""}\u2013${part.to ?? ""}` }),
    ...(part.login === undefined ? {} : { colour: colourOf(desk, part.login) }),
    mine: part.login !== undefined && sameLogin(part.login, me ?? ""),
  }));
  const name = sayDay(date, language, "long");
  const spoken = [
    ...(date === today ? [t("today")] : []),
    ...(closed === undefined ? [] : [closed]),
    ...parts.map((part) => [`${part.role}: ${nameOf(part)}`, ...sayTime(part, t)].join(" ")),
    ...(away.length === 0 ? [] : [t("Away: {0}", away.join(", "))]),
  ];
  return { date, name, inMonth: date.startsWith(month ?? ""), ...(closed === undefined ? {} : { closed }), holiday, parts: shown, away, spoken: [name, ...spoken].join(". ") };
}

function sayTime({ from, to }: DutyPart, t: RotaInput["t"]): readonly string[] {
  return [...(from === undefined ? [] : [t("from {0}", from)]), ...(to === undefined ? [] : [t("until {0}", to)])];
}
