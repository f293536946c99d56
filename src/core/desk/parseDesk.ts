import * as v from "valibot";
import { localRepository } from "../issue/issueRef";
import type { Problem } from "../problem";
import { buildDesk } from "./buildDesk";
import type { DeskFinding } from "./buildDesk";
import type { Desk, DeskProblemCode } from "./desk";
import { checkMentions } from "./deskMentions";
import { pruneDesk } from "./pruneDesk";
import { checkSchedule } from "./scheduleChecks";
import { readYamlTree } from "./readYamlTree";
import { deskSchema } from "./schema";
import { rangeAt } from "./yamlTree";
import type { YamlTree } from "./yamlTree";

/** A desk, and what is wrong with its text. */
export interface DeskReading {
  /** Absent when any problem is an error, so that the last good desk stays in use. Warnings leave the desk. */
  readonly desk?: Desk;
  readonly problems: readonly Problem<DeskProblemCode>[];
}

/**
 * Reads a `desk.yml`; every problem is at its place, in the order of the text. Kinds that name no repository are in
 * `repository`. Never throws, whatever the text.
 */
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
  const findings = shape.success ? (built?.findings ?? []) : shape.issues.slice(0, mostProblems).map(shapeFinding);
  const mentions = built === undefined ? [] : checkMentions(built.desk);
  const schedule = built === undefined || findings.length > 0 ? [] : checkSchedule(built.desk);
  const placed = [...findings, ...mentions, ...schedule].slice(0, mostProblems).map((finding) => atPlace(finding, tree));
  const problems = [...inYaml.slice(0, mostProblems), ...unknownKeys.slice(0, mostProblems), ...placed].toSorted(
    (a, b) => a.range.startLine - b.range.startLine || a.range.startColumn - b.range.startColumn,
  );
  return built === undefined || problems.some((problem) => problem.severity === "error")
    ? { problems }
    : { desk: built.desk, problems };
}

/** Of each sort. Nobody reads more, and a hostile text must not cost time. */
const mostProblems = 100;

function atPlace({ severity, code, path, part, details }: DeskFinding, tree: YamlTree): Problem<DeskProblemCode> {
  return { severity, code, range: rangeAt(tree, path, part), details };
}

function shapeFinding(issue: v.BaseIssue<unknown>): DeskFinding {
  const items = issue.path ?? [];
  const path = items.map((item) => (typeof item.key === "number" ? item.key : String(item.key)));
  const value = issue.kind === "validation" ? String(issue.input) : String(path.at(-1) ?? "");
  const code = issue.kind === "validation" ? ruleCodes.find((one) => one === issue.message) : undefined;
  const missing = issue.kind === "schema" && issue.received === "undefined";
  return {
    severity: "error",
    code: code ?? (missing ? "missingKey" : "wrongType"),
    path,
    part: items.at(-1)?.origin === "key" ? "key" : "value",
    details: issue.kind === "schema" ? { value, expected: expectation(issue.expected ?? "") } : { value },
  };
}

/** What a value should have been, as a word that `host` knows. */
function expectation(expected: string): "text" | "list" | "map" | "boolean" | "other" {
  if (expected.includes("|")) return "other";
  if (expected.includes("Array")) return "list";
  if (expected.includes("Object")) return "map";
  return expected === "string" ? "text" : expected === "boolean" ? "boolean" : "other";
}

/** The codes that rules of the schema carry as their message. */
const ruleCodes = ["badName", "badDate", "badDuration", "badHours", "badTime", "badRepository", "missingKey", "tooFewStages"] as const;
