import * as vscode from "vscode";
import { hasLogin } from "../../core/desk/sameLogin";
import { renderMoment } from "../../core/incident/moment";
import { batchOf } from "../../core/issue/operation";
import { failed } from "../../core/result";
import { plainLabel } from "../views/plainLabel";
import { sayInstant } from "../views/sayInstant";
import type { CommandEnd, DeskTools } from "./command";
import { chooseIssue, sayRef } from "./input/pickIssue";
import { runInBackground } from "../platform/background";

/** Says that the person at the keyboard has seen an issue and works on it: it is theirs, and its response clock stops. */
export async function run(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const ref = await chooseIssue(session, argument, {
    title: t("Acknowledge issue"),
    placeholder: t("Which issue?"),
    suits: (issue) => issue.state === "open" && session.clocks.clockOf(issue).acknowledged === undefined,
  });
  if (ref === undefined) return undefined;
  const issue = session.issues.find(ref);
  if (issue === undefined) return failed({ kind: "gone", ref });
  const { acknowledged } = session.clocks.clockOf(issue);
  if (acknowledged !== undefined) {
    const desk = session.desk.config();
    const when = sayInstant(acknowledged.at, session.clock.now(), desk.timezone, vscode.env.language);
    runInBackground(vscode.window.showInformationMessage(t("{0} was acknowledged by {1} at {2}.", sayRef(session, ref), plainLabel(acknowledged.by ?? t("somebody")), when)), session.log);
    return undefined;
  }
  const me = await session.account.me();
  if (me === undefined) return undefined;
  return tools.submit(t("Acknowledging…"), batchOf([
    { kind: "comment", ref, markdown: renderMoment("acknowledged", "") },
    ...(hasLogin(issue.assignees, me) ? [] : [{ kind: "edit" as const, ref, change: { kind: "assign" as const, add: [me], remove: [] } }]),
  ]));
}
