import * as vscode from "vscode";
import type { Desk, Duration, Kind } from "../../core/desk/desk";
import { findKind } from "../../core/desk/kindOf";
import { sameLogin } from "../../core/desk/sameLogin";
import { isAwayOn } from "../../core/duty/away";
import { dateTextOf } from "../../core/duty/localTime";
import { holdingAt } from "../../core/duty/rotation";
import type { Issue } from "../../core/issue/issue";
import { localRepository, type IssueRef } from "../../core/issue/issueRef";
import { assertNever } from "../../core/result";
import { namedIssues } from "../../core/runbook/namedIssues";
import type { RunbookName } from "../../core/runbook/namesInLine";
import type { RunbookDetails } from "../../core/runbook/runbook";
import { variableSource } from "../../core/runbook/templateVariables";
import { templateValues } from "../commands/linked/templateValues";
import type { DeskSession } from "../app/session";
import { describeIssue } from "../views/describeIssue";
import { safeTooltip } from "../views/safeMarkdown";
import { sayInstant } from "../views/sayInstant";

/** What a hover says of a name, as it is now; nothing when the desk knows nothing of it. People's words stand in it as words. */
export function hoverWords(name: RunbookName, session: DeskSession, details: RunbookDetails): readonly vscode.MarkdownString[] {
  const desk = session.desk.config();
  switch (name.kind) {
    case "kind": {
      const kind = findKind(desk, name.name);
      return kind === undefined ? [] : [kindWords(kind)];
    }
    case "role":
      return [safeTooltip(`@${name.name}`, roleLines(name.name, session))];
    case "person":
      return [personWords(name.login, session)];
    case "issue":
      return namedIssues(name, details, desk, session.issues.snapshot()?.issues ?? []).slice(0, mostIssues).flatMap((issue) => [issueWords(issue, session), openLink(issue.ref)]);
    case "variable":
      return [safeTooltip(`{{${name.name}}}`, [variableLine(name.name, session)])];
    default:
      return assertNever(name);
  }
}

/** A number alone may mean an issue in each of several repositories. */
const mostIssues = 3;

function kindWords(kind: Kind): vscode.MarkdownString {
  const t = vscode.l10n.t;
  const times = [
    ...(kind.triageWithin === undefined ? [] : [t("triage within {0}", durationText(kind.triageWithin))]),
    ...(kind.respondWithin === undefined ? [] : [t("first response within {0}", durationText(kind.respondWithin))]),
  ];
  return safeTooltip(kind.name, [
    t("New ones go to {0}", kind.repositories.join(", ")),
    ...(times.length === 0 ? [] : [times.join(", ")]),
    ...(kind.runbook === undefined ? [] : [t("Runbook: {0}", kind.runbook)]),
  ]);
}

function durationText({ amount, unit }: Duration): string {
  return `${amount}${unit}`;
}

function roleLines(role: string, session: DeskSession): readonly string[] {
  const t = vscode.l10n.t;
  const desk = session.desk.config();
  const now = session.clock.now();
  const holding = holdingAt(desk, now)[role];
  if (holding !== undefined) return [t("{0} until {1}", personName(holding.login, desk), sayInstant(holding.to, now, desk.timezone, vscode.env.language))];
  const people = desk.people.filter((person) => person.roles.includes(role));
  if (people.length > 0) return [people.map((person) => personName(person.login, desk)).join(", ")];
  return [role === "lead" ? t("Whoever leads the incident, chosen when it is declared") : t("Nobody holds this role now")];
}

function personWords(login: string, session: DeskSession): vscode.MarkdownString {
  const t = vscode.l10n.t;
  const desk = session.desk.config();
  const person = desk.people.find((one) => sameLogin(one.login, login));
  const held = Object.entries(session.clocks.holders()).flatMap(([role, holder]) => (sameLogin(holder, login) ? [`@${role}`] : []));
  const own = (person?.roles ?? []).map((role) => `@${role}`);
  const roles = [...new Set([...held, ...own])];
  const away = person !== undefined && isAwayOn(person, dateTextOf(session.clock.now(), desk.timezone));
  return safeTooltip(personName(login, desk), [...(roles.length === 0 ? [] : [t("Now {0}", roles.join(", "))]), ...(away ? [t("Away today")] : [])]);
}

function personName(login: string, desk: Desk): string {
  const name = desk.people.find((person) => sameLogin(person.login, login))?.name;
  return name === undefined ? login : `${name} (${login})`;
}

function issueWords(issue: Issue, session: DeskSession): vscode.MarkdownString {
  const t = vscode.l10n.t;
  const facts = session.issues.factsOf(issue);
  const assignees = issue.assignees.length === 0 ? t("nobody is assigned") : t("assigned to {0}", issue.assignees.join(", "));
  return safeTooltip(issue.title, [
    describeIssue({ ...issue, assignees: [] }, facts, session.clock.now(), { closed: t("Closed") }, localRepository),
    issue.state === "open" ? t("Open, {0}", assignees) : t("Closed, {0}", assignees),
  ]);
}

/** Only our own words and a reference stand in what is trusted. */
function openLink({ repository, number }: IssueRef): vscode.MarkdownString {
  const target = encodeURIComponent(JSON.stringify([{ repository, number }]));
  const link = new vscode.MarkdownString(`[${vscode.l10n.t("Open issue")}](command:responseDesk.issue.open?${target})`);
  link.isTrusted = { enabledCommands: ["responseDesk.issue.open"] };
  return link;
}

function variableLine(name: string, session: DeskSession): string {
  const t = vscode.l10n.t;
  const desk = session.desk.config();
  const me = session.account.knownMe();
  const values = templateValues({ desk, now: session.clock.now(), holders: session.clocks.holders(), ...(me === undefined ? {} : { me }) });
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  if (value !== undefined) return t("Now: {0}", value);
  switch (variableSource(name, desk)) {
    case "parent":
      return t("Taken from the issue that the new one is created from");
    case "role":
      return t("Whoever holds the role when the issue is created");
    default:
      return t("Asked for once, when the issue is created");
  }
}
