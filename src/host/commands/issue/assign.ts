import * as vscode from "vscode";
import { redirectComment } from "../../../core/markup/issueTexts";
import { renderComment } from "../../../core/markup/milestone";
import { distinctLogins, hasLogin, sameLogin } from "../../../core/model/names";
import { batchOf } from "../../../core/model/operation";
import { ok } from "../../../core/model/result";
import { firstRoleOnCall } from "../../../core/oncall/rotation";
import { runInBackground } from "../../platform/background";
import { enterText } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import { chooseNames } from "../input/chooseNames";
import type { CommandEnd, DeskTools } from "../input/command";
import { chooseKnownIssue, describePerson, isOpen } from "../input/pickIssue";

/** Changes who is assigned to an issue: people of the desk, with their current roles, or any login. */
export async function assignIssue(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const chosen = await chooseKnownIssue(session, argument, { title: t("Assign issue"), suits: isOpen });
  if (chosen?.kind !== "ok") return chosen;
  const { ref, issue, reference, flowStep } = chosen.value;
  const onCall = Object.entries(session.clocks.holders());
  const { people } = session.desk.config();
  const me = session.account.knownMe();
  const logins = distinctLogins([...onCall.map(([, login]) => login), ...issue.assignees, ...(me === undefined ? [] : [me]), ...people.map((person) => person.login)]);
  const change = await chooseNames({
    flowStep,
    placeholder: t("Select who works on {0}, then press Enter", reference),
    names: logins,
    describe: (login) => describePerson(session, login),
    current: issue.assignees,
    has: hasLogin,
    other: { label: t("Someone else…"), prompt: t("Enter a login"), needed: t("Enter a login, or press Escape.") },
  });
  if (change === undefined) return undefined;
  if (change.add.length === 0 && change.remove.length === 0) return ok(undefined);
  return tools.submit(t("Assigning…"), { kind: "edit", ref, change: { kind: "assign", ...change } });
}

/** Reassigns an issue to whoever is on call, with a comment that mentions them. */
export async function redirectToPrimary(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const holders = session.clocks.holders();
  const role = firstRoleOnCall(session.desk.config(), holders);
  const primary = role === undefined ? undefined : holders[role];
  if (role === undefined || primary === undefined) {
    const open = t("Open desk.yml");
    const chosen = await vscode.window.showInformationMessage(t("Nobody is on call now. Check the rotation in desk.yml."), open);
    if (chosen === open) await vscode.commands.executeCommand("responseDesk.desk.open");
    return undefined;
  }
  const chosen = await chooseKnownIssue(session, argument, { title: t("Redirect to primary"), suits: (issue) => isOpen(issue) && !hasLogin(issue.assignees, primary) });
  if (chosen?.kind !== "ok") return chosen;
  const { ref, issue, reference, flowStep } = chosen.value;
  if (hasLogin(issue.assignees, primary)) {
    runInBackground(vscode.window.showInformationMessage(t("{0} is already assigned to {1} ({2}).", reference, plainLabel(primary), role)), session.log);
    return undefined;
  }
  const me = await session.account.me();
  if (me === undefined) return undefined;
  const note = await enterText({ flowStep, prompt: t("What should {0} ({1}) know about {2}?", plainLabel(primary), role, reference), placeholder: t("Optional") });
  if (note.kind !== "next") return undefined;
  return tools.submit(t("Redirecting…"), batchOf([
    { kind: "comment", ref, markdown: renderComment(redirectComment(primary, role, note.value)) },
    { kind: "edit", ref, change: { kind: "assign", add: [primary], remove: issue.assignees.filter((login) => sameLogin(login, me)) } },
  ]));
}
