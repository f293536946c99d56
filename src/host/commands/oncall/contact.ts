import * as vscode from "vscode";
import type { Person } from "../../../core/model/desk";
import { sameLogin } from "../../../core/model/names";
import type { DeskSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import { pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";

/** Copies the contact details of a person. */
export async function copyContact({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const person = await choosePerson(session, argument, t("Copy contact details"), () => true);
  if (person === undefined) return undefined;
  const text = [person.name, `@${person.login}`, person.email, person.phone].filter((part) => part !== undefined).join(", ");
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(t("Copied: {0}", plainLabel(text)), 5000);
  return undefined;
}

/** Opens a new email to a person in the mail program. */
export async function mailPerson({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const person = await choosePerson(session, argument, t("Send email"), ({ email }) => email !== undefined);
  if (person?.email !== undefined) await vscode.env.openExternal(vscode.Uri.from({ scheme: "mailto", path: person.email }));
  return undefined;
}

async function choosePerson(session: DeskSession, argument: unknown, title: string, suits: (person: Person) => boolean): Promise<Person | undefined> {
  const t = vscode.l10n.t;
  const { people } = session.desk.config();
  const login = typeof argument === "object" && argument !== null && "login" in argument ? argument.login : undefined;
  const named = typeof login === "string" ? people.find((person) => sameLogin(person.login, login)) : undefined;
  if (named !== undefined && suits(named)) return named;
  const choices = people.filter(suits).map((person) => ({ label: plainLabel(person.name ?? person.login), description: plainLabel([person.email, person.phone].filter((part) => part !== undefined).join(" \u00b7 ")), value: person }));
  if (choices.length === 0) {
    runInBackground(vscode.window.showInformationMessage(t("desk.yml has no contact details. Add email or phone to the people under “people”.")), session.log);
    return undefined;
  }
  const answer = await pickOne({ flowStep: { title, back: false }, placeholder: t("Select a person"), choices });
  return answer.kind === "next" ? answer.value : undefined;
}
