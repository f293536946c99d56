import * as v from "valibot";
import { isOneAddress } from "../handoff/mailto";
import { rangeAt, readYamlTree, type YamlPath, type YamlTree } from "../markup/yamlTree";
import { dateFrom, dateText, isDate } from "../model/calendarDate";
import { type Desk, type DeskProblemCode, deskRoles, type Rotation, rotationsOf } from "../model/desk";
import { localRepository } from "../model/issueRef";
import { hasName, sameName } from "../model/names";
import type { Problem, TextRange } from "../model/problem";
import { isRecord } from "../model/plainData";
import { firstDayOf, shiftOfDay } from "../oncall/rotationDays";
import { buildDesk, type DeskFinding } from "./buildDesk";
import { checkSchedule } from "./scheduleChecks";
import { deskSchema } from "./schema";

/** A desk, and the problems in its text. */
export interface DeskReading {
  /** Absent when there is an error, so that the last valid desk stays in use. Warnings do not prevent it. */
  readonly desk?: Desk;
  readonly problems: readonly Problem<DeskProblemCode>[];
}

/** Parses a `desk.yml`. Problems have exact positions and are in document order. Kinds without a repository use `repository`. Never throws. */
export function parseDesk(text: string, repository: string = localRepository): DeskReading {
  const { tree, flaws } = readYamlTree(text);
  const inYaml = flaws.map(({ reason, severity, range }) => ({ severity, code: "badYaml" as const, range, details: { value: reason } }));
  if (tree === undefined) return { problems: inYaml };

  const pruned = pruneDesk(tree, deskSchema);
  const unknownKeys = pruned.unknownKeys.map(({ key, range }) => ({
    severity: "warning" as const,
    code: "unknownKey" as const,
    range,
    details: { value: key },
  }));
  const shape = v.safeParse(deskSchema, pruned.value);
  const built = shape.success ? buildDesk(shape.output, tree, repository) : undefined;
  const findings = shape.success ? (built?.findings ?? []) : shape.issues.slice(0, maxProblems).map(shapeFinding);
  const mentions = built === undefined ? [] : [...checkMentions(built.desk), ...checkAudiences(built.desk)];
  const schedule = built === undefined || findings.length > 0 ? [] : checkSchedule(built.desk);
  const placed = [...findings, ...mentions, ...schedule].slice(0, maxProblems).map((finding) => atPosition(finding, tree));
  const problems = [...inYaml.slice(0, maxProblems), ...unknownKeys.slice(0, maxProblems), ...placed].toSorted(
    (a, b) => a.range.startLine - b.range.startLine || a.range.startColumn - b.range.startColumn,
  );
  return built === undefined || problems.some((problem) => problem.severity === "error")
    ? { problems }
    : { desk: built.desk, problems };
}

/** Maximum number of errors and of warnings, to limit the cost of malicious texts. */
const maxProblems = 100;

function atPosition({ severity, code, path, part, details }: DeskFinding, tree: YamlTree): Problem<DeskProblemCode> {
  return { severity, code, range: rangeAt(tree, path, part), details };
}

function shapeFinding(issue: v.BaseIssue<unknown>): DeskFinding {
  const items = issue.path ?? [];
  const path = items.map((item) => (typeof item.key === "number" ? item.key : String(item.key)));
  const code = issue.kind === "schema" && typeof issue.input === "object" ? undefined : ruleCodes.find((one) => one === issue.message);
  const value = issue.kind === "validation" || code !== undefined ? String(issue.input) : String(path.at(-1) ?? "");
  const missing = issue.kind === "schema" && issue.received === "undefined";
  return {
    severity: "error",
    code: code ?? (missing ? "missingKey" : "wrongType"),
    path,
    part: items.at(-1)?.origin === "key" ? "key" : "value",
    details: issue.kind === "schema" ? { value, expected: expectation(issue.expected ?? "") } : { value },
  };
}

/** The expected type of a value, as a code that `host` formats. */
function expectation(expected: string): "text" | "list" | "map" | "boolean" | "other" {
  if (expected.includes("|")) return "other";
  if (expected.includes("Array")) return "list";
  if (expected.includes("Object")) return "map";
  return expected === "string" ? "text" : expected === "boolean" ? "boolean" : "other";
}

/** The codes that schema rules use as messages. */
const ruleCodes = ["badName", "badDate", "badDuration", "badHours", "badImpact", "badTime", "badRepository", "missingKey", "tooFewStages"] as const;

/** Plain values for the schema to check, and the unknown keys that were removed. */
interface PrunedDesk {
  readonly value: unknown;
  readonly unknownKeys: readonly { readonly key: string; readonly range: TextRange }[];
}

/**
 * Removes keys that the valibot schema does not declare, so that they become warnings while everything else is checked
 * strictly. A key without a value counts as omitted.
 */
function pruneDesk(tree: YamlTree, schema: unknown): PrunedDesk {
  if (tree.kind === "scalar") return { value: tree.value, unknownKeys: [] };
  if (tree.kind === "list") {
    // valibot accepts a list as a map with the keys 0, 1, …, but rejects a plain value.
    if (field(schema, "item") === undefined && objectShape(schema) !== undefined) return { value: false, unknownKeys: [] };
    const items = tree.items.map((item) => pruneDesk(item, field(schema, "item")));
    return { value: items.map((item) => item.value), unknownKeys: items.flatMap((item) => item.unknownKeys) };
  }
  const shape = objectShape(schema);
  const named = field(shape, "entries");
  const rest = field(shape, "value") ?? field(shape, "rest");
  const kept: [string, unknown][] = [];
  const unknownKeys: { key: string; range: TextRange }[] = [];
  for (const { key, keyRange, value } of tree.entries) {
    const own = isRecord(named) && Object.hasOwn(named, key) ? named[key] : undefined;
    // Without a shape the value has the wrong type, and the schema reports that.
    if (shape !== undefined && (reserved.includes(key) || (own === undefined && rest === undefined))) {
      unknownKeys.push({ key, range: keyRange });
      continue;
    }
    if (own !== undefined && value.kind === "scalar" && value.value === null) continue;
    const inner = pruneDesk(value, own ?? rest);
    kept.push([key, inner.value]);
    unknownKeys.push(...inner.unknownKeys);
  }
  return { value: Object.fromEntries(kept), unknownKeys };
}

/** Names with a special meaning in JavaScript. The schema library silently removes them. */
const reserved: readonly string[] = ["__proto__", "prototype", "constructor"];

/** The schema of a map: the schema itself, the inner schema of an optional, or that option of a union. */
function objectShape(schema: unknown): unknown {
  const type = field(schema, "type");
  if (type === "strict_object" || type === "object_with_rest" || type === "record") return schema;
  const wrapped = field(schema, "wrapped");
  if (wrapped !== undefined) return objectShape(wrapped);
  const options = field(schema, "options");
  return Array.isArray(options) ? options.map(objectShape).find((one) => one !== undefined) : undefined;
}

function field(schema: unknown, name: string): unknown {
  if (!isRecord(schema)) return undefined;
  const own = schema[name];
  return own === undefined && name === "item" ? field(schema["wrapped"], name) : own;
}

/** Warns about people, roles and priorities that are used but not defined. Logins are only checked when the desk lists people. */
function checkMentions(desk: Desk): readonly DeskFinding[] {
  const findings: DeskFinding[] = [];
  const warn = (code: DeskFinding["code"], path: YamlPath, value: string, part: DeskFinding["part"] = "value"): void => {
    findings.push({ severity: "warning", code, path, part, details: { value } });
  };
  const logins = new Set(desk.people.map((person) => person.login));
  const unknownLogin = (login: string): boolean => logins.size > 0 && !logins.has(login);
  const roles = new Set(deskRoles(desk));

  for (const rotation of rotationsOf(desk)) {
    const yamlPath: YamlPath = rotation.name === undefined ? ["rotation"] : ["rotations", rotation.name];
    const checkHolders = (holders: Readonly<Record<string, string>>, path: YamlPath): void => {
      for (const [role, login] of Object.entries(holders)) {
        if (!rotation.roles.includes(role)) warn("unknownRole", [...path, role], role, "key");
        if (unknownLogin(login)) warn("unknownPerson", [...path, role], login);
      }
    };
    for (const [index, login] of rotation.people.entries()) {
      if (unknownLogin(login)) warn("unknownPerson", [...yamlPath, "people", index], login);
    }
    for (const planned of rotation.planned) {
      const path = [...yamlPath, "planned", planned.starts];
      if (!startsShift(rotation, planned.starts)) warn("noTurn", path, planned.starts, "key");
      checkHolders(planned.roles, path);
    }
    for (const [index, override] of rotation.overrides.entries()) checkHolders(override.roles, [...yamlPath, "overrides", index]);
  }
  for (const [index, level] of desk.escalation.entries()) {
    for (const [at, to] of level.to.entries()) {
      if (!roles.has(to) && (logins.size === 0 || unknownLogin(to))) warn("unknownPerson", ["escalation", index, "to", at], to);
    }
  }
  for (const [index, { role }] of desk.checklists.entries()) {
    if (role !== undefined && !roles.has(role) && (logins.size === 0 || unknownLogin(role))) warn("unknownPerson", ["checklists", index, "role"], role);
  }
  for (const severity of Object.keys(desk.impact ?? {})) {
    if (!hasName(desk.severities, severity)) warn("unknownSeverity", ["impact", severity], severity, "key");
  }
  for (const [index, priority] of desk.postmortem.for.entries()) {
    if (!desk.priorities.some((one) => one.name === priority)) warn("unknownPriority", ["postmortem", "for", index], priority);
  }
  return findings;
}

/** Whether a shift starts on the day. Invalid dates are reported elsewhere. */
function startsShift(rotation: Rotation, starts: string): boolean {
  if (!isDate(starts) || !isDate(rotation.starts)) return true;
  const number = shiftOfDay(rotation, dateFrom(starts));
  return number >= 0 && dateText(firstDayOf(rotation, number)) === starts;
}

/** Checks audiences: two of the same name, nobody to reach, email addresses that are none, and cadences of unknown priorities. */
function checkAudiences({ audiences, priorities }: Desk): readonly DeskFinding[] {
  return audiences.flatMap(({ name, slack, email, webhook, updateEvery }, index): readonly DeskFinding[] => {
    const path = ["audiences", name];
    const unknown = Object.keys(updateEvery).filter((priority) => !priorities.some((one) => one.name === priority));
    return [
      ...(audiences.slice(0, index).some((other) => sameName(other.name, name)) ? [audienceFinding("error", "duplicateName", path, name, "key")] : []),
      ...(slack === undefined && webhook === undefined && email.length === 0 ? [audienceFinding("warning", "unreachableAudience", path, name, "key")] : []),
      ...email.flatMap((address, at) => (isOneAddress(address) ? [] : [audienceFinding("warning", "badEmail", [...path, "email", at], address)])),
      ...unknown.map((priority) => audienceFinding("warning", "unknownPriority", [...path, "updateEvery", priority], priority, "key")),
    ];
  });
}

function audienceFinding(severity: DeskFinding["severity"], code: DeskFinding["code"], path: YamlPath, value: string, part: DeskFinding["part"] = "value"): DeskFinding {
  return { severity, code, path, part, details: { value } };
}
