import * as vscode from "vscode";
import { rotationsOf } from "../../core/desk/roles";
import { hasLogin, sameLogin } from "../../core/desk/sameLogin";
import { batchOf } from "../../core/issue/operation";
import { failed } from "../../core/result";
import { plainLabel } from "../views/plainLabel";
import type { CommandEnd, DeskTools } from "./command";
import { enterText } from "./input/enterText";
import { chooseIssue, sayRef } from "./input/pickIssue";
import { runInBackground } from "../platform/background";

/** Hands an issue that reached somebody else over to whoever is on duty, with a comment that calls them. */
export async function run(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Redirect to primary");
  const [role] = rotationsOf(session.desk.config()).flatMap((rotation) => rotation.roles);
  const primary = role === undefined ? undefined : session.clocks.holders()[role];
  if (role === undefined || primary === undefined) {
    const open = t("Open desk.yml");
    const chosen = await vscode.window.showInformationMessage(t("Nobody is on duty now: the rotation in desk.yml tells who is."), open);
    if (chosen === open) await vscode.commands.executeCommand("responseDesk.desk.open");
    return undefined;
  }
  const ref = await chooseIssue(session, argument, { title, placeholder: t("Which issue?"), suits: (issue) => issue.state === "open" && !hasLogin(issue.assignees, primary) });
  if (ref === undefined) return undefined;
  const issue = session.issues.find(ref);
  if (issue === undefined) return failed({ kind: "gone", ref });
  if (hasLogin(issue.assignees, primary)) {
    runInBackground(vscode.window.showInformationMessage(t("{0} is assigned to {1} ({2}) already.", sayRef(session, ref), plainLabel(primary), role)), session.log);
    return undefined;
  }
  const me = await session.account.me();
  if (me === undefined) return undefined;
  const said = await enterText({ place: { title, back: false }, prompt: t("What should {0} ({1}) know of {2}?", plainLabel(primary), role, sayRef(session, ref)), placeholder: t("May be left empty") });
  if (said.kind !== "next") return undefined;
  return tools.submit(t("Handing over…"), batchOf([
    { kind: "comment", ref, markdown: `@${primary} (${role}): ${said.value === "" ? "this is for whoever is on duty." : said.value}` },
    { kind: "edit", ref, change: { kind: "assign", add: [primary], remove: issue.assignees.filter((login) => sameLogin(login, me)) } },
  ]));
}
