import * as vscode from "vscode";
import { formDraft } from "../../../core/forms/renderForm";
import { draftIssue } from "../../../core/issue/draftIssue";
import { kindLabel } from "../../../core/issue/issueFacts";
import { type Desk, findKind } from "../../../core/model/desk";
import type { IssueForm } from "../../../core/model/issueForm";
import { type IssueRef, sameRef } from "../../../core/model/issueRef";
import { ok } from "../../../core/model/result";
import { fillTemplate } from "../../../core/runbook/templates";
import { runInBackground } from "../../platform/background";
import { promptAll } from "../../ui/inputFlow";
import type { CommandEnd, DeskTools } from "../input/command";
import { shortReference } from "../input/pickIssue";
import { revealIssue } from "../input/show";
import { chosenForm, fieldQuestions, type FormContext, formQuestion, formReading } from "../issue/formQuestions";
import { answersIn } from "../issue/formState";
import type { LinkOrigin } from "./linkOrigin";
import {
  anotherQuestion,
  kindChoices,
  kindQuestion,
  knownValues,
  linkedDetailsQuestion,
  linkedRepositoryQuestion,
  linkedTitleQuestion,
  parentQuestion,
  variableQuestions,
} from "./linkedQuestions";
import { linkedInput, type LinkedState, linkTargetOf } from "./linkedState";

/** Asks for what the origin does not determine, then creates the issue, linked both ways and shown at its step. */
export async function linkedFlow(tools: DeskTools, origin: LinkOrigin): Promise<CommandEnd> {
  const { session } = tools;
  const desk = session.desk.config();
  const only = kindChoices(desk, origin).length === 1 ? kindChoices(desk, origin)[0]?.value : undefined;
  const start: LinkedState = { parent: origin.parent, values: {}, details: "", ...only };
  const repositories = kindChoices(desk, origin).flatMap(({ value }) => (value.template === undefined ? (findKind(desk, value.kind)?.repositories ?? []) : []));
  const forms: FormContext<LinkedState> = {
    tools,
    reading: formReading(tools, repositories),
    creates: (known) => known.existing === undefined && known.template === undefined,
    repository: (known) => known.repository ?? findKind(desk, known.kind ?? "")?.repositories[0],
    label: (known) => labelOf(desk, known.kind),
    save: () => undefined,
  };
  const state = await promptAll<LinkedState>(vscode.l10n.t("Create linked issue"), start, (now) => [
    anotherQuestion(tools, origin),
    ...[parentQuestion<LinkedState>(tools, origin), kindQuestion(desk, origin)].map((question) => ({
      ...question,
      applies: (known: LinkedState) => known.existing === undefined && (question.applies?.(known) ?? true),
    })),
    linkedRepositoryQuestion(desk),
    ...variableQuestions<LinkedState>(tools, now, now.template === undefined ? [] : [now.template]).map((question) => ({
      ...question,
      applies: (known: LinkedState) => known.existing === undefined,
    })),
    linkedTitleQuestion(tools, origin),
    formQuestion(forms),
    ...fieldQuestions(forms, now),
    linkedDetailsQuestion(tools, (known) => chosenForm(forms, known) === undefined),
  ]);
  return state === undefined ? undefined : finish(tools, origin, state, chosenForm(forms, state));
}

async function finish(tools: DeskTools, origin: LinkOrigin, state: LinkedState, form: IssueForm | undefined): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  if (state.existing !== undefined && origin.links.some((link) => state.existing !== undefined && sameRef(link, state.existing))) {
    await vscode.commands.executeCommand("responseDesk.issue.open", state.existing);
    return ok(undefined);
  }
  const parent = typeof state.parent === "object" ? state.parent : undefined;
  const under = parent === undefined ? undefined : linkTargetOf(session, origin, parent);
  if (state.existing !== undefined) {
    if (under === undefined) {
      await vscode.commands.executeCommand("responseDesk.issue.open", state.existing);
      return ok(undefined);
    }
    const linked = await tools.submit(t("Linking…"), { kind: "link", child: state.existing, under });
    if (linked.kind === "done") runInBackground(notifyWithLink(state.existing, t("{0} is linked to {1}.", shortReference(session, state.existing), shortReference(session, under.parent))), session.log);
    return linked;
  }

  const filled = state.template === undefined ? undefined : fillTemplate(state.template, { ...knownValues(tools, state), ...state.values });
  const input = linkedInput(session, {
    kind: state.kind ?? "",
    title: state.title ?? filled?.title ?? "",
    details: filled?.body ?? state.details,
    repository: state.repository ?? filled?.repository,
    filled,
  });
  const draft = draftIssue(session.desk.config(), formDraft(input, form, form === undefined ? {} : answersIn(state, form)));
  if (draft.kind === "failed") return draft;
  const created = await tools.submit(t("Creating the issue…"), { kind: "create", draft: draft.value, ...(under === undefined ? {} : { under }) });
  if (created.kind !== "done") return created;
  const { ref } = created.outcome;
  await revealIssue(ref);
  runInBackground(notifyWithLink(ref, under === undefined ? t("Created {0}.", shortReference(session, ref)) : t("Created {0}, linked to {1}.", shortReference(session, ref), shortReference(session, under.parent))), session.log);
  return created;
}

function labelOf(desk: Desk, name = ""): string | undefined {
  const kind = findKind(desk, name);
  return kind && kindLabel(kind);
}

async function notifyWithLink(ref: IssueRef, message: string): Promise<void> {
  const open = vscode.l10n.t("Open");
  if ((await vscode.window.showInformationMessage(message, open)) === open) await vscode.commands.executeCommand("responseDesk.issue.open", ref);
}
