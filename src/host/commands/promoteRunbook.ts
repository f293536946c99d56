import * as vscode from "vscode";
import { dateTextOf } from "../../core/duty/localTime";
import type { Issue } from "../../core/issue/issue";
import type { IssueFacts } from "../../core/issue/issueFacts";
import { formatRef } from "../../core/issue/issueRef";
import { ok, type Result } from "../../core/result";
import { promotedRunbook, promotedTitle, type Promotion } from "../../core/runbook/promoteText";
import { readMarkdown } from "../../markdown/readMarkdown";
import { plainLabel } from "../views/plainLabel";
import type { CommandEnd, DeskTools } from "./command";
import { enterText } from "./input/enterText";
import { openDraft } from "./input/openDraft";
import { pickOne, type Choice } from "./input/pick";
import { chooseIssue, sayRef } from "./input/pickIssue";
import { readIssueTarget } from "./input/readTarget";
import { runInBackground } from "../platform/background";

/** Makes a draft of a runbook from the words selected in an editor, or from an issue's text or one of its comments. */
export async function run(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const selected = readIssueTarget(argument) === undefined ? selectedText() : undefined;
  const found = selected === undefined ? await writtenOn(tools, argument) : ok({ text: selected, match: [] });
  if (found?.kind !== "ok") return found;
  const { text, ...about } = found.value;
  const document = readMarkdown(text);
  const place = { title: vscode.l10n.t("Promote to runbook"), back: false };
  const title = await enterText({ place, prompt: vscode.l10n.t("The runbook's title"), value: promotedTitle(document), needed: vscode.l10n.t("A runbook needs a title.") });
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
    runInBackground(vscode.window.showInformationMessage(t("Nothing is written on {0} yet.", sayRef(session, ref))), session.log);
    return undefined;
  }
  const answer = await pickOne({ place: { title, back: false }, placeholder: t("Which words of {0}?", sayRef(session, ref)), choices });
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
