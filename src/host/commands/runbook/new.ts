import * as vscode from "vscode";
import { dateTextOf } from "../../../core/calendar/localTime";
import type { IssueFacts } from "../../../core/issue/issueFacts";
import { firstWrittenOn } from "../../../core/markup/issueTexts";
import { deskRoles } from "../../../core/model/desk";
import type { Issue } from "../../../core/model/issue";
import { formatRef } from "../../../core/model/issueRef";
import { replaceComments } from "../../../core/model/markdownText";
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

/** Creates a runbook from a template, as an unsaved document. */
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
  /** Empty if starting the runbook creates no issue. */
  readonly kind?: string;
  readonly role?: string;
}

function questions(session: DeskSession): readonly Question<Answers>[] {
  const t = vscode.l10n.t;
  const desk = session.desk.config();
  return [
    {
      async ask(state, flowStep) {
        const answer = await pickOne({ flowStep, placeholder: t("Select a template"), choices: forms(), active: (form) => form === state.form });
        return answer.kind === "next" ? next({ ...state, form: answer.value }) : answer;
      },
    },
    {
      applies: ({ form }) => form !== "checklist",
      async ask(state, flowStep) {
        const choices: readonly Choice<string>[] = [...desk.kinds.map(({ name }) => ({ label: plainLabel(name), value: name })), { label: t("Nothing"), value: "" }];
        const answer = await pickOne({ flowStep, placeholder: t("What does starting the runbook create?"), choices, active: (kind) => kind === state.kind });
        return answer.kind === "next" ? next({ ...state, kind: answer.value }) : answer;
      },
    },
    {
      applies: ({ form }) => form === "checklist",
      async ask(state, flowStep) {
        const choices = deskRoles(desk).map((role) => ({ label: plainLabel(role), value: role }));
        const answer = await pickOne({ flowStep, placeholder: t("Select a role for the checklist"), choices, active: (role) => role === state.role });
        return answer.kind === "next" ? next({ ...state, role: answer.value }) : answer;
      },
    },
    {
      async ask(state, flowStep) {
        const answer = await enterText({ flowStep, prompt: t("Title of the runbook"), value: state.title, needed: t("A runbook needs a title.") });
        return answer.kind === "next" ? next({ ...state, title: answer.value }) : answer;
      },
    },
  ];
}

function forms(): readonly Choice<RunbookForm>[] {
  const t = vscode.l10n.t;
  return [
    { label: `$(checklist) ${t("Steps")}`, detail: t("An empty procedure"), value: "plain" },
    { label: `$(flame) ${t("Response")}`, detail: t("Acknowledge, mitigate and close, with a decision"), value: "response" },
    { label: `$(milestone) ${t("Stages with Gates")}`, detail: t("Later steps are locked until each gate is passed"), value: "gates" },
    { label: `$(calendar) ${t("Role Checklist")}`, detail: t("The daily tasks of somebody on call"), value: "checklist" },
  ];
}

/** Drafts a runbook from the selection in the editor, or from the text or a comment of an issue. */
export async function promoteRunbook(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const selected = readIssueTarget(argument) === undefined ? selectedText() : undefined;
  const found = selected === undefined ? await textOnIssue(tools, argument) : ok({ text: selected, match: [] });
  if (found?.kind !== "ok") return found;
  const { text, ...about } = found.value;
  const document = readMarkdown(text);
  const flowStep = { title: vscode.l10n.t("Promote to runbook"), back: false };
  const title = await enterText({ flowStep, prompt: vscode.l10n.t("Title of the runbook"), value: promotedTitle(document), needed: vscode.l10n.t("A runbook needs a title.") });
  if (title.kind !== "next") return undefined;
  const today = dateTextOf(session.clock.now(), session.desk.config().timezone);
  await openDraft(session, title.value, promotedRunbook(document, { ...about, title: title.value, today }));
  return ok(undefined);
}

type Source = Pick<Promotion, "kind" | "match" | "source"> & { readonly text: string };

function selectedText(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  const text = editor === undefined || editor.selection.isEmpty ? "" : editor.document.getText(editor.selection);
  return text.trim() === "" ? undefined : text;
}

async function textOnIssue({ session, working }: DeskTools, argument: unknown): Promise<Result<Source> | undefined> {
  const t = vscode.l10n.t;
  const title = t("Promote to runbook");
  const ref = await chooseIssue(session, argument, { title, placeholder: t("Select the issue to create a runbook from") });
  const issue = ref === undefined ? undefined : session.issues.find(ref);
  if (ref === undefined || issue === undefined) return undefined;
  const events = await working(t("Reading the comments…"), session.store.tracker.timeline(ref));
  if (events?.kind !== "ok") return events;
  const comments = events.value.flatMap((event): readonly Choice<string>[] =>
    event.kind === "commented" && visibleMarkdown(event.markdown) !== "" ? [{ label: `$(comment) ${plainLabel(visibleMarkdown(event.markdown))}`, description: plainLabel(`${event.by} · ${dateTextOf(event.at, session.desk.config().timezone)}`), value: event.markdown }] : [],
  );
  const own: readonly Choice<string>[] = visibleMarkdown(issue.body) === "" ? [] : [{ label: `$(issues) ${t("The text of the issue")}`, detail: plainLabel(visibleMarkdown(issue.body)), value: issue.body }];
  const choices = [...comments.toReversed(), ...own];
  if (choices.length === 0) {
    runInBackground(vscode.window.showInformationMessage(t("{0} has no text or comments yet.", shortReference(session, ref))), session.log);
    return undefined;
  }
  const answer = await pickOne({ flowStep: { title, back: false }, placeholder: t("Select a text of {0}", shortReference(session, ref)), choices });
  return answer.kind === "next" ? ok(promoted(answer.value, issue, session.issues.factsOf(issue))) : undefined;
}

function promoted(text: string, issue: Issue, { kind, services }: IssueFacts): Source {
  const name = formatRef(issue.ref, "");
  const source = issue.location.kind === "web" ? `[${name}](${issue.location.url})` : name;
  return { text, match: services, source: firstWrittenOn(source), ...(kind === undefined ? {} : { kind }) };
}

/** The text without hidden marks. */
function visibleMarkdown(markdown: string): string {
  return replaceComments(markdown, " ").trim();
}
