import * as vscode from "vscode";
import { type IssueFacts, issueFacts } from "../../../core/issue/issueFacts";
import type { Desk } from "../../../core/model/desk";
import { type Issue, orderedForChoice } from "../../../core/model/issue";
import { formatRef, type IssueRef } from "../../../core/model/issueRef";
import { readLogin, sameLogin } from "../../../core/model/names";
import { failed, ok, type Result } from "../../../core/model/result";
import type { DeskSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import type { Answer, FlowStep } from "../../ui/inputFlow";
import { describeIssue, homeRepository } from "../../ui/issueLabels";
import { type Choice, enterText, pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import { readIssueTarget } from "./target";

/** An issue as a choice: state, title, number and the description of its row. */
export function issueChoice(issue: Issue, desk: Desk, now: string): Choice<IssueRef> & { readonly description: string } {
  const facts = issueFacts(issue, desk);
  return {
    label: `$(${issue.state === "open" ? "issues" : "issue-closed"}) ${plainLabel(issue.title)}`,
    description: describeIssue(issue, facts, now, { closed: vscode.l10n.t("Closed"), test: vscode.l10n.t("test") }, homeRepository(desk, facts)),
    value: issue.ref,
  };
}

interface IssueQuestion<Other> {
  readonly flowStep: FlowStep;
  readonly placeholder: string;
  readonly issues: readonly Issue[];
  /** Issues that are listed first, under `heading`. The others are listed under `otherwise`. */
  readonly first?: { readonly heading: string; readonly otherwise: string; readonly belongs: (issue: Issue) => boolean };
  /** Other choices, before and after the issues. */
  readonly before?: readonly Choice<IssueRef | Other>[];
  readonly after?: readonly Choice<IssueRef | Other>[];
}

/** Asks for one of these issues, or one of the other choices. */
export function pickIssue<Other = never>(session: DeskSession, question: IssueQuestion<Other>): Promise<Answer<IssueRef | Other>> {
  const desk = session.desk.config();
  const now = session.clock.now();
  const { first } = question;
  const choices = (issues: readonly Issue[], heading: string | undefined): Choice<IssueRef | Other>[] =>
    issues.map((issue, index) => ({ ...issueChoice(issue, desk, now), ...(index === 0 && heading !== undefined ? { heading } : {}) }));
  const grouped =
    first === undefined
      ? choices(question.issues, undefined)
      : [
          ...choices(question.issues.filter(first.belongs), first.heading),
          ...choices(question.issues.filter((issue) => !first.belongs(issue)), first.otherwise),
        ];
  return pickOne({ flowStep: question.flowStep, placeholder: question.placeholder, choices: [...(question.before ?? []), ...grouped, ...(question.after ?? [])] });
}

interface IssueChoiceQuestion {
  readonly title: string;
  /** Default: “Select an issue”. */
  readonly placeholder?: string;
  /** Which issues are offered. Default: all. */
  readonly suits?: (issue: Issue) => boolean;
  readonly first?: IssueQuestion<never>["first"];
}

/** The issue in an argument, or that the user picks. `undefined` if they leave or there is none to pick. */
export async function chooseIssue(session: DeskSession, argument: unknown, question: IssueChoiceQuestion): Promise<IssueRef | undefined> {
  const target = readIssueTarget(argument);
  if (target !== undefined) return target.ref;
  const suits = question.suits ?? (() => true);
  const issues = likeliestFirst(session, (session.issues.snapshot()?.issues ?? []).filter(suits));
  if (issues.length === 0) {
    runInBackground(vscode.window.showInformationMessage(vscode.l10n.t("There are no matching issues. Declare an incident or create a request first.")), session.log);
    return undefined;
  }
  const answer = await pickIssue(session, { flowStep: { title: question.title, back: false }, placeholder: question.placeholder ?? vscode.l10n.t("Select an issue"), issues, ...(question.first === undefined ? {} : { first: question.first }) });
  return answer.kind === "next" ? answer.value : undefined;
}

/** The issue that a command is about. */
interface ChosenIssue {
  readonly ref: IssueRef;
  readonly issue: Issue;
  readonly facts: IssueFacts;
  /** Its short reference, for texts. */
  readonly reference: string;
  /** The position of a question about it, without a Back button. */
  readonly flowStep: FlowStep;
}

/** Like `chooseIssue`, with what a command about the issue needs. Fails if the issue no longer exists. */
export async function chooseKnownIssue(session: DeskSession, argument: unknown, question: IssueChoiceQuestion): Promise<Result<ChosenIssue> | undefined> {
  const ref = await chooseIssue(session, argument, question);
  if (ref === undefined) return undefined;
  const issue = session.issues.find(ref);
  if (issue === undefined) return failed({ kind: "gone", ref });
  return ok({ ref, issue, facts: session.issues.factsOf(issue), reference: shortReference(session, ref), flowStep: { title: question.title, back: false } });
}

/** Whether an issue is open. */
export function isOpen({ state }: Issue): boolean {
  return state === "open";
}

/** Issues to choose from, the likeliest first. */
export function likeliestFirst(session: DeskSession, issues: readonly Issue[]): readonly Issue[] {
  return orderedForChoice(issues, (issue) => session.issues.factsOf(issue).kind);
}

/** An issue reference, without the repository if the desk uses only one. */
export function shortReference(session: DeskSession, ref: IssueRef): string {
  const repositories = new Set(session.desk.config().kinds.flatMap((kind) => kind.repositories));
  return plainLabel(formatRef(ref, repositories.size <= 1 ? ref.repository : ""));
}

/** The description of a login in a list of people: name, current roles, and whether it is the user. */
export function describePerson(session: DeskSession, login: string): string {
  const name = session.desk.config().people.find((person) => sameLogin(person.login, login))?.name;
  const roles = Object.entries(session.clocks.holders()).flatMap(([role, holder]) => (sameLogin(holder, login) ? [role] : []));
  const isMe = sameLogin(login, session.account.knownMe() ?? "");
  return plainLabel([...(name === undefined ? [] : [name]), ...roles, ...(isMe ? [vscode.l10n.t("you")] : [])].join(" · "));
}

/** Asks for a login that is not in a list of people. */
export function enterLogin(flowStep: FlowStep): Promise<Answer<string>> {
  const t = vscode.l10n.t;
  return enterText({ flowStep, prompt: t("Enter a login"), needed: t("Enter a login, or press Escape."), refuse: (text) => (readLogin(text) === undefined ? t("Enter a login without spaces or @.") : undefined) });
}
