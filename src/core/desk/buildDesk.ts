import { getISO } from "temporal-polyfill/fns/Calendar";
import { toZonedDateTime } from "temporal-polyfill/fns/PlainDate";
import { fromString } from "temporal-polyfill/fns/PlainDateTime";
import { keysAt, type YamlPath, type YamlTree } from "../markup/yamlTree";
import { dateFrom } from "../model/calendarDate";
import {
  type Audience,
  type DateHours,
  type Desk,
  type DeskProblemCode,
  type Duration,
  type Holiday,
  impactWeights,
  type Kind,
  parseDuration,
  type Person,
  type Priority,
  type Rotation,
  type RotationTerm,
} from "../model/desk";
import { ownKinds } from "../model/issue";
import { sameLogin } from "../model/names";
import { writtenPath } from "../model/paths";
import { procedurePath, splitProcedurePath } from "../model/procedurePath";
import { defaultKinds, defaultPostmortemFolder, defaultPriorities, defaultSeverities, defaultStages, defaultTeam, defaultTriageTime, incidentRolesOf } from "./defaultDesk";
import type { AudienceFile, DeskFile, KindFile, RotationFile } from "./schema";
import { dateHours, weekdaysOf, weekHours } from "./weekHours";

/** A problem at a path in the file. `part` is the key or the value at that path. */
export interface DeskFinding {
  readonly severity: "error" | "warning";
  readonly code: DeskProblemCode;
  readonly path: YamlPath;
  readonly part: "key" | "value";
  readonly details: Readonly<Record<string, string>>;
}

/** The spelling of names where they are defined. Logins and roles are compared ignoring case. */
interface Spelling {
  readonly login: (name: string) => string;
  readonly role: (name: string) => string;
}

type Report = (code: DeskProblemCode, path: YamlPath, value: string, part?: "key" | "value") => void;

/** Builds the desk from a valid file, with defaults for omitted values, and lists the problems found. */
export function buildDesk(file: DeskFile, tree: YamlTree, repository: string): { readonly desk: Desk; readonly findings: readonly DeskFinding[] } {
  const findings: DeskFinding[] = [];
  const report: Report = (code, path, value, part = "value") => {
    findings.push({ severity: "error", code, path, part, details: { value } });
  };
  const spelling = spellingOf(file, tree);
  const folders = file.folders?.map((folder, index) => checkedPath(folder, ["folders", index], report));
  const desk: Desk = {
    team: file.team ?? defaultTeam(repository),
    timezone: zoneName(file.timezone, report),
    hours: buildHours(file.hours, report),
    holidays: (file.holidays ?? []).map((holiday, index) => buildHoliday(holiday, ["holidays", index], report)),
    exceptions: Object.entries(file.exceptions ?? {}).map(([date, spans]) => buildException(date, spans, report)),
    kinds: file.kinds === undefined ? defaultKinds(repository) : buildKinds(file.kinds, tree, repository, report),
    priorities: file.priorities === undefined ? defaultPriorities : buildPriorities(file.priorities, tree, report),
    severities: unique(file.severities ?? defaultSeverities, ["severities"], report),
    ...given("impact", file.impact && Object.fromEntries(Object.entries(file.impact).map(([severity, impact]) => [severity, typeof impact === "number" ? impact : impactWeights[impact]]))),
    stages: unique(file.stages ?? defaultStages, ["stages"], report),
    services: unique(file.services ?? [], ["services"], report),
    environments: unique(file.environments ?? [], ["environments"], report),
    people: (file.people ?? []).map((one, index) => buildPerson(one, ["people", index], { spelling, report })),
    ...buildRotations(file, tree, { spelling, report }),
    escalation: (file.escalation ?? []).map((level) => ({ after: known(level.after), to: level.to.map((name) => spelling.role(spelling.login(name))) })),
    incidentRoles: unique(incidentRolesOf(file.incidentRoles), ["incidentRoles"], report),
    transitions: buildTransitions(file, report),
    checklists: (file.checklists ?? []).map(({ runbook, role, when }, index) => {
      const { file: path, slug } = splitProcedurePath(runbook);
      const safe = checkedPath(path, ["checklists", index, "runbook"], report);
      return { runbook: procedurePath(safe, slug), when, ...given("role", role === undefined ? undefined : spelling.role(spelling.login(role))) };
    }),
    triage: {
      within: optional(file.triage?.within) ?? defaultTriageTime,
      tell: (file.triage?.tell ?? []).map((name) => spelling.role(spelling.login(name))),
      keepsAnswers: file.triage?.keepAnswers ?? false,
    },
    audiences: inOrder(file.audiences ?? {}, tree, "audiences").map(([name, audience]) => buildAudience(name, audience ?? {}, file)),
    postmortem: {
      folder: checkedPath(file.postmortem?.folder ?? defaultPostmortemFolder, ["postmortem", "folder"], report),
      for: (file.postmortem?.for ?? []).map((name) => priorityName(file, name)),
      ...given("within", optional(file.postmortem?.within)),
      ...given("template", markdownPath(file.postmortem?.template, ["postmortem", "template"], report)),
    },
    ...given("folders", folders),
  };
  unique(desk.people.map((one) => one.login.toLowerCase()), ["people"], report, "login");
  return { desk, findings };
}

/** The name of a priority as the file spells it where it is defined. */
function priorityName(file: DeskFile, name: string): string {
  return Object.keys(file.priorities ?? {}).find((one) => one.toLowerCase() === name.toLowerCase()) ?? name;
}

function buildAudience(name: string, audience: AudienceFile, file: DeskFile): Audience {
  const every = audience.updateEvery;
  const priorities = file.priorities === undefined ? defaultPriorities.map((one) => one.name) : Object.keys(file.priorities);
  const cadences = typeof every === "string" ? Object.fromEntries(priorities.map((priority) => [priority, every])) : (every ?? {});
  return {
    name,
    ...given("slack", audience.slack),
    email: audience.email ?? [],
    ...given("webhook", audience.webhook),
    updateEvery: Object.fromEntries(Object.entries(cadences).map(([priority, text]) => [priorityName(file, priority), known(text)])),
    aroundTheClock: audience.hours === "always",
    isInternal: audience.internal ?? false,
  };
}

/** The transitions with stages in the spelling of the list of stages. */
function buildTransitions(file: DeskFile, report: Report): Desk["transitions"] {
  const stages = file.stages ?? defaultStages;
  const stageNamed = (name: string, path: YamlPath, part?: "key"): string => {
    const stage = stages.find((one) => one.toLowerCase() === name.toLowerCase());
    if (stage === undefined) report("unknownStage", path, name, part);
    return stage ?? name;
  };
  return Object.fromEntries(Object.entries(file.transitions ?? {}).map(([from, to]) => [
    stageNamed(from, ["transitions", from], "key"),
    to.map((stage, index) => stageNamed(stage, ["transitions", from, index])),
  ]));
}

function zoneName(zone: string | undefined, report: Report): string {
  if (zone === undefined) return "UTC";
  try {
    return toZonedDateTime(dateFrom("2026-01-01"), zone).timeZoneId;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    report("badTimezone", ["timezone"], zone);
    return "UTC";
  }
}

function buildHours(hours: DeskFile["hours"], report: Report): Desk["hours"] {
  const week = weekHours(hours ?? {});
  if (week.kind === "hours") return week.hours;
  report("badHours", ["hours", week.key, week.index], hours?.[week.key]?.[week.index] ?? "");
  return [];
}

function buildHoliday(holiday: NonNullable<DeskFile["holidays"]>[number], path: YamlPath, report: Report): Holiday {
  if (typeof holiday === "string") return { kind: "date", date: checkedDate(holiday, path, report) };
  if (holiday.calendar !== undefined) return { kind: "calendar", path: checkedPath(holiday.calendar, [...path, "calendar"], report) };
  if (holiday.country === undefined) report("missingKey", path, "calendar");
  return { kind: "country", country: holiday.country ?? "", ...given("region", holiday.region) };
}

function buildException(date: string, spans: readonly string[], report: Report): DateHours {
  checkedDate(date, ["exceptions", date], report, "key");
  const hours = dateHours(spans);
  if (hours.kind === "ok") return { date, spans: hours.value };
  report("badHours", ["exceptions", date, hours.failure], spans[hours.failure] ?? "");
  return { date, spans: [] };
}

function buildKinds(kinds: NonNullable<DeskFile["kinds"]>, tree: YamlTree, repository: string, report: Report): readonly Kind[] {
  const entries = inOrder(kinds, tree, "kinds");
  if (entries.length === 0) report("noKinds", ["kinds"], "", "key");
  const taken = new Set(ownKinds);
  return entries.map(([key, kind]) => {
    const name = key.trim().toLowerCase();
    if (taken.has(name)) report("duplicateName", ["kinds", key], key, "key");
    taken.add(name);
    return { name, ...buildKind(kind ?? {}, ["kinds", key], repository, report) };
  });
}

function buildKind(kind: KindFile, path: YamlPath, repository: string, report: Report): Omit<Kind, "name"> {
  const named = [...(kind.repository === undefined ? [] : [kind.repository]), ...(kind.repositories ?? [])];
  return {
    repositories: named.length === 0 ? [repository] : [...new Set(named)],
    ...given("label", kind.label),
    ...given("prefix", kind.prefix),
    ...given("type", kind.type),
    ...given("respondWithin", optional(kind.respondWithin)),
    ...given("triageWithin", optional(kind.triageWithin)),
    ...given("runbook", kind.runbook === undefined ? undefined : checkedPath(kind.runbook, [...path, "runbook"], report)),
  };
}

function buildPriorities(priorities: NonNullable<DeskFile["priorities"]>, tree: YamlTree, report: Report): readonly Priority[] {
  const taken = new Set<string>();
  return inOrder(priorities, tree, "priorities").map(([name, priority]) => {
    if (taken.has(name.toLowerCase())) report("duplicateName", ["priorities", name], name, "key");
    taken.add(name.toLowerCase());
    return {
      name,
      label: priority?.label ?? `priority: ${name}`,
      ...given("respondWithin", optional(priority?.respondWithin)),
      ...given("updateEvery", optional(priority?.updateEvery)),
      criteria: priority?.criteria ?? [],
    };
  });
}

function spellingOf(file: DeskFile, tree: YamlTree): Spelling {
  const rotations = inOrder(file.rotations ?? {}, tree, "rotations");
  const all: readonly RotationFile[] = [...(file.rotation === undefined ? [] : [file.rotation]), ...rotations.map(([, one]) => one)];
  const holders = all.flatMap(({ planned = {}, overrides = [] }) => [...Object.values(planned).flatMap((one) => Object.values(one ?? {})), ...overrides.flatMap(({ from: _from, to: _to, ...roles }) => Object.values(roles))]);
  const logins = [...(file.people ?? []).map(({ login }) => login), ...all.flatMap(({ people = [] }) => people.map(loginOf)), ...holders];
  const roles = [
    ...(file.rotation === undefined ? [] : (file.rotation.roles ?? defaultRoles)),
    ...rotations.flatMap(([name, one]) => one.roles ?? [name]),
    ...(file.people ?? []).flatMap((person) => person.roles ?? []),
    ...incidentRolesOf(file.incidentRoles),
  ];
  return { login: speller(logins), role: speller(roles) };
}

/** Returns a function that replaces a name by its spelling in a list. Other names are unchanged. */
function speller(names: readonly string[]): (name: string) => string {
  const first = new Map(names.toReversed().map((name) => [name.toLowerCase(), name]));
  return (name) => first.get(name.toLowerCase()) ?? name;
}

const defaultRoles: readonly string[] = ["primary", "backup"];

function loginOf(member: NonNullable<RotationFile["people"]>[number]): string {
  return typeof member === "string" ? member : member.login;
}

/** The names that are used to check and normalize spelling. */
interface Names {
  readonly spelling: Spelling;
  readonly report: Report;
}

function buildPerson(person: NonNullable<DeskFile["people"]>[number], path: YamlPath, { spelling, report }: Names): Person {
  return {
    login: spelling.login(person.login),
    ...given("name", person.name),
    ...given("email", person.email),
    ...given("phone", person.phone),
    experienced: person.experienced ?? false,
    roles: (person.roles ?? []).map(spelling.role),
    ...buildTerm(person, path, report),
    away: (person.away ?? []).map((interval, index) => {
      const [from = "", to = from] = interval.split("/");
      const yamlPath = [...path, "away", index];
      const days = checkedDate(from, yamlPath, report) <= checkedDate(to, yamlPath, report);
      if (!days) report("badDate", yamlPath, interval);
      return `${from}/${to}`;
    }),
  };
}

/** The first and last day of a person, if specified. */
function buildTerm({ from, until }: { readonly from?: string | undefined; readonly until?: string | undefined }, path: YamlPath, report: Report): Pick<Person, "from" | "until"> {
  if (from !== undefined) checkedDate(from, [...path, "from"], report);
  if (until !== undefined) checkedDate(until, [...path, "until"], report);
  if (from !== undefined && until !== undefined && until < from) report("badDate", [...path, "until"], until);
  return { ...given("from", from), ...given("until", until) };
}

function buildRotations(file: DeskFile, tree: YamlTree, { spelling, report }: Names): Pick<Desk, "rotation" | "rotations"> {
  const rotation = file.rotation === undefined ? undefined : buildRotation(file.rotation, ["rotation"], { roles: defaultRoles, people: file.people, spelling, report });
  const taken = new Set(rotation?.roles);
  const rotations = inOrder(file.rotations ?? {}, tree, "rotations").map(([name, one]) => {
    const path = ["rotations", name];
    const built = buildRotation(one, path, { roles: [name], people: file.people, spelling, report });
    for (const [index, role] of built.roles.entries()) {
      if (taken.has(role)) report("duplicateName", [...path, "roles", index], role);
    }
    for (const role of built.roles) taken.add(role);
    return { name, ...built };
  });
  return { ...given("rotation", rotation), rotations };
}

/** Defaults of a rotation: `roles` unless it lists its own, and the desk's people. */
interface RotationDefaults {
  readonly roles: readonly string[];
  readonly people: DeskFile["people"];
}

function buildRotation(rotation: RotationFile, path: YamlPath, { roles, people = [], spelling, report }: RotationDefaults & Names): Rotation {
  const members = rotation.people ?? [...new Map(people.map(({ login }) => [login.toLowerCase(), login])).values()];
  const terms = members.flatMap((member, index): readonly RotationTerm[] => {
    const login = spelling.login(loginOf(member));
    const own = typeof member === "string" ? {} : buildTerm(member, [...path, "people", index], report);
    const { from, until } = people.find((person) => sameLogin(person.login, login)) ?? {};
    const both = { ...given("from", latest(own.from, from)), ...given("until", earliest(own.until, until)) };
    return Object.keys(both).length === 0 ? [] : [{ login, ...both }];
  });
  return {
    starts: checkedDate(rotation.starts, [...path, "starts"], report),
    every: known(rotation.every ?? "1w"),
    dayStarts: rotation.from ?? (rotation.to === undefined ? rotation.changesAt : undefined) ?? "00:00",
    ...given("dayEnds", rotation.to ?? (rotation.from === undefined ? undefined : "24:00")),
    ...given("days", rotation.days === undefined ? undefined : weekdaysOf(rotation.days)),
    roles: unique((rotation.roles ?? roles).map(spelling.role), [...path, "roles"], report),
    people: unique(members.map((member) => spelling.login(loginOf(member))), [...path, "people"], report),
    ...given("terms", terms.length === 0 ? undefined : terms),
    planned: Object.entries(rotation.planned ?? {}).map(([starts, planned]) => {
      const yamlPath = [...path, "planned", starts];
      return { starts: checkedDate(starts, yamlPath, report, "key"), roles: buildHolders(planned ?? {}, yamlPath, { spelling, report }) };
    }),
    overrides: (rotation.overrides ?? []).map(({ from, to, ...holders }, index) => {
      const yamlPath = [...path, "overrides", index];
      const dates = [checkedDate(from, [...yamlPath, "from"], report), checkedDate(to, [...yamlPath, "to"], report)] as const;
      const empty = dates[0].length === 10 || dates[1].length === 10 ? dates[0].slice(0, 10) > dates[1].slice(0, 10) : dates[0] >= dates[1];
      if (empty) report("badDate", [...yamlPath, "to"], to);
      return { from, to, roles: buildHolders(holders, yamlPath, { spelling, report }) };
    }),
  };
}

function buildHolders(holders: Readonly<Record<string, string>>, path: YamlPath, { spelling, report }: Names): Readonly<Record<string, string>> {
  const named = Object.entries(holders).map(([role, login]) => [spelling.role(role), spelling.login(login)] as const);
  for (const [index, [role]] of named.entries()) {
    const typed = Object.keys(holders)[index] ?? role;
    if (named.slice(0, index).some(([other]) => other === role)) report("duplicateName", [...path, typed], typed, "key");
  }
  return Object.fromEntries(named);
}

function latest(a: string | undefined, b: string | undefined): string | undefined {
  return a === undefined || (b !== undefined && b > a) ? b : a;
}

function earliest(a: string | undefined, b: string | undefined): string | undefined {
  return a === undefined || (b !== undefined && b < a) ? b : a;
}

function checkedPath(path: string, yamlPath: YamlPath, report: Report): string {
  const safe = writtenPath(path);
  if (safe === undefined) report("unsafePath", yamlPath, path);
  return safe ?? "";
}

/** A path that can be used. Others are reported and omitted. */
function markdownPath(path: string | undefined, yamlPath: YamlPath, report: Report): string | undefined {
  if (path === undefined) return undefined;
  const safe = checkedPath(path, yamlPath, report);
  if (safe !== "" && !/\.(?:md|markdown)$/i.test(safe)) report("notMarkdown", yamlPath, path);
  return /\.(?:md|markdown)$/i.test(safe) ? safe : undefined;
}

/** Returns the date or local time unchanged and reports one that does not exist. */
function checkedDate(date: string, yamlPath: YamlPath, report: Report, part?: "key"): string {
  try {
    fromString(date, getISO);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    report("badDate", yamlPath, date, part);
  }
  return date;
}

function unique(names: readonly string[], path: YamlPath, report: Report, key?: string): readonly string[] {
  const taken = new Set<string>();
  for (const [index, name] of names.entries()) {
    if (taken.has(name)) report("duplicateName", key === undefined ? [...path, index] : [...path, index, key], name);
    taken.add(name);
  }
  return names;
}

/** The entries in document order. JavaScript objects list keys such as `1` first. */
function inOrder<T>(record: Readonly<Record<string, T>>, tree: YamlTree, key: string): readonly (readonly [string, T])[] {
  const order = new Map(keysAt(tree, [key]).map((name, index) => [name, index]));
  return Object.entries(record).toSorted(([a], [b]) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
}

function optional(text: string | undefined): Duration | undefined {
  return text === undefined ? undefined : known(text);
}

/** Parses a duration that the schema has already checked. */
function known(text: string): Duration {
  const duration = parseDuration(text);
  if (duration === undefined) throw new Error(`The schema let a bad duration through: ${text}`);
  return duration;
}

function given<K extends string, T>(key: K, value: T | undefined): Partial<Readonly<Record<K, T>>>;

function given(key: string, value: unknown): Readonly<Record<string, unknown>> {
  return value === undefined ? {} : { [key]: value };
}
