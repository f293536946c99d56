import * as vscode from "vscode";
import { copiedReport, triageTitle } from "../../../core/incident/triage";
import { caseComment } from "../../../core/markup/issueTexts";
import { renderComment } from "../../../core/markup/milestone";
import type { Issue } from "../../../core/model/issue";
import { refKey, sameRef } from "../../../core/model/issueRef";
import { batchOf } from "../../../core/model/operation";
import { runInBackground } from "../../platform/background";
import { next, promptAll, type Question } from "../../ui/inputFlow";
import { openIssuePage } from "../../ui/openPanel";
import type { CommandEnd, DeskTools } from "../input/command";
import { likeliestFirst, pickIssue } from "../input/pickIssue";
import { searchKnown } from "../input/suggestions";
import { askReview, reviewedOn } from "../issue/addToKnown";

interface CaseState {
  readonly known?: Issue;
  readonly review: boolean;
}

const maxSimilar = 8;

/** Adds a report to a known issue as a comment. The report gets no issue of its own. */
export async function addReportToKnown(tools: DeskTools, report: string): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = triageTitle(report);
  const found = await tools.working(t("Looking for known issues…"), searchKnown(tools, title));
  if (found === undefined) return undefined;
  const similar = found.slice(0, maxSimilar);
  const keys = new Set(similar.map(({ ref }) => refKey(ref)));
  const issues = [...similar, ...likeliestFirst(session, session.issues.snapshot()?.issues ?? []).filter(({ ref }) => !keys.has(refKey(ref)))];
  if (issues.length === 0) {
    runInBackground(vscode.window.showInformationMessage(t("The desk has no issue yet that the report could belong to.")), session.log);
    return undefined;
  }
  const which: Question<CaseState> = {
    async ask(state, flowStep) {
      const answer = await pickIssue(session, {
        flowStep,
        placeholder: t("Which issue is it a case of?"),
        issues,
        ...(similar.length === 0 ? {} : { first: { heading: t("Similar issues"), otherwise: t("Other issues"), belongs: (other: Issue) => keys.has(refKey(other.ref)) } }),
      });
      if (answer.kind !== "next") return answer;
      const known = issues.find(({ ref }) => sameRef(ref, answer.value));
      return next({ ...state, ...(known === undefined ? {} : { known }) });
    },
  };
  const review: Question<CaseState> = {
    applies: ({ known }) => reviewedOn(known) !== undefined,
    async ask(state, flowStep) {
      const answer = await askReview(session, state.known, flowStep, state.review);
      return answer.kind === "next" ? next({ ...state, review: answer.value }) : answer;
    },
  };
  const state = await promptAll<CaseState>(t("Add to known issue"), { review: false }, [which, review]);
  if (state?.known === undefined) return undefined;
  const { ref } = state.known;
  const reviewed = state.review ? reviewedOn(state.known) : undefined;
  const details = report.trim() === title ? "" : copiedReport(report);
  const added = await tools.submit(t("Adding the case…"), batchOf([
    { kind: "comment", ref, markdown: renderComment(caseComment(title, details)) },
    ...(reviewed === undefined ? [] : [{ kind: "edit" as const, ref, change: { kind: "label" as const, add: [], remove: [reviewed] } }]),
  ]));
  if (added.kind === "done") openIssuePage(ref);
  return added;
}
