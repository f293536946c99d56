import type { Instant } from "../model/issue";

/** A time in which the desk is closed whatever its hours say: a whole date in its time zone, or a stretch of which `to` is exclusive. */
export type Closure =
  | { readonly kind: "day"; readonly date: string }
  | { readonly kind: "stretch"; readonly from: Instant; readonly to: Instant };

/** What the calendar files and countries that a desk names say of a year: every closing that touches a date of it. */
export type Closures = (year: number) => readonly Closure[];

/** A desk that names no calendar, or whose calendars nobody read. */
export const noClosures: Closures = () => [];

/** Why holidays that a desk names are not considered. `name` is the file's path or the code. */
export type CalendarProblem =
  | { readonly kind: "missing"; readonly name: string }
  | { readonly kind: "badCalendar"; readonly name: string; readonly reason: string }
  /** Events of a calendar file are left out: the time zone `reason` is not known, or the event with this title cannot be understood. */
  | { readonly kind: "unknownZone" | "badEvent"; readonly name: string; readonly reason: string }
  | { readonly kind: "unknownCountry" | "unknownRegion"; readonly name: string };

/** What a desk's calendars say, and why some of them say nothing. */
export interface ClosuresReading {
  readonly closures: Closures;
  readonly problems: readonly CalendarProblem[];
}
