import * as vscode from "vscode";
import { expectingAudiences } from "../../../core/incident/ending";
import { incidentState } from "../../../core/incident/incidentState";
import { addedToKnownResolution, anotherCaseComment } from "../../../core/markup/issueTexts";
import { renderComment } from "../../../core/markup/milestone";
import type { Issue } from "../../../core/model/issue";
import { type IssueRef, refKey, sameRef } from "../../../core/model/issueRef";
import { batchOf, type SingleOperation } from "../../../core/model/operation";
import type { DeskSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import { type Answer, type FlowStep, next, promptAll, type Question } from "../../ui/inputFlow";
import { enterText, pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import { confirmUninformed } from "../../ui/uninformed";
import type { CommandEnd, DeskTools } from "../input/command";
import { chooseKnownIssue, isOpen, likeliestFirst, pickIssue, shortReference } from "../input/pickIssue";
import { searchKnown } from "../input/suggestions";

interface KnownState {
  readonly known?: IssueRef;
  readonly note: string;
  readonly review: boolean;
  readonly close: boolean;
}

/** The label of an issue that the team has reviewed. */
const reviewedLabel = "reviewed";

const maxSimilar = 8;

/** Adds a case to a known issue: adds a comment there, links both issues, and optionally closes the case. */
export async function addToKnown(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Add to known issue");
  const chosen = await chooseKnownIssue(session, argument, { title, suits: isOpen });
  if (chosen?.kind !== "ok") return chosen;
  const { ref, issue, facts, reference } = chosen.value;
  const found = await tools.working(t("Looking for known issues…"), searchKnown(tools, issue.title));
  if (found === undefined) return undefined;
  const alike = found.filter((other) => !sameRef(other.ref, ref)).slice(0, maxSimilar);
  const alikeKeys = new Set(alike.map((other) => refKey(other.ref)));
  const others = likeliestFirst(session, session.issues.snapshot()?.issues ?? []).filter((other) => !sameRef(other.ref, ref) && !alikeKeys.has(refKey(other.ref)));
  if (alike.length + others.length === 0) {
    runInBackground(vscode.window.showInformationMessage(t("There is no other issue to add {0} to.", reference)), session.log);
    return undefined;
  }
  const byKey = new Map([...alike, ...others].map((other) => [refKey(other.ref), other]));
  const knownOf = (state: KnownState): Issue | undefined => (state.known === undefined ? undefined : byKey.get(refKey(state.known)));
  const name = plainLabel(`${reference} ${issue.title}`);

  const which: Question<KnownState> = {
    async ask(state, flowStep) {
      const answer = await pickIssue(session, {
        flowStep,
        placeholder: t("Which issue is {0} a case of?", name),
        issues: [...alike, ...others],
        ...(alike.length === 0 ? {} : { first: { heading: t("Similar issues"), otherwise: t("Other issues"), belongs: (other: Issue) => alikeKeys.has(refKey(other.ref)) } }),
      });
      return answer.kind === "next" ? next({ ...state, known: answer.value }) : answer;
    },
  };
  const note: Question<KnownState> = {
    async ask(state, flowStep) {
      const answer = await enterText({ flowStep, prompt: t("What is new in this case? It is added as a comment"), placeholder: t("Optional"), value: state.note });
      return answer.kind === "next" ? next({ ...state, note: answer.value }) : answer;
    },
  };
  const review: Question<KnownState> = {
    applies: (state) => reviewedOn(knownOf(state)) !== undefined,
    async ask(state, flowStep) {
      const answer = await askReview(session, knownOf(state), flowStep, state.review);
      return answer.kind === "next" ? next({ ...state, review: answer.value }) : answer;
    },
  };
  const end: Question<KnownState> = {
    async ask(state, flowStep) {
      const answer = await pickOne({
        flowStep,
        placeholder: t("Close this case?"),
        choices: [
          { label: `$(circle-outline) ${t("Keep Open")}`, value: false },
          { label: `$(pass) ${t("Close")}`, description: t("with the known issue as its resolution"), value: true },
        ],
        active: (value) => value === state.close,
      });
      return answer.kind === "next" ? next({ ...state, close: answer.value }) : answer;
    },
  };
  const state = await promptAll<KnownState>(title, { note: "", review: false, close: false }, [which, note, review, end]);
  const known = state && knownOf(state);
  if (state === undefined || known === undefined) return undefined;
  const desk = session.desk.config();
  const ending = state.close ? await confirmUninformed(title, expectingAudiences(desk, facts, incidentState(desk, issue))) : "end";
  if (ending === undefined) return undefined;
  const added = await tools.submit(t("Adding the case…"), batchOf(operations(issue, known, state)));
  if (ending === "send" && added.kind !== "failed") runInBackground(vscode.commands.executeCommand("responseDesk.issue.sendUpdate", ref), session.log);
  return added;
}

function operations(issue: Issue, known: Issue, { note, review, close }: KnownState): readonly SingleOperation[] {
  const reviewed = reviewedOn(known);
  return [
    { kind: "comment", ref: known.ref, markdown: renderComment(anotherCaseComment(issue.title, issue.ref, note)) },
    { kind: "link", child: issue.ref, under: { parent: known.ref, relation: "related" } },
    ...(review && reviewed !== undefined ? [{ kind: "edit" as const, ref: known.ref, change: { kind: "label" as const, add: [], remove: [reviewed] } }] : []),
    ...(close ? [{ kind: "close" as const, ref: issue.ref, resolution: addedToKnownResolution(known.ref) }] : []),
  ];
}

/** Asks whether the team should review a known issue again, which removes its label. */
export function askReview(session: DeskSession, known: Issue | undefined, flowStep: FlowStep, current: boolean): Promise<Answer<boolean>> {
  const t = vscode.l10n.t;
  return pickOne({
    flowStep,
    placeholder: t("Should the team review {0} again?", known === undefined ? "" : shortReference(session, known.ref)),
    choices: [
      { label: t("Keep “{0}”", reviewedLabel), value: false },
      { label: t("Remove “{0}”", reviewedLabel), description: t("the team reviews it again"), value: true },
    ],
    active: (value) => value === current,
  });
}

/** The label of a reviewed issue, in its spelling; `undefined` if it has none. */
export function reviewedOn(issue: Issue | undefined): string | undefined {
  return issue?.labels.find((label) => label.toLowerCase() === reviewedLabel);
}
