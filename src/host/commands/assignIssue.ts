import * as vscode from "vscode";
import { distinctLogins, hasLogin } from "../../core/desk/sameLogin";
import { failed, ok } from "../../core/result";
import type { CommandEnd, DeskTools } from "./command";
import { chooseNames } from "./input/chooseNames";
import { describePerson } from "./input/describePerson";
import { chooseIssue, sayRef } from "./input/pickIssue";

/** Says who works on an issue: anyone of the desk, those on duty marked, or somebody else by login. */
export async function run(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Assign issue");
  const ref = await chooseIssue(session, argument, { title, placeholder: t("Which issue?"), suits: (issue) => issue.state === "open" });
  if (ref === undefined) return undefined;
  const issue = session.issues.find(ref);
  if (issue === undefined) return failed({ kind: "gone", ref });
  const duty = Object.entries(session.clocks.holders());
  const { people } = session.desk.config();
  const me = session.account.knownMe();
  const logins = distinctLogins([...duty.map(([, login]) => login), ...issue.assignees, ...(me === undefined ? [] : [me]), ...people.map((person) => person.login)]);
  const change = await chooseNames({
    place: { title, back: false },
    placeholder: t("Who works on {0}? Tick any, then press Enter", sayRef(session, ref)),
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
