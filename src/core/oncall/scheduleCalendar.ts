import { compareTexts } from "../model/sorting";
import type { Desk, Person } from "../model/desk";
import type { Instant } from "../model/issue";
import type { Holding, Shift } from "../model/shift";
import { holdingsOf } from "./rotation";

/**
 * Renders shifts as an iCalendar text (RFC 5545): one event in UTC for each continuous span of one person in one role, shown as
 * free time. The UID depends on role and start only. `at` is the creation time of the text.
 */
export function scheduleCalendar(shifts: readonly Shift[], desk: Pick<Desk, "team" | "people">, at: Instant): string {
  const people = new Map(desk.people.map((person) => [person.login, person]));
  const events = [...holdingsOf(shifts)].flatMap(([role, held]) => held.map((one) => ({ role, ...one })));
  return [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Response Desk//Schedule//EN",
    "CALSCALE:GREGORIAN",
    `X-WR-CALNAME:${escaped(desk.team)}`,
    ...events.toSorted((a, b) => compareTexts(a.from, b.from)).flatMap((event) => eventLines(event, { team: desk.team, person: people.get(event.login), at })),
    "END:VCALENDAR",
  ]
    .map((line) => `${folded(line)}\r\n`)
    .join("");
}

interface RoleHolding extends Holding {
  readonly role: string;
}

function eventLines({ role, login, from, to }: RoleHolding, { team, person, at }: { readonly team: string; readonly person: Person | undefined; readonly at: Instant }): readonly string[] {
  return [
    "BEGIN:VEVENT",
    `UID:${escaped(`${role}-${utc(from)}@${team.replace(/[^A-Za-z0-9]+/g, "-")}.response-desk`)}`,
    `DTSTAMP:${utc(at)}`,
    `DTSTART:${utc(from)}`,
    `DTEND:${utc(to)}`,
    `SUMMARY:${escaped(`${person?.name ?? login} (${role})`)}`,
    ...contact(login, person),
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ];
}

function contact(login: string, person: Person | undefined): readonly string[] {
  const lines = [`@${login}`, person?.email, person?.phone].filter((line) => line !== undefined);
  return [`DESCRIPTION:${escaped(lines.join("\n"))}`];
}


/** Formats `2026-11-23T08:00:00Z` as `20261123T080000Z`. */
function utc(at: Instant): string {
  return at.replace(/\.\d+(?=Z)/, "").replace(/[-:]/g, "");
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, "\\$&").replace(/\r\n?|\n/g, "\\n").replace(/\p{Cc}/gu, " ");
}

/** Folds a line at 75 octets of UTF-8. Continuation lines start with a space. */
function folded(line: string): string {
  const parts = [""];
  let octets = 0;
  for (const character of line) {
    const size = octetsOf(character);
    if (octets + size > 75) {
      parts.push(" ");
      octets = 1;
    }
    parts[parts.length - 1] += character;
    octets += size;
  }
  return parts.join("\r\n");
}

function octetsOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
}
