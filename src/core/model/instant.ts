import * as Instants from "temporal-polyfill/fns/Instant";
import type { Instant } from "./issue";

// Instants are counted as milliseconds since the epoch. One view parses and formats thousands, and Temporal takes ten times as long, so the common form
// with a four-digit year is handled here and Temporal handles the rest.

/** Milliseconds since the epoch. Throws a `RangeError` when the text is not an instant. */
export function millisecondsOf(at: Instant): number {
  return usualMilliseconds(at) ?? Instants.fromString(at).epochMilliseconds;
}

/** The same for the form `2026-11-20T16:02:11Z`, with up to three decimals. `undefined` for any other text. */
function usualMilliseconds(at: string): number | undefined {
  const end = at.length - 1;
  if (end < 19 || end === 20 || end > 23 || at[4] !== "-" || at[7] !== "-" || at[10] !== "T" || at[13] !== ":" || at[16] !== ":" || at[end] !== "Z" || (end > 19 && at[19] !== ".")) return undefined;
  const [year, month, day] = [digitsIn(at, 0, 4), digitsIn(at, 5, 7), digitsIn(at, 8, 10)];
  const [hour, minute, second] = [digitsIn(at, 11, 13), digitsIn(at, 14, 16), digitsIn(at, 17, 19)];
  const thousandths = end === 19 ? 0 : digitsIn(at, 20, end) * 10 ** (23 - end);
  // A comparison with NaN is false.
  const isValid = year >= 0 && month >= 1 && month <= 12 && day >= 1 && (day <= 28 || day <= daysIn(year, month)) && hour <= 23 && minute <= 59 && second <= 59 && thousandths >= 0;
  return isValid ? (((daysSinceEpoch(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * 1000 + thousandths : undefined;
}

/** The number between two positions of a text. `NaN` if there is anything but digits. */
function digitsIn(text: string, from: number, to: number): number {
  let number = 0;
  for (let index = from; index < to; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

/** The number of days of a month. */
function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Whether the text is an instant. */
export function isInstant(text: string): boolean {
  try {
    millisecondsOf(text);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The same instant in UTC, as instants are compared. Throws a `RangeError` when the text is not an instant. */
export function instantInUtc(text: string): Instant {
  return text.endsWith("Z") && usualMilliseconds(text) !== undefined ? text : Instants.fromString(text).toJSON();
}

/** Milliseconds by which the clocks of a team may differ. */
const maxClockSkew = 24 * 3_600_000;

/** Whether an instant is so far after `now` that it can only come from a wrong clock. */
export function isFarAhead(at: Instant, now: Instant): boolean {
  return millisecondsOf(at) - millisecondsOf(now) > maxClockSkew;
}

/** Compares two instants in ISO UTC, with or without a fraction. An absent instant is the earliest. */
export function compareInstants(a: Instant | undefined, b: Instant | undefined): number {
  if (a === b) return 0;
  if (isUsual(a) && isUsual(b)) return a < b ? -1 : 1;
  const [left, right] = [digits(a), digits(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The latest of several instants, or `""` if there is none. */
export function latest(instants: readonly (Instant | undefined)[]): Instant {
  return instants.reduce<Instant>((last, at) => (at !== undefined && compareInstants(at, last) > 0 ? at : last), "");
}

/** The next instant after `at` in the form `…:11.001Z`, to order two marks made within one second. */
export function justAfter(at: Instant): Instant {
  const [second = "", fraction = ""] = digits(at).split(".");
  const thousandths = Number(fraction.slice(0, 3).padEnd(3, "0")) + 1;
  return thousandths < 1000 && fraction.length <= 3
    ? `${second}.${String(thousandths).padStart(3, "0")}Z`
    : `${second}.${fraction}1Z`;
}

/** Whether the text has whole seconds and a year of four digits, so that it can be compared as it is. */
function isUsual(at: Instant | undefined): at is Instant {
  return at?.length === 20 && at[19] === "Z" && at[16] === ":";
}

function digits(at: Instant | undefined): string {
  return (at ?? "").replace(/Z$/, "").replace(/\.0+$/, "");
}

/** The instant of a number of milliseconds since the epoch. Throws a `RangeError` outside the supported range. */
export function instantAt(milliseconds: number): Instant {
  const days = Math.floor(milliseconds / perDay);
  if (!Number.isInteger(milliseconds) || days < firstDay || days > lastDay) return Instants.fromEpochMilliseconds(milliseconds).toJSON();
  const { year, month, day } = dateSinceEpoch(days);
  const rest = milliseconds - days * perDay;
  const fraction = rest % 1000;
  const time = [Math.floor(rest / 3_600_000), Math.floor(rest / 60_000) % 60, Math.floor(rest / 1000) % 60].map(two).join(":");
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}T${time}${fraction === 0 ? "" : `.${String(fraction).padStart(3, "0").replace(/0+$/, "")}`}Z`;
}

const perDay = 24 * 60 * 60_000;

/** 0001-01-01 and 9999-12-31, in days since the epoch. */
const firstDay = -719_162;

const lastDay = 2_932_896;

// Years start in March here, so that the leap day is the last day. The pattern repeats every 400 years (146,097 days).

function daysSinceEpoch(year: number, month: number, day: number): number {
  const shifted = month > 2 ? year : year - 1;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

function dateSinceEpoch(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const third = Math.floor((5 * dayOfYear + 2) / 153);
  const month = third < 10 ? third + 3 : third - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: dayOfYear - Math.floor((153 * third + 2) / 5) + 1 };
}

function two(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}
