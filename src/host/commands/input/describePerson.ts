import * as vscode from "vscode";
import { sameLogin } from "../../../core/desk/sameLogin";
import type { DeskSession } from "../../app/session";
import { plainLabel } from "../../views/plainLabel";

/** What stands beside a login where people are chosen: their name, the roles that they hold now, and whether it is the person at the keyboard. */
export function describePerson(session: DeskSession, login: string): string {
  const name = session.desk.config().people.find((person) => sameLogin(person.login, login))?.name;
  const roles = Object.entries(session.clocks.holders()).flatMap(([role, holder]) => (sameLogin(holder, login) ? [role] : []));
  const isMe = sameLogin(login, session.account.knownMe() ?? "");
  return plainLabel([...(name === undefined ? [] : [name]), ...roles, ...(isMe ? [vscode.l10n.t("you")] : [])].join(" · "));
}
