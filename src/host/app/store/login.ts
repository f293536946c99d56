import * as vscode from "vscode";
import type { Person } from "../../../core/model/desk";
import { readLogin } from "../../../core/model/names";
import { plainLabel } from "../../ui/safeText";

const remembered = "responseDesk.login";

/** The current user: from the user's settings, else from an earlier answer. */
interface Identity {
  known(): string | undefined;
  /** Asks if it is not known; `undefined` when dismissed. */
  get(): Promise<string | undefined>;
  /** Always asks, and stores the answer. */
  choose(): Promise<string | undefined>;
}

/** Never asks before `get` or `choose`. Offers the logins of `people`. */
export function identity(memento: vscode.Memento, people: () => readonly Person[]): Identity {
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration("responseDesk");
  const configured = (): string | undefined => readLogin(settings().inspect<string>("login")?.globalValue);
  const known = (): string | undefined => configured() ?? readLogin(memento.get(remembered));

  async function choose(): Promise<string | undefined> {
    const login = people().length === 0 ? await askText() : await pick(people());
    if (login === undefined) return undefined;
    if (configured() === undefined) await memento.update(remembered, login);
    else await settings().update("login", login, vscode.ConfigurationTarget.Global);
    return login;
  }

  return { known, choose, get: async () => known() ?? choose() };
}

async function pick(people: readonly Person[]): Promise<string | undefined> {
  const other = { label: vscode.l10n.t("Someone else…"), login: undefined };
  const chosen = await vscode.window.showQuickPick(
    [...people.map((person) => ({ label: plainLabel(person.login), description: plainLabel(person.name ?? ""), login: person.login })), other],
    { title: vscode.l10n.t("Set My Login"), placeHolder: vscode.l10n.t("Select your login. It is recorded with your steps and issues."), ignoreFocusOut: true },
  );
  if (chosen === undefined) return undefined;
  return chosen.login ?? askText();
}

async function askText(): Promise<string | undefined> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t("Set My Login"),
    prompt: vscode.l10n.t("Enter your login without the @. It is recorded with your steps and issues."),
    ignoreFocusOut: true,
    validateInput: (value) => (readLogin(value) !== undefined ? undefined : vscode.l10n.t("A login has 1 to 60 characters, without spaces, commas, @ or /.")),
  });
  return text?.trim();
}
