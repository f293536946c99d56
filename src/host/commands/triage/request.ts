import * as vscode from "vscode";
import { startChecklist } from "../../../core/checklist/startChecklist";
import { recordKind } from "../../../core/incident/records";
import { requestText, triageAudience, triageTitle } from "../../../core/incident/triage";
import { draftIssue, draftWithChecklist } from "../../../core/issue/draftIssue";
import { findKind, rotationsOf } from "../../../core/model/desk";
import type { IssueRef } from "../../../core/model/issueRef";
import { batchOf, type SingleOperation } from "../../../core/model/operation";
import type { Runbook } from "../../../core/model/runbook";
import type { DeskSession } from "../../app/session";
import { next, promptAll, type Question } from "../../ui/inputFlow";
import { openIssuePage } from "../../ui/openPanel";
import { enterText } from "../../ui/quickPick";
import type { CommandEnd, DeskTools } from "../input/command";
import { askDetails } from "../input/details";
import { newestFirst, pickIssue } from "../input/pickIssue";
import { revealIssue } from "../input/show";
import { suggestRunbooks } from "../input/suggestions";

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
  const desk = session.desk.config();
  if (findKind(desk, requestKind) === undefined) return { kind: "failed", failure: { kind: "invalidDraft", reason: "unknownKind" } };
  const records = newestFirst((session.issues.snapshot()?.issues ?? []).filter((issue) => issue.state === "open" && session.issues.factsOf(issue).kind === recordKind));
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
  const details = requestText(state.details === state.title ? "" : state.details, { notify: triageAudience(desk, session.clocks.holders()), ...(minutes === undefined ? {} : { minutes }) });
  return fileIssue(tools, { kind: requestKind, title: state.title, details, ...(state.record === undefined ? {} : { parent: state.record }) });
}

/** Input for an issue that is created without further questions. */
interface FiledIssue {
  readonly kind: string;
  readonly title: string;
  readonly details: string;
  readonly parent?: IssueRef;
  /** What belongs to the same change. */
  readonly also?: readonly SingleOperation[];
}

/** Creates an issue below its parent, with the default runbook of its kind, assigned to whoever is on call, and opens its page. */
export async function fileIssue(tools: DeskTools, { kind, title, details, parent, also = [] }: FiledIssue): Promise<CommandEnd> {
  const { session } = tools;
  const by = await session.account.me();
  if (by === undefined) return undefined;
  const desk = session.desk.config();
  const holders = session.clocks.holders();
  const runbook = await defaultRunbook(session, kind, title, details);
  const role = runbook?.details.assign ?? rotationsOf(desk)[0]?.roles[0] ?? "primary";
  const repository = runbook?.details.repository;
  const draft = draftIssue(desk, {
    kind,
    title,
    details,
    labels: runbook?.details.labels ?? [],
    assignees: [holders[role] ?? holders["primary"] ?? by],
    ...(repository !== undefined && findKind(desk, kind)?.repositories.includes(repository) === true ? { repository } : {}),
  });
  if (draft.kind === "failed") return draft;
  const checklist = runbook && startChecklist(runbook, { id: session.ids.next(), startedAt: session.clock.now(), by, holders });
  const full = checklist === undefined ? draft.value : draftWithChecklist(draft.value, checklist, session.runbooks.urlOf(checklist.runbook));
  const created = await tools.submit(vscode.l10n.t("Creating the issue…"), batchOf([{ kind: "create", draft: full, ...(parent === undefined ? {} : { under: { parent, relation: "child" } }) }, ...also]));
  if (created.kind !== "done") return created;
  await revealIssue(created.outcome.ref);
  openIssuePage(created.outcome.ref);
  return created;
}

/** The default runbook of the kind, otherwise one whose front matter matches the text. */
async function defaultRunbook(session: DeskSession, kind: string, title: string, details: string): Promise<Runbook | undefined> {
  const suggested = suggestRunbooks(await session.runbooks.all(), session.desk.config(), session.desk.folder(), { kind, title, details, services: [], labels: [] });
  const found = suggested.find(({ why }) => why === "kind") ?? suggested.find(({ why }) => why === "match");
  return found === undefined ? undefined : session.runbooks.get(found.runbook.path);
}
