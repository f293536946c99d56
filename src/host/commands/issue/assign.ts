import * as vscode from "vscode";
import { rotationsOf } from "../../../core/model/desk";
import { distinctLogins, hasLogin, sameLogin } from "../../../core/model/names";
import { batchOf } from "../../../core/model/operation";
import { failed, ok } from "../../../core/model/result";
import { runInBackground } from "../../platform/background";
import { enterText } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import { chooseNames } from "../input/chooseNames";
import type { CommandEnd, DeskTools } from "../input/command";
import { chooseIssue, describePerson, shortReference } from "../input/pickIssue";

/** Says who works on an issue: anyone of the desk, those on duty marked, or somebody else by login. */
export async function assignIssue(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Assign issue");
  const ref = await chooseIssue(session, argument, { title, placeholder: t("Which issue?"), suits: (issue) => issue.state === "open" });
  if (ref === undefined) return undefined;
  const issue = session.issues.find(ref);
  if (issue === undefined) return failed({ kind: "gone", ref });
  const onCall = Object.entries(session.clocks.holders());
  const { people } = session.desk.config();
  const me = session.account.knownMe();
  const logins = distinctLogins([...onCall.map(([, login]) => login), ...issue.assignees, ...(me === undefined ? [] : [me]), ...people.map((person) => person.login)]);
  const change = await chooseNames({
    place: { title, back: false },
    placeholder: t("Who works on {0}? Tick any, then press Enter", shortReference(session, ref)),
    names: logins,
    describe: (login) => describePerson(session, login),
    current: issue.assignees,
    has: hasLogin,
    other: { label: t("Someone else…"), prompt: t("Login of the person"), needed: t("Type a login, or press Escape.") },
  });
  if (change === undefined) return undefined;
  if (change.add.length === 0 && change.remove.length === 0) return ok(undefined);
  return tools.submit(t("Assigning…"), { kind: "edit", ref, change: { kind: "assign", ...change } });
}

/** Hands an issue that reached somebody else over to whoever is on duty, with a comment that calls them. */
export async function redirectToPrimary(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
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
    runInBackground(vscode.window.showInformationMessage(t("{0} is assigned to {1} ({2}) already.", shortReference(session, ref), plainLabel(primary), role)), session.log);
    return undefined;
  }
  const me = await session.account.me();
  if (me === undefined) return undefined;
  const said = await enterText({ flowStep: { title, back: false }, prompt: t("What should {0} ({1}) know of {2}?", plainLabel(primary), role, shortReference(session, ref)), placeholder: t("May be left empty") });
  if (said.kind !== "next") return undefined;
  return tools.submit(t("Handing over…"), batchOf([
    { kind: "comment", ref, markdown: `@${primary} (${role}): ${said.value === "" ? "this is for whoever is on duty." : said.value}` },
    { kind: "edit", ref, change: { kind: "assign", add: [primary], remove: issue.assignees.filter((login) => sameLogin(login, me)) } },
  ]));
}
