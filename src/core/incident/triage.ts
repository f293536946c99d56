import * as v from "valibot";
import { escapeComments, oneLine } from "../markup/hiddenMark";
import { inertText } from "../markup/inertText";
import type { Desk, Duration } from "../model/desk";
import { instantAt, isInstant, millisecondsOf } from "../model/instant";
import type { Instant } from "../model/issue";
import { distinctLogins, sameName } from "../model/names";
import { parseData } from "../model/parseData";
import type { Holders } from "../model/shift";

const instant = v.pipe(v.string(), v.check(isInstant));

const timerSchema = v.object({ id: v.string(), title: v.string(), text: v.string(), startedAt: instant, until: instant });

/**
 * A report that somebody looks into for a limited time before it becomes an issue. `text` is the report and what was written
 * since.
 */
export interface TriageTimer {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly startedAt: Instant;
  readonly until: Instant;
}

/** The number of characters of a report that are kept while it is handled. A pasted log can be much longer. */
export const maxReport = 100_000;

/** The start of a report that is too long to be kept. */
export function storedReport(text: string): string {
  return text.length <= maxReport ? text : text.slice(0, maxReport).replace(/[\uD800-\uDBFF]$/, "");
}

/** The heading below which the findings of the first minutes are written. */
const findings = "## Findings so far";

/** Starts the time for a report. */
export function startTriage(report: string, id: string, now: Instant, within: Duration): TriageTimer {
  return { id, title: triageTitle(report), text: `${storedReport(report.trim())}\n\n${findings}\n\n`, startedAt: now, until: later(now, within) };
}

/** Adds time, counted from now if the time is over. */
export function extendTriage(timer: TriageTimer, now: Instant, within: Duration): TriageTimer {
  const from = millisecondsOf(timer.until) > millisecondsOf(now) ? timer.until : now;
  return { ...timer, until: later(from, within) };
}

/** Full minutes that remain, rounded up; 0 if the time is over. */
export function minutesLeft(timer: TriageTimer, now: Instant): number {
  return Math.max(0, Math.ceil((millisecondsOf(timer.until) - millisecondsOf(now)) / 60_000));
}

/** Minutes since the triage started, rounded down. */
export function minutesSpent({ startedAt }: TriageTimer, now: Instant): number {
  return Math.max(0, Math.floor((millisecondsOf(now) - millisecondsOf(startedAt)) / 60_000));
}

/** Parses a stored timer. */
export function readTimer(stored: unknown): TriageTimer | undefined {
  return parseData(timerSchema, stored);
}

/** The duration in minutes. */
export function minutesOf({ amount, unit }: Duration): number {
  return amount * { m: 1, h: 60, d: 24 * 60, w: 7 * 24 * 60 }[unit];
}

function later(from: Instant, within: Duration): Instant {
  return instantAt(millisecondsOf(from) + minutesOf(within) * 60_000);
}

const maxTitle = 100;

/** A title for a report: its first line with text, without marks of headings and quotes, and shortened at a word. */
export function triageTitle(report: string, max = maxTitle): string {
  const line = report.split(/\r\n|\r|\n/).map((each) => each.replace(/^[\s>#*-]+/, "").trim()).find((each) => each !== "") ?? "";
  if (line.length <= max) return line;
  const cut = line.slice(0, max);
  const end = cut.lastIndexOf(" ");
  return `${(end > max / 2 ? cut.slice(0, end) : cut).replace(/[\uD800-\uDBFF]$/, "").trimEnd()}\u2026`;
}

/** The people who are notified of new requests: the holders of the roles that the desk names, people with such a role, and logins. */
export function triageAudience(desk: Pick<Desk, "triage" | "people">, holders: Holders): readonly string[] {
  return distinctLogins(
    desk.triage.tell.flatMap((name) => {
      const holder = Object.entries(holders).find(([role]) => sameName(role, name))?.[1];
      if (holder !== undefined) return [holder];
      const standing = desk.people.filter(({ roles }) => roles.some((role) => sameName(role, name)));
      return (standing.length > 0 ? standing : desk.people.filter(({ login }) => sameName(login, name))).map(({ login }) => login);
    }),
  );
}

/** What the text of a request says besides the report. */
interface RequestContext {
  /** Minutes that somebody looked into it before. */
  readonly minutes?: number;
  /** Logins that are notified of the request. */
  readonly notify: readonly string[];
}

/**
 * A report as it is copied into an issue: the words of the reporter mention nobody, the findings below them can. An empty heading
 * for findings is omitted.
 */
export function copiedReport(report: string): string {
  const text = report.trim();
  const end = text.lastIndexOf(findings);
  const found = end < 0 ? "" : text.slice(end + findings.length).trim();
  return [inertText(end < 0 ? text : text.slice(0, end).trim()), ...(found === "" ? [] : [findings, escapeComments(found)])].filter((part) => part !== "").join("\n\n");
}

/** The text of a request from a report. */
export function requestText(report: string, { minutes, notify }: RequestContext): string {
  return [
    copiedReport(report),
    ...(minutes === undefined || minutes === 0 ? [] : [`Raised as a request after ${minutes === 1 ? "1 minute" : `${minutes} minutes`} of triage.`]),
    ...(notify.length === 0 ? [] : [`New request for ${notify.map((login) => `@${oneLine(login)}`).join(" ")}.`]),
  ].filter((part) => part !== "").join("\n\n");
}
