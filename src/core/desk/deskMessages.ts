import type { DeskProblemCode } from "../model/desk";
import type { FormatMessage, Problem } from "../model/problem";
import { assertNever } from "../model/result";

/** One sentence about a problem in `desk.yml`: what is wrong, and what would be right. */
export function describeDeskProblem({ code, details }: Problem<DeskProblemCode>, formatMessage: FormatMessage): string {
  const value = details["value"] ?? "";
  switch (code) {
    case "badYaml":
      return describeYamlProblem(value, formatMessage);
    case "unknownKey":
      return formatMessage("“{0}” is not a key that means something here. It is left out.", value);
    case "missingKey":
      return value === "" ? formatMessage("This must not be empty.") : formatMessage("“{0}” is missing.", value);
    case "wrongType":
      return describeExpected(details["expected"] ?? "other", formatMessage);
    case "badName":
      return formatMessage("“{0}” cannot be a name here: logins and roles are one word without @, and names have no slashes, brackets or dots.", value);
    case "badRepository":
      return formatMessage("“{0}” is not a repository. Write owner/name, as in acme/docs.", value);
    case "badTimezone":
      return formatMessage("There is no time zone “{0}”. Write it as in America/Los_Angeles or Europe/London.", value);
    case "badDate":
      return formatMessage("“{0}” is not right: dates are written as 2026-11-26, must exist, and an end does not come before its start.", value);
    case "badDuration":
      return formatMessage("“{0}” is not a length of time that fits here. Write a number and m, h, d or w, as in 15m, 1h, 5d; turns are in d or w.", value);
    case "badHours":
      return formatMessage("“{0}” is not right: write Mon-Fri: [\"08:00-12:00\"], with spans that have a length and do not overlap.", value);
    case "badTime":
      return formatMessage("“{0}” is not a time of day. Write it as in 09:00.", value);
    case "noTurn":
      return formatMessage("No turn begins on {0}, so nobody is planned by this.", value);
    case "beforeStart":
      return formatMessage("This ends before the rotation starts ({0}), so it has no effect.", value);
    case "noWorkingDay":
      return formatMessage("Nobody is on call at this time, so it has no effect. Check the days and hours of the rotation.");
    case "noRole":
      return formatMessage("This names no role, so it changes nothing. Write who holds which role, as in primary: ana.");
    case "nobodyLeft":
      return formatMessage("Nobody is left for {0} from {1} to {2}: everybody else in the rotation is away on all working days.", value, details["from"] ?? "", details["to"] ?? "");
    case "notOnTeam":
      return formatMessage("{0} is not on the team at this time. Check their first and last day (from, until) under people.", value);
    case "joinsNow":
      return formatMessage("Adding {0} changes who is on call in turns that are over or under way. Give them a first day, as in from: {1}, and only later turns change.", value, details["date"] ?? "");
    case "leavesNow":
      return formatMessage("Removing {0} changes who is on call in turns that are over or under way. Keep them with a last day, as in until: {1}, and only later turns change.", value, details["date"] ?? "");
    case "unknownPerson":
      return formatMessage("“{0}” is nobody under people, and no role either.", value);
    case "unknownRole":
      return formatMessage("“{0}” is not a role of the rotation.", value);
    case "unknownPriority":
      return formatMessage("There is no priority “{0}”.", value);
    case "duplicateName":
      return formatMessage("The name “{0}” is taken already.", value);
    case "unsafePath":
      return formatMessage("“{0}” is not used: paths here are relative, with forward slashes, and stay inside the folder.", value);
    case "tooFewStages":
      return formatMessage("A desk needs at least two stages: the first for new issues, the last for closed ones.");
    case "noKinds":
      return formatMessage("A desk needs at least one kind of issue. Leave out “kinds” to have incident, request and issue.");
    default:
      return assertNever(code);
  }
}

function describeYamlProblem(reason: string, formatMessage: FormatMessage): string {
  switch (reason) {
    case "DUPLICATE_KEY":
      return formatMessage("This key is there twice. Keep one.");
    case "tooLarge":
      return formatMessage("This file is too large or too deeply nested for a desk.");
    case "BAD_INDENT":
      return formatMessage("The indentation does not fit what stands above. Use spaces, and the same number for lines that belong together.");
    case "TAB_AS_INDENT":
      return formatMessage("Tabs cannot indent YAML. Use spaces.");
    case "TAG_RESOLVE_FAILED":
      return formatMessage("Tags that begin with ! mean nothing here.");
    default:
      return formatMessage("This is not valid YAML ({0}).", reason);
  }
}

function describeExpected(expected: string, formatMessage: FormatMessage): string {
  switch (expected) {
    case "text":
      return formatMessage("Text belongs here. Put numbers, true and false in quotes.");
    case "list":
      return formatMessage("A list belongs here, as in [one, two].");
    case "map":
      return formatMessage("Keys with values belong here, as in label: incident.");
    case "boolean":
      return formatMessage("Only true or false can stand here.");
    default:
      return formatMessage("This is not what belongs here.");
  }
}
