import * as vscode from "vscode";
import { formatRef } from "../../core/model/issueRef";
import { assertNever } from "../../core/model/result";
import type { Renumbered } from "../../trackers/files/separateIssues";
import type { Notice } from "../../trackers/github/notices";
import { runInBackground } from "../platform/background";
import { describeFailure } from "../ui/failureMessages";
import { plainLabel } from "../ui/safeText";

/** Notifies which issues in plain files got a new number. */
export async function notifyRenumbered(renumbered: readonly Renumbered[]): Promise<void> {
  const t = vscode.l10n.t;
  const [first] = renumbered;
  if (first === undefined) return;
  const open = t("Open Issue");
  const change = ({ from, to, title }: Renumbered): string => t("{0} is now {1} ({2})", plainLabel(formatRef(from, "")), plainLabel(formatRef(to, "")), plainLabel(title));
  const message =
    renumbered.length === 1
      ? t("Two branches used the same number for two issues. The newer issue has a new number: {0}. Its checklist, comments and links are unchanged.", change(first))
      : t("Two branches used the same numbers for different issues. The newer issues have new numbers: {0}. Their checklists, comments and links are unchanged.", renumbered.map(change).join("; "));
  const chosen = await vscode.window.showInformationMessage(message, ...(renumbered.length === 1 ? [open] : []));
  if (chosen === open) await vscode.commands.executeCommand("responseDesk.issue.open", first.to);
}

/** Notifies that the server did not apply part of a request, or that something was renamed or could not be read. */
export async function notifyNotice(notice: Notice): Promise<void> {
  const t = vscode.l10n.t;
  switch (notice.kind) {
    case "ignored": {
      const names = plainLabel(notice.names.join(", "));
      const open = t("Open Issue");
      const chosen = await vscode.window.showWarningMessage(
        notice.what === "type"
          ? t("{0} was written without the type {1}. The server does not have this type, or your account does not have permission to set it.", plainLabel(formatRef(notice.ref, "")), names)
          : notice.what === "labels"
          ? t("{0} was written without the labels {1}. Your account does not have permission to set labels. Ask someone with the triage role to set them.", plainLabel(formatRef(notice.ref, "")), names)
          : t("{0} was written but not assigned to {1}. Your account does not have permission to assign issues, or they do not have access to the repository.", plainLabel(formatRef(notice.ref, "")), names),
        open,
      );
      if (chosen === open) await vscode.commands.executeCommand("responseDesk.issue.open", notice.ref);
      return;
    }
    case "textOnly": {
      const why = notice.failure === undefined ? t("They have different owners.") : notice.failure.kind === "refused" ? plainLabel(notice.failure.reason) : describeFailure(notice.failure).message;
      runInBackground(vscode.window.showInformationMessage(t("{0} and {1} are linked only in their text: {2}", plainLabel(formatRef(notice.ref, "")), plainLabel(formatRef(notice.other, "")), why)));
      return;
    }
    case "renamed": {
      const open = t("Open desk.yml");
      const chosen = await vscode.window.showInformationMessage(
        t("The repository {0} was renamed to {1}. Everything continues to work. Replace the old name in desk.yml.", plainLabel(notice.from), plainLabel(notice.to)),
        open,
      );
      if (chosen === open) await vscode.commands.executeCommand("responseDesk.desk.open");
      return;
    }
    case "duplicateClosed":
      runInBackground(vscode.window.showInformationMessage(
        t("{0} was a duplicate of {1}, created because a response was lost. It is closed and links to {1}.", plainLabel(formatRef(notice.ref, "")), plainLabel(formatRef(notice.of, ""))),
      ));
      return;
    case "unread":
      runInBackground(vscode.window.showWarningMessage(t("The issues of {0} could not be read. The issues of the other repositories are shown. {1}", plainLabel(notice.repository), describeFailure(notice.failure).message)));
      return;
    default:
      return assertNever(notice);
  }
}
