import * as vscode from "vscode";

/** One sentence on what a field of front matter or of a template says. */
export function fieldWords(field: string): string {
  const t = vscode.l10n.t;
  switch (field) {
    case "title":
      return t("The title. Without it, a runbook has its first heading's.");
    case "kind":
      return t("What kind of issue it creates.");
    case "assign":
      return t("A role or login that the issue is assigned to.");
    case "role":
      return t("Whose checklist this is.");
    case "when":
      return t("When the checklist is followed: in a day or a turn of duty.");
    case "labels":
      return t("Labels of the issue, beside that of its kind.");
    case "priority":
      return t("The priority of the issue.");
    case "repository":
      return t("Where the issue is created, if not where its kind says.");
    case "match":
      return t("Labels, services or words of issues that this runbook is suggested for.");
    case "within":
      return t("How long after it began each step is due that says nothing else itself, as in 1h.");
    case "respondWithin":
      return t("The longest time to the first response, as in 1h.");
    case "updateEvery":
      return t("The longest time between two updates, as in 1h.");
    case "reviewed":
      return t("When somebody last made sure that this is still right, as in 2026-11-21.");
    case "reviewEvery":
      return t("How long a review lasts, as in 26w. A runbook past that is marked as stale.");
    default:
      return "";
  }
}
