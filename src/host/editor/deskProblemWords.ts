import * as vscode from "vscode";
import type { DeskProblemCode } from "../../core/desk/desk";
import type { Problem } from "../../core/problem";
import { assertNever } from "../../core/result";
import { plainLabel } from "../views/plainLabel";

/** One sentence about a problem in `desk.yml`: what is wrong, and what would be right. */
export function wordDeskProblem({ code, details }: Problem<DeskProblemCode>): string {
  const t = vscode.l10n.t;
  const value = plainLabel(details["value"] ?? "");
  switch (code) {
    case "badYaml":
      return wordYaml(value);
    case "unknownKey":
      return t("“{0}” is not a key that means something here. It is left out.", value);
    case "missingKey":
      return value === "" ? t("This must not be empty.") : t("“{0}” is missing.", value);
    case "wrongType":
      return wordExpected(details["expected"] ?? "other");
    case "badName":
      return t("“{0}” cannot be a name here: logins and roles are one word without @, and names have no slashes, brackets or dots.", value);
    case "badRepository":
      return t("“{0}” is not a repository. Write owner/name, as in acme/docs.", value);
    case "badTimezone":
      return t("There is no time zone “{0}”. Write it as in America/Los_Angeles or Europe/London.", value);
    case "badDate":
      return t("“{0}” is not right: dates are written as 2026-11-26, must exist, and an end does not come before its start.", value);
    case "badDuration":
      return t("“{0}” is not a length of time that fits here. Write a number and m, h, d or w, as in 15m, 1h, 5d; turns are in d or w.", value);
    case "badHours":
      return t("“{0}” is not right: write Mon-Fri: [\"08:00-12:00\"], with spans that have a length and do not overlap.", value);
    case "unknownPerson":
      return t("“{0}” is nobody under people, and no role either.", value);
    case "unknownRole":
      return t("“{0}” is not a role of the rotation.", value);
    case "unknownPriority":
      return t("There is no priority “{0}”.", value);
    case "duplicateName":
      return t("The name “{0}” is taken already.", value);
    case "unsafePath":
      return t("“{0}” is not used: paths here are relative, with forward slashes, and stay inside the folder.", value);
    case "tooFewStages":
      return t("A desk needs at least two stages: the first for new issues, the last for closed ones.");
    case "noKinds":
      return t("A desk needs at least one kind of issue. Leave out “kinds” to have incident, request and issue.");
    default:
      return assertNever(code);
  }
}

function wordYaml(reason: string): string {
  const t = vscode.l10n.t;
  switch (reason) {
    case "DUPLICATE_KEY":
      return t("This key is there twice. Keep one.");
    case "tooLarge":
      return t("This file is too large or too deeply nested for a desk.");
    case "BAD_INDENT":
      return t("The indentation does not fit what stands above. Use spaces, and the same number for lines that belong together.");
    case "TAB_AS_INDENT":
      return t("Tabs cannot indent YAML. Use spaces.");
    case "TAG_RESOLVE_FAILED":
      return t("Tags that begin with ! mean nothing here.");
    default:
      return t("This is not valid YAML ({0}).", reason);
  }
}

function wordExpected(expected: string): string {
  const t = vscode.l10n.t;
  switch (expected) {
    case "text":
      return t("Text belongs here. Put numbers, true and false in quotes.");
    case "list":
      return t("A list belongs here, as in [one, two].");
    case "map":
      return t("Keys with values belong here, as in label: incident.");
    case "boolean":
      return t("Only true or false can stand here.");
    default:
      return t("This is not what belongs here.");
  }
}
