import * as vscode from "vscode";
import { issueFacts } from "../../core/issue/issueFacts";
import { failed } from "../../core/result";
import type { CommandEnd, DeskTools } from "./command";
import { suggestRunbooks } from "./create/suggestRunbooks";
import { beginRun } from "./input/beginRun";
import { pickOne } from "./input/pick";
import { chooseIssue, sayRef } from "./input/pickIssue";
import { runbookChoice } from "./input/pickRunbook";
import { runInBackground } from "../platform/background";

/** Starts a runbook that a person picks on an issue; those that fit it come first. */
export async function run(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const title = vscode.l10n.t("Start a runbook");
  const ref = await chooseIssue(session, argument, { title, placeholder: vscode.l10n.t("On which issue?"), suits: (issue) => issue.state === "open" });
  if (ref === undefined) return undefined;
  const issue = session.issues.find(ref);
  if (issue === undefined) return failed({ kind: "gone", ref });
  const desk = session.desk.config();
  const facts = issueFacts(issue, desk);
  const wish = { kind: facts.kind ?? "", title: facts.name, details: issue.body, services: facts.services, labels: issue.labels };
  const suggested = suggestRunbooks(await session.runbooks.all(), desk, session.desk.folder(), wish);
  if (suggested.length === 0) {
    runInBackground(vscode.window.showInformationMessage(vscode.l10n.t("There is no runbook with steps in this folder yet. Write a Markdown file with a list of steps beside desk.yml.")), session.log);
    return undefined;
  }
  const answer = await pickOne({
    place: { title, back: false },
    placeholder: vscode.l10n.t("Which runbook is followed for {0}?", sayRef(session, ref)),
    choices: suggested.map(({ runbook, why }) => runbookChoice(runbook, why)),
  });
  if (answer.kind !== "next") return undefined;
  const runbook = await session.runbooks.get(answer.value.path);
  return runbook === undefined ? failed({ kind: "missing", path: answer.value.path }) : beginRun(tools, ref, runbook, session.ids.next());
}
