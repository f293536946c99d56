import * as vscode from "vscode";
import { dateTextOf } from "../../../core/calendar/localTime";
import type { IssueFacts } from "../../../core/issue/issueFacts";
import { deskRoles } from "../../../core/model/desk";
import type { Issue } from "../../../core/model/issue";
import { formatRef } from "../../../core/model/issueRef";
import { ok, type Result } from "../../../core/model/result";
import { newRunbook, promotedRunbook, promotedTitle, type Promotion, type RunbookForm } from "../../../core/runbook/newRunbook";
import { readMarkdown } from "../../../markdown/readMarkdown";
import type { DeskSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import { next, promptAll, type Question } from "../../ui/inputFlow";
import { type Choice, enterText, pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { openDraft } from "../input/details";
import { chooseIssue, shortReference } from "../input/pickIssue";
import { readIssueTarget } from "../input/target";

/** Begins a runbook from one of a few forms, in an editor that is not saved yet. */
export async function createRunbook({ session }: DeskTools): Promise<CommandEnd> {
  const answers = await promptAll<Answers>(vscode.l10n.t("New runbook"), { form: "plain", title: "" }, questions(session));
  if (answers === undefined) return undefined;
  const desk = session.desk.config();
  const { form, title, kind, role } = answers;
  const today = dateTextOf(session.clock.now(), desk.timezone);
  await openDraft(session, title, newRunbook({ form, title, today, ...(kind === undefined || kind === "" ? {} : { kind }), ...(role === undefined ? {} : { role }) }));
  return ok(undefined);
}

interface Answers {
  readonly form: RunbookForm;
  readonly title: string;
  /** Empty: starting it creates nothing. */
  readonly kind?: string;
  readonly role?: string;
}

function questions(session: DeskSession): readonly Question<Answers>[] {
  const t = vscode.l10n.t;
  const desk = session.desk.config();
  return [
    {
      async ask(state, flowStep) {
        const answer = await pickOne({ flowStep, placeholder: t("What is it for?"), choices: forms(), active: (form) => form === state.form });
        return answer.kind === "next" ? next({ ...state, form: answer.value }) : answer;
      },
    },
    {
      applies: ({ form }) => form !== "checklist",
      async ask(state, flowStep) {
        const choices: readonly Choice<string>[] = [...desk.kinds.map(({ name }) => ({ label: plainLabel(name), value: name })), { label: t("Nothing"), value: "" }];
        const answer = await pickOne({ flowStep, placeholder: t("What does starting it create?"), choices, active: (kind) => kind === state.kind });
        return answer.kind === "next" ? next({ ...state, kind: answer.value }) : answer;
      },
    },
    {
      applies: ({ form }) => form === "checklist",
      async ask(state, flowStep) {
        const choices = deskRoles(desk).map((role) => ({ label: plainLabel(role), value: role }));
        const answer = await pickOne({ flowStep, placeholder: t("Whose checklist is it?"), choices, active: (role) => role === state.role });
        return answer.kind === "next" ? next({ ...state, role: answer.value }) : answer;
      },
    },
    {
      async ask(state, flowStep) {
        const answer = await enterText({ flowStep, prompt: t("The runbook's title"), value: state.title, needed: t("A runbook needs a title.") });
        return answer.kind === "next" ? next({ ...state, title: answer.value }) : answer;
      },
    },
  ];
}

function forms(): readonly Choice<RunbookForm>[] {
  const t = vscode.l10n.t;
  return [
    { label: `$(checklist) ${t("Steps")}`, detail: t("An empty procedure"), value: "plain" },
    { label: `$(flame) ${t("Response")}`, detail: t("Answer, mend and close, with a decision"), value: "response" },
    { label: `$(milestone) ${t("Stages with gates")}`, detail: t("Nothing goes on before each gate's items are done"), value: "gates" },
    { label: `$(calendar) ${t("Checklist of a role")}`, detail: t("What somebody on duty goes through every day"), value: "checklist" },
  ];
}

/** Makes a draft of a runbook from the words selected in an editor, or from an issue's text or one of its comments. */
export async function promoteRunbook(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const selected = readIssueTarget(argument) === undefined ? selectedText() : undefined;
  const found = selected === undefined ? await writtenOn(tools, argument) : ok({ text: selected, match: [] });
  if (found?.kind !== "ok") return found;
  const { text, ...about } = found.value;
  const document = readMarkdown(text);
  const flowStep = { title: vscode.l10n.t("Promote to runbook"), back: false };
  const title = await enterText({ flowStep, prompt: vscode.l10n.t("The runbook's title"), value: promotedTitle(document), needed: vscode.l10n.t("A runbook needs a title.") });
  if (title.kind !== "next") return undefined;
  const today = dateTextOf(session.clock.now(), session.desk.config().timezone);
  await openDraft(session, title.value, promotedRunbook(document, { ...about, title: title.value, today }));
  return ok(undefined);
}

type Written = Pick<Promotion, "kind" | "match" | "source"> & { readonly text: string };

function selectedText(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  const text = editor === undefined || editor.selection.isEmpty ? "" : editor.document.getText(editor.selection);
  return text.trim() === "" ? undefined : text;
}

async function writtenOn({ session, working }: DeskTools, argument: unknown): Promise<Result<Written> | undefined> {
  const t = vscode.l10n.t;
  const title = t("Promote to runbook");
  const ref = await chooseIssue(session, argument, { title, placeholder: t("Which issue has what others should know?") });
  const issue = ref === undefined ? undefined : session.issues.find(ref);
  if (ref === undefined || issue === undefined) return undefined;
  const events = await working(t("Reading the comments…"), session.store.tracker.timeline(ref));
  if (events?.kind !== "ok") return events;
  const comments = events.value.flatMap((event): readonly Choice<string>[] =>
    event.kind === "commented" && wordsOf(event.markdown) !== "" ? [{ label: `$(comment) ${plainLabel(wordsOf(event.markdown))}`, description: plainLabel(`${event.by} · ${dateTextOf(event.at, session.desk.config().timezone)}`), value: event.markdown }] : [],
  );
  const own: readonly Choice<string>[] = wordsOf(issue.body) === "" ? [] : [{ label: `$(issues) ${t("The issue's own text")}`, detail: plainLabel(wordsOf(issue.body)), value: issue.body }];
  const choices = [...comments.toReversed(), ...own];
  if (choices.length === 0) {
    runInBackground(vscode.window.showInformationMessage(t("Nothing is written on {0} yet.", shortReference(session, ref))), session.log);
    return undefined;
  }
  const answer = await pickOne({ flowStep: { title, back: false }, placeholder: t("Which words of {0}?", shortReference(session, ref)), choices });
  return answer.kind === "next" ? ok(promoted(answer.value, issue, session.issues.factsOf(issue))) : undefined;
}

function promoted(text: string, issue: Issue, { kind, services }: IssueFacts): Written {
  const name = formatRef(issue.ref, "");
  const source = issue.location.kind === "web" ? `[${name}](${issue.location.url})` : name;
  return { text, match: services, source: vscode.l10n.t("First written on {0}.", source), ...(kind === undefined ? {} : { kind }) };
}

/** What a person reads of it, without hidden marks. */
function wordsOf(markdown: string): string {
  return markdown.replace(/<!--[^]*?-->/g, " ").trim();
}
