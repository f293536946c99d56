import type { Problem } from "../problem";
import { assertNever } from "../result";
import type { Say } from "../say";
import type { RunbookAdviceCode } from "./fixRunbook";

/** One or two sentences about a problem in a runbook: what is wrong, and what would be right. */
export function wordRunbookProblem({ code, details }: Problem<RunbookAdviceCode>, say: Say): string {
  const name = details["name"] ?? "";
  switch (code) {
    case "badFrontMatter":
      return say("This front matter is not valid YAML. Only the lines that can be read are used.");
    case "unknownKind":
      return say("The desk has no kind “{0}”. Use one of its kinds, or add it to desk.yml.", name);
    case "unknownRole":
      return say("Nobody on the desk holds the role “{0}”. Use a role or a login of desk.yml.", name);
    case "unknownPriority":
      return say("The desk has no priority “{0}”. Use one of its priorities, or add it to desk.yml.", name);
    case "badDate":
      return say("“{0}” is not a date. Write it as in 2026-11-21.", name);
    case "badDuration":
      return say("“{0}” is not a length of time. Write a number and m, h, d or w, as in 30m or 2w.", name);
    case "badWhen":
      return say("“{0}” is not a time of the day or turn. Use start-of-day, during-day, end-of-day, start-of-turn or end-of-turn.", name);
    case "badTemplate":
      return wordTemplate(details["reason"] ?? "", say);
    case "unclosedTemplate":
      return say("This issue template is not closed, so everything below belongs to it. Add a line ``` where it ends.");
    case "brokenLink":
      return say("There is no file {0} in this workspace.", details["path"] ?? "");
    case "emptyGate":
      return say("The gate “{0}” has no items, so nothing holds anyone back. Write its criteria as “- [ ]” items.", name);
    case "nearBox":
      return name === (details["box"] ?? "").trimEnd()
        ? say("There is no space after “{0}”, so this line is not a step. Add one.", name)
        : say("“{0}” is not a checkbox, so this line is not a step. Write “{1}”.", name, (details["box"] ?? "").trimEnd());
    case "stale":
      return say("Last reviewed on {0}; the next review was due on {1}. Read it through and mark it as reviewed.", details["reviewed"] ?? "", details["due"] ?? "");
    case "neverReviewed":
      return say("This runbook asks for reviews and has not had one yet.");
    case "doubtfulName":
      return say("Nobody on the desk is called “@{0}”. Perhaps “@{1}” is meant.", name, details["nearest"] ?? "");
    case "doubtfulLabel":
      return say("No issue has the label “{0}”. Perhaps “{1}” is meant.", name, details["nearest"] ?? "");
    default:
      return assertNever(code);
  }
}

function wordTemplate(reason: string, say: Say): string {
  switch (reason) {
    case "noKind":
      return say("This issue template does not say what it creates. Add a line such as “kind: request”.");
    case "noTitle":
      return say("This issue template has no title. Add a line such as “title: Set up {{project}}”.");
    case "badVariables":
      return say("A variable or section of this issue template is not closed. Variables are written {{name}}.");
    default:
      return say("The head of this issue template is not valid YAML. Put texts with : or {{ }} in quotes.");
  }
}
