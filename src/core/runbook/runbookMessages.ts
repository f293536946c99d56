import { describeFlowProblem } from "../flowchart/flowMessages";
import type { FormatMessage, Problem } from "../model/problem";
import type { RunbookCheckCode } from "./runbookFixes";

/** Describes a problem in a runbook and how to fix it. */
export function describeRunbookProblem({ code, details }: Problem<RunbookCheckCode>, formatMessage: FormatMessage): string {
  const name = details["name"] ?? "";
  switch (code) {
    case "badFrontMatter":
      return formatMessage("This front matter is not valid YAML. Only the lines that can be read are used.");
    case "unknownKind":
      return formatMessage("Unknown kind “{0}”. Use a kind of the desk, or add it to desk.yml.", name);
    case "unknownRole":
      return formatMessage("Unknown role “{0}”. Use a role or a login from desk.yml.", name);
    case "unknownPriority":
      return formatMessage("Unknown priority “{0}”. Use a priority of the desk, or add it to desk.yml.", name);
    case "badDate":
      return formatMessage("“{0}” is not a date. Use a date such as 2026-11-21.", name);
    case "badDuration":
      return formatMessage("“{0}” is not a duration. Use a number and m, h, d or w, for example 30m or 2w.", name);
    case "badWhen":
      return formatMessage("“{0}” is not valid. Use start-of-day, during-day, end-of-day, start-of-shift or end-of-shift.", name);
    case "badTemplate":
      return describeTemplateProblem(details["reason"] ?? "", formatMessage);
    case "unclosedTemplate":
      return formatMessage("This issue template is not closed, so it includes everything below. Add a line with ``` at its end.");
    case "brokenLink":
      return formatMessage("The file {0} does not exist in this workspace.", details["path"] ?? "");
    case "brokenFragment":
      return details["nearest"] === undefined
        ? formatMessage("{0} has no heading “#{1}”.", details["path"] ?? "", name)
        : formatMessage("{0} has no heading “#{1}”. Did you mean “#{2}”?", details["path"] ?? "", name, details["nearest"]);
    case "emptyGate":
      return formatMessage("The gate “{0}” has no items, so it is always open. Add its criteria as “- [ ]” items.", name);
    case "cutLabel":
      return formatMessage("Mermaid draws this label as “{0}”, because it takes the last letter as a part of the arrow. Put spaces around the label.", details["drawn"] ?? "");
    case "nearBox":
      return name === (details["box"] ?? "").trimEnd()
        ? formatMessage("A space is missing after “{0}”, so this line is not a step.", name)
        : formatMessage("“{0}” is not a checkbox, so this line is not a step. Use “{1}”.", name, (details["box"] ?? "").trimEnd());
    case "unknownFieldType":
      return formatMessage("“{0}” is not a type of a field, so any text can be entered. Use one of {1}, or at least two values with | between them.", name, details["types"] ?? "");
    case "fewChoices":
      return formatMessage("The field “{0}” has only one value to select. Add another one after |.", name);
    case "fieldTwoTypes":
      return formatMessage("The field “{0}” has another type in an earlier step, “{1}”. That one is used. Use the same type, or another name.", name, details["first"] ?? "");
    case "ownVariable":
      return formatMessage("“{0}” is a variable that templates fill in, so the step does not ask for it. Use another name for a field.", name);
    case "unclosedField":
      return formatMessage("“{0}” is not closed, so the step does not ask for it. Use {{name}}.", name);
    case "unknownApprover":
      return formatMessage("“@{0}” is no person and no role that somebody has, so nobody can approve this step. Use a login or a role from desk.yml.", name);
    case "noApprover":
      return formatMessage("This approval names nobody. Add a login or a role, for example “approval by @primary”.");
    case "severalApprovals":
      return formatMessage("One of these people is enough to approve this step. Use “or”, or a step for each approval.");
    case "stale":
      return formatMessage("Last reviewed on {0}. The next review was due on {1}. Review the runbook, then update “reviewed”.", details["reviewed"] ?? "", details["due"] ?? "");
    case "neverReviewed":
      return formatMessage("This runbook has a review interval but has never been reviewed. Review it, then add “reviewed”.");
    case "doubtfulName":
      return formatMessage("“@{0}” is not a role or person of the desk. Did you mean “@{1}”?", name, details["nearest"] ?? "");
    case "doubtfulLabel":
      return formatMessage("No issue has the label “{0}”. Did you mean “{1}”?", name, details["nearest"] ?? "");
    default: {
      const { message, fix } = describeFlowProblem({ code, details }, formatMessage);
      return fix === undefined ? message : `${message} ${fix}`;
    }
  }
}

function describeTemplateProblem(reason: string, formatMessage: FormatMessage): string {
  switch (reason) {
    case "noKind":
      return formatMessage("This issue template has no kind. Add a line such as “kind: request”.");
    case "noTitle":
      return formatMessage("This issue template has no title. Add a line such as “title: Set up {{project}}”.");
    case "badVariables":
      return formatMessage("A variable or section of this issue template is not closed. Use {{name}}.");
    default:
      return formatMessage("The header of this issue template is not valid YAML. Put text that contains : or {{ }} in quotes.");
  }
}
