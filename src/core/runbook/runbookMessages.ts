import type { FormatMessage, Problem } from "../model/problem";
import { assertNever } from "../model/result";
import type { RunbookCheckCode } from "./runbookFixes";

/** One or two sentences about a problem in a runbook: what is wrong, and what would be right. */
export function describeRunbookProblem({ code, details }: Problem<RunbookCheckCode>, formatMessage: FormatMessage): string {
  const name = details["name"] ?? "";
  switch (code) {
    case "badFrontMatter":
      return formatMessage("This front matter is not valid YAML. Only the lines that can be read are used.");
    case "unknownKind":
      return formatMessage("The desk has no kind “{0}”. Use one of its kinds, or add it to desk.yml.", name);
    case "unknownRole":
      return formatMessage("Nobody on the desk holds the role “{0}”. Use a role or a login of desk.yml.", name);
    case "unknownPriority":
      return formatMessage("The desk has no priority “{0}”. Use one of its priorities, or add it to desk.yml.", name);
    case "badDate":
      return formatMessage("“{0}” is not a date. Write it as in 2026-11-21.", name);
    case "badDuration":
      return formatMessage("“{0}” is not a length of time. Write a number and m, h, d or w, as in 30m or 2w.", name);
    case "badWhen":
      return formatMessage("“{0}” is not a time of the day or turn. Use start-of-day, during-day, end-of-day, start-of-turn or end-of-turn.", name);
    case "badTemplate":
      return describeTemplateProblem(details["reason"] ?? "", formatMessage);
    case "unclosedTemplate":
      return formatMessage("This issue template is not closed, so everything below belongs to it. Add a line ``` where it ends.");
    case "brokenLink":
      return formatMessage("There is no file {0} in this workspace.", details["path"] ?? "");
    case "emptyGate":
      return formatMessage("The gate “{0}” has no items, so nothing holds anyone back. Write its criteria as “- [ ]” items.", name);
    case "nearBox":
      return name === (details["box"] ?? "").trimEnd()
        ? formatMessage("There is no space after “{0}”, so this line is not a step. Add one.", name)
        : formatMessage("“{0}” is not a checkbox, so this line is not a step. Write “{1}”.", name, (details["box"] ?? "").trimEnd());
    case "stale":
      return formatMessage("Last reviewed on {0}; the next review was due on {1}. Read it through and mark it as reviewed.", details["reviewed"] ?? "", details["due"] ?? "");
    case "neverReviewed":
      return formatMessage("This runbook asks for reviews and has not had one yet.");
    case "doubtfulName":
      return formatMessage("Nobody on the desk is called “@{0}”. Perhaps “@{1}” is meant.", name, details["nearest"] ?? "");
    case "doubtfulLabel":
      return formatMessage("No issue has the label “{0}”. Perhaps “{1}” is meant.", name, details["nearest"] ?? "");
    default:
      return assertNever(code);
  }
}

function describeTemplateProblem(reason: string, formatMessage: FormatMessage): string {
  switch (reason) {
    case "noKind":
      return formatMessage("This issue template does not say what it creates. Add a line such as “kind: request”.");
    case "noTitle":
      return formatMessage("This issue template has no title. Add a line such as “title: Set up {{project}}”.");
    case "badVariables":
      return formatMessage("A variable or section of this issue template is not closed. Variables are written {{name}}.");
    default:
      return formatMessage("The head of this issue template is not valid YAML. Put texts with : or {{ }} in quotes.");
  }
}
