import * as vscode from "vscode";
import { draftIssue } from "../../../core/issue/draftIssue";
import type { Submission, Wish } from "../../../core/issue/outbox";
import { ok } from "../../../core/result";
import type { CommandEnd, DeskTools } from "../command";
import { tellRefusal } from "../tellRefusal";
import { askAll } from "../input/answer";
import { sayRef } from "../input/pickIssue";
import { revealIssue } from "../input/showIssue";
import { plainLabel } from "../../views/plainLabel";
import { linkedInput, linkTargetOf } from "./linkedDraft";
import type { LinkedPlace } from "./linkedPlace";
import { knownValues, parentQuestion, variableQuestions } from "./linkedQuestions";
import { whereQuestion, whichQuestion } from "./setQuestions";
import { reviewQuestion } from "./setReview";
import { setMembers, type SetState } from "./setState";
import { runInBackground } from "../../platform/background";

/** Asks which issues a step is to get and what they leave open, shows them for review, and creates all in one step, linked. */
export async function setFlow(tools: DeskTools, place: LinkedPlace): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const desk = session.desk.config();
  const start: SetState = { parent: place.parent, chosen: [], places: [], values: {}, edits: {} };
  const state = await askAll<SetState>(t("Create linked issues"), start, (now) => [
    parentQuestion(tools, place),
    whichQuestion(tools, desk, place),
    whereQuestion(desk),
    ...variableQuestions<SetState>(tools, now, now.chosen.flatMap(({ template }) => template ?? [])),
    reviewQuestion(tools, desk, place),
  ]);
  if (state === undefined) return undefined;
  const members = setMembers(desk, place, state, knownValues(tools, state)).filter(({ left }) => !left);
  if (members.length === 0) {
    runInBackground(vscode.window.showInformationMessage(t("No issue was chosen, so none was created.")), session.log);
    return undefined;
  }
  const { parent } = state;
  const set = session.ids.next();
  const wishes: Wish[] = [];
  for (const { choice, title, body, repository, filled } of members) {
    const draft = draftIssue(desk, linkedInput(session, { kind: choice.kind, title, details: body, repository, filled }));
    if (draft.kind === "failed") return draft;
    const under = typeof parent === "object" ? { under: linkTargetOf(session, place, parent, choice.template?.step ?? place.runbook?.step) } : {};
    wishes.push({ key: `${set}-${wishes.length + 1}`, operation: { kind: "create", draft: draft.value, ...under } });
  }
  let say: (progress: string) => void = () => undefined;
  // Who no longer waits is still told what came of it.
  const work = session.pending.submitAll(wishes, (count) => say(t("{0} of {1}", count, wishes.length))).then((results) => (results.kind === "ok" ? tell(tools, wishes, results.value) : results));
  return tools.working(t("Creating the issues…"), work, (shown) => {
    say = shown;
  });
}

/** Says what was created and what waits; what can not be created is told as any other change that can not be made. */
async function tell({ session }: DeskTools, wishes: readonly Wish[], results: readonly Submission[]): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const created = results.flatMap((result) => (result.kind === "done" ? [result.outcome.ref] : []));
  const [first] = created;
  if (first !== undefined) await revealIssue(first);
  const names = created.map((ref) => sayRef(session, ref)).join(", ");
  const { wordFailure } = await import("../failureWords");
  const waiting: string[] = [];
  const why = new Set<string>();
  results.forEach((result, index) => {
    const wish = wishes[index];
    if (wish?.operation.kind !== "create") return;
    if (result.kind === "queued") {
      waiting.push(plainLabel(wish.operation.draft.title));
      if (result.failure !== undefined) why.add(wordFailure(result.failure).message);
    } else if (result.kind === "failed") runInBackground(tellRefusal({ pending: { ...wish, at: session.clock.now(), by: "" }, failure: result.failure }), session.log);
  });
  if (waiting.length === 0) {
    if (names !== "") runInBackground(vscode.window.showInformationMessage(t("Created {0}.", names)), session.log);
    return ok(undefined);
  }
  const show = t("Show Pending Changes");
  const message = t("{0} created, {1} waiting: {2}. Each is stored and tried again by itself. {3}", created.length, waiting.length, waiting.join(", "), [...why].join(" "));
  runInBackground(vscode.window.showWarningMessage(message, show).then((chosen) => chosen === show && vscode.commands.executeCommand("responseDesk.pending.show")), session.log);
  return ok(undefined);
}
