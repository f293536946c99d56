import * as vscode from "vscode";
import { renderMoment } from "../../core/incident/moment";
import { failed } from "../../core/result";
import type { CommandEnd, DeskTools } from "./command";
import { chooseIssue, sayRef } from "./input/pickIssue";
import { runInBackground } from "../platform/background";

/** Takes an acknowledgement back, in a comment that says who and when: the issue's response clock runs on from where it was. */
export async function run(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const ref = await chooseIssue(session, argument, {
    title: t("Not acknowledged after all"),
    placeholder: t("Which issue does nobody work on?"),
    suits: (issue) => issue.state === "open" && session.clocks.clockOf(issue).acknowledged !== undefined,
  });
  if (ref === undefined) return undefined;
  const issue = session.issues.find(ref);
  if (issue === undefined) return failed({ kind: "gone", ref });
  if (session.clocks.clockOf(issue).acknowledged === undefined) {
    runInBackground(vscode.window.showInformationMessage(t("Nobody has acknowledged {0}.", sayRef(session, ref))), session.log);
    return undefined;
  }
  return tools.submit(t("Taking the acknowledgement back…"), { kind: "comment", ref, markdown: renderMoment("unacknowledged", "") });
}
