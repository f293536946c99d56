import * as vscode from "vscode";
import type { Desk } from "../../../core/desk/desk";
import { findKind } from "../../../core/desk/kindOf";
import { formDraft } from "../../../core/forms/formDraft";
import type { IssueForm } from "../../../core/forms/issueForm";
import { draftIssue } from "../../../core/issue/draftIssue";
import { kindLabel } from "../../../core/issue/issueFacts";
import { sameRef, type IssueRef } from "../../../core/issue/issueRef";
import { ok } from "../../../core/result";
import { fillTemplate } from "../../../core/runbook/fillTemplate";
import type { CommandEnd, DeskTools } from "../command";
import { chosenForm, fieldQuestions, formQuestion, type FormScene } from "../forms/formQuestions";
import { formReading } from "../forms/formReading";
import { answersIn } from "../forms/formState";
import { askAll } from "../input/answer";
import { sayRef } from "../input/pickIssue";
import { revealIssue } from "../input/showIssue";
import { linkedInput, linkTargetOf } from "./linkedDraft";
import type { LinkedPlace } from "./linkedPlace";
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
import type { LinkedState } from "./linkedState";
import { runInBackground } from "../../platform/background";

/** Asks what the place leaves open, then creates the issue, linked both ways and shown at its step. */
export async function linkedFlow(tools: DeskTools, place: LinkedPlace): Promise<CommandEnd> {
  const { session } = tools;
  const desk = session.desk.config();
  const only = kindChoices(desk, place).length === 1 ? kindChoices(desk, place)[0]?.value : undefined;
  const start: LinkedState = { parent: place.parent, values: {}, details: "", ...only };
  const repositories = kindChoices(desk, place).flatMap(({ value }) => (value.template === undefined ? (findKind(desk, value.kind)?.repositories ?? []) : []));
  const forms: FormScene<LinkedState> = {
    tools,
    reading: formReading(tools, repositories),
    creates: (known) => known.existing === undefined && known.template === undefined,
    repository: (known) => known.repository ?? findKind(desk, known.kind ?? "")?.repositories[0],
    label: (known) => labelOf(desk, known.kind),
    keep: () => undefined,
  };
  const state = await askAll<LinkedState>(vscode.l10n.t("Create linked issue"), start, (now) => [
    anotherQuestion(tools, place),
    ...[parentQuestion<LinkedState>(tools, place), kindQuestion(desk, place)].map((question) => ({
      ...question,
      applies: (known: LinkedState) => known.existing === undefined && (question.applies?.(known) ?? true),
    })),
    linkedRepositoryQuestion(desk),
    ...variableQuestions<LinkedState>(tools, now, now.template === undefined ? [] : [now.template]).map((question) => ({
      ...question,
      applies: (known: LinkedState) => known.existing === undefined,
    })),
    linkedTitleQuestion(tools, place),
    formQuestion(forms),
    ...fieldQuestions(forms, now),
    linkedDetailsQuestion(tools, (known) => chosenForm(forms, known) === undefined),
  ]);
  return state === undefined ? undefined : finish(tools, place, state, chosenForm(forms, state));
}

async function finish(tools: DeskTools, place: LinkedPlace, state: LinkedState, form: IssueForm | undefined): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  if (state.existing !== undefined && place.links.some((link) => state.existing !== undefined && sameRef(link, state.existing))) {
    await vscode.commands.executeCommand("responseDesk.issue.open", state.existing);
    return ok(undefined);
  }
  const parent = typeof state.parent === "object" ? state.parent : undefined;
  const under = parent === undefined ? undefined : linkTargetOf(session, place, parent);
  if (state.existing !== undefined) {
    if (under === undefined) {
      await vscode.commands.executeCommand("responseDesk.issue.open", state.existing);
      return ok(undefined);
    }
    const linked = await tools.submit(t("Linking…"), { kind: "link", child: state.existing, under });
    if (linked.kind === "done") runInBackground(say(state.existing, t("{0} is linked to {1}.", sayRef(session, state.existing), sayRef(session, under.parent))), session.log);
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
  runInBackground(say(ref, under === undefined ? t("Created {0}.", sayRef(session, ref)) : t("Created {0}, linked to {1}.", sayRef(session, ref), sayRef(session, under.parent))), session.log);
  return created;
}

function labelOf(desk: Desk, name = ""): string | undefined {
  const kind = findKind(desk, name);
  return kind && kindLabel(kind);
}

async function say(ref: IssueRef, message: string): Promise<void> {
  const open = vscode.l10n.t("Open");
  if ((await vscode.window.showInformationMessage(message, open)) === open) await vscode.commands.executeCommand("responseDesk.issue.open", ref);
}
