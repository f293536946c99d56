import * as vscode from "vscode";
import { assertNever } from "../../core/result";
import { parseDeskLink, type DeskLink } from "../../markdown/deskLink";
import { runInBackground } from "../platform/background";

/** Buttons in previews are links to here. Anyone can make such a link, so it only opens what asks before it writes. */
export function registerUriHandler(): vscode.Disposable {
  return vscode.window.registerUriHandler({
    async handleUri(uri) {
      const link = parseDeskLink(uri.path, uri.query);
      if (link === undefined) {
        runInBackground(vscode.window.showErrorMessage(vscode.l10n.t("Response Desk does not know what this link asks for. Nothing was done; use the commands of Response Desk instead.")));
        return;
      }
      const [command, ...args] = commandOf(link);
      await vscode.commands.executeCommand(`responseDesk.${command}`, ...args);
    },
  });
}

function commandOf(link: DeskLink): readonly [command: string, ...args: unknown[]] {
  switch (link.kind) {
    case "start":
      return ["runbook.start", link.path];
    case "declare":
      return ["incident.declare", { runbook: link.path }];
    case "request":
      return ["request.new", { runbook: link.path }];
    case "create":
      return ["runbook.createLinked", link.path, link.line];
    case "set":
      return ["runbook.createLinkedSet", link.path, link.line];
    case "link":
      return ["issue.linkExisting", { path: link.path, line: link.line }];
    case "run":
      return ["runbook.runCommand", link.path, link.line];
    case "checklist":
      return ["issue.openChecklist", { ref: link.issue, run: link.run }];
    default:
      return assertNever(link);
  }
}
