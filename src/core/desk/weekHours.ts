import type { DayHours, OpeningTimes } from "../model/desk";
import { failed, ok, type Result } from "../model/result";

/** Opening times per weekday, or the key and position of an invalid span. */
type WeekHours =
  | { readonly kind: "hours"; readonly hours: readonly DayHours[] }
  | { readonly kind: "bad"; readonly key: string; readonly index: number };

/**
 * Parses `Mon-Fri: ["08:00-12:00", …]` into sorted spans per weekday. A span past midnight is split in two. Empty and
 * overlapping spans are invalid.
 */
export function weekHours(hours: Readonly<Record<string, readonly string[]>>): WeekHours {
  const days: Span[][] = weekdays.map(() => []);
  for (const [key, spans] of Object.entries(hours)) {
    for (const weekday of weekdaysOf(key)) {
      for (const [index, text] of spans.entries()) {
        for (const span of spansOf(weekday, text)) {
          const day = days[span.weekday - 1];
          if (day === undefined || span.from >= span.to || day.some((other) => span.from < other.to && other.from < span.to)) {
            return { kind: "bad", key, index };
          }
          day.push(span);
        }
      }
    }
  }
  return {
    kind: "hours",
    hours: days.flatMap((spans, index) =>
      spans.length === 0
        ? []
        : [{ weekday: index + 1, spans: spans.toSorted((a, b) => (a.from < b.from ? -1 : 1)).map(({ from, to }) => ({ from, to })) }],
    ),
  };
}

/**
 * Parses the opening times of one date, such as `08:00-12:00`, and sorts them. A failure is the position of an invalid one. A
 * span past midnight ends with the date.
 */
export function dateHours(spans: readonly string[]): Result<readonly OpeningTimes[], number> {
  const times: OpeningTimes[] = [];
  for (const [index, text] of spans.entries()) {
    const [span] = spansOf(1, text);
    if (span === undefined || span.from >= span.to || times.some((other) => span.from < other.to && other.from < span.to)) return failed(index);
    times.push({ from: span.from, to: span.to });
  }
  return ok(times.toSorted((a, b) => (a.from < b.from ? -1 : 1)));
}

interface Span extends OpeningTimes {
  readonly weekday: number;
}

const weekdays: readonly string[] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** The weekdays in a key such as `Mon-Wed, Sat`, 1 = Monday to 7 = Sunday. */
export function weekdaysOf(key: string): readonly number[] {
  return key.split(",").flatMap((part) => {
    const [first = "", last = first] = part.trim().split("-");
    const from = weekdays.indexOf(first);
    const days = (weekdays.indexOf(last) - from + 7) % 7;
    return Array.from({ length: days + 1 }, (_, step) => ((from + step) % 7) + 1);
  });
}

function spansOf(weekday: number, text: string): readonly Span[] {
  const [from = "", to = ""] = text.split("-").map((time) => time.trim().padStart(5, "0"));
  if (to >= from) return [{ weekday, from, to }];
  if (to === "00:00") return [{ weekday, from, to: "24:00" }];
  return [
    { weekday, from, to: "24:00" },
    { weekday: (weekday % 7) + 1, from: "00:00", to },
  ];
}
