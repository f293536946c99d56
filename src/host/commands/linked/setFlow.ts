import * as vscode from "vscode";
import { isPassing } from "../../../core/issue/isPassing";
import type { Wish } from "../../../core/issue/outbox";
import type { Outcome } from "../../../core/issue/performOperation";
import { ok, type Result } from "../../../core/result";
import type { CommandEnd, DeskTools } from "../command";
import { askAll } from "../input/answer";
import { sayRef } from "../input/pickIssue";
import { revealIssue } from "../input/showIssue";
import { plainLabel } from "../../views/plainLabel";
import { linkedDraft, linkTargetOf } from "./linkedDraft";
import type { LinkedPlace } from "./linkedPlace";
import { knownValues, parentQuestion } from "./linkedQuestions";
import { valueQuestions, whereQuestion, whichQuestion } from "./setQuestions";
import { reviewQuestion } from "./setReview";
import { setMembers, type SetState } from "./setState";

/** Asks which issues a step is to get and what they leave open, shows them for review, and creates all in one step, linked. */
export async function setFlow(tools: DeskTools, place: LinkedPlace): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const { desk } = session.desk();
  const start: SetState = { parent: place.parent, chosen: [], places: [], values: {}, edits: {} };
  const state = await askAll<SetState>(t("Create linked issues"), start, [
    parentQuestion(tools, place),
    whichQuestion(tools, desk, place),
    whereQuestion(desk),
    ...valueQuestions(tools, desk, place),
    reviewQuestion(tools, desk, place),
  ]);
  if (state === undefined) return undefined;
  const members = setMembers(desk, place, state, knownValues(tools, state)).filter(({ left }) => !left);
  if (members.length === 0) {
    void vscode.window.showInformationMessage(t("No issue was chosen, so none was created."));
    return undefined;
  }
  const { parent } = state;
  const set = session.ids.next();
  const wishes: Wish[] = [];
  for (const { choice, title, body, repository, filled } of members) {
    const draft = linkedDraft(session, { kind: choice.kind, title, details: body, repository, filled });
    if (draft.kind === "failed") return draft;
    const under = typeof parent === "object" ? { under: linkTargetOf(session, place, parent, choice.template?.step ?? place.runbook?.step) } : {};
    wishes.push({ key: `${set}-${wishes.length + 1}`, operation: { kind: "create", draft: draft.value, ...under } });
  }
  let say: (progress: string) => void = () => undefined;
  // Who no longer waits is still told what came of it.
  const work = session.submitAll(wishes, (count) => say(t("{0} of {1}", count, wishes.length))).then((results) => (results.kind === "ok" ? tell(tools, wishes, results.value) : results));
  return tools.working(t("Creating the issues…"), work, (shown) => {
    say = shown;
  });
}

/** Says what was created, what waits, and what can not be created; its texts can be copied. */
async function tell({ session }: DeskTools, wishes: readonly Wish[], results: readonly Result<Outcome>[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const created = results.flatMap((result) => (result.kind === "ok" ? [result.value.ref] : []));
  const [first] = created;
  if (first !== undefined) await revealIssue(first);
  const names = created.map((ref) => sayRef(session, ref)).join(", ");
  const failures = results.flatMap((result, index) => {
    const operation = wishes[index]?.operation;
    return result.kind === "failed" && operation?.kind === "create" ? [{ failure: result.failure, draft: operation.draft }] : [];
  });
  if (failures.length === 0) {
    const operation = wishes[0]?.operation;
    const parent = operation?.kind === "create" ? operation.under?.parent : undefined;
    void vscode.window.showInformationMessage(parent === undefined ? t("Created {0}.", names) : t("Created {0}, linked to {1}.", names, sayRef(session, parent)));
    return ok(undefined);
  }
  const { wordFailure } = await import("../failureWords");
  const waiting = failures.filter(({ failure }) => isPassing(failure));
  const refused = failures.filter(({ failure }) => !isPassing(failure));
  const because = (of: typeof failures): string => `${of.map(({ draft }) => plainLabel(draft.title)).join(", ")}. ${[...new Set(of.map(({ failure }) => wordFailure(failure).message))].join(" ")}`;
  const show = t("Show Pending Changes");
  const copy = t("Copy Their Texts");
  const message = [
    created.length === 0 ? t("None is created yet.") : t("{0} created: {1}.", created.length, names),
    ...(waiting.length === 0 ? [] : [t("{0} stored on this machine and tried again by itself: {1}", waiting.length, because(waiting))]),
    ...(refused.length === 0 ? [] : [t("{0} refused: {1}", refused.length, because(refused))]),
  ].join(" ");
  void vscode.window.showWarningMessage(message, ...(waiting.length === 0 ? [] : [show]), ...(refused.length === 0 ? [] : [copy])).then(async (chosen) => {
    if (chosen === show) await vscode.commands.executeCommand("responseDesk.pending.show");
    if (chosen === copy) await vscode.env.clipboard.writeText(refused.map(({ draft }) => `${draft.title}\n\n${draft.body}`).join("\n\n---\n\n"));
  });
  return ok(undefined);
}
