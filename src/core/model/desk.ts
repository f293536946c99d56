import type { Repository } from "./issueRef";

/** A team's configuration, complete: what `desk.yml` leaves out has its default here. */
export interface Desk {
  readonly team: string;
  /** IANA name, as in `America/Los_Angeles`. */
  readonly timezone: string;
  readonly hours: readonly DayHours[];
  readonly holidays: readonly Holiday[];
  /** Dates with opening times of their own; none: closed. They go before holidays and before the hours of the weekday. */
  readonly exceptions: readonly DateHours[];
  readonly kinds: readonly Kind[];
  readonly priorities: readonly Priority[];
  /** At least two; an open issue without a stage is in the first, a closed one in the last. */
  readonly stages: readonly string[];
  readonly services: readonly string[];
  readonly environments: readonly string[];
  readonly people: readonly Person[];
  readonly rotation?: Rotation;
  /** Further rotations, each with a name, in the order of the file; no role is in two. */
  readonly rotations: readonly Rotation[];
  readonly escalation: readonly EscalationLevel[];
  readonly audiences: readonly Audience[];
  readonly postmortem: PostmortemRules;
  /** Folders with runbooks, from the workspace folder; absent: the folder of `desk.yml`. */
  readonly folders?: readonly string[];
}

/** Local times `HH:MM` of one day; `to` may be `24:00`. */
export interface OpeningTimes {
  readonly from: string;
  readonly to: string;
}

/** Opening times of one weekday, 1 = Monday to 7 = Sunday, in order. */
export interface DayHours {
  readonly weekday: number;
  readonly spans: readonly OpeningTimes[];
}

/** Opening times of one ISO date, in order. */
export interface DateHours {
  readonly date: string;
  readonly spans: readonly OpeningTimes[];
}

/** A date, an iCalendar file (path from the folder of `desk.yml`), or the public holidays of a country and, if named, of a region of it, both as ISO 3166 codes. */
export type Holiday =
  | { readonly kind: "date"; readonly date: string }
  | { readonly kind: "calendar"; readonly path: string }
  | { readonly kind: "country"; readonly country: string; readonly region?: string };

/** As `1h`, `15m`, `5d`, `1w`. */
export interface Duration {
  readonly amount: number;
  readonly unit: "m" | "h" | "d" | "w";
}

export interface Kind {
  /** Lower case, as in `incident`. */
  readonly name: string;
  /** At least one; new issues of the kind go to the first unless a person chooses. */
  readonly repositories: readonly string[];
  readonly label?: string;
  readonly prefix?: string;
  /** The issue type of GitHub that new issues of the kind get, where the server has types. */
  readonly type?: string;
  readonly respondWithin?: Duration;
  readonly triageWithin?: Duration;
  /** Path of the runbook offered first, from the folder of `desk.yml`. */
  readonly runbook?: string;
}

export interface Priority {
  readonly name: string;
  readonly label: string;
  readonly respondWithin?: Duration;
  readonly updateEvery?: Duration;
  readonly criteria: readonly string[];
}

export interface Person {
  readonly login: string;
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly experienced: boolean;
  readonly roles: readonly string[];
  /** ISO date intervals `from/to`, both days included. */
  readonly away: readonly string[];
  /** ISO dates of the first and the last day on the team, both included; absent: no such day is known. */
  readonly from?: string;
  readonly until?: string;
}

export interface Rotation {
  /** Absent for the one that is under `rotation`. */
  readonly name?: string;
  /** ISO date of the first turn's first day. */
  readonly starts: string;
  readonly every: Duration;
  /** Local time `HH:MM` at which a day of this rotation begins, and so a turn. */
  readonly dayStarts: string;
  /** Local time at which a day's duty ends, where it is a part of the day; the next day unless it is after `dayStarts`. */
  readonly dayEnds?: string;
  /** Weekdays with duty, 1 = Monday to 7 = Sunday; absent: all. */
  readonly days?: readonly number[];
  /** One person holds each role per turn. */
  readonly roles: readonly string[];
  /** Logins in the order of turns; defaults to all people as listed. */
  readonly people: readonly string[];
  /** When people take turns who do not do so all the time; absent: everybody does. */
  readonly terms?: readonly RotationTerm[];
  readonly planned: readonly PlannedShift[];
  readonly overrides: readonly RotationOverride[];
}

/** The time in which a person takes turns: ISO dates of the first and the last day, both included. */
export interface RotationTerm {
  readonly login: string;
  readonly from?: string;
  readonly until?: string;
}

/** People for one turn, in place of those whose turn it would be. */
export interface PlannedShift {
  /** ISO date of the turn's first day. */
  readonly starts: string;
  /** Role to login. */
  readonly roles: Readonly<Record<string, string>>;
}

/** `from` and `to` are days of the rotation as ISO dates, both included, or local times as `2026-11-24T12:00`, of which `to` is exclusive. */
export interface RotationOverride {
  readonly from: string;
  readonly to: string;
  /** Role to login. */
  readonly roles: Readonly<Record<string, string>>;
}

export interface EscalationLevel {
  readonly after: Duration;
  readonly to: readonly string[];
}

interface Audience {
  readonly name: string;
  readonly slack?: string;
  readonly email: readonly string[];
}

interface PostmortemRules {
  /** From the workspace folder. */
  readonly folder: string;
  /** Names of priorities that call for one. */
  readonly for: readonly string[];
  readonly within?: Duration;
}

export type DeskProblemCode =
  | "badYaml"
  | "unknownKey"
  | "missingKey"
  | "wrongType"
  | "badName"
  | "badRepository"
  | "badTimezone"
  | "badDate"
  | "badDuration"
  | "badHours"
  | "badTime"
  | "noTurn"
  | "beforeStart"
  | "noWorkingDay"
  | "noRole"
  | "nobodyLeft"
  | "notOnTeam"
  | "joinsNow"
  | "leavesNow"
  | "unknownPerson"
  | "unknownRole"
  | "unknownPriority"
  | "duplicateName"
  | "unsafePath"
  | "tooFewStages"
  | "noKinds";

/** Every rotation of a desk, the one without a name first. */
export function rotationsOf(desk: Pick<Desk, "rotation" | "rotations">): readonly Rotation[] {
  return [...(desk.rotation === undefined ? [] : [desk.rotation]), ...desk.rotations];
}

/** Every role a runbook may address with @: those of the rotations, those of people, and `lead`; each once, in that order. */
export function deskRoles(desk: Pick<Desk, "rotation" | "rotations" | "people">): readonly string[] {
  const roles = [...rotationsOf(desk).flatMap((rotation) => rotation.roles), ...desk.people.flatMap((person) => person.roles), "lead"];
  const lower = roles.map((role) => role.toLowerCase());
  return roles.filter((_, index) => lower.indexOf(lower[index] ?? "") === index);
}

/** The desk's kind of that name, whatever its letter case; `undefined` when the desk has none. */
export function findKind(desk: Desk, name: string): Kind | undefined {
  const wanted = name.trim().toLowerCase();
  return desk.kinds.find((kind) => kind.name === wanted);
}

/** Where an issue of a kind may go: into the repository that was asked for if it is one of the kind's, else into any of those. */
export function openRepositories(desk: Desk, { kind, repository }: { readonly kind: string; readonly repository?: Repository }): readonly Repository[] {
  const all = findKind(desk, kind)?.repositories ?? [];
  return repository !== undefined && all.includes(repository) ? [repository] : all;
}

/** What a duration looks like in `desk.yml` and front matter, as in `15m`, `1h`, `5d`, `1w`. */
export const durationPattern = /^[1-9][0-9]{0,4}[mhdw]$/;

/** Reads `15m`, `1h`, `5d` or `1w`; `undefined` for anything else. */
export function parseDuration(text: string): Duration | undefined {
  if (!durationPattern.test(text)) return undefined;
  const unit = durationUnits.find((one) => text.endsWith(one));
  return unit === undefined ? undefined : { amount: Number(text.slice(0, -1)), unit };
}

const durationUnits = ["m", "h", "d", "w"] as const;
