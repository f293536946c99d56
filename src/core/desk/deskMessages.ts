import type { DeskProblemCode } from "../model/desk";
import type { FormatMessage, Problem } from "../model/problem";
import { assertNever } from "../model/result";

/** Describes a problem in `desk.yml` and how to fix it. */
export function describeDeskProblem({ code, details }: Problem<DeskProblemCode>, formatMessage: FormatMessage): string {
  const value = details["value"] ?? "";
  switch (code) {
    case "badYaml":
      return describeYamlProblem(value, formatMessage);
    case "unknownKey":
      return formatMessage("Unknown key “{0}”. It is ignored.", value);
    case "missingKey":
      return value === "" ? formatMessage("A value is required.") : formatMessage("“{0}” is missing.", value);
    case "wrongType":
      return describeExpected(details["expected"] ?? "other", formatMessage);
    case "badName":
      return formatMessage("“{0}” is not a valid name. Logins and roles are one word without @. Other names cannot contain slashes, brackets or dots.", value);
    case "badRepository":
      return formatMessage("“{0}” is not a repository. Use owner/name, for example acme/docs.", value);
    case "badTimezone":
      return formatMessage("Unknown time zone “{0}”. Use a name such as America/Los_Angeles or Europe/London.", value);
    case "badDate":
      return formatMessage("“{0}” is not a valid date or range. Use existing dates such as 2026-11-26. A range cannot end before it starts.", value);
    case "badDuration":
      return formatMessage("“{0}” is not a valid duration. Use a number and m, h, d or w, for example 15m, 1h or 5d. Shifts use d or w.", value);
    case "badHours":
      return formatMessage("“{0}” is not valid. Use Mon-Fri: [\"08:00-12:00\"]. Spans cannot be empty or overlap.", value);
    case "badImpact":
      return formatMessage("“{0}” is not an impact. Use major, partial, none, or a number between 0 and 1, for example 0.3.", value);
    case "badTime":
      return formatMessage("“{0}” is not a time of day. Use a time such as 09:00.", value);
    case "noTurn":
      return formatMessage("No shift starts on {0}, so this entry has no effect.", value);
    case "beforeStart":
      return formatMessage("This entry ends before the rotation starts ({0}), so it has no effect.", value);
    case "noWorkingDay":
      return formatMessage("Nobody is on call at this time, so this entry has no effect. Check the days and hours of the rotation.");
    case "noRole":
      return formatMessage("This entry names no role, so it has no effect. Add who holds which role, for example primary: ana.");
    case "nobodyLeft":
      return formatMessage("Nobody is available as {0} from {1} to {2}. Everyone else in the rotation is away on all working days.", value, details["from"] ?? "", details["to"] ?? "");
    case "notOnTeam":
      return formatMessage("{0} is not on the team at this time. Check the first and last day (from, until) under people.", value);
    case "joinsNow":
      return formatMessage("Adding {0} changes who is on call in past and current shifts. To change only later shifts, add a first day, for example from: {1}.", value, details["date"] ?? "");
    case "leavesNow":
      return formatMessage("Removing {0} changes who is on call in past and current shifts. To change only later shifts, keep them with a last day, for example until: {1}.", value, details["date"] ?? "");
    case "unknownPerson":
      return formatMessage("“{0}” is not a login under people and not a role.", value);
    case "unknownRole":
      return formatMessage("“{0}” is not a role of the rotation.", value);
    case "unknownPriority":
      return formatMessage("Unknown priority “{0}”. Use one of the names under priorities.", value);
    case "unknownSeverity":
      return formatMessage("Unknown severity “{0}”. Use one of the names under severities.", value);
    case "unknownStage":
      return formatMessage("Unknown stage “{0}”. Use one of the names under stages.", value);
    case "duplicateName":
      return formatMessage("“{0}” is already used.", value);
    case "unsafePath":
      return formatMessage("The path “{0}” is ignored. Paths must be relative, use forward slashes, and stay inside the folder.", value);
    case "missingRunbook":
      return formatMessage("The runbook {0} does not exist in the folder of this file.", value);
    case "missingHeading":
      return details["nearest"] === undefined
        ? formatMessage("{0} has no heading “#{1}”.", details["path"] ?? "", value)
        : formatMessage("{0} has no heading “#{1}”. Did you mean “#{2}”?", details["path"] ?? "", value, details["nearest"]);
    case "badTemplate":
      return describeTemplate(value, details["reason"] ?? "", formatMessage);
    case "notMarkdown":
      return formatMessage("The template “{0}” is ignored. Use a Markdown file, for example postmortems/template.md.", value);
    case "unreachableAudience":
      return formatMessage("“{0}” cannot receive updates. Add slack, email or webhook.", value);
    case "badEmail":
      return formatMessage("“{0}” is not an email address. Use one address per entry, for example ops@example.com.", value);
    case "tooFewStages":
      return formatMessage("A desk needs at least two stages. The first is for new issues, the last is for closed issues.");
    case "noKinds":
      return formatMessage("A desk needs at least one kind of issue. Remove “kinds” to use incident, request and issue.");
    default:
      return assertNever(code);
  }
}

/** Why the template of post-mortems cannot be used, and how to fix it. */
export function describeTemplate(path: string, reason: string, formatMessage: FormatMessage): string {
  switch (reason) {
    case "missing":
      return formatMessage("The template {0} does not exist in the workspace folder. Create it, or correct the path.", path);
    case "toml":
      return formatMessage("The template {0} cannot be used, because its front matter is TOML. Write it as YAML between ---.", path);
    case "badVariables":
      return formatMessage("The template {0} cannot be used, because a variable or section is not closed. Use {{name}}.", path);
    case "noSection":
      return formatMessage("The template {0} cannot be used, because no heading names a section of a post-mortem. Add one, for example “## Summary” or “## Timeline”.", path);
    default:
      return formatMessage("The template {0} cannot be used, because its front matter is not valid YAML. Correct the lines between ---.", path);
  }
}

function describeYamlProblem(reason: string, formatMessage: FormatMessage): string {
  switch (reason) {
    case "DUPLICATE_KEY":
      return formatMessage("Duplicate key. Remove one of them.");
    case "tooLarge":
      return formatMessage("This file is too large or too deeply nested.");
    case "BAD_INDENT":
      return formatMessage("The indentation does not match the lines above. Use spaces, and indent lines of the same level equally.");
    case "TAB_AS_INDENT":
      return formatMessage("Tabs cannot indent YAML. Use spaces.");
    case "TAG_RESOLVE_FAILED":
      return formatMessage("Tags that start with ! are not supported.");
    default:
      return formatMessage("This is not valid YAML ({0}).", reason);
  }
}

function describeExpected(expected: string, formatMessage: FormatMessage): string {
  switch (expected) {
    case "text":
      return formatMessage("Expected text. Put numbers, true and false in quotes.");
    case "list":
      return formatMessage("Expected a list, for example [one, two].");
    case "map":
      return formatMessage("Expected keys with values, for example label: incident.");
    case "boolean":
      return formatMessage("Expected true or false.");
    default:
      return formatMessage("This value is not valid here.");
  }
}
