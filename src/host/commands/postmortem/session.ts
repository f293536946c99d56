import * as vscode from "vscode";
import { ok, type Result } from "../../../core/model/result";
import { renderAgenda, sessionLengths } from "../../../core/postmortem/review/agenda";
import { renderOutline } from "../../../core/postmortem/review/outline";
import { fill } from "../../../protocol/fill";
import type { DeskSession } from "../../app/session";
import { adviceInput, postmortemAdvice } from "../../panels/postmortem/postmortemAdvice";
import { pickOne } from "../../ui/quickPick";
import type { CommandEnd, DeskTools } from "../input/command";
import { choosePostmortem } from "./postmortemTarget";

/** Opens the agenda of a review session as an untitled Markdown document. Asks how long the session takes. */
export async function openAgenda({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const agenda = await agendaOf(session, argument, vscode.l10n.t("Open agenda"));
  if (agenda?.kind !== "ok") return agenda;
  const document = await vscode.workspace.openTextDocument({ language: "markdown", content: agenda.value });
  await vscode.window.showTextDocument(document, { preview: false });
  return undefined;
}

/** Copies the agenda of a review session as Markdown. Asks how long the session takes. */
export async function copyAgenda({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const agenda = await agendaOf(session, argument, vscode.l10n.t("Copy agenda"));
  if (agenda?.kind !== "ok") return agenda;
  await vscode.env.clipboard.writeText(agenda.value);
  void vscode.window.setStatusBarMessage(vscode.l10n.t("$(check) Agenda copied"), 4000);
  return undefined;
}

/** Copies the outline of a post-mortem for the team's meeting as Markdown. */
export async function copyOutline({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const file = await choosePostmortem(session, argument, vscode.l10n.t("Copy outline"));
  if (file?.kind !== "ok") return file;
  await vscode.env.clipboard.writeText(renderOutline(file.value.document.postmortem));
  void vscode.window.setStatusBarMessage(vscode.l10n.t("$(check) Outline copied"), 4000);
  return undefined;
}

async function agendaOf(session: DeskSession, argument: unknown, title: string): Promise<Result<string> | undefined> {
  const file = await choosePostmortem(session, argument, title);
  if (file?.kind !== "ok") return file;
  const minutes = await pickOne({
    flowStep: { title, back: false },
    placeholder: vscode.l10n.t("How long is the session?"),
    choices: sessionLengths.map((length) => ({ label: vscode.l10n.t("{0} minutes", length), value: length })),
    active: (length) => length === 60,
  });
  if (minutes.kind !== "next") return undefined;
  const { path, document: { postmortem } } = file.value;
  // The agenda is a text for the whole team, so its questions do not depend on the display language.
  const { questions } = postmortemAdvice(adviceInput(session, postmortem, path, []), fill);
  return ok(renderAgenda(postmortem, { timezone: session.desk.config().timezone, minutes: minutes.value, questions: questions.map(({ text }) => text) }));
}
