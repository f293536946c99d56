import type { Instant } from "../model/issue";

/** A time when the desk is closed regardless of its hours: a date in its time zone, or a span with exclusive `to`. */
export type Closure =
  | { readonly kind: "day"; readonly date: string }
  | { readonly kind: "stretch"; readonly from: Instant; readonly to: Instant };

/** The closures of a year from the desk's calendar files and countries, including those that only overlap it. */
export type Closures = (year: number) => readonly Closure[];

/** The closures of a desk without calendars, or whose calendars were not read. */
export const noClosures: Closures = () => [];

/** Why some holidays are not applied. `name` is the path of the file, or the country code. */
export type CalendarProblem =
  | { readonly kind: "missing"; readonly name: string }
  | { readonly kind: "badCalendar"; readonly name: string; readonly reason: string }
  /** Events of a calendar file were skipped: the time zone `reason` is unknown, or the event with this title is not supported. */
  | { readonly kind: "unknownZone" | "badEvent"; readonly name: string; readonly reason: string }
  | { readonly kind: "unknownCountry" | "unknownRegion"; readonly name: string };

/** The closures from a desk's calendars, and the problems found. */
export interface ClosuresReading {
  readonly closures: Closures;
  readonly problems: readonly CalendarProblem[];
}
