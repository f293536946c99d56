import * as vscode from "vscode";
import { requestText, triageAudience, triageTitle } from "../../../core/incident/triage";
import { recordKind } from "../../../core/model/issue";
import type { IssueRef } from "../../../core/model/issueRef";
import { next, promptAll, type Question } from "../../ui/inputFlow";
import { enterText } from "../../ui/quickPick";
import type { CommandEnd, DeskTools } from "../input/command";
import { askDetails } from "../input/details";
import { likeliestFirst, pickIssue } from "../input/pickIssue";
import { createNow, startCreating } from "../issue/createIssue";
import { emptyState } from "../issue/createState";

/** The kind of issue that a report becomes. */
const requestKind = "request";

interface RequestInput {
  readonly report: string;
  /** Minutes that somebody looked into it before. */
  readonly minutes?: number;
  /** The record that it belongs to. Asked if the desk has open records. */
  readonly record?: IssueRef;
}

interface RequestState {
  readonly title: string;
  /** Asked if nothing was reported. */
  readonly details: string;
  readonly record?: IssueRef;
}

/**
 * Files a request: asks for its title and the record that it belongs to, then creates it with the default runbook, assigns it to
 * whoever is on call, and mentions the people that the desk names.
 */
export async function raiseRequest(tools: DeskTools, { report, minutes, record }: RequestInput): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const begun = await startCreating(session, requestKind);
  if (begun?.kind !== "ok") return begun;
  const records = likeliestFirst(session, (session.issues.snapshot()?.issues ?? []).filter((issue) => issue.state === "open" && session.issues.factsOf(issue).kind === recordKind));
  const title: Question<RequestState> = {
    async ask(state, flowStep) {
      const answer = await enterText({ flowStep, prompt: t("The title of the request"), value: state.title, needed: t("Enter a title.") });
      return answer.kind === "next" ? next({ ...state, title: answer.value }) : answer;
    },
  };
  const about: Question<RequestState> = {
    applies: () => report === "",
    async ask(state, flowStep) {
      const answer = await askDetails(flowStep, tools.editors, state.details, t("Details, such as the text of an email"));
      return answer.kind === "next" ? next({ ...state, details: answer.value }) : answer;
    },
  };
  const where: Question<RequestState> = {
    applies: () => record === undefined && records.length > 0,
    async ask(state, flowStep) {
      const answer = await pickIssue<"none">(session, {
        flowStep,
        placeholder: t("Which record does it belong to?"),
        issues: records,
        before: [{ label: `$(dash) ${t("No Record")}`, value: "none" }],
      });
      if (answer.kind !== "next") return answer;
      const { record: _before, ...rest } = state;
      return next(answer.value === "none" ? rest : { ...rest, record: answer.value });
    },
  };
  const state = await promptAll<RequestState>(t("Create request"), { title: triageTitle(report), details: report, ...(record === undefined ? {} : { record }) }, [title, about, where]);
  if (state === undefined) return undefined;
  const details = requestText(state.details === state.title ? "" : state.details, { notify: triageAudience(session.desk.config(), session.clocks.holders()), ...(minutes === undefined ? {} : { minutes }) });
  const under = state.record === undefined ? {} : { under: { parent: state.record, relation: "child" as const } };
  return createNow(tools, { ...emptyState, title: state.title, details }, { ...begun.value, ...under });
}
