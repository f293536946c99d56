import * as v from "valibot";
import * as vscode from "vscode";
import { incidentState, type IncidentState } from "../../../core/incident/incidentState";
import { holderProblem, leadRole, roleOperations, type RoleProblemCode } from "../../../core/incident/roles";
import type { Issue } from "../../../core/model/issue";
import { distinctLogins, readLogin, sameLogin, sameName } from "../../../core/model/names";
import { batchOf } from "../../../core/model/operation";
import { parseData } from "../../../core/model/parseData";
import { assertNever } from "../../../core/model/result";
import type { DeskSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import { type Answer, next } from "../../ui/inputFlow";
import { nameIn } from "../../ui/people";
import { type Choice, pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { chooseKnownIssue, describePerson, enterLogin, isOpen, shortReference } from "../input/pickIssue";

/** Gives a role in an incident to a person, or to nobody. One person has it at a time. */
export async function assignRole(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const title = vscode.l10n.t("Assign role");
  const chosen = await chooseKnownIssue(session, argument, { title, suits: isOpen });
  if (chosen?.kind !== "ok") return chosen;
  const { issue } = chosen.value;
  const state = incidentState(session.desk.config(), issue);
  const asked = readRoleArgument(session, argument);
  for (;;) {
    const role = asked.role !== undefined ? next(asked.role) : await pickRole(session, title, issue, state);
    if (role.kind !== "next") return undefined;
    const login = asked.login !== undefined ? next(asked.login) : await pickHolder(session, title, issue, state, role.value, asked.role === undefined);
    if (login.kind === "back") continue;
    return login.kind === "next" ? assign(tools, issue, state, role.value, login.value) : undefined;
  }
}

/** Gives a role in an incident to the user. Asks which one if the desk has several and the argument names none. */
export async function takeRole(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const title = vscode.l10n.t("Take role");
  const chosen = await chooseKnownIssue(session, argument, { title, suits: isOpen });
  if (chosen?.kind !== "ok") return chosen;
  const { issue } = chosen.value;
  const desk = session.desk.config();
  const state = incidentState(desk, issue);
  const asked = readRoleArgument(session, argument).role;
  const role = asked !== undefined ? next(asked) : desk.incidentRoles.length === 1 ? next(leadRole) : await pickRole(session, title, issue, state);
  if (role.kind !== "next") return undefined;
  const me = await session.account.me();
  return me === undefined ? undefined : assign(tools, issue, state, role.value, me);
}

async function assign(tools: DeskTools, issue: Issue, state: IncidentState, role: string, login: string): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const before = state.roles.find((held) => sameName(held.role, role))?.login ?? "";
  if (sameLogin(before, login)) {
    const text = login === "" ? t("Nobody has the role {0}.", plainLabel(role)) : t("{0} already has the role {1}.", nameIn(session.desk.config(), login), plainLabel(role));
    runInBackground(vscode.window.showInformationMessage(text), session.log);
    return undefined;
  }
  return tools.submit(t("Assigning the role…"), batchOf(roleOperations(issue, state, role, login)));
}

function pickRole(session: DeskSession, title: string, issue: Issue, state: IncidentState): Promise<Answer<string>> {
  const t = vscode.l10n.t;
  const desk = session.desk.config();
  return pickOne({
    flowStep: { title, back: false },
    placeholder: t("Which role on {0}?", shortReference(session, issue.ref)),
    choices: desk.incidentRoles.map((role) => {
      const login = state.roles.find((held) => sameName(held.role, role))?.login;
      return { label: plainLabel(role), description: login === undefined ? t("nobody") : nameIn(desk, login), ...problemOf(session, role, login ?? ""), value: role };
    }),
  });
}

async function pickHolder(session: DeskSession, title: string, issue: Issue, state: IncidentState, role: string, back: boolean): Promise<Answer<string>> {
  const t = vscode.l10n.t;
  const flowStep = { title: `${title}: ${plainLabel(role)}`, back };
  const before = state.roles.find((held) => sameName(held.role, role))?.login;
  const me = session.account.knownMe();
  const onCall = Object.values(session.clocks.holders());
  const logins = distinctLogins([...(me === undefined ? [] : [me]), ...onCall, ...issue.assignees, ...session.desk.config().people.map(({ login }) => login)]);
  for (;;) {
    const answer = await pickOne<{ readonly login?: string }>({
      flowStep,
      placeholder: t("Who has the role {0} on {1}?", plainLabel(role), shortReference(session, issue.ref)),
      choices: [
        ...logins.map((login): Choice<{ readonly login?: string }> => ({
          label: plainLabel(login),
          description: [describePerson(session, login), ...(sameLogin(login, before ?? "") ? [t("current")] : [])].filter((part) => part !== "").join(" · "),
          ...problemOf(session, role, login),
          value: { login },
        })),
        { label: `$(add) ${t("Someone else…")}`, value: {} },
        ...(before === undefined ? [] : [{ label: `$(dash) ${t("Nobody")}`, description: t("{0} gives up the role", nameIn(session.desk.config(), before)), value: { login: "" } }]),
      ],
    });
    if (answer.kind !== "next") return answer;
    if (answer.value.login !== undefined) return next(answer.value.login);
    const typed = await enterLogin({ ...flowStep, back: true });
    if (typed.kind !== "back") return typed;
  }
}

function problemOf(session: DeskSession, role: string, login: string): { readonly detail?: string } {
  const code = login === "" ? undefined : holderProblem(session.desk.config(), role, login, session.clock.now(), session.clocks.holders());
  return code === undefined ? {} : { detail: `$(warning) ${describeRoleProblem(code)}` };
}

/** Why somebody is a doubtful holder of a role, as a short phrase. */
function describeRoleProblem(code: RoleProblemCode): string {
  switch (code) {
    case "away":
      return vscode.l10n.t("Away today, according to desk.yml");
    case "offShift":
      return vscode.l10n.t("Not on call now");
    default:
      return assertNever(code);
  }
}

function readRoleArgument(session: DeskSession, argument: unknown): { readonly role?: string; readonly login?: string } {
  const read = parseData(v.object({ role: v.string(), login: v.exactOptional(v.string()) }), argument);
  const role = session.desk.config().incidentRoles.find((name) => sameName(name, read?.role ?? ""));
  const login = read?.login === "" ? "" : readLogin(read?.login);
  return { ...(role === undefined ? {} : { role }), ...(role === undefined || login === undefined ? {} : { login }) };
}
