import * as vscode from "vscode";
import { formatRef } from "../../core/model/issueRef";
import { assertNever } from "../../core/model/result";
import type { Renumbered } from "../../trackers/files/separateIssues";
import type { Notice } from "../../trackers/github/notices";
import { runInBackground } from "../platform/background";
import { describeFailure } from "../ui/failureMessages";
import { plainLabel } from "../ui/safeText";

/** Says which issues of plain files this window gave another number. */
export async function notifyRenumbered(renumbered: readonly Renumbered[]): Promise<void> {
  const t = vscode.l10n.t;
  const [first] = renumbered;
  if (first === undefined) return;
  const open = t("Open Issue");
  const change = ({ from, to, title }: Renumbered): string => t("{0} is now {1} ({2})", plainLabel(formatRef(from, "")), plainLabel(formatRef(to, "")), plainLabel(title));
  const message =
    renumbered.length === 1
      ? t("Two branches gave the same number to two issues. The younger one has a new number: {0}. Its checklist, comments and links are unchanged.", change(first))
      : t("Two branches gave the same numbers to different issues. The younger ones have new numbers: {0}. Their checklists, comments and links are unchanged.", renumbered.map(change).join("; "));
  const chosen = await vscode.window.showInformationMessage(message, ...(renumbered.length === 1 ? [open] : []));
  if (chosen === open) await vscode.commands.executeCommand("responseDesk.issue.open", first.to);
}

/** Tells what the server did otherwise than it was asked, or what is no longer where it was. */
export async function notifyNotice(notice: Notice): Promise<void> {
  const t = vscode.l10n.t;
  switch (notice.kind) {
    case "ignored": {
      const names = plainLabel(notice.names.join(", "));
      const open = t("Open Issue");
      const chosen = await vscode.window.showWarningMessage(
        notice.what === "type"
          ? t("{0} is written, but without the type {1}: the server does not have it there, or your account may not set it.", plainLabel(formatRef(notice.ref, "")), names)
          : notice.what === "labels"
          ? t("{0} is written, but without the labels {1}: your account may not set them there. Ask somebody who may, or ask for the right to triage.", plainLabel(formatRef(notice.ref, "")), names)
          : t("{0} is written, but not assigned to {1}: your account may not assign there, or they have no access to the repository.", plainLabel(formatRef(notice.ref, "")), names),
        open,
      );
      if (chosen === open) await vscode.commands.executeCommand("responseDesk.issue.open", notice.ref);
      return;
    }
    case "textOnly": {
      const why = notice.failure === undefined ? t("They belong to two owners.") : notice.failure.kind === "refused" ? plainLabel(notice.failure.reason) : describeFailure(notice.failure).message;
      runInBackground(vscode.window.showInformationMessage(t("{0} and {1} are linked in their texts alone: {2}", plainLabel(formatRef(notice.ref, "")), plainLabel(formatRef(notice.other, "")), why)));
      return;
    }
    case "renamed": {
      const open = t("Open desk.yml");
      const chosen = await vscode.window.showInformationMessage(
        t("The repository {0} is now {1}. Everything goes on; write the new name where the old one stands.", plainLabel(notice.from), plainLabel(notice.to)),
        open,
      );
      if (chosen === open) await vscode.commands.executeCommand("responseDesk.desk.open");
      return;
    }
    case "duplicateClosed":
      runInBackground(vscode.window.showInformationMessage(
        t("{0} was a second copy of {1}, made when an answer was lost. It is closed and points there.", plainLabel(formatRef(notice.ref, "")), plainLabel(formatRef(notice.of, ""))),
      ));
      return;
    case "unread":
      runInBackground(vscode.window.showWarningMessage(t("The issues of {0} could not be read; those of the other repositories are shown. {1}", plainLabel(notice.repository), describeFailure(notice.failure).message)));
      return;
    default:
      return assertNever(notice);
  }
}
