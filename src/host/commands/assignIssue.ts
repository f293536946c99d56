import * as vscode from "vscode";
import { distinctLogins, hasLogin } from "../../core/desk/sameLogin";
import { failed, ok } from "../../core/result";
import { plainLabel } from "../views/plainLabel";
import type { CommandEnd, DeskTools } from "./command";
import { enterText } from "./input/enterText";
import { describePerson } from "./input/describePerson";
import { pickMany } from "./input/pick";
import { chooseIssue, sayRef } from "./input/pickIssue";

/** Says who works on an issue: anyone of the desk, those on duty marked, or somebody else by login. */
export async function run(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Assign issue");
  const ref = await chooseIssue(session, argument, { title, placeholder: t("Which issue?"), suits: (issue) => issue.state === "open" });
  if (ref === undefined) return undefined;
  const issue = session.issue(ref);
  if (issue === undefined) return failed({ kind: "gone", ref });
  const duty = Object.entries(session.holders());
  const { people } = session.desk().desk;
  const me = session.knownMe();
  const logins = distinctLogins([...duty.map(([, login]) => login), ...issue.assignees, ...(me === undefined ? [] : [me]), ...people.map((person) => person.login)]);
  const answer = await pickMany<{ readonly login?: string }>({
    place: { title, back: false },
    placeholder: t("Who works on {0}? Tick any, then press Enter", sayRef(session, ref)),
    choices: [
      ...logins.map((login) => ({
        label: plainLabel(login),
        description: describePerson(session, login),
        value: { login },
        picked: hasLogin(issue.assignees, login),
      })),
      { label: `$(add) ${t("Someone else…")}`, value: {} },
    ],
  });
  if (answer.kind !== "next") return undefined;
  const chosen = answer.value.flatMap(({ login }) => (login === undefined ? [] : [login]));
  const other = answer.value.some(({ login }) => login === undefined)
    ? await enterText({ place: { title, back: false }, prompt: t("Login of the person"), needed: t("Type a login, or press Escape.") })
    : undefined;
  if (other !== undefined && other.kind !== "next") return undefined;
  const wanted = [...chosen, ...(other === undefined ? [] : [other.value])];
  const add = wanted.filter((login) => !hasLogin(issue.assignees, login));
  const remove = issue.assignees.filter((login) => !hasLogin(wanted, login));
  if (add.length === 0 && remove.length === 0) return ok(undefined);
  return tools.submit(t("Assigning…"), { kind: "edit", ref, change: { kind: "assign", add, remove } });
}
