import * as vscode from "vscode";
import type { Problem } from "../../core/problem";
import { assertNever } from "../../core/result";
import type { RunbookAdviceCode } from "../../core/runbook/fixRunbook";

/** One or two sentences about a problem in a runbook: what is wrong, and what would be right. */
export function wordRunbookProblem({ code, details }: Problem<RunbookAdviceCode>): string {
  const t = vscode.l10n.t;
  const name = details["name"] ?? "";
  switch (code) {
    case "badFrontMatter":
      return t("This front matter is not valid YAML. Only the lines that can be read are used.");
    case "unknownKind":
      return t("The desk has no kind “{0}”. Use one of its kinds, or add it to desk.yml.", name);
    case "unknownRole":
      return t("Nobody on the desk holds the role “{0}”. Use a role or a login of desk.yml.", name);
    case "unknownPriority":
      return t("The desk has no priority “{0}”. Use one of its priorities, or add it to desk.yml.", name);
    case "badDate":
      return t("“{0}” is not a date. Write it as in 2026-11-21.", name);
    case "badDuration":
      return t("“{0}” is not a length of time. Write a number and m, h, d or w, as in 30m or 2w.", name);
    case "badWhen":
      return t("“{0}” is not a time of the day or turn. Use start-of-day, during-day, end-of-day, start-of-turn or end-of-turn.", name);
    case "badTemplate":
      return wordTemplate(details["reason"] ?? "");
    case "unclosedTemplate":
      return t("This issue template is not closed, so everything below belongs to it. Add a line ``` where it ends.");
    case "brokenLink":
      return t("There is no file {0} in this workspace.", details["path"] ?? "");
    case "emptyGate":
      return t("The gate “{0}” has no items, so nothing holds anyone back. Write its criteria as “- [ ]” items.", name);
    case "stale":
      return t("Last reviewed on {0}; the next review was due on {1}. Read it through and mark it as reviewed.", details["reviewed"] ?? "", details["due"] ?? "");
    case "neverReviewed":
      return t("This runbook asks for reviews and has not had one yet.");
    case "doubtfulName":
      return t("Nobody on the desk is called “@{0}”. Perhaps “@{1}” is meant.", name, details["nearest"] ?? "");
    default:
      return assertNever(code);
  }
}

function wordTemplate(reason: string): string {
  const t = vscode.l10n.t;
  switch (reason) {
    case "noKind":
      return t("This issue template does not say what it creates. Add a line such as “kind: request”.");
    case "noTitle":
      return t("This issue template has no title. Add a line such as “title: Set up {{project}}”.");
    case "badVariables":
      return t("A variable or section of this issue template is not closed. Variables are written {{name}}.");
    default:
      return t("The head of this issue template is not valid YAML. Put texts with : or {{ }} in quotes.");
  }
}
