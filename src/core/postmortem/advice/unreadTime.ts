import { isDate } from "../../model/calendarDate";

/** A date and a time of day as a person wrote them. */
export interface WrittenTime {
  /** ISO date. Absent if only the time of day is written. */
  readonly date?: string;
  /** `HH:MM:SS`. */
  readonly clock: string;
  /** As in `readEntryTime`. Absent if none is written. */
  readonly zone?: string;
}

const clockPattern = /(?<![\d:.])(\d{1,2})[:.h](\d{2})(?:[:.](\d{2}))?(?:\.\d+)?(?![\d:])\s*(?:([ap])\.?m\.?(?![\p{L}\d]))?/iu;

const datePatterns = [/(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/, /(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)/];

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/**
 * Whether somebody meant an exact time, but not in a form that is read, such as `9:05`, `20/11/2026 09:05` or `2026-13-45 10:00`.
 * Words such as `shortly after 9:05` are not one, and neither is `~9:05`, `14:??`, a range or a date: they say that nobody knows
 * exactly.
 */
export function isUnreadTime(words: string): boolean {
  if (words.length > 60 || !/^\d[^?~]*$/.test(words)) return false;
  if ([...words.matchAll(new RegExp(clockPattern.source, "giu"))].length !== 1) return false;
  return (words.match(/\p{L}+/gu) ?? []).every(isPartOfTime);
}

/** Letters between digits, halves of the day, months, and names of time zones. */
function isPartOfTime(word: string): boolean {
  return /^(?:[tzhapm]|am|pm|st|nd|rd|th|[A-Z]{2,5})$/i.test(word) && (word.length <= 2 || word === word.toUpperCase()) ? true : months.some((month) => word.toLowerCase().startsWith(month));
}

/** Reads such a time. Returns `undefined` if it is ambiguous, such as a day and month that can be exchanged, or a time zone by name. */
export function readWrittenTime(words: string): WrittenTime | undefined {
  const found = clockPattern.exec(words);
  if (found === null) return undefined;
  const clock = clockOf(found);
  const rest = words.replace(found[0], " ");
  const date = dateIn(rest);
  const other = rest.replace(date?.text ?? "", " ").replace(/[\s,.()]+|^[tT]|[tT]$/g, " ").trim();
  const zone = /^(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})$/i.exec(other.replace(/^t\s*/i, ""))?.[0];
  if (clock === undefined || (date !== undefined && date.date === undefined)) return undefined;
  if (other !== "" && other.toLowerCase() !== "t" && zone === undefined) return undefined;
  return { clock, ...(date?.date === undefined ? {} : { date: date.date }), ...(zone === undefined ? {} : { zone: /^[zug]/i.test(zone) ? "Z" : zone }) };
}

function clockOf([, hours = "", minutes = "", seconds = "00", half]: RegExpExecArray): string | undefined {
  const hour = Number(hours);
  if (hour > (half === undefined ? 23 : 12) || Number(minutes) > 59 || Number(seconds) > 59 || (half !== undefined && hour === 0)) return undefined;
  const full = half === undefined ? hour : (hour % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  return `${String(full).padStart(2, "0")}:${minutes}:${seconds}`;
}

/** The date in a text, and how it is written. Without `date`, it does not exist or has two meanings. */
function dateIn(text: string): { readonly text: string; readonly date?: string } | undefined {
  const [yearFirst, yearLast] = datePatterns.map((pattern) => pattern.exec(text));
  const found = yearFirst ?? yearLast;
  if (found === null || found === undefined) return undefined;
  const [first = "", second = "", third = ""] = found.slice(1);
  const [year, month, day] = found === yearFirst ? [first, second, third] : Number(first) > 12 ? [third, second, first] : [third, first, second];
  const isAmbiguous = found !== yearFirst && Number(first) <= 12 && Number(second) <= 12 && first !== second;
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isAmbiguous || !isDate(date) ? { text: found[0] } : { text: found[0], date };
}
