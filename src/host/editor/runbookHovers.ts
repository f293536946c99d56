import * as vscode from "vscode";
import { dateTextOf } from "../../core/calendar/localTime";
import { type Desk, type Duration, findKind, type Kind } from "../../core/model/desk";
import type { Issue } from "../../core/model/issue";
import { type IssueRef, localRepository } from "../../core/model/issueRef";
import { sameLogin } from "../../core/model/names";
import { assertNever } from "../../core/model/result";
import { procedurePath } from "../../core/model/procedurePath";
import type { Runbook, RunbookDetails } from "../../core/model/runbook";
import type { StepField } from "../../core/model/stepRequests";
import { isAwayOn } from "../../core/oncall/absence";
import { holdingAt } from "../../core/oncall/rotation";
import { fieldsInLine, namedIssues, type NameInLine, namesInLine, type RunbookName, variablesInLine } from "../../core/runbook/mentions";
import { resolveRunbookLink } from "../../core/runbook/links";
import { areaAt } from "../../core/runbook/outline";
import { headingPath } from "../../core/runbook/procedure";
import { runbookContext } from "../../core/runbook/runbookContext";
import { variableSource } from "../../core/runbook/templates";
import type { DeskSession } from "../app/session";
import { knownValues } from "../app/knownValues";
import { stepCount } from "../commands/input/pickRunbook";
import { formatInstant } from "../ui/format";
import { describeIssue } from "../ui/issueLabels";
import { safeTooltip } from "../ui/safeMarkdown";
import type { ReadEditor } from "./editorText";
import type { RunbookDocuments, RunbookLocation } from "./runbookDocuments";

/** Hovers for the kinds, roles, people, issues and variables that a runbook names. */
export function runbookHovers(documents: RunbookDocuments, read: ReadEditor): vscode.HoverProvider {
  return {
    async provideHover(document, position, token) {
      const location = await documents.at(document.uri);
      if (location === undefined || token.isCancellationRequested) return undefined;
      const link = await linkHover(document, position, location, read);
      if (link !== undefined) return link;
      const found = namesAt(document, position.line, location, read).find(({ column, endColumn }) => column <= position.character && position.character <= endColumn);
      if (found === undefined) return undefined;
      const runbook = await location.session.runbooks.get(location.path);
      const contents = runbook === undefined || token.isCancellationRequested ? [] : describeName(found.name, location.session, runbook.details);
      return contents.length === 0 ? undefined : new vscode.Hover([...contents], new vscode.Range(position.line, found.column, position.line, found.endColumn));
    },
  };
}

/** The runbook or section that a link leads to. */
async function linkHover(document: vscode.TextDocument, { line, character }: vscode.Position, { session, path }: RunbookLocation, read: ReadEditor): Promise<vscode.Hover | undefined> {
  const found = read(document).links.find((link) => link.line === line && link.column <= character && character <= link.endColumn);
  const target = found === undefined ? undefined : resolveRunbookLink(path, found.href);
  const runbook = target === undefined ? undefined : ((await session.runbooks.get(procedurePath(target.path, target.fragment))) ?? (await session.runbooks.get(target.path)));
  if (found === undefined || runbook === undefined) return undefined;
  return new vscode.Hover(await procedureHover(session, runbook), new vscode.Range(line, found.column, line, found.endColumn));
}

/** The title of a runbook or section, where it is, and its number of steps. */
export async function procedureHover(session: DeskSession, runbook: Runbook): Promise<vscode.MarkdownString> {
  const whole = runbook.path === runbook.file ? undefined : await session.runbooks.get(runbook.file);
  const [section] = runbook.sections;
  const above = whole === undefined || section === undefined ? [] : [whole.title, ...headingPath(whole, section)];
  return safeTooltip(runbook.title, [...above, stepCount(runbook)]);
}

function namesAt(document: vscode.TextDocument, line: number, { session }: RunbookLocation, read: ReadEditor): readonly NameInLine[] {
  const text = document.lineAt(line).text;
  if (!/[[@#{]/.test(text)) return [];
  const names = (): readonly NameInLine[] => namesInLine(text, runbookContext(session.desk.config()));
  switch (areaAt(read(document), line)) {
    case "prose":
      return [...fieldsInLine(text), ...names()];
    case "templateHead":
      return variablesInLine(text);
    case "templateBody":
      return [...variablesInLine(text), ...names()];
    default:
      return [];
  }
}

/** The hover for a name, with current data; nothing if the desk does not know the name. Text by people is shown as plain text. */
function describeName(name: RunbookName, session: DeskSession, details: RunbookDetails): readonly vscode.MarkdownString[] {
  const desk = session.desk.config();
  switch (name.kind) {
    case "kind": {
      const kind = findKind(desk, name.name);
      return kind === undefined ? [] : [kindHover(kind)];
    }
    case "role":
      return [safeTooltip(`@${name.name}`, roleLines(name.name, session))];
    case "person":
      return [personHover(name.login, session)];
    case "issue":
      return namedIssues(name, details, desk, session.issues.snapshot()?.issues ?? []).slice(0, maxIssues).flatMap((issue) => [issueHover(issue, session), openLink(issue.ref)]);
    case "field":
      return [safeTooltip(name.field.name, fieldLines(name.field))];
    case "variable":
      return [safeTooltip(`{{${name.name}}}`, [variableLine(name.name, session)])];
    default:
      return assertNever(name);
  }
}

function fieldLines({ type, choices, required }: StepField): readonly string[] {
  const t = vscode.l10n.t;
  return [
    required ? t("Asked for when the step is done, and kept with the checklist") : t("Asked for with other values of the step, and kept with the checklist"),
    ...(choices === undefined ? (type === undefined ? [] : [t("Type: {0}", type)]) : [t("One of {0}", choices.join(", "))]),
  ];
}

/** A number without repository can refer to an issue in each of several repositories. */
const maxIssues = 3;

function kindHover(kind: Kind): vscode.MarkdownString {
  const t = vscode.l10n.t;
  const times = [
    ...(kind.triageWithin === undefined ? [] : [t("triage within {0}", durationText(kind.triageWithin))]),
    ...(kind.respondWithin === undefined ? [] : [t("first response within {0}", durationText(kind.respondWithin))]),
  ];
  return safeTooltip(kind.name, [
    t("New issues are created in {0}", kind.repositories.join(", ")),
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
  if (holding !== undefined) return [t("{0} until {1}", personName(holding.login, desk), formatInstant(holding.to, now, desk.timezone, vscode.env.language))];
  const people = desk.people.filter((person) => person.roles.includes(role));
  if (people.length > 0) return [people.map((person) => personName(person.login, desk)).join(", ")];
  return [role === "lead" ? t("The incident lead, selected when the incident is declared") : t("No one has this role now")];
}

function personHover(login: string, session: DeskSession): vscode.MarkdownString {
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

function issueHover(issue: Issue, session: DeskSession): vscode.MarkdownString {
  const t = vscode.l10n.t;
  const facts = session.issues.factsOf(issue);
  const assignees = issue.assignees.length === 0 ? t("unassigned") : t("assigned to {0}", issue.assignees.join(", "));
  return safeTooltip(issue.title, [
    describeIssue({ ...issue, assignees: [] }, facts, session.clock.now(), { closed: t("Closed"), test: t("test") }, localRepository),
    issue.state === "open" ? t("Open, {0}", assignees) : t("Closed, {0}", assignees),
  ]);
}

/** The trusted Markdown contains only our own text and a reference. */
function openLink({ repository, number }: IssueRef): vscode.MarkdownString {
  const target = encodeURIComponent(JSON.stringify([{ repository, number }]));
  const link = new vscode.MarkdownString(`[${vscode.l10n.t("Open issue")}](command:responseDesk.issue.open?${target})`);
  link.isTrusted = { enabledCommands: ["responseDesk.issue.open"] };
  return link;
}

function variableLine(name: string, session: DeskSession): string {
  const t = vscode.l10n.t;
  const values = knownValues(session, undefined);
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  if (value !== undefined) return t("Now: {0}", value);
  switch (variableSource(name, session.desk.config())) {
    case "parent":
      return t("Copied from the parent issue");
    case "role":
      return t("The person in this role when the issue is created");
    default:
      return t("Requested once, when the issue is created");
  }
}
