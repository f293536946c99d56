import type { Repository } from "./issueRef";
import type { ChecklistTime } from "./runbook";

/** How much of an outage an impact is, by its name. A partial impact counts as three tenths, as on public status pages. */
export const impactWeights = { major: 1, partial: 0.3, none: 0 } as const;

/** A team's complete configuration: `desk.yml` with defaults for everything that it omits. */
export interface Desk {
  readonly team: string;
  /** IANA name, such as `America/Los_Angeles`. */
  readonly timezone: string;
  readonly hours: readonly DayHours[];
  readonly holidays: readonly Holiday[];
  /** Dates with their own opening times; without any, the desk is closed. They override holidays and weekly hours. */
  readonly exceptions: readonly DateHours[];
  readonly kinds: readonly Kind[];
  readonly priorities: readonly Priority[];
  /** Names of severities, the worst first. An issue has one as a label. */
  readonly severities: readonly string[];
  /** How much of an outage the impact of each severity is, 0 to 1, for availability. Absent: the worst one 1, others 0.3. */
  readonly impact?: Readonly<Record<string, number>>;
  /** At least two. An open issue without a stage label is in the first stage, a closed issue in the last. */
  readonly stages: readonly string[];
  readonly services: readonly string[];
  readonly environments: readonly string[];
  readonly people: readonly Person[];
  readonly rotation?: Rotation;
  /** Additional rotations, each with a name, in file order. A role belongs to one rotation only. */
  readonly rotations: readonly Rotation[];
  readonly escalation: readonly EscalationLevel[];
  /** Roles that people take in an incident. The first is always `lead`. */
  readonly incidentRoles: readonly string[];
  /** For stages listed here, the stages that an issue can go to. From any other stage it can go to every stage. */
  readonly transitions: Readonly<Record<string, readonly string[]>>;
  readonly triage: TriageRules;
  /** Runbooks and sections that are the checklist of a role, in addition to runbooks whose front matter says so. */
  readonly checklists: readonly RoleChecklist[];
  readonly audiences: readonly Audience[];
  readonly postmortem: PostmortemRules;
  /** Runbook folders, relative to the workspace folder. Absent: the folder of `desk.yml`. */
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

/** A date, an iCalendar file (path relative to the folder of `desk.yml`), or the public holidays of a country or region (ISO 3166 codes). */
export type Holiday =
  | { readonly kind: "date"; readonly date: string }
  | { readonly kind: "calendar"; readonly path: string }
  | { readonly kind: "country"; readonly country: string; readonly region?: string };

/** A duration such as `1h`, `15m`, `5d` or `1w`. */
export interface Duration {
  readonly amount: number;
  readonly unit: "m" | "h" | "d" | "w";
}

export interface Kind {
  /** Lower case, such as `incident`. */
  readonly name: string;
  /** At least one. New issues of the kind are created in the first unless a person chooses another. */
  readonly repositories: readonly string[];
  readonly label?: string;
  readonly prefix?: string;
  /** The GitHub issue type of new issues of the kind, if the server supports types. */
  readonly type?: string;
  readonly respondWithin?: Duration;
  readonly triageWithin?: Duration;
  /** Path of the runbook that is offered first, relative to the folder of `desk.yml`. */
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
  /** ISO date intervals `from/to`, both inclusive. */
  readonly away: readonly string[];
  /** ISO dates of the first and last day on the team, both inclusive. Absent: unlimited. */
  readonly from?: string;
  readonly until?: string;
}

export interface Rotation {
  /** Absent for the rotation under the `rotation` key. */
  readonly name?: string;
  /** ISO date of the first day of the first shift. */
  readonly starts: string;
  readonly every: Duration;
  /** Local time `HH:MM` at which each day of this rotation, and so each shift, starts. */
  readonly dayStarts: string;
  /** Local time at which on-call hours end if they cover part of the day. Not after `dayStarts`: on the next day. */
  readonly dayEnds?: string;
  /** Weekdays with on-call hours, 1 = Monday to 7 = Sunday. Absent: all. */
  readonly days?: readonly number[];
  /** One person holds each role per shift. */
  readonly roles: readonly string[];
  /** Logins in rotation order. Defaults to all people in file order. */
  readonly people: readonly string[];
  /** Date limits of people who take part only for a time. Absent: everybody always takes part. */
  readonly terms?: readonly RotationTerm[];
  readonly planned: readonly PlannedShift[];
  readonly overrides: readonly RotationOverride[];
}

/** When a person takes part in the rotation: ISO dates of the first and last day, both inclusive. */
export interface RotationTerm {
  readonly login: string;
  readonly from?: string;
  readonly until?: string;
}

/** The people of one shift, instead of those whom the rotation order gives. */
export interface PlannedShift {
  /** ISO date of the first day of the shift. */
  readonly starts: string;
  /** Role to login. */
  readonly roles: Readonly<Record<string, string>>;
}

/** `from` and `to` are rotation days as ISO dates, both inclusive, or local times such as `2026-11-24T12:00` with `to` exclusive. */
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

/** People who are updated together during an incident. */
export interface Audience {
  readonly name: string;
  /** A Slack channel, such as `#ops`. */
  readonly slack?: string;
  readonly email: readonly string[];
  /** The name under which the address of an incoming webhook is stored on each machine. The address itself is a secret. */
  readonly webhook?: string;
  /** The update cadence per name of a priority, which overrides the priority's own. */
  readonly updateEvery: Readonly<Record<string, Duration>>;
  /** Whether updates are also due outside business hours. */
  readonly aroundTheClock: boolean;
  /** Whether it knows the work of the team, so that drafts of its updates contain steps of checklists. */
  readonly isInternal: boolean;
}

/** How incoming reports are sorted. */
export interface TriageRules {
  /** The time in which a report is handled at once or becomes an issue. */
  readonly within: Duration;
  /** Roles or logins that are notified of new requests. */
  readonly tell: readonly string[];
  /** Whether each report that was answered at once is recorded, for metrics. */
  readonly keepsAnswers: boolean;
}

/** A runbook, or a section of one, that a role works through at a time of the day or shift. */
export interface RoleChecklist {
  /** A procedure's path (`operations.md#start-of-day`), relative to the folder of `desk.yml`. */
  readonly runbook: string;
  /** A role or a login. Absent: everybody. */
  readonly role?: string;
  readonly when: ChecklistTime;
}

interface PostmortemRules {
  /** Relative to the workspace folder. */
  readonly folder: string;
  /** Names of priorities that require a post-mortem. */
  readonly for: readonly string[];
  readonly within?: Duration;
  /** The Markdown file that new post-mortems are built from, relative to the workspace folder. Absent: the standard structure. */
  readonly template?: string;
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
  | "badImpact"
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
  | "unknownSeverity"
  | "unknownStage"
  | "duplicateName"
  | "unsafePath"
  | "missingRunbook"
  | "missingHeading"
  | "badTemplate"
  | "notMarkdown"
  | "unreachableAudience"
  | "badEmail"
  | "tooFewStages"
  | "noKinds";

/** All rotations of a desk, the unnamed one first. */
export function rotationsOf(desk: Pick<Desk, "rotation" | "rotations">): readonly Rotation[] {
  return [...(desk.rotation === undefined ? [] : [desk.rotation]), ...desk.rotations];
}

/** Every role that a runbook can mention with @: roles of rotations, people and incidents, without duplicates. */
export function deskRoles(desk: Pick<Desk, "rotation" | "rotations" | "people" | "incidentRoles">): readonly string[] {
  const roles = [...rotationsOf(desk).flatMap((rotation) => rotation.roles), ...desk.people.flatMap((person) => person.roles), ...desk.incidentRoles];
  const lower = roles.map((role) => role.toLowerCase());
  return roles.filter((_, index) => lower.indexOf(lower[index] ?? "") === index);
}

/** The logins of the people who have each role that does not change with the shift. */
export function rolePeople(desk: Pick<Desk, "rotation" | "rotations" | "people">): Readonly<Record<string, readonly string[]>> {
  const shifts = new Set(rotationsOf(desk).flatMap((rotation) => rotation.roles));
  const roles = new Set(desk.people.flatMap((person) => person.roles).filter((role) => !shifts.has(role)));
  return Object.fromEntries([...roles].map((role) => [role, desk.people.filter((person) => person.roles.includes(role)).map(({ login }) => login)]));
}

/** Finds a kind by name, ignoring case. */
export function findKind(desk: Desk, name: string): Kind | undefined {
  const wanted = name.trim().toLowerCase();
  return desk.kinds.find((kind) => kind.name === wanted);
}

/** The workspace path of a kind's runbook, if it has one. `deskFolder` is the folder of `desk.yml`, empty for the workspace folder. */
export function runbookOfKind({ runbook }: Pick<Kind, "runbook">, deskFolder: string): string | undefined {
  return runbook === undefined || deskFolder === "" ? runbook : `${deskFolder}/${runbook}`;
}

/** Repositories where an issue of a kind can be created: the requested one if the kind lists it, otherwise all of the kind's. */
export function openRepositories(desk: Desk, { kind, repository }: { readonly kind: string; readonly repository?: Repository }): readonly Repository[] {
  const all = findKind(desk, kind)?.repositories ?? [];
  return repository !== undefined && all.includes(repository) ? [repository] : all;
}

/** A duration in `desk.yml` and front matter, such as `15m`, `1h`, `5d` or `1w`. */
export const durationPattern = /^[1-9][0-9]{0,4}[mhdw]$/;

/** Parses `15m`, `1h`, `5d` or `1w`. Returns `undefined` for anything else. */
export function parseDuration(text: string): Duration | undefined {
  if (!durationPattern.test(text)) return undefined;
  const unit = durationUnits.find((one) => text.endsWith(one));
  return unit === undefined ? undefined : { amount: Number(text.slice(0, -1)), unit };
}

const durationUnits = ["m", "h", "d", "w"] as const;
